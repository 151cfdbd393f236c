"""Altair charts that show themselves as a still picture, with no request to any host."""

from __future__ import annotations

from typing import Any

import altair as alt

__all__ = ["StillChart"]


class StillChart(alt.LayerChart):
    """A layered Altair chart like any other, but for its display.

    Altair's own renderers ask a content network for Vega, and JupyterLab 4.6 cannot draw the version 6
    MIME type: without a network there would be no picture.
    """

    def _repr_mimebundle_(self, *_args: Any, **_kwargs: Any) -> dict[str, str]:  # noqa: ANN401
        import vl_convert

        spec = self.to_dict()
        return {"image/svg+xml": vl_convert.vegalite_to_svg(spec), "text/plain": str(spec.get("description", ""))}
