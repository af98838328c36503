"""Applications against the rules of their call: a verdict a rule, with what was found, and never a guess."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from levier import Application, Call, CallRule, Fund, OrganisationKind, catalogue
from levier.errors import UnknownItemError
from levier.fund import Outcome, appraise

ASKED = Application(
    id="a",
    label="A",
    call_id="c",
    owner_id="dinum",
    requested=10_000_000,
    total_cost=25_000_000,
    submitted_on="2020-03-01",
    documents=["business case"],
)


def found(rule: dict[str, Any], asked: Application = ASKED, **known: Any) -> tuple[Outcome, str]:
    """Return the outcome of one rule, and what was found in English."""
    call = Call(id="c", label="C", rules=[CallRule(text="x", source_id="s", **rule)])
    (verdict,) = appraise(asked, call, **known)
    assert verdict.found.say("fr")
    assert verdict.explain("fr").startswith("x\u00a0: ")
    return verdict.outcome, verdict.found.say("en")


@pytest.mark.parametrize(
    ("rule", "known", "outcome", "said"),
    [
        ({"kind": "ceiling", "amount": 10_000_000}, {}, "kept", "€10,000,000 requested from the fund"),
        ({"kind": "ceiling", "amount": "9999999.99"}, {}, "broken", "€10,000,000 requested from the fund"),
        ({"kind": "floor", "amount": 10_000_000}, {}, "kept", "€10,000,000 requested from the fund"),
        ({"kind": "floor", "amount": "10000000.01"}, {}, "broken", "€10,000,000 requested from the fund"),
        ({"kind": "co-funding", "share": "0.4"}, {}, "kept", "40.0% of €25,000,000"),
        ({"kind": "co-funding", "share": "0.39"}, {}, "broken", "40.0% of €25,000,000"),
        ({"kind": "document", "document": "business case"}, {}, "kept", "'business case' provided"),
        ({"kind": "document", "document": "letter"}, {}, "broken", "'letter' not provided"),
        (
            {"kind": "eligible-owners", "owner_kinds": ["operator"]},
            {"owner_kind": "operator"},
            "kept",
            "State operator",
        ),
        ({"kind": "eligible-owners", "owner_kinds": ["operator"]}, {"owner_kind": "ministry"}, "broken", "ministry"),
        (
            {"kind": "eligible-owners", "owner_kinds": ["operator"]},
            {},
            "not-assessable",
            "kind of owner unknown",
        ),
        (
            {"kind": "return", "share": 1, "years": 3},
            {"recurrent": 10_000_000},
            "kept",
            "1.00 = €10,000,000 a year / €10,000,000 requested from the fund",
        ),
        (
            {"kind": "return", "share": 1},
            {"recurrent": "9999999.99"},
            "broken",
            "less than 1.00 = €9,999,999.99 a year / €10,000,000 requested from the fund",
        ),
        ({"kind": "return", "share": 1}, {}, "not-assessable", "recurrent savings not stated"),
        ({"kind": "floor", "amount": 1, "period": "2019"}, {}, "not-concerned", "for another date or kind of owner"),
        (
            {"kind": "floor", "amount": 1, "period": "2019"},
            {"on": "2019-06"},
            "kept",
            "€10,000,000 requested from the fund",
        ),
        (
            {"kind": "floor", "amount": 1, "owner_kinds": ["operator"]},
            {},
            "not-assessable",
            "date or kind of owner unknown",
        ),
        (
            {"kind": "floor", "amount": 1, "owner_kinds": ["operator"]},
            {"owner_kind": OrganisationKind.MINISTRY},
            "not-concerned",
            "for another date or kind of owner",
        ),
    ],
)
def test_each_rule_says_what_it_found(rule: dict[str, Any], known: dict[str, Any], outcome: str, said: str) -> None:
    """Each kind of rule is kept, broken to the cent, or not assessable for want of what it asks."""
    assert found(rule, **known) == (Outcome(outcome), said)


def test_nothing_is_divided_by_nothing() -> None:
    """A project that costs nothing, or that asks for nothing, makes a rate not assessable."""
    free = evolve(ASKED, requested=0, total_cost=0)
    assert found({"kind": "co-funding", "share": "0.5"}, free) == (Outcome.NOT_ASSESSABLE, "a total cost of zero")
    outcome, said = found({"kind": "return", "share": 1}, free, recurrent=1)
    assert (outcome, said) == (Outcome.NOT_ASSESSABLE, "nothing is requested from the fund")


def test_the_time_of_the_rules_is_that_of_the_application_or_of_the_call() -> None:
    """Where the application is not dated, the rules are those of the opening of its call; without one nobody knows."""
    rule = CallRule(kind="floor", text="x", amount=1, period="2020", source_id="s")
    undated = evolve(ASKED, submitted_on=None)
    call = Call(id="c", label="C", opened_on="2020-02", rules=[rule])
    assert appraise(undated, call)[0].outcome is Outcome.KEPT
    assert appraise(undated, evolve(call, opened_on=None))[0].outcome is Outcome.NOT_ASSESSABLE


def test_an_application_to_another_call_is_refused() -> None:
    """Only the rules of its own call are asked of an application."""
    with pytest.raises(UnknownItemError, match="'a' is not in the applications to call 'other'"):
        appraise(ASKED, Call(id="other", label="Other"))


def test_rules_of_the_catalogue_are_held_against_an_application() -> None:
    """The cloud counter bears half of a cost; the rules of 2020 ask less of territorial services."""
    ftap: Fund = catalogue.action_publique_2022().funds["ftap"]
    asked = evolve(ASKED, call_id="ftap-2-cloud", requested=2_000_000, total_cost=3_000_000, submitted_on="2023-09-01")
    assert [one.outcome.value for one in appraise(asked, ftap.call("ftap-2-cloud"))] == ["broken", "kept", "kept"]
    prefecture = evolve(ASKED, call_id="ftap-2020-1", requested=300_000)
    outcomes = [one.outcome.value for one in appraise(prefecture, ftap.call("ftap-2020-1"), owner_kind="prefecture")]
    assert outcomes == ["kept", "not-concerned", "kept", "not-assessable"]
