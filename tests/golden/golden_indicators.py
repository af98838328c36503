"""Small questions about indicators, shares and marks: every branch of what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from golden_plans import coded, departments, lever_of, plan, row, said
from golden_said import Case, case

from levier import Lever, Observation, Organisation, Programme, Reform, Source, Territory, indicators, rules, statistics
from levier.indicators import ComparableRule, IndicatorWeight, RollUp, Thresholds
from levier.plans import ConfidenceRating, Succession, lever_progress
from levier.wording.values import Name

DAY = "2020-12-31"
PARTS = ("75", "77", "91")
WOMEN, MEN = {"sex": "F"}, {"sex": "M"}


def bare() -> Iterator[Case]:
    """Yield what is said of bare numbers."""
    for name, start, now, goal, way in (
        ("half way", 0, 50, 100, "increase"),
        ("beyond", 0, 120, 100, "increase"),
        ("backward", 50, 40, 100, "increase"),
        ("down", 100, "33.333", 0, "decrease"),
        ("stable", 10, 12, 10, "stable"),
        ("target met at the start", 100, 100, 100, "increase"),
        ("no baseline", None, 50, 100, "increase"),
        ("no actual", 0, None, 100, "increase"),
        ("no target", 0, 50, None, "increase"),
        ("no direction", 0, 50, 100, None),
    ):
        yield f"progress: {name}", indicators.progress(baseline=start, actual=now, target=goal, direction=way)
    for name, now, goal, way, before in (
        ("met", 50, 60, "decrease", 71),
        ("improved", 65, 60, "decrease", 71),
        ("not improved", 95, 60, "decrease", 71),
        ("no previous", 95, 60, "decrease", None),
        ("no actual", None, 60, "decrease", None),
        ("no target", 95, None, "decrease", 71),
        ("no direction", 95, 60, None, 71),
    ):
        yield f"attainment: {name}", indicators.attainment(now, goal, way, before)
    for name, now, peers, ruleset in (
        ("below", 20, [20, 40, 60], "strict"),
        ("above", "60.05", [20, 40, "60.05"], "strict"),
        ("at the median", 40, [20, 40, 60], "strict"),
        ("a median of zero", 10, [10, 0, -10], "pilote"),
        ("no progress", None, [10, 20], "strict"),
        ("no peers", 10, [], "strict"),
    ):
        yield f"gap: {name}", indicators.gap(now, peers, ruleset=ruleset)
    for name, now, before, more in (
        ("rising", 75, 70, {}),
        ("falling", 70, 75, {}),
        ("level", 70, 70, {}),
        ("level, a little more", 72, 70, {"tolerance": 5}),
        ("level, a little less", 68, 70, {"tolerance": 5}),
        ("just above the tolerance", "75.004", 70, {"tolerance": 5}),
        ("no current", None, 70, {}),
        ("no previous", 70, None, {}),
        ("no previous, pilote", 70, None, {"ruleset": "pilote"}),
    ):
        yield f"trend: {name}", indicators.trend(now, before, **more)
    path = indicators.expected_path({"2019-01": 0, "2019-12": 11})
    for name, now, when, way, unit in (
        ("ahead", 9, "2019-06", "increase", "days"),
        ("behind", 1, "2019-06", "increase", "%"),
        ("on track", 5, "2019-06", "increase", "EUR"),
        ("behind by little", "4.99999", "2019-06", "increase", "days"),
        ("no actual", None, "2019-06", "increase", ""),
        ("no path", 1, "2018-06", "increase", ""),
        ("no direction", 1, "2019-06", None, ""),
    ):
        yield f"track: {name}", indicators.on_track(now, when, path, way, unit=unit)
    for name, now, goal, on, target_on, unit in (
        ("lower", 25, 16, "2019-05", "2020-05", "days"),
        ("higher, in one month", 16, 25, "2019-05", "2019-06", "days"),
        ("equal", 16, 16, "2019-05", "2020-05", "days"),
        ("the date has passed", 16, 25, "2020-05", "2019-05", "%"),
        ("no actual", None, 25, "2019-05", "2020-05", ""),
        ("no target", 16, None, "2019-05", "2020-05", ""),
        ("almost nothing", "16.0001", 16, "2019-05", "2020-05", "points"),
    ):
        yield f"distance: {name}", indicators.distance(now, goal, on=on, target_on=target_on, unit=unit)
    for name, last, periodicity_months, delay, on in (
        ("up to date", "2026-06", 3, 1, "2026-09-15"),
        ("not up to date", "2026-01", 3, 1, "2026-09-15"),
        ("never due", "2026-01/..", 3, 1, "2026-09-15"),
        ("no value", None, 3, 1, "2026-09-15"),
        ("no frequency", "2026-01", None, 1, "2026-09-15"),
        ("no delay", "2026-01", 3, None, "2026-09-15"),
        ("a year", "2025", 12, 0, "2026-09-15"),
    ):
        yield (
            f"freshness: {name}",
            indicators.freshness(last, periodicity_months=periodicity_months, lag_months=delay, as_of=on),
        )
    yield (
        "alerts",
        indicators.alerts(
            gap=indicators.gap(20, [20, 40, 60]),
            trend=indicators.trend(70, 75),
            confidence=None,
            freshness=indicators.freshness("2026-01", periodicity_months=3, lag_months=1, as_of="2026-09-15"),
            track=indicators.on_track(1, "2019-06", path, "increase", unit="%", decimals=1),
            thresholds=Thresholds(gap=-5, fall=2, track=1),
        ),
    )
    yield "alerts: no progress", indicators.alerts(gap=indicators.gap(None, [1]))
    values, ones = {"75": 10, "77": None, "91": 20}, dict.fromkeys(PARTS, 1)
    for kind, more in (
        ("sum", {}),
        ("mean", {}),
        ("median", {"expected": ("75", "92")}),
        ("minimum", {}),
        ("maximum", {}),
        ("weighted-mean", {"weights": ones}),
        ("ratio", {"weights": ones}),
    ):
        yield case(f"aggregate: {kind}", indicators.aggregate, values, kind, **more)
    yield "aggregate: nobody", indicators.aggregate({"75": None}, "sum")
    yield "weighted: all", indicators.weighted_progress({"a": 10, "b": 20}, {"a": 3, "b": 1})
    yield "weighted: a part is missing", indicators.weighted_progress({"a": 10, "b": None}, {"a": 3, "b": 1})
    yield "weighted: no weight", indicators.weighted_progress({"a": 10, "b": 20}, {"a": 0, "b": 0})
    yield (
        "weighted: labels",
        indicators.weighted_progress({"a": 10}, {"a": 3}, labels={"a": Name("a", "Délai", "Waiting time")}),
    )
    series = {"2018-12": 5, "2019-01": 10, "2019-02": 30, "2019-03": 60, "2019-05": 80}
    for number, rule in enumerate(
        (
            ComparableRule(),
            ComparableRule(decumulation="year"),
            ComparableRule(decumulation="since", since="2019-02"),
            ComparableRule(window="year"),
            ComparableRule(window="months", months=3, operation="mean"),
            ComparableRule(window="months", months=7),
            ComparableRule(window="since", since="2019-02", decumulation="year"),
        )
    ):
        for ruleset in ("strict", "pilote"):
            found = indicators.comparable_values(series, rule, targets=["2019-02"], ruleset=ruleset)
            yield f"comparable: {number} {ruleset}", found[-1:]


def quality() -> Iterator[Case]:
    """Yield what is said of shares, rates and marks."""
    yield "wilson", statistics.wilson("0.86", 1000)
    yield "wilson, 90 %", statistics.wilson("0.86", 1000, confidence="0.9", population=5000)
    yield "newcombe", statistics.newcombe("0.86", 1000, "0.80", 1000)
    one = statistics.SampledShare(share=Decimal("0.86"), n=1000, question="Satisfait ?", population="Entreprises")
    other = statistics.SampledShare(
        share=Decimal("0.8"), n=900, question="Satisfait ?", population="Entreprises", self_selected=True
    )
    unknown = statistics.SampledShare(share=Decimal("0.8"), n=None, question="Satisfait ?", population="Entreprises")
    yield "share", one
    yield "share of those who chose themselves", other
    yield "share of unknown n", unknown
    yield "comparison", statistics.compare(one, one)
    yield "comparison, warned", statistics.compare(one, other)
    yield "mark", statistics.mean_mark({"good": 80, "medium": 20, "bad": 25})
    yield "mark, too few", statistics.mean_mark({"good": 8})
    yield "mark, no answer", statistics.mean_mark({}, minimum=0)
    yield "pick-up", statistics.pick_up_rate(handled=430, needing_an_agent=500)
    yield "time", statistics.on_time_rate(in_time=90, handled=120)
    yield "online", statistics.online_quality(rated_8_or_more=1500, rated=2500)
    yield "nothing counted", statistics.pick_up_rate(handled=0, needing_an_agent=0)
    yield (
        "pool",
        statistics.pool(
            [statistics.on_time_rate(in_time=1, handled=2), statistics.on_time_rate(in_time=98, handled=98)]
        ),
    )


DOCUMENTS = (
    Source(id="first", title="Premier document", published_on="2019-03"),
    Source(id="second", title="Second document", published_on="2020-01-15"),
)


def series() -> Iterator[Case]:
    """Yield what is said of indicators followed by observations."""
    sum_of = {"aggregation": "sum", "label_en": "Visits in English", "periodicity_months": 1, "lag_months": 1}
    mean_of = {"aggregation": "mean", "unit": "%", "decimals": 1, "periodicity_months": 12, "lag_months": 2}
    plans: dict[str, Any] = {
        "typed": plan(*DOCUMENTS, *said(source_id="first")),
        "no source": plan(*said()),
        "no direction": plan(*said(), direction=None),
        "before bounding": plan(*said(now=130)),
        "below the start": plan(*said(now=-30)),
        "one sum": plan(*departments(*PARTS), *(one for place in PARTS for one in said(place)), **sum_of),
        "a part of a sum": plan(
            *departments(*PARTS), *(one for place in PARTS[:2] for one in said(place)), *said("91", now=None), **sum_of
        ),
        "two parts missing": plan(*departments(*PARTS), *said("75"), **sum_of),
        "mean": plan(*departments(*PARTS), *(one for place in PARTS for one in said(place)), **mean_of),
        "carried": plan(
            *departments(*PARTS),
            *said("75"),
            *said("77", months={"actual": "2020-03"}),
            *said("91", months={"actual": "2020-03"}),
            **sum_of,
        ),
        "carried once": plan(
            *departments("75", "77"), *said("75"), *said("77", months={"actual": "2020-04"}), **sum_of
        ),
        "too old": plan(*departments("75", "77"), *said("75"), *said("77", months={"actual": "2019-02"}), **sum_of),
        "disputed": plan(
            *DOCUMENTS,
            *said(source_id="first"),
            row("actual", "2020-05", 60, source_id="undated"),
            Source(id="undated", title="Sans date"),
        ),
        "restated": plan(*DOCUMENTS, *said(source_id="first"), row("actual", "2020-05", 60, source_id="second")),
        "stated again": plan(*DOCUMENTS, *said(source_id="first"), row("actual", "2020-05", 50, source_id="second")),
        "erased": plan(
            *said(recorded_on="2020-06-01"),
            row("actual", "2020-05", None, state="not-collected", recorded_on="2020-07-01", source_id="second"),
            *DOCUMENTS,
        ),
        "announced": plan(*said(), row("actual", "2020-11", None, state="coming")),
        "reversed": plan(*said(months={"baseline": "2019-01", "target": "2018-12"})),
        "future": plan(*said(), row("actual", "2021-05", 60)),
        "two definitions": plan(*said(now=None), row("actual", "2020-05", 50, definition=2)),
        "typed where it is computed": plan(
            *departments(*PARTS), *(one for place in PARTS for one in said(place)), *said(now=5, goal=7), **sum_of
        ),
        "uneven": plan(*departments(*PARTS), *said("75"), *said("77", now=None), *said("91", goal=None), **sum_of),
    }
    for name, held in plans.items():
        for ruleset in ("strict", "pilote"):
            yield case(
                f"progress: {name}, {ruleset}", indicators.progress_of, held, "visits", as_of=DAY, ruleset=ruleset
            )
    for name, more in {
        "horizon year": {"horizon": "year"},
        "own year": {"horizon": "own-year", "ruleset": "pilote"},
        "until": {"until": "2020-02"},
        "cutoffs": {"cutoffs": indicators.Cutoffs(target_until="2021")},
        "baseline cutoff": {"cutoffs": indicators.Cutoffs(baseline_from="2019-06")},
        "roll-up": {"roll_up": RollUp(actual="sum", carry_forward_months=1)},
        "comparable": {"comparable": ComparableRule(decumulation="year", window="year")},
    }.items():
        for held in ("typed", "one sum", "carried"):
            yield case(f"asked with {name}: {held}", indicators.progress_of, plans[held], "visits", as_of=DAY, **more)
    for name, held in plans.items():
        yield case(f"attainment: {name}", indicators.attainment_of, held, "visits", 2022, as_of="2022-12-31")
        yield case(f"freshness: {name}", indicators.freshness_of, held, "visits", as_of=DAY)
        yield case(f"standing: {name}", indicators.status_of, held, "visits", "75", as_of=DAY)
        yield f"findings: {name}", rules.check(held, as_of="2024-12-31")


def breakdowns() -> Iterator[Case]:
    """Yield what is said of a value by sex: all of it, a code that lacks, a rate, and a part that is followed."""
    women, men, both = (row("actual", "2020", n, breakdown=part) for n, part in ((6, WOMEN), (3, MEN), (10, {})))
    for name, rows in (
        ("with a total", (women, men, both)),
        ("without a total", (women, men)),
        ("without a code", (women, both)),
        ("of nothing", ()),
    ):
        yield f"breakdown {name}", indicators.breakdown_of(coded(*rows), "visits", "sex", as_of=DAY)
    agreed = coded(women, men, row("actual", "2020", 9))
    yield "breakdown that agrees", indicators.breakdown_of(agreed, "visits", "sex", as_of=DAY)
    followed = coded(*said(breakdown=WOMEN))
    yield "progress of a part", indicators.progress_of(followed, "visits", as_of=DAY, breakdown=WOMEN)
    yield "attainment of a part", indicators.attainment_of(followed, "visits", 2022, as_of=DAY, breakdown=WOMEN)
    yield "findings", rules.check(coded(women, men, both), as_of=DAY, rules=rules.CONSISTENCY_RULES)


def carried() -> Iterator[Case]:
    """Yield the series of a municipality that took over another one, and what is found on its territories."""
    step = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
    places = (
        Territory(id="74010", label="Annecy", successions=[step]),
        Territory(id="74268", label="Seynod"),
        Territory(id="74282", label="Fillière", period="1943/2016"),
    )
    rows = [
        Observation(indicator_id="visits", territory_id=code, period=year, kind="actual", value=value)
        for code, year, value in (
            ("74010", "2015", 49),
            ("74010", "2016", 50),
            ("74268", "2016", 20),
            ("74010", "2017", 1_234),
            ("74010", "2016-07/2017-06", 60),
            ("74268", "2018", 7),
            ("74282", "2018", 7),
        )
    ]
    for name, about in (("sum", {"aggregation": "sum"}), ("mean", {"aggregation": "mean", "unit": "%"})):
        held = plan(*places, *rows, **about)
        yield f"carried: {name}", indicators.carried_series_of(held, "visits", "74010", as_of=DAY)
    yield "carried: nothing", indicators.carried_series_of(plan(*places), "visits", "74010", as_of=DAY)
    groups = [Territory(id=code, label=code, part_ids=["74010"]) for code in ("200066793", "200023737")]
    late = Territory(id="74300", label="Tard", successions=[Succession(on="2018-01-01", predecessor_ids=["74282"])])
    yield "findings", rules.check(plan(*places, *groups, late, *rows), as_of=DAY)


def reforms() -> Iterator[Case]:
    """Yield what is said of reforms and programmes followed by weighted indicators."""
    weights = [IndicatorWeight(indicator_id="visits", level=level, weight=2) for level in ("nation", "department")]
    reform = Reform(
        id="welcome",
        label="Accueil",
        label_en="Welcome",
        indicator_ids=["visits"],
        weights=weights,
        programme_ids=["axis"],
        ratings=[ConfidenceRating(level="attainable", on="2020-02-01", by_id="ditp", because="retard du marché")],
    )
    alone = Reform(id="alone", label="Seule", indicator_ids=["visits"], programme_ids=["top"])
    top = Programme(id="top", label="Plan", label_en="Plan in English", kind="national")
    axis = Programme(id="axis", label="Axe", kind="workstream", parent_id="top")
    body = Organisation(id="ditp", label="DITP", kind="other")
    held = plan(*departments(*PARTS), *said(), *said("75"), *said("77", now=20), body, top, axis, reform, alone)
    for place in ("FR", "75", "91"):
        yield f"reform {place}", indicators.reform_progress_of(held, "welcome", place, as_of=DAY)
        yield f"standing {place}", indicators.reform_status_of(held, "welcome", place, as_of=DAY)
        yield f"lever {place}", lever_progress(held.with_(lever_of(), *activated(reform)), place, as_of=DAY)
    yield "without weights", indicators.reform_progress_of(held, "alone", as_of=DAY)
    yield "programme", indicators.programme_progress_of(held, "top", as_of=DAY)
    yield "programme of one", indicators.programme_progress_of(held, "axis", as_of=DAY)
    yield "weights given", indicators.programme_progress_of(held, "top", as_of=DAY, weights={"welcome": 3, "alone": 1})
    yield "findings", rules.check(held, as_of="2024-12-31")


def activated(reform: Reform) -> tuple[Any, ...]:
    """Return a reform under two levers."""
    from attrs import evolve

    second = Lever(id="inside", label="Interne")
    return second, evolve(reform, lever_ids=["digital", "inside"])


CASES = {
    "breakdowns-small": breakdowns,
    "indicators-bare": bare,
    "quality": quality,
    "indicators-small": series,
    "carried": carried,
    "reforms-small": reforms,
}
