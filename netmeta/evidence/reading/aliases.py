"""What people call the fields of a trial: papers, registries, RevMan, and R's metafor, meta and netmeta."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ALIASES", "VIRTUAL", "folded", "stated_level"]

VIRTUAL: Final = ("interval", "variance", "o_minus_e", "logrank_v")
"""Forms that are no field, or not in every version: an interval in one cell, a variance, O-E and V."""

_NAMES = {
    "study": "study trial author authors studlab slab studyid studyname trialname studylabel publication acronym",
    "experimental": (
        "experimental treatment treat1 treatment1 trt1 t1 intervention experimentalarm experimentaltreatment "
        "treatexp experimentalintervention interventionarm activearm arm1 drug"
    ),
    "control": (
        "control comparator treat2 treatment2 trt2 t2 controlarm controltreatment treatctrl controlintervention "
        "comparatorarm arm2 reference"
    ),
    "hr": "hr hazardratio hr95ci hazardratio95ci adjustedhr ahr hrci hazardratioci hr95 exphr",
    "ci_low": (
        "cilow cilo lower lowerci lowerlimit lcl lci cilb cilower lowercl hrlower lower95 ll low cistart lower95ci "
        "95cilower ci95lower lowerbound hrlow hrlcl hrlowerci lowerconfidencelimit llci 95cilow"
    ),
    "ci_high": (
        "cihigh cihi upper upperci upperlimit ucl uci ciub ciupper uppercl hrupper upper95 ul high ciend upper95ci "
        "95ciupper ci95upper upperbound hrhigh hrucl hrupperci upperconfidencelimit ulci 95cihigh"
    ),
    "interval": "interval ci 95ci confidenceinterval 95confidenceinterval ci95 hrinterval 95cihr",
    "log_hr": "loghr lnhr yi te logte loghazardratio lnhazardratio givmean loghazard",
    "se": "se sei sete seloghr selnhr standarderror stderr givse seloghazardratio selog seyi selnhazardratio",
    "variance": "vi variance varloghr vloghr varyi varlnhr",
    "o_minus_e": "oe ominuse oeminus observedminusexpected",
    "logrank_v": "logrankv v varianceoe voe logrankvariance",
    "expected_experimental": "expectedexperimental expectede expectedevents1 e1",
    "expected_control": "expectedcontrol expectedc expectedevents2 e2",
    "level": "level cilevel conflevel confidencelevel",
    "sides": "sides cisides",
    "p_value": "p pvalue pval pvalues logrankp plogrank",
    "p_sides": "psides sidesofp",
    "n_experimental": "nexperimental nexp ne n1 n1i ntreat nintervention experimentaln total1 patientsexperimental",
    "n_control": "ncontrol nctrl nc n2 n2i ncomparator controln total2 patientscontrol",
    "events_experimental": (
        "eventsexperimental evente eventsexp events1 experimentalcases ee eventsintervention eventstreat"
    ),
    "events_control": "eventscontrol eventc eventsctrl events2 controlcases ec",
    "events_total": "eventstotal totalevents events nevents",
    "median_experimental": "medianexperimental medianexp median1 medianintervention",
    "median_experimental_ci": "medianexperimentalci medianexpci",
    "median_control": "mediancontrol medianctrl median2",
    "median_control_ci": "mediancontrolci medianctrlci",
    "response_experimental": "responseexperimental orrexp orrexperimental orr1",
    "response_control": "responsecontrol orrctrl orrcontrol orr2",
    "response_basis": "responsebasis orrbasis",
    "grade3_experimental": "grade3experimental g3aeexppct g3aeexperimental",
    "grade3_control": "grade3control g3aectrlpct g3aecontrol",
    "grade3_definition": "grade3definition g3aedefinition",
    "cohort": "cohort",
    "subgroup": "subgroup grplab",
    "population": "population sitegroup site tumoursite tumorsite",
    "setting": "setting",
    "endpoint": "endpoint outcome outcomename endpointname",
    "assessor": "assessor readby",
    "assessor_as_printed": "assessorasprinted review readbyasprinted",
    "data_cut": "datacut cutoff datacutoff",
    "risk_of_bias": "riskofbias rob overallbias overallriskofbias",
    "phase": "phase",
    "blinding": "blinding masking",
    "year": "year publicationyear studyyear pubyear",
    "source": "source citation publicationreference",
    "doi": "doi",
    "nct": "nct nctid nctnumber registry registration clinicaltrialsgov trialregistration",
    "seen_at": "seenat",
    "notes": "notes note comments comment footnotes remarks",
}
ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {alias: field for field, names in _NAMES.items() for alias in names.split()}
)
"""Field by folded column name."""

_LEVEL = re.compile(r"([0-9]{2}(?:[.,][0-9]+)?) ?%")


def folded(name: str) -> str:
    """Return a column name without case, spaces and signs: ``HR (95% CI)`` is ``hr95ci``."""
    return re.sub(r"[^0-9a-z]+", "", name.casefold().replace("−", "-"))


def stated_level(name: str) -> str:
    """Return the level that a column's name states: ``"90"`` of ``HR (90% CI)``; empty where it states none."""
    found = _LEVEL.search(name)
    return found[1].replace(",", ".") if found and "c" in name.casefold() else ""
