"""What an analyst types in a notebook, as far as the rooms are built: the budget, a target, a card."""

from __future__ import annotations

from levier import MissingReason, budget, catalogue, fund, history, indicators, plans
from levier.display.notebook import card


def test_the_budget_is_read_honestly() -> None:
    """A rate names its denominator and says how it came about; what remains to be paid is told both ways."""
    ap = catalogue.action_publique_2022()
    year = budget.year(ap, 349, year=2021)
    rate = year.execution_rate("commitment", over="voted")
    explained = rate.explain("fr").replace("\u202f", " ").replace("\u00a0", " ")
    assert explained == "417,5 % = 166 988 229 € engagés / 40 000 000 € votés (LFI 2021)"
    remaining = budget.outstanding(ap, 349, year=2020)
    assert "127,868,473" in remaining.explain("en")
    assert "396,790,541" in remaining.explain("en")


def test_a_target_was_not_met() -> None:
    """The budget law's own question has its answer with both numbers: 95 days for a target of 60."""
    verdict = indicators.attainment_of(catalogue.action_publique_2022(), "p349-appraisal-time", year=2020)
    assert verdict.verdict.label("en").startswith("not met")
    assert "95 days" in verdict.explain("en").replace("\u00a0", " ")
    assert "60 days" in verdict.explain("en").replace("\u00a0", " ")


def test_a_portfolio_shows_as_a_card() -> None:
    """A portfolio is a compact page in a notebook, in the language asked."""
    shown = card(catalogue.action_publique_2022(), "fr")
    assert "Programmes" in shown
    assert 'lang="fr"' in shown


def test_an_indicator_is_followed() -> None:
    """One question a subject, with everything behind it: progress, attainment, standing, freshness."""
    wait = indicators.follow(catalogue.action_publique_2022(), "p349-appraisal-time", as_of="2022-12-31")
    assert (wait.progress.value, str(wait.progress.reason)) == (None, "no-baseline")
    assert wait.attainment(2020).verdict.value == "not-improved"
    assert str(wait.freshness.last) == "2021"
    assert "Délai d’instruction moyen des projets" in wait.explain("fr")


def test_what_is_off_track_is_listed() -> None:
    """Which reforms and projects are off track, and why, as known on a day."""
    for found in plans.off_track(catalogue.action_publique_2022(), as_of="2019-06-20"):
        assert found.reasons
        assert found.sentence("fr")


def test_a_return_names_its_two_sides() -> None:
    """What the fund brought over what it committed is no number while nothing published says so, and says why."""
    found = fund.returns(catalogue.action_publique_2022(), "ftap", savings="achieved", cost="fund", as_of="2025-06-30")
    assert (found.value, found.numerator.reason) == (None, MissingReason.NOT_PUBLISHED)
    assert found.explain("fr").startswith("non calculable")


def test_what_changed_between_two_days_is_said() -> None:
    """The difference of two days is said in French."""
    ap = catalogue.action_publique_2022()
    assert "CITP" in history.difference(ap.as_of("2019-06-14"), ap.as_of("2019-06-20")).explain("fr")
