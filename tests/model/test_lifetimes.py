"""When territories existed: periods, successions, codes that come back, and what was known on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Day, Indicator, Observation, Portfolio, Project, Territory, TerritoryLevel
from levier.errors import InvalidValueError, UnknownItemError
from levier.history import difference, merge
from levier.model.lifetimes import existed_in, existed_on, lifetimes
from levier.model.periods import Period
from levier.plans import DatedName, Succession
from levier.testing import build


def place(code: str, *successions: tuple[str, tuple[str, ...]], period: str | None = None) -> Territory:
    """Return a territory with its successions, each a day and the codes taken over."""
    steps = [Succession(on=day, predecessor_ids=codes) for day, codes in successions]
    return Territory(id=code, label=f"Commune {code}", successions=steps, period=period)


def years(code: str, *places: Territory) -> list[int]:
    """Return the years from 2014 to 2021 on whose first day a territory existed."""
    lived = lifetimes({one.id: one for one in places})
    on_the_day = [year for year in range(2014, 2022) if existed_on(lived, code, date(year, 1, 1))]
    assert on_the_day == [year for year in range(2014, 2022) if existed_in(lived, code, Period(f"{year}-01-01"))]
    return on_the_day


ALL = list(range(2014, 2022))


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param([place("74268")], ALL, id="nothing is said"),
        pytest.param([place("74268", period="2016/2018")], [2016, 2017, 2018], id="it says so"),
        pytest.param([place("74268", period="2016/..")], ALL[2:], id="it goes on"),
        pytest.param([place("74268"), place("74010", ("2017-01-01", ("74268",)))], [2014, 2015, 2016], id="taken over"),
        pytest.param([place("74268", ("2017-01-01", ("74010",))), place("74010")], ALL[3:], id="took over"),
        pytest.param([place("74268", ("2017-01-01", ("74268", "74010")))], ALL, id="its own predecessor"),
        pytest.param(
            [place("74268", period="1943/.."), place("74010", ("2017-01-01", ("74268",)))], ALL, id="only a part of it"
        ),
        pytest.param(
            [place("74268", ("2017-01-01", ("74268",))), place("74010", ("2017-01-01", ("74268",)))],
            ALL,
            id="what remained",
        ),
        pytest.param(
            [place("74268", ("2019-01-01", ("74010",))), place("74010", ("2017-01-01", ("74010", "74268")))],
            [2014, 2015, 2016, 2019, 2020, 2021],
            id="established again",
        ),
        pytest.param(
            [
                place("74268", ("2017-01-01", ("74011",))),
                place("74011", ("2017-01-01", ("74268",))),
            ],
            ALL,
            id="codes exchanged",
        ),
    ],
)
def test_when_a_territory_existed(places: list[Territory], expected: list[int]) -> None:
    """A period decides; without one, a territory lives from a succession to the next one of another territory."""
    assert years("74268", *places) == expected


@given(st.lists(st.from_type(Territory), max_size=4, unique_by=lambda one: one.id), st.from_type(Day))
def test_a_lifetime_is_a_series_of_spans(places: list[Territory], day: Day) -> None:
    """Spans follow each other without touching, and a territory of which nothing is said has none."""
    lived = lifetimes({one.id: one for one in places})
    named = {code for one in places for step in one.successions for code in step.predecessor_ids}
    said = {one.id for one in places if one.period is not None or one.successions}
    assert said <= set(lived) <= said | named
    for spans in lived.values():
        days = [each for span in spans for each in span]
        assert days == sorted(days)
    assert all(existed_on(lived, one.id, day) is existed_in(lived, one.id, Period(day)) for one in places)


@given(st.from_type(Portfolio), st.from_type(Day))
def test_what_existed_on_a_day_is_known_on_it(plan: Portfolio, day: Day) -> None:
    """The portfolio as of a day has every territory that began by then, and no other."""
    lived = lifetimes(plan.territories)
    begun = {code for code in plan.territories if code not in lived or any(first <= day for first, _ in lived[code])}
    assert set(plan.as_of(day).territories) <= begun
    assert {one.id for one in plan.territories_on(day)} <= begun


MERGER = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
OLD = DatedName(name="Annecy (ancienne)", period="1943/2016")
ANNECY = Territory(id="74010", label="Annecy", successions=[MERGER], names=[OLD])
SEYNOD, FILLIERE = Territory(id="74268", label="Seynod"), place("74282", ("2017-01-01", ("74282", "74022")))
HAUTE_SAVOIE = Territory(id="74", label="Haute-Savoie")
PLAN = Portfolio.of(
    ANNECY, SEYNOD, FILLIERE, Territory(id="74022", label="Aviernoz"), Territory(id="74", label="H.-S.")
)


def test_the_territories_of_a_day() -> None:
    """A portfolio says which territories existed on a day, of one level if asked, and who succeeded whom."""
    assert [one.id for one in PLAN.territories_on("2016-12-31")] == ["74", "74010", "74022", "74268", "74282"]
    assert [one.id for one in PLAN.territories_on("2017-01-01", level="municipality")] == ["74010", "74282"]
    assert [one.id for one in PLAN.territory_successors("74268")] == ["74010"]
    assert PLAN.territory_successors("74010") == ()
    assert ANNECY.predecessor_ids == ("74268",)
    assert (ANNECY.name_on("2016-06-14"), ANNECY.name_on("2018-06-14")) == ("Annecy (ancienne)", "Annecy")
    with pytest.raises(InvalidValueError):
        PLAN.territories_on("now")
    with pytest.raises(InvalidValueError):
        PLAN.territories_on("2017-01-01", level="canton")
    with pytest.raises(UnknownItemError):
        PLAN.territory_successors("46042")


def test_a_merger_is_not_known_before_its_day() -> None:
    """As of a day before, the merger is not there, the name is the old one, and what began later is absent."""
    new = place("74300", ("2018-01-01", ("74022",)))
    visits = build(Indicator, id="visits")
    row = Observation(indicator_id="visits", territory_id="74300", period="2020", kind="target", value=3)
    project = Project(id="p", label="P", territory_ids=["74300", "74"])
    plan = PLAN.with_(new, visits, row, project)
    early, late = plan.as_of("2016-06-14"), plan.as_of("2018-06-14")
    assert early.territories["74010"].successions == ()
    assert early.territories["74010"].label == "Annecy (ancienne)"
    assert "74300" not in early.territories
    assert (len(early.observations), early.projects["p"].territory_ids) == (0, ("74",))
    assert (len(late.observations), late.projects["p"].territory_ids) == (1, ("74300", "74"))
    assert late.territories["74010"] == ANNECY


def test_two_plans_differ_in_a_merger() -> None:
    """A difference names the succession by its day, applies, and equal plans merge."""
    before = PLAN.with_(Territory(id="74010", label="Annecy", names=[OLD]))
    found = difference(before, PLAN)
    assert found.applied_to(before) == PLAN
    assert "territories/74010/successions/2017-01-01" in [change.subject for change in found.changes]
    assert merge(PLAN, PLAN).portfolio == PLAN


def test_where_asks_of_groups_too() -> None:
    """Projects are in the metropolis of Lyon, in the Hexagon, and in the intercommunality that lists their place."""
    lyon = Territory(id="69123", label="Lyon")
    redon = Territory(id="243500741", label="Redon Agglomération", part_ids=["35236"])
    places = [Territory(id=code, label=code) for code in ("FR", "HEX", "69", "69M", "69384", "35236")]
    projects = [
        Project(id=f"in-{code}", label=code, territory_ids=[code]) for code in ("69123", "69384", "35236", "FR")
    ]
    plan = Portfolio.of(lyon, redon, *places, *projects)
    assert set(plan.where(territory_id="69M").projects) == {"in-69123", "in-69384"}
    assert set(plan.where(territory_id="HEX").projects) == {"in-69123", "in-69384", "in-35236"}
    assert set(plan.where(territory_id="243500741").projects) == {"in-35236"}
    assert TerritoryLevel.INTERCOMMUNALITY.label("fr") == "intercommunalité"


def test_a_municipality_that_is_established_again_was_known_before() -> None:
    """As of its first life, a municipality that came back is there; between its two lives it does not exist."""
    back = place("74268", ("2019-01-01", ("74010",)))
    rest = place("74010", ("2017-01-01", ("74010", "74268")), ("2019-01-01", ("74010",)))
    plan = Portfolio.of(back, rest)
    assert "74268" in plan.as_of("2015-06-14").territories
    assert [[one.id for one in plan.territories_on(day)] for day in ("2015-06-14", "2018-06-14", "2020-06-14")] == [
        ["74010", "74268"],
        ["74010"],
        ["74010", "74268"],
    ]


def test_a_merger_without_one_of_its_parts_is_none() -> None:
    """Where a predecessor is not known yet, which contradicts itself, the merger is not known either."""
    plan = PLAN.with_(place("74268", period="2020/.."))
    assert plan.as_of("2018-06-14").territories["74010"].successions == ()
    assert plan.as_of("2021-06-14").territories["74010"] == ANNECY
