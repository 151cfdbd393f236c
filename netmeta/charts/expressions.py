"""What the charts share: values that are expressions of a chart's own parameters, and its frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from netmeta.charts.still import StillChart
from netmeta.charts.theme import FONT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["at", "framed", "of", "ref", "text"]


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
