"""Progress of bare numbers and of observations: the formula, the choice of values, the errors, the sentence."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from typing import Any

import attrs
import pytest

from levier import MissingReason, Observation, Portfolio, Programme, Quantity, Reform, Source, catalogue, indicators
from levier.compute.indicators.points import point
from levier.compute.indicators.rulesets import PILOTE_CUTOFFS
from levier.errors import (
    InexactQuantityError,
    InvalidValueError,
    MixedUnitsError,
    RepeatedMonthError,
    UnknownItemError,
)
from levier.indicators import Cutoffs
from levier.model.registry import Registry

Make = Callable[..., Any]
DAY = "2020-12-31"

# direction, baseline, actual, target, unbounded: the truth table of the formula, rounding and ends included.
TRUTH = [
    ("increase", 10, 30, 50, "50.00"),
    ("increase", 10, 5, 50, "-12.50"),
    ("increase", 10, 60, 50, "125.00"),
    ("increase", 0, 1, 3, "33.33"),
    ("increase", 0, 2, 3, "66.67"),
    ("increase", 0, "2.675", 100, "2.68"),
    ("increase", 0, "1.005", 100, "1.01"),
    ("increase", 0, "-1.005", 100, "-1.01"),
    ("increase", 50, 50, 50, "100.00"),
    ("increase", 50, 49, 50, "0.00"),
    ("increase", 60, 55, 50, "100.00"),
    ("decrease", 100, 80, 50, "40.00"),
    ("decrease", 100, 120, 50, "-40.00"),
    ("decrease", "3.01", "3.6", 4, "100.00"),
    ("decrease", "3.37", "4.1", 4, "0.00"),
    ("stable", 10, 30, 50, "50.00"),
    ("stable", 50, 49, 50, "0.00"),
    ("increase", 0, 0, 5, "0.00"),
    ("increase", 0, "-0.00001", 5, "0.00"),
]


@pytest.mark.parametrize(("direction", "start", "now", "goal", "unbounded"), TRUTH)
def test_the_formula(direction: str, start: Any, now: Any, goal: Any, unbounded: str) -> None:
    """The quotient by direction, rounded half away from zero on the decimal value, then bounded to [0, 100]."""
    found = indicators.progress(baseline=start, actual=now, target=goal, direction=direction)
    assert str(found.unbounded) == unbounded
    assert found.value == min(max(Decimal(unbounded), Decimal(0)), Decimal(100))
    assert found.reason is None


def test_rounding_is_not_done_twice() -> None:
    """A quotient just under a half stays under it, however many digits it takes to see."""
    found = indicators.progress(
        baseline=0, actual="33.3349999999999999999999999999999", target=100, direction="increase"
    )
    assert found.value == Decimal("33.33")


def test_the_callers_context_does_not_matter() -> None:
    """A caller who works with three digits gets the same number."""
    with localcontext() as context:
        context.prec = 3
        found = indicators.progress(baseline=0, actual="1234.5", target=10_000, direction="increase")
    assert found.value == Decimal("12.35")


def test_numbers_of_any_size_are_measured() -> None:
    """The widest numbers that the model admits give a number, not an error of arithmetic."""
    found = indicators.progress(baseline=0, actual="9e900", target="1e-900", direction="increase")
    assert found.value == 100
    assert found.unbounded > Decimal("1e1800")


@pytest.mark.parametrize("bad", [0.5, float("nan"), Decimal("NaN"), Decimal("Infinity"), "NaN", "ten", True, "1e1000"])
@pytest.mark.parametrize("name", ["baseline", "actual", "target"])
def test_a_number_that_is_none_is_refused_by_name(name: str, bad: Any) -> None:
    """NaN, infinity, a float or a word is refused, and the error names the argument."""
    inputs: dict[str, Any] = {"baseline": 0, "actual": 5, "target": 10} | {name: bad}
    with pytest.raises(InvalidValueError, match=f"progress.{name}: expected a finite exact number"):
        indicators.progress(**inputs, direction="increase")


@pytest.mark.parametrize("bad", [0.5, Decimal("NaN"), "Infinity"])
def test_an_observation_that_is_no_number_is_refused_by_name(row: Make, bad: Any) -> None:
    """NaN, infinity or a float among observations is refused with the indicator, the territory and the month."""
    with pytest.raises(InvalidValueError, match=r"Observation 'visits 46 2020-05 actual'\.value: expected"):
        row("actual", "2020-05", bad, "46")


def test_a_quantity_of_another_unit_is_refused() -> None:
    """A share is not a percentage: quantities must be of one unit, and exact; the unit shows in the sentence."""
    share, percent = Quantity.exact("0.5", "share"), Quantity.exact(50, "%")
    with pytest.raises(MixedUnitsError):
        indicators.progress(baseline=share, actual=percent, target=None, direction="increase")
    with pytest.raises(InexactQuantityError):
        indicators.progress(baseline=0, actual=Quantity.about(40, "%"), target=100, direction="increase")
    found = indicators.progress(baseline=Quantity.exact(0, "%"), actual=percent, target=100, direction="increase")
    assert str(found) == "50% of the way from 0% to the target of 100%; latest value 50%"


def test_an_unknown_direction_or_reading_is_refused() -> None:
    """Words outside the closed sets are refused with the words inside them."""
    with pytest.raises(InvalidValueError, match="increase, decrease, stable"):
        indicators.progress(baseline=0, actual=5, target=10, direction="up")
    with pytest.raises(InvalidValueError, match="strict, pilote"):
        indicators.progress(baseline=0, actual=5, target=10, direction="increase", ruleset="lenient")


def test_progress_of_observations(plan: Make, said: Make) -> None:
    """A portfolio's progress comes with the observations used, the indicator, the territory and the day."""
    rows = said(now=45)
    found = indicators.progress_of(plan(*rows), "visits", as_of=DAY)
    assert found.value == 45
    assert found.observations == tuple(rows[place] for place in (0, 1, 2))
    assert (found.indicator_id, found.territory_id, str(found.as_of)) == ("visits", "FR", DAY)
    assert not found.differs_from_pilote
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own


def test_zero_is_a_value(plan: Make, said: Make) -> None:
    """A progress of 0 is not a missing one."""
    found = indicators.progress_of(plan(*said(now=0)), "visits", as_of=DAY)
    assert found.value == 0
    assert found.reason is None


@pytest.mark.parametrize(
    ("gone", "reason"),
    [("start", MissingReason.NO_BASELINE), ("now", MissingReason.NO_ACTUAL), ("goal", MissingReason.NO_TARGET)],
)
def test_a_missing_observation_gives_its_reason(plan: Make, said: Make, gone: str, reason: MissingReason) -> None:
    """Without one of the three there is no value; the first actual value never stands in for a baseline."""
    found = indicators.progress_of(plan(*said(**{gone: None})), "visits", as_of=DAY)
    assert (found.value, found.reason) == (None, reason)


def test_no_direction_no_progress(plan: Make, said: Make) -> None:
    """Where no source says which way is good, nothing is guessed."""
    found = indicators.progress_of(plan(*said(), direction=None), "visits", as_of=DAY)
    assert found.reason is MissingReason.NO_DIRECTION


def test_the_day_asked_decides_what_is_known(plan: Make, said: Make, row: Make) -> None:
    """What was recorded later is not there; a value recorded before its month begins is left out, and listed."""
    early = row("actual", "2020-08", 90, recorded_on="2020-07-01")
    unheard = row("actual", "2020-06", 70, recorded_on="2020-09-01")
    found = indicators.progress_of(plan(*said(), early, unheard), "visits", as_of="2020-07-14")
    assert found.actual.value == 50
    assert [(one.observation, one.because.value) for one in found.left_out] == [(early, "future")]


def test_cutoffs_are_parameters(plan: Make, said: Make) -> None:
    """A baseline before the first month admitted, or a target after the last, is left out unless the caller says so."""
    rows = said(months={"baseline": "2017-12", "target": "2029-12"})
    held = plan(*rows)
    narrow = indicators.progress_of(held, "visits", as_of=DAY, cutoffs=PILOTE_CUTOFFS)
    assert narrow.reason is MissingReason.NO_BASELINE
    assert {one.because.value for one in narrow.left_out} == {"before-cutoff", "after-cutoff"}
    assert narrow.target is None
    wide = Cutoffs(baseline_from="2017-01", target_until="2030")
    assert indicators.progress_of(held, "visits", as_of=DAY, cutoffs=wide, ruleset="pilote").value == 50
    with pytest.raises(InvalidValueError):
        Cutoffs(baseline_from="yesterday")


def test_an_empty_value_erases_its_month(plan: Make, said: Make, row: Make) -> None:
    """A month said empty is empty, and the value before it stands; what is only announced takes no part."""
    rows = [*said(), row("actual", "2020-06", 80), row("actual", "2020-06-30", None, state="not-collected")]
    found = indicators.progress_of(plan(*rows, row("actual", "2020-07", None, state="coming")), "visits", as_of=DAY)
    assert found.actual.value == 50
    assert sorted(one.because.value for one in found.left_out) == ["announced", "erased", "erased"]


def test_the_later_recording_of_a_month_wins(plan: Make, said: Make, row: Make) -> None:
    """Of two values of a month the one recorded later is used, then the later date; the other is listed."""
    old = row("actual", "2020-06-20", 60, recorded_on="2020-07-01")
    new = row("actual", "2020-06-05", 80, recorded_on="2020-07-02")
    found = indicators.progress_of(plan(*said(), old, new), "visits", as_of=DAY)
    assert found.actual == new
    assert [(one.observation, one.because.value) for one in found.left_out] == [(old, "superseded")]
    assert str(found.left_out[0]) == "actual 20 June 2020 (replaced by a later recording)"


def sourced(plan: Make, said: Make, row: Make, *dates: str | None, value: int = 80, kind: str = "actual") -> Any:
    """Return a portfolio in which sources published on these dates each state a value of one month."""
    sources = [Source(id=f"s{rank}", title=f"S{rank}", published_on=on) for rank, on in enumerate(dates)]
    month = {"actual": "2020-06", "target": "2023-12", "baseline": "2019-06"}[kind]
    rows = [row(kind, month, 60 if not rank else value, source_id=f"s{rank}") for rank, _ in enumerate(dates)]
    return plan(*said(), *sources, *rows)


def test_the_source_published_later_wins(plan: Make, said: Make, row: Make) -> None:
    """Where recording and date are alike, the later document restates the value."""
    found = indicators.progress_of(sourced(plan, said, row, "2019", "2020"), "visits", as_of=DAY)
    assert found.actual.value == 80


@pytest.mark.parametrize("kind", ["baseline", "actual", "target"])
def test_a_disputed_month_has_no_value(plan: Make, said: Make, row: Make, kind: str) -> None:
    """Two values of a month that nothing tells apart: no progress, one by one and in bulk, and each is named."""
    held = sourced(plan, said, row, None, None, kind=kind)
    if kind == "baseline":
        held = held.without(row("baseline", "2019-01", 0))
    found = indicators.progress_of(held, "visits", as_of=DAY)
    assert indicators.progress_table(held, as_of=DAY) == (found,)
    assert (found.value, found.reason) == (None, MissingReason.DISPUTED)
    assert ", S0): contradicted by another value of its month" in found.explain("en")
    assert ", S1)\u00a0: contredite par une autre valeur du même mois" in found.explain("fr")
    error = found.contradiction
    assert isinstance(error, RepeatedMonthError)
    assert (error.indicator_id, error.territory_id, error.kind) == ("visits", "FR", kind)
    assert error.sources == ("60 by s0", "80 by s1")


def test_a_value_and_a_blank_that_nothing_tells_apart(plan: Make, said: Make, row: Make) -> None:
    """Of one exact date, a value and a blank of two undated documents contradict each other; order decides nothing."""
    sources = [Source(id=name, title=name) for name in ("a", "b")]
    blank = {"value": None, "state": "not-collected"}
    for first, second in (("a", "b"), ("b", "a")):
        rows = [row("actual", "2020-06", 60, source_id=first), row("actual", "2020-06", source_id=second, **blank)]
        found = indicators.progress_of(plan(*said(), *sources, *rows), "visits", as_of=DAY)
        assert found.reason is MissingReason.DISPUTED
        assert "not collected" in str(found.contradiction)
        assert f"actual not collected (June 2020, {second}): contradicted" in found.explain("en")


def test_a_dispute_that_is_not_used_is_listed(plan: Make, said: Make, row: Make) -> None:
    """Documents restate targets: a disputed one that takes no part changes nothing."""
    held = sourced(plan, said, row, None, None, kind="target")
    found = indicators.progress_of(held, "visits", as_of=DAY, cutoffs=Cutoffs(target_until="2022-12"))
    assert found.value == 50
    assert "disputed" in [one.because.value for one in found.left_out]


def test_a_value_stated_twice_is_one(plan: Make, said: Make, row: Make) -> None:
    """The same value by two documents is no dispute; the second is listed as restated."""
    found = indicators.progress_of(sourced(plan, said, row, None, None, value=60), "visits", as_of=DAY)
    assert found.actual.value == 60
    assert [one.because.value for one in found.left_out] == ["restated"]


def test_a_target_before_its_baseline_gives_no_progress(plan: Make, said: Make, row: Make) -> None:
    """One by one and in bulk there is no value, with the reason; another row that takes no part changes nothing."""
    rows = said(months={"target": "2018-06"})
    for more in ((), (row("forecast", "2031", 1),), (row("actual", "2019-03", 1),)):
        held = plan(*rows, *more)
        found = indicators.progress_of(held, "visits", as_of=DAY)
        assert indicators.progress_table(held, as_of=DAY) == (found,)
        assert (found.value, found.reason) == (None, MissingReason.TARGET_BEFORE_BASELINE)
        assert "'visits', territory 'FR': the target of 2018-06" in str(found.contradiction)
    assert indicators.progress_of(plan(*said()), "visits", as_of=DAY).contradiction is None


def test_a_bad_series_stops_no_table(plan: Make, said: Make, departments: Make) -> None:
    """Of two series, one of which contradicts itself, the other has its number."""
    held = plan(*departments("75", "91"), *said("75", months={"target": "2018-06"}), *said("91"))
    reasons = [(line.value, line.reason) for line in indicators.progress_table(held, as_of=DAY)]
    assert reasons == [(None, MissingReason.TARGET_BEFORE_BASELINE), (50, None)]


def test_unknown_things_are_named(plan: Make, said: Make) -> None:
    """An indicator or a territory that is not there is named with what is nearest."""
    held = plan(*said())
    with pytest.raises(UnknownItemError, match="visits"):
        indicators.progress_of(held, "visit", as_of=DAY)
    with pytest.raises(UnknownItemError, match="46"):
        indicators.progress_of(held, "visits", "46", as_of=DAY)
    with pytest.raises(InvalidValueError, match="Day"):
        indicators.progress_of(held, "visits", as_of="14/06/2019")


def test_a_portfolio_without_territories_is_the_nations(plan: Make) -> None:
    """The nation need not be listed to be asked about."""
    held = plan().without(plan().territories["FR"])
    found = indicators.progress_of(held, "visits", as_of=DAY)
    assert found.reason is MissingReason.NO_BASELINE
    assert found.territory.label == "France"


def test_until_goes_back_in_time(plan: Make, said: Make, row: Make) -> None:
    """*until* is the last period whose actual value counts."""
    held = plan(*said(now=30), row("actual", "2020-09", 60))
    assert indicators.progress_of(held, "visits", as_of=DAY, until="2020-08").value == 30
    assert indicators.progress_of(held, "visits", as_of=DAY).value == 60


def test_a_progress_is_never_an_average_of_progress(plan: Make, said: Make, departments: Make) -> None:
    """90 of 100 and 100 of 1,000 make 190 of 1,100, 17.27 %, not 50 %; the observations of all are used."""
    rows = [*said("75", now=90), *said("91", now=100, goal=1000)]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    found = indicators.progress_of(held, "visits", "FR", as_of=DAY)
    assert found.value == Decimal("17.27")
    assert len(found.observations) == 6
    assert "sum: 2 of 2" in found.explain("en")


def test_what_is_typed_at_a_computed_level_is_left_out(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """A baseline or an actual value typed where the territories below report takes no part, and is listed."""
    rows = [*said("75"), row("actual", "2020-05", 999, "R11"), row("baseline", "2019-01", 9, "R11")]
    held = plan(*departments("75"), *rows, aggregation="sum")
    found = indicators.progress_of(held, "visits", "R11", as_of=DAY)
    assert found.value == 50
    assert [(one.observation.value, one.because.value) for one in found.left_out] == [
        (9, "computed-level"),
        (999, "computed-level"),
    ]
    pilote = indicators.progress_of(held, "visits", "R11", as_of=DAY, ruleset="pilote")
    assert pilote.value == 50


def test_regions_stand_in_where_no_department_reports(plan: Make, said: Make, departments: Make) -> None:
    """Without any department, the nation is made of its regions; without those, of what is typed for it."""
    places = departments("75")
    by_region = indicators.progress_of(plan(*places, *said("R11"), aggregation="sum"), "visits", "FR", as_of=DAY)
    assert by_region.actual.coverage.reported == ("R11",)
    typed = indicators.progress_of(plan(*places, *said("FR"), aggregation="sum"), "visits", "FR", as_of=DAY)
    assert isinstance(typed.actual, Observation)
    assert typed.value == 50


def test_the_table_holds_the_levels_above(plan: Make, said: Make, departments: Make) -> None:
    """The table gives a line for each territory that reports, and for those above whose value is made of theirs."""
    held = plan(*departments("75", "91"), *said("75"), aggregation="sum")
    assert [line.territory_id for line in indicators.progress_table(held, as_of=DAY)] == ["75", "FR", "R11"]
    typed = plan(*departments("75", "91"), *said("75"), *said("R11"))
    assert [line.territory_id for line in indicators.progress_table(typed, as_of=DAY)] == ["75", "R11"]


def test_the_sentence_uses_numbers_dates_and_sources(plan: Make, said: Make) -> None:
    """The sentence names what, where, when, the three values with their dates and sources, in both languages."""
    report = Source(id="rap", title="Annual report 2020")
    held = plan(report, *said(start=1000, now=1500, goal=3000, source_id="rap"), label="Visites", label_en="Visits")
    found = indicators.progress_of(held, "visits", as_of=DAY)
    assert str(found) == found.explain("en")
    assert found.explain("en") == (
        "Visits, France, as of 31 December 2020: 25% of the way from 1,000 (January 2019, Annual report 2020) "
        "to the target of 3,000 (December 2022, Annual report 2020); latest value 1,500 (May 2020, Annual report 2020)"
    )
    assert found.explain("fr") == (
        "Visites, France, au 31 décembre 2020\u00a0: 25\u00a0% du chemin parcouru entre 1\u202f000 (janvier 2019, "
        "Annual report 2020) et la cible de 3\u202f000 (décembre 2022, Annual report 2020)\u00a0; "
        "dernière valeur 1\u202f500 (mai 2020, Annual report 2020)"
    )


def test_the_sentence_says_what_bounding_hides(plan: Make, said: Make) -> None:
    """A value beyond the target shows both numbers."""
    found = indicators.progress_of(plan(*said(now=125)), "visits", as_of=DAY)
    assert "\u00a0: 100\u00a0% du chemin parcouru" in found.explain("fr")
    assert "; unbounded: 125%;" in found.explain("en")
    assert "\u00a0; taux non borné\u00a0: 125\u00a0%\u00a0;" in found.explain("fr")


def test_the_sentence_says_why_there_is_no_number(plan: Make, said: Make, row: Make) -> None:
    """Without a value the sentence gives the reason, what is there, and what was left out."""
    held = plan(*said(start=None), row("actual", "2021-06", 99, recorded_on="2020-12-01"))
    found = indicators.progress_of(held, "visits", as_of=DAY)
    assert found.explain("en") == (
        "Visits, France, as of 31 December 2020: progress not computable (no baseline); "
        "latest value 50 (May 2020, unsourced); target 100 (December 2022, unsourced); "
        "excluded values: actual June 2021 (dated after the day asked for)"
    )
    assert "taux d’avancement non calculable (pas de valeur initiale)" in found.explain("fr")
    assert "sans source" in found.explain("fr")


def test_every_series_of_the_catalogue_explains_itself() -> None:
    """No series of the shipped catalogue breaks the computation, and each says in both languages what it knows."""
    for line in indicators.progress_table(catalogue.action_publique_2022(), as_of="2024-01-01"):
        assert line.value is not None or line.reason is not None
        assert line.indicator.label in line.explain("fr")


def parts_of(value: Any) -> Iterator[Any]:
    """Yield a value and all that it is made of."""
    yield value
    if attrs.has(type(value)) and not isinstance(value, Registry):
        inner = [getattr(value, field.name) for field in attrs.fields(type(value))]
    else:
        inner = list(value) if isinstance(value, tuple) else []
    for part in inner:
        yield from parts_of(part)


def test_a_result_holds_names_and_no_portfolio() -> None:
    """Of a portfolio, a registry, a document or a plan, a result keeps the names that it says."""
    plan = catalogue.action_publique_2022()
    indicator, reform, day = "p349-appraisal-time", "consultative-commissions", "2022-12-31"
    found = (
        indicators.status_of(plan, indicator, as_of=day),
        indicators.attainment_of(plan, indicator, 2020),
        indicators.programme_progress_of(plan, "action-publique-2022", as_of=day),
        indicators.reform_status_of(plan, reform, as_of=day),
        *indicators.progress_table(plan, as_of=day),
    )
    held = [part for result in found for part in parts_of(result)]
    assert not [part for part in held if isinstance(part, (Portfolio, Registry, Source, Programme, Reform))]


def test_only_documents_that_are_cited_are_named(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """The names are those of the documents behind typed or disputed values: a total says no document."""
    documents = [Source(id=name, title=f"Report {name}") for name in ("one", "two", "three", "idle")]
    held = plan(*documents, *said(source_id="one"), row("actual", "2020-05", 60, source_id="two"))
    for found in (indicators.progress_of(held, "visits", as_of=DAY), *indicators.progress_table(held, as_of=DAY)):
        assert {name.id for name in found.notes.sources} == {"one", "two"}
        assert found.reason is MissingReason.DISPUTED
        assert "60 (May 2020, Report two)" in str(found)
    rows = [one for place in ("75", "77") for one in said(place, source_id="one")]
    total = plan(
        *documents, *departments("75", "77"), *rows, row("target", "2022-12", 5, source_id="three"), aggregation="sum"
    )
    found = indicators.progress_of(total, "visits", as_of=DAY)
    assert [name.id for name in found.notes.sources] == ["three"]


def test_documents_that_are_not_there_keep_their_identifier() -> None:
    """Without its title a document is called by its identifier."""
    row = Observation(indicator_id="a", period="2019-05", kind="actual", value=25, source_id="rap")
    assert point(row, "").say("fr") == "25 (mai 2019, rap)"
