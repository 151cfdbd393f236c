"""The league table: what its cells say, and what each of its writers writes, read back."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from html.parser import HTMLParser
from math import exp, log

import pytest

import netmeta as nm
from netmeta.charts.theme import DARK, LIGHT
from netmeta.network.direct import direct_effect
from netmeta.numerals import DASH
from netmeta.report.league import LeagueTable
from netmeta.report.league_cells import COLUMN, ROW
from netmeta.report.league_latex import escaped
from netmeta.report.league_tints import STRENGTH, TINTS, on_white
from netmeta.report.league_words import tip
from netmeta.signs import cleaned

HOSTILE = (
    "=1+1",
    "<img src=x onerror='ran=1'>&",
    r"a & b % c $ d # e _ f { g } h ~ i ^ j \ k \input{x}",
    "@SUM(A1)",
    "new\nline\x00\ud800\u202ereversed",
    "β-blocker – 5 µg ≥ 3",
    "Supercalifragilisticexpialidocious" * 3,
)


def star(*names: str, better: str = "lower", model=None) -> nm.NetworkResult:
    """Every name against placebo, the later the better."""
    trials = [
        nm.Trial(study=f"S{at}", experimental=name, control="placebo", log_hr=-0.15 * (at + 1), se=0.1)
        for at, name in enumerate(names)
    ]
    return nm.compare(nm.Evidence(trials), model or nm.CommonEffect(), better=better)


def triangle(**more) -> nm.NetworkResult:
    """Three treatments, five trials, one closed loop."""
    rows = [("x", "y", 0.5), ("x", "y", 0.7), ("x", "z", 0.4), ("y", "z", 0.9), ("y", "z", 1.1)]
    trials = [
        nm.Trial(study=f"S{at}", experimental=one, control=other, hr=hr, ci_low=hr * 0.7, ci_high=hr / 0.7)
        for at, (one, other, hr) in enumerate(rows)
    ]
    return nm.compare(nm.Evidence(trials), **more)


@pytest.fixture(scope="module")
def net():
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    merge = nm.Merge("high-dose SSA", into="SSA")
    return nm.compare(nm.connected_to(trials, "placebo", merge), assumptions=merge)


@pytest.fixture(scope="module")
def table(net):
    return nm.league_table(net)


class TestCells:
    def test_the_upper_triangle_is_the_network_row_against_column(self, net, table):
        for at, row in enumerate(table.treatments):
            for beside, column in enumerate(table.treatments):
                if beside > at:
                    found, cell = net.effect(row, column), table.rows[at][beside]
                    assert (cell.row, cell.column, cell.kind) == (row, column, "network")
                    assert (cell.log_hr, cell.interval, cell.se) == (found.log_hr, found.ci, found.se)

    def test_the_lower_triangle_is_direct_evidence_row_against_column_or_a_dash(self, net, table):
        dashes = 0
        for at, row in enumerate(table.treatments):
            for column in table.treatments[:at]:
                found, cell = direct_effect(net, row, column), table.cell(row, column)
                assert (cell.row, cell.column, cell.kind) == (row, column, "direct")
                if found is None:
                    assert (cell.text, cell.favours, cell.trials) == (DASH, "", 0)
                    dashes += 1
                else:
                    assert (cell.log_hr, cell.interval, cell.trials) == (found.log_hr, found.ci, found.k)
        assert dashes == 13 * 12 // 2 - 13

    def test_one_trial_of_the_paper_reads_as_the_paper_does(self):
        trial = nm.Trial(study="A", experimental="x", control="y", hr=0.5, ci_low=0.4, ci_high=0.625)
        found = nm.league_table(nm.compare(nm.Evidence([trial]), nm.CommonEffect()))
        assert found.treatments == ("x", "y")
        assert found.cell("x", "y").text == "0.50 (0.40–0.62)"
        assert found.cell("y", "x").text == "2.00 (1.60–2.50)"

    def test_the_diagonal_is_empty(self, table):
        assert [row[at] for at, row in enumerate(table.rows)] == [None] * 13

    def test_the_lower_triangle_may_be_the_network_too_or_predict(self, net):
        whole = nm.league_table(net, lower="network")
        assert whole.cell("placebo", "everolimus").log_hr == -whole.cell("everolimus", "placebo").log_hr
        predicted = nm.league_table(net, lower="prediction").cell("placebo", "everolimus")
        assert predicted.interval == net.effect("placebo", "everolimus").pi
        assert predicted.log_hr == net.effect("placebo", "everolimus").log_hr

    def test_without_a_prediction_interval_there_are_dashes(self):
        found = nm.league_table(star("a", "b"), lower="prediction")
        assert [cell.text for cell in found.cells if cell.kind == "prediction"] == [DASH] * 3
        assert "the model gives no prediction interval." in tip(found.cell("placebo", "a"))
        assert "a dash where the model gives none" in str(found)

    def test_a_value_is_a_value(self, net, table):
        assert table == nm.league_table(net)
        assert hash(table) == hash(nm.league_table(net))
        assert table != nm.league_table(net, lower="network")

    def test_the_level_is_that_of_the_model(self):
        result = triangle(model=nm.CommonEffect(level=0.9))
        cell = nm.league_table(result).cell("x", "y")
        assert cell.interval.high == pytest.approx(cell.log_hr + 1.6448536 * cell.se)
        assert "90% CI" in tip(cell)
        assert "(90% CI)" in str(nm.league_table(result))

    def test_no_such_cell(self, table):
        with pytest.raises(nm.NetworkError, match="Did you mean 'placebo'"):
            table.cell("plcebo", "SSA")
        with pytest.raises(nm.NetworkError):
            table.cell("SSA", "SSA")


class TestOrder:
    def test_the_best_p_score_stands_first(self, net, table):
        assert table.treatments == net.ranking
        assert table.treatments[-1] == "placebo"

    def test_by_name_and_as_given(self, net):
        assert nm.league_table(net, order="name").treatments == net.treatments
        some = nm.league_table(net, order=["SSA", "placebo", "everolimus"])
        assert some.treatments == ("SSA", "placebo", "everolimus")
        assert len(some.cells) == 6
        assert "3 of 13 treatments" in str(some)

    @pytest.mark.parametrize("order", ["scor", ("SSA",), ("SSA", "SSA"), ()])
    def test_what_is_no_order(self, net, order):
        with pytest.raises(nm.SelectionError):
            nm.league_table(net, order=order)

    def test_what_else_is_refused(self, net):
        with pytest.raises(nm.NetworkError, match="Did you mean"):
            nm.league_table(net, order=("SSA", "plcebo"))
        with pytest.raises(nm.SelectionError, match="Did you mean 'direct'"):
            nm.league_table(net, lower="dirct")
        with pytest.raises(nm.NetworkError, match="compare"):
            nm.league_table(nm.load_trials())


class TestWords:
    def test_say_how_a_cell_is_read(self, table):
        assert (
            "Each cell is the hazard ratio (95% CI) of the treatment of its row against that of its column; "
            "below 1 favours the row. Upper triangle: network. Lower triangle: direct evidence only, a dash where no "
            "trial compares the two."
        ) in str(table)

    def test_of_a_cell(self, table):
        assert tip(table.cell("cabozantinib", "placebo")) == (
            "cabozantinib against placebo: HR 0.31 (95% CI 0.20 to 0.50), favours cabozantinib; "
            "2 trials compare them directly."
        )
        assert tip(table.cell("placebo", "SSA")) == (
            "placebo against SSA, direct evidence only: HR 2.13 (95% CI 1.17 to 3.88), favours SSA; "
            "1 trial compares them directly."
        )
        assert tip(table.cell("surufatinib", "sunitinib")) == (
            "surufatinib against sunitinib: HR 0.96 (95% CI 0.46 to 2.01); the interval includes 1: it does not settle "
            "which is better; no trial compares them directly."
        )
        assert tip(table.cell("placebo", "pazopanib")).endswith(
            "favours pazopanib; 1 trial compares them directly."
        )
        assert tip(table.cell("sunitinib", "surufatinib")) == (
            "sunitinib against surufatinib: no trial compares them directly."
        )

    def test_of_a_prediction(self, net):
        found = nm.league_table(net, lower="prediction")
        assert (
            "in a new trial: HR 2.39 (95% prediction interval 0.91 to 6.28); the interval includes 1: either"
            in (tip(found.cell("placebo", "sunitinib")))
        )

    def test_turn_where_a_higher_ratio_is_better(self):
        lower, higher = (nm.league_table(star("a", "b", better=better)) for better in ("lower", "higher"))
        assert lower.treatments == ("b", "a", "placebo")
        assert higher.treatments == ("placebo", "a", "b")
        assert lower.cell("b", "placebo").favours == ROW
        assert higher.cell("placebo", "b").favours == ROW
        assert higher.cell("b", "placebo").favours == COLUMN
        assert "favours placebo" in tip(higher.cell("b", "placebo"))
        assert "above 1 favours the row" in str(higher)

    def test_assumptions_and_model_stand_under_every_export(self, table, tmp_path):
        docx = pytest.importorskip("docx")
        table.to_docx(tmp_path / "a.docx")
        word = "\n".join(one.text for one in docx.Document(str(tmp_path / "a.docx")).paragraphs)
        for text in (str(table), table.to_csv(), table.to_html(), table._repr_html_(), word, table.to_latex()):
            assert "high-dose SSA is taken to be the same treatment as SSA" in text
            assert "random effects (REML, Wald interval)" in text
            assert re.search(r"hazard ratio \(95\\?% CI\)", text)

    def test_a_name_is_one_line_without_signs_that_no_file_holds(self):
        assert cleaned(" new\nline\x00\ud800 \u202ex ") == "new line\ufffd\ufffd \ufffdx"

    def test_repr_is_short(self, table):
        assert repr(table) == "LeagueTable(13 treatments, lower='direct', order='score')"


class TestFrame:
    def test_is_one_row_a_cell_of_numbers(self, net, table):
        frame = table.to_frame()
        assert len(frame) == 13 * 12
        row = frame[(frame["row"] == "cabozantinib") & (frame["column"] == "placebo")].iloc[0]
        assert row["hr"] == pytest.approx(net.effect("cabozantinib", "placebo").hr)
        assert (log(row["hr_low"]), log(row["hr_high"])) == pytest.approx(tuple(net.effect("cabozantinib").ci))
        assert (row["direct_trials"], row["kind"], row["favours"]) == (2, "network", "row")
        assert frame["hr"].isna().sum() == 65


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


class TestCsv:
    def test_is_the_matrix(self, table):
        rows = cells_of(table.to_csv())
        assert rows[0] == ["row against column", *table.treatments]
        assert [row[0] for row in rows[1:14]] == list(table.treatments)
        assert rows[1][13] == table.cell(table.treatments[0], "placebo").text
        assert rows[1][1] == ""
        assert rows[14] == []

    def test_no_text_is_a_formula(self):
        rows = cells_of(nm.league_table(star(*HOSTILE)).to_csv())
        said = [cell for row in rows for cell in row]
        assert "'=1+1" in said
        assert "'@SUM(A1)" in said
        assert [cell for cell in said if cell[:1] in tuple("=+-@\t\r\n")] == []

    def test_a_note_is_no_formula_either(self):
        merge = nm.Merge("=cmd|' /C calc'!A0", into="b")
        trials = [
            nm.Trial(study="A", experimental="b", control="c", log_hr=-0.1, se=0.1),
            nm.Trial(study="B", experimental=merge.name, control="c", log_hr=-0.2, se=0.1),
        ]
        text = nm.league_table(nm.compare(nm.Evidence(trials), nm.CommonEffect(), assumptions=merge)).to_csv()
        assert merge.name in text
        assert [row[0] for row in cells_of(text) if row and row[0].startswith("=")] == []

    def test_a_file_has_the_mark_by_which_a_spreadsheet_knows_it(self, table, tmp_path):
        text = table.to_csv(tmp_path / "league.csv")
        raw = (tmp_path / "league.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.decode("utf-8-sig") == text

    def test_a_place_that_cannot_be_written_is_named(self, table, tmp_path):
        with pytest.raises(nm.TableError, match="cannot be written"):
            table.to_csv(tmp_path / "nowhere" / "league.csv")


class Page(HTMLParser):
    """The cells of the first table, what is inside its caption, and every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows, self.tags, self.caption, self._inside = [], [], "", []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "img"):
            self._inside.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append({"tag": tag, "text": "", **dict(attrs)})

    def handle_endtag(self, tag):
        assert self._inside.pop() == tag

    def handle_data(self, data):
        if "caption" in self._inside:
            self.caption += data
        elif "td" in self._inside or "th" in self._inside:
            self.rows[-1][-1]["text"] += f" {data}"


class TestHtml:
    def test_is_an_accessible_table(self, table):
        found = Page(table.to_html())
        head, *body = found.rows
        assert [cell["text"].replace("\u00a0", " ").strip() for cell in head[1:]] == list(table.treatments)
        assert {cell["scope"] for cell in head[1:]} == {"col"}
        assert [row[0]["scope"] for row in body] == ["row"] * 13
        assert found.caption.startswith("League table: PFS, 13 treatments. Each cell is the hazard ratio")
        assert body[0][13]["text"].split() == ["0.090", "0.047–0.17"]
        assert body[0][13]["title"] == tip(table.rows[0][12])
        assert body[0][1]["text"].strip() == ""

    def test_asks_for_nothing_from_outside(self, table):
        found = Page(table.to_html())
        assert [attrs for _tag, attrs in found.tags if {"src", "href"} & set(attrs)] == []
        assert {tag for tag, _attrs in found.tags}.isdisjoint({"script", "link", "img"})
        assert "url(" not in table.to_html()

    def test_names_are_text(self):
        text = nm.league_table(star(*HOSTILE)).to_html()
        found = Page(text)
        assert not [tag for tag, _attrs in found.tags if tag == "img"]
        assert not [attrs for _tag, attrs in found.tags if any(name.startswith("on") for name in attrs)]
        assert any("<img src=x onerror='ran=1'>&" in cell["text"] for row in found.rows for cell in row)
        assert "\x00" not in text
        text.encode()

    def test_a_notebook_shows_the_fragment(self, table):
        shown = table._repr_html_()
        assert shown in table.to_html()
        assert "<style" not in shown
        Page(shown)

    def test_colour_and_weight_go_with_the_interval(self, table):
        cells = [cell for row in Page(table.to_html()).rows[1:] for cell in row[1:]]
        flat = [cell for row in table.rows for cell in row]
        for shown, cell in zip(cells, flat, strict=True):
            tinted = [side for side in (ROW, COLUMN) if str(TINTS[side])[1:-1].replace(" ", "") in shown["style"]]
            assert tinted == ([cell.favours] if cell and cell.favours else [])

    def test_is_written(self, table, tmp_path):
        assert (tmp_path / "a.html").exists() is False
        assert table.to_html(tmp_path / "a.html") == (tmp_path / "a.html").read_text(encoding="utf-8")


def luminance(colour: tuple[float, ...]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4))


class TestColours:
    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
    @pytest.mark.parametrize("side", [ROW, COLUMN])
    def test_text_is_read_on_them(self, theme, side):
        ground = rgb(theme["ground"])
        laid = tuple(
            STRENGTH * tint + (1 - STRENGTH) * part for tint, part in zip(TINTS[side], ground, strict=True)
        )
        assert contrast(laid, rgb(theme["ink"])) >= 4.5
        assert contrast(laid, ground) >= 1.3

    @pytest.mark.parametrize("side", [ROW, COLUMN])
    def test_the_live_table_has_the_same(self, side):
        from netmeta.widgets.assets import script

        tint = " ".join(map(str, TINTS[side]))
        assert f"--netmeta-favours-{side}: rgb({tint} / {100 * STRENGTH:g}%)" in script("netmeta.css")

    def test_on_paper(self):
        assert contrast(rgb(on_white(ROW)), (0, 0, 0)) > 4.5
        assert contrast(rgb(on_white(COLUMN)), (0, 0, 0)) > 4.5


class TestLatex:
    def test_every_special_sign_is_escaped(self):
        assert escaped(r"& % $ # _ { }") == r"\& \% \$ \# \_ \{ \}"
        assert escaped("~ ^ \\ < > |") == (
            r"\textasciitilde{} \textasciicircum{} \textbackslash{} \textless{} \textgreater{} \textbar{}"
        )

    def test_signs_that_latex_would_join_stay_apart(self):
        assert escaped("a--b ''c'' ``d") == r"a-{}-b '{}'c'{}' \textasciigrave{}\textasciigrave{}d"
        assert escaped("0.20–0.48") == "0.20--0.48"

    def test_greek_letters_and_signs_are_written_out(self):
        assert escaped("τ² of β ≥ 3 −1") == r"$\tau$$^2$ of $\beta$ $\ge$ 3 $-$1"

    def test_a_long_word_may_be_parted_and_a_short_one_not(self):
        assert escaped("bevacizumab") == "bevacizumab"
        assert escaped("x" * 30) == rf"{'x' * 10}\-{'x' * 10}\-{'x' * 10}"
        assert escaped("177Lu-edotreotide") == "177Lu-edotreotide"

    def test_has_a_row_for_each_treatment_and_as_many_columns(self, table):
        text = table.to_latex()
        body = text[text.index(r"\midrule") : text.index(r"\bottomrule")]
        rows = [line for line in body.splitlines() if line.startswith(r"\parbox")]
        assert len(rows) == 13
        assert {line.count(" & ") for line in rows} == {13}
        assert all(line.endswith(r" \\") for line in rows)
        assert r"\textbf{0.31}\\(0.20--0.50)" in body

    def test_braces_are_paired_whatever_the_names(self):
        text = nm.league_table(star(*HOSTILE)).to_latex()
        bare = re.sub(r"\\[\\{}%&]", "", text.split("\n", 1)[1])
        assert bare.count("{") == bare.count("}")
        assert re.search(r"(?<!\\)[%#]", bare) is None
        assert "\\input" not in text

    def test_many_columns_are_parted_and_the_notes_stand_once(self):
        text = nm.league_table(star(*(f"drug {at}" for at in range(29)))).to_latex()
        assert text.count(r"\begin{table}") == text.count(r"\end{table}") == 6
        assert text.count("common effect") == 1
        assert text.count(r"\caption") == 6


@pytest.fixture
def word(tmp_path):
    docx = pytest.importorskip("docx")

    def read(table):
        table.to_docx(tmp_path / "league.docx")
        return docx.Document(str(tmp_path / "league.docx"))

    return read


def fill(cell) -> str:
    found = cell._tc.xpath("w:tcPr/w:shd/@w:fill")
    return found[0] if found else ""


class TestWord:
    def test_holds_the_table(self, table, word):
        (grid,) = word(table).tables
        texts = [[cell.text for cell in row.cells] for row in grid.rows]
        assert texts[0] == ["", *table.treatments]
        assert [row[0] for row in texts[1:]] == list(table.treatments)
        assert texts[1][13] == "0.090\n0.047–0.17"
        assert texts[2][1] == DASH

    def test_is_landscape_with_a_repeated_heading(self, table, word):
        found = word(table)
        section = found.sections[0]
        assert section.page_width > section.page_height
        head, *body = found.tables[0].rows
        assert head._tr.xpath("w:trPr/w:tblHeader")
        assert not any(row._tr.xpath("w:trPr/w:tblHeader") for row in body)

    def test_cells_are_shaded_by_whom_they_favour(self, table, word):
        grid = word(table).tables[0]
        for at, row in enumerate(table.rows, 1):
            shown = grid.rows[at].cells
            for beside, cell in enumerate(row, 1):
                if cell:
                    assert fill(shown[beside]) == (on_white(cell.favours) if cell.favours else "")

    def test_properties_stand_in_the_order_of_the_schema(self, table, word):
        grid = word(table).tables[0]
        names = [child.tag.rpartition("}")[2] for child in grid._tbl.tblPr]
        order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
        assert names == [name for name in order if name in names]
        for cell in (cell for row in grid.rows for cell in row.cells):
            parts = [child.tag.rpartition("}")[2] for child in cell._tc.tcPr]
            assert parts == [part for part in ("tcW", "shd", "vAlign") if part in parts]

    def test_says_what_it_shows(self, table, word):
        found = word(table)
        said = [paragraph.text for paragraph in found.paragraphs]
        assert said[0].startswith("League table: PFS, 13 treatments. Each cell is the hazard ratio")
        assert "Assumed: high-dose SSA is taken to be the same treatment as SSA." in said
        assert found.core_properties.title == "League table: PFS, 13 treatments"

    def test_any_name_is_written(self, word):
        table = nm.league_table(star(*HOSTILE), order="name")
        texts = [cell.text for cell in word(table).tables[0].rows[0].cells][1:]
        assert texts == [cleaned(name) for name in table.treatments]

    def test_thirty_treatments_fill_several_tables(self, word):
        table = nm.league_table(star(*(f"drug {at}" for at in range(29))))
        grids = word(table).tables
        assert [len(grid.columns) for grid in grids] == [11, 11, 11]
        assert {len(grid.rows) for grid in grids} == {31}
        heads = [cell.text for grid in grids for cell in grid.rows[0].cells[1:]]
        assert heads == list(table.treatments)

    def test_two_treatments_do(self, word):
        (grid,) = word(nm.league_table(star("a"))).tables
        assert [[cell.text for cell in row.cells] for row in grid.rows][1] == ["a", "", "0.86\n0.71–1.05"]

    def test_without_the_library_the_error_says_how_to_get_it(self, table, monkeypatch, tmp_path):
        monkeypatch.setitem(sys.modules, "docx", None)
        with pytest.raises(nm.TableError, match=r"pip install 'netmeta\[word\]'"):
            table.to_docx(tmp_path / "a.docx")

    def test_a_place_that_cannot_be_written_is_named(self, table, tmp_path):
        pytest.importorskip("docx")
        with pytest.raises(nm.TableError, match="cannot be written"):
            table.to_docx(tmp_path / "nowhere" / "a.docx")


class TestSize:
    def test_two_treatments(self):
        found = nm.league_table(star("a"))
        assert found.cell("a", "placebo").text == f"{exp(-0.15):.2f} (0.71–1.05)"
        assert len(found.cells) == 2
        assert len(Page(found.to_html()).rows) == 3

    def test_thirty_treatments(self):
        found = nm.league_table(star(*(f"drug {at}" for at in range(29))))
        assert isinstance(found, LeagueTable)
        assert len(found.cells) == 30 * 29
        assert len(Page(found.to_html()).rows) == 31
        assert len(found.to_frame()) == 870
        assert len(found.blocks(13)) == 3
        assert [one for block in found.blocks(13) for one in block] == list(range(30))


def test_neither_word_nor_a_chart_is_loaded_for_it():
    code = (
        "import netmeta as nm, sys; t = nm.Trial(study='A', experimental='x', control='y', log_hr=-1, se=.2);"
        "l = nm.league_table(nm.compare(nm.Evidence([t]), nm.CommonEffect())); l.to_html(), l.to_csv(), l.to_latex();"
        "print(*({'docx', 'altair', 'ipywidgets'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert told.split() == []
