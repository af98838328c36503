"""A year of a budget programme: what is stated is kept, what follows is derived, what is unknown is missing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
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
    Reliability,
    Source,
    catalogue,
)
from levier.budget import AppropriationKind, BudgetMeasure, BudgetYear, Denominator
from levier.budget import year as budget_year
from levier.compute.exact import rounded
from levier.errors import InvalidValueError, UnknownItemError
from levier.model.periods import Day

COMMITMENT, PAYMENT = AppropriationKind.COMMITMENT, AppropriationKind.PAYMENT
DOCUMENTS = (
    Source(id="rap", title="RAP", published_on="2022-05"),
    Source(id="late-rap", title="RAP, corrected", published_on="2023-05"),
    Source(id="press", title="Press"),
)


def line(stage: str, commitment: Any, payment: Any = 0, **more: Any) -> BudgetLine:
    """Return a line of 2021."""
    if payment is None or commitment is None:
        more.setdefault("missing_because", "unpublished")
    given = {"year": 2021, "source_id": "rap", **more}
    return BudgetLine(stage=stage, amounts=Appropriations(commitment, payment), **given)


def moved(kind: str, commitment: Any, payment: Any = 0, **more: Any) -> BudgetMovement:
    """Return a movement of 2021."""
    if payment is None or commitment is None:
        more.setdefault("missing_because", "unpublished")
    given = {"year": 2021, "source_id": "rap", **more}
    return BudgetMovement(kind=kind, amounts=Appropriations(commitment, payment), **given)


def used(committed: Any, paid: Any, **more: Any) -> ExecutionLine:
    """Return what was used in 2021."""
    return ExecutionLine(**{"year": 2021, "amounts": Execution(committed, paid), "source_id": "rap", **more})


def year_of(*records: Any, year: int = 2021, **scope: Any) -> BudgetYear:
    """Return 2021 of a programme that holds these records."""
    programme = BudgetProgramme(
        id=349,
        label="P",
        lines=[item for item in records if isinstance(item, BudgetLine)],
        executions=[item for item in records if isinstance(item, ExecutionLine)],
        movements=[item for item in records if isinstance(item, BudgetMovement)],
    )
    return budget_year(Portfolio.of(programme, *DOCUMENTS), 349, year, **scope)


def official(year: int) -> BudgetYear:
    """Return a year of programme 349, from the catalogue."""
    return budget_year(catalogue.action_publique_2022(), 349, year)


# ---------------------------------------------------------------- the fund's programme, to the euro


@pytest.mark.parametrize(
    ("year", "measure", "commitment", "payment"),
    [
        (2018, "voted", 200_000_000, None),
        (2018, "opened", None, None),
        (2019, "voted", 245_000_000, 160_000_000),
        (2019, "opened", 419_854_003, 78_257_945),
        (2019, "used", 65_330_908, 37_596_883),
        (2019, "unspent", 354_523_095, 40_661_062),
        (2019, "carried-over", 354_523_095, None),
        (2019, "lapsed", 0, None),
        (2020, "opened", 544_523_095, 75_961_921),
        (2020, "unspent", 392_625_750, 4_053_028),
        (2020, "carried-over", 392_230_790, 4_053_028),
        (2020, "lapsed", 394_960, 0),
        (2020, "unattributed", -8_300_000, -127_950_654),
        (2021, "voted", 40_000_000, 148_743_689),
        (2021, "used", 166_988_229, 133_919_661),
        (2021, "frozen", None, None),
        (2021, "available", None, None),
        (2022, "unattributed", 57_737_996, -28_633_739),
    ],
)
def test_identities_of_programme_349(year: int, measure: str, commitment: int | None, payment: int | None) -> None:
    """Every identity of the fund's programme comes out to the euro, and what no document gives is missing, not 0."""
    expected = [None if value is None else Euros(value) for value in (commitment, payment)]
    assert [official(year).amount(BudgetMeasure(measure), of).value for of in AppropriationKind] == expected


def test_what_is_open_in_2020_is_the_vote_and_the_carry_over() -> None:
    """Outside title 2, 190,000,000 voted and 354,523,095 carried over are the 544,523,095 open in 2020."""
    other = budget_year(catalogue.action_publique_2022(), 349, 2020, title="other")
    carried = official(2019).carried_over
    assert other.voted is not None
    assert other.opened is not None
    assert carried is not None
    assert other.voted.commitment == Euros(190_000_000)
    assert other.opened.commitment == Euros(544_523_095)
    assert other.amount(BudgetMeasure.UNATTRIBUTED, COMMITMENT).value == Euros(0)


@pytest.mark.parametrize(
    ("year", "of", "over", "percent"),
    [
        (2019, PAYMENT, "voted", "23.5"),
        (2019, PAYMENT, "opened", "48.0"),
        (2019, COMMITMENT, "voted", "26.7"),
        (2019, COMMITMENT, "opened", "15.6"),
        (2020, PAYMENT, "voted", "35.0"),
        (2020, PAYMENT, "opened", "94.7"),
        (2020, COMMITMENT, "voted", "75.9"),
        (2020, COMMITMENT, "opened", "27.9"),
        (2021, PAYMENT, "voted", "90.0"),
        (2021, PAYMENT, "opened", "90.5"),
        (2021, COMMITMENT, "voted", "417.5"),
        (2021, COMMITMENT, "opened", "39.0"),
    ],
)
def test_execution_rates_of_programme_349(year: int, of: AppropriationKind, over: str, percent: str) -> None:
    """The rates that the facts list come out, by the denominator they name; 100 % is no bound."""
    value = official(year).execution_rate(of=of, over=Denominator(over)).value
    assert value is not None
    assert rounded(value, 1) == Decimal(percent)


def test_a_rate_explains_itself() -> None:
    """A rate says its numerator and its denominator in both languages, with the spaces of each."""
    rate = official(2021).execution_rate(of=COMMITMENT, over=Denominator.VOTED)
    fr = "417,5\u00a0% = 166\u202f988\u202f229\u00a0€ engagés / 40\u202f000\u202f000\u00a0€ votés (LFI 2021)"
    assert rate.explain("fr") == fr
    assert rate.explain("en") == "417.5% = €166,988,229 committed / €40,000,000 voted (initial budget act 2021)"
    assert rate.value == Decimal("417.4705725")
    assert (rate.reason, rate.of, rate.over) == (None, COMMITMENT, Denominator.VOTED)


def test_a_rate_without_denominator_says_why() -> None:
    """No freeze was published, so nothing is known to be available: no rate, and the reason, in both languages."""
    rate = official(2021).commitment_rate(over=Denominator.AVAILABLE)
    assert rate.value is None
    assert rate.reason is MissingReason.INCOMPLETE
    assert rate.explain("en") == ("not computable: available (2021): a part is missing (frozen (2021): not published)")
    assert "gelés (2021)\u00a0: non publié" in rate.explain("fr")


def test_inferred_figures_keep_the_label() -> None:
    """What was used in 2018 was inferred; it says so, and so does what is computed from it."""
    amount = official(2018).amount(BudgetMeasure.USED, COMMITMENT)
    assert amount.is_inferred
    assert amount.reliability is Reliability.COMPUTED
    assert amount.explain("en") == "€20,145,997 committed (inferred)"
    assert official(2019).amount(BudgetMeasure.LAPSED, COMMITMENT).is_inferred
    assert not official(2020).amount(BudgetMeasure.LAPSED, PAYMENT).is_inferred


def test_a_count_of_part_of_a_year_says_its_day() -> None:
    """What was paid by 20 October 2024 is a number of that day; what was committed by then was not published."""
    year = official(2024)
    amount = year.amount(BudgetMeasure.USED, PAYMENT)
    assert amount.explain("en") == "€103,000,000 paid by 20 October 2024 (inferred)"
    assert amount.until == year.used_until == Day(2024, 10, 20)
    assert (
        year.amount(BudgetMeasure.USED, COMMITMENT)
        .explain("en")
        .startswith("committed by 20 October 2024: not published (la source ne donne")
    )


# ---------------------------------------------------------------- counts of a part of a year


def test_a_rate_of_a_part_of_a_year_carries_its_day() -> None:
    """What was paid by 30 November is a rate of that day, in its sentence and as a field, in both languages."""
    year = year_of(line("opened", 50, 34_200_000), used(10, 27_400_000, until="2021-11-30"))
    rate = year.execution_rate(of=PAYMENT, over=Denominator.OPENED)
    assert rate.value is not None
    assert rounded(rate.value, 1) == Decimal("80.1")
    assert rate.until == Day(2021, 11, 30)
    assert rate.explain("en") == "80.1% = €27,400,000 paid by 30 November 2021 / €34,200,000 opened (2021)"
    assert "27\u202f400\u202f000\u00a0€ payés au 30 novembre 2021 / 34\u202f200\u202f000\u00a0€" in rate.explain("fr")
    assert year.used == Execution(10, 27_400_000)
    assert year.used_until == Day(2021, 11, 30)


def test_the_whole_year_prevails_then_the_latest_day() -> None:
    """A count of the whole year is kept whatever its document; else the latest day counts, not the latest document."""
    parts = [used(30, 30, until="2021-09-15", source_id="late-rap"), used(40, 40, until="2021-11-30")]
    whole = used(50, 50, source_id="press", reliability="secondary")
    assert year_of(*parts).used == Execution(40, 40)
    assert year_of(*parts, whole).used == Execution(50, 50)
    assert year_of(*parts, whole).used_until is None
    assert year_of(*parts, whole).amount(BudgetMeasure.USED, PAYMENT).alternatives == ()


def test_a_count_to_the_last_day_is_of_the_whole_year() -> None:
    """31 December is the whole year, however it was written, and a document cannot say both."""
    year = year_of(used(50, 50, until="2021-12-31"), used(40, 40, until="2021-11-30"))
    assert (year.used, year.used_until) == (Execution(50, 50), None)
    with pytest.raises(InvalidValueError, match="each line once"):
        year_of(used(50, 50, until="2021-12-31"), used(40, 40))


def test_each_side_has_its_own_day() -> None:
    """One side may be counted over the year and the other to a day: each says so, and the two are not compared."""
    year = year_of(used(80, None, missing_because="unpublished"), used(40, 50, until="2021-11-30"))
    assert year.used == Execution(80, 50)
    assert [year.amount(BudgetMeasure.USED, of).until for of in AppropriationKind] == [None, Day(2021, 11, 30)]
    ratio = year.payment_ratio()
    assert (ratio.value, ratio.reason) == (None, MissingReason.PART_YEAR)
    assert ratio.explain("en").startswith("not computable: paid: counted over a part of the year (30 November 2021)")
    assert year_of(used(80, 40, until="2021-11-30")).payment_ratio().value == Decimal(50)


def test_what_is_left_within_a_year_does_not_lapse() -> None:
    """What was not used by a day is a number of that day; what lapses is known at the end of the year alone."""
    carried = moved("carry-over", 5, 5, year=2022)
    year = year_of(line("opened", 100, 100), used(60, 60, until="2021-11-30"), carried)
    assert year.amount(BudgetMeasure.UNSPENT, PAYMENT).explain("en") == "€40 unspent (2021) by 30 November 2021"
    lapsed = year.amount(BudgetMeasure.LAPSED, PAYMENT)
    assert (lapsed.value, lapsed.reason) == (None, MissingReason.PART_YEAR)
    assert "30 novembre 2021" in lapsed.explain("fr")


def test_groups_of_titles_counted_to_other_days_are_not_added() -> None:
    """The whole is made of groups of titles counted to one day, the latest that both share, or it is missing."""
    staff, other = ({"title": title} for title in ("staff", "other"))
    parts = [used(1, 1, until="2021-09-15", **staff), used(2, 2, until="2021-11-30", **other)]
    assert year_of(*parts).used is None
    year = year_of(*parts, used(10, 10, until="2021-09-15", **other))
    assert (year.used, year.used_until) == (Execution(11, 11), Day(2021, 9, 15))
    assert year_of(*parts, used(3, 3, until="2021-09-15"), title="other").used == Execution(2, 2)


def test_more_carried_over_than_was_left_is_contradictory() -> None:
    """A carry-over of more than was unspent gives no negative lapse, but the two amounts that contradict each other."""
    year = year_of(line("opened", 100, 100), used(60, 95), moved("carry-over", 40, 10, year=2022))
    assert year.lapsed == Appropriations(0, None)
    lapsed = year.amount(BudgetMeasure.LAPSED, PAYMENT)
    assert lapsed.reason is MissingReason.CONTRADICTORY
    assert lapsed.why.say("en") == ("contradictory data (€5 unspent (2021); €10 carried over to the next year (2021))")


def test_more_frozen_than_was_open_is_contradictory() -> None:
    """A freeze of more than was open leaves nothing negative to spend."""
    year = year_of(line("opened", 10, 10), line("frozen", 10, 11))
    assert year.available == Appropriations(0, None)
    assert year.amount(BudgetMeasure.AVAILABLE, PAYMENT).reason is MissingReason.CONTRADICTORY


def test_documents_of_one_rank_are_named() -> None:
    """Where nothing ranks two documents, the sentence says who disputes the amount, and so does what rests on it."""
    one, other = line("voted", 5, 7, source_id="rap"), line("voted", 6, 7, source_id="rap-2")
    programme = BudgetProgramme(id=349, label="P", lines=[one, other])
    documents = [Source(id=name, title=name, published_on="2022-05") for name in ("rap", "rap-2")]
    year = budget_year(Portfolio.of(programme, *documents), 349, 2021)
    voted, same = (year.amount(BudgetMeasure.VOTED, of) for of in AppropriationKind)
    assert voted.explain("en") == "€5 voted (initial budget act 2021) (disputed by rap-2)"
    assert (same.source_ids, same.disputed_by, same.alternatives) == (("rap", "rap-2"), (), ())
    rate = budget_year(Portfolio.of(evolve(programme, executions=[used(5, 5)]), *documents), 349, 2021).execution_rate(
        of=COMMITMENT, over=Denominator.VOTED
    )
    assert rate.explain("fr").endswith("(montant contesté par rap-2)")


def test_a_day_asks_the_documents_of_the_day() -> None:
    """As of a day, a correction of later is not known, nor a year that no document of the day tells of."""
    records = (line("voted", 2, 2), line("voted", 3, 3, source_id="late-rap"))
    plan = Portfolio.of(BudgetProgramme(id=349, label="P", lines=records), *DOCUMENTS)
    years = [budget_year(plan, 349, 2021, as_of=day) for day in (None, "2023-05-31", "2022-06-01")]
    assert [year.voted for year in years] == [Appropriations(3, 3), Appropriations(3, 3), Appropriations(2, 2)]
    with pytest.raises(UnknownItemError):
        budget_year(plan, 349, 2021, as_of="2022-05-30")
    with pytest.raises(InvalidValueError):
        budget_year(plan, 349, 2021, as_of="now")


def test_a_year_explains_all_of_its_figures() -> None:
    """The explanation of a year has a line for each figure of each kind, but those that most years have not."""
    lines = official(2020).explain("en").splitlines()
    rare = {"year-end", "reserve", "beyond-reserve", "re-established"}
    assert len(lines) == len(set(BudgetMeasure) - rare) * len(AppropriationKind)
    assert "commitment appropriations: €394,960 lapsed (2020)" in lines


# ---------------------------------------------------------------- derivations


def test_opened_is_the_vote_and_every_movement() -> None:
    """Where no document states what was open, it is the vote, the supplementary act and the movements."""
    year = year_of(
        line("voted", 100, 50),
        line("supplementary", -10, 5),
        moved("carry-over", 30, 3),
        moved("cancellation", -7, -1),
        moved("freeze", -20, -20),
        moved("amendment", 1000, 1000),
        moved("asymmetric-fungibility", -500, -500, title="staff"),
    )
    assert year.opened == Appropriations(113, 57)
    assert year.unattributed is None
    assert year.amount(BudgetMeasure.OPENED, COMMITMENT).reliability is Reliability.COMPUTED


def test_a_stated_total_is_kept_with_what_is_unattributed() -> None:
    """A published total stands even where the known movements do not explain it, and the rest is shown."""
    year = year_of(line("voted", 100, 50), line("opened", 130, 60), moved("carry-over", 25, None))
    assert year.opened == Appropriations(130, 60)
    assert year.unattributed == Appropriations(5, 10)


def test_no_movement_is_invented() -> None:
    """Without a stated total nor a movement, what was open is missing, though the vote is known."""
    year = year_of(line("voted", 100, 50))
    assert year.opened is None
    assert year.unspent is None
    assert year.amount(BudgetMeasure.SUPPLEMENTARY, PAYMENT).reason is MissingReason.NOT_PUBLISHED
    assert year.amount(BudgetMeasure.CARRIED_OVER, PAYMENT).reason is MissingReason.NOT_PUBLISHED
    assert (year.used, year.lapsed, year.frozen) == (None, None, None)


def test_a_movement_of_unknown_amount_leaves_the_opening_unknown() -> None:
    """One side of a movement is missing, so that side of the opening is; the reason names it."""
    year = year_of(line("voted", 100, 50), moved("transfer", -10, None))
    assert year.opened == Appropriations(90, None)
    amount = year.amount(BudgetMeasure.OPENED, PAYMENT)
    assert amount.reason is MissingReason.INCOMPLETE
    assert amount.why.say("en") == "a part is missing (transfer (2021): not published (unpublished))"


def test_voted_is_the_bill_and_its_amendments() -> None:
    """Where no document states the vote, it is the bill and the amendments, if there are any."""
    bill = line("bill", 50, 60)
    assert year_of(bill, moved("amendment", -10, -10)).voted == Appropriations(40, 50)
    assert year_of(bill).voted is None
    assert year_of(bill).bill == Appropriations(50, 60)


def test_a_gap_that_a_document_explains_keeps_its_words() -> None:
    """The reason that a document's gap comes with is said before the one that a derivation would give."""
    year = year_of(line("voted", 10, None, missing_because="never printed"), moved("amendment", 1, None))
    assert year.amount(BudgetMeasure.VOTED, PAYMENT).explain("en").endswith("not published (never printed)")


def test_frozen_is_what_was_frozen_less_what_was_released() -> None:
    """Freezes and releases count by their size, whatever sign they were written with."""
    year = year_of(line("opened", 100, 100), moved("freeze", -30, 30), moved("release", 10, -10))
    assert year.frozen == Appropriations(20, 20)
    assert year.available == Appropriations(80, 80)
    rate = year.freeze_rate(of=PAYMENT, over=Denominator.OPENED)
    assert rate.value == Decimal(20)
    assert rate.explain("en") == "20.0% = €20 frozen (2021) / €100 opened (2021)"


def test_a_stated_freeze_is_kept() -> None:
    """A published freeze stands before the movements."""
    assert year_of(line("frozen", 7, 8), moved("freeze", -1, -1)).frozen == Appropriations(7, 8)


def test_more_released_than_frozen_is_contradictory() -> None:
    """A release beyond the freezes gives no negative freeze but a reason."""
    year = year_of(line("opened", 9, 9), moved("freeze", -1, None), moved("release", 2, 0))
    assert year.amount(BudgetMeasure.FROZEN, COMMITMENT).reason is MissingReason.CONTRADICTORY
    assert year.amount(BudgetMeasure.FROZEN, PAYMENT).reason is MissingReason.INCOMPLETE


def test_several_carry_overs_add_up() -> None:
    """What the next year receives in several orders is one sum."""
    year = year_of(
        line("opened", 100, 100),
        used(60, 50),
        moved("carry-over", 10, 1, year=2022),
        moved("carry-over", 5, 2, year=2022, counterpart="contributions"),
        moved("carry-over", 77, 77),
    )
    assert year.used == Execution(60, 50)
    assert year.carried_over == Appropriations(15, 3)
    assert year.lapsed == Appropriations(25, 47)


def test_payments_over_commitments() -> None:
    """The payment ratio is what was paid over what was committed in the year; without commitment it has a reason."""
    known = year_of(used(80, 50)).payment_ratio()
    assert known.value == Decimal("62.5")
    assert known.reason is None
    ratio = year_of(used(0, 50)).payment_ratio()
    assert ratio.value is None
    assert ratio.reason is MissingReason.ZERO_BASE
    assert ratio.explain("fr") == "non calculable\u00a0: dénominateur nul (0\u00a0€ engagés)"


# ---------------------------------------------------------------- which line counts


def test_titles_make_the_whole() -> None:
    """Where documents give title 2 and the others, all titles are their sum; where they give the whole, the rest."""
    staff, other = line("voted", 10, 10, title="staff"), line("voted", 190, 195, title="other")
    assert year_of(staff, other).voted == Appropriations(200, 205)
    assert year_of(line("voted", 200, 205), other, title="staff").voted == Appropriations(10, 10)
    assert year_of(line("voted", 200, 205), staff, title="other").voted == Appropriations(190, 195)
    assert year_of(other, used(1, 1)).voted is None


def test_movements_of_a_title_are_its_own() -> None:
    """A group of titles is moved by what bears its title, fungibility included."""
    records = (
        line("voted", 10, 10, title="staff"),
        line("voted", 90, 90, title="other"),
        moved("asymmetric-fungibility", -1, -1, title="staff"),
        moved("asymmetric-fungibility", 1, 1, title="other"),
        moved("transfer", -2, -2, title="staff"),
    )
    assert year_of(*records, title="staff").opened == Appropriations(7, 7)
    assert year_of(*records, title="other").opened == Appropriations(91, 91)
    assert year_of(*records).opened == Appropriations(98, 98)


def test_an_action_is_read_on_its_own() -> None:
    """Lines and movements of an action count for it; those of the programme do not; its name is in the words."""
    records = (
        line("voted", 100, 100),
        line("voted", 80, 80, action="01"),
        moved("transfer", 5, 5, action="01"),
        moved("transfer", 7, 7),
    )
    year = year_of(*records, action="01")
    assert year.voted == Appropriations(80, 80)
    assert year.opened == Appropriations(85, 85)
    assert year.amount(BudgetMeasure.VOTED, PAYMENT).label.say("fr") == "votés (LFI 2021, action 01)"
    assert year_of(*records).opened == Appropriations(112, 112)


def test_the_most_trusted_and_latest_statement_counts() -> None:
    """Official before press, then the latest published; what others state stays beside it with its source."""
    year = year_of(
        line("voted", 1, 1, source_id="press", reliability="secondary", caveat="rounded"),
        line("voted", 2, 2, source_id="rap"),
        line("voted", 3, 2, source_id="late-rap"),
    )
    commitment, payment = (year.amount(BudgetMeasure.VOTED, of) for of in AppropriationKind)
    assert commitment.value == Euros(3)
    assert [(other.value, other.source_id) for other in commitment.alternatives] == [
        (Euros(2), "rap"),
        (Euros(1), "press"),
    ]
    assert payment.source_ids == ("late-rap", "rap")
    assert [other.caveat for other in payment.alternatives] == ["rounded"]


def test_a_caveat_goes_where_the_figure_goes() -> None:
    """What a source says of its figure stays with it, and with what is derived from it."""
    year = year_of(line("opened", 9, 9, caveat="rounded"), used(4, 4), moved("carry-over", 1, 1, year=2022, caveat="c"))
    assert year.amount(BudgetMeasure.OPENED, PAYMENT).caveats == ("rounded",)
    lapsed = year.amount(BudgetMeasure.LAPSED, PAYMENT)
    assert (lapsed.value, lapsed.caveats, lapsed.source_ids) == (Euros(4), ("rounded", "c"), ("rap",))


def test_unknown_years_actions_and_programmes_are_refused() -> None:
    """Asking for what the portfolio does not hold raises, and names what is near."""
    with pytest.raises(UnknownItemError, match=r"'2011' is not in the years .*did you mean '2021'"):
        year_of(line("voted", 1), year=2011)
    with pytest.raises(UnknownItemError, match=r"'02' is not in the actions"):
        year_of(line("voted", 1, action="01"), action="02")
    with pytest.raises(UnknownItemError, match="350"):
        budget_year(Portfolio.of(BudgetProgramme(id=349, label="P")), 350, 2021)


# ---------------------------------------------------------------- laws

amounts = st.integers(0, 10**9)


@given(amounts, amounts, st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6))
def test_opened_adds_up(voted: int, spent: int, moves: list[int]) -> None:
    """Opened is the vote and its movements, unspent is the rest, computed apart with plain integers."""
    movements = [moved("virement", cents, 0, counterpart=str(place)) for place, cents in enumerate(moves)]
    year = year_of(line("voted", voted, 0), used(spent, 0), *movements)
    assert year.opened == Appropriations(voted + sum(moves), 0)
    assert year.unspent == Appropriations(voted + sum(moves) - spent, 0)


@given(amounts, amounts, st.lists(st.integers(-(10**6), 10**6), max_size=6))
def test_nothing_of_a_stated_total_is_lost(voted: int, opened: int, moves: list[int]) -> None:
    """The vote, the known movements and the unattributed make the stated total again, to the cent."""
    movements = [moved("transfer", 0, cents, counterpart=str(place)) for place, cents in enumerate(moves)]
    year = year_of(line("voted", 0, voted), line("opened", 0, opened), *movements)
    rest = year.amount(BudgetMeasure.UNATTRIBUTED, PAYMENT).value
    assert rest is not None
    assert Euros(voted) + Euros(sum(moves)) + rest == Euros(opened)


@given(amounts, st.integers(1, 10**9))
def test_a_rate_is_its_fraction(spent: int, voted: int) -> None:
    """A rate is the fraction of its two amounts, to 60 digits."""
    value = year_of(line("voted", 0, voted), used(0, spent)).execution_rate(of=PAYMENT, over=Denominator.VOTED).value
    assert value is not None
    assert abs(Fraction(value) - Fraction(100 * spent, voted)) < Fraction(1, 10**45)
