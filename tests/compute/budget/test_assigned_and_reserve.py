"""Movements that the law names: assigned revenue, re-establishment, the year-end act, and the reserve at its rate."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Appropriations,
    BudgetLine,
    BudgetMovement,
    BudgetProgramme,
    Euros,
    Execution,
    ExecutionLine,
    MissingReason,
    Portfolio,
    Source,
    dumps,
    loads,
)
from levier.budget import (
    AppropriationKind,
    BudgetMeasure,
    BudgetYear,
    ReserveRate,
    TitleGroup,
    budget_verdicts,
    finance_act_verdicts,
)
from levier.budget import year as budget_year
from levier.compute.budget.legal_rules import PAYMENT_CARRY_OVER, STAFF_CARRY_OVER_SINCE_2022
from levier.display.markdown import to_markdown
from levier.display.report import report
from levier.errors import InvalidValueError
from levier.history import difference, merge
from levier.rules import check

COMMITMENT, PAYMENT = AppropriationKind
DOCUMENTS = (
    Source(id="plf", title="PLF", published_on="2023-10-10"),
    Source(id="rap", title="RAP", published_on="2025-05-01"),
    Source(id="press", title="Press", published_on="2025-05-01"),
)
CENTS = st.integers(0, 10**9).map(Euros.of_cents)


def line(stage: str, commitment: Any, payment: Any, **more: Any) -> BudgetLine:
    """Return a line of 2024."""
    given_more = {"year": 2024, "source_id": "rap", **more}
    return BudgetLine(stage=stage, amounts=Appropriations(commitment, payment), **given_more)


def moved(kind: str, commitment: Any, payment: Any, **more: Any) -> BudgetMovement:
    """Return a movement of 2024."""
    return BudgetMovement(
        **{"year": 2024, "kind": kind, "amounts": Appropriations(commitment, payment), "source_id": "rap", **more}
    )


def rate(title: str, share: Any, **more: Any) -> ReserveRate:
    """Return a rate of 2024."""
    return ReserveRate(**{"year": 2024, "title": title, "share": share, "source_id": "plf", **more})


def used(committed: Any, paid: Any) -> ExecutionLine:
    """Return what was used in 2024."""
    return ExecutionLine(year=2024, amounts=Execution(committed, paid), source_id="rap")


def plan(*records: Any) -> Portfolio:
    """Return a portfolio of one programme that holds these records."""
    fields = {
        BudgetLine: "lines",
        BudgetMovement: "movements",
        ExecutionLine: "executions",
        ReserveRate: "reserve_rates",
    }
    held = {name: [one for one in records if type(one) is cls] for cls, name in fields.items()}
    return Portfolio.of(BudgetProgramme(id=349, label="P", **held), *DOCUMENTS)


def year_of(*records: Any, **more: Any) -> BudgetYear:
    """Return 2024 of a programme that holds these records."""
    return budget_year(plan(*records), 349, 2024, **more)


# ---------------------------------------------------------------- article 17


def test_assigned_revenue_opens_credits_as_contributions_do() -> None:
    """Contributions and assigned revenue, and what is carried over of them, open credits on top of the vote."""
    year = year_of(
        line("voted", 100, 100),
        moved("assigned-contribution", 7, 5),
        moved("assigned-revenue", 3, 2),
        moved("assigned-carry-over", 1, 1),
    )
    assert year.opened == Appropriations(111, 108)
    assert year_of(
        line("voted", 100, 100), line("opened", 105, 104), moved("assigned-revenue", 3, 2)
    ).unattributed == Appropriations(2, 2)


def test_a_re_establishment_opens_nothing() -> None:
    """Sums paid in error that come back undo spending: what was used is net of them, and nothing more is open."""
    records = [line("voted", 100, 100), used(60, 50), moved("transfer", 0, 0), moved("re-establishment", 4, 4)]
    year = year_of(*records)
    assert year.opened == Appropriations(100, 100)
    assert year.unspent == Appropriations(40, 50)
    assert year.amount("re-established", PAYMENT).explain("en") == "€4 re-established (2024)"
    assert year.amount("re-established", PAYMENT).explain("fr").endswith("rétablis (2024)")
    more = year_of(*records, moved("re-establishment", 1, 1, counterpart="other service"))
    assert more.amount("re-established", COMMITMENT).value == Euros(5)
    assert year_of(*records[:3]).amount("re-established", PAYMENT).reason is MissingReason.NOT_PUBLISHED
    assert "re-established" in year.explain("en")
    assert "re-established" not in year_of(*records[:3]).explain("en")


@pytest.mark.parametrize("kind", ["assigned-revenue", "re-establishment", "assigned-carry-over"])
def test_the_kinds_have_their_terms(kind: str) -> None:
    """Each kind is written by its name, and has a term in both languages."""
    one = plan(line("voted", 1, 1), moved(kind, 1, 1))
    assert loads(dumps(one)) == one
    (held,) = one.budget_programmes["349"].movements
    assert held.kind.value == kind
    assert held.kind.label("fr") != held.kind.label("en") != kind


def test_assigned_credits_carry_over_beside_the_ceiling() -> None:
    """What is carried over of assigned credits is carried over, and no ceiling of article 15, II, counts it."""
    records = [
        line("voted", 1000, 1000, title="other"),
        line("voted", 100, 100, title="staff"),
        moved("carry-over", 0, 30, year=2025, title="other"),
        moved("assigned-carry-over", 50, 500, year=2025, title="other"),
        moved("assigned-carry-over", 0, 9, year=2025, title="staff"),
    ]
    held = plan(*records)
    verdicts = {verdict.rule.id: verdict for verdict in budget_verdicts(held, 349, 2024)}
    assert verdicts[PAYMENT_CARRY_OVER.id].amount.value == Euros(30)
    assert verdicts[PAYMENT_CARRY_OVER.id].holds is True
    assert STAFF_CARRY_OVER_SINCE_2022.id not in verdicts
    (overall,) = finance_act_verdicts(held, 2024, initial=Appropriations(600, 600))
    assert (overall.amount.value, overall.holds) == (Euros(30), True)
    assert budget_year(held, 349, 2024, title="other").carried_over == Appropriations(50, 530)


@given(st.tuples(CENTS, CENTS), st.tuples(CENTS, CENTS), st.sampled_from(["staff", "other"]))
def test_no_amount_of_assigned_credits_breaks_a_ceiling(
    plain: tuple[Euros, Euros], assigned: tuple[Euros, Euros], title: str
) -> None:
    """Whatever is carried over of assigned credits, each verdict is what it is without it."""
    base = [line("voted", 10**6, 10**6, title=title), moved("carry-over", *plain, year=2025, title=title)]
    more = moved("assigned-carry-over", *assigned, year=2025, title=title)
    before, after = (budget_verdicts(plan(*records), 349, 2024) for records in (base, [*base, more]))
    assert [(one.rule.id, one.excess) for one in before] == [(one.rule.id, one.excess) for one in after]


# ---------------------------------------------------------------- the year-end finance act


def test_the_year_end_act_is_a_stage_of_its_own() -> None:
    """It stands beside the supplementary acts, opens or cancels, and is no decree."""
    records = [line("voted", 100, 100), line("supplementary", 10, 10), line("year-end", -30, 5)]
    year = year_of(*records)
    assert year.opened == Appropriations(80, 115)
    assert year.amount("year-end", COMMITMENT).explain("en") == "€30 cancelled (year-end finance act 2024)"
    assert year.amount("year-end", PAYMENT).explain("fr").endswith("ouverts ou annulés (LFG 2024)")
    assert year_of(*records, line("opened", 81, 115)).unattributed == Appropriations(1, 0)
    assert finance_act_verdicts(plan(*records), 2024, opened=Appropriations(1, 1)) == ()
    assert "LFG 2024" in year.explain("fr")
    assert "LFG" not in year_of(*records[:2]).explain("fr")


def test_documents_that_differ_about_it_are_found() -> None:
    """Two documents of equal rank about the year-end act contradict each other, as about any other stage."""
    held = plan(line("voted", 1, 1), line("year-end", 3, 3), line("year-end", 4, 4, source_id="press"))
    found = [one.sentence("en") for one in check(held, as_of="2025-06-01") if one.rule == "budget-statements-disputed"]
    assert len(found) == 2
    assert all("opened or cancelled (year-end finance act 2024)" in text for text in found)
    assert any("commitment appropriations" in text for text in found)


@pytest.mark.parametrize("year", [2006, 2022])
def test_there_was_none_before_2023(year: int) -> None:
    """A year-end line of a year without such an act is refused, with the stage that there was."""
    with pytest.raises(
        InvalidValueError, match=r"stage: expected supplementary: year-end finance acts exist since 2023"
    ):
        line("year-end", 1, 1, year=year)
    assert line("year-end", 1, 1, year=2023).stage == "year-end"


# ---------------------------------------------------------------- article 51, 4° bis

VOTED = (line("voted", 1000, 2000, title="other"), line("voted", 100, 100, title="staff"))
RATES = (rate("other", "0.055"), rate("staff", "0.005"))


def test_the_reserve_is_a_share_of_the_vote() -> None:
    """Each group of titles has its rate, and the whole has both."""
    year = year_of(*VOTED, *RATES)
    assert year.reserve == Appropriations("55.50", "110.50")
    assert year_of(*VOTED, *RATES, title="staff").reserve == Appropriations("0.50", "0.50")
    assert year_of(*VOTED, *RATES, title="other").reserve == Appropriations(55, 110)
    amount = year_of(*VOTED, *RATES, title="other").amount("reserve", COMMITMENT)
    assert amount.explain("en") == "€55 set aside in reserve (2024, other titles)"
    assert amount.source_ids == ("rap", "plf")


def test_a_freeze_is_held_against_the_reserve() -> None:
    """What is frozen beyond the reserve, or not yet frozen of it."""
    year = year_of(*VOTED, *RATES, moved("freeze", -60, -100, title="other"), title="other")
    assert (
        year.amount("beyond-reserve", COMMITMENT).explain("en") == "€5 frozen beyond the reserve (2024, other titles)"
    )
    assert year.amount("beyond-reserve", PAYMENT).explain("en") == "€10 of the reserve not frozen (2024, other titles)"
    assert "frozen beyond the reserve" in year.explain("en")
    assert "beyond" not in year_of(*VOTED, *RATES).explain("en")
    assert "set aside" in year_of(*VOTED, *RATES).explain("en")


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        (VOTED, MissingReason.NOT_PUBLISHED),
        ((*VOTED, RATES[0]), MissingReason.INCOMPLETE),
        ((line("voted", 1000, 2000), *RATES), MissingReason.INCOMPLETE),
        ((*VOTED, evolve(RATES[0], year=2023)), MissingReason.NOT_PUBLISHED),
    ],
)
def test_a_reserve_without_its_parts_is_missing(records: tuple[Any, ...], reason: MissingReason) -> None:
    """Without a rate of one group, or a vote of one, the reserve of the whole is missing, and not smaller."""
    amount = year_of(*records).amount(BudgetMeasure.RESERVE, COMMITMENT)
    assert (amount.value, amount.reason) == (None, reason)


def test_a_rate_of_nothing_is_not_needed() -> None:
    """A programme without title 2 needs no rate for it."""
    nothing = line("voted", 0, 0, title="staff")
    assert year_of(VOTED[0], nothing, RATES[0]).reserve == Appropriations(55, 110)


def test_of_several_rates_one_is_in_force() -> None:
    """A later document replaces an earlier one; of two of equal rank, the reserve names the one that disputes it."""
    later = rate("other", "0.06", source_id="rap", caveat="modulé")
    amount = year_of(*VOTED, *RATES, later, title="other").amount("reserve", COMMITMENT)
    assert (amount.value, amount.disputed_by, amount.caveats) == (Euros(60), (), ("modulé",))
    both = year_of(*VOTED, later, rate("other", "0.07", source_id="press"), title="other")
    assert both.amount("reserve", COMMITMENT).disputed_by != ()
    assert year_of(*VOTED, *RATES, later, title="other", as_of="2025-06-01").reserve == Appropriations(60, 120)


def test_rates_that_contradict_each_other_are_found() -> None:
    """Two rates of one group by documents of equal rank are a finding that names both; a later rate just replaces."""

    def found(*records: ReserveRate) -> list[str]:
        held = check(plan(*VOTED, *records), as_of="2025-06-01")
        return [one.sentence("en") for one in held if one.rule == "budget-statements-disputed"]

    one, other = rate("other", "0.055", source_id="rap"), rate("other", "0.07", source_id="press")
    (text,) = found(one, other)
    assert "5.5% set aside in reserve (2024, other titles) [rap]" in text
    assert "7% set aside in reserve (2024, other titles) [press]" in text
    assert found(RATES[0], evolve(one, share="0.06")) == []


@pytest.mark.parametrize("share", [-1, "1.01", "5", 0.05, "x"])
def test_a_rate_is_a_share(share: Any) -> None:
    """5 where 5 % is meant is refused, and so is what is no exact number."""
    with pytest.raises(InvalidValueError, match="share"):
        rate("other", share)


def test_a_rate_is_of_one_group_of_titles() -> None:
    """The law asks for two rates: one for all titles is refused."""
    with pytest.raises(InvalidValueError, match="staff or other"):
        rate("all", "0.04")
    with pytest.raises(InvalidValueError, match="reserve rate"):
        BudgetProgramme(id=349, label="P", reserve_rates=[RATES[0], evolve(RATES[0], share=0)])


def test_a_rate_travels() -> None:
    """A rate survives a document, a difference and a merge, and is unknown before its document is published."""
    old, new = plan(*VOTED, RATES[0]), plan(*VOTED, *RATES)
    assert loads(dumps(new)) == new
    assert difference(old, new).applied_to(old) == new
    assert "taux de mise en réserve" in difference(old, new).explain("fr")
    assert merge(new, old).portfolio == new
    changed = plan(*VOTED, RATES[0], evolve(RATES[1], share="0.01"))
    assert difference(new, changed).applied_to(new) == changed
    assert "0.01" in difference(new, changed).explain("en")
    assert new.as_of("2023-10-09").budget_programmes["349"].reserve_rates == ()
    assert new.as_of("2023-10-10").budget_programmes["349"].reserve_rates == RATES[:2]
    undated = plan(*VOTED, RATES[0]).with_(Source(id="plf", title="PLF"))
    assert undated.as_of("2020-01-01").budget_programmes["349"].reserve_rates == RATES[:1]


def test_the_report_shows_the_reserve_where_a_rate_is_stated() -> None:
    """A table gives the rate, what it sets aside and what was frozen, only where a document states a rate."""
    held = plan(*VOTED, *RATES, moved("freeze", -60, -100, title="other"))
    text = to_markdown(report(held, as_of="2025-06-01", lang="en"))
    row = next(row for row in text.splitlines() if "other titles" in row and "5.5%" in row)
    assert "€55" in row
    assert "€60" in row
    assert "€5" in row
    assert "réserve de précaution" in to_markdown(report(held, as_of="2025-06-01", lang="fr"))
    assert "reserve" not in to_markdown(report(plan(*VOTED), as_of="2025-06-01", lang="en"))
    ahead = plan(*VOTED, rate("other", "0.05", year=2026), rate("staff", "0.05", year=2023))
    assert "reserve" not in to_markdown(report(ahead, as_of="2025-06-01", lang="en"))


@given(
    st.lists(
        st.tuples(st.sampled_from(["assigned-contribution", "assigned-revenue", "re-establishment"]), CENTS, CENTS)
    ),
    st.tuples(CENTS, CENTS),
    st.randoms(use_true_random=False),
)
def test_what_is_open_is_the_vote_and_what_opens_credits(
    drawn: list[tuple[str, Euros, Euros]], year_end: tuple[Euros, Euros], order: Any
) -> None:
    """Opened is voted, the year-end act and what the two kinds of revenue open, whatever the order; nothing else."""
    records: list[Any] = [moved(kind, *sides, counterpart=f"c{place}") for place, (kind, *sides) in enumerate(drawn)]
    records += [line("voted", 5, 7), line("year-end", *year_end)]
    order.shuffle(records)
    opening = [sides for kind, *sides in drawn if kind != "re-establishment"]
    sums = [
        Euros.total([start, year_end[side], *(one[side] for one in opening)])
        for side, start in ((0, Euros(5)), (1, Euros(7)))
    ]
    assert year_of(*records).opened == Appropriations(*sums)


@given(CENTS, CENTS, st.integers(0, 1000), st.integers(0, 1000))
def test_the_reserve_of_the_whole_is_that_of_its_titles(staff: Euros, other: Euros, low: int, high: int) -> None:
    """To the cent, half away from zero in each group; never more than was voted."""
    records: list[Any] = [line("voted", 0, voted, title=title) for title, voted in (("staff", staff), ("other", other))]
    records += [rate(title, f"{share / 1000:.3f}") for title, share in (("staff", low), ("other", high))]
    exact = {"staff": (staff.cents * low + 500) // 1000, "other": (other.cents * high + 500) // 1000}
    found = {title: year_of(*records, title=title).amount("reserve", PAYMENT).value for title in TitleGroup}
    assert found[TitleGroup.STAFF] == Euros.of_cents(exact["staff"])
    assert found[TitleGroup.OTHER] == Euros.of_cents(exact["other"])
    assert found[TitleGroup.ALL] == Euros.of_cents(sum(exact.values()))
    assert found[TitleGroup.ALL] <= staff + other
