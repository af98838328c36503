"""Territories in time: series carried across mergers, and totals that count no territory beside its successor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from levier import Indicator, Observation, Portfolio, Source, Territory
from levier.errors import UnknownItemError, WrongLevelError
from levier.indicators import CarriedSeries, Exclusion, RollUp, aggregate_of, carried_series_of, peers_of, progress_of
from levier.plans import Succession
from levier.rules import check

DAY = "2030-01-01"
YEARS = range(2015, 2021)
VISITS = Indicator(
    id="visits", label="Visites", label_en="Visits", unit="count", aggregation="sum", direction="increase"
)
FRAME = (Territory(id="FR", label="France"), Territory(id="74", label="Haute-Savoie"))


def row(place: str, when: str, value: int, kind: str = "actual", **more: Any) -> Observation:
    """Return one value of the visits."""
    return Observation(indicator_id="visits", territory_id=place, period=when, kind=kind, value=value, **more)


def place(code: str, *successions: tuple[str, tuple[str, ...]], **more: Any) -> Territory:
    """Return a territory with its successions, each a day and the codes taken over."""
    steps = [Succession(on=day, predecessor_ids=codes) for day, codes in successions]
    return Territory(id=code, label=f"Commune {code}", successions=steps, **more)


def carried(*things: Any, of: str = "74010", indicator: Indicator = VISITS, **more: Any) -> CarriedSeries:
    """Return the carried series of a territory of these things."""
    return carried_series_of(Portfolio.of(*FRAME, indicator, *things), "visits", of, as_of=DAY, **more)


def told(found: CarriedSeries) -> dict[str, Any]:
    """Return the values of a series by period; for a missing one, the reason and the territories that it names."""
    return {
        str(one.period): one.value if one.reason is None else (str(one.reason), *(name.id for name in one.missing))
        for one in found.values
    }


MERGER = ("2017-01-01", ("74010", "74268"))
ANNECY, SEYNOD = place("74010", MERGER), place("74268")

# ---------------------------------------------------------------- laws on drawn histories


@frozen
class History:
    """A drawn history of mergers: the plan, the visits of each original municipality, and who is in what at the end."""

    plan: Portfolio
    visits: dict[tuple[str, int], int]
    members: dict[str, frozenset[str]]
    gone: frozenset[tuple[str, int]]
    """The original municipalities of the rows that were left out, with their year."""


@st.composite
def histories(draw: st.DrawFn, gaps: bool = False) -> History:
    """Draw a history: each year, municipalities merge under the code of one of them or under a new one."""
    base = [f"740{number:02}" for number in range(10, 10 + draw(st.integers(2, 5)))]
    visits = {(code, year): draw(st.integers(0, 99)) for code in base for year in YEARS}
    members = {code: frozenset({code}) for code in base}
    steps: dict[str, list[Succession]] = {code: [] for code in base}
    rows, gone = list[Observation](), set[tuple[str, int]]()
    for year in YEARS:
        joined = draw(st.lists(st.sampled_from(sorted(members)), unique=True, max_size=3))
        if joined:
            kept = joined[0] if len(joined) > 1 and draw(st.booleans()) else f"74{year - 1900}"
            steps.setdefault(kept, []).append(Succession(on=f"{year}-01-01", predecessor_ids=joined))
            members[kept] = frozenset[str]().union(*(members.pop(code) for code in joined))
        for code, of in members.items():
            if gaps and draw(st.integers(0, 5)) == 0:
                gone |= {(each, year) for each in of}
            else:
                rows.append(row(code, str(year), sum(visits[each, year] for each in of)))
    places = [Territory(id=code, label=code, successions=found) for code, found in steps.items()]
    return History(Portfolio.of(*FRAME, VISITS, *places, *rows), visits, members, frozenset(gone))


@given(histories())
def test_a_carried_series_is_that_of_those_who_live_there(history: History) -> None:
    """Whatever merged when, the value of any year is the sum over the municipalities that are in it at the end."""
    for code, of in history.members.items():
        found = carried_series_of(history.plan, "visits", code, as_of=DAY)
        assert {one.period.year: one.value for one in found.values} == {
            year: sum(history.visits[each, year] for each in of) for year in YEARS
        }
        assert all(one.reason is None for one in found.values)
        for one in found.values:  # the parts are marked, and each counts once
            assert sum(part.value or 0 for part in one.observations) == one.value
            assert [name.id for name in one.parts] == [part.territory_id for part in one.observations]
            assert one.is_carried or one.parts[0].id == code


@given(histories(gaps=True))
def test_a_missing_predecessor_is_never_zero(history: History) -> None:
    """A year in which one of the predecessors has no value has no value, and never the sum of the others."""
    for code, of in history.members.items():
        found = carried_series_of(history.plan, "visits", code, as_of=DAY)
        for one in found.values:
            lacks = any((each, one.period.year) in history.gone for each in of)
            assert (one.value is None) is lacks
            assert (str(one.reason) == "incomplete") is lacks
        missing = set(YEARS) - {one.period.year for one in found.values}
        assert all((each, year) in history.gone for each in of for year in missing)


@given(histories())
def test_a_total_counts_each_municipality_once(history: History) -> None:
    """In each year, and at last, the department's total is that of its original municipalities, whatever merged."""
    totals = {year: sum(history.visits[code, each] for code, each in history.visits if each == year) for year in YEARS}
    asked: dict[str, Any] = {"as_of": DAY, "from_level": "municipality"}
    for year, total in totals.items():
        found = aggregate_of(history.plan, "visits", "74", month=f"{year}-12", **asked)
        assert found.value == total
        assert found.coverage.is_complete
    assert aggregate_of(history.plan, "visits", "74", **asked).value == totals[YEARS[-1]]


@given(histories(), st.sampled_from(YEARS))
def test_the_territories_of_a_day_are_known_on_that_day(history: History, year: int) -> None:
    """The portfolio as of a day knows the territories that existed then, and they cover the department once."""
    day = f"{year}-06-14"
    then = {found.id for found in history.plan.territories_on(day, level="municipality")}
    assert then == {found.id for found in history.plan.as_of(day).territories_on(day, level="municipality")}
    assert then == {one.territory_id for one in history.plan.observations if one.period.year == year}
    assert not [found for found in check(history.plan, as_of=DAY) if found.rule == "value-outside-lifetime"]


# ---------------------------------------------------------------- examples


def test_a_new_municipality_has_the_values_of_its_predecessors() -> None:
    """Annecy of 2016 is the sum of both, marked with its parts; of 2017 it is what was recorded."""
    found = carried(ANNECY, SEYNOD, row("74010", "2016", 50), row("74268", "2016", 20), row("74010", "2017", 75))
    assert told(found) == {"2016": 70, "2017": 75}
    (before,) = found.carried
    assert [name.id for name in before.parts] == ["74010", "74268"]
    assert str(before.carried_across) == "2017-01-01"
    assert not found.refused
    assert found.explain("en") == (
        "Visits, Commune 74010, actual, as of 1 January 2030: "
        "2016: 70, carried across 1 January 2017 from Commune 74010, Commune 74268; 2017: 75"
    )


@pytest.mark.parametrize(
    ("about", "unit"),
    [
        ({"aggregation": "mean"}, "count"),
        ({}, "count"),
        ({"aggregation": "sum"}, "%"),
        ({"aggregation": "sum"}, "share"),
    ],
)
def test_what_does_not_add_up_is_not_carried(about: dict[str, str], unit: str) -> None:
    """A mean, an indicator without a rule, and a rate have a reason instead of a sum; the recorded value stays."""
    rate = Indicator(id="visits", label="V", unit=unit, **about)  # type: ignore[arg-type]
    rows = (row("74010", "2016", 1), row("74268", "2016", 1), row("74010", "2017", 1))
    assert told(carried(ANNECY, SEYNOD, *rows, indicator=rate)) == {"2016": ("not-additive",), "2017": 1}


@pytest.mark.parametrize("unit", ["count", "%"])
def test_a_renumbered_territory_continues_its_series(unit: str) -> None:
    """A new code alone changes no value, of a rate neither."""
    rate, rows = Indicator(id="visits", label="V", unit=unit), (row("55001", "2016", 40), row("55002", "2018", 45))
    places = (Territory(id="55001", label="Old"), place("55002", ("2017-01-01", ("55001",))))
    found = carried(*places, *rows, of="55002", indicator=rate)
    assert told(found) == {"2016": 40, "2018": 45}
    assert [name.id for name in found.carried[0].parts] == ["55001"]


def test_a_code_may_come_back() -> None:
    """A municipality that got a new code and then its old one again has one series."""
    there, back = place("55002", ("2017-01-01", ("55001",))), place("55001", ("2019-01-01", ("55002",)))
    found = carried(there, back, row("55002", "2018", 45), row("55001", "2019", 50), of="55001")
    assert told(found) == {"2018": 45, "2019": 50}


def test_a_long_history_is_no_problem() -> None:
    """A thousand changes of code one after the other are followed to the first one."""
    codes = [f"{55000 + number}" for number in range(1, 1000)]
    days = [str(date(1000 + number, 1, 1)) for number in range(1, 1000)]
    chain = [place(code, (day, (before,))) for before, code, day in zip(codes, codes[1:], days[1:], strict=False)]
    found = carried(Territory(id=codes[0], label="First"), *chain, row(codes[0], "1000", 7), of=codes[-1])
    assert told(found) == {"1000": 7}


def test_the_parts_must_have_values_of_the_same_period() -> None:
    """A year of one and a month of the other are no sum."""
    found = carried(ANNECY, SEYNOD, row("74010", "2016", 50), row("74268", "2016-12", 2))
    assert told(found) == {"2016": ("incomplete", "74268"), "2016-12": ("incomplete", "74010")}


def test_a_disputed_part_is_missing() -> None:
    """Two documents that contradict each other on a predecessor give no value, and itself no value either."""
    sources = (Source(id="one", title="One"), Source(id="two", title="Two"))
    rows = [row("74268", year, value, source_id=name) for year in ("2016",) for value, name in ((1, "one"), (2, "two"))]
    found = carried(ANNECY, SEYNOD, *sources, *rows, row("74010", "2016", 50))
    assert told(found) == {"2016": ("incomplete", "74268")}
    assert told(carried(SEYNOD, *sources, *rows, of="74268")) == {"2016": ("disputed",)}


@pytest.mark.parametrize(
    "places",
    [
        pytest.param([place("74010", MERGER), place("74020", ("2017-01-01", ("74268",)))], id="two take it over"),
        pytest.param([place("74010", MERGER)], id="it goes on"),
    ],
)
def test_a_part_of_a_predecessor_is_not_carried(places: list[Territory]) -> None:
    """Where a predecessor was divided, nobody says which part of its values went where."""
    gone = place("74268", period=None if len(places) > 1 else "1943/..")
    rows = (row("74010", "2016", 50), row("74268", "2016", 20), row("74010", "2017", 60))
    assert told(carried(*places, gone, *rows)) == {"2016": ("divided", "74268"), "2017": 60}


def test_a_territory_that_lost_a_part_has_no_earlier_series() -> None:
    """What remains of a municipality after another one left it is no longer what it was; nor is the one that left."""
    left = place("74020", ("2018-01-01", ("74010",)))
    rows = (row("74010", "2016", 50), row("74010", "2018", 40), row("74020", "2018", 12))
    rest = place("74010", period="1943/..")
    assert told(carried(rest, left, *rows)) == {"2016": ("divided", "74010"), "2018": 40}
    assert told(carried(rest, left, *rows, of="74020")) == {"2016": ("divided", "74010"), "2018": 12}


def test_a_period_that_the_merger_cuts_has_no_value() -> None:
    """A value over the day of the merger is of neither area."""
    found = carried(ANNECY, SEYNOD, row("74010", "2016/2017", 90), row("74010", "2018", 80))
    assert told(found) == {"2016/2017": ("only-across",), "2018": 80}


def test_a_predecessor_of_a_predecessor_counts_once() -> None:
    """A municipality that is taken over twice would count twice: there is no value."""
    last = place("74030", ("2019-01-01", ("74010", "74268")))
    rows = [row(code, "2016", 10) for code in ("74010", "74268")] + [row("74010", "2018", 30)]
    found = carried(ANNECY, SEYNOD, last, *rows, of="74030")
    assert told(found) == {"2016": ("counted-twice", "74268"), "2018": ("incomplete", "74268")}


def test_values_of_a_time_without_the_territory_are_not_used() -> None:
    """A value of a predecessor after its end, or of a successor before its beginning, is a finding and no value."""
    new = place("74030", ("2017-01-01", ("74010", "74268")))
    rows = [row("74010", "2016", 1), row("74268", "2016", 2), row("74030", "2015", 9), row("74268", "2018", 9)]
    plan = Portfolio.of(*FRAME, VISITS, place("74010"), SEYNOD, new, *rows)
    assert told(carried_series_of(plan, "visits", "74030", as_of=DAY)) == {"2016": 3}
    found = [one for one in check(plan, as_of=DAY) if one.rule == "value-outside-lifetime"]
    assert [one.subject for one in found] == ["indicators/visits/74030", "indicators/visits/74268"]
    assert "was not there (Commune 74030, since 1 January 2017): actual 2015." in str(found[0].message)
    assert "was not there (Commune 74268, until 31 December 2016): actual 2018." in str(found[1].message)


def test_a_stated_period_has_two_ends() -> None:
    """A finding says both, where a territory says both."""
    plan = Portfolio.of(*FRAME, VISITS, place("74268", period="1943/2016"), row("74268", "2018", 9))
    (found,) = (one for one in check(plan, as_of=DAY) if one.rule == "value-outside-lifetime")
    assert "(Commune 74268, 1 January 1943 to 31 December 2016)" in str(found.message)


def test_other_kinds_and_unknown_things() -> None:
    """Baselines are carried as actual values are, the nation is the default, and what is not there is refused."""
    rows = [row(code, "2016", 10, "baseline") for code in ("74010", "74268")]
    assert told(carried(ANNECY, SEYNOD, *rows, kind="baseline")) == {"2016": 20}
    assert told(carried(ANNECY, SEYNOD, *rows)) == {}
    plan = Portfolio.of(*FRAME, VISITS, row("FR", "2016", 5))
    assert told(carried_series_of(plan, "visits", as_of=DAY)) == {"2016": 5}
    assert carried_series_of(plan, "visits", "74", as_of=DAY).explain("en").endswith("no territory reports")
    with pytest.raises(UnknownItemError):
        carried_series_of(plan, "visits", "74010", as_of=DAY)


# ---------------------------------------------------------------- totals, peers and what is left out


def test_a_target_of_a_predecessor_is_not_added_to_that_of_its_successor() -> None:
    """What Seynod had planned for 2022 is no part of a total beside what Annecy plans for it."""
    rows = [row("74268", "2022", 30, "target"), row("74010", "2022", 100, "target")]
    plan = Portfolio.of(*FRAME, VISITS, ANNECY, SEYNOD, *rows)
    found = aggregate_of(plan, "visits", "74", as_of=DAY, kind="target", from_level="municipality")
    assert (found.value, found.coverage.reported) == (100, ("74010",))


def test_a_baseline_of_a_predecessor_is_not_added_to_that_of_its_successor() -> None:
    """A total of baselines is of the territories that existed in the latest of their months."""
    rows = [row("74268", "2016", 30, "baseline"), row("74010", "2018", 100, "baseline")]
    plan = Portfolio.of(*FRAME, VISITS, ANNECY, SEYNOD, *rows)
    found = aggregate_of(plan, "visits", "74", as_of=DAY, kind="baseline", from_level="municipality")
    assert (found.value, found.coverage.reported) == (100, ("74010",))


def test_the_value_of_a_merged_territory_is_left_out_with_its_reason(departments: Callable[..., Any]) -> None:
    """A progress names the values of territories that did not exist in the month of the total."""
    places = [*departments("75", "77")[:2], Territory(id="75", label="Paris", period="1968/2018")]
    rows = [row(code, "2018-12", 1) for code in ("75", "77")]
    later = [row("77", "2019-06", 2), row("77", "2017", 1, "baseline"), row("77", "2022", 9, "target")]
    plan = Portfolio.of(*places, Territory(id="77", label="Seine-et-Marne"), VISITS, *rows, *later)
    found = progress_of(plan, "visits", "R11", as_of=DAY)
    assert found.actual is not None
    assert found.actual.value == 2
    assert [one.observation.territory_id for one in found.left_out if one.because is Exclusion.NOT_THEN] == ["75"]


def test_peers_are_those_of_the_day() -> None:
    """A municipality is compared with those that exist, not with those that merged into others."""
    plan = Portfolio.of(*FRAME, ANNECY, SEYNOD, place("74030"))
    assert peers_of(plan, "74010") == ("74010", "74030", "74268")
    assert peers_of(plan, "74010", on="2016-06-14") == ("74010", "74030", "74268")
    assert peers_of(plan, "74010", on="2018-06-14") == ("74010", "74030")


# ---------------------------------------------------------------- what stands beside departments


def totals(*places: str, of: str = "FR", level: str = "department") -> Any:
    """Return a total over these places, each with a value of its own power of two."""
    rows = [row(code, "2020", 2**number) for number, code in enumerate(places)]
    held = {code: Territory(id=code, label=code) for code in (*places, of)}
    plan = Portfolio.of(*held.values(), VISITS, *rows)
    return aggregate_of(plan, "visits", of, as_of=DAY, from_level=level)


def test_the_two_authorities_of_rhone_are_not_counted_beside_it() -> None:
    """A total over departments counts 69, or else 69D and 69M, never all three; 69 itself is made up of the two."""
    assert totals("69", "69D", "69M", of="R84").value == 1
    assert totals("69D", "69M", "01", of="R84").value == 1 + 2 + 4
    assert totals("69", "69D", "69M", of="69", level="departmental-authority").value == 2 + 4
    assert totals("69123", "69264", "01004", of="69M", level="municipality").value == 1
    assert totals("69123", "69264", "01004", of="69D", level="municipality").value == 2


def test_the_hexagon_is_neither_corsica_nor_overseas() -> None:
    """A total of the Hexagon is over its departments; one of the nation counts it never."""
    places = ("HEX", "75", "2A", "974", "975", "69M")
    assert totals(*places, of="HEX").value == 2 + 32
    assert totals(*places).value == 2 + 4 + 8 + 16 + 32
    assert progress_of(
        Portfolio.of(*(Territory(id=code, label=code) for code in ("HEX", "75")), VISITS, row("75", "2020", 3)),
        "visits",
        "HEX",
        as_of=DAY,
    ).actual.value == Decimal(3)  # type: ignore[union-attr]


def test_an_overseas_collectivity_is_expected_where_it_reports() -> None:
    """France is 101 departments: a collectivity without a value is not missing, one with a value counts."""
    places = [Territory(id=code, label=code) for code in ("FR", "46", "975", "988")]
    plan = Portfolio.of(*places, VISITS, row("46", "2020", 1), row("988", "2020", 2))
    found = aggregate_of(plan, "visits", as_of=DAY)
    assert (found.value, found.coverage.reported, found.coverage.missing) == (3, ("46", "988"), ())


def test_intercommunalities_make_up_the_nation_and_are_made_up_of_municipalities() -> None:
    """Their municipalities are those that they list; a nation is a total of them, a department of arrondissements."""
    redon = Territory(id="243500741", label="Redon Agglomération", part_ids=["35236", "44128"])
    arrondissement = Territory(id="353", label="Redon", part_ids=["35236"])
    towns = [Territory(id=code, label=code) for code in ("35236", "44128", "35238")]
    places = [Territory(id=code, label=code) for code in ("FR", "35")]
    rows = [row("35236", "2020", 1), row("44128", "2020", 2), row("35238", "2020", 4), row("243500741", "2020", 8)]
    plan = Portfolio.of(*places, *towns, redon, arrondissement, VISITS, *rows, row("353", "2020", 16))
    asked = {"243500741": "municipality", "353": "municipality", "FR": "intercommunality"}
    found = {of: aggregate_of(plan, "visits", of, as_of=DAY, from_level=level).value for of, level in asked.items()}
    assert found == {"243500741": 3, "353": 1, "FR": 8}
    assert aggregate_of(plan, "visits", "35", as_of=DAY, from_level="departmental-arrondissement").value == 16
    assert aggregate_of(plan, "visits", "35", as_of=DAY, from_level="municipality").value == 5


@pytest.mark.parametrize(
    ("of", "level"), [("FR", "hexagon"), ("R84", "departmental-authority"), ("46", "intercommunality")]
)
def test_a_level_that_is_only_a_part_is_refused(of: str, level: str) -> None:
    """The Hexagon is not France, the two authorities of Rhône are not their region, and intercommunalities cross it."""
    with pytest.raises(WrongLevelError, match="makes up"):
        totals("01", of=of, level=level)
    rules = RollUp(actual="sum", from_level=level)
    plan = Portfolio.of(
        Territory(id=of, label=of), Territory(id="HEX", label="Hexagone"), VISITS, row("HEX", "2020", 1)
    )
    assert progress_of(plan, "visits", of, as_of=DAY, roll_up=rules).actual is None


def test_two_that_share_a_predecessor_are_divided() -> None:
    """A merger of two territories that came of one has the series of neither, because none of the two has one."""
    halves = [place(code, ("2017-01-01", ("74268",))) for code in ("74020", "74030")]
    whole = place("74040", ("2019-01-01", ("74020", "74030")))
    rows = [row("74268", "2016", 20), row("74020", "2018", 8), row("74030", "2018", 12)]
    found = carried(SEYNOD, *halves, whole, *rows, of="74040")
    assert told(found) == {"2016": ("incomplete", "74020", "74030"), "2018": 20}
    assert found.refused[0].explain("fr") == "2016\u00a0: donnée incomplète (Commune 74020, Commune 74030)"


def test_each_reason_is_said() -> None:
    """A reason is said with the territories because of which there is no value, or alone."""
    rows = (row("74010", "2016/2017", 90), row("74010", "2015", 1))
    texts = [one.explain("en") for one in carried(ANNECY, SEYNOD, *rows).values]
    assert texts == [
        "2015: a part is missing (Commune 74268)",
        "2016 – 2017: measured only over a period that spans that date",
    ]
