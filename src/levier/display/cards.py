"""Cards: one thing in a few lines, each a label and what is said under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, final

from attrs import field, fields, frozen

from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import BudgetYear
from levier.compute.budget.rates import Denominator
from levier.display import locale
from levier.display.heads import Head
from levier.display.knowledge import latest_day
from levier.display.pages import Cell
from levier.display.phrases import Phrase
from levier.display.scribe import Scribe
from levier.display.sections.conflicts import disputed
from levier.display.wording import CardKind, Count
from levier.errors import InvalidValueError
from levier.model.indicators import Indicator
from levier.model.money import Appropriation
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.model.terms import Lang

__all__ = ["CARDED", "Card", "Carded", "card_of"]

Carded: TypeAlias = BudgetYear | Indicator | Portfolio | Project
Line: TypeAlias = tuple[str, Cell]

_MEASURES = {Head.VOTED: BudgetMeasure.VOTED, Head.OPENED: BudgetMeasure.OPENED, Head.USED: BudgetMeasure.USED}

CARDED: tuple[type[Carded], ...] = (BudgetYear, Indicator, Portfolio, Project)
"""What a card can be made of."""


@final
@frozen(kw_only=True)
class Card:
    """
    One thing in a few lines, in one language.

    >>> Card(kind="Project", name=Cell(text="FranceConnect", value="FranceConnect"), lang="en").lines
    ()
    """

    kind: str
    name: Cell
    lang: Lang
    lines: tuple[Line, ...] = field(default=(), converter=tuple[Line, ...])


def card_of(value: Carded, lang: Lang) -> Card:
    """
    Return the card of a portfolio, a project, an indicator or a budget year.

    Raises:
        InvalidValueError: For anything else.

    >>> card_of(Indicator(id="t", label="Délai", label_en="Waiting time", unit="days"), "en").name.text
    'Waiting time'
    """
    scribe = Scribe(lang)
    match value:
        case Portfolio():
            name = scribe.text(scribe.say(CardKind.PORTFOLIO))
            return Card(kind="levier", name=name, lang=lang, lines=_portfolio(value, scribe))
        case Project():
            kind = scribe.say(CardKind.PROJECT)
            return Card(kind=kind, name=scribe.name(value), lang=lang, lines=_project(value, scribe))
        case Indicator():
            kind = scribe.say(CardKind.INDICATOR)
            return Card(kind=kind, name=scribe.name(value), lang=lang, lines=_indicator(value, scribe))
        case BudgetYear():
            name = scribe.text(scribe.say(CardKind.YEAR_OF, programme=value.programme_id, year=value.year))
            return Card(kind=scribe.say(CardKind.BUDGET_YEAR), name=name, lang=lang, lines=_budget_year(value, scribe))
        case _:
            raise InvalidValueError("card", value, "a portfolio, a project, an indicator or a budget year")


def _portfolio(portfolio: Portfolio, scribe: Scribe) -> Iterator[Line]:
    nouns = [noun.name for noun in fields(Portfolio)]
    for count in Count:
        if count.value in nouns and (number := len(getattr(portfolio, count.value))):
            yield scribe.say(count), scribe.count(number)
    measured = {row.indicator_id for row in portfolio.observations if row.value is not None}
    gaps = sum(identifier not in measured for identifier in portfolio.indicators)
    yield scribe.say(Count.UNMEASURED), scribe.count(gaps)
    yield scribe.say(Count.CONFLICTS), scribe.count(sum(1 for _ in disputed(portfolio)))
    yield scribe.say(Count.LATEST_DAY), scribe.day(latest_day(portfolio))


def _project(project: Project, scribe: Scribe) -> Iterator[Line]:
    step = project.steps[-1] if project.steps else None
    yield scribe.say(Head.PHASE), scribe.phase(step)
    if step is not None:
        yield scribe.say(Head.SINCE), scribe.day(step.on)
        yield scribe.say(Head.BECAUSE), scribe.text(step.because)
    yield scribe.say(Head.OWNER), scribe.text(project.owner_id or "", Phrase.UNKNOWN)
    yield scribe.say(Head.CALENDAR), scribe.period(project.calendar, Phrase.NO_CALENDAR)
    yield scribe.say(Head.LEVERS), scribe.text(", ".join(project.lever_ids))
    yield scribe.say(Head.INDICATORS), scribe.text(", ".join(project.indicator_ids))
    yield scribe.say(Count.MILESTONES), scribe.count(len(project.milestones))


def _indicator(indicator: Indicator, scribe: Scribe) -> Iterator[Line]:
    months = None if indicator.frequency is None else locale.months(indicator.frequency, scribe.lang)
    yield scribe.say(Head.UNIT), scribe.text(locale.unit_name(indicator.unit, scribe.lang))
    yield scribe.say(Head.UNIVERSE), scribe.text(indicator.universe, Phrase.UNKNOWN)
    yield scribe.say(Head.DIRECTION), scribe.term(indicator.direction, Phrase.NO_DIRECTION)
    yield scribe.say(Head.KIND), scribe.term(indicator.kind)
    yield scribe.say(Head.FREQUENCY), scribe.text(months or "", Phrase.UNKNOWN)
    if len(indicator.definitions) > 1:
        yield scribe.say(Count.DEFINITIONS), scribe.count(len(indicator.definitions))


def _budget_year(year: BudgetYear, scribe: Scribe) -> Iterator[Line]:
    for of in Appropriation:
        for head, measure in _MEASURES.items():
            yield f"{scribe.say(head)} ({of.label(scribe.lang)})", scribe.amount(year.amount(measure, of))
        for over in (Denominator.VOTED, Denominator.OPENED):
            yield _rate_label(of, over, scribe), scribe.rate(year.execution_rate(of=of, over=over))


def _rate_label(of: Appropriation, over: Denominator, scribe: Scribe) -> str:
    return scribe.say(CardKind.RATE, of=of.label(scribe.lang), over=over.label(scribe.lang))
