"""What is shown is exact: the same in any decimal context, as sentences write it, and as it was judged."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Euros, Indicator, Observation, Portfolio, Quantity, Territory, catalogue
from levier.display.html import to_html
from levier.display.json import to_json
from levier.display.markdown import to_markdown
from levier.display.report import report
from levier.display.scribe import Scribe
from levier.model.quantities import Unit
from levier.testing import samples
from levier.wording import formats
from levier.wording.values import Number

pytestmark = pytest.mark.untraced

CONTEXTS = {
    "three digits": Context(prec=3, traps=[DivisionByZero, Inexact, InvalidOperation, Overflow]),
    "one digit, small exponents": Context(prec=1, Emin=0, Emax=1, capitals=0, clamp=1, traps=[Inexact, Rounded]),
    "nothing trapped": Context(prec=2, traps=[]),
}
units = st.sampled_from(["count", "days", "EUR", "/10", "months", "%", "points", "ratio", "share", "ETP"]).map(Unit)
numbers = st.integers(-(10**13), 10**13).flatmap(
    lambda digits: st.integers(0, 9).map(lambda places: Decimal(f"{digits}E-{places}"))
)


@pytest.mark.parametrize("name", CONTEXTS)
@pytest.mark.parametrize("render", [to_markdown, to_html, to_json, str])
def test_a_report_does_not_depend_on_the_callers_context(name: str, render: Callable[[Any], str]) -> None:
    """A page is the same to the last letter, whatever the decimal context of who asks for it."""
    plan = samples.portfolio(projects=5, seed=4)

    def pages() -> list[str]:
        made = (report(held, as_of="2020-12-31", lang="fr") for held in (plan, catalogue.action_publique_2022()))
        return [render(page) for page in made]

    usual = pages()
    with localcontext(CONTEXTS[name]):
        assert pages() == usual
        assert samples.portfolio(projects=5, seed=4) == plan


@given(numbers, units, st.sampled_from(["fr", "en"]), st.none() | st.integers(0, 6), st.sampled_from(sorted(CONTEXTS)))
def test_pages_and_sentences_write_one_number_one_way(
    number: Decimal, unit: Unit, lang: Any, decimals: int | None, name: str
) -> None:
    """A value has the same digits, decimals and unit in a table as in a sentence, in any context."""
    with localcontext(CONTEXTS[name]):
        shown = formats.value(number, unit, lang, decimals)
        sentence = Number(number, unit, decimals).say(lang)
    assert shown.replace("\u00a0", " ") == sentence.replace("\u00a0", " ")


@given(st.integers(-(10**17) + 1, 10**17 - 1), st.sampled_from(["fr", "en"]), st.sampled_from(sorted(CONTEXTS)))
def test_amounts_are_shown_in_any_context(cents: int, lang: Any, name: str) -> None:
    """Exact and compact amounts do not depend on the context, up to the largest that there is."""
    amount = Euros.of_cents(cents)
    usual = (formats.euros(amount, lang), formats.compact_euros(amount, lang))
    with localcontext(CONTEXTS[name]):
        assert (formats.euros(amount, lang), formats.compact_euros(amount, lang)) == usual


@pytest.mark.parametrize(
    ("unit", "decimals", "actual", "goal", "shown"),
    [
        ("days", 0, "38.6", "39", "less than 39 days"),
        ("days", 0, "39.4", "39", "more than 39 days"),
        ("days", 0, "39", "39", "39 days"),
        ("days", 1, "38.6", "39", "38.6 days"),
        ("%", None, "79.999", "80", "less than 80%"),
    ],
)
def test_a_table_shows_the_side_that_was_judged(
    unit: str, decimals: int | None, actual: str, goal: str, shown: str
) -> None:
    """A value that rounds to its target without being it is more or less than the target, beside its verdict."""
    rows = [
        Observation(indicator_id="i", period="2020", kind=kind, value=value)
        for kind, value in (("baseline", 0), ("actual", actual), ("target", goal))
    ]
    indicator = Indicator(id="i", label="I", unit=unit, decimals=decimals, direction="increase")
    plan = Portfolio.of(indicator, Territory(id="FR", label="France"), *rows)
    text = to_markdown(report(plan, as_of="2021-06-01", lang="en"))
    assert text.replace("\u00a0", " ").count(f"| {shown} |") >= 2
    assert ("not met" in text) is (Decimal(actual) < Decimal(goal))


def test_what_is_published_keeps_its_decimals() -> None:
    """A bound is quoted as it was published, because a rounded one would say more; a quotient is rounded."""
    assert formats.quantity(Quantity.at_least("0.6667", "share"), "en") == "at least 0.6667"
    assert formats.quantity(Quantity.at_least("0." + "6" * 60, "share"), "en") == "at least 0.67"
    assert formats.quantity(Quantity.about(40, "count"), "en") == "about 40"


def test_cells_hold_plain_numbers() -> None:
    """The exact value of a cell has no exponent, however small, and zero has no sign."""
    scribe = Scribe("en")
    assert scribe.number(Decimal("5E-7"), Unit("share"), None).value == "0.0000005"
    assert scribe.number(Decimal("-0.0"), Unit("count"), None).text == "0.0"
    assert scribe.rounded(Decimal("-0.04"), Unit("%"), 1).value == "0.0"
