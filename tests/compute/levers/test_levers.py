"""Levers activated: who, where, since when, at what cost; what is covered; no double count in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Award,
    Euros,
    Fund,
    IntendedEffect,
    Lever,
    LeverActivation,
    Method,
    MissingReason,
    Portfolio,
    Programme,
    Project,
    Reform,
    Source,
    Sourced,
    Territory,
    catalogue,
    plans,
)
from levier.errors import InvalidValueError, UnknownItemError
from levier.indicators import IndicatorWeight
from levier.plans import PhaseStep
from levier.wording.values import Name

Make = Callable[..., Any]
DAY = "2020-12-31"
SOURCE = Source(id="note", title="Note")
LEVERS = (
    Lever(id="invest", label="Investir", label_en="Invest"),
    Lever(id="fund", label="Fonds", label_en="Fund", parent_id="invest"),
    Lever(id="digital", label="Numérique", label_en="Digital", parent_id="invest"),
    Lever(id="inside", label="Interne", label_en="Inside"),
)


def activate(lever: str, cost: int | None = None, **about: Any) -> LeverActivation:
    """Return an activation, at a stated cost where one is given."""
    stated = None if cost is None else Sourced(value=Euros(cost), source_id="note")
    return LeverActivation(lever_id=lever, cost=stated, **about)


def project(name: str, *levers: str, activations: Any = (), **about: Any) -> Project:
    """Return a project that names levers, and activates some."""
    names = dict.fromkeys((*levers, *(one.lever_id for one in activations)))
    return Project(id=name, label=name.upper(), lever_ids=list(names), activations=activations, **about)


def held(*things: Any, awards: dict[str, tuple[int | None, ...]] | None = None) -> Portfolio:
    """Return the portfolio of four levers, these things, and a fund that awards money to projects."""
    made = [
        Award(id=f"{name}-{place}", label="A", project_id=name, amount=amount)
        for name, amounts in (awards or {}).items()
        for place, amount in enumerate(amounts)
    ]
    return Portfolio.of(*LEVERS, SOURCE, Fund(id="ftap", label="FTAP", awards=made), *things)


# ---------------------------------------------------------------- activates


def test_every_pull_is_found_with_what_is_known_of_it() -> None:
    """Programmes, reforms and projects activate; of a lever that is only named nothing more is known."""
    lot, design = Territory(id="46", label="Lot"), Method(id="design", label="Design")
    programme = Programme(id="ap", label="AP", kind="national", lever_ids=["invest"])
    reform = Reform(id="r", label="R", lever_ids=["inside"], calendar="2018/2020")
    told = activate("digital", 100, territory_ids=["46"], period="2019-03/..", method_ids=["design"])
    step = PhaseStep(phase="experimentation", on="2019-06-20", because="CITP 3")
    both = project("p", "fund", activations=[told, activate("digital")], steps=[step], calendar="2018/2020")
    found = plans.activations_of(held(lot, design, programme, reform, both))
    assert [one.path for one in found] == [
        "programmes/ap/lever_ids/invest",
        "reforms/r/lever_ids/inside",
        "projects/p/lever_ids/fund",
        "projects/p/activations/0",
        "projects/p/activations/1",
    ]
    assert [str(one.since) for one in found] == ["None", "2018-01-01", "2019-06-20", "2019-03-01", "2019-06-20"]
    assert [one.is_dated for one in found] == [False, False, False, True, False]
    assert [one.territory_ids for one in found] == [(), (), (), ("46",), ()]
    assert [one.method_ids for one in found] == [(), (), (), ("design",), ()]
    assert [one.cost is None for one in found] == [True, True, True, False, True]
    assert found[0].explain("fr") == "Investir\u00a0: actionné par AP\u00a0; aucune autre précision"
    assert found[1].explain("en") == ("Inside: activated by R; since 1 January 2018 (start of R); no further details")
    assert found[3].explain("en") == "Digital: activated by P; since 1 March 2019; Lot; €100 (Note); Design"
    assert (
        found[3].explain("fr").startswith("Numérique\u00a0: actionné par P\u00a0; depuis le 1er mars 2019\u00a0; Lot")
    )
    assert [one.name.say("en") for one in found[2:]] == ["P (Fund)", "P (Digital, Lot)", "P (Digital)"]
    assert found[4].explain("fr").endswith("(début de «\u00a0P\u00a0»)\u00a0; coût non précisé")
    assert found[4].explain("en").endswith("cost not stated")


def test_the_pulls_of_one_lever() -> None:
    """The activations of one lever are its own, not those of the levers below; an unknown lever is refused."""
    plan = held(project("p", "digital"), project("q", "invest"))
    assert [one.owner.id for one in plans.activations_of(plan, "invest")] == ["q"]
    assert plans.activations_of(plan, "inside") == ()
    with pytest.raises(UnknownItemError):
        plans.activations_of(plan, "digitale")


def test_a_pull_says_since_when() -> None:
    """The period of an activation says since when, before its owner does; the earliest activation counts."""
    late = project("p", calendar="2018/2020", activations=[activate("digital", period="2019-03")])
    assert str(plans.first_activation_day(held(late), "digital")) == "2019-03-31"
    assert (
        str(plans.first_activation_day(held(late, project("q", "digital", calendar="2017")), "digital")) == "2017-01-01"
    )
    assert plans.first_activation_day(held(), "digital") is None


# ---------------------------------------------------------------- coverage


def test_what_is_covered(plan: Make, row: Make) -> None:
    """A parent is covered by those below; a reform by the levers it names; an effect by any observed value."""
    effects = [IntendedEffect(indicator_id="visits", direction="increase")]
    moving = Lever(id="desks", label="Guichets", parent_id="inside", effects=effects)
    reforms = (Reform(id="r", label="R"), Reform(id="s", label="S", lever_ids=["inside"]))
    things = (*LEVERS, moving, project("p", "digital"), *reforms)
    found = plans.lever_coverage(plan(*things, row("target", "2021-01", 9)))
    assert (found.reforms.reported, found.reforms.missing) == (("s",), ("r",))
    assert found.activated.missing == ("desks", "fund")
    assert found.measured.reported == ()
    measured = plans.lever_coverage(plan(*things, row("actual", "2020-01", 9))).measured
    assert set(measured.reported) == {"desks", "inside"}
    assert found.explain("fr").startswith(
        "réformes actionnant un levier\u00a0: 1 sur 2 (manque R)\u00a0; leviers actionnés"
    )
    assert "levers activated: 3 of 5 (missing Guichets, Fund)" in found.explain("en")
    assert found.explain("fr").endswith("\u00a0; un levier inclut ses sous-leviers")


def test_a_reform_pulls_what_its_projects_activation(plan: Make, said: Make) -> None:
    """A reform stands under the levers of its projects, once, and is covered by them; not by those of its programme."""
    top = Programme(id="top", label="T", kind="national", lever_ids=["inside"])
    reform = Reform(id="r", label="R", programme_ids=["top"])
    projects = (project("p", "digital", reform_id="r"), project("q", "digital", "fund", reform_id="r"))
    held = plan(*LEVERS, top, reform, *projects, *said())
    assert plans.lever_coverage(held).reforms.reported == ("r",)
    assert plans.lever_coverage(plan(*LEVERS, top, reform)).reforms.missing == ("r",)
    found = {row.lever.id: row for row in plans.lever_progress(held, as_of=DAY)}
    assert {name: [part.reform.id for part in row.reforms] for name, row in found.items()} == {
        "invest": ["r"],
        "digital": ["r"],
        "fund": ["r"],
        "inside": [],
    }
    assert found["digital"].several == ("r",)
    assert found["invest"].covers == ("invest", "digital", "fund")


trees = st.lists(st.integers(-1, 5), min_size=6, max_size=6)
named = st.lists(st.lists(st.integers(0, 5), max_size=3, unique=True), max_size=4)


@given(trees, named)
def test_coverage_partitions_the_levers(parents: list[int], owners: list[list[int]]) -> None:
    """Every lever is covered or missing, never both, even where levers stand below each other in a circle."""
    levers = [Lever(id=f"l{n}", label="L", parent_id=f"l{p}" if p >= 0 else None) for n, p in enumerate(parents)]
    projects = [project(f"p{n}", *(f"l{lever}" for lever in some)) for n, some in enumerate(owners)]
    plan = Portfolio.of(*levers, *projects)
    found = plans.lever_coverage(plan)
    for coverage in (found.activated, found.measured):
        assert sorted((*coverage.reported, *coverage.missing)) == sorted(plan.levers)
    assert {f"l{lever}" for some in owners for lever in some} <= set(found.activated.reported)


@given(trees, named, st.lists(st.none() | st.integers(0, 2), min_size=4, max_size=4))
def test_a_lever_counts_with_all_below_it(
    parents: list[int], owners: list[list[int]], carried: list[int | None]
) -> None:
    """Cost and progress of a lever are those of the flat list of its levers; all say which levers these are."""
    levers = {
        f"l{n}": Lever(id=f"l{n}", label="L", parent_id=f"l{p}" if p >= 0 else None) for n, p in enumerate(parents)
    }
    reforms = [Reform(id=f"r{n}", label="R") for n in range(3)]
    projects = [
        project(f"p{n}", *(f"l{lever}" for lever in some), reform_id=None if up is None else f"r{up}")
        for n, (some, up) in enumerate(zip(owners, carried, strict=False))
    ]
    awards = [Award(id=one.id, label="A", project_id=one.id, amount=10 ** int(one.id[1:])) for one in projects]
    plan = Portfolio.of(*levers.values(), *reforms, *projects, Fund(id="f", label="F", awards=awards))
    costs, progress = plans.lever_costs(plan), plans.lever_progress(plan, as_of=DAY)
    for row in progress:
        reached = {name for name in levers if _stands_below(levers, name, row.lever.id)}
        assert set(row.covers) == set(costs.of(row.lever.id).covers) == reached
        activating = [one for one in projects if not reached.isdisjoint(one.lever_ids)]
        assert {part.reform.id for part in row.reforms} == {one.reform_id for one in activating} - {None}
        cost = costs.of(row.lever.id)
        money = Euros.total(amount for amount in (cost.own, cost.shared) if amount is not None)
        assert money == Euros.total(Euros(10 ** int(one.id[1:])) for one in activating)


def _stands_below(levers: dict[str, Lever], name: str, top: str) -> bool:
    """Say whether a lever is another, or reaches it parent by parent."""
    current: str | None = name
    for _ in levers:
        if current == top:
            return True
        current = None if current is None else levers[current].parent_id
    return False


# ---------------------------------------------------------------- costs


def test_a_stated_cost_is_the_levers_own() -> None:
    """What a source states of an activation is its lever's, and its parent's, once."""
    costs = plans.lever_costs(held(project("p", activations=[activate("digital", 60), activate("fund", 40)])))
    assert [(name, costs.of(name).own, costs.of(name).shared) for name in ("invest", "digital", "fund")] == [
        ("invest", Euros(100), None),
        ("digital", Euros(60), None),
        ("fund", Euros(40), None),
    ]
    assert (costs.counted_once, costs.over_levers, costs.doubled) == (Euros(100), Euros(100), ())
    assert costs.of("digitale") is None


def test_the_money_of_an_owner_of_one_lever_is_its_own() -> None:
    """The awards of a project are the money of its one lever; a part that an activation states is not added."""
    plan = held(project("p", "digital"), awards={"p": (70, 30)})
    assert plans.lever_costs(plan).of("digital").own == Euros(100)
    twice = project("p", activations=[activate("digital", 60, territory_ids=[]), activate("digital", period="2020")])
    assert plans.lever_costs(held(twice, awards={"p": (100,)})).of("digital").own == Euros(100)
    assert plans.lever_costs(held(twice, awards={"p": (50,)})).of("digital").own == Euros(60)


def test_shared_money_is_shown_whole_and_counted_once() -> None:
    """The money of an owner of several levers is shared: shown beside each, and once in the total."""
    plan = held(project("p", "digital", "fund"), project("q", "digital"), awards={"p": (100,), "q": (7,)})
    costs = plans.lever_costs(plan)
    assert (costs.of("digital").own, costs.of("digital").shared) == (Euros(7), Euros(100))
    assert (costs.of("fund").own, costs.of("fund").shared) == (None, Euros(100))
    assert (costs.of("invest").own, costs.of("invest").shared) == (Euros(107), None)
    assert (costs.counted_once, costs.over_levers) == (Euros(107), Euros(207))
    assert [(one.owner, one.excess) for one in costs.doubled] == [("projects/p", Euros(100))]
    assert costs.explain("en") == (
        "€107 without double counting, €207 summed over levers; P: €100 counted more than once (Digital, Fund); "
        "known costs: 3 of 3"
    )
    assert "107\u00a0€ hors doubles comptes" in costs.explain("fr")
    assert "100\u00a0€ comptés plus d’une fois (Numérique, Fonds)" in costs.explain("fr")
    assert costs.of("digital").explain("fr") == (
        "Numérique\u00a0: 7\u00a0€ en propre\u00a0; 100\u00a0€ partagés avec d’autres leviers\u00a0; "
        "coûts connus\u00a0: 2 sur 2"
    )
    assert costs.of("digital").explain("en") == (
        "Digital: €7 of its own; €100 shared with other levers; known costs: 2 of 2"
    )


def test_a_lever_outside_the_branch_keeps_money_shared() -> None:
    """A parent owns the money of owners that activation nothing else; of others it shares it, whatever is stated."""
    some = project("p", "inside", activations=[activate("digital", 60), activate("fund")])
    costs = plans.lever_costs(held(some, awards={"p": (100,)}))
    assert (costs.of("invest").own, costs.of("invest").shared) == (Euros(60), Euros(100))
    assert (costs.counted_once, costs.over_levers) == (Euros(100), Euros(260))


def test_unknown_costs_are_listed() -> None:
    """No award, or one without an amount, leaves the cost of an activation unknown: listed, and no 0."""
    plan = held(project("p", "digital"), project("q", "digital"), awards={"q": (10, None)})
    costs = plans.lever_costs(plan)
    cost = costs.of("digital")
    assert (cost.own, cost.shared, cost.reason) == (None, None, MissingReason.NO_COST)
    assert cost.coverage.missing == ("projects/p/lever_ids/digital", "projects/q/lever_ids/digital")
    assert costs.of("inside").reason is MissingReason.NOT_ACTIVATED
    assert (costs.counted_once, costs.over_levers) == (None, None)
    assert costs.explain("en").startswith("no known cost: 0 of 2 (missing P (Digital), Q")
    assert costs.of("inside").explain("fr") == "Interne\u00a0: levier non actionné"


def test_owners_within_owners_may_overlap() -> None:
    """The money of a project may be a part of its reform's, or its programme's: such owners are named."""
    top = Programme(id="top", label="T", kind="national", lever_ids=["invest"], activations=[activate("invest", 900)])
    below = Programme(id="below", label="B", kind="workstream", parent_id="top")
    reform = Reform(
        id="r", label="R", programme_ids=["below"], lever_ids=["inside"], activations=[activate("inside", 50)]
    )
    one = project("p", "digital", reform_id="r")
    costs = plans.lever_costs(held(top, below, reform, one, awards={"p": (20,)}))
    assert costs.nested == ("reforms/r", "projects/p")
    overlap = "the amounts for R, P may be part of those for a reform or programme also counted"
    assert overlap in costs.explain("en")
    assert "les montants de R, P peuvent être déjà compris dans ceux" in costs.explain("fr")
    about = {"kind": "national", "lever_ids": ["invest"], "activations": [activate("invest", 9)]}
    circle = Programme(id="top", label="T", parent_id="top", **about)
    assert plans.lever_costs(held(circle)).nested == ()


def test_a_row_says_what_may_overlap_in_it() -> None:
    """A project may be a part of its reform only in the rows where both are counted."""
    reform = Reform(id="r", label="R", lever_ids=["fund"], activations=[activate("fund", 50)])
    plan = held(reform, project("p", "digital", reform_id="r"), project("q", "fund"), awards={"p": (20,)})
    costs = plans.lever_costs(plan)
    assert [(name, costs.of(name).nested) for name in ("invest", "digital", "fund")] == [
        ("invest", ("projects/p",)),
        ("digital", ()),
        ("fund", ()),
    ]
    assert costs.of("invest").explain("fr") == (
        "Investir\u00a0: 70\u00a0€ en propre\u00a0; le montant de P peut être déjà compris dans celui d’une réforme "
        "ou d’un programme également compté\u00a0; coûts connus\u00a0: 2 sur 3 (manque Q (Fonds))"
    )


def test_one_euro_is_singular() -> None:
    """In French, what is below two is singular."""
    costs = plans.lever_costs(held(project("p", "digital", "fund"), awards={"p": (1,)}))
    assert "1\u00a0€ partagé avec" in costs.of("fund").explain("fr")
    assert "1\u00a0€ compté plus d’une fois" in costs.explain("fr")
    assert costs.explain("fr").startswith("1\u00a0€ hors doubles comptes, 2\u00a0€ en additionnant")


def test_without_a_portfolio_what_is_named_is_its_identifier() -> None:
    """A value built by hand explains itself, with identifiers where it knows no name."""
    told = plans.Activation(
        lever=Name.of(LEVERS[2]),
        owner=Name.of(project("p")),
        path="projects/p/activations/0",
        stated=activate("digital", 7, territory_ids=["46"], method_ids=["design"]),
    )
    assert told.explain("en") == "Digital: activated by P; 46; €7 (note); design"
    assert told.name.say("en") == "P (Digital, 46)"


activated = st.dictionaries(st.sampled_from(["invest", "fund", "digital", "inside"]), st.none() | st.integers(0, 500))
owned = st.lists(st.tuples(activated, st.none() | st.integers(0, 500)), max_size=4)


@given(owned)
def test_counted_once_is_at_most_the_sum(owners: list[tuple[dict[str, int | None], int | None]]) -> None:
    """Once is at most the sum over levers, and equal where no owner activates two; the difference is all explained."""
    projects = [
        project(f"p{n}", activations=[activate(lever, cost) for lever, cost in some.items()])
        for n, (some, _) in enumerate(owners)
    ]
    awards = {f"p{n}": (money,) for n, (_, money) in enumerate(owners) if money is not None}
    costs = plans.lever_costs(held(*projects, awards=awards))
    rows = [amount for row in costs.by_lever for amount in (row.own, row.shared) if amount is not None]
    if costs.counted_once is None:
        assert rows == []
        assert costs.over_levers is None
        return
    assert costs.over_levers == Euros.total(rows)
    assert costs.over_levers - costs.counted_once == Euros.total(one.excess for one in costs.doubled) >= Euros(0)
    if all(len(some) < 2 for some, _ in owners):
        assert costs.over_levers == costs.counted_once


# ---------------------------------------------------------------- progress


def test_progress_by_lever(plan: Make, said: Make) -> None:
    """The reforms that activate a lever or one below it, each once; of how many the progress is known; no mean."""
    weights = [IndicatorWeight(indicator_id="visits", level="nation", weight=1)]
    known = Reform(id="r", label="R", indicator_ids=["visits"], weights=weights, lever_ids=["fund", "digital"])
    unknown = Reform(id="s", label="S", lever_ids=["digital"])
    rows = plans.lever_progress(plan(*LEVERS, known, unknown, *said()), as_of=DAY)
    found = {row.lever.id: row for row in rows}
    assert [part.reform.id for part in found["invest"].reforms] == ["r", "s"]
    assert (found["invest"].coverage.reported, found["invest"].coverage.missing) == (("r",), ("s",))
    assert (found["fund"].several, found["digital"].several) == (("r",), ("r",))
    assert found["digital"].explain("en") == (
        "Digital: known progress: 1 of 2 (missing S); R: 50.00% (activates several levers); S: no weight"
    )
    assert (
        found["digital"]
        .explain("fr")
        .endswith("R\u00a0: 50,00\u00a0% (actionne plusieurs leviers)\u00a0; S\u00a0: aucun poids")
    )
    assert found["inside"].explain("fr") == "Interne\u00a0: aucune réforme ne l’actionne"
    assert not any(hasattr(row, "value") or hasattr(row, "mean") for row in rows)


# ---------------------------------------------------------------- the article


def test_the_articles_levers() -> None:
    """Nine levers in a tree of three; who activates them is known, at what cost and with what effect is not."""
    plan = catalogue.action_publique_2022()
    assert [len(root.below) for root in plan.levers.tree()] == [2, 2, 2]
    found = plans.lever_coverage(plan)
    assert (found.activated.expected, str(found.measured)) == (9, "0 of 9")
    assert {"invest-to-transform", "digital-jobs", "publish-results"} <= set(found.activated.reported)
    assert "transformation-fund" in found.activated.missing
    costs = plans.lever_costs(plan)
    assert costs.counted_once is None
    assert costs.coverage.reported == ()
    assert {row.own for row in costs.by_lever} == {None}


@pytest.mark.parametrize(
    ("period", "since"),
    [("2019", "2019-12-31"), ("2019-03", "2019-03-31"), ("2019-03-05", "2019-03-05"), ("2019/2020", "2019-01-01")],
)
def test_a_pull_known_to_the_year_counts_from_its_end(period: str, since: str) -> None:
    """An activation of some day of a year or a month counts from its last day; one that lasts, from its first."""
    held = Portfolio.of(
        Lever(id="d", label="D"),
        Project(id="p", label="P").with_activations(LeverActivation(lever_id="d", period=period)),
    )
    assert str(plans.first_activation_day(held, "d")) == since


def test_a_lever_is_pulled_with_those_below_it() -> None:
    """What activates a lever activates the one above it, from the same day."""
    levers = [Lever(id="a", label="A"), Lever(id="b", label="B", parent_id="a")]
    held = Portfolio.of(*levers, Project(id="p", label="P", lever_ids=["b"], calendar="2019-02/2020-12"))
    assert str(plans.first_activation_day(held, "a")) == "2019-02-01"


def test_progress_by_lever_refuses_before_it_looks() -> None:
    """A territory, a day or a ruleset that there is not is refused, whether or not any reform activates a lever."""
    held = Portfolio.of(Lever(id="a", label="A"))
    with pytest.raises(UnknownItemError):
        plans.lever_progress(held, "46", as_of="2019-06-14")
    for asked in ({"as_of": "zz"}, {"as_of": "2019-06-14", "ruleset": "zz"}):
        with pytest.raises(InvalidValueError):
            plans.lever_progress(held, **asked)
