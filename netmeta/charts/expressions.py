"""What the charts share: values that are expressions of a chart's own parameters, and its frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from netmeta.charts.still import StillChart
from netmeta.charts.theme import FONT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["at", "clickable", "framed", "hovering", "of", "ref", "text"]


def ref(name: str) -> alt.ExprRef:
    """Refer to a parameter, or to an expression of some."""
    return alt.ExprRef(name)


def at(expr: str) -> alt.Value:
    """Encode a channel by an expression, in pixels or as a colour."""
    return alt.value(ref(expr))


def of(*kinds: str) -> alt.Chart:
    """Take the rows of some kinds."""
    return alt.Chart().transform_filter(" || ".join(f"datum.kind === '{kind}'" for kind in kinds))


def text(rows: alt.Chart, field: str, x: str, y: str, **look: Any) -> alt.Chart:  # noqa: ANN401
    """Write a field of some rows at two expressions; ``look`` is the mark's, its ``color`` an expression."""
    colour = look.pop("color", "ink")
    mark = rows.mark_text(**{"baseline": "middle", **look})
    chart: alt.Chart = mark.encode(x=at(x), y=at(y), text=f"{field}:N", color=at(colour))
    return chart


def hovering() -> alt.Parameter:
    """Return the selection of the row under the mouse."""
    return alt.selection_point(name="hover", on="pointerover", clear="pointerout", fields=["id"], empty=False)


def clickable(
    rows: alt.Chart,
    y: str,
    y2: str,
    *,
    right: str = "total_width",
    marked: str = "datum.id === picked",
    shade: float = 0.17,
) -> alt.Chart:
    """Lay a band over each row that shows its tip and takes its click, wherever in the row it comes.

    Parameters
    ----------
    rows
        Rows with ``id`` and ``tip``.
    y, y2, right
        Expressions of the edges; the left one is a little beyond the plot.
    marked, shade
        Which rows keep a shade, and how dark it is.
    """
    hover = hovering()
    shaded = alt.when(hover).then(alt.value(0.1)).when(marked).then(alt.value(shade))
    lines: alt.Chart = rows.mark_rect(cursor="pointer", fill=ref("band"), strokeWidth=2).encode(
        x=at("-6"),
        x2=at(right),
        y=at(y),
        y2=at(y2),
        tooltip="tip:N",
        fillOpacity=shaded.otherwise(alt.value(0)),
        stroke=alt.condition("datum.id === focused", at("band"), alt.value("transparent")),
    )
    return lines.add_params(hover).properties(name="lines")


def framed(
    layers: Sequence[alt.Chart],
    data: alt.InlineData | alt.NamedData,
    signals: Mapping[str, Any],
    derived: Mapping[str, str],
    size: tuple[int, int],
) -> StillChart:
    """Put layers over one table of rows, with parameters that are pushed and parameters that follow from them."""
    params = [alt.param(name=name, value=value) for name, value in signals.items()]
    params += [alt.param(name=name, expr=expr) for name, expr in derived.items()]
    chart = StillChart(layer=list(layers), data=data).add_params(*params)
    styled: StillChart = chart.properties(width=size[0], height=size[1]).configure(
        font=FONT,
        background=ref("ground"),
        view=alt.ViewConfig(stroke=None),
        autosize=alt.AutoSizeParams(type="pad"),
    )
    return styled
