"""An analysis whose every text tries to be something else: markup, a formula, a program, another direction."""

from __future__ import annotations

import netmeta as nm

NAMES = (
    '<img src=x onerror="window.hacked=1">',
    '=HYPERLINK("http://evil.example","x")',
    '#panic("typst") $x$ *b* @ref <label> \\ `raw`',
    "</script><script>window.hacked=2</script>",
    "\u202eright to left\u202c & \"quotes\" 'single' {brace}",
    "long" * 30,
)
SOURCE = '"]}, #image("/etc/passwd") </title><svg onload=window.hacked=3> \\end{document}'


def analysis() -> nm.Analysis:
    rows = (
        nm.Trial(
            study=name, experimental=f"{name[:24]} drug", control="placebo <b>", hr=0.4 + at / 20,
            ci_low=0.2 + at / 20, ci_high=0.8 + at / 20, population="p<i>", n_experimental=100, n_control=50,
            source=SOURCE, doi='10.1/"><script>', data_cut="=1+1", assessor="central", assessor_as_printed="+cmd",
            unverified="@x",
        )
        for at, name in enumerate(NAMES)
    )  # fmt: skip
    return nm.Analysis(nm.Evidence(tuple(rows)))
