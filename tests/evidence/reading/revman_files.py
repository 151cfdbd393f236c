"""RevMan files in the formats' real shape, with numbers of Pignon 2000 (O - E, V) and of the bundled trials."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tables"
SETTINGS = (
    "Analysis group,Analysis number,Analysis name,Analysis group name,Data source,Data source eligibility,Data type,"
    "Log-scale data,Experimental intervention,Control intervention,Experimental group label,Control group label,"
    "Statistical method,Effect measure"
)
ROWS = (
    "Analysis group,Analysis number,Analysis name,Subgroup,Applicability,Study,Study year,GIV Mean,GIV SE,"
    "Experimental mean,Experimental SD,Experimental cases,Experimental N,Control mean,Control SD,Control cases,"
    "Control N,O-E,Variance,Weight,Mean,CI start,CI end,Footnotes"
)


def pignon(count: int) -> list[tuple[str, float, float]]:
    with (FIXTURES / "o_minus_e.csv").open() as file:
        return [(row["trial"], float(row["O.E"]), float(row["V"])) for row in csv.DictReader(file)][:count]


def rm5(
    body: str = "", *, head: str = '<?xml version="1.0" encoding="ISO-8859-1" standalone="no"?>', root: str = ""
) -> bytes:
    """Make an .rm5 file: three studies, one judgement, and the outcomes of ``body``."""
    studies = "".join(
        f'<STUDY DATA_SOURCE="PUB" ID="STD-{name}" NAME="{name.replace("_x002d_", "-")}" YEAR="{year}">'
        f'<REFERENCE TYPE="JOURNAL_ARTICLE"><IDENTIFIERS><IDENTIFIER TYPE="DOI" VALUE="of the reference"/></IDENTIFIERS>'
        f'</REFERENCE><IDENTIFIERS><IDENTIFIER TYPE="CTG" VALUE="NCT00000001"/></IDENTIFIERS></STUDY>'
        for name, year in (("RADIANT_x002d_3", "2011."), ("Pitie_x002d_74", ""), ("Müller", "1999"))
    )
    text = (
        f"{head}\n{root}<COCHRANE_REVIEW TYPE='INTERVENTION'>\n<STUDIES_AND_REFERENCES><STUDIES><INCLUDED_STUDIES>"
        f"{studies}</INCLUDED_STUDIES></STUDIES></STUDIES_AND_REFERENCES>\n<QUALITY_ITEMS>"
        '<QUALITY_ITEM LEVEL="STUDY" NO="1"><NAME>Allocation concealment</NAME><DESCRIPTION><P>Was it?</P></DESCRIPTION>'
        '<QUALITY_ITEM_DATA><QUALITY_ITEM_DATA_ENTRY RESULT="YES" STUDY_ID="STD-RADIANT_x002d_3"><DESCRIPTION/>'
        "</QUALITY_ITEM_DATA_ENTRY></QUALITY_ITEM_DATA></QUALITY_ITEM>"
        '<QUALITY_ITEM LEVEL="STUDY" NO="2"><NAME>Blinding</NAME><QUALITY_ITEM_DATA><QUALITY_ITEM_DATA_ENTRY '
        'RESULT="UNKNOWN" STUDY_ID="STD-RADIANT_x002d_3"/></QUALITY_ITEM_DATA></QUALITY_ITEM></QUALITY_ITEMS>\n'
        f'<ANALYSES_AND_DATA><COMPARISON ID="CMP-001" NO="1"><NAME>Everolimus versus placebo</NAME>\n{body}\n'
        "</COMPARISON></ANALYSES_AND_DATA></COCHRANE_REVIEW>"
    )
    return text.encode("iso-8859-1")


def labels(name: str, measure: str) -> str:
    return (
        f"<NAME>{name}</NAME><GROUP_LABEL_1>Experimental</GROUP_LABEL_1><GROUP_LABEL_2>Control</GROUP_LABEL_2>"
        f"<GRAPH_LABEL_1>Favours</GRAPH_LABEL_1><GRAPH_LABEL_2/><EFFECT_MEASURE>{measure}</EFFECT_MEASURE>\n"
    )


def iv_row(study: str, hr: float, se: float, **more: str) -> str:
    """Make a generic inverse variance row; LOG_EFFECT_SIZE is to the base 10, as RevMan writes it."""
    given = {
        "STUDY_ID": f"STD-{study}",
        "ESTIMATE": f"{math.log(hr):.17g}",
        "SE": f"{se:.17g}",
        "EFFECT_SIZE": f"{hr:.17g}",
        "LOG_EFFECT_SIZE": f"{math.log10(hr):.17g}",
        "ESTIMABLE": "YES",
        "TOTAL_1": "0",
        "TOTAL_2": "0",
        **more,
    }
    attributes = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f"<IV_DATA {attributes}/>\n"


def iv(
    *rows: str, name: str = "Progression-free survival", measure: str = "Hazard Ratio", logged: str = "YES"
) -> str:
    head = f'<IV_OUTCOME ID="CMP-001.01" LOG_DATA="{logged}" METHOD="IV" NO="1">'
    return "".join((head, labels(name, measure), *rows, "</IV_OUTCOME>\n"))


def ipd(count: int) -> str:
    rows = "".join(
        f'<IPD_DATA EVENTS_1="10" EVENTS_2="12" O_E="{observed}" VAR="{v}" STUDY_ID="STD-{name}" TOTAL_1="50" TOTAL_2="51"/>\n'
        for name, observed, v in pignon(count)
    )
    return f'<IPD_OUTCOME ID="CMP-001.02" NO="2">{labels("Overall survival", "Hazard Ratio")}{rows}</IPD_OUTCOME>\n'


def package(rows: list[str], settings: list[str], bias: str = "", *, nested: bool = False) -> bytes:
    files = {
        "CD1-analysis-data/CD1-data-rows.csv": "\n".join([ROWS, *rows]),
        "CD1-analysis-data/CD1-overall-estimates-and-settings.csv": "\n".join([SETTINGS, *settings]),
        "CD1-analysis-data/CD1-subgroup-estimates.csv": "Analysis group,Analysis number\n",
    }
    if bias:
        files["CD1-study-data/CD1-risk-of-bias.csv"] = bias
    inner = zipped({name: ("\ufeff" + text).encode() for name, text in files.items()})
    return zipped({"CD1-files/CD1-data.zip": inner, "readme.txt": b"x"}) if nested else inner


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return buffer.getvalue()
