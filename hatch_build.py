"""Build hook: Vega goes into the package, so that no page asks a CDN for it, and R's reference values do."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SNIPPET = "export { vegaEmbed };"
BUNDLE = "netmeta/widgets/static/vega.js.gz"


class Bundle(BuildHookInterface):  # type: ignore[type-arg]
    """Write ``netmeta/widgets/static/vega.js.gz`` when a wheel, editable or not, is built; take tables along."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle; it takes two seconds, so it happens here and never in a kernel."""
        import vl_convert

        script = vl_convert.javascript_bundle(SNIPPET, vl_version=vl_convert.get_vegalite_versions()[-1])
        target = Path(self.root, BUNDLE)
        target.write_bytes(gzip.compress(script.encode(), 9, mtime=0))
        build_data["artifacts"].append(BUNDLE)
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"].update(_reference(Path(self.root)))


def _reference(root: Path) -> dict[str, str]:
    """Where ``python -m netmeta.validate`` finds the tables of ``tests/fixtures`` once installed, by their file."""
    tables = sorted(root.glob("tests/fixtures/*/*.csv"))
    return {str(file): f"netmeta/reference/{file.parent.name}/{file.name}" for file in tables}
