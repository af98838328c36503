"""How numbers, amounts, dates, quantities and durations are written in sentences, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from golden_lives import project
from golden_said import Case

from levier import Milestone, Quantity, indicators, plans
from levier.budget import Amount
from levier.history import Added

UNITS = ("%", "points", "days", "months", "EUR", "count", "share", "ratio", "ETP", "/10", "visites")
NUMBERS = ("0", "1", "1.5", "2", "-1", "-2.5", "1234567.891", "0.004", "-0.004", "999.995", "12345")
AMOUNTS = ("0", "0.01", "1", "1.50", "2", "-5", "-0.50", "999.99", "1234567", "1234567.89", "1000000000000")
PERIODS = (
    "2019",
    "2019-06",
    "2019-06-01",
    "2019-06-14",
    "2019/2021",
    "2019-01/2019-06",
    "2019-06-01/2019-06-03",
    "2019/..",
    "2019-06/..",
    "2019-06-01/..",
)
DAYS = ("2019-09-30", "2019-10-01", "2019-10-02", "2022-06-27")
DECIMALS = (None, 0, 1, 3)


def numbers() -> Iterator[Case]:
    """Yield a number of each unit, to its decimals and to others."""
    for unit, number in product(UNITS, NUMBERS):
        yield f"{number} in {unit}", _expected(number, unit, None)
    for unit, number, decimals in product(("days", "EUR", "%"), ("1", "1.5", "-2.25", "1234.5678"), DECIMALS[1:]):
        yield f"{number} in {unit} to {decimals}", _expected(number, unit, decimals)
    for now, goal in (("0.004", 0), ("-0.004", 0), ("50.004", 50), ("49.996", 50)):
        yield f"{now} for {goal}", indicators.attainment(now, goal, "increase", 0)
        yield f"{now} after {goal}", indicators.trend(now, goal)
    for amount in AMOUNTS:
        yield f"amount {amount}", Amount.of(amount, fr="votés", en="voted")


def _expected(number: str, unit: str, decimals: int | None) -> indicators.OnTrack:
    path = indicators.expected_path({"2019": number})
    return indicators.on_track(number, "2019", path, "increase", unit=unit, decimals=decimals)


def dates() -> Iterator[Case]:
    """Yield each form of a date, each kind of quantity, and durations."""
    named = {"subject": "x", "label": "Chose", "label_en": "Thing"}
    for period in PERIODS:
        yield period, Added(**named, on=period)
    for unit in ("%", "days", "EUR", "count", "share"):
        for quantity in (
            Quantity.exact("12.5", unit),
            Quantity.between("12.5", 20, unit),
            Quantity.at_least(350, unit),
            Quantity.at_most(1, unit),
            Quantity.about(40, unit),
            Quantity.about(40, unit, stated="une quarantaine"),
        ):
            yield f"{quantity} {quantity.stated}".strip(), Added(**named, value=quantity)
    for day in DAYS:
        milestone = Milestone(id="m", label="Jalon", planned="2019-09").done(day)
        yield f"done on {day}", plans.schedule_variance(project(milestones=[milestone]), as_of="2023-01-01")


CASES = {"numbers": numbers, "dates": dates}
