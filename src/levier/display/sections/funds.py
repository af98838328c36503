"""The fund: its allocation, its calls and awards, what is committed and paid, and its savings by kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from levier.compute.fund.series import savings_in_force
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.sections.figures import figures_table
from levier.display.view import View
from levier.display.wording import Caption, Title
from levier.model.awards import Award
from levier.model.calls import Call
from levier.model.fund import Fund
from levier.model.journal import EntryKind
from levier.model.money import Euros
from levier.model.savings import Saving

__all__ = ["funds_section"]


def funds_section(view: View) -> Section:
    """Return each fund with its calls, awards, savings and published numbers."""
    funds = view.portfolio.funds.values()
    section = view.section(Title.FUNDS, [table for fund in funds for table in _tables(view, fund)])
    sentences = [_allocation(view, fund) for fund in funds if fund.allocation is not None]
    return evolve(section, sentences=[*sentences, *(() if funds else section.sentences)])


def _allocation(view: View, fund: Fund) -> str:
    said = fund.allocation
    source = "" if said is None else view.source(said.source_id).text
    return view.scribe.say(Phrase.ALLOCATION, label=fund.label, amount=view.scribe.sourced(said).text, source=source)


def _tables(view: View, fund: Fund) -> Iterator[Table]:
    path = f"funds/{fund.id}"
    named = {"about": fund.id, "label": view.scribe.name(fund).text}
    heads: tuple[Head, ...] = (Head.CALL, Head.OPENED_ON, Head.DECIDED_ON, Head.RULES, Head.AWARDS, Head.AWARDED)
    yield view.table(Caption.CALLS, heads, [_call(view, fund, call, path) for call in fund.calls], **named)
    money = (Head.AMOUNT, Head.CONTRACT, Head.COMMITTED, Head.PAID)
    heads = (Head.AWARD, Head.OWNER, Head.CALL, Head.DATE, *money, Head.CAVEAT)
    yield view.table(Caption.AWARDS, heads, [_award(view, fund, award, path) for award in fund.awards], **named)
    how = (Head.WHOSE, Head.METHOD, Head.CAVEAT, Head.STATED, Head.SOURCE)
    heads = (Head.SAVING, Head.STATE, Head.NATURE, Head.AMOUNT, *how)
    savings = [_saving(view, fund, saving, f"{path}/savings/{n}") for n, saving in enumerate(fund.savings)]
    yield view.table(Caption.SAVINGS, heads, savings, notes=_restated(view, fund), **named)
    owners: list[tuple[str, Any]] = [(path, fund)]
    owners += [(f"{path}/calls/{call.id}", call) for call in fund.calls]
    owners += [(f"{path}/awards/{award.id}", award) for award in fund.awards]
    yield figures_table(view, Caption.FUND_FIGURES, owners, **named)


def _call(view: View, fund: Fund, call: Call, path: str) -> Row:
    awards = [award for award in fund.awards if award.call_id == call.id]
    rules = view.scribe.listed(rule.text for rule in call.rules)
    return Row(
        id=f"{path}/calls/{call.id}",
        cells=[
            view.scribe.name(call),
            view.scribe.period(call.opened_on),
            view.scribe.period(call.decided_on),
            view.scribe.text(rules, Phrase.UNKNOWN),
            view.scribe.count(len(awards)),
            _awarded(view, awards),
        ],
    )


def _awarded(view: View, awards: list[Award]) -> Cell:
    """Return what awards come to, with how many that counts where the amount of one is not published."""
    known = [award.amount for award in awards if award.amount is not None]
    cell = view.scribe.euros(Euros.total(known) if known else None)
    if not known or len(known) == len(awards):
        return cell
    counted = view.scribe.say(Phrase.OF, some=len(known), all=len(awards))
    return evolve(cell, text=view.scribe.say(Phrase.STATED_BY, value=cell.text, source=counted))


def _award(view: View, fund: Fund, award: Award, path: str) -> Row:
    calls = {call.id: call for call in fund.calls}
    call = calls.get(award.call_id) if award.call_id is not None else None
    return Row(
        id=f"{path}/awards/{award.id}",
        cells=[
            view.scribe.name(award),
            view.body(award.owner_id),
            view.scribe.missing(Phrase.UNKNOWN) if call is None else view.scribe.name(call),
            view.scribe.period(award.decided_on),
            view.scribe.euros(award.amount),
            view.scribe.day(award.contracted_on),
            _recorded(view, fund, award, EntryKind.COMMITMENT),
            _recorded(view, fund, award, EntryKind.PAYMENT),
            view.scribe.reserved([award.caveat], award.reliability),
        ],
    )


def _recorded(view: View, fund: Fund, award: Award, kind: EntryKind) -> Cell:
    """Return what the journal holds of an award by the day; without any entry at all nothing is known, not zero."""
    entries = [entry for entry in fund.entries if entry.award_id == award.id and entry.on <= view.as_of]
    if not entries:
        return view.scribe.missing(Phrase.NO_ENTRY)
    total = Euros.total(entry.amount for entry in entries if entry.kind is kind)
    if kind is EntryKind.COMMITMENT:
        total -= Euros.total(entry.amount for entry in entries if entry.kind is EntryKind.DECOMMITMENT)
    return view.scribe.euros(total)


def _saving(view: View, fund: Fund, saving: Saving, path: str) -> Row:
    scribe = view.scribe
    return Row(
        id=path,
        cells=[
            _saver(view, fund, saving),
            scribe.term(saving.kind),
            scribe.term(saving.nature),
            scribe.euros(saving.amount),
            scribe.text(saving.whose),
            scribe.text(saving.method),
            scribe.text(saving.caveat, Phrase.NONE_F),
            scribe.period(saving.stated_on),
            view.source(saving.source_id),
        ],
    )


def _saver(view: View, fund: Fund, saving: Saving) -> Cell:
    """Return whose saving it is, the fund's or an award's, and when it falls due."""
    scribe = view.scribe
    cell = (
        scribe.text(scribe.say(Phrase.WHOLE_FUND))
        if saving.award_id is None
        else scribe.name(fund.award(saving.award_id))
    )
    if saving.period is None:
        return cell
    return evolve(cell, text=scribe.say(Phrase.DUE, label=cell.text, period=scribe.period(saving.period).text))


def _restated(view: View, fund: Fund) -> Iterator[str]:
    """Yield which statements take the place of others, and which contradict each other."""
    for fact in savings_in_force(fund.savings, sources=view.portfolio.sources):
        saving = fact.statement
        what = f"{_saver(view, fund, saving).text}, {view.scribe.term(saving.kind).text}"
        for phrase, others in ((Phrase.SAVING_REPLACES, fact.superseded), (Phrase.SAVING_DISPUTED, fact.disputed)):
            if others:
                listed = view.scribe.listed(_stated(view, other) for other in others)
                yield view.scribe.say(phrase, what=what, stated=_stated(view, saving), others=listed)


def _stated(view: View, saving: Saving) -> str:
    amount, source = view.scribe.euros(saving.amount).text, view.source(saving.source_id).text
    return view.scribe.say(Phrase.STATED_BY, value=amount, source=source)
