"""Numbers about a fund that say what they rest on: how many of how many, and why there is none where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import final

from attrs import frozen

from levier.compute._wording import by_language, colon, listed, value
from levier.compute.exact import EXACT, HUNDRED
from levier.compute.indicators.aggregation import Coverage
from levier.model.identifiers import SourceId
from levier.model.quantities import PERCENT, Unit
from levier.model.terms import Lang
from levier.wording.reasons import MissingReason

__all__ = ["Measurement", "measured_over", "percentage"]


@final
@frozen(kw_only=True)
class Measurement:
    """
    A number with its unit and the data it rests on; `None` where *reason* says why.

    *coverage* lists what took part, and what could not because something of it is missing; *disputed* names what did
    not because documents contradict each other and nothing tells which holds.
    *below_fr* and *below_en*, where there are any, name it below zero: it is then written without its sign.

    >>> found = Coverage(reported=("a",), missing=("b",))
    >>> Measurement(label_fr="part", label_en="share", value=Decimal(72), unit=PERCENT, coverage=found).explain("en")
    'share: 72.0%; 1 of 2 (missing b)'
    """

    label_fr: str
    label_en: str
    value: Decimal | None
    unit: Unit
    coverage: Coverage
    reason: MissingReason | None = None
    source_ids: tuple[SourceId, ...] = ()
    disputed: tuple[str, ...] = ()
    below_fr: str = ""
    below_en: str = ""

    def label(self, lang: Lang) -> str:
        """Name what is measured, in *lang*."""
        return self._below(lang) or by_language(lang, self.label_fr, self.label_en)

    def _below(self, lang: Lang) -> str:
        return by_language(lang, self.below_fr, self.below_en) if self.value is not None and self.value < 0 else ""

    def explain(self, lang: Lang) -> str:
        """Say the number, or why there is none, what it rests on, and what is disputed, in *lang*."""
        missing = "" if self.reason is None else self.reason.label(lang)
        number = self.value.copy_abs() if self.value is not None and self._below(lang) else self.value
        said = missing if number is None else value(number, self.unit, lang, 1)
        word = by_language(lang, "contredits", "disputed")
        disputed = f"{word}{colon(lang)}{', '.join(self.disputed)}" if self.disputed else ""
        parts = filter(None, (f"{self.label(lang)}{colon(lang)}{said}", self.coverage.explain(lang), disputed))
        return listed(parts, lang)


def percentage(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """
    Return a part of a whole as a percentage, of 100.

    >>> percentage(1, 4)
    Decimal('25.00')
    """
    return EXACT.divide(EXACT.multiply(Decimal(part), HUNDRED), Decimal(whole))


def measured_over(
    values: Iterable[tuple[str, Decimal | None]], *, fr: str, en: str, unit: Unit = PERCENT
) -> Measurement:
    """
    Return the median of what is known of several things, each under its name.

    Of an even number the median is the mean of the two in the middle.

    >>> measured_over([("a", Decimal(2)), ("b", None), ("c", Decimal(3))], fr="x", en="x").value
    Decimal('2.5')
    """
    given = tuple(values)
    known = sorted(number for _, number in given if number is not None)
    coverage = Coverage(
        reported=tuple(name for name, number in given if number is not None),
        missing=tuple(name for name, number in given if number is None),
    )
    if not known:
        return Measurement(
            label_fr=fr, label_en=en, value=None, unit=unit, coverage=coverage, reason=MissingReason.NOT_PUBLISHED
        )
    middle = EXACT.add(known[(len(known) - 1) // 2], known[len(known) // 2])
    median = EXACT.divide(middle, Decimal(2))
    return Measurement(label_fr=fr, label_en=en, value=median, unit=unit, coverage=coverage)
