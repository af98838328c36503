"""The portfolio: one registry a noun, equal in any order, and no reference that leads nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import (
    DanglingReference,
    DanglingReferenceError,
    DuplicateItemsError,
    InvalidValueError,
    UnknownItemError,
)
from levier.model.calls import Call
from levier.model.fund import Fund
from levier.model.indicators import Indicator
from levier.model.levers import Lever
from levier.model.observations import Observation, Observations
from levier.model.organisations import Organisation
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.programmes import Lead, Project
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.territories import Territory
from levier.testing.strategies import of

DIGITAL = Lever(id="digital", label="Digital")
PROJECT = Project(id="p", label="P", lever_ids=["digital"])
PLAN = Portfolio.of(PROJECT, DIGITAL)


@given(of(Portfolio), st.randoms(use_true_random=False))
def test_of_takes_any_order(portfolio: Portfolio, random: Any) -> None:
    """A portfolio is equal to the portfolio of what it holds, shuffled or not, with the same hash and order."""
    things = list(portfolio)
    assert Portfolio.of(*things) == portfolio
    random.shuffle(things)
    again = Portfolio.of(*things)
    assert again == portfolio
    assert hash(again) == hash(portfolio)
    assert list(again) == list(portfolio)


@given(of(Portfolio))
def test_adding_what_is_there_changes_nothing(portfolio: Portfolio) -> None:
    """Adding all that a portfolio holds, to itself or to an empty one, gives the portfolio."""
    assert portfolio.with_(*portfolio) == portfolio
    assert Portfolio().with_(*portfolio) == portfolio
    assert portfolio.with_() == portfolio.without() == portfolio


@given(of(Portfolio))
def test_taking_everything_away_leaves_nothing(portfolio: Portfolio) -> None:
    """Without all that it holds a portfolio is empty."""
    assert portfolio.without(*portfolio) == Portfolio()


@given(of(Portfolio), st.data())
def test_without_is_undone_by_with(portfolio: Portfolio, data: st.DataObject) -> None:
    """What can be taken away can be put back; what cannot is what others refer to, and the refusal says where."""
    if not list(portfolio):
        return
    gone = data.draw(st.sampled_from(list(portfolio)))
    try:
        less = portfolio.without(gone)
    except DanglingReferenceError as error:
        assert {reference.target for reference in error.references} == {gone.id}  # type: ignore[union-attr]  # noqa: PT017
    else:
        assert gone not in list(less)
        assert less.with_(gone) == portfolio


@given(of(Portfolio))
def test_every_dangling_reference_is_listed(portfolio: Portfolio) -> None:
    """A portfolio of half its things lists exactly the references to the other half, each with its path."""
    things = [thing for thing in portfolio if type(thing) is not Source]
    sources = {source.id for source in portfolio.sources.values()}
    try:
        Portfolio.of(*things)
    except DanglingReferenceError as error:
        found = {(reference.registry, reference.target) for reference in error.references}
        assert found <= {("sources", source) for source in sources}  # where it is refused, it is for this
        for reference in error.references:
            place = eval(f"portfolio.{reference.path}") if "observations" not in reference.path else None  # noqa: S307
            assert place in (None, reference.target)
    else:
        assert not any(reference in sources for thing in things for reference in getattr(thing, "source_ids", ()))


def test_all_dangling_references_are_listed_with_their_paths() -> None:
    """In a field, in a sequence beside one that leads somewhere, in a value held, in one deeper and in observations."""
    with pytest.raises(DanglingReferenceError) as caught:
        Portfolio.of(
            DIGITAL,
            Project(id="p", label="P", lever_ids=["a", "digital", "b"], lead=Lead(organisation_id="ditp", role="head")),
            Organisation(id="o", label="O", kind="other", parent_id="above"),
            Fund(id="f", label="F", calls=[Call(id="c", label="C", source_ids=["rules"])]),
            Observation(indicator_id="i", territory_id="46", period="2020", kind="actual", value=1),
        )
    assert set(caught.value.references) == {
        DanglingReference("projects['p'].lever_ids[0]", "a", "levers"),
        DanglingReference("projects['p'].lever_ids[2]", "b", "levers"),
        DanglingReference("projects['p'].lead.organisation_id", "ditp", "organisations"),
        DanglingReference("organisations['o'].parent_id", "above", "organisations"),
        DanglingReference("funds['f'].calls[0].source_ids[0]", "rules", "sources"),
        DanglingReference("observations['i 46 2020 actual '].indicator_id", "i", "indicators"),
        DanglingReference("observations['i 46 2020 actual '].territory_id", "46", "territories"),
    }
    assert str(caught.value).startswith("7 dangling reference(s); add what they name or remove them:\n")


def test_with_puts_each_in_the_place_of_its_namesake() -> None:
    """A changed thing replaces the one that bears its identifier, and the portfolio it came from is as before."""
    changed = PLAN.with_(evolve(PROJECT, label="Q"), Lever(id="nudge", label="Nudge"))
    assert changed.projects["p"].label == "Q"
    assert list(changed.levers) == ["digital", "nudge"]
    assert PLAN.projects["p"].label == "P"


def test_without_refuses_to_leave_a_reference_behind() -> None:
    """A lever that a project activates goes only with the project; what is not there cannot go."""
    with pytest.raises(DanglingReferenceError, match=r"projects\['p'\]\.lever_ids\[0\] names 'digital'"):
        PLAN.without(DIGITAL)
    assert PLAN.without(DIGITAL, PROJECT) == Portfolio()
    row = Observation(indicator_id="i", period="2020", kind="actual", value=1)
    for absent in (Lever(id="nudge", label="Nudge"), row):
        with pytest.raises(UnknownItemError):
            PLAN.without(absent)


@pytest.mark.parametrize("item", [3, None, "p", Lead(organisation_id="ditp", role="head"), PLAN, [PROJECT]], ids=type)
def test_only_nouns_are_held(item: Any) -> None:
    """What is no noun of a portfolio is refused wherever it is given."""
    for take in (Portfolio.of, PLAN.with_, PLAN.without):
        with pytest.raises(InvalidValueError, match=r"^Portfolio: expected things a portfolio holds"):
            take(item)


def test_namesakes_of_one_noun_are_refused() -> None:
    """Two things of one noun with one identifier are refused; of two nouns they are not."""
    with pytest.raises(DuplicateItemsError, match="registry of Lever: given more than once: digital"):
        Portfolio.of(DIGITAL, evolve(DIGITAL, label="Again"))
    assert Portfolio.of(DIGITAL, Project(id="digital", label="P")).projects["digital"].label == "P"


@pytest.mark.parametrize("noun", sorted(set(NOUNS.values())))
def test_each_registry_holds_its_noun_alone(noun: str) -> None:
    """A thing of another noun, and anything that is no sequence of things, is refused in the registry's name."""
    other: Any = DIGITAL if noun != "levers" else PROJECT
    with pytest.raises(InvalidValueError, match=rf"^Portfolio\.{noun}: expected things that belong to {noun}"):
        Portfolio(**{noun: [other]})
    with pytest.raises(InvalidValueError):
        Portfolio(**{noun: 3})


def test_registries_and_tables_are_taken_as_they_are() -> None:
    """A registry, a mapping and a list of the same things make the same portfolio; so do a table and its rows."""
    forms: list[Any] = [Registry([DIGITAL]), {"digital": DIGITAL}, [DIGITAL], iter([DIGITAL])]
    assert {Portfolio(levers=form) for form in forms} == {Portfolio.of(DIGITAL)}
    assert Portfolio(observations=Observations()) == Portfolio(observations=[]) == Portfolio()
    with pytest.raises(InvalidValueError, match=r"^Observations: expected observations"):
        Portfolio(observations=[DIGITAL])  # type: ignore[arg-type]  # refused is what is proven


def test_successors_answer_predecessors() -> None:
    """A body's successors are those that name it as a predecessor; an unknown body is refused with a hint."""
    anpe = Organisation(id="anpe", label="ANPE", kind="operator")
    emploi = Organisation(id="pole-emploi", label="Pôle emploi", kind="operator", predecessor_ids=["anpe"])
    plan = Portfolio.of(anpe, emploi)
    assert plan.successors("anpe") == (emploi,)
    assert plan.successors("pole-emploi") == ()
    with pytest.raises(UnknownItemError, match="did you mean 'pole-emploi'"):
        plan.successors("pole-emplois")


def test_printed_it_counts() -> None:
    """A portfolio of thousands prints as what it holds of each noun, not as all of it."""
    assert str(PLAN) == repr(PLAN) == "<Portfolio: 1 lever, 1 project>"
    assert str(Portfolio()) == "<Portfolio: empty>"


def test_membership_is_asked_of_things() -> None:
    """A thing is in a portfolio that holds an equal one; for an identifier the error says which registry to ask."""
    (lever,) = PLAN.levers.values()
    assert lever in PLAN
    assert Lever(id=lever.id, label="Other") not in PLAN
    assert 3 not in PLAN
    row = Observation(indicator_id="i", period="2020", kind="actual", value=1)
    held = Portfolio.of(Indicator(id="i", label="I", unit="days"), Territory(id="FR", label="France"), row)
    assert row in held
    assert row not in PLAN
    with pytest.raises(InvalidValueError, match=rf"write '{lever.id}' in portfolio\.levers"):
        _ = lever.id in PLAN
    with pytest.raises(InvalidValueError, match=r"write 'nothing' in portfolio\.projects"):
        _ = "nothing" in PLAN
