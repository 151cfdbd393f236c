"""Long work: slices between messages, progress, stop; and a script without an event loop."""

import asyncio

import pytest

from netmeta.errors import PoolingError
from netmeta.widgets import Work


def halves(log, n=4, fails=False):
    try:
        for at in range(n):
            log.append(at)
            yield at / n
        if fails:
            raise PoolingError("There is nothing to pool.")
    finally:
        log.append("closed")
    return "result"


def told(log):
    return {"done": log.append, "failed": lambda error: log.append(str(error))}


def test_without_an_event_loop_it_is_done_at_once():
    log, work = [], Work()
    work.start(halves(log), **told(log))
    assert log == [0, 1, 2, 3, "closed", "result"]
    assert not work.running


def test_gives_way_between_steps_and_shows_how_far_it_is():
    log, seen = [], []

    async def kernel():
        work = Work()
        work.start(halves(log), words="Counting", **told(log))
        assert work.running
        assert work.layout.display == ""
        work.bar.observe(lambda change: seen.append(change["new"]), "value")
        await work.settled()
        return work

    work = asyncio.run(kernel())
    assert log[-1] == "result"
    assert seen == [0.25, 0.5, 0.75]
    assert work.layout.display == "none"


def test_the_stop_button_stops_it_and_closes_what_it_held():
    log = []

    async def kernel():
        work = Work()
        work.start(halves(log, n=10_000), stopped=lambda: log.append("stopped"), **told(log))
        await asyncio.sleep(0.02)
        work.stopper.click()
        assert not work.running
        await asyncio.sleep(0.02)

    asyncio.run(kernel())
    assert "result" not in log
    assert {"closed", "stopped"} <= set(log)
    assert len(log) < 10_000


def test_new_work_takes_the_place_of_old():
    old, new = [], []

    async def kernel():
        work = Work()
        work.start(halves(old, n=10_000), **told(old))
        await asyncio.sleep(0.01)
        work.start(halves(new), **told(new))
        await work.settled()

    asyncio.run(kernel())
    assert "result" not in old
    assert new[-1] == "result"


@pytest.mark.parametrize("awake", [False, True])
def test_an_error_is_told_in_words(awake):
    log = []

    async def kernel():
        work = Work()
        work.start(halves(log, fails=True), **told(log))
        await work.settled()

    if awake:
        asyncio.run(kernel())
    else:
        Work().start(halves(log, fails=True), **told(log))
    assert log[-1] == "There is nothing to pool."


def test_closing_stops_it():
    log = []

    async def kernel():
        work = Work()
        work.start(halves(log, n=10_000), **told(log))
        await asyncio.sleep(0.01)
        work.close()
        await asyncio.sleep(0.01)

    asyncio.run(kernel())
    assert "closed" in log
    assert "result" not in log
