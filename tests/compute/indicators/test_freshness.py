"""Freshness: when the next value is due, and whether an indicator is up to date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from levier import MissingReason, indicators
from levier.errors import InvalidValueError

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("last", "periodicity_months", "lag_months", "value", "update"),
    [
        ("2026-06", 1, 0, "2026-07-01", "2026-07-31"),
        ("2026-06-15", 3, 1, "2026-09-01", "2026-10-31"),
        ("2026", 12, 2, "2027-12-01", "2028-02-29"),
        ("2026-06", 72, 0, "2032-06-01", "2032-06-30"),
    ],
)
def test_next_value_and_next_update(
    last: str, periodicity_months: int, lag_months: int, value: str, update: str
) -> None:
    """A period after the last value's month; the update a delay after that, at the end of the month."""
    found = indicators.freshness(last, periodicity_months=periodicity_months, lag_months=lag_months, as_of="2026-07-01")
    assert (str(found.next_value), str(found.next_update)) == (value, update)


def test_up_to_date_until_the_next_update() -> None:
    """Up to date while the next update lies after the day asked, strictly."""
    judged = {
        day: indicators.freshness("2026-06", periodicity_months=1, lag_months=0, as_of=day).up_to_date
        for day in ("2026-07-30", "2026-07-31", "2026-08-01")
    }
    assert list(judged.values()) == [True, False, False]


@pytest.mark.parametrize(
    ("last", "periodicity_months", "lag_months", "reason"),
    [
        (None, 1, 0, MissingReason.NO_ACTUAL),
        ("2026-06", None, 0, MissingReason.NO_PERIODICITY),
        ("2026-06", 1, None, MissingReason.NO_LAG),
    ],
)
def test_unknown_has_a_reason(last: Any, periodicity_months: Any, lag_months: Any, reason: MissingReason) -> None:
    """Without a last value, a frequency or a delay nobody knows, and the reason says so."""
    found = indicators.freshness(last, periodicity_months=periodicity_months, lag_months=lag_months, as_of="2026-07-01")
    assert (found.up_to_date, found.reason) == (None, reason)
    assert found.explain("en") == f"freshness unknown ({reason.en})"
    assert found.explain("fr") == f"fraîcheur non déterminée ({reason.fr})"


def test_a_malformed_day_is_refused() -> None:
    """Days and periods are ISO 8601."""
    with pytest.raises(InvalidValueError):
        indicators.freshness("June", periodicity_months=1, lag_months=0, as_of="2026-07-01")


def test_freshness_of_an_indicator(plan: Make, said: Make) -> None:
    """An indicator's own frequency and delay are used, and what is said names the dates in both languages."""
    held = plan(*said(), periodicity_months=3, lag_months=1)
    found = indicators.freshness_of(held, "visits", as_of="2020-06-30")
    assert found.up_to_date
    assert str(found) == "up to date as of 30 June 2020 (latest value: May 2020, next one due by 30 September 2020)"
    late = indicators.freshness_of(held, "visits", as_of="2020-12-31")
    assert late.explain("fr") == (
        "pas à jour au 31 décembre 2020 "
        "(dernière valeur\u00a0: mai 2020, prochaine attendue au plus tard le 30 septembre 2020)"
    )
    assert indicators.freshness_of(plan(), "visits", as_of="2020-12-31").reason is MissingReason.NO_ACTUAL
    assert late.explain("en").startswith("not up to date")
    assert found.explain("fr").startswith("à jour")
