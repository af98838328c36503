"""The fund: its allocation, its calls and awards, its commitments and payments, and its savings by kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from levier.compute.fund.series import savings_in_force
from levier.display.pages import Cell, Section, Table
from levier.display.phrases import NO_CAVEAT, UNKNOWN, in_parentheses, of
from levier.display.sections.figures import figures_table
from levier.display.view import ColumnOf, Owned, View
from levier.model.awards import Award
from levier.model.calls import Call
from levier.model.entries import EntryKind
from levier.model.fund import Fund
from levier.model.money import Euros
from levier.model.savings import Saving
from levier.wording.messages import Message, clauses, items, message
from levier.wording.said import Value
from levier.wording.values import Name

__all__ = ["funds_section"]


def funds_section(view: View) -> Section:
    """Return each fund with its calls, awards, savings and published numbers."""
    funds = view.portfolio.funds.values()
    tables = [table for fund in funds for table in _tables(view, fund)]
    section = view.section("funds", message("Fund: calls and awards"), tables)
    sentences = [*_allocations(view), *(() if funds else section.sentences)]
    return evolve(section, sentences=sentences)


def _allocations(view: View) -> Iterator[str]:
    for fund in view.portfolio.funds.values():
        if fund.allocation is not None:
            amount, source = view.scribe.sourced(fund.allocation).text, view.source(fund.allocation.source_id).text
            yield view.scribe.say(
                message(
                    "{label}: allocation of {amount} ({source}).", label=Name.of(fund), amount=amount, source=source
                )
            )


def _tables(view: View, fund: Fund) -> Iterator[Table]:
    path, name = f"funds/{fund.id}", Name.of(fund)
    calls = [(f"{path}/calls/{call.id}", call) for call in fund.calls]
    awards = [(f"{path}/awards/{award.id}", award) for award in fund.awards]
    savings = [(f"{path}/savings/{place}", Owned(fund, saving)) for place, saving in enumerate(fund.savings)]
    caption = message("{label}: calls for projects", label=name)
    held_calls = [(place, Owned(fund, call)) for place, call in calls]
    yield view.table(f"calls-{fund.id}", caption, _CALL_COLUMNS, held_calls)
    caption = message("{label}: awarded projects", label=name)
    held_awards = [(place, Owned(fund, award)) for place, award in awards]
    came_back = any(entry.kind is EntryKind.RECOVERY and entry.on <= view.as_of for entry in fund.entries)
    yield view.table(f"awards-{fund.id}", caption, _AWARD_COLUMNS[came_back], held_awards)
    caption = message("{label}: savings", label=name)
    yield view.table(f"savings-{fund.id}", caption, _SAVING_COLUMNS, savings, _restated(view, fund))
    owners: list[tuple[str, Any]] = [(path, fund), *calls, *awards]
    yield figures_table(view, f"fund-figures-{fund.id}", message("{label}: published figures", label=name), owners)


def _awards(row: Owned[Call]) -> list[Award]:
    return [award for award in row.owner.awards if award.call_id == row.part.id]


def _rules(view: View, row: Owned[Call]) -> Cell:
    return view.scribe.text(clauses(*(rule.text for rule in row.part.rules)), UNKNOWN)


def _awarded(view: View, row: Owned[Call]) -> Cell:
    """Return the total of awards, with how many count where the amount of one is not published."""
    awards = _awards(row)
    known = [award.amount for award in awards if award.amount is not None]
    cell = view.scribe.euros(Euros.total(known) if known else None)
    if not known or len(known) == len(awards):
        return cell
    return evolve(cell, text=view.scribe.say(in_parentheses(cell.text, of(len(known), len(awards)))))


def _call(view: View, row: Owned[Award]) -> Cell:
    call = next((call for call in row.owner.calls if call.id == row.part.call_id), None)
    return view.scribe.missing(UNKNOWN) if call is None else view.scribe.name(call)


def _recorded(view: View, row: Owned[Award], kind: EntryKind) -> Cell:
    """Return the journal's total for an award by the day; without any entry it is unknown, which is not zero."""
    entries = [entry for entry in row.owner.entries if entry.award_id == row.part.id and entry.on <= view.as_of]
    if not entries:
        return view.scribe.missing(message("no journal entry"))
    total = Euros.total(entry.amount for entry in entries if entry.kind is kind)
    if kind is EntryKind.COMMITMENT:
        total -= Euros.total(entry.amount for entry in entries if entry.kind is EntryKind.DECOMMITMENT)
    return view.scribe.euros(total)


def _saver(view: View, fund: Fund, saving: Saving) -> Cell:
    """Return the owner of a saving, the fund or an award, and its due date."""
    scribe = view.scribe
    cell = (
        scribe.text(message("the whole fund")) if saving.award_id is None else scribe.name(fund.award(saving.award_id))
    )
    return cell if saving.period is None else evolve(cell, text=scribe.say(in_parentheses(cell.text, saving.period)))


def _restated(view: View, fund: Fund) -> Iterator[Message]:
    """Yield the statements that replace others, and those that contradict each other."""
    for fact in savings_in_force(fund.savings, sources=view.portfolio.sources):
        what = items(_saver(view, fund, fact.statement).text, fact.statement.kind)
        stated = _stated(view, fact.statement)
        if fact.superseded:
            others = clauses(*(_stated(view, other) for other in fact.superseded))
            yield message("{what}: {stated} replaces {others}.", what=what, stated=stated, others=others)
        if fact.disputed:
            yield message(
                "{what}: {stated} and {others} contradict each other; no source settles which is right.",
                what=what,
                stated=stated,
                others=clauses(*(_stated(view, other) for other in fact.disputed)),
            )


def _stated(view: View, saving: Saving) -> Value:
    return in_parentheses(view.scribe.euros(saving.amount).text, view.source(saving.source_id).text)


_CALL_COLUMNS: tuple[ColumnOf[Owned[Call]], ...] = (
    ColumnOf("call", message("Call"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("opened-on", message("Opened on"), lambda view, row: view.scribe.period(row.part.opened_on)),
    ColumnOf("decided-on", message("Decided on"), lambda view, row: view.scribe.period(row.part.decided_on)),
    ColumnOf("rules", message("Rules"), _rules),
    ColumnOf("awards", message("Known awards"), lambda view, row: view.scribe.count(len(_awards(row))), numeric=True),
    ColumnOf("awarded", message("Known amounts"), _awarded, numeric=True),
)
_BEFORE_RECOVERED: tuple[ColumnOf[Owned[Award]], ...] = (
    ColumnOf("award", message("Award"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("owner", message("Owner"), lambda view, row: view.body(row.part.owner_id)),
    ColumnOf("call", message("Call"), _call),
    ColumnOf("date", message("Date"), lambda view, row: view.scribe.period(row.part.decided_on)),
    ColumnOf("amount", message("Amount"), lambda view, row: view.scribe.euros(row.part.amount), numeric=True),
    ColumnOf("contract", message("Contract signed on"), lambda view, row: view.scribe.day(row.part.contracted_on)),
    ColumnOf(
        "committed", message("Committed"), lambda view, row: _recorded(view, row, EntryKind.COMMITMENT), numeric=True
    ),
    ColumnOf("paid", message("Paid"), lambda view, row: _recorded(view, row, EntryKind.PAYMENT), numeric=True),
)
_RECOVERED: ColumnOf[Owned[Award]] = ColumnOf(
    "recovered", message("Recovered"), lambda view, row: _recorded(view, row, EntryKind.RECOVERY), numeric=True
)
_CAVEAT: ColumnOf[Owned[Award]] = ColumnOf(
    "caveat",
    message("Caveat"),
    lambda view, row: view.scribe.reserved([row.part.caveat], row.part.reliability),
)
_AWARD_COLUMNS = {False: (*_BEFORE_RECOVERED, _CAVEAT), True: (*_BEFORE_RECOVERED, _RECOVERED, _CAVEAT)}
"""The columns of awards, by whether money came back: without any, a column of zeros would say nothing."""
_SAVING_COLUMNS: tuple[ColumnOf[Owned[Saving]], ...] = (
    ColumnOf("saving", message("Saving"), lambda view, row: _saver(view, row.owner, row.part)),
    ColumnOf("state", message("Status"), lambda view, row: view.scribe.term(row.part.kind)),
    ColumnOf("nature", message("Recurrence"), lambda view, row: view.scribe.term(row.part.nature)),
    ColumnOf("amount", message("Amount"), lambda view, row: view.scribe.euros(row.part.amount), numeric=True),
    ColumnOf("whose", message("Beneficiary"), lambda view, row: view.scribe.text(row.part.whose)),
    ColumnOf("method", message("Method"), lambda view, row: view.scribe.text(row.part.method)),
    ColumnOf("caveat", message("Caveat"), lambda view, row: view.scribe.text(row.part.caveat, NO_CAVEAT)),
    ColumnOf("stated", message("Date of the statement"), lambda view, row: view.scribe.period(row.part.stated_on)),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.source_id)),
)
