"""What sentences print: no more decimals than stated, a unit, a sign that the words mean, and the side judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from levier import (
    Application,
    Award,
    Call,
    CallRule,
    Campus,
    CampusSession,
    ChallengeCall,
    CostStatement,
    Euros,
    Fund,
    IntendedEffect,
    Lever,
    Milestone,
    Portfolio,
    Quantity,
    Reform,
    Saving,
    Territory,
    budget,
    catalogue,
    indicators,
    instruments,
    plans,
    statistics,
)
from levier.compute.budget.amounts import Amount, Label, combined
from levier.compute.budget.comparison import BudgetChange
from levier.compute.exact import rounded, written
from levier.compute.fund.metrics import measured_over
from levier.fund import appraise, concentration, cost_overrun, milestone_delay, payback_year, return_on
from levier.indicators import IndicatorWeight
from levier.instruments import ChallengeStage
from levier.model.terms import Lang
from levier.rules import check
from levier.wording import formats
from levier.wording.values import Name, Number

Make = Callable[..., Any]
DAY = "2020-12-31"
LANGS: tuple[Lang, Lang] = ("fr", "en")

long_numbers = st.integers(-(10**13), 10**13).map(lambda digits: Decimal(f"{digits}E-9"))
cents = st.integers(-(10**9), 10**9).map(Euros.of_cents)
shares = st.integers(0, 10**9).map(lambda digits: Decimal(f"{digits}E-9"))


def decimals_in(text: str, lang: Lang) -> int:
    """Return the most decimals that a number of a sentence has."""
    mark = "," if lang == "fr" else r"\."
    return max((len(found) for found in re.findall(rf"\d{mark}(\d+)", text)), default=0)


def said(*results: Any) -> Iterator[tuple[Lang, str]]:
    """Yield all that results say, in both languages; printed, they speak English."""
    for result in results:
        for lang in LANGS:
            yield lang, result.explain(lang) if hasattr(result, "explain") else result.sentence(lang)
        if type(result).__str__ is not object.__str__:
            yield "en", str(result)


def all_keep_to(most: int, *results: Any) -> None:
    """Assert that no sentence prints more decimals, an exponent, or minus zero."""
    for lang, text in said(*results):
        assert decimals_in(text, lang) <= most, text
        assert not re.search(r"\d[Ee][-+]?\d", text), text
        assert not re.search(r"[-−]€?0(?:[.,]0+)?(?![\d.,])", text), text


# ---------------------------------------------------------------- one number


@given(long_numbers, st.none() | st.integers(0, 6), st.sampled_from(LANGS))
def test_a_number_is_rounded_half_away_from_zero(number: Decimal, decimals: int | None, lang: Lang) -> None:
    """The number printed is the nearest of so many decimals, halves away from zero, by whole-number arithmetic."""
    text = formats.number(number, lang, decimals)
    plain = text.replace("\u202f", "").replace(",", "." if lang == "fr" else "").replace("−", "-")
    places = len(plain.partition(".")[2])
    assert places == decimals if decimals is not None else places <= 2
    shifted = abs(Fraction(number)) * 10**places + Fraction(1, 2)
    whole = shifted.numerator // shifted.denominator
    assert Fraction(plain) == Fraction(whole * (-1 if number < 0 else 1), 10**places)
    assert plain.startswith("-") is (number < 0 and whole != 0)


@given(long_numbers, long_numbers, st.none() | st.integers(0, 3), st.sampled_from(["", "%", "days", "EUR", "ETP"]))
def test_what_was_judged_reads_as_it_was_judged(
    number: Decimal, shift: Decimal, decimals: int | None, unit: str
) -> None:
    """A value beside its limit never reads as the limit unless it is, and "more" and "less" are true."""
    limit = _exactly(Fraction(number) + Fraction(shift) / 10**6)
    for one, other in ((number, limit), (limit, number)):
        text = Number(one, unit, decimals, against=other).say("en")
        assert text.startswith("more than ") <= (one > other)
        assert text.startswith("less than ") <= (one < other)
        if one != other:
            assert text != formats.value(other, unit, "en", decimals)


def _exactly(number: Fraction) -> Decimal:
    digits = number * 10**15
    assert digits.denominator == 1
    return Decimal(f"{digits.numerator}E-15")


@pytest.mark.parametrize(
    ("number", "unit", "fr", "en"),
    [
        ("1", "days", "1\u00a0jour", "1 day"),
        ("1.5", "days", "1,5\u00a0jour", "1.5 days"),
        ("0", "points", "0\u00a0point", "0 points"),
        ("-2", "months", "−2\u00a0mois", "−2 months"),
        ("12.5", "EUR", "12,50\u00a0€", "€12.50"),
        ("3", "ETP", "3\u00a0ETP", "3\u00a0ETP"),
        ("0.0000005", "share", "0,00", "0.00"),
        ("1234567.891", "count", "1\u202f234\u202f567,89", "1,234,567.89"),
    ],
)
def test_values_are_written_with_their_unit(number: str, unit: str, fr: str, en: str) -> None:
    """A unit agrees with its number, euros have cents or none, and two decimals are the most."""
    assert (formats.value(Decimal(number), unit, "fr"), formats.value(Decimal(number), unit, "en")) == (fr, en)


# ---------------------------------------------------------------- indicators


values = st.lists(long_numbers, min_size=9, max_size=9)


@given(values, st.data())
def test_no_sentence_prints_more_decimals_than_the_indicator_has(
    plan: Make,
    row: Make,
    departments: Make,
    numbers: list[Decimal],
    data: st.DataObject,
) -> None:
    """Progress, attainment, standing, effects, reforms and findings keep to the indicator's decimals, or to two."""
    decimals = data.draw(st.none() | st.integers(0, 6))
    unit = data.draw(st.sampled_from(["days", "%", "EUR", "share", "ETP"]))
    kinds = (("baseline", "2019-01"), ("actual", "2020-05"), ("target", "2022-12"))
    rows = [
        row(kind, when, numbers[3 * place + step], code)
        for place, code in enumerate(("75", "91", "FR"))
        for step, (kind, when) in enumerate(kinds)
    ]
    more = [row("actual", "2019-06", numbers[0], "91"), row("target", "2020-12", numbers[1], "75")]
    lever = Lever(id="l", label="L", effects=[IntendedEffect(indicator_id="visits", direction="increase")])
    weight = IndicatorWeight(indicator_id="visits", level="department", weight=3)
    reform = Reform(id="r", label="R", indicator_ids=["visits"], weights=[weight])
    about = {"unit": unit, "decimals": decimals, "aggregation": data.draw(st.sampled_from(["mean", None]))}
    held = plan(*departments("75", "91"), *rows, *more, lever, reform, **about)
    place = data.draw(st.sampled_from(["75", "91", "FR"]))
    standing = indicators.status_of(held, "visits", place, as_of=DAY)
    shown = [standing, standing.gap, standing.trend, standing.track, standing.distance, *standing.alerts]
    results = [
        indicators.progress_of(held, "visits", place, as_of=DAY),
        indicators.progress_of(held, "visits", place, as_of=DAY, ruleset="pilote"),
        indicators.attainment_of(held, "visits", 2020, place, as_of=DAY),
        plans.effects_of(held, "l", place, as_of=DAY, since="2019-03-01"),
        indicators.reform_progress_of(held, "r", "75", as_of=DAY),
        *(one for one in shown if one is not None),
        *check(held, as_of=DAY),
    ]
    # Progress itself has two decimals, whatever the indicator has.
    all_keep_to(max(2, decimals or 0), *results)
    stated = 2 if decimals is None else decimals
    measured = [one for one in (standing.track, standing.distance) if one is not None]
    all_keep_to(stated, indicators.attainment_of(held, "visits", 2020, place, as_of=DAY), *measured)


@given(values, values)
def test_bare_numbers_have_two_decimals_at_most(numbers: list[Decimal], others: list[Decimal]) -> None:
    """Where no indicator states how many, every sentence about bare numbers has two at most."""
    start, now, goal, *_ = numbers
    places = dict(zip("abcdefghi", others, strict=True))
    path = indicators.expected_path({"2019-01": start, "2022-12": goal})
    tracked = indicators.on_track(now, "2020-05", path, "increase", unit="days")
    gap, trend = indicators.gap(now, numbers), indicators.trend(now, start)
    all_keep_to(
        2,
        indicators.progress(baseline=start, actual=now, target=goal, direction="decrease"),
        indicators.attainment(now, goal, "stable", start),
        indicators.weighted_progress(places, dict.fromkeys(places, 7)),
        tracked,
        gap,
        trend,
        indicators.distance(now, goal, on="2020-05", target_on="2022-12", unit="%"),
        *indicators.alerts(gap=gap, trend=trend, track=tracked),
    )


# ---------------------------------------------------------------- signs


@given(long_numbers, long_numbers, st.sampled_from(["", "days", "%"]))
def test_distances_say_more_and_less(now: Decimal, goal: Decimal, unit: str) -> None:
    """What remains, a gap, a trend and an alert have no minus: the words say which way."""
    left = indicators.distance(now, goal, on="2019-05", target_on="2020-05", unit=unit)
    gap, trend = indicators.gap(now, [goal, goal, now]), indicators.trend(now, goal)
    found = [left, trend, *indicators.alerts(gap=gap, trend=trend)]
    assert all("-" not in text for _, text in said(*found))
    if now != goal:
        assert ("higher" in left.explain("en")) is (goal > now)
        assert ("more a month" in left.explain("en")) is (goal > now)
        assert ("progress up" in trend.explain("en")) is (now > goal)
    words = {"above": 1, "below": -1, "at the median": 0}
    (sign,) = [value for word, value in words.items() if word in gap.explain("en")]
    assert gap.rounded is not None
    assert sign == (gap.rounded > 0) - (gap.rounded < 0)


@given(cents, cents)
def test_differences_of_amounts_say_more_and_less(earlier: Euros, later: Euros) -> None:
    """A change of an amount is said with its size and the word that its sign means."""
    sides = (Amount.of(abs(amount), fr="votés", en="voted") for amount in (earlier, later))
    before, after = sides
    assume(before.value is not None and after.value is not None)
    change = BudgetChange(before=before, after=after)
    assert "−" not in change.explain("en")
    assert change.explain("en").partition(": ")[0].endswith("less" if abs(later) < abs(earlier) else "more")
    label = Label(Name("", "non consommés", "unspent"), below=Name("", "consommés en trop", "used beyond"))
    gone = combined([after], [before], label=label)
    assert ("used beyond" in gone.explain("en")) is (abs(later) < abs(earlier))
    assert "−" not in gone.explain("fr")
    assert gone.named(Name("", "écart", "gap")).explain("en").startswith("−") is (abs(later) < abs(earlier))


@given(cents, cents, cents, cents)
def test_a_roll_forward_has_one_sign_a_term(one: Euros, two: Euros, three: Euros, four: Euros) -> None:
    """A term below zero is taken away rather than added: no sentence says "+ −2", nor "−3 in excess"."""
    end = budget.outstanding(catalogue.action_publique_2022(), 349, year=2020)
    parts = {
        name: evolve(amount, value=value)
        for name, amount, value in (
            ("committed", end.committed, one),
            ("paid", end.paid, two),
            ("decommitted", end.paid, three),
            ("forecast", end.forecast, four),
        )
    }
    text = evolve(end, **parts).explain("en")
    terms = text.partition(" = ")[2].partition(";")[0]
    assert not re.search(r"[+−] −", terms)
    assert (f" − €{_digits(one)} committed" in terms) is (one.cents < 0)
    assert (f" + €{_digits(two)} paid" in terms) is (two.cents < 0)
    assert ("forecast in excess" in text) is (four >= end.by_flows.value)
    assert ("not forecast" in text) is (four < end.by_flows.value)


def _digits(amount: Euros) -> str:
    return formats.euros(abs(amount), "en").removeprefix("€")


def test_measurements_below_zero_have_words_of_their_own() -> None:
    """A cost below its plan is no overrun of −20 %, and what comes early slips by no negative days."""
    costs = [
        CostStatement(award_id="a", kind=kind, amount=amount, source_id="s")
        for kind, amount in (("planned", 50), ("final", 40))
    ]
    fund = Fund(id="f", label="F", awards=[Award(id="a", label="A")], costs=costs)
    found = cost_overrun(fund)
    assert found.value == -20
    assert found.explain("en") == "cost below plan: 20.0%; 1 of 1"
    assert found.explain("fr").startswith("coût inférieur au coût prévu\u00a0: 20,0\u00a0%")
    early = Milestone(id="m", label="M", planned="2019-09").done("2019-09-20")
    assert milestone_delay([early]).explain("en") == "median time ahead of schedule: 10.0 days; 1 of 1"
    late = Milestone(id="m", label="M", planned="2019-09").done("2019-10-10")
    assert milestone_delay([late]).explain("en") == "median schedule slip: 10.0 days; 1 of 1"


# ---------------------------------------------------------------- money, quality, instruments


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.lists(long_numbers, min_size=1, max_size=4))
def test_money_and_medians_have_two_decimals_at_most(one: int, two: int, numbers: list[Decimal]) -> None:
    """Rates, returns, concentration, medians and verdicts."""
    asked = Application(
        id="a", label="A", call_id="c", owner_id="o", requested=Euros.of_cents(one), total_cost=Euros.of_cents(two)
    )
    rules = [
        CallRule(kind="co-funding", text="Part", share="0.5", source_id="s"),
        CallRule(kind="return", text="Retour", share=1, source_id="s"),
    ]
    call = Call(id="c", label="C", rules=rules)
    awards = [
        Award(id=name, label=name, owner_id=name, amount=Euros.of_cents(amount))
        for name, amount in (("a", one), ("b", two), ("c", 1))
    ]
    given_ = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "m", "source_id": "s"}
    savings = [Saving(award_id="a", amount=Euros.of_cents(one), period="2020", **given_)]
    known = [(str(place), number) for place, number in enumerate(numbers)]
    all_keep_to(
        2,
        return_on(savings=Euros.of_cents(one), cost=Euros.of_cents(two)),
        concentration(awards),
        measured_over(known, label=Name("median"), unit="days"),
        payback_year(savings, cost=Euros.of_cents(two), until=2040),
        *appraise(asked, call, recurrent=Euros.of_cents(two)),
    )


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_rules_of_a_call_read_as_they_are_judged(asked: int, cost: int) -> None:
    """A share that is printed as the highest one allowed is kept; what is over is more than it, in words."""
    limit = Fraction(1, 3)
    rule = CallRule(kind="co-funding", text="Un tiers", share="0.3333", source_id="s")
    file = Application(id="a", label="A", call_id="c", owner_id="o", requested=asked, total_cost=cost)
    (verdict,) = appraise(file, Call(id="c", label="C", rules=[rule]))
    kept = Fraction(asked, cost) <= Fraction("0.3333")
    assert verdict.outcome == ("kept" if kept else "broken")
    if verdict.found.say("en").startswith("33.3%"):
        assert abs(Fraction(asked, cost) - limit) < Fraction(1, 1000)
        assert Fraction(asked, cost) == Fraction("0.3333")


@given(shares, st.integers(1, 10**6), shares)
def test_quality_has_one_decimal(one: Decimal, n: int, two: Decimal) -> None:
    """Shares, intervals and comparisons are said in percent and in points."""
    left, right = (statistics.SampledShare(share=share, n=n, question="Q", population="P") for share in (one, two))
    all_keep_to(1, left, left.interval(), statistics.compare(left, right))


@pytest.mark.parametrize("lang", LANGS)
def test_the_instruments_have_two_decimals_at_most(lang: Lang) -> None:
    """StageAttrition and shares of places are quotients, and are said rounded, also where they are printed."""
    stages = [ChallengeStage(phase="exploration", teams=Quantity.between(1, 2, "count"))]
    figures = catalogue.action_publique_2022().instruments["defis-cartes-blanches"].figures
    call = ChallengeCall(id="d", label="D", stages=stages, figures=figures)
    sessions = [
        CampusSession(id=f"s{place}", label="S", campus_id="c", territory_id=code, period="2019-03", attendance=7)
        for place, code in enumerate(("46", "75", "75"))
    ]
    plan = Portfolio.of(
        Campus(id="c", label="C"), Territory(id="75", label="Paris"), Territory(id="46", label="Lot"), *sessions
    )
    outside = instruments.share_outside(plan, "c")
    found = instruments.stage_attrition(call)
    texts = [found.explain(lang), outside.explain(lang), *(stage.explain(lang) for stage in found.stages)]
    printed = [str(found.stages[0].left), str(outside.sessions.bounds), str(outside.sessions)]
    assert all(decimals_in(text, lang) <= 2 for text in texts)
    assert all(decimals_in(text, "en") <= 2 for text in printed)


# ---------------------------------------------------------------- bands


counts = st.integers(0, 2000)


@given(counts, counts, counts)
def test_a_mark_has_the_band_of_what_is_printed(good: int, medium: int, bad: int) -> None:
    """The colour of a mark is that of the number which its sentence prints."""
    assume(good + medium + bad >= 100)
    mark = statistics.mean_mark({"good": good, "medium": medium, "bad": bad})
    printed = mark.explain("en").partition("/")[0]
    assert mark.band is statistics.SATISFACTION.of(printed)
    assert mark.published == Decimal(printed)
    assert mark.value is not None
    assert abs(Fraction(mark.value) - Fraction(printed)) <= Fraction(1, 20)


@given(counts, counts, st.sampled_from([statistics.HELP_REACHABLE, statistics.AVAILABILITY]))
def test_a_rate_has_the_band_of_what_is_printed(kept: int, missed: int, bands: statistics.Bands) -> None:
    """Given what is published, a band is that of the percentage which the sentence prints."""
    rate = statistics.on_time_rate(in_time=kept, handled=kept + missed)
    if rate.published is None:
        assert (kept, missed, bands.of(rate.published)) == (0, 0, None)
        return
    printed = rate.explain("en").partition("%")[0]
    assert written(rounded(rate.published, 1)) == printed
    assert bands.of(rate.published) is bands.of(printed)


def test_a_mark_printed_as_the_threshold_is_green() -> None:
    """7.955 is published 8.0, which is green; 4.955 is published 5.0, which is amber."""
    assert (statistics.mean_mark({"good": 795, "medium": 1, "bad": 204}).band) == "green"
    low = statistics.mean_mark({"good": 495, "medium": 1, "bad": 504})
    assert (low.explain("en"), low.band) == ("5.0/10 (n = 1,000)", "amber")
