"""A measurement names what it measures, and what it measures below zero, in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from levier.compute import MissingReason
from levier.compute.fund.measurements import Measurement
from levier.compute.indicators.aggregation import Coverage
from levier.model.quantities import PERCENT
from levier.model.terms import Lang

BELOW = {"below_fr": "économie", "below_en": "saving"}


@pytest.mark.parametrize(
    ("number", "names", "fr", "en"),
    [
        (Decimal(-72), BELOW, "économie\u00a0: 72,0\u00a0%", "saving: 72.0%"),
        (Decimal(0), BELOW, "dépassement\u00a0: 0,0\u00a0%", "overrun: 0.0%"),
        (Decimal(72), BELOW, "dépassement\u00a0: 72,0\u00a0%", "overrun: 72.0%"),
        (Decimal(-72), {}, "dépassement\u00a0: −72,0\u00a0%", "overrun: −72.0%"),
        (None, BELOW, "dépassement\u00a0: non publié", "overrun: not published"),
    ],
)
def test_below_zero_a_name_of_its_own_takes_the_place_of_the_sign(
    number: Decimal | None, names: dict[str, Any], fr: str, en: str
) -> None:
    """A number below zero is written without its sign where it has a name, and with it otherwise."""
    about = {"unit": PERCENT, "coverage": Coverage(reported=("a",), missing=()), "reason": None, **names}
    about |= {"reason": MissingReason.NOT_PUBLISHED} if number is None else {}
    found = Measurement(label_fr="dépassement", label_en="overrun", value=number, **about)
    langs: dict[Lang, str] = {"fr": fr, "en": en}
    for lang, said in langs.items():
        assert found.explain(lang).startswith(said)
        assert found.label(lang) == said.split(":")[0].strip()
