"""
One skeleton for every public class of the model, read off one table.

Each row says how people write the class down, one change, and three things it refuses, with the field that the error
names and why.
A class that is missing from the table fails the first test.
"""

from __future__ import annotations

import copy
import json as stdjson
import pickle
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import partial
from importlib import import_module
from inspect import isclass
from operator import attrgetter, methodcaller
from typing import Any, NamedTuple, Protocol

import attrs
import pendulum
import pytest
from attrs import evolve

import levier.model
from levier.errors import (
    DanglingReferenceError,
    DuplicateItemsError,
    ForbiddenTransitionError,
    InvalidValueError,
    LevierError,
)
from levier.model._converters import TermOrNone, TermsOf, TupleOf
from levier.model._immutable import Immutable, Shared
from levier.model._things import RegistryOf
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.appropriations import Appropriations, Execution
from levier.model.awards import Award, Instalment
from levier.model.belonging import Subtree
from levier.model.budget import (
    BudgetAction,
    BudgetLink,
    BudgetProgramme,
    OutstandingStatement,
    PaymentSchedule,
    ScheduledPayment,
    ScopeChange,
)
from levier.model.budget_lines import BudgetLine, BudgetMovement, ExecutionLine
from levier.model.calls import Application, Call, CallRule
from levier.model.cartes_blanches import Experiment, Idea, LocalProblem
from levier.model.challenges import ChallengeStage
from levier.model.dating import KnownSince
from levier.model.dimensions import BreakdownCode, Dimension, DimensionCode
from levier.model.entries import JournalEntry
from levier.model.establishments import Establishment
from levier.model.events import Decision, Event, Milestone, Revision, Risk
from levier.model.extra import Extra
from levier.model.figures import Figure
from levier.model.fund import Fund
from levier.model.indicators import Definition, Indicator, IndicatorWeight, RollUp
from levier.model.instruments import (
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    CommunityHub,
    Consultation,
    InnovationLab,
    InnovationWeek,
    Instrument,
    LocalEvent,
)
from levier.model.journal import Journal
from levier.model.levers import ActivatesLevers, EffectHorizon, IntendedEffect, Lever, LeverActivation, Method
from levier.model.lifecycle import Phase, PhaseStep
from levier.model.money import Euros
from levier.model.names import DatedName
from levier.model.objectives import Objective
from levier.model.observations import Observation, Observations
from levier.model.organisations import Organisation, Trait
from levier.model.periods import Period
from levier.model.portfolio import NOUNS, Excerpt, Portfolio
from levier.model.programmes import ConfidenceRating, Lead, Programme, Project, Reform
from levier.model.quantities import COUNT, DAYS, EUROS, MONTHS, PERCENT, Quantity
from levier.model.references import find_references
from levier.model.registry import Registry
from levier.model.reserves import ReserveRate
from levier.model.savings import CostStatement, Saving
from levier.model.sources import Source, Sourced, Stated
from levier.model.surveys import Survey, SurveyResult
from levier.model.terms import Term
from levier.model.territories import Succession, Territory
from levier.model.trees import Branch
from levier.serialization import dumps, json, structure, unstructure
from levier.serialization.limits import encoded


class Case(NamedTuple):
    """How a class is written, what changes it, and three pairs of what it refuses and where the error points."""

    cls: Any
    written: Mapping[str, Any]
    change: Callable[[Any], Any]
    refused: tuple[tuple[Mapping[str, Any], str], tuple[Mapping[str, Any], str], tuple[Mapping[str, Any], str]]
    wire: Any = None

    def build(self, **instead: Any) -> Any:
        """Return the value as written, or with some of it written otherwise."""
        return self.cls(**{**self.written, **instead})


def relabelled(value: Any) -> Any:
    """Return a labelled thing under another label."""
    return evolve(value, label="Another label")


def restated(value: Any) -> Any:
    """Return a value that names its source, naming another one."""
    return evolve(value, source_id="another-source")


FORTY = Sourced(value=Quantity.about(40, COUNT, stated="about 40"), source_id="interview")
MOMENT = pendulum.datetime(2019, 6, 14)  # a pendulum.DateTime is a pendulum.Date by inheritance, and no day
LINE = {"year": 2021, "amounts": Appropriations(40_000_000, 148_743_689), "source_id": "rap-2021"}
MERGER = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
FIGURE = Figure(id="reforms", label="Reforms", value=FORTY, universe="reforms of the State", period="2019")
MILESTONE = Milestone(
    id="pilot",
    label="Pilot open",
    planned="2019-09",
    revisions=[Revision(planned="2020-01", decided_on="2019-10-01", because="late contract")],
    done_on="2020-01-15",
    not_done_on="2019-12-02",
)
LEAD = Lead(organisation_id="ditp", role="head of department")
RATING = ConfidenceRating(level="attainable", on="2019-06-01", by_id="ditp", territory_id="46")
SINCE = Sourced(
    value=Period("2017-12-14"),
    source_id="interview",
    reliability="article",
    alternatives=[Stated(value=Period("2017-12-15"), source_id="gazette-2018")],
    preferred_because="the day of the first workshop",
)
EVENT = Event(id="citp-3", label="3e CITP", on=SINCE)
PULL = LeverActivation(lever_id="digital", territory_ids=["46"], cost=Sourced(value=Euros(1), source_id="note"))
RISK = Risk(id="late", label="Marché tardif", on=SINCE)
DECISION = Decision(id="one-counter", label="Un guichet unique", on=SINCE, by_id="citp")
CALL = Call(
    id="call-1",
    label="First call",
    opened_on="2017-11",
    decided_on="2018-06-20",
    rules=[CallRule(kind="floor", text="At least 1 M€", amount=1_000_000, source_id="rules")],
    figures=[FIGURE],
)

TABLE = (
    Case(
        Euros,
        {"value": "419854003"},
        lambda euros: euros + Euros("0.01"),
        (
            ({"value": 0.1}, ""),  # a float is not exact
            ({"value": "1.001"}, ""),  # no fraction of a cent
            ({"value": True}, ""),  # a truth is no number
        ),
    ),
    Case(
        Extra,
        {"keys": {"x-jira": "FC-1", "x-tags": ["a", 0.5, None]}},
        lambda extra: Extra({**extra, "x-jira": "FC-2"}),
        (
            ({"keys": {"jira": "FC-1"}}, ""),  # a key of a later release could be the same
            ({"keys": {"x-paid": Decimal(1)}}, ""),  # no value of JSON
            ({"keys": ["x-jira"]}, ""),  # no keys at all
        ),
    ),
    Case(
        Appropriations,
        {"commitment": "200000000", "payment": None},
        methodcaller("__neg__"),
        (
            ({"commitment": 0.5}, "commitment"),  # a float is not exact
            ({"commitment": None}, "payment"),  # a line without any amount says nothing
            ({"payment": "12,50"}, "payment"),  # a decimal comma is the reader's work, not the model's
        ),
    ),
    Case(
        Execution,
        {"committed": 166_988_229, "paid": Decimal(133_919_661)},
        lambda execution: execution + execution,
        (
            ({"committed": None, "paid": None}, "paid"),  # nothing was published at all
            ({"committed": "1e3"}, "committed"),  # no exponent in money
            ({"paid": Decimal("NaN")}, "paid"),  # not a number
        ),
    ),
    Case(
        Period,
        {"value": "2018/2022"},
        lambda period: Period(period.first_day),
        (
            ({"value": "2019-13"}, ""),  # no thirteenth month
            ({"value": "20190614"}, ""),  # the compact form is refused
            ({"value": MOMENT}, ""),  # a moment is no day
        ),
    ),
    Case(
        Quantity,
        {"lower": "150000", "upper": 250_000, "unit": "EUR", "stated": "150 to 250 k€"},
        lambda quantity: quantity * 3,
        (
            ({"lower": 1.5}, "lower"),  # a float is not exact
            ({"upper": 1}, "upper"),  # the upper bound is below the lower one
            ({"approximate": True}, "approximate"),  # "about" between two bounds means nothing
        ),
    ),
    Case(
        Figure,
        {
            "id": "followed-reforms",
            "label": "Reforms followed",
            "value": FORTY,
            "universe": "reforms",
            "period": "2019",
        },
        relabelled,
        (
            ({"id": "followed reforms"}, "id"),  # a space is no part of an identifier
            ({"value": FORTY.value}, "value"),  # a number without its source
            ({"period": "spring 2019"}, "period"),  # not ISO 8601
        ),
    ),
    Case(
        Source,
        {"id": "interview", "title": "Interview of the head of DITP", "published_on": "2019-06-14"},
        lambda source: evolve(source, licence="Licence Ouverte 2.0"),
        (
            ({"title": " "}, "title"),  # says nothing
            ({"published_on": "14/06/2019"}, "published_on"),  # French dates are the reader's work
            ({"url": None}, "url"),  # an unknown address is an empty text
        ),
    ),
    Case(
        Stated,
        {"value": 65, "source_id": "gazette-2018", "on": "2018-03", "caveat": "one source only"},
        restated,
        (
            ({"value": 6.5}, "value"),  # a float is not exact
            ({"value": [65]}, "value"),  # a list can change under you
            ({"source_id": ""}, "source_id"),  # an empty text names no source
        ),
        Stated[int],
    ),
    Case(
        Sourced,
        {
            "value": 63,
            "source_id": "horizons-publics",
            "reliability": "secondary",
            "alternatives": [Stated(value=65, source_id="gazette-2018")],
            "preferred_because": "the source that describes the area",
        },
        restated,
        (
            ({"preferred_because": ""}, "preferred_because"),  # a preference without a reason
            ({"alternatives": [Stated(value="65", source_id="gazette-2018")]}, "alternatives"),  # of another type
            ({"alternatives": []}, "preferred_because"),  # a reason without a preference
        ),
        Sourced[int],
    ),
    Case(
        Registry,
        {"items": [Method(id="nudge", label="Nudge"), Method(id="design", label="Design")]},
        lambda registry: registry.without("nudge"),
        (
            ({"items": [3]}, ""),  # a number has no identifier
            ({"items": 3}, ""),  # one thing that is no sequence
            ({"items": [Method(id="a", label="A"), Method(id="a", label="B")]}, "the registry of Method"),  # twice
        ),
        Registry[Method],
    ),
    Case(
        Territory,
        {
            "id": "74010",
            "label": "Annecy",
            "parent_id": "74",
            "population": Sourced(value=130_721, source_id="insee"),
            "names": [DatedName(name="Annecy", period="1943/..")],
            "period": "1943/..",
            "successions": [MERGER],
        },
        relabelled,
        (
            ({"id": "20"}, "id"),  # Corsica is 2A and 2B
            ({"id": "740101"}, "id"),  # too long
            ({"id": "200066794"}, "id"),  # a SIREN with a wrong check digit
            ({"parent_id": "46042"}, "parent_id"),  # another municipality is not around it
            ({"period": "2023/2008"}, "period"),  # ends before it starts
            ({"successions": [MERGER] * 2}, "successions"),  # two on one day
            ({"successions": [Succession(on="2017-01-01", predecessor_ids=["74"])]}, "successions"),  # of another level
            ({"successions": ["2017-01-01"]}, "successions"),  # the day alone
            ({"part_ids": ["74268"]}, "part_ids"),  # a municipality lists no parts
            ({"id": "200066793", "parent_id": "FR", "successions": [], "part_ids": ["74"]}, "part_ids"),  # no town
            ({"names": ["Annecy"]}, "names"),  # the name alone
            ({"population": Sourced(value=-1, source_id="insee")}, "population"),  # fewer than nobody
        ),
    ),
    Case(
        Succession,
        {"on": "2017-01-01", "predecessor_ids": ["74010", "74268"], "source_id": "decree"},
        lambda step: evolve(step, on="2018-01-01"),
        (
            ({"on": "2017"}, "on"),  # a succession has a day
            ({"predecessor_ids": []}, "predecessor_ids"),  # of what
            ({"predecessor_ids": ["74010", "74010"]}, "predecessor_ids"),  # the same one twice
            ({"predecessor_ids": "74010"}, "predecessor_ids"),  # one that is no sequence
            ({"source_id": 3}, "source_id"),  # not a text
        ),
    ),
    Case(
        DatedName,
        {"name": "Pôle emploi", "period": "2008-12-19/2023-12-31", "source_id": "decree"},
        lambda name: evolve(name, name="France Travail"),
        (
            ({"name": ""}, "name"),  # a name that says nothing
            ({"period": "2023/2008"}, "period"),  # ends before it starts
            ({"source_id": 3}, "source_id"),  # not a text
        ),
    ),
    Case(
        Trait,
        {
            "label": "Pari de la confiance",
            "label_en": "Trust",
            "duration": Quantity.at_least(24, MONTHS, stated="plusieurs années"),
            "source_id": "interview",
        },
        restated,
        (
            ({"duration": Quantity.at_least(730, DAYS)}, "duration"),  # counted in months
            ({"duration": Quantity.exact(-1, MONTHS)}, "duration"),  # less than no time
            ({"label": None}, "label"),  # not a text
            ({"label_en": " Trust"}, "label_en"),  # a space before it
            ({"source_id": ""}, "source_id"),  # who says so
        ),
    ),
    Case(
        Organisation,
        {
            "id": "france-travail",
            "label": "France Travail",
            "kind": "operator",
            "siren": "130005481",
            "establishments": [Establishment(siret="13000548100010", label="Siège")],
            "parent_id": "ministry-of-labour",
            "territory_id": "FR",
            "names": [DatedName(name="Pôle emploi", period="2008/2023", source_id="decree")],
            "predecessor_ids": ["anpe"],
            "traits": [Trait(label="Laboratoires", source_id="interview")],
            "figures": [FIGURE],
        },
        relabelled,
        (
            ({"siren": "130005482", "establishments": []}, "siren"),  # the check digit is wrong
            (
                {"establishments": [Establishment(siret="35600000000048")]},
                "establishments",
            ),  # La Poste's, not of this SIREN
            ({"siren": ""}, "establishments"),  # whose is it
            ({"establishments": ["13000548100010"]}, "establishments"),  # the number alone
            ({"establishments": [Establishment(siret="13000548100010")] * 2}, "establishments"),  # the same one twice
            ({"kind": "company"}, ""),  # none of the kinds: the vocabulary itself refuses it
        ),
    ),
    Case(
        Establishment,
        {
            "siret": "13000548100010",
            "label": "Siège",
            "territory_id": "75120",
            "period": "2008-12-19/..",
            "head_office": "2008-12-19/..",
            "source_id": "sirene",
        },
        relabelled,
        (
            ({"siret": "13000548100011"}, "siret"),  # the check digit is wrong
            ({"siret": ""}, "siret"),  # nothing identifies it
            ({"siret": 13000548100010}, "siret"),  # not a text
            ({"label": None}, "label"),  # not a text
            ({"period": "2020/2018"}, "period"),  # ends before it starts
            ({"head_office": "2007"}, "head_office"),  # before it opened
            ({"territory_id": ""}, "territory_id"),  # no reference
            ({"source_id": 3}, "source_id"),  # not a text
        ),
    ),
    Case(
        Definition,
        {"version": 2, "text": "Contract signed within six months", "period": "2020/..", "source_id": "pap-2020"},
        lambda definition: evolve(definition, version=3),
        (
            ({"version": 0}, "version"),  # versions count from 1
            ({"version": "2"}, "version"),  # a text is no number
            ({"text": ""}, "text"),  # a definition that says nothing
        ),
    ),
    Case(
        Indicator,
        {
            "id": "appraisal-time",
            "label": "Délai d’instruction",
            "unit": "days",
            "universe": "applications",
            "direction": "decrease",
            "kind": "service-quality",
            "viewpoint": "user",
            "aggregation": "mean",
            "periodicity_months": 12,
            "lag_months": 3,
            "decimals": 1,
            "definitions": [Definition(version=1, text="From deposit to decision")],
            "roll_ups": [RollUp(level="region", actual="mean")],
        },
        relabelled,
        (
            ({"roll_ups": [RollUp(actual=rule) for rule in ("sum", "mean")]}, "roll_ups"),  # one level, two rules
            ({"periodicity_months": 5}, "periodicity_months"),  # no series comes every five months
            ({"periodicity_months": 12.0}, "periodicity_months"),  # months are whole numbers
            ({"definitions": [Definition(version=1, text=text) for text in ("a", "b")]}, "definitions"),  # one version
        ),
    ),
    Case(
        IndicatorWeight,
        {"indicator_id": "appraisal-time", "level": "department", "weight": "60.0", "except_in": ["2A"]},
        lambda weight: evolve(weight, weight=30),
        (
            ({"weight": -1}, "weight"),  # counts for less than nothing
            ({"weight": 0.5}, "weight"),  # a float is not exact
            ({"indicator_id": ""}, "indicator_id"),  # the weight of nothing
        ),
    ),
    Case(
        RollUp,
        {"level": "nation", "from_level": "region", "actual": "weighted-mean", "target": "sum", "weight_id": "people"},
        lambda rules: evolve(rules, target=None),
        (
            ({"from_level": "nation"}, "from_level"),  # the nation is not made of nations
            ({"carry_forward_months": -1}, "carry_forward_months"),  # nothing is carried back
            ({"weight_id": ""}, "weight_id"),  # an empty text names nothing
        ),
    ),
    Case(
        DimensionCode,
        {"code": "F", "label": "Femmes", "label_en": "Women"},
        relabelled,
        (
            ({"code": "two words"}, "code"),  # a space parts the codes of a key
            ({"code": 25}, "code"),  # a number is no text
            ({"label": ""}, "label"),  # a code that says nothing
        ),
    ),
    Case(
        Dimension,
        {
            "id": "sex",
            "label": "Sexe",
            "codes": [DimensionCode(code="F", label="Femmes"), DimensionCode(code="M", label="Hommes")],
            "is_partition": True,
            "source_ids": ["insee"],
        },
        relabelled,
        (
            ({"codes": [DimensionCode(code="F", label=label) for label in ("a", "b")]}, "codes"),  # one code twice
            ({"codes": ["F"]}, "codes"),  # a text is no code
            ({"is_partition": 1}, "is_partition"),  # a number is no truth
        ),
    ),
    Case(
        BreakdownCode,
        {"dimension_id": "sex", "code": "F"},
        lambda one: evolve(one, code="M"),
        (
            ({"dimension_id": ""}, "dimension_id"),  # a code of nothing
            ({"code": "F,age=3"}, "code"),  # a comma parts the codes of a path
            ({"code": None}, "code"),  # no code is no breakdown
        ),
    ),
    Case(
        Observation,
        {
            "indicator_id": "appraisal-time",
            "territory_id": "46",
            "period": "2020",
            "kind": "actual",
            "value": "95.0",
            "sample_size": 120,
            "source_id": "rap-2020",
            "recorded_on": "2021-05-27",
            "breakdown": [BreakdownCode("sex", "F")],
        },
        lambda observation: evolve(observation, value=None, state="coming"),
        (
            ({"breakdown": [BreakdownCode("sex", code) for code in "FM"]}, "breakdown"),  # two codes of one dimension
            ({"breakdown": ["F"]}, "breakdown"),  # a text names no dimension
            ({"breakdown": None}, "breakdown"),  # the whole is an empty breakdown
            ({"value": 95.0}, "value"),  # a float is not exact
            ({"value": None}, "state"),  # missing, and no reason why
            ({"recorded_on": MOMENT}, "recorded_on"),  # a moment is no day
        ),
    ),
    Case(
        Observations,
        {"rows": [Observation(indicator_id="i", period=year, kind="target", value=60) for year in ("2021", "2020")]},
        lambda table: table.without(table[0]),
        (
            ({"rows": ["2020"]}, ""),  # a text is no observation
            ({"rows": 3}, ""),  # one thing that is no sequence
            ({"rows": [Observation(indicator_id="i", period="2020", kind="target", value=v) for v in (1, 2)]}, "rows"),
        ),
    ),
    Case(
        SurveyResult,
        {
            "id": "satisfied",
            "question": "Are you satisfied?",
            "share": Quantity.exact("86.0", PERCENT),
            "decimals": 1,
            "sample_size": 1000,
            "period": "2019-05",
            "source_id": "page",
        },
        lambda result: evolve(result, sample_size=None),
        (
            ({"share": Quantity.exact(101, PERCENT)}, "share"),  # more than all of them
            ({"share": Quantity.exact(1, COUNT)}, "share"),  # a count is no share
            ({"sample_size": 0}, "sample_size"),  # nobody answered: that is no sample
        ),
    ),
    Case(
        Survey,
        {
            "id": "firms",
            "label": "Quality of service to firms",
            "population": "Firms that recruit",
            "mode": "online",
            "self_selected": True,
            "organisation_id": "france-travail",
            "results": [
                SurveyResult(id="r", question="?", share=Quantity.exact("0.86", "share"), source_id="page"),
            ],
        },
        relabelled,
        (
            ({"population": ""}, "population"),  # a survey of nobody
            ({"self_selected": 1}, "self_selected"),  # a number is no truth
            ({"results": FORTY}, "results"),  # one thing where a sequence is due
        ),
    ),
    Case(
        Objective,
        {"id": "users", "label": "Qualité de service", "level": "objective", "parent_id": "transform"},
        relabelled,
        (
            ({"id": "-users"}, "id"),  # a dash at its end
            ({"parent_id": ""}, "parent_id"),  # an empty text names nothing
            ({"indicator_ids": "speed"}, "indicator_ids"),  # a text is no sequence of texts
        ),
    ),
    Case(
        EffectHorizon,
        {"period": "2030", "size": Quantity.exact("-3.2", "MtCO2e"), "source_id": "snbc"},
        restated,
        (
            ({"period": "2030/.."}, "period"),  # never reached
            ({"period": None}, "period"),  # by when
            ({"size": None}, "size"),  # of no size: then it is no horizon
        ),
    ),
    Case(
        IntendedEffect,
        {
            "indicator_id": "waiting-time",
            "direction": "decrease",
            "size": Quantity.at_least(10, PERCENT),
            "horizons": [EffectHorizon(period="2030", size=Quantity.exact(20, PERCENT))],
            "mechanism": "simplification",
            "source_id": "study",
        },
        restated,
        (
            ({"indicator_id": ""}, "indicator_id"),  # moves nothing
            ({"size": 10}, "size"),  # ten of what
            ({"direction": "down"}, ""),  # none of the directions: the vocabulary itself refuses it
        ),
    ),
    Case(
        Lever,
        {
            "id": "digital",
            "label": "Transformation numérique",
            "parent_id": "invest",
            "objective": "Halve the waiting time by 2030",
            "tags": ["digital", "front office"],
            "effects": [
                IntendedEffect(
                    indicator_id="waiting-time",
                    horizons=[EffectHorizon(period="2030", size=Quantity.exact(-10, DAYS), source_id="snbc")],
                )
            ],
        },
        lambda lever: lever.with_effects(IntendedEffect(indicator_id="cost", direction="decrease")),
        (
            ({"label": "Numérique\n"}, "label"),  # a line break at its end
            ({"effects": [IntendedEffect(indicator_id="i", direction=d) for d in ("increase", "stable")]}, "effects"),
            ({"tags": ["digital", "digital"]}, "tags"),  # the same twice
        ),
    ),
    Case(
        PhaseStep,
        {"phase": "experimentation", "on": "2019-06-20", "because": "third CITP", "source_id": "citp"},
        restated,
        (
            ({"on": "now"}, "on"),  # nothing here reads the clock
            ({"on": "2019-06"}, "on"),  # a month is no day
            ({"because": ""}, "because"),  # a move has a reason
        ),
    ),
    Case(
        Method,
        {"id": "nudge", "label": "Nudge", "label_en": "Nudge", "source_ids": ["interview"]},
        relabelled,
        (
            ({"id": 3}, "id"),  # an identifier is a text
            ({"source_ids": 3}, "source_ids"),  # one thing that is no sequence
            ({"source_ids": ["interview", "interview"]}, "source_ids"),  # twice the same
        ),
    ),
    Case(
        Event,
        {"id": "citp-3", "label": "3e CITP", "on": SINCE},
        relabelled,
        (
            ({"on": "2019-06-20"}, "on"),  # a date without its source
            ({"on": FORTY}, "on"),  # sourced, and no date
            ({"id": ""}, "id"),  # no identifier
        ),
    ),
    Case(
        Revision,
        {"planned": "2020-06", "decided_on": "2019-11-15", "because": "late contract"},
        lambda revision: evolve(revision, planned="2020-09"),
        (
            ({"planned": "2020-6"}, "planned"),  # months have two digits
            ({"decided_on": "2019-02-30"}, "decided_on"),  # no such day
            ({"because": "\t"}, "because"),  # a revision has a reason
        ),
    ),
    Case(
        Milestone,
        {"id": "pilot", "label": "Pilot open", "planned": "2019-09", "done_on": date(2019, 9, 30), "source_id": "plan"},
        lambda milestone: milestone.revised_to("2020-01", on="2019-10-01", because="contract signed late"),
        (
            ({"planned": None}, "planned"),  # a milestone has a date
            ({"done_on": datetime(2019, 9, 30)}, "done_on"),  # noqa: DTZ001  # a moment is no day
            ({"not_done_on": "2019-10"}, "not_done_on"),  # a month is no day
            ({"not_done_on": "2019-10-01"}, "not_done_on"),  # it was reached the day before
            ({"revisions": ["2020-01"]}, "revisions"),  # a date alone says neither when nor why it was revised
        ),
    ),
    Case(
        ConfidenceRating,
        {"level": "attainable", "on": "2019-06-01", "by_id": "ditp", "territory_id": "46"},
        lambda rating: evolve(rating, level="secured"),
        (
            ({"on": "10:00"}, "on"),  # an hour is no day
            ({"by_id": ""}, "by_id"),  # said by nobody
            ({"level": "sunny"}, ""),  # none of the levels: the vocabulary itself refuses it
        ),
    ),
    Case(
        Lead,
        {"organisation_id": "ditp", "role": "head of department"},
        lambda lead: evolve(lead, role="director"),
        (
            ({"organisation_id": ""}, "organisation_id"),  # a role in no body
            ({"role": ""}, "role"),  # no role at all
            ({"person": None}, "person"),  # an unknown name is an empty text
        ),
    ),
    Case(
        Decision,
        {"id": "one-counter", "label": "Un guichet unique", "on": SINCE, "by_id": "citp"},
        relabelled,
        (
            ({"on": "2019-06-20"}, "on"),  # a date without its source
            ({"by_id": 3}, "by_id"),  # not a text
            ({"label": ""}, "label"),  # nothing was decided
        ),
    ),
    Case(
        Risk,
        {"id": "late", "label": "Marché tardif", "on": SINCE, "response": "relance du marché", "closed_on": SINCE},
        relabelled,
        (
            ({"on": None}, "on"),  # nobody knows since when
            ({"response": None}, "response"),  # an empty text says that nothing is done
            ({"closed_on": Period("2019")}, "closed_on"),  # a date without its source
        ),
    ),
    Case(
        BudgetLink,
        {"budget_programme_id": 349, "action": "01"},
        lambda link: evolve(link, action=""),
        (
            ({"budget_programme_id": ""}, "budget_programme_id"),  # an empty text names nothing
            ({"action": 1}, "action"),  # codes are text: 01 is not 1
            ({"action": None}, "action"),  # the whole programme is an empty text
        ),
    ),
    Case(
        LeverActivation,
        {
            "lever_id": "digital",
            "territory_ids": ["46"],
            "period": "2019-03/..",
            "cost": Sourced(value=Euros(25_000), source_id="note"),
            "method_ids": ["design"],
            "source_id": "note",
        },
        restated,
        (
            ({"lever_id": ""}, "lever_id"),  # an empty text names no lever
            ({"cost": Euros(25_000)}, "cost"),  # an amount without its source
            ({"territory_ids": ["46", "46"]}, "territory_ids"),  # the same place twice
        ),
    ),
    Case(
        LocalProblem,
        {"id": "far", "label": "Guichets éloignés", "source_id": "workshop"},
        restated,
        (
            ({"id": ""}, "id"),  # nothing to refer to
            ({"label": " "}, "label"),  # says nothing
            ({"source_id": ""}, "source_id"),  # an empty text names no source
        ),
    ),
    Case(
        Idea,
        {"id": "bus", "label": "Bus des services publics", "problem_ids": ["far"], "source_id": "workshop"},
        restated,
        (
            ({"problem_ids": "far"}, "problem_ids"),  # a forgotten list
            ({"problem_ids": ["far", "far"]}, "problem_ids"),  # the same problem twice
            ({"label_en": None}, "label_en"),  # without translation it is an empty text
        ),
    ),
    Case(
        Experiment,
        {"id": "bus", "label": "Bus", "idea_ids": ["bus"], "period": "2019-03/2019-06", "outcome": "adopté"},
        relabelled,
        (
            ({"period": "spring"}, "period"),  # not ISO 8601
            ({"idea_ids": [""]}, "idea_ids"),  # an empty text names no idea
            ({"outcome": None}, "outcome"),  # an unknown outcome is an empty text
        ),
    ),
    Case(
        LocalEvent,
        {
            "id": "open-day",
            "label": "Portes ouvertes",
            "territory_id": "46",
            "period": "2019-11-26",
            "organiser_id": "ditp",
            "attendance": 40,
            "source_id": "agenda",
        },
        restated,
        (
            ({"attendance": -1}, "attendance"),  # fewer than nobody
            ({"attendance": "40"}, "attendance"),  # a text is no number
            ({"period": None}, "period"),  # an event has a date
        ),
    ),
    Case(
        Programme,
        {
            "id": "ap2022",
            "label": "Action Publique 2022",
            "kind": "national",
            "owner_id": "ditp",
            "lead": LEAD,
            "pledged_by_ids": ["president"],
            "calendar": "2017-10-13/..",
            "objective_ids": ["users"],
            "indicator_ids": ["appraisal-time"],
            "lever_ids": ["digital"],
            "activations": [PULL],
            "method_ids": ["nudge"],
            "events": [EVENT],
            "ratings": [RATING],
            "risks": [RISK],
            "decisions": [DECISION],
            "budget_links": [BudgetLink(budget_programme_id="349", action="01")],
            "milestones": [MILESTONE],
            "figures": [FIGURE],
        },
        relabelled,
        (
            ({"calendar": "../2022"}, "calendar"),  # a programme starts some day
            ({"lead": "ditp"}, "lead"),  # a lead is a role in a body
            ({"events": [EVENT, relabelled(EVENT)]}, "events"),  # two events of one identifier
        ),
    ),
    Case(
        Reform,
        {
            "id": "commissions",
            "label": "Fewer consultative commissions",
            "programme_ids": ("ap2022",),
            "lead": LEAD,
            "supporting_ids": ["dinum"],
            "calendar": "2019",
            "indicator_ids": ["appraisal-time"],
            "weights": [IndicatorWeight(indicator_id="appraisal-time", level="department", weight=60)],
            "milestones": [MILESTONE],
            "ratings": [RATING],
        },
        relabelled,
        (
            ({"calendar": 2019}, "calendar"),  # a number is no year
            ({"ratings": [LEAD]}, "ratings"),  # not a rating
            ({"indicator_ids": []}, "weights"),  # the weight of an indicator of another reform
        ),
    ),
    Case(
        Project,
        {
            "id": "one-stop-shop",
            "label": "One-stop shop",
            "owner_id": "ditp",
            "reform_id": "commissions",
            "steps": [PhaseStep(phase="experimentation", on="2019-06-20", because="third CITP")],
            "territory_ids": ["46"],
            "lever_ids": ["digital"],
            "activations": [PULL],
            "ratings": [RATING],
            "risks": [RISK],
            "decisions": [DECISION],
        },
        methodcaller("moved_to", Phase.DEPLOYMENT, on="2020-01-01", because="it worked"),
        (
            ({"label": ""}, "label"),  # says nothing
            ({"steps": [PhaseStep(phase="completed", on="2019-06-20", because="?")]}, "steps"),  # not from framing
            (
                {
                    "steps": [
                        PhaseStep(phase="experimentation", on="2019-06-20", because="third CITP"),
                        PhaseStep(phase="deployment", on="2019-06-19", because="earlier than the step before it"),
                    ]
                },
                "steps",
            ),
        ),
    ),
    Case(
        CarteBlanche,
        {
            "id": "carte-blanche-cahors",
            "label": "Carte blanche Cahors",
            "territory_id": "46042",
            "living_area": "Grand Cahors",
            "initiator_id": "ditp",
            "launched_on": SINCE,
            "problems": [LocalProblem(id="far", label="Guichets éloignés")],
            "ideas": [Idea(id="bus", label="Bus", problem_ids=["far"])],
            "experiments": [Experiment(id="bus", label="Bus", idea_ids=["bus"])],
            "figures": [FIGURE],
        },
        relabelled,
        (
            ({"kind": "campus"}, "kind"),  # another class bears that kind
            ({"launched_on": "2017-12"}, "launched_on"),  # a date without its source
            ({"closed_on": FORTY}, "closed_on"),  # sourced, and no date
        ),
    ),
    Case(
        ChallengeStage,
        {
            "phase": "incubation",
            "period": "2019",
            "teams": Quantity.exact(24, COUNT),
            "grant": Quantity.exact(25_000, EUROS),
            "source_id": "rules",
        },
        restated,
        (
            ({"teams": Quantity.exact(24, EUROS)}, "teams"),  # teams are counted
            ({"grant": Quantity.exact(25_000, COUNT)}, "grant"),  # a grant is in euros
            ({"phase": "framing"}, ""),  # a phase of projects, not of challenges
        ),
    ),
    Case(
        ChallengeCall,
        {
            "id": "defis",
            "label": "Défis Cartes blanches",
            "envelope": Sourced(value=Euros(1_500_000), source_id="rules"),
            "deadline": SINCE,
            "stages": [ChallengeStage(phase="incubation", teams=Quantity.exact(24, COUNT))],
        },
        relabelled,
        (
            ({"envelope": Euros(1_500_000)}, "envelope"),  # an amount without its source
            ({"envelope": Sourced(value=Euros(-1), source_id="rules")}, "envelope"),  # less than nothing to give
            ({"stages": [ChallengeStage(phase="incubation", source_id=s) for s in ("a", "b")]}, "stages"),  # one phase
        ),
    ),
    Case(
        InnovationWeek,
        {
            "id": "innovation-week-6",
            "label": "6e Semaine de l’innovation publique",
            "edition": 6,
            "period": Sourced(value=Period("2019-11-25/2019-11-30"), source_id="interview"),
            "events": [LocalEvent(id="open-day", label="Portes ouvertes", territory_id="46", period="2019-11-26")],
        },
        relabelled,
        (
            ({"edition": 7}, "period"),  # the seventh was in 2020
            ({"edition": 0}, "edition"),  # editions count from 1
            ({"period": Period("2019-11")}, "period"),  # a date without its source
        ),
    ),
    Case(
        InnovationLab,
        {
            "id": "lab",
            "label": "Laboratoire d’innovation territoriale",
            "territory_id": "R76",
            "partner_ids": ["ditp"],
            "opened_on": SINCE,
            "grant": Sourced(value=Euros("200000"), source_id="interview"),
        },
        relabelled,
        (
            ({"grant": FORTY}, "grant"),  # sourced, and no amount
            ({"partner_ids": [""]}, "partner_ids"),  # names nobody
            ({"label": "\u00a0"}, "label"),  # a no-break space says nothing
        ),
    ),
    Case(
        Campus,
        {
            "id": "campus",
            "label": "Campus de la transformation",
            "audience": ["agents", "managers"],
            "figures": [FIGURE],
        },
        relabelled,
        (
            ({"audience": ["agents", "agents"]}, "audience"),  # one group twice
            ({"audience": "agents"}, "audience"),  # a text is no sequence of texts
            ({"kind": ""}, "kind"),  # not the kind of this class
            ({"figures": [FIGURE, relabelled(FIGURE)]}, "figures"),  # two figures of one identifier
            ({"id": "é"}, "id"),  # identifiers are ASCII
        ),
    ),
    Case(
        CampusSession,
        {
            "id": "session-1",
            "label": "Design",
            "campus_id": "campus",
            "territory_id": "46",
            "period": "2019-03-05",
            "attendance": 12,
        },
        lambda session: evolve(session, attendance=None),
        (
            ({"attendance": -1}, "attendance"),  # fewer than nobody
            ({"territory_id": None}, "territory_id"),  # the share outside Paris is computed from where
            ({"period": ""}, "period"),  # some day it was
        ),
    ),
    Case(
        CommunityHub,
        {"id": "hub", "label": "Hub des communautés", "source_ids": ["interview"]},
        relabelled,
        (
            ({"id": "a" * 101}, "id"),  # more than 100 characters
            ({"label": 3}, "label"),  # not a text
            ({"source_ids": [None]}, "source_ids"),  # names nothing
        ),
    ),
    Case(
        Consultation,
        {
            "id": "grand-debat",
            "label": "Grand débat national",
            "initiator_id": "ditp",
            "period": SINCE,
            "questions": ["What should the State do less?"],
            "participation": Sourced(value=Quantity.at_least(1_900_000, COUNT), source_id="interview"),
            "outcome": "taken up by the third CITP",
            "reform_ids": ["commissions"],
        },
        relabelled,
        (
            ({"questions": [""]}, "questions"),  # a question that asks nothing
            ({"questions": "Why?"}, "questions"),  # a text is no sequence of texts
            ({"outcome": "\ud800"}, "outcome"),  # half a surrogate pair is no character
        ),
    ),
    Case(
        BudgetLine,
        {**LINE, "stage": "voted", "title": "other", "action": "01"},
        restated,
        (
            ({"amounts": Appropriations(1, None)}, "missing_because"),  # one side missing, and no reason why
            ({"missing_because": "not published"}, "missing_because"),  # a reason, and nothing missing
            ({"amounts": Execution(1, 1)}, "amounts"),  # what was used is not what was granted
        ),
    ),
    Case(
        ExecutionLine,
        {"year": 2021, "amounts": Execution(166_988_229, 133_919_661), "until": "2021-12-31", "source_id": "rap-2021"},
        restated,
        (
            ({"amounts": Appropriations(1, 1)}, "amounts"),  # what was granted is not what was used
            ({"year": 1958}, "year"),  # before the budgets that the rules speak of
            ({"amounts": Execution(None, 1)}, "missing_because"),  # one side missing, and no reason why
        ),
    ),
    Case(
        BudgetMovement,
        {**LINE, "kind": "carry-over", "on": "2021-03", "counterpart": "2020"},
        restated,
        (
            ({"year": "2021"}, "year"),  # a text is no number
            ({"on": "mars 2021"}, "on"),  # not ISO 8601
            ({"counterpart": None}, "counterpart"),  # unknown is an empty text
        ),
    ),
    Case(
        BudgetAction,
        {
            "code": "01",
            "label": "Fonds pour la transformation de l’action publique",
            "names": [DatedName(name="FTAP", period="2018")],
            "since": 2018,
        },
        relabelled,
        (
            ({"code": 1}, "code"),  # a code keeps its zero
            ({"since": 20_18.0}, "since"),  # a year is a whole number
            ({"label": ""}, "label"),  # says nothing
        ),
    ),
    Case(
        ScopeChange,
        {"year": 2022, "label": "Other actions join the programme", "source_id": "pap-2022"},
        relabelled,
        (
            ({"year": 2101}, "year"),  # beyond what anybody plans
            ({"label": "  "}, "label"),  # says nothing
            ({"source_id": ""}, "source_id"),  # an empty text names no source
        ),
    ),
    Case(
        OutstandingStatement,
        {"on": "2019-12-31", "amount": 47_880_021, "source_id": "plf-2021"},
        lambda statement: evolve(statement, is_forecast=True),
        (
            ({"on": "2019"}, "on"),  # a stock is counted on a day
            ({"amount": None}, "amount"),  # a statement that states nothing
            ({"is_forecast": "no"}, "is_forecast"),  # a text is no truth
        ),
    ),
    Case(
        ScheduledPayment,
        {"year": 2022, "amount": "144999832"},
        lambda payment: evolve(payment, year=2023),
        (
            ({"year": 22}, "year"),  # years have four digits
            ({"amount": "144 999 832"}, "amount"),  # spaces are the reader's work
            ({"amount": 1e8}, "amount"),  # a float is not exact
        ),
    ),
    Case(
        PaymentSchedule,
        {
            "payments": [ScheduledPayment(2021, 144_820_799), ScheduledPayment(2022, 144_999_832)],
            "stock": 396_790_541,
            "source_id": "plf-2021",
        },
        restated,
        (
            ({"stock": 1}, "stock"),  # more is scheduled than there is to pay
            ({"payments": [ScheduledPayment(2021, 1), ScheduledPayment(2021, 2)]}, "payments"),  # one year twice
            ({"payments": [(2021, 1)]}, "payments"),  # a pair is no payment
        ),
    ),
    Case(
        ReserveRate,
        {"year": 2020, "title": "other", "share": "0.04", "source_id": "plf-2020"},
        restated,
        (
            ({"share": 4}, "share"),  # 4 where 4 % is meant
            ({"share": 0.04}, "share"),  # a float is no exact number
            ({"title": "all"}, "title"),  # the law asks for one rate of each group of titles
        ),
    ),
    Case(
        BudgetProgramme,
        {
            "id": 349,
            "label": "Transformation publique",
            "mission": "Transformation et fonction publiques",
            "names": [DatedName(name="Fonds", period="2018/2021", source_id="report")],
            "missions": [DatedName(name="Action et transformation publiques", period="2018/2020")],
            "owner_id": "ditp",
            "actions": [BudgetAction(code="01", label="FTAP")],
            "lines": [BudgetLine(**LINE, stage="voted")],
            "executions": [ExecutionLine(year=2021, amounts=Execution(1, 1), source_id="rap-2021")],
            "movements": [BudgetMovement(**LINE, kind="carry-over")],
            "outstanding": [OutstandingStatement(on="2019-12-31", amount=47_880_021, source_id="plf-2021")],
            "schedules": [PaymentSchedule(payments=[ScheduledPayment(2021, 60)], stock=100, source_id="plf-2021")],
            "reserve_rates": [ReserveRate(year=2020, title="other", share="0.04", source_id="plf-2020")],
            "scope_changes": [ScopeChange(year=2022, label="Other actions")],
        },
        relabelled,
        (
            ({"id": True}, "id"),  # a truth is no code
            ({"names": ["Fonds"]}, "names"),  # a text is no dated name
            ({"lines": [BudgetLine(**LINE, stage="voted", caveat=c) for c in ("a", "b")]}, "lines"),  # one key twice
            ({"actions": [BudgetAction(code="01", label=label) for label in ("a", "b")]}, "actions"),  # one code twice
        ),
    ),
    Case(
        CallRule,
        {
            "kind": "eligible-owners",
            "text": "State administrations",
            "owner_kinds": ["ministry", "operator"],
            "period": "2018",
            "source_id": "rules",
        },
        restated,
        (
            ({"kind": "ceiling"}, "kind"),  # a ceiling of how much
            ({"owner_kinds": []}, "kind"),  # eligible for nobody
            ({"share": 0.5}, "share"),  # a float is not exact
        ),
    ),
    Case(
        Call,
        {"id": "ftap-2018-1", "label": "1er appel à projets 2018", "opened_on": "2017-11", "decided_on": "2018-06-20"},
        relabelled,
        (
            ({"decided_on": "2018-W53"}, "decided_on"),  # 2018 has 52 weeks
            ({"rules": "none"}, "rules"),  # a text is no sequence of rules
            ({"figures": [FIGURE, relabelled(FIGURE)]}, "figures"),  # two figures of one identifier
        ),
    ),
    Case(
        Application,
        {
            "id": "application-1",
            "label": "Cloud",
            "call_id": "call-1",
            "owner_id": "dinum",
            "requested": 10_000_000,
            "total_cost": "25000000.50",
            "submitted_on": "2018-01-15",
            "documents": ["business case"],
        },
        relabelled,
        (
            ({"requested": -1}, "requested"),  # asks for less than nothing
            ({"total_cost": None}, "total_cost"),  # what it costs is known
            ({"submitted_on": "2018-02-29"}, "submitted_on"),  # not a leap year
        ),
    ),
    Case(
        Instalment,
        {"amount": 5_000_000, "due": "2019-03", "condition": "contract signed"},
        lambda instalment: evolve(instalment, amount=6_000_000),
        (
            ({"amount": "-0.01"}, "amount"),  # paid back is another thing
            ({"due": "03/2019"}, "due"),  # French dates are the reader's work
            ({"condition": None}, "condition"),  # no condition is an empty text
        ),
    ),
    Case(
        Award,
        {
            "id": "award-1",
            "label": "France Cloud",
            "call_id": "call-1",
            "owner_id": "dinum",
            "amount": 24_300_000,
            "decided_on": "2018-06-20",
            "contracted_on": "2018-09-01",
            "instalments": [Instalment(amount=20_000_000, due="2019"), Instalment(amount="4300000", due="2020")],
            "reliability": "secondary",
        },
        relabelled,
        (
            ({"amount": 24_300_001}, "instalments"),  # they do not sum to the award
            ({"amount": None}, "instalments"),  # nor to an unknown one
            ({"contracted_on": "2018"}, "contracted_on"),  # a contract is signed on a day
        ),
    ),
    Case(
        JournalEntry,
        {"award_id": "award-1", "kind": "payment", "amount": "1000.50", "on": "2019-03-01", "because": "first part"},
        lambda entry: evolve(entry, kind="decommitment"),
        (
            ({"amount": "-1"}, "amount"),  # the kind says the sign
            ({"on": MOMENT}, "on"),  # a moment is no day
            ({"award_id": ""}, "award_id"),  # of no award
        ),
    ),
    Case(
        Journal,
        {"entries": [JournalEntry(award_id="a", kind="commitment", amount=n, on="2019-03-01") for n in (2, 2, 1)]},
        lambda journal: journal.with_(*journal),
        (
            ({"entries": ["2019"]}, ""),  # a text is no entry
            ({"entries": 3}, ""),  # one thing that is no sequence
            ({"entries": "payment"}, ""),  # nor is a word a sequence of entries
        ),
    ),
    Case(
        AllocationChange,
        {"amount": "-50000000", "on": "2020-07-30", "because": "supplementary act", "source_id": "lfr"},
        lambda change: evolve(change, amount=1),
        (
            ({"amount": 0}, "amount"),  # a change of nothing
            ({"on": "2020"}, "on"),  # known to the day, because money is
            ({"because": ""}, "because"),  # for no reason
        ),
    ),
    Case(
        YearClosing,
        {"year": 2020, "lapsed": 394_960, "source_id": "rap-2020"},
        lambda closing: evolve(closing, year=2021),
        (
            ({"year": "2020"}, "year"),  # a text is no number
            ({"lapsed": -1}, "lapsed"),  # nothing comes back by closing
            ({"source_id": ""}, "source_id"),  # an empty text names no source
        ),
    ),
    Case(
        CostStatement,
        {"award_id": "award-1", "kind": "final", "amount": 40_000_000, "stated_on": "2023", "source_id": "file"},
        lambda cost: evolve(cost, kind="revised"),
        (
            ({"stated_on": "2023-13"}, "stated_on"),  # no month of the calendar
            ({"amount": -1}, "amount"),  # no cost is below nothing
            ({"award_id": None}, "award_id"),  # the cost of something
        ),
    ),
    Case(
        Saving,
        {
            "kind": "achieved",
            "nature": "unstated",
            "amount": 339_000_000,
            "whose": "State",
            "method": "stated",
            "period": "2018/2021",
            "stated_on": "2022-07",
            "source_id": "cour",
            "caveat": "Arrondi au million.",
        },
        lambda saving: evolve(saving, kind="expected"),
        (
            ({"method": ""}, "method"),  # a saving without a method cannot be judged
            ({"whose": ""}, "whose"),  # nobody's money
            ({"amount": "339 M€"}, "amount"),  # units are the reader's work
        ),
    ),
    Case(
        Fund,
        {
            "id": "ftap",
            "label": "FTAP",
            "owner_id": "ditp",
            "budget_programme_id": "349",
            "budget_action": "01",
            "allocation": Sourced(value=Euros(700_000_000), source_id="interview"),
            "allocation_changes": [AllocationChange(amount=-1, on="2020-07-30", because="act", source_id="lfr")],
            "closings": [YearClosing(year=2018)],
            "calls": [CALL],
            "applications": [
                Application(id="a", label="A", call_id="call-1", owner_id="dinum", requested=1, total_cost=2)
            ],
            "awards": [
                Award(
                    id="award-1",
                    label="France Cloud",
                    call_id="call-1",
                    amount=24_300_000,
                    contracted_on="2018-09-01",
                    instalments=[Instalment(amount=24_300_000)],
                )
            ],
            "entries": [JournalEntry(award_id="award-1", kind="commitment", amount=100, on="2018-10-01")],
            "savings": [
                Saving(kind="expected", nature="recurrent", amount=1, whose="State", method="stated", source_id="page")
            ],
            "costs": [CostStatement(award_id="award-1", kind="planned", amount=40_000_000, source_id="page")],
        },
        methodcaller("with_commitment", "award-1", 60, on="2019-10-01"),
        (
            ({"calls": []}, "applications"),  # an application to no call of the fund
            ({"awards": []}, "entries"),  # money of no award of the fund
            ({"entries": [3]}, "entries"),  # a number is no entry
        ),
    ),
    Case(
        Portfolio,
        {
            "levers": [Lever(id="digital", label="Digital")],
            "methods": {"nudge": Method(id="nudge", label="Nudge")},
            "projects": [Project(id="p", label="P", lever_ids=["digital"])],
        },
        methodcaller("with_", Project(id="q", label="Q")),
        (
            ({"methods": [Lever(id="nudge", label="Nudge")]}, "methods"),  # a lever is no method
            ({"levers": []}, "projects['p'].lever_ids[0]"),  # what the project activates is gone
            ({"levers": [Lever(id="digital", label=x) for x in "ab"]}, "the registry of Lever"),  # twice
        ),
    ),
    Case(
        Excerpt,
        {"projects": [Project(id="p", label="P", lever_ids=["digital"])]},  # the lever may be elsewhere
        lambda excerpt: Excerpt.of(*excerpt, Project(id="q", label="Q")),
        (
            ({"methods": [Lever(id="nudge", label="Nudge")]}, "methods"),  # a lever is no method
            ({"levers": [Lever(id="digital", label=x) for x in "ab"]}, "the registry of Lever"),  # twice
            ({"instruments": [Method(id="nudge", label="Nudge")]}, "instruments"),  # nor is a method an instrument
        ),
    ),
)

every_class = pytest.mark.parametrize("case", TABLE, ids=[case.cls.__name__ for case in TABLE])


def public_classes() -> Iterator[type]:
    """Yield every public class of the model that has instances of its own."""
    for module in pkgutil.iter_modules(levier.model.__path__, "levier.model."):
        home = import_module(module.name)
        for name in getattr(home, "__all__", ()):
            value = getattr(home, name)
            if isclass(value) and value.__module__ == module.name:
                yield value


VALUES = [
    cls
    for cls in public_classes()
    if not issubclass(cls, Enum)
    and Protocol not in cls.__bases__
    and cls not in (Immutable, Instrument, ActivatesLevers, Shared)  # roots
    and cls not in (RegistryOf, TermOrNone, TermsOf, TupleOf)  # converters
    if cls not in (Branch, KnownSince, Subtree)  # answers, which nothing holds and no document has
]
VOCABULARIES = [cls for cls in public_classes() if issubclass(cls, Term) and cls is not Term]


def parts(value: Any) -> Iterator[Any]:
    """Yield a value and all that it holds."""
    yield value
    if attrs.has(type(value)):
        held = [getattr(value, field.name) for field in attrs.fields(type(value))]
    elif isinstance(value, Registry):
        held = list(value.values())
    else:
        held = list(value) if isinstance(value, tuple | Observations | Journal) else []
    for part in held:
        yield from parts(part)


def place(error: Exception) -> str:
    """Return what an error points at."""
    match error:
        case InvalidValueError():
            return error.field
        case ForbiddenTransitionError():
            return "steps"
        case DanglingReferenceError():
            return error.references[0].path
        case DuplicateItemsError():
            return "rows" if error.registry == "observations" else error.registry
    raise AssertionError(error)


STAND_INS: dict[str, Callable[[str], Any]] = {
    "sources": lambda key: Source(id=key, title="A source"),
    "territories": lambda key: Territory(id=key, label="A territory"),
    "organisations": lambda key: Organisation(id=key, label="A body", kind="other"),
    "objectives": lambda key: Objective(id=key, label="An objective"),
    "levers": lambda key: Lever(id=key, label="A lever"),
    "methods": lambda key: Method(id=key, label="A method"),
    "dimensions": lambda key: Dimension(id=key, label="A dimension", codes=[DimensionCode(code="F", label="A code")]),
    "indicators": lambda key: Indicator(id=key, label="An indicator", unit="count"),
    "programmes": lambda key: Programme(id=key, label="A programme", kind="national"),
    "reforms": lambda key: Reform(id=key, label="A reform"),
    "instruments": lambda key: Campus(id=key, label="A campus"),
    "budget_programmes": lambda key: BudgetProgramme(id=key, label="A budget programme"),
}


def pickled(value: Any, protocol: int) -> Any:
    """Return what comes back from the pickle of a value."""
    return pickle.loads(pickle.dumps(value, protocol))  # noqa: S301  # our own pickle


def portfolio_around(*things: Any) -> Portfolio:
    """Return the portfolio of *things*, with a stand-in for everything else they refer to."""
    held = {(NOUNS.get(type(thing)), getattr(thing, "id", None)) for thing in things}
    wanted = {(registry, key) for thing in things for _, key, registry in find_references(thing)}
    return Portfolio.of(*things, *(STAND_INS[registry](key) for registry, key in sorted(wanted - held)))


def is_exact(value: Any) -> bool:
    """Say whether no day in a value is of another class than ours."""
    return all(type(part) is pendulum.Date for part in parts(value) if isinstance(part, date))


def test_table_lists_every_class() -> None:
    """Every public class of the model stands in the table, once."""
    assert sorted(case.cls.__name__ for case in TABLE) == sorted(cls.__name__ for cls in VALUES)


@every_class
def test_built_from_what_people_write(case: Case) -> None:
    """A class takes ISO text, plain identifiers and lists, and holds exact days, tuples and registries."""
    value = case.build()
    assert type(value) is case.cls
    assert is_exact(value)
    assert not [part for part in parts(value) if isinstance(part, list | dict | set | float)]


@every_class
def test_changed_into_another(case: Case) -> None:
    """A change returns another value of the class and leaves the first as it was."""
    value = case.build()
    changed = case.change(value)
    assert type(changed) is case.cls
    assert changed != value
    assert value == case.build()


@pytest.mark.parametrize(
    ("case", "instead", "where"),
    [
        pytest.param(case, instead, where, id=f"{case.cls.__name__}-{number}")
        for case in TABLE
        for number, (instead, where) in enumerate(case.refused)
    ],
)
def test_refused_in_its_own_name(case: Case, instead: Mapping[str, Any], where: str) -> None:
    """A bad value is refused on construction by a typed error that names the class and the field."""
    with pytest.raises(LevierError) as caught:
        case.build(**instead)
    error = caught.value
    assert isinstance(error, ValueError)
    assert place(error) == where
    if isinstance(error, InvalidValueError) and where:
        assert error.subject.split()[0] == case.cls.__name__
        assert str(error).startswith(f"{error.subject}.{where}: expected ")


DECODED = [
    case for case in TABLE if attrs.has(case.cls) and case.cls not in (Excerpt, Portfolio)
]  # both are constructed, always


@pytest.mark.parametrize("case", DECODED, ids=attrgetter("cls.__name__"))
def test_validators_refuse_what_converters_would_change(case: Case) -> None:
    """A decoder that runs no converter gets nothing past the validators: what was written otherwise is refused."""
    value = case.build()
    for field in attrs.fields(case.cls):
        written, kept = case.written.get(field.name), getattr(value, field.name)
        if type(written) is not type(kept) or str(written) != str(kept):
            with pytest.raises(InvalidValueError) as caught:
                field.validator(value, field, written)
            assert caught.value.field == field.name


@every_class
def test_equal_when_it_holds_the_same(case: Case) -> None:
    """Values that hold the same are equal and share a hash; nothing equals a value of another class."""
    value, same, other = case.build(), case.build(), case.change(case.build())
    assert value == same
    assert hash(value) == hash(same)
    assert {value, same, other} == {value, other}
    assert value != object()
    assert (value == object()) is False


@every_class
def test_nothing_changes_under_you(case: Case) -> None:
    """No attribute can be assigned, deleted or added."""
    value = case.build()
    names = [field.name for field in attrs.fields(case.cls)] if attrs.has(case.cls) else list(case.cls.__slots__)
    for name in (*names, "colour"):
        with pytest.raises(AttributeError):
            setattr(value, name, None)
        with pytest.raises(AttributeError):
            delattr(value, name)
    assert value == case.build()


SUMMED = {Excerpt, Fund, Journal, Observations, Portfolio, Registry}
"""What holds many things: printed, it counts them."""


@every_class
def test_repr_pastes_back(case: Case) -> None:
    """What a value shows is the expression that makes it, once terms are written by their names; of many, one line."""
    if case.cls in SUMMED:
        assert re.fullmatch(rf"<{case.cls.__name__}\b.*>", repr(case.build()))
        return
    names = {cls.__name__: cls for cls in (*VALUES, *VOCABULARIES)}
    shown = re.sub(r"<(\w+\.\w+): '[^']*'>", r"\1", repr(case.build()))
    pasted = eval(shown, {**names, "Decimal": Decimal, "Date": pendulum.Date})  # noqa: S307  # our own repr
    assert pasted == case.build()


@pytest.mark.parametrize(
    "again", [*(partial(pickled, protocol=protocol) for protocol in range(2, 6)), copy.copy, copy.deepcopy]
)
@every_class
def test_pickled_and_copied(case: Case, again: Callable[[Any], Any]) -> None:
    """A pickle, a copy and a deep copy are equal to the value, and their days are still exactly ours."""
    value = case.build()
    assert again(value) == value
    assert hash(again(value)) == hash(value)
    assert type(again(value)) is case.cls
    assert is_exact(again(value))


@every_class
def test_written_and_read(case: Case) -> None:
    """Structuring what a value is unstructured to gives the value, with exact days."""
    value = case.build()
    again = structure(unstructure(value), case.wire or case.cls)
    assert again == value
    assert type(again) is case.cls
    assert is_exact(again)


@pytest.mark.parametrize("case", [case for case in TABLE if case.cls in NOUNS], ids=attrgetter("cls.__name__"))
def test_fast_path_takes_every_noun(case: Case) -> None:
    """Canonical JSON of each thing a portfolio holds is decoded straight into an equal portfolio."""
    portfolio = portfolio_around(case.build())
    again = json._fast(dumps(portfolio))  # noqa: SLF001  # that it was the fast path is what is proven
    assert again == portfolio
    assert is_exact(again)


def test_one_portfolio_holds_every_class() -> None:
    """A portfolio of the whole table has an instance of every class in it, and survives JSON on the fast path."""
    portfolio = whole()
    assert {type(part) for part in parts(portfolio)} >= set(VALUES) - {Excerpt}  # which a portfolio never holds
    assert json._fast(dumps(portfolio)) == portfolio  # noqa: SLF001  # as above
    assert dumps(json.loads(dumps(portfolio))) == dumps(portfolio)


def whole() -> Portfolio:
    """Return a portfolio of the whole table, with an instance of every class in it."""
    rows = [case.build() for case in TABLE if case.cls is Observation]
    return portfolio_around(*(case.build() for case in TABLE if case.cls in NOUNS), *rows)


ODD = {
    str: [
        "",
        " x",
        "x ",
        "x",
        "NaN",
        "1.20",
        "1.001",
        "-1",
        "1E-7",
        "20",
        "2019-13",
        "2018/..",
        "2019-06-14",
        "framing",
    ],
    int: [-1, 0, 7, 1958, 2101, 10**20],
    bool: [True, False],
    list: [[], ["x"], [None]],
}
"""What may stand where something of the same JSON type did: refused by some fields, and taken by others."""


def spoiled(document: Any, found: Any) -> Iterator[None]:
    """Put something odd in each place of a part of a document, one at a time, and yield while it stands there."""
    places = list(found) if isinstance(found, dict) else range(len(found))
    for place in places:
        value = found[place]
        repeated = [[*value, value[-1]]] if isinstance(value, list) and value else []
        for odd in [*ODD.get(type(value), []), *repeated]:
            found[place] = odd
            yield
        found[place] = value
        if isinstance(value, dict | list):
            yield from spoiled(document, value)


@pytest.mark.untraced
@pytest.mark.parametrize("case", [case for case in TABLE if case.cls in NOUNS], ids=attrgetter("cls.__name__"))
def test_fast_path_takes_nothing_that_explaining_refuses(case: Case) -> None:
    """With something odd in each place of a document, one at a time, what is decoded fast is what is explained."""
    document = stdjson.loads(dumps(portfolio_around(case.build())))
    taken = 0
    for _ in spoiled(document, document):
        text = stdjson.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        fast = json._fast(encoded("loads", text))  # noqa: SLF001  # what the fast path takes is what is proven
        if fast is not None:
            taken += 1
            explained = json._explained(encoded("loads", text))  # noqa: SLF001  # as above
            assert fast == explained
            assert dumps(fast) == dumps(explained)  # equal numbers are written alike
    assert taken


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_terms_are_their_text(vocabulary: type[Term]) -> None:
    """A term is its written form, has two labels, survives a pickle, and an unknown one is refused with those known."""
    for term in vocabulary:
        assert vocabulary(str(term)) is term
        assert term.label("fr").strip()
        assert term.label("en").strip()
        assert pickled(term, protocol=5) is term
    for unknown in ("nowhere", "", None, 3, [], "FRAMING"):
        with pytest.raises(InvalidValueError, match=rf"^{vocabulary.__name__}: expected one of ") as caught:
            vocabulary(unknown)
        assert all(term in caught.value.expected for term in vocabulary)


@every_class
def test_a_copy_of_what_holds_many_things_is_itself(case: Case) -> None:
    """Nobody can change it, so that a copy, deep or not, costs nothing."""
    value = case.build()
    if case.cls in {*SUMMED, Euros, Period}:
        assert copy.copy(value) is copy.deepcopy(value) is value
