"""Build hook: bundle Vega, Vega-Lite and Vega-Embed into the package, so that no page asks a CDN for them."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SNIPPET = "export { vegaEmbed };"
BUNDLE = "netmeta/widgets/static/vega.js.gz"


class VegaBundle(BuildHookInterface):  # type: ignore[type-arg]
    """Write ``netmeta/widgets/static/vega.js.gz`` when a wheel, editable or not, is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the bundle; it takes two seconds, so it happens here and never in a kernel."""
        import vl_convert

        script = vl_convert.javascript_bundle(SNIPPET, vl_version=vl_convert.get_vegalite_versions()[-1])
        target = Path(self.root, BUNDLE)
        target.write_bytes(gzip.compress(script.encode(), 9, mtime=0))
        build_data["artifacts"].append(BUNDLE)
