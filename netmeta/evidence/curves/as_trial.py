"""Two arms of patient data as a row for the analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.errors import EntryError, shown
from netmeta.evidence.curves.proportional import cox
from netmeta.evidence.curves.survival import survival
from netmeta.evidence.trial import Trial

if TYPE_CHECKING:
    from netmeta.evidence.curves.patients import PatientData
    from netmeta.evidence.curves.survival import Survival

__all__ = ["trial"]


def trial(
    experimental: PatientData,
    control: PatientData,
    *,
    study: str,
    treatments: tuple[str, str],
    ties: str = "efron",
    **fields: Any,  # noqa: ANN401
) -> Trial:
    """Make a `Trial` of two arms: log HR and standard error by `cox`; sizes, events and medians as counted.

    Parameters
    ----------
    experimental, control
        Patient data of the arms, approximate or not.
    study, treatments
        Name of the trial; names of the experimental and the control treatment.
    ties
        As in `cox`.
    **fields
        Further fields of `Trial`, such as ``endpoint``, ``cohort``, ``source``. ``source`` is followed by a note
        that the numbers come from approximate patient data.

    Raises
    ------
    EntryError
        As `cox` and `Trial`.
    """
    if isinstance(treatments, str) or len(treatments) != 2:  # noqa: PLR2004
        raise EntryError(f"treatments is {shown(treatments)}; give two names, the experimental one first.")
    fit = cox(experimental, control, ties=ties)
    approximate = experimental.approximate or control.approximate
    kind = "approximate patient data" if approximate else "patient data"
    origin = f"{kind} from digitised curves (Guyot 2012)" if approximate else kind
    counted = {
        "n_experimental": experimental.n,
        "n_control": control.n,
        "events_experimental": experimental.n_events,
        "events_control": control.n_events,
        "median_experimental": _median(survival(experimental)),
        "median_control": _median(survival(control)),
        "notes": f"Cox model with {ties.capitalize()} ties on {kind}",
    }
    source = "; ".join(filter(None, (fields.pop("source", ""), origin)))
    names = {"study": study, "experimental": treatments[0], "control": treatments[1]}
    return Trial(**{**counted, **fields, **names, "source": source, "log_hr": fit.log_hr, "se": fit.se})


def _median(found: Survival) -> str:
    return "not reached" if found.median is None else numerals.decimal(found.median, 1)
