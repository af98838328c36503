"""Territorial instruments: what, where, when, and the numbers published of them."""

from __future__ import annotations

from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section
from levier.display.phrases import Phrase
from levier.display.sections.figures import figures_table
from levier.display.view import View
from levier.display.wording import Caption, InstrumentKind, Title
from levier.model.instruments import (
    AnyInstrument,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    Consultation,
    InnovationLab,
    InnovationWeek,
)

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
    owners = [(f"instruments/{instrument.id}", instrument) for instrument in instruments]
    tables = [
        view.table(Caption.INSTRUMENTS, heads, rows),
        figures_table(view, Caption.FIGURES, owners, about="instruments"),
    ]
    return view.section(Title.INSTRUMENTS, tables)


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
