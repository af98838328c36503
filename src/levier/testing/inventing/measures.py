"""Indicators and what is measured of them: those of each project, and two of the whole plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from levier.model._numbers import EXACT
from levier.model.dimensions import Dimension, DimensionCode
from levier.model.indicators import Aggregation, Definition, Direction, Indicator, IndicatorKind, RollUp
from levier.model.objectives import Objective, ObjectiveLevel
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.periods import Period
from levier.model.programmes import Project
from levier.model.quantities import COUNT, DAYS, PERCENT, Quantity
from levier.model.surveys import Survey, SurveyMode, SurveyResult
from levier.model.territories import NATION
from levier.testing.draws import Draws
from levier.testing.inventing.documents import ACTUALS, PLAN, REPORTS, SURVEY, TARGETS
from levier.testing.vocabulary import DEPARTMENTS, MEASURES

__all__ = [
    "COMMON",
    "WAIT",
    "common_indicators",
    "common_observations",
    "dimensions",
    "indicators",
    "objectives",
    "observations",
    "surveys",
]

REQUESTS, WAIT = "all-requests", "all-waiting-time"
COMMON = (REQUESTS, WAIT)
"""The indicators of the whole plan, followed in every department."""

_BASELINE, _FIRST_TARGET, _TARGET = Period("2020"), Period("2021"), Period("2022")
_BREAK = Period("2022-01/..")
_ENOUGH = 30
_TENTHS = 1000
_NUMBERS = tuple(EXACT.scaleb(Decimal(number), -1) for number in range(_TENTHS + 1))
"""The numbers from 0 to 100 with one decimal, made once."""
_REDEFINED = 5
"""One project in so many counts otherwise since 2022."""


_ACTUAL, _TARGETED, _FORECAST = ObservationKind.ACTUAL, ObservationKind.TARGET, ObservationKind.FORECAST
_MEASURED = ObservationState.MEASURED
_ROWS = (
    (ObservationKind.BASELINE, _BASELINE, TARGETS),
    *((_ACTUAL, month, report) for month, report in zip(ACTUALS, REPORTS, strict=True)),
    (_TARGETED, _TARGET, TARGETS),
    (_TARGETED, _TARGET, REPORTS[2]),
    (_FORECAST, _TARGET, REPORTS[1]),
    (_FORECAST, _TARGET, REPORTS[3]),
)
"""
What may be stated of a series, by kind, period and document.

The second target and the second forecast revise the first.
"""
_OF_NATION = {"delay": (0, 2, 3, 6, 5, 4), "online": (0, 3, 7, 8, 5, 4), "satisfied": (0, 1, 2, 3, 5, 4)}
_OF_DEPARTMENT = (0, 1, 2, 3, 5, 4)
"""The places of those that are stated of the nation and of a department, in the order of the table of observations."""
_LAST = 4
"""The place of the last actual value."""


def objectives() -> Iterator[Objective]:
    """Yield a strategy, and the objective that the indicators of the whole plan measure."""
    yield Objective(
        id="near", label="Rapprocher les services publics", level=ObjectiveLevel.STRATEGY, source_ids=[PLAN]
    )
    yield Objective(
        id="fast",
        label="Répondre plus vite à plus de demandes",
        parent_id="near",
        indicator_ids=COMMON,
        source_ids=[PLAN],
    )


def dimensions() -> Iterator[Dimension]:
    """Yield the one dimension by which values are broken down."""
    codes = [DimensionCode(code="F", label="Femmes", label_en="Women")]
    codes += [DimensionCode(code="M", label="Hommes", label_en="Men")]
    yield Dimension(id="sex", label="Sexe", label_en="Sex", codes=codes, is_partition=True, source_ids=[PLAN])


def surveys(draws: Draws, owner: str) -> Iterator[Survey]:
    """Yield one survey with two waves of one question."""
    results = [
        SurveyResult(
            id=f"wave-{year}",
            question="Êtes-vous satisfait de votre dernière démarche ?",
            share=Quantity.exact(least + draws.between(0, 4), PERCENT),
            decimals=0,
            sample_size=draws.between(900, 1100),
            period=f"{year}-11",
            source_id=SURVEY,
        )
        for year, least in ((2019, 66), (2021, 78))
    ]
    yield Survey(
        id="users",
        label="Baromètre des usagers",
        population="usagers des services publics, 18 ans et plus",
        mode=SurveyMode.ONLINE,
        organisation_id=owner,
        results=results,
    )


# ---------------------------------------------------------------- of the whole plan


def common_indicators() -> Iterator[Indicator]:
    """Yield the number of requests, which departments add up to, and the waiting time, weighted by it."""
    yield Indicator(
        id=REQUESTS,
        label="Demandes traitées",
        unit=COUNT,
        universe="demandes closes dans la période",
        direction=Direction.INCREASE,
        kind=IndicatorKind.DEPLOYMENT,
        aggregation=Aggregation.SUM,
        periodicity_months=3,
        lag_months=1,
        decimals=0,
        horizon=_TARGET,
        source_ids=[PLAN],
    )
    rule = Aggregation.WEIGHTED_MEAN
    yield Indicator(
        id=WAIT,
        label="Délai moyen de réponse",
        unit=DAYS,
        universe="demandes closes dans la période",
        direction=Direction.DECREASE,
        kind=IndicatorKind.SERVICE_QUALITY,
        periodicity_months=3,
        lag_months=1,
        decimals=1,
        horizon=_TARGET,
        roll_ups=[RollUp(baseline=rule, actual=rule, target=rule, weight_id=REQUESTS)],
        source_ids=[PLAN],
    )


def common_observations(draws: Draws) -> Iterator[Observation]:
    """Yield what every department measures: the requests, those of women and of men, and the waiting time."""
    made = [_of_department(draws, place) for place in DEPARTMENTS]
    for place in range(2):  # one indicator after the other, which is the order of the table
        yield from (row for rows in made for row in rows[place])


def _of_department(draws: Draws, place: str) -> tuple[list[Observation], list[Observation]]:
    requests: list[Observation] = []
    waits: list[Observation] = []
    women, men, wait = draws.between(200, 900), draws.between(200, 900), draws.between(200, 400)
    for kind, when, source, growth in (
        (_ACTUAL, _BASELINE, TARGETS, 0),
        (ObservationKind.BASELINE, _BASELINE, TARGETS, 0),
        (_TARGETED, _FIRST_TARGET, TARGETS, 60),
        (_ACTUAL, ACTUALS[2], REPORTS[2], draws.between(20, 80)),
        (_TARGETED, _TARGET, TARGETS, 200),
        (_ACTUAL, ACTUALS[3], REPORTS[3], draws.between(90, 160)),
    ):
        common: dict[str, Any] = {"territory_id": place, "kind": kind, "period": when, "source_id": source}
        requests.append(Observation(indicator_id=REQUESTS, value=women + growth + men, **common))
        if when is not _FIRST_TARGET:
            waits.append(Observation(indicator_id=WAIT, value=_NUMBERS[wait - growth // 2], **common))
        if when is ACTUALS[3]:
            for code, part in (("F", women + growth), ("M", men)):
                requests.append(Observation(indicator_id=REQUESTS, value=part, breakdown={"sex": code}, **common))
    return requests, waits


# ---------------------------------------------------------------- of one project


def indicators(draws: Draws, project: Project, number: int) -> Iterator[Indicator]:
    """Yield the three indicators of a project; some have been defined otherwise since 2022."""
    for identifier, (name, label, unit, direction, kind) in zip(project.indicator_ids, MEASURES, strict=True):
        yield Indicator(
            id=identifier,
            label=f"{label} : {project.label}",
            unit=unit,
            universe="demandes closes dans la période",
            direction=direction,
            kind=kind,
            periodicity_months=3,
            lag_months=draws.between(0, 3),
            decimals=1,
            horizon=_TARGET,
            definitions=_DEFINITIONS if _is_redefined(name, number) else (),
            source_ids=_SOURCES,
        )


_SOURCES = (PLAN,)
_DEFINITIONS = (
    Definition(version=1, text="démarches commencées en ligne", period=Period("2018/2021"), source_id=PLAN),
    Definition(version=2, text="démarches achevées en ligne", period=_BREAK, source_id=REPORTS[3]),
)


def observations(draws: Draws, project: Project, number: int) -> Iterator[Observation]:
    """Yield twelve values of each indicator of a project: six of the nation and six of its department."""
    (department,) = project.territory_ids
    for indicator, (name, _, _, direction, _) in zip(project.indicator_ids, MEASURES, strict=True):
        values = _values(draws, is_down=direction is Direction.DECREASE)
        redefined = 2 if _is_redefined(name, number) else 1
        for place, rows in ((department, _OF_DEPARTMENT), (NATION, _OF_NATION[name])):
            for row in rows:
                kind, period, source = _ROWS[row]
                state, answers = _known(draws, name, row, is_nation=place is NATION)
                yield Observation(
                    indicator_id=indicator,
                    territory_id=place,
                    period=period,
                    kind=kind,
                    value=values[row] if state is _MEASURED else None,
                    state=state,
                    sample_size=answers,
                    definition=redefined if row == _LAST else 1,
                    source_id=source,
                )


def _values(draws: Draws, *, is_down: bool) -> list[Decimal]:
    """Return a value for each row: some series are too slow, a few go beyond their target."""
    start, goal, pace = draws.between(600, 900), draws.between(100, 300), draws.between(1, 7)
    steps = [start - (start - goal) * step * pace // 24 + draws.between(-15, 15) for step in range(1, 5)]
    found = [start, *steps, goal, goal + 20, steps[1] - 40, steps[3] - 20]
    kept = (min(max(value, 0), _TENTHS) for value in found)
    return [_NUMBERS[value if is_down else _TENTHS - value] for value in kept]


def _known(draws: Draws, name: str, row: int, *, is_nation: bool) -> tuple[ObservationState, int | None]:
    """Return whether a value is known and, of the shares of a survey, the number of answers behind it."""
    is_actual = 0 < row <= _LAST
    if name == "satisfied":
        answers = draws.between(500, 4000) if is_nation else draws.between(0, 400)
        return (
            _MEASURED if answers >= _ENOUGH or not is_actual else ObservationState.TOO_FEW
        ), answers if is_actual else None
    if name == "delay" and (is_actual is not is_nation) and row <= _LAST and draws.between(1, 15) == 1:
        return ObservationState.NOT_COLLECTED, None
    if name == "online" and row == _LAST and not is_nation and draws.between(1, 8) == 1:
        return ObservationState.COMING, None
    return _MEASURED, None


def _is_redefined(name: str, number: int) -> bool:
    return name == "online" and not number % _REDEFINED
