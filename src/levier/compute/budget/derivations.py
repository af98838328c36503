"""
Figures derived from the statements and movements of one year of a programme.

A figure is derived where all its parts are known; else it is missing, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve, field, frozen

from levier.compute.budget.amounts import Amount, Label, absent, combined, part_year, unsigned
from levier.compute.budget.movements import Movement
from levier.compute.budget.statements import Scope, Statement, amount_of, label_of, stated
from levier.compute.statements.in_force import InForce, in_force
from levier.errors.final import final
from levier.model.appropriations import AppropriationKind
from levier.model.budget_lines import BudgetLine, BudgetStage, ExecutionLine, MovementKind, TitleGroup
from levier.model.money import ZERO
from levier.model.registry import Registry
from levier.model.reserves import ReserveRate
from levier.model.sources import Reliability, Source
from levier.model.terms import Term
from levier.wording.messages import clauses, message
from levier.wording.reasons import MissingReason

__all__ = ["BudgetMeasure", "Derivation", "Records", "derive", "movement_amount", "movement_amounts", "reserve_rate"]


class BudgetMeasure(Term):
    """The figures of one year of a programme."""

    BILL = "bill", "demandé au projet de loi de finances", "requested in the budget bill"
    VOTED = "voted", "voté", "voted"
    SUPPLEMENTARY = "supplementary", "ouvert ou annulé en loi de finances rectificative", "supplementary budget act"
    YEAR_END = "year-end", "ouvert ou annulé en loi de finances de fin de gestion", "year-end finance act"
    OPENED = "opened", "ouvert", "opened"
    RESERVE = "reserve", "mis en réserve", "set aside in reserve"
    FROZEN = "frozen", "gelé", "frozen"
    BEYOND_RESERVE = "beyond-reserve", "gelé au-delà de la réserve", "frozen beyond the reserve"
    AVAILABLE = "available", "disponible", "available"
    USED = "used", "consommé", "used"
    RE_ESTABLISHED = "re-established", "rétabli", "re-established"
    UNSPENT = "unspent", "non consommé", "unspent"
    CARRIED_OVER = "carried-over", "reporté sur l’année suivante", "carried over to the next year"
    LAPSED = "lapsed", "annulé / non reporté", "lapsed"
    UNATTRIBUTED = "unattributed", "non expliqué par les mouvements connus", "unattributed"


@final
@frozen(kw_only=True)
class Records:
    """
    The records of one scope: the lines that documents state, the movements of credits, and the dated documents.

    *movements* include those of the next year, which give the credits carried over. *reserve_rates* are those of the
    year.

    >>> Records(scope=Scope(year=2021)).statements
    ()
    """

    scope: Scope
    statements: tuple[Statement, ...] = ()
    movements: tuple[Movement, ...] = ()
    documents: Registry[Source] = field(factory=Registry)
    reserve_rates: tuple[ReserveRate, ...] = ()


Derivation: TypeAlias = Callable[[Records, AppropriationKind], Amount]


def derive(records: Records, measure: BudgetMeasure, of: AppropriationKind) -> Amount:
    """
    Return one figure, or the reason why it is missing.

    >>> derive(Records(scope=Scope(year=2018)), BudgetMeasure.OPENED, AppropriationKind.PAYMENT).explain("en")
    'opened (2018): not published'
    """
    return _DERIVATIONS[measure](records, of)


def _stated(records: Records, stage: BudgetStage, of: AppropriationKind) -> Amount:
    lines = (line for line in records.statements if isinstance(line, BudgetLine) and line.stage is stage)
    return stated(lines, records.scope, of, stage, records.documents)


def movement_amounts(
    records: Records, of: AppropriationKind, kinds: Collection[MovementKind], *, later: int = 0
) -> list[Amount]:
    """
    Return the movements of some kinds as signed amounts: those of the year, or of *later* years after it.

    >>> movement_amounts(Records(scope=Scope(year=2021)), AppropriationKind.PAYMENT, [MovementKind.VIREMENT])
    []
    """
    if not records.movements:  # as in most years of most programmes
        return []
    scope = evolve(records.scope, year=records.scope.year + later)
    return [
        movement_amount(move, of)
        for move in records.movements
        if move.statement.kind in kinds and scope.holds(move.statement)
    ]


def movement_amount(move: Movement, of: AppropriationKind) -> Amount:
    """Return one side of a movement: of the document in force, or else of one that restates it and gives that side."""
    known = [one for one in (move.statement, *move.restated) if one.amounts[of] is not None]
    best, *restated = known or [move.statement]
    kind, when = best.kind, str(best.year)
    label = Label(
        message("{kind} ({when})", kind=kind, when=when), after=message("({kind}, {when})", kind=kind, when=when)
    )
    return amount_of(evolve(move, statement=best, restated=tuple(restated)), lambda one: one.amounts[of], label)


def _in_year(records: Records, of: AppropriationKind) -> list[Amount]:
    whole = {MovementKind.ASYMMETRIC_FUNGIBILITY} if records.scope.title is TitleGroup.ALL else set()
    return movement_amounts(records, of, set(MovementKind) - _OUTSIDE_OPENED - whole)


def _later_acts(records: Records, of: AppropriationKind) -> list[Amount]:
    """Return what the finance acts after the initial one opened or cancelled, as far as a document states it."""
    given = {line.stage for line in records.statements if isinstance(line, BudgetLine)}
    return [_stated(records, stage, of) for stage in _LATER_ACTS if stage in given]


def _voted(records: Records, of: AppropriationKind) -> Amount:
    found = _stated(records, BudgetStage.VOTED, of)
    amendments = movement_amounts(records, of, {MovementKind.AMENDMENT})
    if found.value is not None or not amendments:
        return found
    bill = _stated(records, BudgetStage.BILL, of)
    return _or(found, combined([bill, *amendments], label=found.label))


def _opened(records: Records, of: AppropriationKind) -> Amount:
    found = _stated(records, BudgetStage.OPENED, of)
    changes = [*_later_acts(records, of), *_in_year(records, of)]
    if found.value is not None or not changes:
        return found
    return _or(found, combined([_voted(records, of), *changes], label=found.label))


def _or(found: Amount, derived: Amount) -> Amount:
    return derived if derived.value is not None or not found.detail else found


def _frozen(records: Records, of: AppropriationKind) -> Amount:
    found = _stated(records, BudgetStage.FROZEN, of)
    freezes, releases = (movement_amounts(records, of, {kind}) for kind in (MovementKind.FREEZE, MovementKind.RELEASE))
    if found.value is not None or not freezes:
        return found
    net = combined(map(unsigned, freezes), map(unsigned, releases), label=found.label)
    if net.value is not None and net.value < ZERO:
        return absent(MissingReason.CONTRADICTORY, found.label)
    return net


def _reserve(records: Records, of: AppropriationKind) -> Amount:
    """Return the share of the voted credits that the announced rates set aside, of each group of titles in scope."""
    label, title = label_of("reserve", records.scope), records.scope.title
    if not records.reserve_rates:
        return absent(MissingReason.NOT_PUBLISHED, label)
    groups = (TitleGroup.STAFF, TitleGroup.OTHER) if title is TitleGroup.ALL else (title,)
    return combined([_set_aside(records, group, of) for group in groups], label=label)


def _set_aside(records: Records, title: TitleGroup, of: AppropriationKind) -> Amount:
    part = evolve(records, scope=evolve(records.scope, title=title))
    label, voted, found = label_of("reserve", part.scope), _voted(part, of), reserve_rate(records, title)
    if voted.value is None:
        return voted
    if voted.value == ZERO:
        return voted.named(label)  # nothing is set aside of nothing, at whatever rate
    if found is None:
        return absent(MissingReason.NOT_PUBLISHED, label)
    rate = found.statement
    return evolve(
        voted,
        value=voted.value * rate.share,
        label=label,
        reliability=Reliability.COMPUTED,
        source_ids=tuple(dict.fromkeys((*voted.source_ids, rate.source_id))),
        caveats=tuple(filter(None, (*voted.caveats, rate.caveat))),
        alternatives=(),
        disputed_by=(*voted.disputed_by, *(other.source_id for other in found.disputed)),
    )


def reserve_rate(records: Records, title: TitleGroup) -> InForce[ReserveRate] | None:
    """
    Return the rate in force at which the credits of a group of titles are set aside; `None` where none is stated.

    >>> reserve_rate(Records(scope=Scope(year=2021)), TitleGroup.STAFF) is None
    True
    """
    rates = (rate for rate in records.reserve_rates if rate.title is title)
    return in_force(rates, says=lambda rate: rate.share, sources=records.documents)


def _beyond_reserve(records: Records, of: AppropriationKind) -> Amount:
    return combined([_frozen(records, of)], [_reserve(records, of)], label=label_of("beyond-reserve", records.scope))


def _re_established(records: Records, of: AppropriationKind) -> Amount:
    label = label_of("re-established", records.scope)
    found = movement_amounts(records, of, {MovementKind.RE_ESTABLISHMENT})
    if not found:
        return absent(MissingReason.NOT_PUBLISHED, label)
    return found[0].named(label) if len(found) == 1 else combined(found, label=label)


def _used(records: Records, of: AppropriationKind) -> Amount:
    lines = (line for line in records.statements if isinstance(line, ExecutionLine))
    return stated(lines, records.scope, of, of, records.documents)


def _unspent(records: Records, of: AppropriationKind) -> Amount:
    return combined([_opened(records, of)], [_used(records, of)], label=label_of("unspent", records.scope))


def _available(records: Records, of: AppropriationKind) -> Amount:
    return _left("available", records, _opened(records, of), _frozen(records, of))


def _lapsed(records: Records, of: AppropriationKind) -> Amount:
    unspent = _unspent(records, of)
    if unspent.until is not None:  # credits lapse at the end of the year, so a part-year count has no lapse
        return part_year(unspent.until, label=label_of("lapsed", records.scope))
    return _left("lapsed", records, unspent, _carried_over(records, of))


def _left(name: str, records: Records, whole: Amount, taken: Amount) -> Amount:
    """Return what is left of an amount; if more was taken than there was, the data is contradictory, never negative."""
    found = combined([whole], [taken], label=label_of(name, records.scope))
    if found.value is None or found.value >= ZERO:
        return found
    return absent(MissingReason.CONTRADICTORY, found.label, detail=clauses(whole.message, taken.message))


def _carried_over(records: Records, of: AppropriationKind) -> Amount:
    label = label_of("carried-over", records.scope)
    carried = movement_amounts(records, of, _CARRIED_OVER, later=1)
    if not carried:
        return absent(MissingReason.NOT_PUBLISHED, label)
    return carried[0].named(label) if len(carried) == 1 else combined(carried, label=label)


def _unattributed(records: Records, of: AppropriationKind) -> Amount:
    known = [move for move in _in_year(records, of) if move.value is not None]
    opened = _stated(records, BudgetStage.OPENED, of)
    minus = [_voted(records, of), *_later_acts(records, of), *known]
    return combined([opened], minus, label=label_of("unattributed", records.scope))


def _of_stage(stage: BudgetStage) -> Derivation:
    return lambda records, of: _stated(records, stage, of)


_LATER_ACTS = (BudgetStage.SUPPLEMENTARY, BudgetStage.YEAR_END)
_CARRIED_OVER = (MovementKind.CARRY_OVER, MovementKind.ASSIGNED_CARRY_OVER)
_OUTSIDE_OPENED = {
    MovementKind.AMENDMENT,
    MovementKind.FREEZE,
    MovementKind.RELEASE,
    MovementKind.RE_ESTABLISHMENT,  # it undoes spending: what was used is published net of it
}
_DERIVATIONS: Mapping[BudgetMeasure, Derivation] = MappingProxyType(
    {
        BudgetMeasure.BILL: _of_stage(BudgetStage.BILL),
        BudgetMeasure.VOTED: _voted,
        BudgetMeasure.SUPPLEMENTARY: _of_stage(BudgetStage.SUPPLEMENTARY),
        BudgetMeasure.YEAR_END: _of_stage(BudgetStage.YEAR_END),
        BudgetMeasure.OPENED: _opened,
        BudgetMeasure.RESERVE: _reserve,
        BudgetMeasure.FROZEN: _frozen,
        BudgetMeasure.BEYOND_RESERVE: _beyond_reserve,
        BudgetMeasure.AVAILABLE: _available,
        BudgetMeasure.USED: _used,
        BudgetMeasure.RE_ESTABLISHED: _re_established,
        BudgetMeasure.UNSPENT: _unspent,
        BudgetMeasure.CARRIED_OVER: _carried_over,
        BudgetMeasure.LAPSED: _lapsed,
        BudgetMeasure.UNATTRIBUTED: _unattributed,
    }
)
