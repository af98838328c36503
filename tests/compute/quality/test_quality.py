"""Quality of service, proven against SciPy and statsmodels."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import sqrt
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from levier import MissingReason, Quantity, catalogue
from levier.compute.exact import EXACT
from levier.errors import InexactQuantityError, InvalidValueError, MissingSampleSizeError, UnlikeSharesError
from levier.model.surveys import Survey, SurveyResult
from levier.statistics import (
    AVAILABILITY,
    FIVE_SMILEYS,
    HELP_REACHABLE,
    NORMAL_QUANTILES,
    SATISFACTION,
    Bands,
    SampledShare,
    compare,
    mean_mark,
    newcombe,
    on_time_rate,
    online_quality,
    pick_up_rate,
    pool,
    sampled_share,
    wilson,
)

Make = Callable[..., Any]
FIRMS = SampledShare(
    share=Decimal("0.86"), n=1000, question="Satisfied?", population="Firms", mode="online", base="all"
)
levels = st.sampled_from(["0.80", "0.90", "0.95", "0.99"])


def close(found: Decimal, expected: float) -> bool:
    """Return whether a number is that of a library of floats."""
    return abs(float(found) - expected) < 1e-9


@pytest.mark.parametrize("level", NORMAL_QUANTILES)
def test_quantiles_are_scipys(level: Decimal) -> None:
    """The normal quantiles written here are SciPy's."""
    assert close(NORMAL_QUANTILES[level], norm.ppf((1 + float(level)) / 2))


@given(st.integers(0, 2000), st.integers(1, 2000), levels)
def test_wilson_is_scipys_and_statsmodels(part: int, whole: int, level: str) -> None:
    """Wilson's interval is that of SciPy and of statsmodels."""
    assume(part <= whole)
    found = on_time_rate(in_time=part, handled=whole).interval(confidence=level)
    scipy = binomtest(part, whole).proportion_ci(float(level), method="wilson")
    assert close(found.lower, scipy.low)
    assert close(found.upper, scipy.high)
    lower, upper = proportion_confint(part, whole, alpha=1 - float(level), method="wilson")
    assert close(found.lower, max(lower, 0))
    assert close(found.upper, min(upper, 1))


of_whole = st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(of_whole, of_whole, levels)
def test_newcombe_is_statsmodels(here: tuple[int, int], there: tuple[int, int], level: str) -> None:
    """Newcombe's interval of a difference is that of statsmodels."""
    (one, first), (two, second) = here, there
    left, right = (on_time_rate(in_time=part, handled=whole) for part, whole in ((one, first), (two, second)))
    found = newcombe(left.value, first, right.value, second, confidence=level)
    alpha = 1 - float(level)
    lower, upper = confint_proportions_2indep(one, first, two, second, method="newcomb", compare="diff", alpha=alpha)
    assert close(found.lower, lower)
    assert close(found.upper, upper)
    assert EXACT.subtract(left.value, right.value) in found


@given(st.integers(0, 500), st.integers(2, 500), st.integers(1, 5000))
def test_the_finite_population_correction_is_the_textbooks(part: int, whole: int, beyond: int) -> None:
    """The correction multiplies the quantile by √((N − n)/(N − 1)), as statsmodels does with that quantile."""
    assume(part <= whole)
    total = whole + beyond
    z = norm.ppf(0.975) * sqrt((total - whole) / (total - 1))
    lower, upper = proportion_confint(part, whole, alpha=2 * norm.sf(z), method="wilson")
    found = on_time_rate(in_time=part, handled=whole).interval(population=total)
    assert close(found.lower, max(lower, 0))
    assert close(found.upper, min(upper, 1))


@pytest.mark.parametrize(
    ("share", "n", "said"),
    [("0.860", 100, "77.9% to 91.5%"), ("0.860", 1000, "83.7% to 88.0%"), (1, 5, "56.6% to 100.0%")],
)
def test_wilson_at_the_figures_of_the_field(share: Any, n: int, said: str) -> None:
    """86.0 % of 100 and of 1,000 answers, and 5 of 5."""
    assert wilson(share, n).explain("en") == f"95% confidence interval: {said}"
    french = said.replace(".", ",").replace("%", "\u00a0%").replace("to", "à")
    assert wilson(share, n).explain("fr") == f"intervalle de confiance à 95\u00a0%\u00a0: de {french}"


def test_no_interval_without_n() -> None:
    """The key figure of 86.0 % has no sample size: an interval on it is refused, and none is invented."""
    survey = catalogue.action_publique_2022().surveys["france-travail-firms"]
    share = sampled_share(survey, survey.results[0])
    assert share.share == Decimal("0.86")
    with pytest.raises(MissingSampleSizeError, match="candidats"):
        share.interval()
    assert share.explain("fr") == "86,0\u00a0% (nombre de réponses inconnu, pas d’intervalle de confiance)"


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({"share": "1.1", "n": 5}, "share"),
        ({"share": "-0.1", "n": 5}, "share"),
        ({"share": None, "n": 5}, "share"),
        ({"share": "0.5", "n": 0}, "n"),
        ({"share": "0.5", "n": 5.0}, "n"),
        ({"share": "0.5", "n": 5, "population": 4}, "population"),
        ({"share": "0.5", "n": 5, "confidence": "0.94"}, "confidence"),
    ],
)
def test_impossible_shares_are_refused(inputs: dict[str, Any], field: str) -> None:
    """A share outside [0, 1], no answers, a population below the sample or an unknown level is refused by name."""
    with pytest.raises(InvalidValueError, match=rf"wilson\.{field}"):
        wilson(inputs.pop("share"), inputs.pop("n"), **inputs)


def test_a_rate_knows_what_it_counts() -> None:
    """A rate is written with its numerator and its denominator, in both languages."""
    found = on_time_rate(in_time=90, handled=120)
    assert found.explain("en") == "75.0% = 90 / 120 (procedures handled in time / procedures handled)"
    assert found.explain("fr") == "75,0\u00a0% = 90 / 120 (démarches traitées dans le délai / démarches traitées)"
    empty = online_quality(rated_8_or_more=0, rated=0)
    assert (empty.value, empty.reason) == (None, MissingReason.NO_DENOMINATOR)
    assert empty.explain("en") == "a denominator of zero (procedures rated)"
    assert found.reason is None
    with pytest.raises(MissingSampleSizeError):
        empty.interval()


@pytest.mark.parametrize(("handled", "needing"), [(5, 4), (-1, 4), (1.0, 4), (True, 4)])
def test_impossible_counts_are_refused(handled: Any, needing: int) -> None:
    """A part larger than its whole, a negative or a broken count is refused."""
    with pytest.raises(InvalidValueError, match=r"Rate|pick_up_rate"):
        pick_up_rate(handled=handled, needing_an_agent=needing)


def test_percentages_are_never_averaged() -> None:
    """1 of 2 and 98 of 98 are 99 of 100, not 75 %; different things are not pooled, nor nothing."""
    assert pool([on_time_rate(in_time=1, handled=2), on_time_rate(in_time=98, handled=98)]).value == Decimal("0.99")
    with pytest.raises(UnlikeSharesError, match="universe"):
        pool([on_time_rate(in_time=1, handled=2), pick_up_rate(handled=1, needing_an_agent=2)])
    with pytest.raises(InvalidValueError, match="at least one rate"):
        pool([])


def test_like_with_like_only() -> None:
    """Question, population, mode and base must agree; the refusal lists everything that does not."""
    with pytest.raises(UnlikeSharesError) as error:
        compare(FIRMS, evolve(FIRMS, question="Very satisfied?", base="recruiters", mode="telephone"))
    assert [name for name, _, _ in error.value.differences] == ["question", "mode", "base"]
    assert "'all' and 'recruiters'" in str(error.value)


def test_a_comparison_says_whether_it_matters() -> None:
    """The difference comes with its interval; a sample that chose itself carries a warning."""
    found = compare(FIRMS, evolve(FIRMS, share=Decimal("0.80")))
    assert found.is_significant
    assert found.explain("en") == "6.0 points (95% confidence interval: 2.7 to 9.3 points)"
    warned = compare(FIRMS, evolve(FIRMS, share=Decimal("0.85"), self_selected=True))
    assert not warned.is_significant
    assert warned.explain("en").endswith("; self-selected sample)")
    assert warned.explain("fr").endswith("; échantillon autosélectionné)")


@pytest.mark.parametrize("lang", ["fr", "en"])
@given(st.sampled_from(sorted(NORMAL_QUANTILES)), st.integers(0, 200), st.integers(1, 200))
def test_no_interval_without_its_level(lang: Any, level: Decimal, part: int, whole: int) -> None:
    """Whatever the level, the sentence with the bounds names it; so do those of shares and differences, by default."""
    share = EXACT.divide(Decimal(min(part, whole)), Decimal(whole))
    written = f"{int(level * 100)}%" if lang == "en" else f"{int(level * 100)}\u00a0%"
    assert written in wilson(share, whole, confidence=level).explain(lang)
    one = SampledShare(share=share, n=whole, question="Q", population="P")
    compared = compare(one, FIRMS_OF_ANY_SHARE, confidence=level)
    assert written in compared.explain(lang).partition("(")[2]
    assert ("95%" if lang == "en" else "95\u00a0%") in one.explain(lang).partition("(")[2]


FIRMS_OF_ANY_SHARE = SampledShare(share=Decimal("0.5"), n=100, question="Q", population="P")


def test_a_share_says_its_n_and_its_interval() -> None:
    """A share is written with n, its interval, and a warning where its sample chose itself."""
    assert FIRMS.explain("en") == "86.0% (n = 1,000, 95% confidence interval: 83.7% to 88.0%)"
    assert evolve(FIRMS, self_selected=True).explain("en").endswith(", self-selected sample)")
    assert evolve(FIRMS, self_selected=True).explain("fr").endswith(", échantillon autosélectionné)")
    assert evolve(FIRMS, n=None).explain("en") == "86.0% (number of answers unknown, no confidence interval)"


def test_a_survey_result_becomes_a_share() -> None:
    """A result in percent or as a share is read from 0 to 1, with its mode; an inexact one is refused."""
    result = SurveyResult(id="a", question="Q", share=Quantity.exact("0.5", "share"), sample_size=10, source_id="s")
    survey = Survey(id="s", label="S", population="All", mode="online", self_selected=True, results=[result])
    found = sampled_share(survey, result)
    assert (found.share, found.n, found.mode, found.self_selected) == (Decimal("0.5"), 10, "online", True)
    with pytest.raises(InexactQuantityError):
        sampled_share(survey, evolve(result, share=Quantity.about(50, "%")))


def test_mean_marks_on_both_scales() -> None:
    """Three answers are worth 10, 5 and 0, five smileys 10 to 0; the mark comes with its number of answers."""
    assert mean_mark({"good": 80, "medium": 20, "bad": 25}).value == Decimal("7.2")
    smileys = mean_mark({"very-good": 50, "good": 50, "medium": 50, "bad": 50, "very-bad": 50}, FIVE_SMILEYS)
    assert (smileys.value, smileys.n) == (5, 250)
    assert smileys.explain("en") == "5.0/10 (n = 250)"


def test_a_mark_is_hidden_under_the_minimum() -> None:
    """Under 100 answers a mark is hidden, and has no band; the minimum is a parameter, but never zero answers."""
    hidden = mean_mark({"good": 99})
    assert (hidden.value, hidden.band, hidden.reason) == (None, None, MissingReason.TOO_FEW)
    assert hidden.explain("fr") == "trop peu de réponses (n = 99)"
    assert mean_mark({"good": 100}).value == 10
    assert mean_mark({"good": 99}, minimum=1).band == "green"
    assert mean_mark({}, minimum=0).reason is MissingReason.TOO_FEW


@pytest.mark.parametrize(
    ("counts", "said"), [({"great": 5}, "one of good, medium, bad"), ({"good": -1}, "at least zero")]
)
def test_impossible_answers_are_refused(counts: dict[str, int], said: str) -> None:
    """An answer that the scale does not know, or a negative count, is refused."""
    with pytest.raises(InvalidValueError, match=said):
        mean_mark(counts)


@pytest.mark.parametrize(
    ("bands", "value", "band"),
    [
        (SATISFACTION, "8", "green"),
        (SATISFACTION, "7.99", "amber"),
        (SATISFACTION, "5", "amber"),
        (SATISFACTION, "4.99", "red"),
        (HELP_REACHABLE, "85", "green"),
        (HELP_REACHABLE, "70", "amber"),
        (HELP_REACHABLE, "69.9", "red"),
        (AVAILABILITY, "99.91", "green"),
        (AVAILABILITY, "99.9", "amber"),
        (AVAILABILITY, "98.5", "amber"),
        (AVAILABILITY, "98.4", "red"),
        (SATISFACTION, None, None),
    ],
)
def test_bands_at_their_thresholds(bands: Bands, value: Any, band: str | None) -> None:
    """Each band holds from its threshold on; availability is green strictly above its own."""
    assert bands.of(value) == band
