"""Altair charts that show themselves as a still picture, with no request to any host."""

from __future__ import annotations

from typing import Any

import altair as alt

from netmeta.charts.drawing import still_bundle
from netmeta.charts.spoken import in_language
from netmeta.signs import drawable

__all__ = ["StillChart"]


class StillChart(alt.LayerChart):
    """A layered Altair chart like any other, but for its display and its language.

    Altair's own renderers ask a content network for Vega, and JupyterLab 4.6 cannot draw the version 6
    MIME type: without a network there would be no picture. Its words are those of the language that is shown when
    it is drawn or saved.
    """

    def to_dict(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return the specification, in the reader's language and without signs that no picture can hold."""
        spec: dict[str, Any] = super().to_dict(*args, **kwargs)
        shown: dict[str, Any] = drawable(in_language(spec) if "datasets" in spec else spec)
        return shown

    def _repr_mimebundle_(self, *_args: Any, **_kwargs: Any) -> dict[str, str]:  # noqa: ANN401
        spec = self.to_dict()
        return still_bundle(spec, str(spec.get("description", "")))
