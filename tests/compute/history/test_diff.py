"""The difference of two portfolios: empty between equals, applied to the one it gives the other, grouped by reform."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Application,
    Award,
    Consultation,
    Dimension,
    DimensionCode,
    Fund,
    Indicator,
    Lever,
    Method,
    Observation,
    Portfolio,
    Project,
    Reform,
    Source,
    Territory,
    catalogue,
    dumps,
    loads,
)
from levier.compute.history.keys import item_path
from levier.compute.history.label import item_label
from levier.errors import DanglingReferenceError, InvalidValueError, MisappliedDifferenceError
from levier.history import PortfolioDifference, ReformChanges, difference
from levier.serialization import structure, unstructure
from levier.testing.resolving import resolved
from levier.testing.strategies import of

FRANCE = Territory(id="FR", label="France")
DELAY = Indicator(id="delay", label="Délai", label_en="Delay", unit="days")
REFORM = Reform(id="permits", label="Permis", label_en="Permits", indicator_ids=["delay"])
OTHER = Reform(id="salaries", label="Paie", label_en="Salaries")
PROJECT = Project(id="counter", label="Guichet", label_en="Counter", reform_id="permits")


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Portfolio, Portfolio]:
    """Draw a portfolio, and what it becomes when one thing is drawn anew, goes, or comes."""
    old = draw(of(Portfolio))
    things = list(old)
    if not things:
        return old, draw(of(Portfolio))
    taken = draw(st.sampled_from(things))
    others = [thing for thing in things if thing is not taken]
    again = draw(of(type(taken)))
    if type(taken) not in (Territory, Observation):
        again = evolve(again, id=taken.id)
    return old, resolved([*others, *draw(st.sampled_from([[again], [again, taken], []]))])


either = mutated() | st.tuples(of(Portfolio), of(Portfolio))


@given(of(Portfolio))
def test_nothing_changes_between_equals(portfolio: Portfolio) -> None:
    """A portfolio differs in nothing from itself, nor from its equal that was read from a document."""
    for same in (portfolio, loads(dumps(portfolio))):
        found = difference(portfolio, same)
        assert found.is_empty
        assert not found
        assert found.changes == found.groups == ()
        assert found.applied_to(portfolio) == portfolio
        assert (found.explain("fr"), str(found)) == ("Aucun changement", "No change")


@given(either)
def test_applied_to_the_old_it_gives_the_new(plans: tuple[Portfolio, Portfolio]) -> None:
    """Both ways between any two portfolios; so the differences of a chain lead to its end."""
    old, new = plans
    assert difference(old, new).applied_to(old) == new
    assert difference(new, old).applied_to(new) == old
    assert difference(old, new).is_empty == (old == new)


@given(either)
def test_nothing_that_changed_goes_unsaid(plans: tuple[Portfolio, Portfolio]) -> None:
    """Of each thing that differs something is said, at its own path, in both languages; a target at its indicator's."""
    found = difference(*plans)
    said = [change.subject for change in found.changes]
    for thing in {*found.before, *found.after}:
        paths = {item_path(thing)}
        if isinstance(thing, Observation):
            paths |= {f"indicators/{thing.indicator_id}", item_path(evolve(thing, source_id=None))}
        assert any(subject == path or subject.startswith(f"{path}/") for subject in said for path in paths)
    for change in found.changes:
        assert change.label in change.sentence("fr")
        assert change.label_en in change.sentence("en")


@given(either)
def test_it_is_written_and_read(plans: tuple[Portfolio, Portfolio]) -> None:
    """A difference comes back from plain builtins as it was, and so does one that is drawn field by field."""
    found = difference(*plans)
    assert structure(unstructure(found), PortfolioDifference) == found


@given(of(PortfolioDifference))
def test_it_can_be_drawn(found: PortfolioDifference) -> None:
    """The strategies draw differences, whose sentences can be said and which survive being written down."""
    assert structure(unstructure(found), PortfolioDifference) == found
    assert found.explain("fr")
    assert found.explain("en")


def test_what_does_not_fit_is_named() -> None:
    """Applied elsewhere, a difference names all that is missing, there already, or another; nothing is done."""
    row = Observation(indicator_id="delay", period="2020", kind="actual", value=1)
    old = Portfolio.of(FRANCE, DELAY, PROJECT, REFORM, row)
    come = Method(id="nudge", label="Nudge")
    new = old.with_(evolve(PROJECT, label="Q"), come).without(row)
    found = difference(old, new)
    elsewhere = Portfolio.of(evolve(PROJECT, label="R"), REFORM, DELAY, come)
    with pytest.raises(MisappliedDifferenceError) as caught:
        found.applied_to(elsewhere)
    assert dict(caught.value.misfits) == {
        "projects/counter": "is another",
        "observations/delay FR 2020 actual": "is missing",
        "methods/nudge": "is there already",
    }
    assert found.applied_to(old) == new
    with pytest.raises(MisappliedDifferenceError):
        found.applied_to(new)


def test_what_is_not_concerned_stays() -> None:
    """A difference applies to a portfolio that holds more, unless what stays refers to what goes."""
    lever = Lever(id="digital", label="Numérique")
    found = difference(Portfolio.of(lever), Portfolio())
    more = Portfolio.of(lever, PROJECT, REFORM, DELAY)
    assert found.applied_to(more) == Portfolio.of(PROJECT, REFORM, DELAY)
    with pytest.raises(DanglingReferenceError):
        found.applied_to(Portfolio.of(lever, Project(id="p", label="P", lever_ids=["digital"])))


def changed(*after: Any, before: Iterable[Any] = ()) -> PortfolioDifference:
    """Return what changes when things come to the place of others, around one reform."""
    around = (FRANCE, DELAY, REFORM, OTHER, PROJECT)
    old = Portfolio.of(*{item_path(thing): thing for thing in (*around, *before)}.values())
    return difference(old, old.with_(*after))


def groups(found: PortfolioDifference) -> dict[str | None, int]:
    """Return how many changes stand under each reform."""
    return {group.reform_id: len(group.changes) for group in found.groups}


def test_changes_stand_under_their_reform() -> None:
    """A reform's own changes, those of its project, its indicator and that indicator's values are one group."""
    found = changed(
        evolve(REFORM, label="Permis de construire"),
        evolve(PROJECT, calendar="2020"),
        evolve(DELAY, decimals=1),
        Observation(indicator_id="delay", period="2020", kind="actual", value=1),
        Method(id="nudge", label="Nudge"),
    )
    assert groups(found) == {"permits": 4, None: 1}
    assert found.by_reform("permits") == found.groups[0].changes
    assert found.by_reform(None)[0].subject == "methods/nudge"
    assert found.by_reform("salaries") == ()
    assert found.explain("fr").splitlines()[0] == "Réforme «\u00a0Permis de construire\u00a0»"
    assert found.explain("fr").splitlines()[-2] == "Hors réforme"
    assert "\n".join(map(str, found.groups)) == str(found)


def test_a_project_that_changes_its_reform_stands_under_both() -> None:
    """The reform it left and the one it came to both show the change, which is one."""
    found = changed(evolve(PROJECT, reform_id="salaries"))
    assert groups(found) == {"permits": 1, "salaries": 1}
    assert len(found.changes) == 1


def test_money_stands_under_the_reform_of_its_project() -> None:
    """An award of a project and an entry of its journal are changes of its reform; the rest of a fund is none's."""
    award = Award(id="a", label="A", project_id="counter", amount=100, contracted_on="2018-09-01")
    fund = Fund(id="f", label="F", awards=[award, Award(id="b", label="B")])
    found = changed(fund.with_commitment("a", 60, on="2018-10-01"), before=[fund])
    assert groups(found) == {"permits": 1}
    more = evolve(fund, awards=[evolve(award, amount=90), evolve(fund.awards[1], label="C")], source_ids=["s"])
    assert groups(changed(more, Source(id="s", title="S"), before=[fund])) == {"permits": 1, None: 3}
    assert groups(difference(Portfolio(), Portfolio.of(fund, PROJECT, REFORM, DELAY))) == {"permits": 4, None: 2}
    asked = Application(id="x", label="X", call_id="c", owner_id="o", project_id="counter", requested=1, total_cost=1)
    assert asked.project_id == "counter"


def test_a_consultation_stands_under_what_it_led_to() -> None:
    """What refers to reforms by itself is theirs."""
    found = changed(Consultation(id="c", label="C", reform_ids=["permits", "salaries"]))
    assert groups(found) == {"permits": 1, "salaries": 1}


def test_a_reform_that_went_keeps_its_group() -> None:
    """The group of a reform that is no longer there bears the name it had."""
    old = Portfolio.of(OTHER)
    assert [group.label_en for group in difference(old, Portfolio()).groups] == ["Reform 'Salaries'"]


def test_groups_refuse_a_reform_without_a_name() -> None:
    """A group names its reform by an identifier that is a text."""
    with pytest.raises(InvalidValueError, match="reform_id"):
        ReformChanges(reform_id="", label="R", label_en="R", changes=())


def test_documents_come_last() -> None:
    """New things are said before the documents that state them."""
    found = changed(Source(id="s", title="S"), Method(id="nudge", label="Nudge"))
    assert [change.subject for change in found.changes] == ["methods/nudge", "sources/s"]


def test_what_the_third_committee_changed() -> None:
    """From the day of the interview to that of the third CITP, six days later, the catalogue gains the CITP itself."""
    plan = catalogue.action_publique_2022()
    old, new = plan.as_of("2019-06-14"), plan.as_of("2019-06-20")
    found = difference(old, new)
    assert found.explain("fr") == (
        "Hors réforme\n  Programme «\u00a0Action Publique 2022\u00a0», événement «\u00a03e CITP\u00a0»\u00a0: "
        "ajout (20 juin 2019)"
    )
    assert found.applied_to(old) == new
    assert structure(unstructure(found), PortfolioDifference) == found


def test_names_of_observations_say_where_they_are_not_national() -> None:
    """The name of a value holds its indicator, its kind, its territory where it is not the nation, and its period."""
    lot = Territory(id="46", label="Lot")
    plan = Portfolio.of(FRANCE, lot, DELAY)
    rows = [
        Observation(indicator_id="delay", period="2020", territory_id=place, kind="target", value=1)
        for place in ("FR", "46")
    ]
    assert [item_label(row, plan).name.label_en for row in rows] == [
        "Indicator 'Delay', target, 2020",
        "Indicator 'Delay', target, Lot, 2020",
    ]


def test_a_value_of_a_part_is_one_change() -> None:
    """The codes of a breakdown name the value: they come with it, and are no change beside it."""
    codes = [DimensionCode(code="F", label="Femmes", label_en="Women")]
    held = Portfolio.of(
        Indicator(id="jobs", label="Emplois", unit="count"),
        Dimension(id="sex", label="Sexe", codes=codes),
        Territory(id="FR", label="France"),
    )
    row = Observation(indicator_id="jobs", period="2021", kind="actual", value=7, breakdown={"sex": "F"})
    (change,) = difference(held, held.with_(row)).changes
    assert change.explain("fr") == "Indicateur «\xa0Emplois\xa0», réalisation, Femmes, 2021\xa0: ajout (7)"


def test_the_catalogue_does_not_differ_from_itself() -> None:
    """A difference without a change is empty, and false."""
    plan = catalogue.action_publique_2022()
    assert difference(plan, plan).is_empty
    assert not difference(plan, plan)
    assert not difference(plan.as_of("2019-06-14"), plan).is_empty
