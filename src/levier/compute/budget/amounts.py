"""Labelled amounts: the value with its sources, or the reason why it is missing."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, field, frozen

from levier.compute._types import by_type
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model._fields import hold_types
from levier.model.identifiers import SourceId
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.periods import Day
from levier.model.sources import Reliability, Stated
from levier.model.terms import LangLike
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["Amount", "Label", "absent", "combined", "part_year", "unsigned"]


@final
@frozen
class Label(Said):
    """
    The label of a number, where its wording depends on the position or the sign.

    *alone* is used without the number (`savings: not published`), *after* behind it (`€16 of savings`). *below*, if
    given, replaces *after* for a negative number, which is then written without its sign: `€3 not forecast` rather than
    `-€3 forecast in excess`.

    >>> Label(message("forecast in excess"), below=message("not forecast")).after_number(is_below_zero=True).say("en")
    'not forecast'
    """

    alone: Said
    after: Said | None = None
    below: Said | None = None

    def after_number(self, *, is_below_zero: bool) -> Said:
        """Return the text behind the number."""
        return (self.below if is_below_zero else None) or self.after or self.alone

    def say(self, lang: LangLike) -> str:
        """Return the label in *lang*, as it reads without a number."""
        return self.alone.say(lang)


@final
@frozen(kw_only=True, field_transformer=by_type)
class Amount(Explained):
    """
    A labelled amount in euros; `None` where it is unknown, and *reason* says why.

    *label* follows the number in a sentence: `voted (budget act 2021)`; a `Label` words it otherwise without a number,
    or below zero.
    *detail* completes the reason; a document's own words about a gap are kept as they are.
    *reliability* is `computed` for derived amounts; *is_inferred* marks one that depends on a figure no document
    states.
    *alternatives* are the values of other documents; *disputed_by* are those that contradict the value and rank no
    lower.
    *until* is the last day counted, written after the label; `None` for a whole year, and for amounts granted.
    *missing* are the parts that its derivation lacks.

    Attributes:
        value: The amount in euros; `None` where it is unknown.
        source_ids: The identifiers of the documents that state it.
        caveats: The reservations that a reader should know of.

    >>> voted = Amount(value=Euros(40_000_000), label=message("voted"))
    >>> voted.explain("en")
    '€40,000,000 voted'
    """

    value: Euros | None
    label: Said
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    detail: Said | str = ""
    source_ids: tuple[SourceId, ...] = ()
    reliability: Reliability = field(default=Reliability.OFFICIAL, converter=Reliability)
    is_inferred: bool = False
    caveats: tuple[str, ...] = ()
    alternatives: tuple[Stated[Euros], ...] = ()
    disputed_by: tuple[SourceId, ...] = ()
    until: Day | None = None
    missing: tuple[Amount, ...] = ()

    @classmethod
    def of(cls, value: EurosLike, *, fr: str, en: str) -> Amount:
        """
        Return a known amount with a label of your own, worded to follow the number, in French and in English.

        Raises:
            InvalidValueError: For a value that is not an exact amount.

        >>> Amount.of(339_000_000, fr="d’économies réalisées", en="of achieved savings").value
        Euros('339000000.00')
        """
        return cls(value=Euros(value), label=Name("", fr, en))

    @property
    def why(self) -> Said:
        """Why there is no value; empty where there is one."""
        detail = self.detail or (clauses(*(part.message for part in self.missing)) if self.missing else "")
        if self.reason is None or not detail:
            return items(self.reason)
        return message("{reason} ({detail})", reason=self.reason, detail=detail)

    @property
    def message(self) -> Said:
        """The amount and its label, or why it is missing."""
        if self.value is None:
            return about(self.why, self._until(self.label))
        after, amount = self._after(self.value)
        label, by = self._until(after), items(*self.disputed_by)
        if self.is_inferred and self.disputed_by:
            return message(
                "{amount} {label} (inferred) (disputed by {sources})", amount=amount, label=label, sources=by
            )
        if self.disputed_by:
            return message("{amount} {label} (disputed by {sources})", amount=amount, label=label, sources=by)
        if self.is_inferred:
            return message("{amount} {label} (inferred)", amount=amount, label=label)
        return message("{amount} {label}", amount=amount, label=label)

    def _after(self, value: Euros) -> tuple[Said, Euros]:
        """Return the text behind the number, and the number to write."""
        if not isinstance(self.label, Label):
            return self.label, value
        is_below_zero = value < ZERO
        after = self.label.after_number(is_below_zero=is_below_zero)
        return after, abs(value) if is_below_zero and self.label.below is not None else value

    def _until(self, label: Said) -> Said:
        return label if self.until is None else message("{label} by {day}", label=label, day=self.until)

    def named(self, label: Said) -> Amount:
        """Return this amount with another label."""
        return evolve(self, label=label)

    def beside(self, other: Amount) -> Amount:
        """Return this amount for a comparison; a missing one where both are counted to different days of the year."""
        days = [amount.until for amount in (self, other)]
        if None in (self.value, other.value) or _day_of_year(days[0]) == _day_of_year(days[1]):
            return self
        return part_year(*(one for one in days if one is not None), label=self.label)


hold_types(Amount.__init__, Amount=Amount)


def absent(reason: MissingReason, label: Said, *, detail: Said | str = "") -> Amount:
    """
    Return a missing amount, with the reason.

    >>> absent(MissingReason.NOT_PUBLISHED, message("opened ({when})", when="2021")).explain("en")
    'opened (2021): not published'
    """
    return Amount(value=None, label=label, reason=reason, detail=detail)


def combined(plus: Iterable[Amount], minus: Iterable[Amount] = (), *, label: Said) -> Amount:
    """
    Return the sum of *plus* less the sum of *minus*, in euros; missing as soon as one of them is.

    Counts that stop on different days are neither added nor compared, because they cover different parts of a year.

    >>> opened, used = (Amount.of(n, fr="", en="") for n in (419_854_003, 65_330_908))
    >>> combined([opened], [used], label=message("unspent ({when})", when="2021")).value
    Euros('354523095.00')
    """
    added, taken = tuple(plus), tuple(minus)
    parts = (*added, *taken)
    if missing := [part for part in parts if part.value is None]:
        leaves = dict.fromkeys(leaf for part in missing for leaf in part.missing or (part,))
        return Amount(value=None, label=label, reason=MissingReason.INCOMPLETE, missing=tuple(leaves))
    days = sorted({part.until for part in parts if part.until is not None})
    if len(days) > 1:
        return part_year(*days, label=label)
    return Amount(
        value=_total(added) - _total(taken),
        until=days[0] if days else None,
        label=label,
        reliability=Reliability.COMPUTED,
        is_inferred=any(part.is_inferred for part in parts),
        source_ids=tuple(dict.fromkeys(source for part in parts for source in part.source_ids)),
        caveats=tuple(dict.fromkeys(caveat for part in parts for caveat in part.caveats)),
        disputed_by=tuple(dict.fromkeys(source for part in parts for source in part.disputed_by)),
    )


def part_year(*days: Day, label: Said) -> Amount:
    """
    Return a missing amount, because its parts are counted over a part of the year only, until *days*.

    >>> part_year(Day(2025, 11, 30), label=message("opened ({when})", when="2025")).explain("en")
    'opened (2025): counted over a part of the year (30 November 2025)'
    """
    return absent(MissingReason.PART_YEAR, label, detail=items(*days))


def _day_of_year(day: Day | None) -> tuple[int, int] | None:
    return None if day is None else (day.month, day.day)


def _total(parts: Iterable[Amount]) -> Euros:
    return Euros.total(part.value for part in parts if part.value is not None)


def unsigned(amount: Amount) -> Amount:
    """
    Return an amount without its sign.

    >>> print(unsigned(Amount.of(-3, fr="gelés", en="frozen")).explain("en"))
    €3 frozen
    """
    return amount if amount.value is None else evolve(amount, value=abs(amount.value))
