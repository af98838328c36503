"""A measurement names what it measures, and what it measures below zero, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from levier import MissingReason
from levier.compute.budget.amounts import Label
from levier.compute.coverage import Coverage
from levier.compute.fund.metrics import FundMetric
from levier.model.quantities import PERCENT
from levier.model.terms import Lang
from levier.wording.said import Said
from levier.wording.values import Name

ABOVE = Name("", "dépassement", "overrun")
BELOW = Label(ABOVE, below=Name("", "économie", "saving"))


@pytest.mark.parametrize(
    ("number", "label", "fr", "en"),
    [
        (Decimal(-72), BELOW, "économie\u00a0: 72,0\u00a0%", "saving: 72.0%"),
        (Decimal(0), BELOW, "dépassement\u00a0: 0,0\u00a0%", "overrun: 0.0%"),
        (Decimal(72), BELOW, "dépassement\u00a0: 72,0\u00a0%", "overrun: 72.0%"),
        (Decimal(-72), ABOVE, "dépassement\u00a0: −72,0\u00a0%", "overrun: −72.0%"),
        (None, BELOW, "dépassement\u00a0: non publié", "overrun: not published"),
    ],
)
def test_below_zero_a_name_of_its_own_takes_the_place_of_the_sign(
    number: Decimal | None, label: Said, fr: str, en: str
) -> None:
    """A number below zero is written without its sign where it has a name, and with it otherwise."""
    reason = MissingReason.NOT_PUBLISHED if number is None else None
    coverage = Coverage(reported=("a",), missing=())
    found = FundMetric(label=label, value=number, unit=PERCENT, coverage=coverage, reason=reason)
    langs: dict[Lang, str] = {"fr": fr, "en": en}
    for lang, said in langs.items():
        assert found.explain(lang).startswith(said)
