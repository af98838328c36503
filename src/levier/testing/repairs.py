"""
Repairs: functions that make independently drawn fields satisfy the invariants of the model.

Each takes the fields as drawn, and returns fields that their class accepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import dropwhile, takewhile
from typing import Any

from attrs import evolve

from levier.model.appropriations import AppropriationKind
from levier.model.awards import Award
from levier.model.budget_lines import FIRST_YEAR_END_ACT, BudgetStage
from levier.model.calls import NEEDED, Call
from levier.model.entries import EntryKind, JournalEntry
from levier.model.identifiers import TerritoryId
from levier.model.instruments import BEFORE_FIRST_WEEK
from levier.model.lifecycle import TRANSITIONS, ChallengePhase, Phase, PhaseStep
from levier.model.money import Euros
from levier.model.observations import ObservationKind, ObservationState
from levier.model.periods import Day, Period
from levier.model.quantities import Exactness, Quantity
from levier.model.sirene import is_siret
from levier.model.sources import Sourced
from levier.model.territories import Territory, TerritoryLevel
from levier.testing.scalars import with_check_digit

__all__ = [
    "Drawn",
    "agreeing_edition",
    "agreeing_stages",
    "agreeing_steps",
    "agreeing_territory",
    "budget_line",
    "complete_rule",
    "consistent_fund",
    "covered_schedule",
    "day_after",
    "ended",
    "explained_amounts",
    "explained_preference",
    "explained_value",
    "one_unit",
    "open_head_office",
    "ordered_definitions",
    "ordered_levels",
    "ordered_revisions",
    "own_activations",
    "own_establishments",
    "own_parts",
    "own_weights",
    "quantity",
    "summed_instalments",
]

Drawn = dict[str, Any]

_LEVELS = tuple(TerritoryLevel)
_QUARTERS = 4


def day_after(day: Day, count: int) -> Day:
    """Return the day *count* days after *day*, or the last possible day."""
    return Day.fromordinal(min(day.toordinal() + count, Day.max.toordinal()))


def quantity(exactness: Exactness, bounds: tuple[Decimal, Decimal], unit: str, stated: str) -> Quantity:
    """Return a quantity of this *exactness*, from two numbers in any order."""
    lower, upper = min(bounds), max(bounds)
    match exactness:
        case Exactness.EXACT:
            return Quantity.exact(lower, unit, stated=stated)
        case Exactness.ABOUT:
            return Quantity.about(lower, unit, stated=stated)
        case Exactness.AT_LEAST:
            return Quantity.at_least(lower, unit, stated=stated)
        case Exactness.AT_MOST:
            return Quantity.at_most(upper, unit, stated=stated)
        case Exactness.BETWEEN:
            return Quantity.between(lower, upper, unit, stated=stated)


def ended(period: Period) -> Period:
    """Return a period with an end: of one without, its first day."""
    return Period(period.known_by) if period.last_day is None else period


def explained_preference(drawn: Drawn) -> Drawn:
    """Remove the reason for a preference if there are no alternatives."""
    return drawn if drawn["alternatives"] else drawn | {"preferred_because": ""}


def one_unit(drawn: Sourced[Quantity]) -> Sourced[Quantity]:
    """Give all alternatives of a quantity its unit."""
    unit = drawn.value.unit
    turned = [evolve(other, value=evolve(other.value, unit=unit)) for other in drawn.alternatives]
    return evolve(drawn, alternatives=turned)


def explained_value(drawn: Drawn) -> Drawn:
    """Remove the value of an observation that was not measured, and make a band of a target that has two."""
    if drawn["state"] is not ObservationState.MEASURED:
        return drawn | {"value": None, "upper": None}
    if drawn["upper"] is None or drawn["kind"] is not ObservationKind.TARGET:
        return drawn | {"upper": None}
    return drawn | {"value": min(drawn["value"], drawn["upper"]), "upper": max(drawn["value"], drawn["upper"])}


def explained_amounts(drawn: Drawn) -> Drawn:
    """Remove the reason for a missing amount if none is missing."""
    is_missing = any(drawn["amounts"][kind] is None for kind in AppropriationKind)
    return drawn if is_missing else drawn | {"missing_because": ""}


def budget_line(drawn: Drawn) -> Drawn:
    """Make a year-end line of a year without such an act a supplementary one, and remove a reason for no gap."""
    held = explained_amounts(drawn)
    is_early = held["stage"] is BudgetStage.YEAR_END and held["year"] < FIRST_YEAR_END_ACT
    return held | {"stage": BudgetStage.SUPPLEMENTARY} if is_early else held


def ordered_definitions(drawn: Drawn) -> Drawn:
    """Sort the definitions of an indicator by version."""
    return drawn | {"definitions": tuple(sorted(drawn["definitions"], key=lambda one: one.version))}


def ordered_levels(drawn: Drawn) -> Drawn:
    """Remove the level of a roll-up that is not above the one that it aggregates."""
    level, below = drawn["level"], drawn["from_level"]
    is_above = level is None or _LEVELS.index(level) < _LEVELS.index(below)
    return drawn if is_above else drawn | {"level": None}


def own_weights(drawn: Drawn) -> Drawn:
    """Make the weights of a reform refer to its own indicators."""
    known = drawn["indicator_ids"]
    weights = [evolve(weight, indicator_id=_one_of(known, weight.indicator_id)) for weight in drawn["weights"] if known]
    own = {(weight.indicator_id, weight.level): weight for weight in weights}
    return own_activations(drawn) | {"weights": tuple(own.values())}


def own_activations(drawn: Drawn) -> Drawn:
    """Make the activations of a programme, a reform or a project refer to its own levers."""
    known = drawn["lever_ids"]
    activations = (
        evolve(activation, lever_id=_one_of(known, activation.lever_id)) for activation in drawn["activations"] if known
    )
    return drawn | {"activations": tuple(dict.fromkeys(activations))}


def own_parts(drawn: Drawn) -> Drawn:
    """Make the ideas of a Carte blanche refer to its problems, and its experiments to its ideas."""
    problems = tuple(problem.id for problem in drawn["problems"])
    ideas = tuple(evolve(idea, problem_ids=problems[: len(idea.problem_ids)]) for idea in drawn["ideas"])
    known = tuple(idea.id for idea in ideas)
    tried = tuple(evolve(one, idea_ids=known[: len(one.idea_ids)]) for one in drawn["experiments"])
    return drawn | {"ideas": ideas, "experiments": tried}


def agreeing_stages(drawn: Drawn) -> Drawn:
    """Sort the stages of a challenge call, without a gap in the sequence."""
    held = {stage.phase: stage for stage in drawn["stages"]}
    kept = list(takewhile(held.__contains__, dropwhile(lambda phase: phase not in held, ChallengePhase)))
    return drawn | {"stages": tuple(held[phase] for phase in kept)}


def open_head_office(drawn: Drawn) -> Drawn:
    """Make an establishment the head office for as long as it is open, if it was drawn to be so while closed."""
    opened, held = drawn["period"], drawn["head_office"]
    is_closed = None not in (opened, held) and not opened.overlaps(held)
    return drawn | {"head_office": opened} if is_closed else drawn


def own_establishments(drawn: Drawn) -> Drawn:
    """Give all establishments of an organisation one SIREN: its own, or that of the first of them."""
    held = drawn["establishments"]
    siren = drawn["siren"] or next((one.siren for one in held), "")
    own = [evolve(one, siret=with_check_digit(siren + one.siret[9:13], is_siret)) for one in held]
    return drawn | {"siren": siren, "establishments": list({one.siret: one for one in own}.values())}


def agreeing_territory(drawn: Drawn) -> Drawn:
    """Make the parent of a territory one around it, its predecessors of its own level, its parts municipalities."""
    place = Territory(id=drawn["id"], label="x")
    may_list = place.level in (TerritoryLevel.INTERCOMMUNALITY, TerritoryLevel.DEPARTMENTAL_ARRONDISSEMENT)
    return drawn | {
        "parent_id": _one_of(place.lies_in, drawn["parent_id"]),
        "successions": [
            evolve(step, predecessor_ids=_of_level(step.predecessor_ids, place.level) or [place.id])
            for step in drawn["successions"]
        ],
        "part_ids": _of_level(drawn["part_ids"], TerritoryLevel.MUNICIPALITY) if may_list else (),
    }


def _of_level(codes: Sequence[TerritoryId], level: TerritoryLevel) -> list[TerritoryId]:
    return [code for code in codes if Territory(id=code, label="x").level is level]


def agreeing_edition(drawn: Drawn) -> Drawn:
    """Set the edition of an innovation week from its year."""
    return drawn | {"edition": drawn["period"].value.year - BEFORE_FIRST_WEEK}


def ordered_revisions(drawn: Drawn) -> Drawn:
    """Sort the revisions of a milestone by decision, and date its completion after the day on which it was not done."""
    revisions = tuple(sorted(drawn["revisions"], key=lambda revision: revision.decided_on))
    done, not_done = drawn["done_on"], drawn["not_done_on"]
    contradictory = None not in (done, not_done) and done <= not_done
    return drawn | {"revisions": revisions, "not_done_on": None if contradictory else not_done}


def agreeing_steps(drawn: Drawn) -> Drawn:
    """Convert drawn choices and delays to steps that the table of transitions allows, in the order of their days."""
    start = drawn.pop("start")
    return own_activations(drawn) | {"steps": tuple(_steps(start, drawn["steps"]))}


def _steps(day: Day, choices: Sequence[tuple[int, int, str, str | None]]) -> Iterator[PhaseStep]:
    phase = Phase.FRAMING
    for choice, delay, because, source_id in choices:
        ways = TRANSITIONS[phase]
        if not ways:
            return
        phase, day = ways[choice % len(ways)], day_after(day, delay)
        yield PhaseStep(phase=phase, on=day, because=because, source_id=source_id)


def complete_rule(drawn: Drawn) -> Drawn:
    """Fill the field that the kind of a rule requires from *spare*, if it was drawn empty."""
    spare, needed = drawn.pop("spare"), NEEDED[drawn["kind"]]
    return drawn if drawn[needed] else drawn | {needed: spare[needed]}


def summed_instalments(drawn: Drawn) -> Drawn:
    """Set the amount of an award to the sum of its instalments, if it has any."""
    if not drawn["instalments"]:
        return drawn
    return drawn | {"amount": Euros.total(instalment.amount for instalment in drawn["instalments"])}


def covered_schedule(drawn: Drawn) -> Drawn:
    """Set the stock of a schedule to the sum of its payments and a remainder."""
    return drawn | {"stock": Euros.total(payment.amount for payment in drawn["payments"]) + drawn["stock"]}


def consistent_fund(drawn: Drawn) -> Drawn:
    """
    Make the parts of a fund refer to its own calls and awards.

    The journal commits at most the award, after the contract, and pays at most the commitments. The allocation covers
    the commitments, the cuts and the lapses.
    """
    calls = {call.id: call for call in drawn["calls"]}
    names = list(calls)
    awards = tuple(_granted(evolve(one, call_id=_one_of(names, one.call_id)), calls) for one in drawn["awards"])
    known = [award.id for award in awards]
    uses = zip(awards, drawn["entries"], strict=False)
    entries = tuple(entry for award, use in uses for entry in _use(award, use))
    return _allocated(drawn, entries) | {
        "awards": awards,
        "applications": [
            evolve(one, call_id=_one_of(list(calls), one.call_id)) for one in drawn["applications"] if calls
        ],
        "savings": tuple(evolve(one, award_id=_one_of(known, one.award_id)) for one in drawn["savings"]),
        "costs": tuple(evolve(one, award_id=_one_of(known, one.award_id)) for one in drawn["costs"] if known),
        "entries": entries,
    }


def _granted(award: Award, calls: Mapping[str, Call]) -> Award:
    """Remove the call of an award that exceeds its ceiling."""
    ceiling = calls[award.call_id].ceiling(on=award.decided_on) if award.call_id is not None else None
    return award if ceiling is None or award.amount is None or award.amount <= ceiling else evolve(award, call_id=None)


def _allocated(drawn: Drawn, entries: Sequence[JournalEntry]) -> Drawn:
    """Raise the allocation above everything that is taken from it; without one, remove its cuts and lapses."""
    by_year = {closing.year: closing for closing in drawn["closings"]}
    closings = tuple(by_year[year] for year in sorted(by_year))
    if drawn["allocation"] is None:
        whole = tuple(evolve(closing, lapsed=Euros(0)) for closing in closings)
        return drawn | {"allocation_changes": (), "closings": whole}
    taken = [closing.lapsed for closing in closings] + [abs(change.amount) for change in drawn["allocation_changes"]]
    needed = Euros.total([*taken, *(entry.amount for entry in entries), drawn["allocation"].value])
    return drawn | {"allocation": evolve(drawn["allocation"], value=needed), "closings": closings}


def _one_of(known: Sequence[str], wanted: str | None) -> str | None:
    return known[len(wanted) % len(known)] if wanted is not None and known else None


def _use(award: Award, use: tuple[int, int, int, int]) -> Iterator[JournalEntry]:
    """Yield a commitment of some quarters of an award, a payment of some of that, and what came back of the payment."""
    committed, paid, recovered, delay = use
    if award.amount is None or award.contracted_on is None:
        return
    cents, day = award.amount.cents * committed // _QUARTERS, day_after(award.contracted_on, delay)
    if cents:
        yield JournalEntry(award_id=award.id, kind=EntryKind.COMMITMENT, amount=Euros.of_cents(cents), on=day)
    if cents := cents * paid // _QUARTERS:
        amount, on = Euros.of_cents(cents), day_after(day, delay)
        yield JournalEntry(award_id=award.id, kind=EntryKind.PAYMENT, amount=amount, on=on)
        yield from _returned(award, cents * recovered // _QUARTERS, day_after(on, delay))


def _returned(award: Award, cents: int, on: Day) -> Iterator[JournalEntry]:
    """Yield what came back of a payment, and the release of one half."""
    if cents:
        amount, half = Euros.of_cents(cents), Euros.of_cents(cents - cents // 2)
        because = "jalon non atteint"
        yield JournalEntry(award_id=award.id, kind=EntryKind.RECOVERY, amount=amount, on=on, because=because)
        yield JournalEntry(award_id=award.id, kind=EntryKind.DECOMMITMENT, amount=half, on=on)
