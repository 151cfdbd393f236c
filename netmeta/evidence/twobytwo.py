"""Events of the two arms of a trial: a two-by-two table that knows which of its counts were printed."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

from netmeta import numerals
from netmeta.errors import EntryError, shown

__all__ = ["ArmCount", "TwoByTwo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmCount:
    """Patients of one arm, and how many of them had the event.

    Parameters
    ----------
    events, n
        Patients with the event, and patients in all; ``0 <= events <= n``, ``n > 0``.
    reconstructed
        Whether the source prints a percentage only, so that ``events`` was found from it and the arm's size.
    lowest, highest
        The counts that the printed percentage allows; ``None`` where the count itself is printed, and where no
        whole number of ``n`` patients gives the percentage.
    printed
        The result as the source prints it.

    Raises
    ------
    EntryError
        For counts that cannot be.
    """

    events: int
    n: int
    reconstructed: bool = False
    lowest: int | None = None
    highest: int | None = None
    printed: str = ""

    def __post_init__(self) -> None:
        for name in ("events", "n"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, Integral):
                raise EntryError(f"{name} is {shown(value)}; give a whole number of patients.")
            object.__setattr__(self, name, int(value))
        if not (0 <= self.events <= self.n and self.n > 0):
            raise EntryError(
                f"{self.events} events of {self.n} patients cannot be: give 0 or more, and no more than patients."
            )

    @property
    def share(self) -> float:
        """Share of the arm with the event, from 0 to 1."""
        return self.events / self.n

    @property
    def others(self) -> int:
        """Patients without the event."""
        return self.n - self.events

    @property
    def approximate(self) -> bool:
        """Whether no whole number of these patients gives the printed percentage: it was of others, or of fewer."""
        return self.reconstructed and self.lowest is None

    @property
    def in_words(self) -> str:
        """``"18/101"``; ``"18/130, from 13.8%"``; ``"19/69, nearest to 27%"``."""
        plain = f"{numerals.count(self.events)}/{numerals.count(self.n)}"
        if not self.reconstructed:
            return plain
        if self.approximate:
            return f"{plain}, nearest to {self.printed}"
        if self.lowest == self.highest:
            return f"{plain}, from {self.printed}"
        return f"{plain}, from {self.printed} ({self.lowest}{numerals.DASH}{self.highest} possible)"


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoByTwo:
    """One outcome in the two arms of a trial, as patients with the event of patients in all.

    Parameters
    ----------
    study
        The trial with its cohort, as on a forest plot.
    treated, untreated
        Counts of the experimental and the control arm.
    experimental, control
        The two treatments.
    key
        Key of the `Trial` that it belongs to; empty for none.
    definition, source, seen_at
        What counts as an event, the publication and where it was seen.
    verification, unverified
        As in `netmeta.evidence.Outcome`, and which part was not seen.
    """

    study: str
    treated: ArmCount
    untreated: ArmCount
    experimental: str = ""
    control: str = ""
    key: str = ""
    definition: str = ""
    source: str = ""
    seen_at: str = ""
    verification: str = "entered"
    unverified: str = ""

    @classmethod
    def of(cls, study: str, events: int, n: int, control_events: int, control_n: int) -> TwoByTwo:
        """Make one of plain counts: ``TwoByTwo.of("Aronson 1948", 4, 123, 11, 139)``, experimental arm first."""
        treated, untreated = ArmCount(events=events, n=n), ArmCount(events=control_events, n=control_n)
        return cls(study=study, treated=treated, untreated=untreated)

    @property
    def cells(self) -> tuple[int, int, int, int]:
        """Events and others of the experimental arm, then of the control arm: a, b, c, d."""
        return self.treated.events, self.treated.others, self.untreated.events, self.untreated.others

    @property
    def zero(self) -> bool:
        """Whether any of the four cells is 0."""
        return 0 in self.cells

    @property
    def double_zero(self) -> bool:
        """Whether nobody, or everybody, had the event in both arms: no ratio can be told from that."""
        a, b, c, d = self.cells
        return a == c == 0 or b == d == 0

    @property
    def reconstructed(self) -> bool:
        """Whether a count of either arm was found from a printed percentage."""
        return self.treated.reconstructed or self.untreated.reconstructed

    @property
    def approximate(self) -> bool:
        """Whether a count of either arm is the one nearest to a percentage of other patients."""
        return self.treated.approximate or self.untreated.approximate

    @property
    def swapped(self) -> TwoByTwo:
        """The same table with the arms changed over."""
        return TwoByTwo(
            study=self.study, treated=self.untreated, untreated=self.treated, experimental=self.control,
            control=self.experimental, key=self.key, definition=self.definition, source=self.source,
            seen_at=self.seen_at, verification=self.verification, unverified=self.unverified,
        )  # fmt: skip
