from netmeta.pooling import finish


def count(n):
    for at in range(n):
        yield at / n
    return n


def test_does_all_of_the_work_and_returns_its_result():
    assert finish(count(5)) == 5
    assert finish(count(0)) == 0
