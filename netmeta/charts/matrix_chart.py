"""A matrix in Altair: tinted cells with numbers or squares in them, names beside and above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.expressions import at, framed, hovering, of, ref
from netmeta.charts.matrix_rows import Matrix, matrix_signals
from netmeta.charts.theme import SIZE, palette

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["NUMBERS", "drawn_matrix", "matrix_chart", "spec"]

NUMBERS: Final = 25
"""Width of the narrowest cell that has room for a number, in pixels."""
_SMALL, _TINY = SIZE - 1, SIZE - 2
_LINE, _TIGHT = 14, 13
_DERIVED: Final = {
    "left": "w_label + 10",
    "beside": "w_side > 0 ? w_side + 10 : 0",
    "cell": "max(least, min(widest, (space - left - beside - 6) / max(1, columns)))",
    "right": "left + columns * cell",
    "bottom": "head + lines * tall",
    "total_width": "right + beside + 2",
    "total_height": "bottom + foot",
}
_X, _Y = "left + datum.at * cell", "head + datum.row * tall"
_TONES: Final = "datum.tone === 'warm' ? pooled : mark"
_MARKED: Final = "datum.id !== '' && (datum.id === picked || datum.id === focused)"


def drawn_matrix(table: Matrix, said: str, theme: str, width: int) -> StillChart:
    """Draw a matrix as a still picture.

    Parameters
    ----------
    table
        Rows and measures.
    said
        The picture in words.
    theme, width
        Colours, and the width to stay within.
    """
    signals = {**matrix_signals(table, space=width), **palette(theme)}
    chart = matrix_chart(signals, alt.InlineData(values=list(table.rows)), _size(signals))
    return chart.properties(description=said)


def matrix_chart(
    signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]
) -> StillChart:
    """Lay the marks over a table of rows."""
    layers = [*_ground(), *_cells(), *_key(), *_names(), *_words(), *_marked(), _cells_to_click()]
    return framed(layers, data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**matrix_signals(Matrix(rows=())), **palette("light")}
    return matrix_chart(signals, alt.NamedData(name="rows"), _size(signals))


def _size(signals: dict[str, Any]) -> tuple[int, int]:
    """Work out ``total_width`` and ``total_height`` as the chart itself will."""
    left = signals["w_label"] + 10
    beside = signals["w_side"] + 10 if signals["w_side"] else 0
    room = (signals["space"] - left - beside - 6) / max(1, signals["columns"])
    cell = max(signals["least"], min(signals["widest"], room))
    return (
        int(left + signals["columns"] * cell + beside + 2),
        int(signals["head"] + signals["lines"] * signals["tall"] + signals["foot"]),
    )


def _ground() -> list[alt.Chart]:
    """Draw a faint line under each name."""
    rule = of("line").mark_rule(color=ref("faint"), strokeWidth=1)
    top = of("line").transform_filter("datum.row === 0").mark_rule(color=ref("muted"), strokeWidth=1)
    return [
        rule.encode(x=alt.value(0), x2=at("total_width"), y=at(f"{_Y} + tall")),
        top.encode(x=alt.value(0), x2=at("total_width"), y=at("head")),
    ]


def _cells() -> list[alt.Chart]:
    cells = of("cell")
    box = {
        "x": at(f"{_X} + 0.5"),
        "x2": at(f"{_X} + cell - 0.5"),
        "y": at(f"{_Y} + 0.5"),
        "y2": at(f"{_Y} + tall - 0.5"),
    }
    number = cells.mark_text(baseline="middle", align="center", fontSize=_TINY, color=ref("ink"))
    span = of("span").mark_rect(fillOpacity=0, stroke=ref("muted"), strokeWidth=1.2, cornerRadius=2)
    return [
        cells.mark_rect(opacity=1).encode(**box, color=at(_TONES), fillOpacity=at("datum.tint")),
        _squares(cells, f"{_X} + cell / 2", f"{_Y} + tall / 2", "min(cell, tall) - 5"),
        span.encode(
            x=at(f"{_X} + 0.5"), x2=at("left + (datum.to + 1) * cell - 0.5"), y=at(f"{_Y} + 1.5"),
            y2=at(f"{_Y} + tall - 1.5"),
        ),
        number.encode(
            x=at(f"{_X} + cell / 2"), y=at(f"{_Y} + tall / 2"), text="text:N",
            opacity=at(f"cell < {NUMBERS} ? 0 : 1"),
        ),
    ]  # fmt: skip


def _squares(rows: alt.Chart, x: str, y: str, side: str) -> alt.Chart:
    """Draw squares whose areas are shares of the largest."""
    half = f"sqrt(datum.share) * ({side}) / 2"
    square = rows.transform_filter("datum.share > 0").mark_rect(
        fill=ref("muted"), stroke=ref("ground"), strokeWidth=1, opacity=0.85
    )
    chart: alt.Chart = square.encode(
        x=at(f"{x} - {half}"), x2=at(f"{x} + {half}"), y=at(f"{y} - {half}"), y2=at(f"{y} + {half}")
    )
    return chart


def _key() -> list[alt.Chart]:
    key = of("key")
    swatch = key.transform_filter("datum.tint > 0").mark_rect(opacity=1)
    outline = key.transform_filter("datum.outline").mark_rect(
        fillOpacity=0, stroke=ref("muted"), strokeWidth=1.2, cornerRadius=2
    )
    box = {"x": at("datum.x"), "x2": at("datum.x + 16"), "y": at("datum.y - 8"), "y2": at("datum.y + 8")}
    text = key.mark_text(align="left", baseline="middle", fontSize=_SMALL, color=ref("muted"))
    return [
        swatch.encode(**box, color=at(_TONES), fillOpacity=at("datum.tint")),
        outline.encode(**box),
        _squares(key, "datum.x + 8", "datum.y", "14"),
        text.encode(x=at("datum.x + 22"), y=at("datum.y"), text="text:N"),
    ]


def _names() -> list[alt.Chart]:
    """Write the names of the lines and, level or upright, of the columns."""
    look: dict[str, Any] = {
        "lineBreak": "\n",
        "color": ref("ink"),
        "fontWeight": ref("datum.id !== '' && datum.id === picked ? 600 : 400"),
    }
    tiny = {**look, "fontSize": _TINY, "lineHeight": _TIGHT, "dy": ref(f"datum.lift * {_TIGHT}")}
    line = of("line").mark_text(
        align="left", baseline="middle", fontSize=_SMALL, lineHeight=_LINE, dy=ref(f"datum.lift * {_LINE}"), **look
    )
    level = of("column").transform_filter("!datum.upright").mark_text(align="center", baseline="middle", **tiny)
    upright = (
        of("column").transform_filter("datum.upright").mark_text(align="left", baseline="middle", angle=270, **tiny)
    )
    x = at(f"{_X} + cell / 2")
    return [
        line.encode(x=alt.value(0), y=at(f"{_Y} + tall / 2"), text="text:N"),
        level.encode(x=x, y=at(f"head - 5 - {_TIGHT} * (0.5 - datum.lift)"), text="text:N"),
        upright.encode(x=x, y=at("head - 5"), text="text:N"),
    ]


def _words() -> list[alt.Chart]:
    title: dict[str, Any] = {"fontSize": _SMALL, "fontWeight": 600, "color": ref("ink"), "baseline": "bottom"}
    titles = of("title").mark_text(
        align=ref("datum.place === 'side' ? 'right' : 'left'"), lineBreak="\n", lineHeight=_LINE, **title
    )
    side = of("line").mark_text(align="right", baseline="middle", fontSize=_SMALL, color=ref("muted"))
    note = of("note").mark_text(align="left", baseline="middle", fontSize=_SMALL, color=ref("muted"))
    x = at("datum.place === 'side' ? total_width : datum.place === 'across' ? left : 0")
    return [
        titles.encode(x=x, y=at("datum.y"), text="text:N"),
        side.encode(x=at("total_width"), y=at(f"{_Y} + tall / 2"), text="side:N"),
        note.encode(x=alt.value(0), y=at("bottom + datum.y"), text="text:N"),
    ]


def _marked() -> list[alt.Chart]:
    """Frame the line or the column that is picked."""
    frame: dict[str, Any] = {"fill": ref("band"), "fillOpacity": 0.1, "stroke": ref("band"), "strokeWidth": 1.5}
    line = of("line").transform_filter(_MARKED).mark_rect(**frame)
    column = of("column").transform_filter(_MARKED).mark_rect(**frame)
    return [
        line.encode(x=alt.value(-4), x2=at("total_width + 2"), y=at(_Y), y2=at(f"{_Y} + tall")),
        column.encode(x=at(_X), x2=at(f"{_X} + cell"), y=at("head"), y2=at("bottom")),
    ]


def _cells_to_click() -> alt.Chart:
    """Let names and cells be clicked and explained."""
    hover = hovering()
    x = "datum.kind === 'line' ? -4 : left + datum.at * cell"
    x2 = "datum.kind === 'line' ? left : left + (datum.at + 1) * cell"
    y = "datum.kind === 'column' ? 0 : head + datum.row * tall"
    y2 = "datum.kind === 'column' ? head : head + (datum.row + 1) * tall"
    target: alt.Chart = of("line", "column", "cell").mark_rect(cursor="pointer", fill=ref("band")).encode(
        x=at(x), x2=at(x2), y=at(y), y2=at(y2), tooltip="tip:N",
        fillOpacity=alt.when(hover & (alt.datum.id != "")).then(alt.value(0.08)).otherwise(alt.value(0)),
    )  # fmt: skip
    return target.add_params(hover).properties(name="cells")
