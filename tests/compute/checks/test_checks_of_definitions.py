"""The rule on changes of definition, closer: which values are compared, where, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from levier import MissingReason, Portfolio, catalogue
from levier.compute.checks.sets import RULES
from levier.indicators import progress_of
from levier.rules import Finding, check

DAY = "2020-12-31"


def found_in(plan: Portfolio, as_of: str = DAY) -> tuple[Finding, ...]:
    """Return what the rule finds."""
    return check(plan, as_of=as_of, rules=[RULES["definition-break-crossed"]])


@pytest.fixture
def crossed(row: Callable[..., Any]) -> Callable[..., Iterable[Any]]:
    """Make a baseline of one definition, an actual value and a target of the next, in a territory."""

    def make(place: str = "FR") -> Iterable[Any]:
        yield row("baseline", "2019-01", 0, place)
        yield row("actual", "2020-05", 50, place, definition=2)
        yield row("target", "2022-12", 100, place, definition=2)

    return make


def test_versions_and_periods_are_named(plan: Callable[..., Any], crossed: Callable[..., Any]) -> None:
    """Where progress says that the definition changed, the finding says which values, of when, by which version."""
    made = plan(*crossed())
    assert progress_of(made, "visits", as_of=DAY).reason is MissingReason.DEFINITION_CHANGED
    (found,) = found_in(made)
    assert str(found) == (
        "The indicator 'Visits' changes definition between the values compared (France): "
        "baseline January 2019 (version 1); actual May 2020 (version 2); target December 2022 (version 2)."
    )
    assert found.sentence("fr") == (
        "L’indicateur «\u00a0Visits\u00a0» change de définition entre les valeurs comparées (France)\u00a0: "
        "valeur initiale janvier 2019 (version 1)\u00a0; réalisation mai 2020 (version 2)\u00a0; "
        "cible décembre 2022 (version 2)."
    )


def test_values_of_the_day_are_compared(plan: Callable[..., Any], crossed: Callable[..., Any], row: Any) -> None:
    """A value not there on the day crosses nothing; two values suffice; a new baseline of the new definition mends."""
    start, now, goal = crossed()
    assert found_in(plan(start, now, goal), as_of="2020-01-01") != ()
    assert found_in(plan(start, now), as_of="2020-01-01") == ()
    assert found_in(plan(start, now)) != ()
    again = row("baseline", "2020-01", 10, definition=2, recorded_on="2020-06-01")
    assert found_in(plan(start, again, now, goal)) == ()


def test_an_indicator_is_found_once(
    plan: Callable[..., Any], crossed: Callable[..., Any], departments: Callable[..., Any]
) -> None:
    """Of several territories the highest is told of, and the others are counted."""
    rows = [row for place in ("75", "FR", "77") for row in crossed(place)]
    (found,) = found_in(plan(*departments("75", "77"), *rows))
    assert "(France)" in str(found)
    assert str(found).endswith(". Other territories in this case: 2.")
    assert found.sentence("fr").endswith(". Autres territoires dans ce cas\u00a0: 2.")


def test_values_rolled_up_from_several_definitions_are_found(
    plan: Callable[..., Any], said: Callable[..., Any], departments: Callable[..., Any]
) -> None:
    """Where departments count by different definitions, their sum is of several, and says so."""
    rows = [*said("75"), *said("77", definition=2)]
    made = plan(*departments("75", "77"), *rows, aggregation="sum")
    assert progress_of(made, "visits", as_of=DAY).reason is MissingReason.DEFINITION_CHANGED
    (found,) = found_in(made)
    assert "(France)" in str(found)
    assert "actual May 2020 (several versions)" in str(found)
    assert str(found).endswith("Other territories in this case: 1.")


def test_a_disputed_value_says_nothing(plan: Callable[..., Any], row: Callable[..., Any]) -> None:
    """A month of two values that nothing tells apart has no version; the other values are judged all the same."""
    twice = [row("actual", "2020-05", 1), row("actual", "2020-05-31", 2, definition=2)]
    assert found_in(plan(*twice)) == ()
    early = [row("baseline", "2020-01", 0), row("target", "2019-01", 1, definition=2)]
    assert found_in(plan(*twice, *early)) != ()


def test_the_funds_own_indicator_changed_its_definition() -> None:
    """By the end of 2022, the fund's share of contracts in time has a value and a target of two definitions."""
    known = catalogue.action_publique_2022()
    assert [finding.subject for finding in found_in(known, "2022-12-31")] == ["indicators/p349-contract-signed"]
    assert found_in(known, "2023-12-31") == ()
