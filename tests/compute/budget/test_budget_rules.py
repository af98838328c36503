"""The ceilings of the LOLF: each quotes its article, states its base, and never blocks."""

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
    Period,
    Portfolio,
    Source,
    catalogue,
)
from levier.budget import LegalVerdict, budget_verdicts, finance_act_verdicts
from levier.budget import year as budget_year
from levier.compute.budget.legal_rules import (
    ADVANCES,
    CANCELLATIONS,
    COMMITMENT_CARRY_OVER,
    FUNGIBILITY_INTO_STAFF,
    LEGAL_RULES,
    OVERALL_CARRY_OVER,
    PAYMENT_CARRY_OVER,
    STAFF_CARRY_OVER,
    STAFF_CARRY_OVER_SINCE_2022,
    STAFF_EQUALITY,
    VIREMENTS,
    VIREMENTS_INTO_STAFF,
)
from levier.rules import Severity, budget_ceilings, check


def line(commitment: Any, payment: Any, *, title: str = "all", stage: str = "voted", year: int = 2020) -> BudgetLine:
    """Return a line of 2020."""
    because = "unpublished" if commitment is None or payment is None else ""
    amounts = Appropriations(commitment, payment)
    return BudgetLine(year=year, stage=stage, title=title, amounts=amounts, missing_because=because, source_id="rap")


def moved(kind: str, commitment: Any, payment: Any, **more: Any) -> BudgetMovement:
    """Return a movement, of 2021 unless said otherwise."""
    because = "unpublished" if commitment is None or payment is None else ""
    given = {"year": 2021, "source_id": "rap", "missing_because": because, **more}
    return BudgetMovement(kind=kind, amounts=Appropriations(commitment, payment), **given)


def plan(*records: Any, code: int = 349) -> Portfolio:
    """Return a portfolio of one programme that holds these records."""
    programme = BudgetProgramme(
        id=code,
        label="P",
        lines=[item for item in records if isinstance(item, BudgetLine)],
        executions=[item for item in records if isinstance(item, ExecutionLine)],
        movements=[item for item in records if isinstance(item, BudgetMovement)],
    )
    return Portfolio.of(programme, Source(id="rap", title="RAP"))


def verdicts(*records: Any, year: int = 2020, **more: Any) -> dict[str, list[LegalVerdict]]:
    """Return the verdicts on a year of a programme that holds these records, by rule."""
    found: dict[str, list[LegalVerdict]] = {}
    for verdict in budget_verdicts(plan(*records), 349, year, **more):
        found.setdefault(verdict.rule.id, []).append(verdict)
    return found


# ---------------------------------------------------------------- programme 349


def test_payments_carried_from_2020_stay_under_the_ceiling() -> None:
    """4,053,028 carried over stay within 5,868,377.25, which is 3 % of the 195,612,575 voted outside title 2."""
    (verdict,) = [
        verdict
        for verdict in budget_verdicts(catalogue.action_publique_2022(), 349, 2020)
        if verdict.rule is PAYMENT_CARRY_OVER
    ]
    assert verdict.amount.value == Euros(4_053_028)
    assert verdict.base.value == Euros(195_612_575)
    assert verdict.ceiling == Euros("5868377.25")
    assert verdict.excess == Euros(0)
    assert verdict.holds is True
    assert verdict.subject == "budget_programmes/349/2020"


def test_title_2_of_programme_349_is_as_the_law_wants() -> None:
    """In every year that tells title 2 apart, its commitment and payment appropriations are equal."""
    found = [
        verdict
        for year in range(2018, 2024)
        for verdict in budget_verdicts(catalogue.action_publique_2022(), 349, year)
        if verdict.rule is STAFF_EQUALITY
    ]
    assert len(found) >= 5
    assert all(verdict.holds for verdict in found)


# ---------------------------------------------------------------- article 8


def test_title_2_must_be_equal() -> None:
    """Title 2 with other payments than commitments is a breach either way, by the difference."""
    for commitment, payment in ((10, 8), (8, 10)):
        (verdict,) = verdicts(line(commitment, payment, title="staff"))[STAFF_EQUALITY.id]
        assert verdict.holds is False
        assert verdict.excess == Euros(2)
    (missing,) = verdicts(line(10, None, title="staff", stage="opened"))[STAFF_EQUALITY.id]
    assert missing.holds is None
    assert verdicts(line(10, 8)) == {}


# ---------------------------------------------------------------- article 12


def test_virements_cumulate_over_the_year() -> None:
    """Virements in and out add up by their size, against 2 % of what the programme was voted."""
    records = [line(1000, 1000), moved("virement", 15, 5, year=2020), moved("virement", -15, -5, year=2020)]
    commitments, payments = verdicts(*records)[VIREMENTS.id]
    assert (commitments.amount.value, commitments.ceiling, commitments.excess) == (Euros(30), Euros(20), Euros(10))
    assert (payments.amount.value, payments.holds) == (Euros(10), True)


def test_virements_of_title_2_have_their_own_ceiling() -> None:
    """What is moved on title 2 counts for the programme and for its title 2."""
    records = [
        line(1000, 1000),
        line(100, 100, title="staff"),
        moved("virement", -3, -3, title="staff", year=2020),
    ]
    found = verdicts(*records)[VIREMENTS.id]
    assert [(verdict.ceiling, verdict.holds) for verdict in found] == [
        (Euros(20), True),
        (Euros(20), True),
        (Euros(2), False),
        (Euros(2), False),
    ]


def test_virements_without_a_vote_are_not_assessable() -> None:
    """Without the appropriations voted there is no ceiling: not assessable, with the reason."""
    records = [line(None, 1000), moved("virement", 15, 5, year=2020)]
    commitments, payments = verdicts(*records)[VIREMENTS.id]
    assert payments.holds is True
    assert commitments.holds is None
    finding = commitments.finding()
    assert finding.severity is Severity.NOT_ASSESSABLE
    assert "voted (initial budget act 2020): not published (unpublished). Not assessable." in str(finding)
    assert "Non appréciable." in finding.sentence("fr")
    assert finding.mend("en") == ""


# ---------------------------------------------------------------- article 15


def test_commitments_never_carry_over_into_title_2() -> None:
    """Any commitment appropriation carried into title 2 is a breach, of all of it; outside it none is."""
    (verdict,) = verdicts(line(10, 10), moved("carry-over", 5, 0, title="staff"))[COMMITMENT_CARRY_OVER.id]
    assert (verdict.ceiling, verdict.excess, verdict.holds) == (Euros(0), Euros(5), False)
    (kept,) = verdicts(line(10, 10), moved("carry-over", 0, 1, title="staff"))[COMMITMENT_CARRY_OVER.id]
    assert kept.holds is True
    assert COMMITMENT_CARRY_OVER.id not in verdicts(line(10, 10), moved("carry-over", 10**9, 0, title="other"))


def test_commitments_of_undivided_titles_are_not_assessable() -> None:
    """A carry-over that no document divides by title may hide some in title 2: not assessable, with the reason."""
    (verdict,) = verdicts(line(10, 10), moved("carry-over", 5, 0))[COMMITMENT_CARRY_OVER.id]
    assert verdict.holds is None
    assert "the carry-over is not split by title" in verdict.explain("en")


def test_payments_carry_over_by_group_of_titles() -> None:
    """Title 2 and the other titles each have 3 % of their own initial appropriations."""
    records = [
        line(100, 100, title="staff"),
        line(900, 900, title="other"),
        moved("carry-over", 0, 4, title="staff"),
        moved("carry-over", 0, 20, title="other"),
        moved("carry-over", 0, 6, title="other", counterpart="second order"),
    ]
    staff, other = verdicts(*records)[PAYMENT_CARRY_OVER.id]
    assert (staff.amount.value, staff.ceiling, staff.excess) == (Euros(4), Euros(3), Euros(1))
    assert (other.amount.value, other.ceiling, other.holds) == (Euros(26), Euros(27), True)


def test_assigned_contributions_do_not_count() -> None:
    """What comes from assigned contributions is carried in full, and taken off before the ceiling is looked at."""
    records = [line(900, 900, title="other"), moved("carry-over", 0, 40, title="other")]
    (with_them,) = verdicts(*records)[PAYMENT_CARRY_OVER.id]
    (without,) = verdicts(*records, assigned=15)[PAYMENT_CARRY_OVER.id]
    assert (with_them.excess, without.excess) == (Euros(13), Euros(0))
    assert without.amount.label.say("en").endswith("assigned contributions excluded")


def test_undivided_payments_belong_to_other_titles_where_nothing_was_left_in_title_2() -> None:
    """Title 2 has nothing unspent, so all that was carried over comes from the other titles; else it is unknown."""
    other, carried = line(900, 900, title="other"), moved("carry-over", 0, 20)
    opened = line(5, 5, title="staff", stage="opened")
    spent = ExecutionLine(year=2020, title="staff", amounts=Execution(5, 5), source_id="rap")
    (known,) = verdicts(other, carried, opened, spent)[PAYMENT_CARRY_OVER.id]
    assert known.holds is True
    (unknown,) = verdicts(other, carried)[PAYMENT_CARRY_OVER.id]
    assert unknown.holds is None
    assert "the carry-over is not split by title" in unknown.explain("en")
    (unpublished,) = verdicts(other, moved("carry-over", 3, None))[PAYMENT_CARRY_OVER.id]
    assert "not published (unpublished)" in unpublished.explain("en")


# ---------------------------------------------------------------- articles 13 and 14


def test_decrees_are_held_against_all_finance_acts() -> None:
    """Advances may reach 1 % of the initial act, and with cancellations 1.5 % of all acts, over all programmes."""
    first = plan(line(1, 1), moved("advance-decree", 9, 0), moved("cancellation", -4, -16))
    second = plan(line(1, 1), moved("advance-decree", 2, 0), code=129)
    both = first.with_(*second.budget_programmes.values())
    whole = Appropriations(1000, 1000)
    found = finance_act_verdicts(both, 2021, initial=whole, opened=whole)
    assert [(v.rule.article, v.amount.value, v.ceiling, v.excess) for v in found] == [
        ("13", Euros(11), Euros(10), Euros(1)),
        ("14", Euros(15), Euros(15), Euros(0)),
        ("13", Euros(0), Euros(10), Euros(0)),
        ("14", Euros(16), Euros(15), Euros(1)),
    ]
    assert finance_act_verdicts(both, 2020, initial=whole, opened=whole) == ()


def test_the_counterpart_of_an_advance_counts_once() -> None:
    """Where a decree's cancellations are recorded, they count; the advance does not stand for them as well."""
    records = plan(
        line(1, 1), moved("advance-decree", 9, 9), moved("advance-decree", -9, -9), moved("cancellation", -2, -2)
    )
    whole = Appropriations(1000, 1000)
    found = finance_act_verdicts(records, 2021, initial=whole, opened=whole)
    assert [verdict.amount.value for verdict in found] == [Euros(9), Euros(11)] * 2


def test_without_the_base_decrees_are_not_assessable() -> None:
    """No programme holds what the finance acts opened over the whole State: without it, no verdict but the reason."""
    found = finance_act_verdicts(plan(line(1, 1), moved("cancellation", -4, None)), 2021, initial=Appropriations(1, 1))
    assert [verdict.rule for verdict in found] == [CANCELLATIONS, CANCELLATIONS]
    assert all(verdict.holds is None for verdict in found)
    assert (
        "opened by the finance acts of 2021 (commitment appropriations): not published (to be supplied by the caller)"
        in (found[0].explain("en"))
    )
    assert "base à fournir" in found[0].explain("fr")
    one_side = finance_act_verdicts(
        plan(line(1, 1), moved("advance-decree", 4, 4)), 2021, initial=Appropriations(1000, None)
    )
    assert [(verdict.rule, verdict.holds) for verdict in one_side] == [
        (ADVANCES, True),
        (CANCELLATIONS, None),
        (ADVANCES, None),
        (CANCELLATIONS, None),
    ]


# ---------------------------------------------------------------- what a verdict says


def test_a_breach_quotes_its_article() -> None:
    """A breach says article, rule, amount, base, ceiling, excess and dates, in both languages, and what mends it."""
    records = [line(900, 900, title="other"), moved("carry-over", 0, 40, title="other")]
    (verdict,) = verdicts(*records)[PAYMENT_CARRY_OVER.id]
    finding = verdict.finding()
    assert finding.severity is Severity.BREACH
    assert finding.sentence("en").startswith(
        "LOLF, article 15, II, 2°: the payment appropriations of the titles other than title 2 carry over within 3%"
    )
    assert finding.sentence("en").endswith(
        "Amount: €40 carried over to the next year (2020, other titles). "
        "Base: €900 voted (initial budget act 2020, other titles). Ceiling: €27. Excess: €13. "
        "In force from 1 January 2005 to 25 September 2022."
    )
    assert "Plafond\u00a0: 27\u00a0€. Dépassement\u00a0: 13\u00a0€." in finding.sentence("fr")
    assert "finance act" in finding.mend("en")
    assert "loi de finances" in finding.mend("fr")


def test_a_rule_that_holds_is_a_note() -> None:
    """A verdict that finds nothing wrong can still be shown."""
    (verdict,) = verdicts(line(900, 900, title="other"), moved("carry-over", 0, 1, title="other"))[
        PAYMENT_CARRY_OVER.id
    ]
    assert verdict.finding().severity is Severity.NOTE
    assert verdict.finding().mend("fr") == ""


def test_rules_have_dates() -> None:
    """No rule judges a year before 2005; each year has one version of a rule, and it says when that was in force."""
    assert not any(rule.holds_in(2004) for rule in LEGAL_RULES)
    for year in (2005, 2021, 2022, 2025):
        held = [(rule.id, rule.article) for rule in LEGAL_RULES if rule.holds_in(year)]
        assert len(held) == len(set(held))
        assert {"8", "7, II", "12, I", "12, IV", "13", "14", "15, II"} < {article for _, article in held}
    assert not verdicts(line(10, 8, title="staff", year=2004), year=2004)
    (verdict,) = verdicts(line(10, 8, title="staff"))[STAFF_EQUALITY.id]
    ended = evolve(verdict.rule, valid=Period("2005-01-01/2022-12-31"))
    assert not ended.holds_in(2023)
    assert evolve(verdict, rule=ended).explain("fr").endswith("du 1er janvier 2005 au 31 décembre 2022.")
    ended = evolve(verdict.rule, valid=Period("../2022"))
    assert ended.holds_in(2005)
    assert evolve(verdict, rule=ended).explain("fr").endswith("jusqu’au 31 décembre 2022.")


# ---------------------------------------------------------------- article 15 since 26 September 2022


def carried_from(year: int, commitment: Any, payment: Any, **more: Any) -> BudgetMovement:
    """Return a carry-over from one year to the next."""
    return moved("carry-over", commitment, payment, year=year + 1, **more)


@pytest.mark.parametrize(("year", "ceiling", "holds"), [(2021, Euros(3), True), (2022, Euros(0), False)])
def test_title_2_no_longer_carries_over(year: int, ceiling: Euros, holds: bool) -> None:
    """Payments of title 2 carried over within 3 % are in order until 2021, and a breach from 2022 on."""
    records = [line(100, 100, title="staff", year=year), carried_from(year, 0, 2, title="staff")]
    (verdict,) = [
        verdict
        for verdict in budget_verdicts(plan(*records), 349, year)
        if verdict.rule in (STAFF_CARRY_OVER, STAFF_CARRY_OVER_SINCE_2022)
    ]
    assert (verdict.ceiling, verdict.holds) == (ceiling, holds)
    assert ("26 September 2022" in verdict.explain("en")) is (year == 2022)


def test_assigned_contributions_of_title_2_still_carry_over() -> None:
    """What comes from assigned contributions is carried in full, in title 2 too."""
    records = [line(100, 100, title="staff", year=2023), carried_from(2023, 0, 2, title="staff")]
    found = verdicts(*records, year=2023, assigned_to_staff=2)[STAFF_CARRY_OVER_SINCE_2022.id]
    assert [verdict.holds for verdict in found] == [True]
    kept = verdicts(*records, year=2023, assigned=2)[STAFF_CARRY_OVER_SINCE_2022.id]
    assert [verdict.excess for verdict in kept] == [Euros(2)]


def test_a_version_that_was_not_read_in_full_says_so() -> None:
    """The later version of article 15 is quoted with its dates, asks for reasons, and says what we did not read."""
    for year, unread in ((2021, False), (2022, True)):
        records = [line(900, 900, title="other", year=year), carried_from(year, 5, 40, title="other")]
        (verdict,) = verdicts(*records, year=year)[PAYMENT_CARRY_OVER.id]
        assert verdict.excess == Euros(13)
        assert ("could not be read in full" in verdict.explain("en")) is unread
        assert ("n’a pas pu être lu en entier" in verdict.explain("fr")) is unread
        assert ("gives its reasons" in verdict.explain("en")) is unread


def test_only_one_ceiling_can_be_lifted() -> None:
    """Only article 15, II, 2° lets a finance act raise its ceiling; no other rule names a finance act as a way out."""
    lifted = {rule.article for rule in LEGAL_RULES if rule.can_be_lifted}
    assert lifted == {"15, II, 2°"}
    for rule in LEGAL_RULES:
        assert rule.mend is not None
        assert ("finance act" in rule.mend.say("en")) is rule.can_be_lifted
        assert ("loi de finances" in rule.mend.say("fr")) is rule.can_be_lifted


def test_all_that_is_carried_over_has_a_ceiling_since_2022() -> None:
    """Payments carried over by all programmes stay within 5 % of the finance act; the caller gives that base."""
    first = plan(line(1, 1, year=2023), carried_from(2023, 9, 40))
    second = plan(line(1, 1, year=2023), carried_from(2023, 9, 15), code=129)
    both = first.with_(*second.budget_programmes.values())
    (found,) = finance_act_verdicts(both, 2023, initial=Appropriations(10, 1000))
    assert (found.rule, found.amount.value, found.ceiling, found.excess) == (
        OVERALL_CARRY_OVER,
        Euros(55),
        Euros(50),
        Euros(5),
    )
    (unknown,) = finance_act_verdicts(both, 2023)
    assert unknown.holds is None
    assert finance_act_verdicts(plan(line(1, 1, year=2021), carried_from(2021, 0, 99)), 2021) == ()


# ---------------------------------------------------------------- articles 7 and 12: no money into title 2


def into_staff(*records: BudgetMovement) -> list[bool | None]:
    """Return what the two rules on money into title 2 say of 2021, of a programme that has both groups of titles."""
    held = [line(100, 100, title="other", year=2021), line(10, 10, title="staff", year=2021), *records]
    other = plan(line(50, 50, year=2021), *OUTSIDE, code=218)
    both = plan(*held).with_(*other.budget_programmes.values())
    rules = (FUNGIBILITY_INTO_STAFF, VIREMENTS_INTO_STAFF)
    return [verdict.holds for verdict in budget_verdicts(both, 349, 2021) if verdict.rule in rules]


OUTSIDE = (
    moved("virement", -7, -7, title="staff", on="2021-06"),
    moved("transfer", -8, -8, title="other", on="2021-06"),
)
"""What another programme gives: 7 of its title 2, 8 of its other titles."""


@pytest.mark.parametrize(
    ("movements", "expected"),
    [
        ([("asymmetric-fungibility", 3, "staff"), ("asymmetric-fungibility", -3, "other")], [False, False]),
        ([("asymmetric-fungibility", 3, "staff")], [False, False]),
        ([("asymmetric-fungibility", -3, "other")], [False, False]),  # all that leaves the others goes to title 2
        ([("asymmetric-fungibility", -3, "staff"), ("asymmetric-fungibility", 3, "other")], []),  # the lawful way
        ([("virement", 3, "staff"), ("virement", -3, "other")], [False, False]),
        ([("transfer", 8, "staff")], [False, False]),  # the other programme gives it from its other titles
        ([("virement", 7, "staff")], []),  # the other programme gives it from its title 2
        ([("virement", 7, "staff"), ("virement", -7, "other")], [False, False]),  # its own other titles give it
        ([("transfer", 7, "staff")], [None, None]),  # nobody says where it comes from
        ([("virement", -3, "staff"), ("virement", 3, "other")], []),
        ([("cancellation", -3, "staff")], []),
    ],
)
def test_money_into_title_2_is_found(movements: list[tuple[str, int, str]], expected: list[bool | None]) -> None:
    """Fungibility never fills title 2, virements and transfers only from a title 2; what leaves it may go anywhere."""
    records = [moved(kind, cents, cents, title=title, on="2021-06-10") for kind, cents, title in movements]
    assert into_staff(*records) == expected


def test_money_into_title_2_is_of_its_year_and_of_both_sides() -> None:
    """The year before is not judged by it, a side that is not published shows nothing, and the sentence says why."""
    later = moved("virement", 3, 3, title="staff", year=2022)
    half = moved("asymmetric-fungibility", 3, None, title="staff")
    assert into_staff(later) == []
    assert into_staff(half) == [False]
    held = plan(line(10, 10, title="staff", year=2021), moved("virement", 3, None, title="staff"))
    (verdict,) = [one for one in budget_verdicts(held, 349, 2021) if one.rule is VIREMENTS_INTO_STAFF]
    assert "no document says from which title it comes" in verdict.explain("en")
    assert verdict.explain("fr").startswith("LOLF, article 12, IV\u00a0: aucun virement ni transfert")


def test_decrees_of_national_interest_stand_apart() -> None:
    """An advance of imperative national interest opens credits, and counts in neither ceiling on decrees."""
    records = plan(line(10, 10, year=2021), moved("national-interest-advance", 500, 500), moved("advance-decree", 9, 9))
    whole = Appropriations(1000, 1000)
    found = finance_act_verdicts(records, 2021, initial=whole, opened=whole)
    assert [verdict.amount.value for verdict in found] == [Euros(9)] * 4
    assert budget_year(records, 349, 2021).opened == Appropriations(519, 519)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_excess_is_what_passes_the_ceiling(base: int, carried: int) -> None:
    """Computed apart in cents: the excess is the amount less 3 % of the base, never negative."""
    records = [line(0, base, title="other"), moved("carry-over", 0, carried, title="other")]
    (verdict,) = verdicts(*records)[PAYMENT_CARRY_OVER.id]
    assert verdict.excess == Euros.of_cents(max(0, carried * 100 - base * 3))
    assert verdict.holds is (carried * 100 <= base * 3)


# ---------------------------------------------------------------- as rules of a portfolio


def test_ceilings_are_checked_in_every_year_known() -> None:
    """What passes a ceiling, or cannot be assessed, is found; what holds is not; bases given by year are used."""
    records = plan(
        line(10, 8, title="staff"),
        line(5, 5, title="staff", year=2021),
        line(900, 900, title="other", year=2021),
        moved("cancellation", -4, -4),
        moved("virement", 1, 1),
    )
    found = check(records, as_of="2022-01-01", rules=[budget_ceilings()])
    assert [(finding.rule, finding.severity) for finding in found] == [
        (STAFF_EQUALITY.id, Severity.BREACH),
        (CANCELLATIONS.id, Severity.NOT_ASSESSABLE),
    ]
    assert found[1].subject == "budget/2021"
    with_base = budget_ceilings(opened={2021: Appropriations(100, 1000)})
    found = check(records, as_of="2022-01-01", rules=[with_base])
    assert [(finding.rule, finding.severity) for finding in found] == [
        (STAFF_EQUALITY.id, Severity.BREACH),
        (CANCELLATIONS.id, Severity.BREACH),
    ]


def test_what_cannot_be_assessed_is_one_line() -> None:
    """Years, sides and rules that lack a base or an amount are one finding a programme, and one for the State."""
    records = plan(
        *[line(9, 9, title="other", year=year) for year in (2018, 2019, 2020)],
        *[carried_from(year, 5, 1) for year in (2018, 2019, 2020)],
        *[moved("cancellation", -4, -4, year=year) for year in (2019, 2020)],
    )
    found = check(records, as_of="2022-01-01", rules=[budget_ceilings()])
    assert [(finding.rule, finding.severity, finding.subject) for finding in found] == [
        ("budget-ceilings", Severity.NOT_ASSESSABLE, "budget_programmes/349"),
        (CANCELLATIONS.id, Severity.NOT_ASSESSABLE, "budget/2019, 2020"),
    ]
    assert str(found[0]).startswith(
        "Not assessable. LOLF, article 15, II: carried over to the next year (2018, title 2"
    )
    assert (
        found[0]
        .sentence("fr")
        .startswith("Non appréciable. LOLF, article 15, II\u00a0: reportés sur l’année suivante (2018")
    )
    assert all(str(year) in found[0].sentence("fr") for year in (2018, 2019, 2020))
    assert "LOLF, article 15, II, 2°: " in str(found[0])
    assert str(found[1]).count("not published (to be supplied by the caller)") == 4


@pytest.mark.parametrize("rule", LEGAL_RULES, ids=lambda rule: rule.id)
def test_every_rule_is_worded_twice(rule: Any) -> None:
    """Every legal rule says itself and what mends a breach in French and in English, with an article."""
    said = [(part.say("fr"), part.say("en")) for part in (rule.text, rule.mend)]
    assert all(fr.endswith(".") and en.endswith(".") and fr != en for fr, en in said)
    assert rule.article
