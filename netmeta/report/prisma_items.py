"""The items of PRISMA 2020 (Page 2021) and of its extension for networks (Hutton 2015), in words of our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ITEMS", "NETWORK_ITEMS", "Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a checklist.

    Parameters
    ----------
    number
        ``"13d"``, and ``"S1"`` to ``"S5"`` for those that networks add.
    section, topic
        Where it belongs, and what it is about.
    asks
        What a report should say.
    authors
        What only the authors can say to it; empty where software can say all.
    """

    number: str
    section: str
    topic: str
    asks: str
    authors: str = ""


ITEMS: Final = (
    Item("1", "Title", "Title", "Call the report a systematic review.", "whether this is one"),
    Item("2", "Abstract", "Abstract", "Give an abstract by the checklist for abstracts.", "the abstract"),
    Item("3", "Introduction", "Rationale", "Say why the review is needed.", "the rationale"),
    Item("4", "Introduction", "Objectives", "State the question.", ""),
    Item(
        "5",
        "Methods",
        "Eligibility",
        "Say which studies qualify and how they are grouped.",
        "the criteria for studies",
    ),
    Item("6", "Methods", "Sources", "Name every source searched, with its date.", "the sources and dates"),
    Item("7", "Methods", "Search", "Give the full search of every source.", "the search strategies"),
    Item("8", "Methods", "Selection", "Say how studies were screened, and by how many people.", "the screening"),
    Item(
        "9", "Methods", "Collection", "Say how data were taken out of reports and checked.", "who took the data out"
    ),
    Item("10a", "Methods", "Outcomes", "Name the outcomes, and which result of a study was taken.", ""),
    Item(
        "10b",
        "Methods",
        "Other variables",
        "Name the other variables and what was assumed of gaps.",
        "what was assumed",
    ),
    Item("11", "Methods", "Risk of bias", "Say how risk of bias was judged.", "the tool and the judges"),
    Item("12", "Methods", "Effect measures", "Name the measure of effect for each outcome.", ""),
    Item("13a", "Methods", "Who is in a synthesis", "Say how studies were chosen for each synthesis.", ""),
    Item("13b", "Methods", "Preparation", "Say how numbers were converted or completed.", ""),
    Item("13c", "Methods", "Display", "Say how results are tabulated and drawn.", ""),
    Item("13d", "Methods", "Synthesis", "Say which model was used, with heterogeneity and software.", ""),
    Item(
        "13e",
        "Methods",
        "Heterogeneity",
        "Say how causes of heterogeneity were looked for.",
        "which causes were planned",
    ),
    Item("13f", "Methods", "Sensitivity", "Say which sensitivity analyses were made.", ""),
    Item("14", "Methods", "Missing results", "Say how bias by missing results was looked for.", ""),
    Item("15", "Methods", "Certainty", "Say how certainty in the body of evidence was judged.", "the judgement"),
    Item("16a", "Results", "Flow", "Give the numbers found, screened and included.", "the flow from the search"),
    Item("16b", "Results", "Near misses", "Name studies that seemed to qualify and were left out, with why.", ""),
    Item("17", "Results", "Studies", "Cite each study and give its characteristics.", ""),
    Item("18", "Results", "Risk of bias", "Give the judgement of each study.", "the judgements"),
    Item("19", "Results", "Each study", "Give each study's result with its interval.", ""),
    Item(
        "20a",
        "Results",
        "What was pooled",
        "Sum up the studies of each synthesis and their risk of bias.",
        "their risk of bias",
    ),
    Item("20b", "Results", "Pooled results", "Give each pooled estimate, its interval and heterogeneity.", ""),
    Item("20c", "Results", "Causes", "Give what was found on causes of heterogeneity.", "what was found"),
    Item("20d", "Results", "Sensitivity", "Give the results of sensitivity analyses.", ""),
    Item("21", "Results", "Missing results", "Give what was found on missing results.", ""),
    Item("22", "Results", "Certainty", "Give the certainty for each outcome.", "the certainty"),
    Item(
        "23a", "Discussion", "Interpretation", "Interpret the results beside other evidence.", "the interpretation"
    ),
    Item("23b", "Discussion", "Limits of evidence", "Discuss the limits of the evidence.", "the discussion"),
    Item("23c", "Discussion", "Limits of the review", "Discuss the limits of how it was done.", "the discussion"),
    Item("23d", "Discussion", "Implications", "Say what follows for practice and research.", "the implications"),
    Item("24a", "Other", "Registration", "Give the register and number.", "the registration"),
    Item("24b", "Other", "Protocol", "Say where the protocol is.", "the protocol"),
    Item("24c", "Other", "Amendments", "Explain changes to registration or protocol.", "the changes"),
    Item("25", "Other", "Support", "Name the funders and their part.", "the funding"),
    Item("26", "Other", "Interests", "Declare competing interests.", "the interests"),
    Item("27", "Other", "Availability", "Say where data and code are.", "where the files are kept"),
)
"""PRISMA 2020: 27 items, 42 with their parts."""

NETWORK_ITEMS: Final = (
    Item("S1", "Methods", "Geometry", "Say how the network's shape was looked at.", ""),
    Item("S2", "Methods", "Consistency", "Say how direct and indirect evidence were compared.", ""),
    Item("S3", "Results", "Network", "Show the network as a graph.", ""),
    Item("S4", "Results", "Geometry", "Sum up the network's shape.", ""),
    Item("S5", "Results", "Consistency", "Give what was found on inconsistency.", ""),
)
"""What PRISMA-NMA adds."""
