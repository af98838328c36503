"""Levers: what each should move, whether that is measured, and its cost; each with its sub-levers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from levier.compute.coverage import Coverage
from levier.compute.levers.costs import LeverCost, LeverCosts, lever_costs
from levier.compute.levers.coverage import LeverCoverage, lever_coverage
from levier.display.pages import Cell, Section, Table
from levier.display.phrases import DASH, of
from levier.display.view import ColumnOf, Owned, View
from levier.model.levers import EffectHorizon, IntendedEffect, Lever
from levier.model.periods import Day
from levier.model.trees import Branch, branch_of
from levier.wording.messages import Message, items, message
from levier.wording.vocabulary import quantity_in_words

__all__ = ["levers_section"]


class _Move(NamedTuple):
    """An intended effect of a lever, in its place in the tree; without an effect, whether a sub-lever is measured."""

    branch: Branch[Lever]
    effect: IntendedEffect | None
    is_measured: bool


def levers_section(view: View) -> Section:
    """Return the tree of levers, one row for each intended effect; then the cost of each."""
    covered = lever_coverage(view.portfolio)
    levers = [branch for root in view.portfolio.levers.tree() for branch in root.walk()]
    rows = [row for branch in levers for row in _moves(branch, covered)]
    caption = message("Intended effects of each lever")
    moves = view.table("levers", caption, _COLUMNS, rows, _covered(covered))
    return view.section("levers", message("Levers"), [moves, _objectives(view, levers), _costs(view, levers)])


def _objectives(view: View, levers: Iterable[Branch[Lever]]) -> Table:
    """Return the objective and the tags of each lever that has one of them."""
    rows = [(f"levers/{one.item.id}/objective", one) for one in levers if one.item.objective or one.item.tags]
    return view.table("lever-objectives", message("Objective and tags of each lever"), _OBJECTIVE_COLUMNS, rows)


def _moves(branch: Branch[Lever], covered: LeverCoverage) -> Iterator[tuple[str, _Move]]:
    lever = branch.item
    is_measured = lever.id in covered.measured.reported
    if not lever.effects:
        yield f"levers/{lever.id}", _Move(branch, None, is_measured)
    for effect in lever.effects:
        yield f"levers/{lever.id}/effects/{effect.indicator_id}", _Move(branch, effect, is_measured)


def _covered(covered: LeverCoverage) -> Iterator[Message]:
    """Yield the coverage of levers, activated and measured, and the note that each includes its sub-levers."""
    yield message(
        "Levers activated: {activated}; measured: {measured}; reforms with a lever: {reforms}.",
        activated=_of(covered.activated),
        measured=_of(covered.measured),
        reforms=_of(covered.reforms),
    )
    yield message("A lever includes its sub-levers, here as in the column “Activated by”.")


def _costs(view: View, levers: Iterable[Branch[Lever]]) -> Table:
    """Return the cost of each lever with its sub-levers; no row where no cost is known."""
    costs = lever_costs(view.portfolio)
    by_lever = {cost.lever.id: cost for cost in costs.by_branch}
    rows = [(f"levers/{branch.item.id}/cost", Owned(branch, by_lever[branch.item.id])) for branch in levers]
    is_known = bool(rows) and costs.counted_once is not None
    caption = message("Cost of each lever, sub-levers included")
    notes = _notes(view, costs) if is_known else ()
    return view.table("lever-costs", caption, _COST_COLUMNS, rows if is_known else (), notes)


def _notes(view: View, costs: LeverCosts) -> Iterator[Message]:
    """Yield the cost of all levers, and the owners that may be counted twice."""
    yield message(
        "Known cost ({known}): {once}, each owner counted once; {over} summed over levers.",
        known=_of(costs.coverage),
        once=view.scribe.euros(costs.counted_once).text,
        over=view.scribe.euros(costs.over_levers).text,
    )
    if costs.nested:
        yield message(
            "Possible double count (money already within that of a reform or a programme): {owners}.",
            owners=items(*(view.subject(path).text for path in costs.nested)),
        )


def _of(coverage: Coverage) -> Message:
    return of(len(coverage.reported), coverage.expected)


def _activated_by(view: View, lever: Lever) -> Cell:
    """Return how many programmes, reforms and projects activate a lever or its sub-levers, each once."""
    levers = {below.id for below in branch_of(view.portfolio.levers, lever.id)}
    times = {
        registry: sum(not levers.isdisjoint(item.lever_ids) for item in getattr(view.portfolio, registry).values())
        for registry in ("programmes", "projects", "reforms")
    }
    said = message("programmes: {programmes}, reforms: {reforms}, projects: {projects}", **times)
    return Cell(
        text=view.scribe.say(said), value=" ".join(f"{registry}:{number}" for registry, number in times.items())
    )


def _moved(view: View, move: _Move) -> Cell:
    if move.effect is None:
        return view.scribe.missing(message("no source names the indicator"))
    return view.scribe.name(view.portfolio.indicators[move.effect.indicator_id])


def _direction(view: View, move: _Move) -> Cell:
    way = None if move.effect is None else move.effect.meant_direction
    if move.effect is not None and way is None:
        return view.scribe.missing(message("direction not stated"))
    return view.scribe.missing(DASH) if way is None else view.scribe.term(way)


def _size(view: View, move: _Move) -> Cell:
    if move.effect is None:
        return view.scribe.missing(DASH)
    if not move.effect.horizons:
        return view.scribe.quantity(move.effect.size, message("size not stated"))
    undated = None if move.effect.size is None else quantity_in_words(move.effect.size)
    dated = sorted(move.effect.horizons, key=lambda horizon: horizon.period.last_day or Day.max)
    said = items(undated, *(_by_horizon(horizon) for horizon in dated))
    return Cell(text=view.scribe.say(said), value=" ".join(f"{one.period}:{one.size}" for one in dated))


def _by_horizon(horizon: EffectHorizon) -> Message:
    return message("{size} by {horizon}", size=quantity_in_words(horizon.size), horizon=horizon.period)


def _measured(view: View, move: _Move) -> Cell:
    """Return whether any actual value was known by the day; the latest one, in any territory."""
    if move.effect is None:
        return view.scribe.missing(message("yes, through a sub-lever") if move.is_measured else DASH)
    actuals = (line.actual for line in view.lines.get(move.effect.indicator_id, ()))
    observed = [actual.period for actual in actuals if actual is not None]
    absent = view.absence(move.effect.indicator_id)
    if not observed and absent is not None:
        return view.scribe.missing(message("no: {because}", because=absent.state))
    if not observed:
        return view.scribe.missing(message("no: no value observed"))
    latest = max(observed)
    return Cell(text=view.scribe.say(message("yes, {period}", period=latest)), value=latest.text)


_COLUMNS: tuple[ColumnOf[_Move], ...] = (
    ColumnOf("lever", message("Lever"), lambda view, move: view.scribe.name(move.branch.item, move.branch.depth)),
    ColumnOf("moves", message("Intended effect on"), _moved),
    ColumnOf("direction", message("Expected change"), _direction),
    ColumnOf("size", message("Intended size"), _size),
    ColumnOf("measured", message("Measured?"), _measured),
    ColumnOf("activated-by", message("Activated by"), lambda view, move: _activated_by(view, move.branch.item)),
)


_OBJECTIVE_COLUMNS: tuple[ColumnOf[Branch[Lever]], ...] = (
    ColumnOf("lever", message("Lever"), lambda view, row: view.scribe.name(row.item, row.depth)),
    ColumnOf("objective", message("Objective"), lambda view, row: view.scribe.text(row.item.objective, DASH)),
    ColumnOf("tags", message("Tags"), lambda view, row: view.scribe.text(items(*row.item.tags), DASH)),
    ColumnOf("sources", message("Sources"), lambda view, row: view.names("sources", row.item.source_ids)),
)


def _own(view: View, row: Owned[LeverCost]) -> Cell:
    return view.scribe.euros(row.part.own, message("unknown") if row.part.shared is None else DASH)


def _known(view: View, row: Owned[LeverCost]) -> Cell:
    coverage = row.part.coverage
    return Cell(text=view.scribe.say(_of(coverage)), value=str(len(coverage.reported)))


def _overlap(view: View, row: Owned[LeverCost]) -> Cell:
    return view.scribe.text(items(*(view.subject(path).text for path in row.part.nested)), DASH)


_COST_COLUMNS: tuple[ColumnOf[Owned[LeverCost]], ...] = (
    ColumnOf("lever", message("Lever"), lambda view, row: view.scribe.name(row.owner.item, row.owner.depth)),
    ColumnOf("own", message("Its own"), _own, numeric=True),
    ColumnOf(
        "shared",
        message("Shared with other levers"),
        lambda view, row: view.scribe.euros(row.part.shared, DASH),
        numeric=True,
    ),
    ColumnOf("known", message("Activations with a known cost"), _known, numeric=True),
    ColumnOf("overlap", message("Possible double count"), _overlap),
)
