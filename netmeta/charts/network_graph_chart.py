"""The network graph in Altair: treatments as circles, direct comparisons as lines between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.alt_text import joined
from netmeta.charts.expressions import at, ref
from netmeta.charts.network_graph_rows import (
    LEAST,
    WIDEST,
    network_graph_rows,
    network_graph_signals,
)
from netmeta.charts.still import StillChart
from netmeta.charts.theme import FONT, SIZE, palette
from netmeta.errors import NetworkError, shown
from netmeta.network import NetworkResult
from netmeta.pooling.words import trials_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["network_graph", "network_graph_chart", "spec"]

_TABLES: Final = ("nodes", "edges", "areas")
# A page puts its own tables in place of all inline data.
_ONCE: Final = alt.sequence(1)
_DERIVED: Final = {
    "total_width": f"clamp(space - 40, {LEAST}, {WIDEST}) - room_left - room_right",
    "total_height": "tall - room_above - room_below",
}
_MARKED: Final = "datum.id === picked || datum.id === focused"
_X, _Y = "datum.x * total_width", "datum.y * total_height"
_X2, _Y2 = "datum.x2 * total_width", "datum.y2 * total_height"
_LINE: Final = {"x": at(_X), "y": at(_Y), "x2": at(_X2), "y2": at(_Y2)}
_OPEN: Final = 9
"""Half the gap for a number in a line, pixels."""


def network_graph(
    result: NetworkResult,
    *,
    by: str = "precision",
    layout: str = "stress",
    places: Mapping[str, tuple[float, float]] | None = None,
    theme: str = "light",
    width: int = 900,
) -> StillChart:
    """Draw a network: a circle for each treatment, a line for each comparison that trials make directly.

    Parameters
    ----------
    result
        What `compare` gave.
    by
        What the width of a line stands for: ``"precision"`` of its trials (the sum of 1/SE2) or their number,
        ``"trials"``.
    layout
        ``"stress"``, where distances follow those in the network, or ``"circle"``, as R's netmeta has it.
    places
        Where treatments are to stand, as fractions of the plot from its upper left, ``{"placebo": (0.5, 0.5)}``;
        round the plot there is room for names.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`. The area of a circle is the number of patients randomised to the treatment; a number
        on a line counts its trials; the treatments of a study of several arms are shaded.

    Raises
    ------
    NetworkError
        For what `compare` did not give, a place of a treatment that the network does not have, and one outside of
        the picture.
    SelectionError
        For a ``by``, a ``layout`` or a theme that does not exist.
    """
    if not isinstance(result, NetworkResult):
        raise NetworkError(
            f"network_graph() draws what compare() gives; got {type(result).__name__}. "
            "Call nm.network_graph(nm.compare(evidence))."
        )
    for name, place in (places or {}).items():
        result.place(name)
        _check_place(name, place)
    table = network_graph_rows(result, by=by, layout=layout, places=places, width=width)
    signals = {**network_graph_signals(table, space=width), **palette(theme)}
    data = {name: alt.InlineData(values=rows) for name, rows in table.tables.items()}
    chart = network_graph_chart(signals, data, table.inner(width))
    return chart.properties(description=f"Network graph. {result.said} {_joins(result)}")


def _joins(result: NetworkResult) -> str:
    """List the direct comparisons with their trials."""
    return joined(f"{edge.name}: {trials_in_words(len(edge.keys))}" for edge in result.graph.edges)


def _check_place(name: str, place: object) -> None:
    pair = tuple(place) if isinstance(place, tuple | list) else ()
    if len(pair) != 2 or not all(isinstance(part, int | float) and 0 <= part <= 1 for part in pair):  # noqa: PLR2004
        raise NetworkError(
            f"The place of {name} is two fractions of the picture, such as (0.5, 0.2), not {shown(place)}."
        )


def network_graph_chart(
    signals: Mapping[str, Any], data: Mapping[str, alt.InlineData | alt.NamedData], size: tuple[float, float]
) -> StillChart:
    """Lay the marks over the tables; places are fractions or parameters, so that rows alone change them."""
    params = [alt.param(name=name, value=value) for name, value in signals.items()]
    params += [alt.param(name=name, expr=expr) for name, expr in _DERIVED.items()]
    nodes, edges, areas = (alt.Chart(data[name]) for name in _TABLES)
    layers = [
        _frame(),
        *_shades(areas),
        *_lines(edges),
        *_circles(nodes),
        *_names(nodes),
        _note(),
        *_targets(nodes, edges),
    ]
    chart = StillChart(layer=layers).add_params(*params).properties(width=size[0], height=size[1])
    styled: StillChart = chart.configure(
        font=FONT,
        background=ref("ground"),
        view=alt.ViewConfig(stroke=None),
        autosize=alt.AutoSizeParams(type="pad"),
    )
    return styled


def spec() -> StillChart:
    """Return the chart over named data, with neutral values: what a live view embeds."""
    table = network_graph_rows(None)
    signals = {**network_graph_signals(table), **palette("light")}
    return network_graph_chart(signals, {name: alt.NamedData(name=name) for name in _TABLES}, table.inner(900))


def _frame() -> alt.Chart:
    """Take the room of all names, so that a name that is moved moves nothing else."""
    clear = alt.Chart(_ONCE).mark_rect(fillOpacity=0, strokeOpacity=0)
    frame: alt.Chart = clear.encode(
        x=at("-room_left"),
        x2=at("total_width + room_right"),
        y=at("-room_above"),
        y2=at("total_height + room_below"),
    )
    return frame


def _shades(areas: alt.Chart) -> list[alt.Chart]:
    mark = areas.mark_line(
        interpolate="linear-closed", fill=ref("band"), fillOpacity=0.1, strokeOpacity=0, strokeJoin="round"
    )
    shade: alt.Chart = mark.encode(x=at(_X), y=at(_Y), detail="area:N", order="at:Q")
    return [shade]


def _lines(edges: alt.Chart) -> list[alt.Chart]:
    """Draw each line as two halves, apart where a number stands: on a page nobody knows the ground behind it."""
    colour = alt.when({"param": "over", "empty": False}).then(at("muted")).when(_MARKED).then(at("ink"))
    look = {
        "color": colour.otherwise(at("out")),
        "strokeWidth": at(f"datum.width + ({_MARKED} ? 2 : 0)"),
        "strokeDash": alt.condition("datum.kind === 'indirect'", alt.value([4, 5]), alt.value([1, 0])),
    }
    x, y = f"({_X} + {_X2}) / 2", f"({_Y} + {_Y2}) / 2"
    long = f"max(hypot({_X} - {_X2}, {_Y} - {_Y2}), 1)"
    part = f"(datum.trials > 1 ? min({_OPEN}, {long} / 2) : -0.5) / {long}"
    rule = edges.mark_rule(strokeCap="butt")
    halves = [
        rule.encode(
            x=at(start_x), y=at(start_y), x2=at(f"{x} + ({start_x} - {end_x}) * {part}"),
            y2=at(f"{y} + ({start_y} - {end_y}) * {part}"), **look,
        )
        for start_x, start_y, end_x, end_y in ((_X, _Y, _X2, _Y2), (_X2, _Y2, _X, _Y))
    ]  # fmt: skip
    several = edges.transform_filter("datum.trials > 1")
    count = several.mark_text(fontSize=SIZE - 1, baseline="middle", fontWeight=600)
    return [*halves, count.encode(x=at(x), y=at(y), text="trials:N", color=at("ink"))]


def _circles(nodes: alt.Chart) -> list[alt.Chart]:
    disc = nodes.mark_point(shape="circle", filled=True, opacity=1, strokeWidth=2, stroke=ref("ground"))
    rings = []
    for name, which, colour, beyond in (
        ("marked", _MARKED, "ink", "(datum.id === reference ? 9 : 5)"),
        ("reference", "datum.id === reference", "pooled", 4),
    ):
        ring = nodes.transform_filter(which).mark_point(
            shape="circle", filled=True, opacity=1, strokeWidth=2.4, fill=ref("ground")
        )
        size = at(f"pow(2 * (datum.r + {beyond}), 2)")
        rings.append(ring.encode(x=at(_X), y=at(_Y), size=size, stroke=at(colour)).properties(name=name))
    return [*rings, disc.encode(x=at(_X), y=at(_Y), size=at("pow(2 * datum.r, 2)"), fill=at("mark"))]


def _names(nodes: alt.Chart) -> list[alt.Chart]:
    """Write names beside their nodes, never beyond the edge, on a halo that lines do not cross."""
    place = {
        "x": at(f"clamp({_X} + datum.dx, datum.before - room_left, total_width + room_right - datum.after)"),
        "y": at(f"clamp({_Y} + datum.dy, datum.above - room_above, total_height + room_below - datum.below)"),
    }
    seen = alt.when({"param": "hover", "empty": False}).then(alt.value(1)).when(f"datum.named || {_MARKED}")
    look: dict[str, Any] = {
        "align": ref("datum.align"), "baseline": "middle", "fontSize": ref("type"), "lineHeight": ref("type + 3"),
        "fontWeight": ref("datum.id === reference ? 600 : 400"),
    }  # fmt: skip
    halo = nodes.mark_text(stroke=ref("ground"), strokeWidth=4, strokeJoin="round", **look)
    name = nodes.mark_text(cursor="pointer", **look)
    shown_at = {**place, "text": alt.Text("lines:N"), "opacity": seen.then(alt.value(1)).otherwise(alt.value(0))}
    return [halo.encode(**shown_at, color=at("ground")), name.encode(**shown_at, color=at("ink"))]


def _note() -> alt.Chart:
    mark = alt.Chart(_ONCE).mark_text(
        align="left", baseline="top", fontSize=SIZE - 1, lineHeight=SIZE + 4, text=ref("note")
    )
    note: alt.Chart = mark.encode(x=at("-room_left"), y=at("total_height + room_below + 12"), color=at("muted"))
    return note


def _targets(nodes: alt.Chart, edges: alt.Chart) -> list[alt.Chart]:
    """Take clicks: a wide clear line over each comparison, a clear disc over each treatment."""
    events: dict[str, Any] = {"on": "pointerover", "clear": "pointerout", "fields": ["id"], "empty": False}
    wide = edges.mark_rule(opacity=0, strokeCap="butt", cursor="pointer")
    disc = nodes.mark_point(shape="circle", filled=True, opacity=0, cursor="pointer")
    comparisons = wide.encode(**_LINE, strokeWidth=at("datum.width + 12"), tooltip="tip:N")
    treatments = disc.encode(x=at(_X), y=at(_Y), size=at("pow(2 * datum.r + 10, 2)"), tooltip="tip:N")
    return [
        comparisons.add_params(alt.selection_point(name="over", **events)).properties(name="comparisons"),
        treatments.add_params(alt.selection_point(name="hover", **events)).properties(name="treatments"),
    ]
