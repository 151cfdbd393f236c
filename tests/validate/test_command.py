"""``python -m netmeta.validate``."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from netmeta.validate import pooled, reading
from netmeta.validate.__main__ import main
from netmeta.validate.reading import lines


@pytest.fixture
def tampered(tmp_path, monkeypatch):
    """A copy of the reference values, to be changed."""
    folder = tmp_path / "fixtures"
    shutil.copytree(reading._folder(), folder)
    monkeypatch.setattr(reading, "_folder", lambda: folder)
    lines.cache_clear()
    yield folder
    lines.cache_clear()


def test_every_number_then_the_summary(capsys):
    assert main(["--data", "hine1989"]) == 0
    said = capsys.readouterr().out
    (row,) = [
        x for x in lines("metafor", "fits") if (x["data"], x["method"], x["level"]) == ("hine1989", "EE", "95")
    ]
    assert f"hine1989          EE z 95          b             {float(row['b'])!r:>23}" in said
    assert said.count("hine1989 ") > 1000
    assert "Pooled effect (rma): theirs, ours, difference, relative difference" in said
    assert said.index("Pooled effect (rma)") < said.index("P of Q (rma)") < said.index("quantity ")
    assert "all agree within 1e-06" in said
    assert "metafor 3.8.1" in said
    assert "bcg" not in said


def test_the_summary_alone(capsys):
    assert main(["--data", "hine1989", "--summary"]) == 0
    said = capsys.readouterr().out
    assert "hine1989" not in said
    assert len([line for line in said.splitlines() if line.startswith("tau2, ")]) == 12


@pytest.mark.parametrize("options", [[], ["--summary"], ["--markdown"]])
def test_a_number_that_is_wrong_in_the_seventh_digit_is_shown_and_counted(tampered, capsys, options):
    file = tampered / "metafor" / "fits.csv"
    text = file.read_text(encoding="utf-8")
    wrong = next(x for x in lines("metafor", "fits") if x["data"] == "hine1989")
    parts = next(line for line in text.splitlines() if line.startswith("hine1989,")).split(",")
    parts[5] = f"{float(wrong['b']) * (1 + 2e-6):.17g}"
    first = next(line for line in text.splitlines() if line.startswith("hine1989,"))
    file.write_text(text.replace(first, ",".join(parts), 1), encoding="utf-8")
    lines.cache_clear()
    assert main(["--data", "hine1989", *options]) == 1
    said = capsys.readouterr().out
    assert said.count("BEYOND 1e-06") == (0 if options else 1)
    assert "2.0e-06" in said
    assert ("1 do not agree within 1e-06" in said) is (options != ["--markdown"])


@pytest.fixture
def forgetful():
    """No fit is remembered, before or after."""
    pooled._fit.cache_clear()
    yield
    pooled._fit.cache_clear()


def test_a_result_of_ours_that_is_wrong_is_found_out(monkeypatch, forgetful, capsys):
    true = reading.arrays
    monkeypatch.setattr(
        pooled, "arrays", lambda *names: ([y * (1 + 1e-5) for y in true(*names)[0]], true(*names)[1])
    )
    assert main(["--data", "hine1989", "--summary"]) == 1
    assert "do not agree" in capsys.readouterr().out


def test_a_data_set_that_is_not_there(capsys):
    assert main(["--data", "hine1898"]) == 2
    assert "no data set called 'hine1898'. Did you mean 'hine1989'?" in capsys.readouterr().err


def test_the_table_goes_into_its_place_in_a_file(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("# Before\n<!-- table -->\nold\n<!-- end of table -->\nAfter\n", encoding="utf-8")
    for _ in range(2):
        assert main(["--data", "hine1989", "--markdown", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Before\n<!-- table -->\n\n| quantity | compared with | numbers |")
    assert text.endswith("<!-- end of table -->\nAfter\n")
    assert "old" not in text
    assert text.count("| Pooled effect | rma | ") == 1


def test_a_file_without_a_place_is_left_alone(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("# Mine\n", encoding="utf-8")
    assert main(["--data", "hine1989", "--markdown", str(page)]) == 2
    assert "<!-- table -->" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "# Mine\n"


def test_reference_values_that_are_missing_are_asked_for(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(reading, "__file__", str(tmp_path / "netmeta" / "validate" / "reading.py"))
    lines.cache_clear()
    assert main(["--summary"]) == 2
    assert "install netmeta again" in capsys.readouterr().err
    lines.cache_clear()


def test_as_a_module_into_a_pipe_that_is_closed():
    command = [sys.executable, "-m", "netmeta.validate", "--data", "riley2003"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 0


def test_it_is_imported_by_nothing_else():
    code = "import sys, netmeta, netmeta.pooling; print([m for m in sys.modules if 'validate' in m])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
