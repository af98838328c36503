"""Territorial instruments: their kind, place, date, and published figures."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.instruments.campus import PARIS, share_outside
from levier.compute.instruments.challenges import StageCount, stage_attrition
from levier.compute.instruments.editions import week_editions
from levier.display.pages import Cell, Section, Table
from levier.display.phrases import DASH, NOT_PUBLISHED, UNDATED, UNKNOWN, of
from levier.display.sections.figures import figures_of
from levier.display.view import ColumnOf, View
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
from levier.wording.messages import message
from levier.wording.said import Value
from levier.wording.values import Name, Rounded
from levier.wording.vocabulary import InstrumentKind

__all__ = ["instruments_section"]


def instruments_section(view: View) -> Section:
    """Return the territorial instruments and their published figures."""
    instruments = view.portfolio.instruments.values()
    rows = ((f"instruments/{instrument.id}", instrument) for instrument in instruments)
    title = message("Territorial instruments")
    tables = [
        view.table("instruments", title, _COLUMNS, rows, _notes(view)),
        *(_stages(view, call) for call in instruments if isinstance(call, ChallengeCall)),
        figures_of(view, "figures", message("Published figures"), "instruments"),
    ]
    return view.section("instruments", title, tables)


def _notes(view: View) -> Iterator[Value]:
    """Yield the share of each campus outside Paris, where anything is known of it, and the known editions."""
    for instrument in view.portfolio.instruments.values():
        if isinstance(instrument, Campus) and PARIS in view.portfolio.territories:
            share = share_outside(view.portfolio, instrument.id)
            if share.stated is not None or share.share is not None:
                yield f"{share.explain(view.scribe.lang)}."
    known = week_editions(view.portfolio).coverage
    if known.expected:
        yield message(
            "Known editions of the innovation week: {known}, from the first known to the last.",
            known=of(len(known.reported), known.expected),
        )


def _stages(view: View, call: ChallengeCall) -> Table:
    """Return a challenge call by stage: its teams, the percentage that remains, and its money."""
    found = stage_attrition(call)
    rows = [(f"instruments/{call.id}/stages/{place}", stage) for place, stage in enumerate(found.stages)]
    notes = []
    if call.envelope is not None and found.cost is not None:
        amount, cost = view.scribe.sourced(call.envelope).text, view.scribe.quantity(found.cost).text
        notes.append(message("Envelope: {amount}; total: {cost}.", amount=amount, cost=cost))
    caption = message("{label}: teams and money, stage by stage", label=Name.of(call))
    return view.table(f"stages-{call.id}", caption, _STAGE_COLUMNS, rows, notes)


def _left(view: View, survival: StageCount) -> Cell:
    """Return the percentage of the previous teams that remain, rounded, with their number."""
    if survival.left is None or survival.before is None:
        return view.scribe.missing(survival.reason or UNKNOWN)
    left, before = Rounded(survival.left, 1), view.scribe.quantity(survival.before).text
    written = message("{left} (of {before})", left=left, before=before)
    return Cell(text=view.scribe.say(written), value=Rounded(survival.left, 2).say("en"))


def _place(view: View, instrument: AnyInstrument) -> Cell:
    territory_id = getattr(instrument, "territory_id", None)
    if territory_id is None:
        return view.scribe.missing(DASH)
    return view.place(territory_id)


def _date(view: View, instrument: AnyInstrument) -> Cell:
    """Return the main date of an instrument: its launch, its event, its opening, or its deadline for applications."""
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
            return view.scribe.missing(UNDATED)


_COLUMNS: tuple[ColumnOf[AnyInstrument], ...] = (
    ColumnOf("instrument", message("Instrument"), lambda view, one: view.scribe.name(one)),
    ColumnOf("kind", message("Kind"), lambda view, one: view.scribe.term(InstrumentKind(one.kind))),
    ColumnOf("place", message("Place"), _place),
    ColumnOf("date", message("Date"), _date),
)
_STAGE_COLUMNS: tuple[ColumnOf[StageCount], ...] = (
    ColumnOf("phase", message("Phase"), lambda view, one: view.scribe.term(one.stage.phase)),
    ColumnOf("period", message("Period"), lambda view, one: view.scribe.period(one.stage.period)),
    ColumnOf(
        "teams", message("Teams"), lambda view, one: view.scribe.quantity(one.stage.teams, NOT_PUBLISHED), numeric=True
    ),
    ColumnOf("left", message("Share of the teams of the previous stage"), _left, numeric=True),
    ColumnOf(
        "grant",
        message("Per team"),
        lambda view, one: view.scribe.quantity(one.stage.grant, NOT_PUBLISHED),
        numeric=True,
    ),
    ColumnOf("cost", message("Cost"), lambda view, one: view.scribe.quantity(one.cost, NOT_PUBLISHED), numeric=True),
)
