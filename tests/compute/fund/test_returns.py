"""Returns name their numerator and their cost, and no savings stated is not a return of zero."""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from levier import Award, CostStatement, Euros, Fund, MissingReason, Portfolio, Saving, Source, catalogue
from levier.budget import Amount
from levier.compute.exact import rounded
from levier.errors import DuplicateItemsError, InvalidValueError, MixedUnitsError, UnknownItemError
from levier.fund import balance, return_on, returns, total_savings


def saving(amount: int, **more: Any) -> Saving:
    """Return an expected recurrent saving of the State."""
    given = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    return Saving(amount=amount, **{**given, **more})


def test_nothing_has_a_default() -> None:
    """Both the savings and the cost must be given, by name; only the day and its documents may be left out."""
    parameters = inspect.signature(return_on).parameters.values()
    assert [(p.name, p.kind, p.default) for p in parameters if p.name not in ("as_of", "sources")] == [
        ("savings", inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty),
        ("cost", inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty),
    ]


@pytest.mark.parametrize(
    ("savings", "cost", "expected"),
    [(15, 10, "1.5"), ("53", "100", "0.53"), (Decimal(339_000_000), Euros(687_000_000), "0.5")],
)
def test_the_three_returns_quoted_for_the_fund(savings: Any, cost: Any, expected: str) -> None:
    """1.5 over fund money, 0.53 over whole cost, 0.5 over what was spent: the base makes the return."""
    value = return_on(savings=savings, cost=cost).value
    assert value is not None
    assert rounded(value, len(expected) - 2) == Decimal(expected)


def test_a_return_names_both_sides() -> None:
    """The explanation says what was saved and what it cost, in both languages."""
    ratio = return_on(
        savings=[saving(30, award_id="a"), saving(30, award_id="b")],
        cost=Amount.of(40, fr="du fonds", en="of fund money"),
    )
    assert ratio.explain("en") == "1.50 = €60 of expected savings (recurrent) / €40 of fund money"
    assert ratio.explain("fr") == "1,50 = 60\u00a0€ d’économies attendues (pérennes) / 40\u00a0€ du fonds"
    assert ratio.numerator.source_ids == ("s",)
    assert ratio.numerator.caveats == ("declared",)
    assert total_savings([saving(1, caveat="rounded")]).caveats == ("declared", "rounded")
    assert return_on(savings=1, cost=2).explain("en") == "0.50 = €1 of savings / €2 of cost"


def test_no_savings_is_no_return() -> None:
    """The catalogue states no achieved saving of an award: the return is missing, with the reason, and is not 0."""
    fund = catalogue.action_publique_2022().funds["ftap"]
    stated = [saving for saving in fund.savings if saving.kind == "achieved" and saving.award_id]
    ratio = return_on(savings=stated, cost=700_000_000)
    assert ratio.value is None
    assert ratio.reason is MissingReason.NOT_PUBLISHED
    assert ratio.explain("en") == "not computable: savings: not published"


def test_what_the_audit_found() -> None:
    """339 M€ achieved over 687 M€ spent is 0.49, by the audit's own figures."""
    fund = catalogue.action_publique_2022().funds["ftap"]
    achieved = [saving for saving in fund.savings if saving.kind == "achieved"]
    value = return_on(savings=achieved, cost=687_000_000).value
    assert value is not None
    assert rounded(value, 2) == Decimal("0.49")


@pytest.mark.parametrize("other", [{"kind": "achieved"}, {"nature": "one-off"}, {"whose": "hospitals"}])
def test_savings_of_several_series_do_not_add(other: dict[str, str]) -> None:
    """Expected and achieved, recurrent and one-off, one's money and another's: each series stays apart."""
    with pytest.raises(MixedUnitsError, match="cannot add expected savings"):
        total_savings([saving(1), saving(1, award_id="a", **other)])


def test_a_saving_said_twice_counts_once() -> None:
    """A later statement takes the place of an earlier one; where nothing tells which holds, both are named."""
    said = [saving(9, period="2021", stated_on="2020"), saving(7, period="2021", stated_on="2021")]
    assert total_savings(said).value == total_savings(said[::-1]).value == Euros(7)
    assert total_savings(said, as_of="2020-12-31").value == Euros(9)
    with pytest.raises(DuplicateItemsError, match=r"a, 2021: 1.00 EUR \(s\) or 2.00 EUR \(s\)"):
        total_savings([saving(1, award_id="a", period="2021"), saving(2, award_id="a", period="2021")])


def test_the_documents_date_what_does_not_say_when_it_was_stated() -> None:
    """Of two undated statements that of the later document counts, once the documents are given."""
    said = [saving(9, period="2021", source_id="b"), saving(7, period="2021", source_id="a")]
    published = {
        "a": Source(id="a", title="A", published_on="2019"),
        "b": Source(id="b", title="B", published_on="2020"),
    }
    assert total_savings(said, sources=published).value == Euros(9)
    assert total_savings(said, sources=published, as_of="2019-12-31").value == Euros(7)
    assert return_on(savings=said, cost=3, sources=published).value == 3


def test_a_recurrent_saving_of_several_years_is_one_amount_a_year() -> None:
    """Stated for 2021 and 2022, a recurrent saving is that of 2022, and the answer says so; awards add up."""
    both = total_savings([saving(5, period="2022"), saving(4, period="2021")])
    assert both.value == Euros(5)
    assert both.label.say("fr") == "économies attendues (pérennes, par an, période énoncée\u00a0: 2022)"
    awards = [saving(5, award_id="a", period="2022"), saving(4, award_id="b", period="2021"), saving(1, award_id="c")]
    found = total_savings(awards)
    assert found.value == Euros(10)
    assert found.label.say("en") == "expected savings (recurrent, a year, periods stated: 2021, 2022)"


def test_what_comes_once_adds_up_over_its_periods() -> None:
    """Two years of one-off savings are two savings; of those of no stated nature nobody can say, so both are named."""
    once = [saving(1, period="2021", nature="one-off"), saving(2, period="2022", nature="one-off")]
    assert total_savings(once).explain("en") == "€3 of expected savings (one-off)"
    vague = [evolve(one, nature="unstated") for one in once]
    with pytest.raises(
        DuplicateItemsError, match="no stated nature: given more than once: the fund, 2021 and 2022; say"
    ):
        total_savings(vague)
    assert total_savings([vague[0], evolve(vague[1], award_id=None, period="2021", stated_on="2020")]).value == Euros(2)
    apart = [evolve(one, award_id=name) for one, name in zip(vague, "ab", strict=True)]
    assert total_savings(apart).value == Euros(3)


@pytest.mark.parametrize(
    ("one", "other"), [("2022", "2022-03"), ("2021/2023", "2022"), ("2021/..", "2030"), ("2022", None)]
)
def test_periods_that_overlap_are_not_added(one: str, other: str | None) -> None:
    """A month of a year, a year of three, what has no end, and what has no period may count twice: both are named."""
    with pytest.raises(DuplicateItemsError, match="the fund, "):
        total_savings([saving(1, period=one, nature="one-off"), saving(2, period=other, nature="one-off")])


def test_one_period_written_in_two_ways_is_one_period() -> None:
    """2022 and January to December of 2022 are one saving, of which the later statement counts."""
    said = [saving(1, period="2022", stated_on="2020"), saving(2, period="2022-01/2022-12", stated_on="2021")]
    assert total_savings(said).value == Euros(2)


def test_the_whole_and_its_parts_are_never_added() -> None:
    """Savings of the fund and of its awards are refused together: the error names both and the way out."""
    with pytest.raises(MixedUnitsError) as refused:
        total_savings([saving(2000), saving(54, award_id="hub")])
    assert str(refused.value) == (
        "cannot add savings of awards and savings of the fund as a whole, which may hold them: "
        "keep those of the fund (award_id is None) or those of hub"
    )
    said = [one for one in catalogue.action_publique_2022().funds["ftap"].savings if one.kind == "expected"]
    with pytest.raises(MixedUnitsError):
        total_savings(said)
    assert total_savings(one for one in said if one.award_id is None).value == Euros(2_000_000_000)


@pytest.mark.parametrize(("nature", "fr"), [("one-off", "ponctuelles"), ("unstated", "de nature non précisée")])
def test_the_nature_is_said(nature: str, fr: str) -> None:
    """The name of a sum says whether it recurs, as far as its source does."""
    assert total_savings([saving(1, nature=nature)]).label.say("fr") == f"économies attendues ({fr})"


def test_inexact_amounts_are_refused() -> None:
    """A float is no amount, on either side."""
    with pytest.raises(InvalidValueError):
        return_on(savings=1.5, cost=1)
    with pytest.raises(InvalidValueError):
        return_on(savings=1, cost=1.5)


# ---------------------------------------------------------------- of a fund


def plan(*savings: Saving, **more: Any) -> Portfolio:
    """Return a portfolio of one fund: a is committed and paid, b committed, c signed and no more, d not signed."""
    awards = [Award(id=name, label=name.upper(), amount=100, contracted_on="2018-09-01") for name in "abc"]
    fund = Fund(id="f", label="F", awards=[*awards, Award(id="d", label="D", amount=5)], savings=savings, **more)
    fund = fund.with_commitment("a", 60, on="2018-10-01").with_payment("a", 20, on="2019-02-01")
    return Portfolio.of(fund.with_commitment("b", 40, on="2019-03-01"), Source(id="s", title="S"))


def test_the_same_awards_stand_above_and_below() -> None:
    """The cost is that of the awards whose savings count: 30 over 60 committed, over 20 paid, over a cost of 120."""
    costs = [
        CostStatement(award_id="a", kind=kind, amount=n, source_id="s") for kind, n in (("planned", 90), ("final", 120))
    ]
    held = plan(saving(30, award_id="a"), costs=costs)
    found = [returns(held, "f", savings="expected", cost=base) for base in ("fund", "paid", "public")]
    assert [one.value for one in found] == [Decimal("0.5"), Decimal("1.5"), Decimal("0.25")]
    assert (
        found[0].sentence("en") == "0.50 = €30 of expected savings (recurrent) / €60 committed by the fund for 1 award"
    )
    assert found[2].explain("fr").endswith("120\u00a0€ de coût public de 1 projet lauréat")


def test_savings_of_the_whole_fund_are_over_all_its_commitments() -> None:
    """Savings of the fund are over what it committed in all, once no signed award is without its commitment."""
    held = plan(saving(50))
    found = returns(held, "f", savings="expected", cost="fund")
    assert (found.value, found.denominator.reason) == (None, MissingReason.INCOMPLETE)
    assert "C" in found.denominator.explain("en")
    fund = held.funds["f"].with_commitment("c", 25, on="2019-04-01")
    whole = returns(held.with_(fund), "f", savings="expected", cost="fund")
    assert whole.denominator.value == balance(fund).net == Euros(125)
    assert whole.value == Decimal("0.4")


def test_an_unknown_cost_or_saving_is_no_number() -> None:
    """An award without a known cost, a kind without savings and a fund without entries give a reason, not zero."""
    both = plan(saving(30, award_id="a"), saving(30, award_id="c"))
    assert returns(both, "f", savings="expected", cost="fund").denominator.reason is MissingReason.INCOMPLETE
    assert returns(both, "f", savings="achieved", cost="fund").numerator.reason is MissingReason.NOT_PUBLISHED
    assert returns(both, "f", savings="expected", cost="public").denominator.reason is MissingReason.NO_COST
    with pytest.raises(UnknownItemError):
        returns(both, "g", savings="expected", cost="fund")
    for wrong in ({"savings": "hoped", "cost": "fund"}, {"savings": "expected", "cost": "all"}):
        with pytest.raises(InvalidValueError):
            returns(both, "f", **wrong)


def test_a_return_is_as_known_on_its_day() -> None:
    """On a day, only the commitments entered and the savings stated by then count."""
    held = plan(saving(30, award_id="a", stated_on="2019-01"), saving(45, award_id="a", stated_on="2020-01"))
    early, late = (
        returns(held, "f", savings="expected", cost="paid", as_of=day) for day in ("2019-06-01", "2020-06-01")
    )
    assert (early.value, late.value) == (Decimal("1.5"), Decimal("2.25"))
    assert returns(held, "f", savings="expected", cost="fund", as_of="2018-12-31").numerator.value is None
