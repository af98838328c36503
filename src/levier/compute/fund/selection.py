"""Selection of applications within an envelope: ranked by stated criteria, with the reason for each refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, NumberLike, as_number
from levier.compute.fund.appraisal import CallRuleVerdict, Outcome
from levier.errors import DuplicateItemsError, InvalidValueError
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.calls import Application
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.periods import Day
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import about, items, message
from levier.wording.said import Said, Value
from levier.wording.values import Number

__all__ = ["Criterion", "Fall", "Placed", "Selection", "select"]

_LAST = Day(9999, 12, 31)
_TIE_RULE = message("of equal scores the smaller request comes first, then the earlier one, then the identifier")


class Fall(Term):
    """Why an application is not selected."""

    RULE = "rule", "une règle de l’appel n’est pas respectée", "a rule of the call is broken"
    NOT_MARKED = "not-marked", "un critère n’est pas noté", "a criterion has no mark"
    BEYOND_ENVELOPE = "beyond-envelope", "au-delà de l’enveloppe", "beyond the envelope"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Criterion:
    """
    A criterion: its weight, and the mark that it gives to an application, higher being better.

    A mark of `None` is missing, which is not zero.

    Attributes:
        id: The identifier, unique among the criteria.
        label: The name of the criterion, in French.
        mark: The function that returns the mark of an application, or `None`.
        weight: The weight, above zero, relative to the other criteria.

    Raises:
        InvalidValueError: For a weight that is not above zero.

    >>> Criterion(id="novelty", label="Novelty", mark={"a": 3, "b": 5}.get).weight
    Decimal('1')
    """

    id: str
    label: str
    mark: Callable[[str], NumberLike | None]
    weight: Decimal = Decimal(1)

    def __attrs_post_init__(self) -> None:
        """Raise if the weight is not above zero."""
        if type(self.weight) is not Decimal or not self.weight.is_finite() or self.weight <= 0:
            raise InvalidValueError(f"Criterion {self.id!r}", self.weight, "a Decimal above zero", "weight")


@final
@frozen(kw_only=True, field_transformer=by_type)
class Placed(Explained):
    """
    An application at its rank, with its score; selected, or refused with a reason.

    *left* is the rest of the envelope, in euros, at its turn; *rank* is `None` for an application that has no score.

    Attributes:
        application: The application that is ranked.
        score: The weighted mean of the marks; `None` where a mark is missing.
        fall: Why it was not selected; `None` where it was.
        detail: The rule or criterion that the refusal is about.

    >>> asked = Application(id="a", label="A", call_id="c", owner_id="o", requested=60, total_cost=80)
    >>> Placed(application=asked, rank=1, score=Decimal(3), left=Euros(50), fall=Fall.BEYOND_ENVELOPE).explain("en")
    'beyond the envelope: €60 requested, €50 left'
    """

    application: Application
    rank: int | None = None
    score: Decimal | None = None
    left: Euros = ZERO
    fall: Fall | None = field(default=None, converter=TermOrNone[Fall])
    detail: Value = ""

    @property
    def message(self) -> Said:
        """Why the application is selected or refused."""
        money = message("{requested} requested, {left} left", requested=self.application.requested, left=self.left)
        if self.fall is not None:
            return about(money if self.fall is Fall.BEYOND_ENVELOPE else items(self.detail), self.fall)
        if self.score is None:
            return about(money, message("selected"))
        return about(money, message("selected, score {score}", score=Number(self.score, "", 2)))


@final
@frozen(kw_only=True, field_transformer=by_type)
class Selection:
    """
    The applications selected within an envelope, and those refused.

    Attributes:
        envelope: The whole envelope, in euros.
        taken: The applications that are selected, best first.
        fallen: The applications that are not selected, with their reasons.
        tie_rule: The rule that orders applications of equal score.

    >>> Selection(envelope=Euros(100), taken=(), fallen=()).left
    Euros('100.00')
    """

    envelope: Euros
    taken: tuple[Placed, ...]
    fallen: tuple[Placed, ...]
    tie_rule: Said = _TIE_RULE

    @property
    def granted(self) -> Euros:
        """The amounts that the selected applications request, in euros."""
        return Euros.total(placed.application.requested for placed in self.taken)

    @property
    def left(self) -> Euros:
        """The rest of the envelope, in euros."""
        return self.envelope - self.granted


@asked
def select(
    applications: Iterable[Application],
    envelope: EurosLike,
    criteria: Sequence[Criterion],
    *,
    verdicts: Mapping[str, Iterable[CallRuleVerdict]] = MappingProxyType({}),
    overtaking: bool = True,
) -> Selection:
    """
    Return the applications selected within an envelope, best first, whatever the order in which they are given.

    The score is the weighted mean of the marks. Of equal scores the smaller request comes first, then the earlier
    application (undated ones last), then the identifier.
    *verdicts* are those of `appraise` by application; an application that breaks a rule is refused.
    With *overtaking*, a smaller application may be selected after one that did not fit; without, the first that does
    not fit ends the selection.

    Raises:
        InvalidValueError: Without criteria, for a negative envelope, or for a mark that is not an exact number.
        DuplicateItemsError: If an application is given twice.

    >>> asked = [
    ...     Application(id=name, label=name, call_id="c", owner_id="o", requested=amount, total_cost=amount)
    ...     for name, amount in {"a": 60, "b": 60, "c": 30}.items()
    ... ]
    >>> chosen = select(asked, 100, [Criterion(id="novelty", label="Novelty", mark={"a": 3, "b": 5, "c": 1}.get)])
    >>> [placed.application.id for placed in chosen.taken], chosen.left
    (['b', 'c'], Euros('10.00'))
    >>> [placed.explain("en") for placed in chosen.fallen]
    ['beyond the envelope: €60 requested, €40 left']
    """
    given, whole = tuple(applications), Euros(envelope)
    _refuse(given, whole, criteria)
    judged = [_judged(one, criteria, verdicts.get(one.id, ())) for one in given]
    ranked = sorted((placed for placed in judged if placed.fall is None), key=_order)
    unranked = sorted((placed for placed in judged if placed.fall is not None), key=lambda one: one.application.id)
    taken, fallen = _fitted(ranked, whole, overtaking=overtaking)
    return Selection(
        envelope=whole,
        taken=tuple(taken),
        fallen=(*fallen, *unranked),
    )


def _refuse(applications: tuple[Application, ...], envelope: Euros, criteria: Sequence[Criterion]) -> None:
    if not criteria:
        raise InvalidValueError("select", criteria, "at least one criterion", "criteria")
    if envelope < ZERO:
        raise InvalidValueError("select", envelope, "an envelope of at least zero", "envelope")
    names = [one.id for one in applications]
    if twice := tuple(sorted({name for name in names if names.count(name) > 1})):
        raise DuplicateItemsError("applications", twice)


def _judged(application: Application, criteria: Sequence[Criterion], verdicts: Iterable[CallRuleVerdict]) -> Placed:
    placed = Placed(application=application)
    for verdict in verdicts:
        if verdict.outcome is Outcome.BROKEN:
            return evolve(placed, fall=Fall.RULE, detail=verdict.message)
    total = weights = Decimal(0)
    for criterion in criteria:
        mark = as_number(criterion.mark(application.id), "select", criterion.id)
        if mark is None:
            return evolve(placed, fall=Fall.NOT_MARKED, detail=criterion.label)
        total, weights = EXACT.add(total, EXACT.multiply(criterion.weight, mark)), EXACT.add(weights, criterion.weight)
    return evolve(placed, score=EXACT.divide(total, weights))


def _order(placed: Placed) -> tuple[Decimal, Euros, Day, str]:
    asked = placed.application
    return EXACT.minus(placed.score or Decimal(0)), asked.requested, asked.submitted_on or _LAST, asked.id


def _fitted(ranked: list[Placed], envelope: Euros, *, overtaking: bool) -> tuple[list[Placed], list[Placed]]:
    taken: list[Placed] = []
    fallen: list[Placed] = []
    left = envelope
    for rank, placed in enumerate(ranked, 1):
        if placed.application.requested <= left and (overtaking or not fallen):
            taken.append(evolve(placed, rank=rank, left=left))
            left -= placed.application.requested
        else:
            fallen.append(evolve(placed, rank=rank, left=left, fall=Fall.BEYOND_ENVELOPE))
    return taken, fallen
