"""
Hypothesis strategies for every public class, valid by construction.

`of(cls)` is the strategy of a class; `st.from_type(cls)` finds the same one.
Most strategies are derived from the fields. If fields depend on each other, the draw is repaired, never discarded.
The references of a single thing dangle; in a portfolio every reference resolves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from types import MappingProxyType
from typing import Any, Literal, NewType, TypeVar, get_args

from attrs import NOTHING, Attribute, Factory, fields, has
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from levier.model._facts import Between, facts_of
from levier.model._numbers import EXACT
from levier.model._shapes import class_of, hints_of, item_of, may_be_none, options_of
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.appropriations import Appropriations, Execution
from levier.model.awards import Award, Instalment
from levier.model.budget import PaymentSchedule, ScheduledPayment
from levier.model.budget_lines import BudgetLine, BudgetMovement, ExecutionLine, TitleGroup
from levier.model.calls import Application, CallRule
from levier.model.challenges import ChallengeStage
from levier.model.dimensions import BreakdownCode, DimensionCode
from levier.model.entries import JournalEntry
from levier.model.establishments import Establishment
from levier.model.events import Milestone
from levier.model.extra import Extra
from levier.model.figures import Figure
from levier.model.fund import Fund
from levier.model.identifiers import TerritoryId
from levier.model.indicators import Indicator, IndicatorWeight, RollUp
from levier.model.instruments import (
    AnyInstrument,
    CarteBlanche,
    ChallengeCall,
    Consultation,
    InnovationLab,
    InnovationWeek,
    Instrument,
)
from levier.model.journal import Journal
from levier.model.levers import EffectHorizon, Lever, LeverActivation
from levier.model.money import Euros
from levier.model.observations import Observation, Observations
from levier.model.organisations import Organisation, OrganisationKind, Trait
from levier.model.periods import Day, Period
from levier.model.portfolio import NOUNS, Excerpt, Portfolio
from levier.model.programmes import Programme, Project, Reform
from levier.model.quantities import COUNT, EUROS, MONTHS, PERCENT, SHARE, Exactness, Quantity, Unit
from levier.model.registry import Registry
from levier.model.reserves import ReserveRate
from levier.model.savings import CostStatement
from levier.model.sources import Source, Sourced, Stated
from levier.model.surveys import SurveyResult
from levier.model.territories import Succession, Territory
from levier.testing import repairs, scalars
from levier.testing.building import build
from levier.testing.computable import computable_things
from levier.testing.resolving import distinct_key, resolved

__all__ = ["of", "portfolios", "quantities", "sourced"]

T = TypeVar("T")
_Strategy = SearchStrategy[Any]

_SEVERAL = 2
_LARGE = 10**9
_THINGS = 3
_FIRST_WEEK = date(2015, 1, 1)  # a week or a school year begins before the day it was drawn for
_LAST_WEEK = date(2100, 12, 31)


@cache
def of(kind: Any) -> SearchStrategy[Any]:
    """Return the strategy for a public class, or for the type of one of its fields."""
    if kind in _SHAPES:
        return _SHAPES[kind]()
    if isinstance(kind, (NewType, TypeVar)):
        return scalars.identifiers() if isinstance(kind, NewType) else st.nothing()
    if get_args(kind):
        return _of_generic(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    return _of_class(kind)


def _of_class(kind: Any) -> _Strategy:
    if kind.__module__.startswith(("levier.compute.", "levier.wording.")):
        from levier.testing.answers import SHAPES  # with the rooms that it needs

        if kind in SHAPES:
            return SHAPES[kind](of)
    return _made(kind) if has(kind) and kind.__module__.startswith("levier.") else st.from_type(kind)


def quantities(unit: Unit | None = None, *, least: int = -_LARGE, most: int = _LARGE) -> SearchStrategy[Quantity]:
    """Quantities of every exactness, in one unit or in any, from *least* to *most*."""
    kinds, bounds = st.sampled_from(list(Exactness)), scalars.decimals(least, most)
    units, texts = scalars.units() if unit is None else st.just(unit), scalars.texts()

    @st.composite
    def made(draw: st.DrawFn) -> Quantity:
        return repairs.quantity(draw(kinds), (draw(bounds), draw(bounds)), draw(units), draw(texts))

    return made()


def sourced(values: SearchStrategy[T]) -> SearchStrategy[Sourced[T]]:
    """Values of one class with their sources, some of them with alternatives."""
    several = st.lists(_stated(values), max_size=_SEVERAL, unique=True)
    return _composed(Sourced, repairs.explained_preference, value=values, alternatives=several)


def portfolios(*, computable: bool = False) -> SearchStrategy[Portfolio]:
    """
    Small portfolios in which every reference resolves.

    Of things drawn one by one, hardly anything can be computed. With *computable*, the portfolio also holds an
    indicator, a reform, a programme of the State budget and a fund, each with the identifier "computable", on which
    progress, rates and returns exist in most draws.
    """
    things = st.one_of(*[of(cls) for cls in (*NOUNS, Observation)])
    resolved(map(build, (*NOUNS, Observation)))  # fills the caches of types now, so that the first draw is not slow
    loose = st.lists(things, max_size=_THINGS).map(resolved)
    if not computable:
        return loose
    return scalars.together(loose, computable_things()).map(lambda both: both[0].with_(*both[1]))


# ---------------------------------------------------------------- derived from the fields


def _made(cls: Any) -> _Strategy:
    """Return the strategy of a class; what holds its like, as an amount its parts, holds none."""
    if cls in _being_made:
        return st.nothing()
    _being_made.add(cls)
    try:
        repair, special = _REPAIRED.get(cls, (dict, dict))
        return _composed(cls, repair, **special())
    finally:
        _being_made.remove(cls)


_being_made: set[Any] = set()


def _composed(cls: Any, repair: Callable[[repairs.Drawn], repairs.Drawn], **special: _Strategy) -> _Strategy:
    """
    Return the strategy of a class and its parts; validated now, before anything is drawn.

    What a constructor requires is drawn; of the other fields about five are, so that a value is small and shrinks fast.
    """
    parts = _of_fields(cls) | special
    defaults = {name: held for name, held in _defaults(cls).items() if name not in _ALWAYS.get(cls, ())}
    required = {name: part for name, part in parts.items() if name not in defaults}
    optional = {name: part for name, part in parts.items() if name in defaults}
    given = st.lists(st.sampled_from(list(optional)), unique=True) if optional else st.just([])
    for part in (*parts.values(), given):
        part.validate()

    # The parts are drawn here, and not by `st.builds`: it would have each of them explained when a test fails, by a
    # hundred draws, and its repr would list all parts, long enough for a warning.
    @st.composite
    def made(draw: st.DrawFn) -> Any:
        drawn = {name: draw(part) for name, part in required.items()}
        return cls(**repair(defaults | drawn | {name: draw(optional[name]) for name in draw(given)}))

    return made()


def _defaults(cls: Any) -> dict[str, Any]:
    """Return what the fields of a class hold that nobody gives."""
    given = {attribute.name: attribute.default for attribute in fields(cls) if attribute.default is not NOTHING}
    return {name: held.factory() if isinstance(held, Factory) else held for name, held in given.items()}  # type: ignore[arg-type]


@cache
def _of_fields(cls: Any) -> dict[str, _Strategy]:
    hints = hints_of(cls)
    return {attribute.name: _of_field(cls, attribute, hints[attribute.name]) for attribute in fields(cls)}


def _of_field(cls: type[Any], attribute: Attribute[Any], hint: Any) -> _Strategy:
    for key in ((cls, attribute.name), (hint, attribute.name)):
        if key in _FIELDS:
            return _FIELDS[key]()
    if hint is str:
        return _of_text(attribute)
    return of(hint) if (within := _within(attribute, hint)) is None else within


def _within(attribute: Attribute[Any], hint: Any) -> _Strategy | None:
    """Return the strategy of a number that its validator bounds; `None` for anything else."""
    between = next((fact for fact in facts_of(attribute.validator) if isinstance(fact, Between)), None)
    kinds = options_of(hint)
    if between is None or len(kinds) > 1 or kinds[0] not in (int, Decimal):
        return None
    most = _LARGE if between.maximum is None else min(between.maximum, _LARGE)
    draw = st.integers if kinds[0] is int else scalars.decimals
    values = draw(max(between.minimum, -_LARGE), most)
    return _maybe(values) if may_be_none(hint) else values


def _of_text(attribute: Attribute[Any]) -> _Strategy:
    if attribute.name == "id":
        return scalars.identifiers()
    return scalars.texts() if attribute.default == "" else scalars.labels()


def _of_generic(kind: Any) -> _Strategy:
    cls = class_of(kind)
    if options_of(kind) != (kind,):
        kinds = map(of, options_of(kind))
        return st.one_of(st.none(), *kinds) if may_be_none(kind) else st.one_of(*kinds)
    if cls is Literal:
        return st.sampled_from(get_args(kind))
    if cls is tuple and get_args(kind)[-1] is not Ellipsis:
        return st.tuples(*map(of, get_args(kind)))
    if cls in (tuple, Registry):
        return _several(of(item_of(kind))).map(cls)
    if cls not in (Sourced, Stated):
        return _composed(kind, dict)
    return {Sourced: sourced, Stated: _stated}[cls](of(*get_args(kind)))


def _several(items: SearchStrategy[T]) -> SearchStrategy[list[T]]:
    return st.just([]) if items.is_empty else st.lists(items, max_size=_SEVERAL, unique_by=distinct_key)


def _maybe(values: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | values


def _stated(values: SearchStrategy[T]) -> SearchStrategy[Stated[T]]:
    return _composed(Stated, dict, value=values)


def _codes() -> SearchStrategy[list[str]]:
    """Codes of territories, of which some are made to agree with the territory that names them."""
    return st.lists(scalars.territory_codes(), min_size=1, max_size=_SEVERAL, unique=True)


def _years() -> SearchStrategy[int]:
    return st.integers(1959, 2100)


_FIELDS: Mapping[tuple[Any, str], Callable[[], _Strategy]] = MappingProxyType(
    {
        (int, "year"): _years,
        (int | None, "decimals"): lambda: _maybe(st.integers(0, 6)),
        (int, "carry_forward_months"): lambda: st.integers(0, 36),
        (int, "definition"): lambda: st.integers(1, 20),
        (int, "version"): lambda: st.integers(1, 20),
        (int | None, "periodicity_months"): lambda: st.sampled_from([None, 1, 3, 6, 12, 24, 36, 72]),
        (int | None, "sample_size"): lambda: _maybe(st.integers(1, _LARGE)),
        (Period | None, "calendar"): lambda: _maybe(scalars.periods().filter(lambda one: one.first_day is not None)),
        (tuple[str, ...], "idea_ids"): lambda: _several(scalars.identifiers()).map(tuple),
        (tuple[str, ...], "problem_ids"): lambda: _several(scalars.identifiers()).map(tuple),
        (Observation, "value"): scalars.decimals,
        (BreakdownCode, "code"): scalars.identifiers,
        (DimensionCode, "code"): scalars.identifiers,
        (CallRule, "share"): lambda: _maybe(_shares()),
        (ReserveRate, "share"): lambda: st.just(Decimal(0)) | _shares(),
        (ReserveRate, "title"): lambda: st.sampled_from([TitleGroup.STAFF, TitleGroup.OTHER]),
        (Sourced, "preferred_because"): scalars.labels,
        (BudgetLine, "missing_because"): scalars.labels,
        (BudgetMovement, "missing_because"): scalars.labels,
        (ExecutionLine, "missing_because"): scalars.labels,
        (IndicatorWeight, "weight"): lambda: scalars.decimals(0, 100),
        (Succession, "predecessor_ids"): _codes,
        (Territory, "part_ids"): _codes,
        (Territory, "population"): lambda: _maybe(sourced(st.integers(0, _LARGE))),
        (ChallengeStage, "teams"): lambda: _maybe(quantities(COUNT, least=0)),
        (ChallengeStage, "grant"): lambda: _maybe(quantities(EUROS, least=0)),
        (Consultation, "participation"): lambda: _maybe(sourced(quantities(COUNT, least=0)).map(repairs.one_unit)),
        (EffectHorizon, "period"): lambda: scalars.periods().map(repairs.ended),
        (LeverActivation, "cost"): lambda: _maybe(sourced(scalars.amounts())),
        (ChallengeCall, "envelope"): lambda: _maybe(sourced(scalars.amounts())),
        (InnovationLab, "grant"): lambda: _maybe(sourced(scalars.amounts())),
        (InnovationWeek, "edition"): lambda: st.just(1),
        (InnovationWeek, "period"): lambda: sourced(scalars.periods(_FIRST_WEEK, _LAST_WEEK)),
        (SurveyResult, "share"): lambda: quantities(PERCENT, least=0, most=100) | quantities(SHARE, least=0, most=1),
        (AllocationChange, "amount"): lambda: scalars.euros().map(lambda amount: amount or Euros(1)),
        (Application, "requested"): scalars.amounts,
        (Application, "total_cost"): scalars.amounts,
        (Award, "amount"): lambda: _maybe(scalars.amounts()),
        (CallRule, "amount"): lambda: _maybe(scalars.amounts()),
        (CostStatement, "amount"): scalars.amounts,
        (Fund, "allocation"): lambda: _maybe(sourced(scalars.amounts())),
        (Instalment, "amount"): scalars.amounts,
        (JournalEntry, "amount"): lambda: scalars.amounts().map(lambda amount: amount or Euros(1)),
        (Figure, "value"): lambda: of(Sourced[Quantity]).map(repairs.one_unit),
        (PaymentSchedule, "stock"): scalars.amounts,
        (ScheduledPayment, "amount"): scalars.amounts,
        (Organisation, "siren"): lambda: st.just("") | scalars.siren_numbers(),
        (Establishment, "siret"): lambda: scalars.siren_numbers().flatmap(scalars.siret_numbers),
        (Trait, "duration"): lambda: _maybe(quantities(MONTHS, least=0)),
        (Source, "url"): lambda: st.just("") | scalars.identifiers().map("https://example.org/{}".format),
        (YearClosing, "lapsed"): scalars.amounts,
    }
)
"""Strategies of fields for which their type, and the bounds that their validator states, are too wide."""


_ALWAYS: Mapping[Any, tuple[str, ...]] = MappingProxyType(
    {
        Award: ("amount", "contracted_on"),
        BudgetLine: ("missing_because",),
        BudgetMovement: ("missing_because",),
        ExecutionLine: ("missing_because",),
        Fund: ("awards", "entries"),
        Observation: ("value",),
        Sourced: ("alternatives", "preferred_because"),
    }
)
"""Fields that are drawn although they may be left out, because others need them: no money moves without an award."""


# ---------------------------------------------------------------- classes with a strategy of their own


def _excerpts() -> _Strategy:
    things = st.one_of(*[of(cls) for cls in (*NOUNS, Observation)])
    return st.lists(things, max_size=_THINGS, unique_by=_place).map(lambda held: Excerpt.of(*held))


def _place(thing: Any) -> tuple[str, Any]:
    return NOUNS.get(type(thing), ""), distinct_key(thing)


def _amounts(cls: type[Appropriations | Execution]) -> _Strategy:
    pair = scalars.together(scalars.euros(), _maybe(scalars.euros()))
    return pair.map(lambda both: cls(*both)) | scalars.euros().map(lambda amount: cls(None, amount))


def _steps() -> dict[str, _Strategy]:
    step = scalars.together(st.integers(0, 5), st.integers(0, 400), scalars.labels(), _maybe(scalars.identifiers()))
    return {"steps": st.lists(step, max_size=4), "start": scalars.days()}


def _shares() -> SearchStrategy[Decimal]:
    """Shares above zero, up to one."""
    return st.integers(1, 10_000).map(lambda number: EXACT.scaleb(Decimal(number), -4))


def _spare() -> dict[str, _Strategy]:
    kinds = st.sampled_from(list(OrganisationKind)).map(lambda kind: (kind,))
    spare = scalars.together(scalars.amounts(), _shares(), kinds, scalars.labels())
    return {
        "spare": spare.map(lambda drawn: dict(zip(("amount", "share", "owner_kinds", "document"), drawn, strict=True)))
    }


def _uses() -> dict[str, _Strategy]:
    use = scalars.together(st.integers(0, 4), st.integers(0, 4), st.sampled_from([0, 0, 1, 4]), st.integers(0, 1000))
    return {"entries": st.lists(use, max_size=_SEVERAL)}


_REPAIRED: Mapping[Any, tuple[Callable[[repairs.Drawn], repairs.Drawn], Callable[[], dict[str, _Strategy]]]]
_REPAIRED = MappingProxyType(
    {
        Award: (repairs.summed_instalments, dict),
        BudgetLine: (repairs.budget_line, dict),
        BudgetMovement: (repairs.explained_amounts, dict),
        CallRule: (repairs.complete_rule, _spare),
        CarteBlanche: (repairs.own_parts, dict),
        ChallengeCall: (repairs.agreeing_stages, dict),
        Establishment: (repairs.open_head_office, dict),
        ExecutionLine: (repairs.explained_amounts, dict),
        Fund: (repairs.consistent_fund, _uses),
        Indicator: (repairs.ordered_definitions, dict),
        InnovationWeek: (repairs.agreeing_edition, dict),
        Milestone: (repairs.ordered_revisions, dict),
        Observation: (repairs.explained_value, dict),
        Organisation: (repairs.own_establishments, dict),
        PaymentSchedule: (repairs.covered_schedule, dict),
        Programme: (repairs.own_activations, dict),
        Project: (repairs.agreeing_steps, _steps),
        Reform: (repairs.own_weights, dict),
        RollUp: (repairs.ordered_levels, dict),
        Territory: (repairs.agreeing_territory, dict),
    }
)
"""Classes whose fields depend on each other: the repair, and the strategies that replace or add fields."""


def _any_sourced(make: Callable[[_Strategy], _Strategy]) -> _Strategy:
    return st.one_of(*[make(of(kind)) for kind in (int, Euros, Period, Quantity)])


_SHAPES: Mapping[Any, Callable[[], _Strategy]] = MappingProxyType(
    {
        str: scalars.labels,
        int: lambda: st.integers(-_LARGE, _LARGE),
        Decimal: scalars.decimals,
        Day: scalars.days,
        Period: scalars.periods,
        Euros: scalars.euros,
        Unit: scalars.units,
        TerritoryId: scalars.territory_codes,
        Appropriations: partial(_amounts, Appropriations),
        Excerpt: _excerpts,
        Execution: partial(_amounts, Execution),
        Extra: scalars.extras,
        Instrument: partial(of, AnyInstrument),
        Journal: lambda: st.lists(of(JournalEntry), max_size=_SEVERAL).map(Journal),
        Observations: lambda: _several(of(Observation)).map(Observations),
        Portfolio: portfolios,
        Quantity: quantities,
        Registry: lambda: st.one_of(of(Registry[Indicator]), of(Registry[Lever]), of(Registry[Organisation])),
        Sourced: partial(_any_sourced, sourced),
        Stated: partial(_any_sourced, _stated),
    }
)
"""Classes that are not built field by field."""
