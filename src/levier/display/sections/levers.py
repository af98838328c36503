"""Levers: what each should move, whether it is measured, and what it costs; each with those below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from levier.compute.indicators.aggregation import Coverage
from levier.compute.levers.costs import LeverCosts, lever_costs
from levier.compute.levers.coverage import LeverCoverage, lever_coverage
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption, Title
from levier.model.levers import IntendedEffect, Lever
from levier.model.trees import Branch, branch_of

__all__ = ["levers_section"]

_HEADS = (Head.LEVER, Head.MOVES, Head.DIRECTION, Head.SIZE, Head.MEASURED, Head.PULLED_BY)
_COST_HEADS = (Head.LEVER, Head.OWN, Head.SHARED, Head.KNOWN, Head.OVERLAP)


def levers_section(view: View) -> Section:
    """Return the tree of levers, one row for each thing that a lever should move; then what each costs."""
    covered = lever_coverage(view.portfolio)
    levers = [branch for root in view.portfolio.levers.tree() for branch in root.walk()]
    rows = [row for branch in levers for row in _lever(view, branch, covered)]
    moves = view.table(Caption.LEVERS, _HEADS, rows, notes=_covered(view, covered))
    return view.section(Title.LEVERS, [moves, _costs(view, levers)])


def _covered(view: View, covered: LeverCoverage) -> Iterator[str]:
    """Yield how far levers are pulled and measured, and that each counts with those below it."""
    counts = {"pulled": covered.pulled, "measured": covered.measured, "reforms": covered.reforms}
    yield view.scribe.say(Phrase.LEVERS_COVERED, **{name: _of(view, found) for name, found in counts.items()})
    yield view.scribe.say(Phrase.LEVERS_COUNT)


def _costs(view: View, levers: Iterable[Branch[Lever]]) -> Table:
    """Return what each lever costs with those below it; no row where nothing is known of any."""
    costs = lever_costs(view.portfolio)
    rows = [] if costs.counted_once is None else [_cost(view, branch, costs) for branch in levers]
    return view.table(Caption.LEVER_COSTS, _COST_HEADS, rows, notes=_notes(view, costs) if rows else ())


def _notes(view: View, costs: LeverCosts) -> Iterator[str]:
    """Yield what all levers cost, and whose money may be counted twice."""
    once, over = (view.scribe.euros(amount).text for amount in (costs.counted_once, costs.over_levers))
    yield view.scribe.say(Phrase.LEVERS_COST, once=once, over=over, known=_of(view, costs.coverage))
    if costs.nested:
        owners = ", ".join(view.subject(path).text for path in costs.nested)
        yield view.scribe.say(Phrase.LEVERS_OVERLAP, owners=owners)


def _cost(view: View, branch: Branch[Lever], costs: LeverCosts) -> Row:
    scribe, cost = view.scribe, next(one for one in costs.by_branch if one.lever.id == branch.item.id)
    owners = ", ".join(view.subject(path).text for path in cost.nested)
    return Row(
        id=f"levers/{branch.item.id}/cost",
        cells=[
            scribe.name(branch.item, branch.depth),
            scribe.euros(cost.own, Phrase.NO_COST if cost.shared is None else Phrase.DASH),
            scribe.euros(cost.shared, Phrase.DASH),
            Cell(text=_of(view, cost.coverage), value=str(len(cost.coverage.reported))),
            scribe.text(owners, Phrase.DASH),
        ],
    )


def _of(view: View, coverage: Coverage) -> str:
    return view.scribe.say(Phrase.OF, some=len(coverage.reported), all=coverage.expected)


def _lever(view: View, branch: Branch[Lever], covered: LeverCoverage) -> Iterator[Row]:
    lever, name, by = branch.item, view.scribe.name(branch.item, branch.depth), _pulled_by(view, branch.item)
    if not lever.effects:
        dash, none = view.scribe.missing(Phrase.DASH), view.scribe.missing(Phrase.NO_EFFECT)
        below = view.scribe.missing(Phrase.YES_BELOW) if lever.id in covered.measured.reported else dash
        yield Row(id=f"levers/{lever.id}", cells=[name, none, dash, dash, below, by])
    for effect in lever.effects:
        yield Row(
            id=f"levers/{lever.id}/effects/{effect.indicator_id}",
            cells=[name, *_effect(view, effect), by],
        )


def _pulled_by(view: View, lever: Lever) -> Cell:
    """Return how many programmes, reforms and projects pull a lever or one below it, each of them once."""
    levers = {below.id for below in branch_of(view.portfolio.levers, lever.id)}
    times = {
        registry: sum(not levers.isdisjoint(item.lever_ids) for item in getattr(view.portfolio, registry).values())
        for registry in ("programmes", "projects", "reforms")
    }
    value = " ".join(f"{registry}:{number}" for registry, number in times.items())
    return Cell(text=view.scribe.say(Phrase.PULLED_BY, **times), value=value)


def _effect(view: View, effect: IntendedEffect) -> list[Cell]:
    return [
        view.scribe.name(view.portfolio.indicators[effect.indicator_id]),
        view.scribe.term(effect.direction),
        view.scribe.quantity(effect.size, Phrase.NO_SIZE),
        _measured(view, effect),
    ]


def _measured(view: View, effect: IntendedEffect) -> Cell:
    """Say whether any value was observed by the day; the latest, wherever it was."""
    actuals = (line.actual for line in view.lines.get(effect.indicator_id, ()))
    observed = [actual.period for actual in actuals if actual is not None]
    absent = view.absence(effect.indicator_id)
    if not observed and absent is not None:
        return view.scribe.missing(Phrase.NOT_MEASURED_BECAUSE, because=absent.state.label(view.scribe.lang))
    if not observed:
        return view.scribe.missing(Phrase.NOT_MEASURED)
    latest = max(observed)
    return Cell(text=view.scribe.say(Phrase.YES_UNTIL, period=view.scribe.period(latest).text), value=latest.text)
