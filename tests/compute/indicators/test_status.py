"""Standing: gap, trend, summary, ranking, alerts, confidence, expected path, distance, and all of them together."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from levier import Indicator, MissingReason, Organisation, Portfolio, Programme, Reform, Territory, indicators
from levier.compute.indicators import status
from levier.compute.indicators.alerts import confidence_counts, confidence_on
from levier.compute.indicators.progress import progress_in
from levier.errors import InvalidValueError
from levier.indicators import (
    IndicatorWeight,
    Thresholds,
    TrendDirection,
    alerts,
    compare_confidence,
    distance,
    expected_path,
    freshness,
    gap,
    latest_statement_day,
    on_track,
    path_of,
    peers_of,
    programme_progress_of,
    reform_progress_of,
    reform_status_of,
    status_of,
    summary,
    trend,
    weighted_progress,
)
from levier.plans import ConfidenceRating

Make = Callable[..., Any]
DAY = "2020-12-31"


def test_gap_says_why_there_is_none() -> None:
    """Without a progress, or without peers, there is no gap, with the reason."""
    assert gap(None, [1, 2]).reason is MissingReason.NO_PROGRESS
    assert gap(50, []).reason is MissingReason.NO_PEERS
    assert gap(50, [None]).explain("en") == "gap to the median not computable (no other territory of this level)"
    assert gap(None, []).explain("fr") == "écart à la médiane non calculable (pas de taux d’avancement)"


def test_gap_is_said_with_its_median() -> None:
    """The gap is shown in points with the median it is measured from."""
    found = gap(20, [20, 40, 60])
    assert found.explain("en") == "20 points below the median (40%)"
    assert found.explain("fr") == "20\u00a0points sous la médiane (40\u00a0%)"
    assert gap(60, [20, 40, 60]).explain("en") == "20 points above the median (40%)"
    assert gap(40, [40]).explain("fr") == "à la médiane (40\u00a0%)"
    assert [gap(value, [40]).side for value in (20, 40, 60)] == ["behind", "level", "ahead"]


def test_trend_says_which_way() -> None:
    """Rising, falling or level within the tolerance, with the points; or why there is none."""
    assert trend(75, 70).explain("en") == "progress up by 5 points"
    assert trend(70, 75).explain("fr") == "taux d’avancement en baisse de 5\u00a0points"
    level = trend(70, 71, tolerance=1)
    assert level.direction is TrendDirection.LEVEL
    assert (level.explain("en"), level.explain("fr")) == (
        "progress level (1 point less)",
        "taux d’avancement stable (1\u00a0point de moins)",
    )
    assert trend(71, 70, tolerance=1).explain("en") == "progress level (1 point more)"
    assert trend(70, 70).explain("en") == "progress level"
    assert trend(None, 70).explain("en") == "trend unknown (no progress)"
    assert trend(70, None).explain("fr") == "tendance non déterminée (pas de valeur précédente)"
    assert trend(70, None, ruleset="pilote").explain("en") == "progress level"


def test_summary_of_nothing() -> None:
    """Of no value there is no minimum, median, maximum or mean; all are missing by name."""
    found = summary({"75": None})
    assert (found.minimum, found.median, found.maximum, found.mean) == (None, None, None, None)
    assert found.coverage.missing == ("75",)
    assert summary({"75": 0}, ruleset="pilote").median is None
    with pytest.raises(InvalidValueError, match=r"summary\.75"):
        summary({"75": 0.5})


def test_every_alert_has_its_threshold() -> None:
    """Each kind of alert is raised by what passes its threshold, and says both; thresholds are parameters."""
    path = expected_path({"2019-01": 0, "2021-01": 100})
    found = alerts(
        gap=gap(20, [20, 40, 60]),
        trend=trend(70, 75),
        confidence="not-given",
        freshness=freshness("2019-01", periodicity_months=1, lag_months=0, as_of=DAY),
        track=on_track(20, "2020-01", path, "increase"),
    )
    assert [alert.kind.value for alert in found] == [
        "lagging",
        "falling",
        "no-confidence",
        "not-up-to-date",
        "off-track",
    ]
    assert str(found[0]) == "behind the median: 20 points (threshold: 10 points)"
    assert found[0].explain("fr") == "retard sur la médiane\u00a0: 20\u00a0points (seuil\u00a0: 10\u00a0points)"
    assert found[2].explain("fr") == "confiance non renseignée"
    assert (found[4].found, found[4].threshold) == (Decimal(-30), 0)


def test_nothing_raises_no_alert() -> None:
    """At the threshold, with confidence said, up to date and on its path, there is none."""
    found = alerts(
        gap=gap(30, [30, 40, 50]),
        trend=trend(75, 75),
        confidence="secured",
        freshness=freshness("2020-12", periodicity_months=1, lag_months=0, as_of=DAY),
        track=on_track(20, "2020-01", expected_path({"2019-01": 0}), "increase"),
    )
    assert found == ()
    assert alerts() == ()
    lower = Thresholds(gap=Decimal(-5))
    assert alerts(gap=gap(30, [30, 40, 50]), thresholds=lower)[0].threshold == -5
    assert [one.kind.value for one in alerts(gap=gap(None, [1]))] == ["no-progress"]


def test_confidence_is_said_not_computed() -> None:
    """Counts list every level; a rating counts from its day on; words that are no level compare to nothing."""
    counts = confidence_counts(["secured", None])
    assert counts["secured"] == 1
    assert counts["not-given"] == 0
    assert compare_confidence("secured", "not-needed") is None
    assert compare_confidence("support-needed", "attainable") == -1
    rating = ConfidenceRating(level="attainable", on="2019-06-01", by_id="ditp", territory_id="46")
    assert confidence_on([rating], as_of=DAY) is None
    assert confidence_on([rating], as_of=DAY, territory_id="46") is rating
    assert confidence_on([rating], as_of="2019-06-01", territory_id="46") is rating
    assert confidence_on([rating], as_of="2019-05-31", territory_id="46") is None
    assert latest_statement_day([]) is None


def test_a_path_is_linear_stepwise_or_given() -> None:
    """Linear between its points, stepwise from target to target, or a value a month; before it starts, none."""
    points = {"2018-12": 40, "2019-12": 30, "2020-12": 16}
    linear, steps = expected_path(points), expected_path(points, "stepwise")
    assert (linear.at("2019-06"), steps.at("2019-06")) == (35, 40)
    assert (linear.at("2020-12"), steps.at("2020-12"), steps.at("2025")) == (16, 16, 16)
    assert linear.at("2018-11") is None
    for bad in ({}, [("2018-12", 1), ("2018-12-31", 2)]):
        with pytest.raises(InvalidValueError, match="at least one point"):
            expected_path(bad)


@pytest.mark.parametrize(
    ("direction", "value", "tolerance", "track"),
    [
        ("increase", 60, 0, "ahead"),
        ("increase", 50, 0, "on-track"),
        ("increase", 48, 2, "on-track"),
        ("increase", 40, 0, "behind"),
        ("decrease", 60, 0, "behind"),
        ("decrease", 40, 0, "ahead"),
    ],
)
def test_on_track(direction: str, value: int, tolerance: int, track: str) -> None:
    """A value is judged against its path, the good way, give or take the tolerance."""
    path = expected_path({"2019-01": 0, "2021-01": 100})
    found = on_track(value, "2020-01", path, direction, tolerance=tolerance)
    assert found.track == track
    assert found.expected == 50


def test_on_track_says_why_not() -> None:
    """Without a value, a path at that date or a direction there is no judgement, with the reason."""
    path = expected_path({"2019-01": 0, "2021-01": 100})
    assert on_track(None, "2020-01", path, "increase").reason is MissingReason.NO_ACTUAL
    assert on_track(5, "2018-01", path, "increase").reason is MissingReason.NO_PATH
    unknown = on_track(5, "2020-01", path, None)
    assert unknown.reason is MissingReason.NO_DIRECTION
    assert unknown.explain("fr") == "position sur la trajectoire non déterminée (sens d’amélioration inconnu)"
    assert unknown.explain("en") == "position on its path unknown (no direction)"
    assert on_track(5, "2020-01", path, "increase").explain("en") == "behind its path (expected: 50)"
    assert on_track(55, "2020-01", path, "increase").explain("en") == "ahead of its path (expected: 50)"
    assert on_track(50, "2020-01", path, "increase").explain("en") == "on its path (expected: 50)"
    assert on_track(5, "2020-01", path, "increase").explain("fr").startswith("en retard sur la trajectoire")


def test_distance_over_the_time_that_remains() -> None:
    """What remains, over the months that remain; where none do, no pace, with the reason."""
    left = distance(25, 16, on="2019-05", target_on="2020-05")
    assert left.explain("en") == "target 9 lower, due in 12 months, that is 0.75 less a month"
    assert left.explain("fr") == "cible plus basse de 9, à atteindre dans 12\u00a0mois, soit 0,75 de moins par mois"
    more = distance(16, 17, on="2019-04", target_on="2019-05", unit="days")
    assert more.explain("en") == "target 1 day higher, due in 1 month, that is 1 day more a month"
    assert distance(16, 16, on="2019", target_on="2020").explain("en") == "target equal to the value"
    late = distance(25, 16, on="2020-06", target_on="2020-05")
    assert (late.per_month, late.reason) == (None, MissingReason.DATE_PASSED)
    assert late.explain("en") == "target 9 lower, the date has passed"
    assert late.explain("fr") == "cible plus basse de 9, échéance passée"
    share = distance(25, "16.5", on="2019-05", target_on="2020-05", unit="%")
    assert share.explain("fr").startswith("cible plus basse de 8,5\u00a0points")
    assert distance(None, 16, on="2020", target_on="2021").reason is MissingReason.NO_ACTUAL
    assert distance(1, None, on="2020", target_on="2021").explain("en") == "no target"


@pytest.mark.parametrize(
    ("direction", "actual", "target", "is_met"),
    [("decrease", 45, 60, True), ("decrease", 75, 60, False), ("increase", 70, 60, True), ("increase", 45, 60, False)],
)
def test_a_target_that_is_met_leaves_nothing_to_do(direction: str, actual: int, target: int, is_met: bool) -> None:
    """45 days for a target of at most 60 is no distance to go: nobody is told to become slower."""
    ends = {"on": "2022-12", "target_on": "2024-12"}
    found = distance(actual, target, unit="days", direction=direction, **ends)
    assert (found.per_month is None, found.reason is MissingReason.TARGET_MET) == (is_met, is_met)
    assert found.remaining == target - actual
    if is_met:
        left = abs(target - actual)
        assert found.explain("en") == f"target already met, by a margin of {left} days"
        assert found.explain("fr") == f"cible déjà atteinte, avec une marge de {left}\u00a0jours"
    equal = distance(60, 60, direction=direction, **ends)
    assert equal.reason is None
    assert distance(actual, target, **ends).reason is None


def standing_plan(plan: Make, said: Make, row: Make, departments: Make) -> Any:
    """Return a portfolio of three departments, one of which lags and falls."""
    rows = [*said("75", now=60), *said("77", now=50), *said("91", now=30, months={"actual": "2020-04"})]
    return plan(
        *departments("75", "77", "91"), *rows, row("actual", "2020-05", 20, "91"), periodicity_months=1, lag_months=0
    )


def test_standing_of_an_indicator(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """Progress, previous progress, gap to the median of the level, trend, freshness, track, distance and alerts."""
    held = standing_plan(plan, said, row, departments)
    found = status_of(held, "visits", "91", as_of=DAY)
    assert (found.progress.value, found.previous.value) == (20, 30)
    assert (found.gap.value, found.gap.median) == (-30, 50)
    assert found.trend.direction is TrendDirection.FALLING
    assert found.freshness.up_to_date is False
    assert found.track.track == "behind"
    assert found.distance.remaining == 80
    kinds = [alert.kind.value for alert in found.alerts]
    assert kinds == ["lagging", "falling", "not-up-to-date", "off-track"]
    for part in ("20% of", "30 points below", "down by", "not up to date", "behind its path (", "80 higher"):
        assert part in str(found)
    assert "retard sur la médiane" in found.explain("fr")


def test_standing_with_thresholds_and_a_path(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """Thresholds and the path judged against are parameters."""
    held = standing_plan(plan, said, row, departments)
    loose = Thresholds(gap=Decimal(-50), fall=Decimal(20), track=Decimal(100))
    path = expected_path({"2019-01": 0, "2022-12": 40})
    found = status_of(held, "visits", "91", as_of="2020-05-20", thresholds=loose, path=path)
    assert found.alerts == ()
    assert found.track.expected < 20


def test_standing_of_the_nation_and_of_nothing(plan: Make, said: Make) -> None:
    """The nation has no peers; without a value there is no track, no distance, and each says why."""
    found = status_of(plan(*said()), "visits", as_of=DAY)
    assert found.gap.reason is MissingReason.NO_PEERS
    assert found.previous is None
    empty = status_of(plan(), "visits", as_of=DAY)
    assert (empty.track.reason, empty.progress.reason) == (MissingReason.NO_BASELINE, MissingReason.NO_BASELINE)
    assert (empty.distance, empty.freshness.reason) == (None, MissingReason.NO_ACTUAL)
    pathless = status_of(plan(*said(start=None)), "visits", as_of=DAY)
    assert pathless.track.reason is pathless.progress.reason is MissingReason.NO_BASELINE
    flat = status_of(plan(*said(months={"target": "2019-01"})), "visits", as_of=DAY)
    assert flat.track.reason is MissingReason.NO_PATH
    early = plan(*said(months={"target": "2018-06"}))
    assert path_of(early, "visits", as_of=DAY) is None
    assert status_of(early, "visits", as_of=DAY).track.reason is MissingReason.TARGET_BEFORE_BASELINE
    assert pathless.trend.reason is MissingReason.NO_PROGRESS


def test_the_path_of_an_indicator(plan: Make, said: Make) -> None:
    """From its baseline to its final target; none without both, nor where they are of one period."""
    path = path_of(plan(*said(start=10, goal=57)), "visits", as_of=DAY)
    assert path.at("2019-02") == 11
    assert path_of(plan(*said(goal=None)), "visits", as_of=DAY) is None
    for month in ("2019-01", "2019-01-31"):  # however the baseline's month is written, a path needs a second one
        assert path_of(plan(*said(months={"target": month})), "visits", as_of=DAY) is None
    assert path_of(plan(*said()), "visits", as_of=DAY, shape="stepwise").at("2020-01") == 0


def test_peers_are_of_the_same_level(plan: Make, departments: Make) -> None:
    """Peers are all territories of the level, itself among them; the nation has none."""
    held = plan(*departments("75", "91"))
    assert peers_of(held, "75") == ("75", "91")
    assert peers_of(held, "R11") == ("R11",)
    assert peers_of(held, "FR") == ()


def test_standings_of_a_level_compute_each_progress_once(
    plan: Make, said: Make, departments: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The median is computed once for a level, not again for each of its territories, and is that of all of them."""
    codes = ("75", "77", "91", "92")
    rows = [row for place, code in enumerate(codes) for row in said(code, now=10 * place)]
    held, asked = plan(*departments(*codes), *rows), []

    def counted(*about: Any) -> Any:
        asked.append(about)
        return progress_in(*about)

    monkeypatch.setattr(status, "progress_in", counted)
    found = [indicators.status_of(held, "visits", code, as_of="2020-06-30") for code in codes]
    shares = [one.progress.value for one in found]
    assert [one.gap for one in found] == [indicators.gap(share, shares) for share in shares]
    assert len(asked) == 2 * len(codes)  # its own progress, and once that of the level; there is no previous one


def test_standing_of_a_reform(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """A reform's standing: its progress among its peers, what was said of it in that territory, its alerts."""
    held = standing_plan(plan, said, row, departments)
    weight = IndicatorWeight(indicator_id="visits", level="department", weight=1)
    rating = ConfidenceRating(level="compromised", on="2020-06-01", by_id="ditp", territory_id="91")
    reform = Reform(id="r", label="Reception", indicator_ids=["visits"], weights=[weight], ratings=[rating])
    ditp = Organisation(id="ditp", label="DITP", kind="interministerial-directorate")
    held = held.with_(ditp, reform)
    found = reform_status_of(held, "r", "91", as_of=DAY)
    assert (found.progress.value, found.previous.value, found.gap.value) == (20, 30, -30)
    assert found.confidence.level == "compromised"
    assert [alert.kind.value for alert in found.alerts] == ["lagging", "falling"]
    other = reform_status_of(held, "r", "75", as_of=DAY)
    assert [alert.kind.value for alert in other.alerts] == ["no-confidence"]
    assert other.previous is None
    assert "Reception, Department 75" in str(other)


def test_a_reform_explains_its_parts(said: Make) -> None:
    """Each indicator's contribution is listed with its share; what is missing or unweighted is named."""
    named = {"a": "", "b": "Bee", "c": ""}
    indicators = [
        Indicator(id=n, label=n.upper(), label_en=en, unit="count", direction="increase") for n, en in named.items()
    ]
    weights = [IndicatorWeight(indicator_id=n, level="nation", weight=w) for n, w in (("a", 30), ("b", 10))]
    reform = Reform(id="r", label="Accueil", label_en="Reception", indicator_ids=["a", "b", "c"], weights=weights)
    rows = [*said(indicator="a"), *said(indicator="b", now=100)]
    held = Portfolio.of(reform, *indicators, Territory(id="FR", label="France"), *rows)
    found = reform_progress_of(held, "r", as_of=DAY)
    assert found.value == Decimal("62.5")
    assert [(part.name, part.share, part.points) for part in found.contributions] == [
        ("a", 75, Decimal("37.5")),
        ("b", 25, 25),
    ]
    assert found.unweighted == ("c",)
    assert (found.missing, str(found.period)) == ((), "2020-05")
    assert found.explain("en") == (
        "Reception, France, as of 31 December 2020: 62.5%; A: 50% (weight 75%); Bee: 100% (weight 25%)"
    )
    gone = reform_progress_of(held.without(rows[-1]), "r", as_of=DAY)
    assert (gone.value, gone.reason, gone.missing) == (None, MissingReason.PART_WITHOUT_PROGRESS, ("b",))
    assert "taux d’avancement non calculable (un élément pondéré n’a pas de taux)" in gone.explain("fr")
    assert "Bee: not computable" in str(gone)
    early = reform_progress_of(held, "r", as_of=DAY, until="2019-12")
    assert early.missing == ("a", "b")


def test_weights_are_refused_when_they_are_none() -> None:
    """A negative weight or a float is refused by the name of its part."""
    with pytest.raises(InvalidValueError, match=r"weighted_progress\.weights\.a"):
        weighted_progress({"a": 5}, {"a": -1})
    with pytest.raises(InvalidValueError, match=r"weighted_progress\.progress\.a"):
        weighted_progress({"a": 0.5}, {"a": 1})
    bare = weighted_progress({"a": 50}, {"a": 1})
    assert str(bare) == "50%; a: 50% (weight 100%)"
    assert bare.period is None


def test_a_reform_names_where_the_readings_differ(plan: Make, said: Make, departments: Make) -> None:
    """Where an indicator's rulesets differ, so does the reform's, and it names the rule."""
    rows = [*said("75", now=90, months={"actual": "2020-04"}), *said("91", now=100, goal=1000)]
    weight = IndicatorWeight(indicator_id="visits", level="region", weight=1)
    reform = Reform(id="r", label="R", indicator_ids=["visits"], weights=[weight])
    held = plan(*departments("75", "91"), reform, *rows, aggregation="sum")
    found = reform_progress_of(held, "r", "R11", as_of=DAY)
    assert found.differs_from_pilote
    assert (found.value, found.other_value) == (Decimal("17.27"), Decimal("9.09"))
    assert found.differences == ("other-month",)


def test_a_solidary_reform_takes_the_values_above(plan: Make, said: Make, departments: Make) -> None:
    """In a solidary reform a department takes its region's values; one whose region is not there keeps its own."""
    weights = [IndicatorWeight(indicator_id="visits", level=level, weight=1) for level in ("region", "department")]
    reform = Reform(id="r", label="R", indicator_ids=["visits"], weights=weights, solidary_from="region")
    alone = Territory(id="46", label="Lot")
    rows = [*said("R11", now=40), *said("75", now=99), *said("46", now=70)]
    held = plan(*departments("75"), alone, reform, *rows)
    values = {place: reform_progress_of(held, "r", place, as_of=DAY).value for place in ("R11", "75", "46")}
    assert values == {"R11": 40, "75": 40, "46": 70}


def test_a_programme_is_made_of_its_reforms(plan: Make, said: Make) -> None:
    """A programme's progress is its reforms', all alike or by weight; missing if one is; its own indicators named."""
    weight = IndicatorWeight(indicator_id="visits", level="nation", weight=1)
    known = Reform(id="known", label="Known", programme_ids=["p"], indicator_ids=["visits"], weights=[weight])
    unknown = Reform(id="unknown", label="Unknown", programme_ids=["p"])
    programme = Programme(id="p", label="P", kind="national", indicator_ids=["visits"])
    held = plan(programme, known, unknown, *said())
    found = programme_progress_of(held, "p", as_of=DAY)
    assert (found.value, found.missing, found.unweighted) == (None, ("unknown",), ("visits",))
    weighted = programme_progress_of(held, "p", as_of=DAY, weights={"known": 3})
    assert weighted.value == 50
    assert weighted.unweighted == ("unknown", "visits")
    assert str(weighted.period) == "2020-05"
    assert weighted.contributions[0].detail.contributions[0].name == "visits"
