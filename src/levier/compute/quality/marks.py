"""
Marks and bands: mean marks out of ten from counts of answers, and their colours.

Source: JDMA ("Je donne mon avis": good 10, medium 5, bad 0; or five smileys, 10 to 0) and Vos démarches essentielles
(green from 8, amber from 5, red below; hidden under 100 reviews; help reachable from 85 and 70 %; availability above
99.9 % and from 98.5 %).
Bands are assigned to published figures, a mark or a percentage with one decimal, so that no mark is printed 8.0 and
coloured as one below 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, NumberLike, as_number, rounded
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = [
    "AVAILABILITY",
    "FIVE_SMILEYS",
    "HELP_REACHABLE",
    "MINIMUM_REVIEWS",
    "SATISFACTION",
    "THREE_ANSWERS",
    "Band",
    "Bands",
    "MeanMark",
    "mean_mark",
]

THREE_ANSWERS: Mapping[str, Decimal] = MappingProxyType({"good": Decimal(10), "medium": Decimal(5), "bad": Decimal(0)})
"""The marks of JDMA's three answers."""

FIVE_SMILEYS: Mapping[str, Decimal] = MappingProxyType(
    {
        "very-good": Decimal(10),
        "good": Decimal("7.5"),
        "medium": Decimal(5),
        "bad": Decimal("2.5"),
        "very-bad": Decimal(0),
    }
)
"""The marks of JDMA's five smileys."""

MINIMUM_REVIEWS = 100
"""The number of reviews below which a mark is hidden (Vos démarches essentielles)."""


class Band(Term):
    """The colour of a result."""

    GREEN = "green", "vert", "green"
    AMBER = "amber", "orange", "amber"
    RED = "red", "rouge", "red"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Bands:
    """
    The thresholds of the bands: green, amber, and red below. *green_above* makes the green threshold strict.

    Values are compared as given, without rounding: pass the published ones, such as `MeanMark.published` or
    `Rate.published`.

    Attributes:
        green: The threshold of green, in the unit of the values.
        amber: The threshold of amber, in the unit of the values.

    >>> SATISFACTION.of(8), SATISFACTION.of("7.99"), AVAILABILITY.of("99.9")
    (<Band.GREEN: 'green'>, <Band.AMBER: 'amber'>, <Band.AMBER: 'amber'>)
    """

    green: Decimal
    amber: Decimal
    green_above: bool = False

    def of(self, value: NumberLike | None) -> Band | None:
        """
        Return the band of *value*; `None` for `None`.

        Raises:
            InvalidValueError: For a float, NaN or infinity.
        """
        found = as_number(value, "Bands", "value")
        if found is None:
            return None
        if found > self.green or (found == self.green and not self.green_above):
            return Band.GREEN
        return Band.AMBER if found >= self.amber else Band.RED


SATISFACTION = Bands(green=Decimal(8), amber=Decimal(5))
"""Marks out of ten: green from 8, amber from 5."""
HELP_REACHABLE = Bands(green=Decimal(85), amber=Decimal(70))
"""Percentages: green from 85, amber from 70."""
AVAILABILITY = Bands(green=Decimal("99.9"), amber=Decimal("98.5"), green_above=True)
"""Percentages: green above 99.9, amber from 98.5."""


@final
@frozen(kw_only=True, field_transformer=by_type)
class MeanMark(Explained):
    """
    A mean mark out of ten, with the number of answers.

    *value* is exact, *published* is the figure that is printed and gets a band; `None` where *reason* says why: there
    are no answers, or too few to publish.

    Attributes:
        n: The number of answers.

    >>> mark = mean_mark({"good": 80, "medium": 20, "bad": 25})
    >>> mark.value, mark.n, mark.band
    (Decimal('7.2'), 125, <Band.AMBER: 'amber'>)
    >>> mean_mark({"good": 8}).reason
    <MissingReason.TOO_FEW: 'too-few'>
    """

    value: Decimal | None
    n: int
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])

    @property
    def published(self) -> Decimal | None:
        """The mark to one decimal, half away from zero; `None` where it is hidden."""
        return None if self.value is None else rounded(self.value, 1)

    @property
    def band(self) -> Band | None:
        """The band of the published mark; `None` where it is hidden."""
        return SATISFACTION.of(self.published)

    @property
    def message(self) -> Said:
        """The mark with its number of answers, or why it is not shown."""
        if self.published is None:
            return message("{reason} (n = {n})", reason=self.reason or MissingReason.TOO_FEW, n=self.n)
        return message("{mark}/10 (n = {n})", mark=Number(self.published, "", 1), n=self.n)


@asked
def mean_mark(
    counts: Mapping[str, int], scale: Mapping[str, Decimal] = THREE_ANSWERS, *, minimum: int = MINIMUM_REVIEWS
) -> MeanMark:
    """
    Return the mean mark of answers, *counts* by answer, on a *scale* of marks; hidden below *minimum* answers.

    Raises:
        InvalidValueError: For an answer that is not on the scale, or a count that is not a positive whole number.

    >>> mean_mark({"very-good": 100, "bad": 100}, FIVE_SMILEYS).value
    Decimal('6.25')
    """
    for answer, count in counts.items():
        if answer not in scale:
            raise InvalidValueError("mean_mark", answer, f"one of {', '.join(scale)}", "counts")
        if type(count) is not int or count < 0:
            raise InvalidValueError("mean_mark", count, "a whole number of at least zero", answer)
    total = sum(counts.values())
    if not total or total < minimum:
        return MeanMark(value=None, n=total, reason=MissingReason.TOO_FEW)
    with localcontext(EXACT):
        points = sum((scale[answer] * count for answer, count in counts.items()), Decimal(0))
        return MeanMark(value=points / total, n=total)
