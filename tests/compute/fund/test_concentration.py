"""Whose money it is: shares and the Herfindahl index of what is known, and what others put beside the fund's euro."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Application, Award, Call, CostStatement, Euros, Fund, Lever, MissingReason, Portfolio, Project
from levier.errors import UnknownItemError
from levier.fund import concentration, leverage, themes_of
from levier.indicators import Coverage


def award(name: str, amount: Any = None, owner: str | None = None, **more: Any) -> Award:
    """Return an award, labelled by its name."""
    return Award(id=name, label=name, amount=amount, owner_id=owner, **more)


def cost(name: str, kind: str, amount: int, **more: Any) -> CostStatement:
    """Return a statement of an award's whole cost."""
    return CostStatement(award_id=name, kind=kind, amount=amount, source_id="file", **more)


THREE = [award("a", 50, "dinum"), award("b", 30, "justice"), award("c", 20, "interieur")]


def test_shares_and_index_by_hand() -> None:
    """50, 30 and 20 of 100 are shares of 50 %, 30 % and 20 %, and 0.25 + 0.09 + 0.04 is an index of 0.38."""
    found = concentration(THREE)
    assert [(one.key, one.amount, one.share) for one in found.holders] == [
        ("dinum", Euros(50), Decimal(50)),
        ("justice", Euros(30), Decimal(30)),
        ("interieur", Euros(20), Decimal(20)),
    ]
    assert (found.herfindahl, found.reason) == (Decimal("0.38"), None)
    assert [found.top(count) for count in (-1, 0, 1, 2, 3, 9)] == [0, 0, 50, 80, 100, 100]


def test_awards_of_one_owner_add_up() -> None:
    """An owner of several awards is one holder; of equal holders the name decides the place."""
    found = concentration([award("a", 10, "z"), award("b", 10, "y"), award("c", 10, "y"), award("d", 10, "x")])
    assert [(one.key, one.amount) for one in found.holders] == [("y", Euros(20)), ("x", Euros(10)), ("z", Euros(10))]
    assert found.herfindahl == Decimal("0.375")


def test_what_is_not_known_does_not_count() -> None:
    """An award without an amount, an owner or a key is listed as missing, and is no share of zero."""
    found = concentration([award("a", 10, "x"), award("b", None, "y"), award("c", 10)])
    assert found.coverage == Coverage(reported=("a",), missing=("b", "c"))
    assert (found.herfindahl, found.top(1)) == (1, 100)
    assert concentration([award("a", 10, "x")], by=lambda _: "").coverage.missing == ("a",)


@pytest.mark.parametrize(
    ("awards", "reason", "en", "fr"),
    [
        ([], "not-published", "not published; 0 of 0", "non publié\u00a0; 0 sur 0"),
        ([award("a")], "not-published", "not published; 0 of 1 (missing a)", "non publié\u00a0; 0 sur 1 (manque a)"),
        ([award("a", 0, "x")], "zero-base", "zero denominator; 1 of 1", "dénominateur nul\u00a0; 1 sur 1"),
    ],
)
def test_no_money_has_no_index(awards: list[Award], reason: str, en: str, fr: str) -> None:
    """Where nothing is known, or all is zero, there is no index and no share, and the reason is said."""
    found = concentration(awards)
    assert (found.herfindahl, found.top(1), found.reason) == (None, None, MissingReason(reason))
    assert found.explain("en") == f"Herfindahl index: {en}"
    assert found.explain("fr") == f"indice de Herfindahl\u00a0: {fr}"
    assert all(holder.share == 0 for holder in found.holders)


def test_the_index_is_said_with_what_it_rests_on() -> None:
    """Two decimals, the share of the three largest, and the coverage, in both languages."""
    found = concentration([*THREE, award("d", 25, "dgfip"), award("e")])
    assert found.explain("en") == "Herfindahl index: 0.28; share of the three largest: 84.0%; 4 of 5 (missing e)"
    assert found.explain("fr") == (
        "indice de Herfindahl\u00a0: 0,28\u00a0; part des trois premiers\u00a0: 84,0\u00a0%\u00a0; 4 sur 5 (manque e)"
    )


def test_the_first_lever_is_the_theme() -> None:
    """Awards count under the first lever of their project; without a project or a lever they have no theme."""
    portfolio = Portfolio.of(
        Lever(id="digital", label="Digital"),
        Lever(id="hr", label="HR"),
        Project(id="p", label="P", lever_ids=["hr", "digital"]),
        Project(id="q", label="Q"),
    )
    awards = [award("a", 1, project_id="p"), award("b", 1, project_id="q"), award("c", 1)]
    found = concentration(awards, by=themes_of(portfolio))
    assert [holder.key for holder in found.holders] == ["hr"]
    assert found.coverage.missing == ("b", "c")
    with pytest.raises(UnknownItemError):
        concentration([award("d", 1, project_id="gone")], by=themes_of(portfolio))


def test_others_money_beside_the_funds() -> None:
    """(25 - 10) + (60 - 30) euros of others over 10 + 30 of the fund is 1.125; the last stated cost is what counts."""
    fund = Fund(
        id="f",
        label="F",
        calls=[Call(id="c", label="C")],
        applications=[
            Application(id=name, label=name, call_id="c", owner_id="o", requested=10, total_cost=total)
            for name, total in (("a", 25), ("b", 999))
        ],
        awards=[award("a", 10), award("b", 30), award("no-cost", 5), award("no-amount"), award("too-cheap", 50)],
        costs=[
            cost("b", "final", 60, stated_on="2020"),
            cost("b", "planned", 40, stated_on="2018"),
            cost("no-amount", "planned", 40),
            cost("too-cheap", "final", 49),
        ],
    )
    found = leverage(fund)
    assert (found.value, found.reason) == (Decimal("1.125"), None)
    assert found.coverage == Coverage(reported=("a", "b"), missing=("no-cost", "no-amount", "too-cheap"))
    kinds = "demandé\u00a0: 1, final\u00a0: 1"
    assert found.label.say("fr") == f"cofinancement par euro du fonds (coûts\u00a0: {kinds})"
    assert found.label.say("en") == "co-funding per euro of the fund (costs: requested: 1, final: 1)"


def test_a_fund_that_pays_all_moves_nothing() -> None:
    """A cost equal to the award is a leverage of zero, which is known; it is not a missing one."""
    found = leverage(Fund(id="f", label="F", awards=[award("a", 10)], costs=[cost("a", "final", 10)]))
    assert (found.value, found.reason, found.coverage.missing) == (0, None, ())


@pytest.mark.parametrize(("amount", "reason"), [(0, MissingReason.ZERO_BASE), (None, MissingReason.NOT_PUBLISHED)])
def test_no_leverage_without_money_of_the_fund(amount: int | None, reason: MissingReason) -> None:
    """Over an award of zero, or one of which nothing is known, there is no leverage, and the reason is said."""
    found = leverage(Fund(id="f", label="F", awards=[award("a", amount)], costs=[cost("a", "final", 10)]))
    assert (found.value, found.reason) == (None, reason)


amounts = st.lists(st.tuples(st.sampled_from("wxyz"), st.integers(0, 10**6)), min_size=1, max_size=12)


@given(amounts, st.randoms(use_true_random=False))
def test_laws_of_concentration(rows: list[tuple[str, int]], chance: Any) -> None:
    """The index is that of exact fractions, from one over the number of holders to one, in whatever order."""
    awards = [award(f"a{place}", amount, owner) for place, (owner, amount) in enumerate(rows)]
    found = concentration(awards)
    total = sum(amount for _, amount in rows)
    if not total:
        assert found.herfindahl is None
        return
    owners = {owner for owner, _ in rows}
    exact = sum(Fraction(sum(amount for name, amount in rows if name == owner), total) ** 2 for owner in owners)
    assert found.herfindahl is not None
    assert abs(Fraction(found.herfindahl) - exact) < Fraction(1, 10**50)
    assert Fraction(1, len(owners)) <= exact <= 1
    shuffled = list(awards)
    chance.shuffle(shuffled)
    assert concentration(shuffled).holders == found.holders
    tops = [found.top(count) or 0 for count in range(5)]
    assert tops == sorted(tops)
    assert tops[4] == 100
