"""Levers: what each should move, and whether it is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from levier.compute.indicators.aggregation import Coverage
from levier.compute.levers.costs import lever_costs
from levier.compute.levers.coverage import lever_coverage
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption, Title
from levier.model.levers import IntendedEffect, Lever

__all__ = ["levers_section"]

_HEADS = (Head.LEVER, Head.MOVES, Head.DIRECTION, Head.SIZE, Head.MEASURED, Head.PULLED_BY)


def levers_section(view: View) -> Section:
    """Return the tree of levers, one row for each thing that a lever should move."""
    pulled = {
        registry: Counter(lever for item in getattr(view.portfolio, registry).values() for lever in item.lever_ids)
        for registry in ("programmes", "projects", "reforms")
    }
    levers = (branch for root in view.portfolio.levers.tree() for branch in root.walk())
    rows = [row for branch in levers for row in _lever(view, branch.item, branch.depth, pulled)]
    return view.section(Title.LEVERS, [view.table(Caption.LEVERS, _HEADS, rows, notes=_notes(view))])


def _notes(view: View) -> Iterator[str]:
    """Yield how far levers are pulled and measured, and what they cost where anything is known of it."""
    covered, costs = lever_coverage(view.portfolio), lever_costs(view.portfolio)
    counts = {"pulled": covered.pulled, "measured": covered.measured, "reforms": covered.reforms}
    yield view.scribe.say(Phrase.LEVERS_COVERED, **{name: _of(view, found) for name, found in counts.items()})
    if costs.counted_once is not None:
        once, over = (view.scribe.euros(amount).text for amount in (costs.counted_once, costs.over_levers))
        yield view.scribe.say(Phrase.LEVERS_COST, once=once, over=over, known=_of(view, costs.coverage))


def _of(view: View, coverage: Coverage) -> str:
    return view.scribe.say(Phrase.OF, some=len(coverage.reported), all=coverage.expected)


def _lever(view: View, lever: Lever, depth: int, pulled: dict[str, Counter[str]]) -> Iterator[Row]:
    scribe, name = view.scribe, view.scribe.name(lever, depth)
    times = {registry: counts[lever.id] for registry, counts in pulled.items()}
    by = Cell(text=scribe.say(Phrase.PULLED_BY, **times), value=" ".join(f"{key}:{n}" for key, n in times.items()))
    if not lever.effects:
        none = scribe.missing(Phrase.NO_EFFECT)
        yield Row(id=f"levers/{lever.id}", cells=[name, none, *[scribe.missing(Phrase.DASH)] * 3, by])
    for effect in lever.effects:
        yield Row(
            id=f"levers/{lever.id}/effects/{effect.indicator_id}",
            cells=[name, *_effect(view, effect), by],
        )


def _effect(view: View, effect: IntendedEffect) -> list[Cell]:
    return [
        view.scribe.name(view.portfolio.indicators[effect.indicator_id]),
        view.scribe.term(effect.direction),
        view.scribe.quantity(effect.size, Phrase.NO_SIZE),
        _measured(view, effect),
    ]


def _measured(view: View, effect: IntendedEffect) -> Cell:
    """Say whether any value was observed by the day; the latest, wherever it was."""
    observed = [row.period for row in view.observed(effect.indicator_id)]
    absent = view.absence(effect.indicator_id)
    if not observed and absent is not None:
        return view.scribe.missing(Phrase.NOT_MEASURED_BECAUSE, because=absent.state.label(view.scribe.lang))
    if not observed:
        return view.scribe.missing(Phrase.NOT_MEASURED)
    latest = max(observed)
    return Cell(text=view.scribe.say(Phrase.YES_UNTIL, period=view.scribe.period(latest).text), value=latest.text)
