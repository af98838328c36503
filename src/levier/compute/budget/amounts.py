"""Amounts that say what they are: the value with its sources, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import final

from attrs import evolve, frozen

from levier.compute._wording import by_language, colon, day, euros, listed
from levier.model._fields import hold_types
from levier.model.identifiers import SourceId
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.periods import Day
from levier.model.sources import Reliability, Stated
from levier.model.terms import Lang
from levier.wording.reasons import MissingReason

__all__ = ["Amount", "absent", "combined", "part_year"]


@final
@frozen(kw_only=True)
class Amount:
    """
    An amount in euros that names what it counts; `None` where it is unknown, and then *reason* says why.

    *label_fr* and *label_en* follow the number in a sentence: `votés (LFI 2021)`.
    *detail_fr* and *detail_en* complete the reason; what a document says of a gap stays in its own words.
    *reliability* is `computed` for what is derived; *is_inferred* marks what rests on a figure that no document states.
    *below_fr* and *below_en*, where there are any, follow an amount below zero, which is then written without its sign:
    `€3 not forecast` rather than `-€3 forecast in excess`.
    *alternatives* are what other documents state; *disputed_by* names those that nothing ranks behind the one kept.
    *until* is the day within the year that a count of execution stops, and is said after the label; `None` for a whole
    year, and for what is granted.
    *missing* are the parts without which it cannot be derived.

    >>> voted = Amount(value=Euros(40_000_000), label_fr="votés (LFI 2021)", label_en="voted (budget act 2021)")
    >>> voted.explain("en")
    '€40,000,000 voted (budget act 2021)'
    """

    value: Euros | None
    label_fr: str
    label_en: str
    reason: MissingReason | None = None
    detail_fr: str = ""
    detail_en: str = ""
    source_ids: tuple[SourceId, ...] = ()
    reliability: Reliability = Reliability.OFFICIAL
    is_inferred: bool = False
    caveats: tuple[str, ...] = ()
    alternatives: tuple[Stated[Euros], ...] = ()
    disputed_by: tuple[SourceId, ...] = ()
    until: Day | None = None
    missing: tuple[Amount, ...] = ()
    below_fr: str = ""
    below_en: str = ""

    @classmethod
    def of(cls, value: EurosLike, *, fr: str, en: str) -> Amount:
        """
        Return a known amount under a name of your own.

        Raises:
            InvalidValueError: For what is no exact amount.

        >>> Amount.of(339_000_000, fr="d’économies réalisées", en="of achieved savings").value
        Euros('339000000.00')
        """
        return cls(value=Euros(value), label_fr=fr, label_en=en)

    def label(self, lang: Lang) -> str:
        """Name what is counted, in *lang*, and until when."""
        label = self._below(lang) or by_language(lang, self.label_fr, self.label_en)
        return label if self.until is None else f"{label} {by_language(lang, 'au', 'by')} {day(self.until, lang)}"

    def why(self, lang: Lang) -> str:
        """Say why there is no value; nothing where there is one."""
        if self.reason is None:
            return ""
        detail = self.detail_fr if lang == "fr" else self.detail_en
        detail = detail or listed((part.explain(lang) for part in self.missing), lang)
        return f"{self.reason.label(lang)} ({detail})" if detail else self.reason.label(lang)

    def explain(self, lang: Lang) -> str:
        """Say the amount and what it counts, or why it is missing, in *lang*."""
        if self.value is not None:
            written = euros(abs(self.value) if self._below(lang) else self.value, lang)
            return f"{written} {self.label(lang)}{''.join(self._marks(lang))}"
        return f"{self.label(lang)}{colon(lang)}{self.why(lang)}"

    def _marks(self, lang: Lang) -> Iterator[str]:
        if self.is_inferred:
            yield by_language(lang, " (déduit)", " (inferred)")
        if self.disputed_by:
            yield f" ({by_language(lang, 'contesté par', 'disputed by')} {', '.join(self.disputed_by)})"

    def _below(self, lang: Lang) -> str:
        return by_language(lang, self.below_fr, self.below_en) if self.value is not None and self.value < ZERO else ""

    def named(self, *, fr: str, en: str) -> Amount:
        """Return this amount under another name."""
        return evolve(self, label_fr=fr, label_en=en, below_fr="", below_en="")

    def beside(self, other: Amount) -> Amount:
        """Return this amount to compare with another: refused where the two are not counted to one day of the year."""
        days = [amount.until for amount in (self, other)]
        if None in (self.value, other.value) or _day_of_year(days[0]) == _day_of_year(days[1]):
            return self
        return part_year(*(one for one in days if one is not None), fr=self.label_fr, en=self.label_en)


hold_types(Amount.__init__, Amount=Amount)


def absent(reason: MissingReason, *, fr: str, en: str, detail_fr: str = "", detail_en: str = "") -> Amount:
    """
    Return an amount that is not known, with the reason.

    >>> absent(MissingReason.NOT_PUBLISHED, fr="gelés (2021)", en="frozen (2021)").explain("en")
    'frozen (2021): not published'
    """
    return Amount(value=None, label_fr=fr, label_en=en, reason=reason, detail_fr=detail_fr, detail_en=detail_en)


def combined(
    plus: Iterable[Amount], minus: Iterable[Amount] = (), *, fr: str, en: str, below: tuple[str, str] = ("", "")
) -> Amount:
    """
    Return the sum of *plus* less the sum of *minus*, in euros; missing as soon as one of them is.

    *below* are its French and English words where it is below zero.
    Counts that stop on different days are neither added nor compared.

    >>> opened, used = (Amount.of(n, fr="", en="") for n in (419_854_003, 65_330_908))
    >>> combined([opened], [used], fr="non consommés", en="unspent").value
    Euros('354523095.00')
    """
    added, taken = tuple(plus), tuple(minus)
    parts = (*added, *taken)
    if missing := [part for part in parts if part.value is None]:
        leaves = dict.fromkeys(leaf for part in missing for leaf in part.missing or (part,))
        return Amount(value=None, label_fr=fr, label_en=en, reason=MissingReason.INCOMPLETE, missing=tuple(leaves))
    days = sorted({part.until for part in parts if part.until is not None})
    if len(days) > 1:
        return part_year(*days, fr=fr, en=en)
    return Amount(
        value=_total(added) - _total(taken),
        until=days[0] if days else None,
        label_fr=fr,
        label_en=en,
        below_fr=below[0],
        below_en=below[1],
        reliability=Reliability.COMPUTED,
        is_inferred=any(part.is_inferred for part in parts),
        source_ids=tuple(dict.fromkeys(source for part in parts for source in part.source_ids)),
        caveats=tuple(dict.fromkeys(caveat for part in parts for caveat in part.caveats)),
        disputed_by=tuple(dict.fromkeys(source for part in parts for source in part.disputed_by)),
    )


def part_year(*days: Day, fr: str, en: str) -> Amount:
    """
    Return an amount that is refused because what it needs is counted over a part of the year, until *days*.

    >>> part_year(Day(2025, 11, 30), fr="", en="outstanding").explain("en")
    'outstanding: counted over a part of the year (30 November 2025)'
    """
    detail = {lang: ", ".join(day(one, lang) for one in days) for lang in ("fr", "en")}
    return absent(MissingReason.PART_YEAR, fr=fr, en=en, detail_fr=detail["fr"], detail_en=detail["en"])


def _day_of_year(day: Day | None) -> tuple[int, int] | None:
    return None if day is None else (day.month, day.day)


def _total(parts: Iterable[Amount]) -> Euros:
    return Euros.total(part.value for part in parts if part.value is not None)
