"""Patient data of one arm: a time for each patient, and whether the event happened then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import EntryError, shown
from netmeta.evidence import entry
from netmeta.showing import Shown

if TYPE_CHECKING:
    import pandas as pd

    from netmeta.evidence.curves.curve import DigitisedCurve
    from netmeta.evidence.curves.diagnostics import Diagnostics

__all__ = ["PatientData", "check_arm"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PatientData(Shown):
    """Time and status of each patient of one arm, in order of time.

    What `reconstruct` returns are **approximate patient data**: they give the published curve back, and are not the
    trial's own records. They hold no covariates, and say nothing of any one patient.

    Parameters
    ----------
    times
        Time of event or censoring of each patient, 0 or more, in ``unit``.
    events
        Whether the event happened at that time (otherwise the patient was censored).
    unit, label
        Unit of time, name of the arm.
    curve
        The digitised curve that the data were reconstructed from; ``None`` for data that are not approximate.

    Raises
    ------
    EntryError
        For times or statuses that cannot be, and for none at all.
    """

    times: tuple[float, ...]
    events: tuple[bool, ...]
    unit: str = "months"
    label: str = ""
    curve: DigitisedCurve | None = None

    def __post_init__(self) -> None:
        for name in ("times", "events"):
            if isinstance(getattr(self, name), str | bytes) or not isinstance(getattr(self, name), Iterable):
                raise EntryError(f"{name} is {shown(getattr(self, name))}; give one value for each patient.")
        times = tuple(_time(at, value) for at, value in enumerate(self.times, 1))
        events = tuple(_status(at, value) for at, value in enumerate(self.events, 1))
        if len(times) != len(events) or not times:
            raise EntryError(
                f"There are {len(times)} times and {len(events)} events; give one of each per patient."
            )
        rows = sorted(zip(times, events, strict=True), key=lambda row: (row[0], not row[1]))
        object.__setattr__(self, "times", tuple(time for time, _ in rows))
        object.__setattr__(self, "events", tuple(event for _, event in rows))

    @property
    def n(self) -> int:
        """Patients."""
        return len(self.times)

    @property
    def n_events(self) -> int:
        """Patients who had the event."""
        return sum(self.events)

    @property
    def approximate(self) -> bool:
        """Whether these are approximate patient data, reconstructed from a curve."""
        return self.curve is not None

    @property
    def kind(self) -> str:
        """What to call the data: ``"approximate patient data"`` or ``"patient data"``."""
        return "approximate patient data" if self.approximate else "patient data"

    @property
    def diagnostics(self) -> Diagnostics:
        """How well the data give the digitised curve and the printed numbers back."""
        from netmeta.evidence.curves.diagnostics import diagnose

        return diagnose(self)

    def at_risk(self, time: float) -> int:
        """Return how many had neither event nor censoring before ``time``."""
        return sum(one >= time for one in self.times)

    def to_frame(self) -> pd.DataFrame:
        """Return columns ``time``, ``event`` (0 or 1) and ``arm``, as lifelines and R's survival take them."""
        import pandas as pd

        return pd.DataFrame({"time": self.times, "event": [int(event) for event in self.events], "arm": self.label})

    def _lines(self) -> tuple[str, ...]:
        name = f"{self.label}: " if self.label else ""
        counts = f"{numerals.count(self.n)} patients, {numerals.count(self.n_events)} events"
        return f"{name}{self.kind}, {counts}, in {self.unit}.", *(
            self.diagnostics.lines if self.approximate else ()
        )

    def _asides(self) -> tuple[str, ...]:
        return self.diagnostics.cautions if self.approximate else ()

    def _brief(self) -> tuple[str, ...]:
        name = f"{self.label}: " if self.label else ""
        return f"{name}{self.kind}", f"{self.n} patients", f"{self.n_events} events", self.unit


def check_arm(name: str, value: object) -> PatientData:
    """Refuse what is not patient data."""
    if isinstance(value, PatientData):
        return value
    raise EntryError(f"{name} is {shown(value)}; give PatientData, as reconstruct(DigitisedCurve(...)) returns.")


def _time(at: int, value: object) -> float:
    found = entry.number(f"time of patient {at}", value)
    if found is None or found < 0:
        raise EntryError(f"The time of patient {at} is {shown(value)}; give a number, 0 or more.")
    return found


def _status(at: int, value: object) -> bool:
    if isinstance(value, str) or value not in (0, 1):
        raise EntryError(f"The event of patient {at} is {shown(value)}; give True or False, 1 or 0.")
    return bool(value)
