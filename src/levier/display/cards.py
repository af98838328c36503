"""Cards: one thing in a few lines, each a label and a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from attrs import field, fields, frozen

from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import BudgetYear
from levier.compute.budget.rates import Denominator
from levier.display.knowledge import latest_day
from levier.display.pages import Cell
from levier.display.phrases import CONFLICTS, NO_CALENDAR, NOUNS, UNKNOWN
from levier.display.scribe import Scribe
from levier.display.sections.conflicts import disputed
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model.appropriations import AppropriationKind
from levier.model.indicators import Indicator
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.model.quantities import MONTHS
from levier.model.terms import Lang, LangLike, language
from levier.wording.messages import Message, items, message
from levier.wording.said import Value
from levier.wording.units import unit_name
from levier.wording.values import Number

__all__ = ["CARDED", "Card", "Carded", "card_of"]

Carded: TypeAlias = BudgetYear | Indicator | Portfolio | Project
Line: TypeAlias = tuple[str, Cell]
_Said: TypeAlias = tuple[Value, Cell]

CARDED: tuple[type[Carded], ...] = (BudgetYear, Indicator, Portfolio, Project)
"""The classes that have a card."""
_PERIODICITIES: Mapping[int, Message] = MappingProxyType(
    {1: message("monthly"), 3: message("quarterly"), 6: message("half-yearly"), 12: message("yearly")}
)


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
    lang: Lang = field(converter=language)
    lines: tuple[Line, ...] = field(default=(), converter=tuple[Line, ...])


def card_of(value: Carded, lang: LangLike) -> Card:
    """
    Return the card of a portfolio, a project, an indicator or a budget year.

    Raises:
        InvalidValueError: For any other value, and for an unsupported language.

    >>> card_of(Indicator(id="t", label="Délai", label_en="Waiting time", unit="days"), "en-GB").name.text
    'Waiting time'
    """
    scribe = Scribe(lang)
    match value:
        case Portfolio():
            return _card("levier", scribe.text(message("Portfolio")), _portfolio(value, scribe), scribe)
        case Project():
            return _card(message("Project"), scribe.name(value), _project(value, scribe), scribe)
        case Indicator():
            return _card(message("Indicator"), scribe.name(value), _indicator(value, scribe), scribe)
        case BudgetYear():
            name = message("Programme {programme}, {year}", programme=value.programme_id, year=str(value.year))
            return _card(message("Budget year"), scribe.text(name), _budget_year(value, scribe), scribe)
        case _:
            raise InvalidValueError("card", value, "a portfolio, a project, an indicator or a budget year")


def _card(kind: Value, name: Cell, lines: Iterator[_Said], scribe: Scribe) -> Card:
    told = [(scribe.say(label), cell) for label, cell in lines]
    return Card(kind=scribe.say(kind), name=name, lang=scribe.lang, lines=told)


def _portfolio(portfolio: Portfolio, scribe: Scribe) -> Iterator[_Said]:
    held = {noun.name for noun in fields(Portfolio)}
    for noun, label in NOUNS.items():
        if noun in held and (number := len(getattr(portfolio, noun))):
            yield label, scribe.count(number)
    measured = {row.indicator_id for row in portfolio.observations if row.value is not None}
    gaps = sum(identifier not in measured for identifier in portfolio.indicators)
    yield message("Indicators without any value"), scribe.count(gaps)
    yield CONFLICTS, scribe.count(sum(1 for _ in disputed(portfolio)))
    yield message("Latest date known"), scribe.day(latest_day(portfolio))


def _project(project: Project, scribe: Scribe) -> Iterator[_Said]:
    step = project.steps[-1] if project.steps else None
    yield message("Phase"), scribe.phase(step)
    if step is not None:
        yield message("Since"), scribe.day(step.on)
        yield message("Reason"), scribe.text(step.because)
    yield message("Owner"), scribe.text(project.owner_id or "", UNKNOWN)
    yield message("Calendar"), scribe.period(project.calendar, NO_CALENDAR)
    yield message("Levers"), scribe.text(items(*project.lever_ids))
    yield message("Indicators"), scribe.text(items(*project.indicator_ids))
    yield message("Milestones"), scribe.count(len(project.milestones))


def _indicator(indicator: Indicator, scribe: Scribe) -> Iterator[_Said]:
    yield message("Unit"), scribe.text(unit_name(indicator.unit))
    yield message("What is counted"), scribe.text(indicator.universe, UNKNOWN)
    yield message("Expected change"), scribe.term(indicator.direction, message("change not stated"))
    yield message("Kind"), scribe.term(indicator.kind)
    yield message("Periodicity"), scribe.text(_periodicity(indicator.periodicity_months), UNKNOWN)
    if len(indicator.definitions) > 1:
        yield message("Versions of the definition"), scribe.count(len(indicator.definitions))


def _periodicity(months: int | None) -> Value:
    if months is None:
        return ""
    return _PERIODICITIES.get(months) or message("every {duration}", duration=Number(months, MONTHS))


def _budget_year(year: BudgetYear, scribe: Scribe) -> Iterator[_Said]:
    for of in AppropriationKind:
        yield message("Voted ({of})", of=of), scribe.amount(year.amount(BudgetMeasure.VOTED, of))
        yield message("Opened ({of})", of=of), scribe.amount(year.amount(BudgetMeasure.OPENED, of))
        yield message("Used ({of})", of=of), scribe.amount(year.amount(BudgetMeasure.USED, of))
        for over in (Denominator.VOTED, Denominator.OPENED):
            yield _rate_label(of, over), scribe.rate(year.execution_rate(of=of, over=over))


def _rate_label(of: AppropriationKind, over: Denominator) -> Message:
    return message("Execution rate ({of}, as a share of {over})", of=of, over=over)
