"""Territorial instruments: what, where, when, and the numbers published of them."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.instruments.campus import PARIS, share_outside
from levier.compute.instruments.challenges import StageSurvival, survivors
from levier.compute.instruments.editions import week_editions
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.sections.figures import figures_of
from levier.display.view import View
from levier.display.wording import Caption, InstrumentKind, Title
from levier.model.instruments import (
    AnyInstrument,
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    Consultation,
    InnovationLab,
    InnovationWeek,
)
from levier.wording.values import Rounded

__all__ = ["instruments_section"]


def instruments_section(view: View) -> Section:
    """Return the territorial instruments and their published numbers."""
    instruments = view.portfolio.instruments.values()
    rows = [
        Row(
            id=f"instruments/{instrument.id}",
            cells=[
                view.scribe.name(instrument),
                view.scribe.term(InstrumentKind(instrument.kind)),
                _place(view, instrument),
                _date(view, instrument),
            ],
        )
        for instrument in instruments
    ]
    heads = (Head.INSTRUMENT, Head.KIND, Head.PLACE, Head.DATE)
    tables = [
        view.table(Caption.INSTRUMENTS, heads, rows, notes=_notes(view)),
        *(_stages(view, call) for call in instruments if isinstance(call, ChallengeCall)),
        figures_of(view, Caption.FIGURES, "instruments"),
    ]
    return view.section(Title.INSTRUMENTS, tables)


def _notes(view: View) -> Iterator[str]:
    """Yield the share of each campus outside Paris, where anything is known of it, and the editions that are known."""
    for instrument in view.portfolio.instruments.values():
        if isinstance(instrument, Campus) and PARIS in view.portfolio.territories:
            share = share_outside(view.portfolio, instrument.id)
            if share.stated is not None or share.share is not None:
                yield f"{share.explain(view.scribe.lang)}."
    known = week_editions(view.portfolio).coverage
    if known.expected:
        counted = view.scribe.say(Phrase.OF, some=len(known.reported), all=known.expected)
        yield view.scribe.say(Phrase.EDITIONS, known=counted)


def _stages(view: View, call: ChallengeCall) -> Table:
    """Return a challenge call stage by stage: its teams, how many that is of those before, and its money."""
    found = survivors(call)
    heads = (Head.PHASE, Head.PERIOD, Head.TEAMS, Head.LEFT, Head.GRANT, Head.COST)
    rows = [_stage(view, stage, f"instruments/{call.id}/stages/{place}") for place, stage in enumerate(found.stages)]
    notes = []
    if call.envelope is not None and found.cost is not None:
        amount, cost = view.scribe.sourced(call.envelope).text, view.scribe.quantity(found.cost).text
        notes.append(view.scribe.say(Phrase.ENVELOPE, amount=amount, cost=cost))
    return view.table(Caption.STAGES, heads, rows, about=call.id, notes=notes, label=call.label)


def _stage(view: View, survival: StageSurvival, path: str) -> Row:
    scribe, stage = view.scribe, survival.stage
    return Row(
        id=path,
        cells=[
            scribe.term(stage.phase),
            scribe.period(stage.period),
            scribe.quantity(stage.teams, Phrase.NOT_PUBLISHED),
            _left(view, survival),
            scribe.quantity(stage.grant, Phrase.NOT_PUBLISHED),
            scribe.quantity(survival.cost, Phrase.NOT_PUBLISHED),
        ],
    )


def _left(view: View, survival: StageSurvival) -> Cell:
    """Return how many of the teams before are left, rounded, with how many those were."""
    if survival.left is None or survival.before is None:
        return view.scribe.missing(survival.reason or Phrase.UNKNOWN)
    left, before = Rounded(survival.left, 1).say(view.scribe.lang), view.scribe.quantity(survival.before).text
    written = view.scribe.say(Phrase.LEFT_OF, left=left, before=before)
    return Cell(text=written, value=Rounded(survival.left, 2).say("en"))


def _place(view: View, instrument: AnyInstrument) -> Cell:
    territory_id = getattr(instrument, "territory_id", None)
    if territory_id is None:
        return view.scribe.missing(Phrase.DASH)
    return view.place(territory_id)


def _date(view: View, instrument: AnyInstrument) -> Cell:
    """Return the date that tells most of an instrument: when it was launched, held, opened, or closed to applicants."""
    match instrument:
        case CampusSession():
            return view.scribe.period(instrument.period)
        case CarteBlanche():
            return view.scribe.sourced(instrument.launched_on)
        case ChallengeCall():
            return view.scribe.sourced(instrument.deadline)
        case InnovationLab():
            return view.scribe.sourced(instrument.opened_on)
        case InnovationWeek() | Consultation():
            return view.scribe.sourced(instrument.period)
        case _:
            return view.scribe.missing(Phrase.UNDATED)
