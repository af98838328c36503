"""The catalogue holds the facts that were read in public documents: their numbers, bounds, dates and units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from levier import Euros, Observation, Period, Portfolio, Quantity
from levier.model.calls import CallRule
from levier.model.periods import as_period

Trail = tuple[Any, ...]
Follow = Callable[[str], Trail]
Rows = dict[str, dict[str, str]]
Mapped = dict[str, dict[str, Any]]


class Bounds(NamedTuple):
    """A number as a row of facts.csv gives it."""

    lower: Fraction | None
    upper: Fraction | None
    about: bool = False


_DATE = r"\d{4}-\d{2}(?:-\d{2})?"
_NUMBER = r"-?\d+(?:\.\d+)?(?:/\d+)?"
_BETWEEN = re.compile(rf"({_NUMBER})-({_NUMBER})")
_WORD = "about|nearly|above|more than|at least|up to|>=|>|<"
_WORDED = re.compile(rf"({_WORD})? ?({_NUMBER})(?: of \d+)?( M)?(?: EUR| %)?")
_IN_THE_FACT = re.compile(rf"\b({_WORD})(?= once| \d|$)")


def _period(text: str) -> str | None:
    """Read `2019-11-25/2019-11-30`, `2018-09/12` or `from 2019-09`, after a word or not."""
    bare = re.sub(r"^[^\d\W]+ (?=\d|from)", "", text)
    if re.fullmatch(rf"{_DATE}(/{_DATE})?", bare):
        return bare
    if short := re.fullmatch(r"(\d{4})-(\d{2})/(\d{2})", bare):
        year, first, last = short.groups()
        return f"{year}-{first}/{year}-{last}"
    if start := re.fullmatch(rf"from ({_DATE})", bare):
        return f"{start[1]}/.."
    return None


def _bounds(text: str, otherwise: str, *, millions: bool) -> Bounds | None:
    if pair := _BETWEEN.fullmatch(text):
        return Bounds(Fraction(pair[1]), Fraction(pair[2]))
    worded = _WORDED.fullmatch(text)
    if worded is None:
        return None
    word, number, factor = worded.groups()
    value = Fraction(number) * (1_000_000 if factor or millions else 1)
    match word or otherwise:
        case "more than" | "above" | "at least" | ">=" | ">":
            return Bounds(value, None)
        case "up to" | "<":
            return Bounds(None, value)
        case said:
            return Bounds(value, value, about=said in ("about", "nearly"))


def read_value(row: Mapping[str, str]) -> list[Bounds | str] | None:
    """
    Return the numbers and dates of a row, in order; `None` where the row is words.

    A row in euros may name the million once, after the last amount; a row of one number may say in the fact, or by
    `(min)` in the unit, that it is inexact.
    """
    text = re.sub(r" \((\d+) in one source\)", r" or \1", row["value"])
    text = re.sub(r" \([^)]*\)", "", text)
    if re.fullmatch(r"[\d.]+(/[\d.]+){2,}", text):
        text = text.replace("/", " / ")
    parts = re.split(r" / | ?; ?| or | vs | to |, then ", text)
    last_in_millions = max((place for place, part in enumerate(parts) if " M" in part), default=-1)
    euros_first = last_in_millions if row["unit"].startswith("EUR") else -1
    said = _IN_THE_FACT.search(row["fact"]) if len(parts) == 1 else None
    word = said[1] if said else "at least" if "(min)" in row["unit"] else ""
    read = [_period(part) or _bounds(part, word, millions=place <= euros_first) for place, part in enumerate(parts)]
    return None if None in read else [item for item in read if item is not None]


# ---------------------------------------------------------------- what an entry says


def _found_bounds(found: Any) -> Bounds | None:
    if isinstance(found, Quantity):
        bounds = [None if bound is None else Fraction(bound) for bound in (found.lower, found.upper)]
        return Bounds(bounds[0], bounds[1], found.approximate)
    if not isinstance(found, Euros | Decimal | int):
        return None
    number = Fraction(found.amount if isinstance(found, Euros) else found)
    return Bounds(number, number)


def _equal(found: Fraction | None, expected: Fraction | None) -> bool:
    if found is None or expected is None:
        return found is expected
    endless = expected.denominator % 3 == 0
    return abs(found - expected) < Fraction(1, 1000) if endless else found == expected


def _is_worded(found: Any, bounds: Bounds, expected: Bounds) -> bool:
    """Say whether an entry keeps words of its source that are less exact than the row, around the row's number."""
    is_inexact = isinstance(found, Quantity) and found.stated and found.exactness != "exact"
    return bool(is_inexact) and expected.lower == expected.upper and expected.lower in bounds[:2]


def _says(trail: Trail, expected: Bounds | str) -> bool:
    """Say whether a trail ends in the number or the date of a row, as inexactly as the row gives it."""
    *_, owner, found = (None, *trail)
    if isinstance(expected, str):
        said = getattr(found, "value", found)
        return said == as_period(expected) if isinstance(said, Period) else str(said) == expected
    if isinstance(owner, CallRule) and owner.kind == "co-funding":  # a share: the most that the fund bears
        return Bounds(None, Fraction(found) * 100) == expected
    bounds = _found_bounds(found)
    if bounds is None:
        return False
    if expected.about and any("nviron" in getattr(step, "caveat", "") for step in trail):  # an amount has no "about"
        bounds = bounds._replace(about=True)
    same = _equal(bounds.lower, expected.lower) and _equal(bounds.upper, expected.upper)
    return (same and bounds.about == expected.about) or _is_worded(found, bounds, expected)


def _stored(mapped: Mapped, rows: Rows) -> Iterator[tuple[str, list[str]]]:
    """Yield the facts that are entries of the catalogue."""
    for fact, row in mapped.items():
        if "entry" in row and fact in rows and not row["entry"][0].startswith("code:"):
            yield fact, row["entry"]


# ---------------------------------------------------------------- the mapping


def test_every_fact_is_used_or_refused_once(mapped: Mapped, rows: Rows) -> None:
    """No row of facts.csv is forgotten, and none is mapped that does not exist."""
    assert set(mapped) == set(rows)


def test_a_fact_has_entries_or_a_reason(mapped: Mapped) -> None:
    """A mapping names where the fact is, or from what it follows, or says why it is nowhere; one of the three."""
    for fact, row in mapped.items():
        assert set(row) <= {"entry", "also", "follows", "refused"}, fact
        assert len({"entry", "follows", "refused"} & set(row)) == 1, fact
        assert all(row.values()), fact


def test_the_named_entries_exist(mapped: Mapped, trail: Follow) -> None:
    """Every place that a fact is mapped to is in the catalogue, or in the code, and says something."""
    for row in mapped.values():
        for path in (*row.get("entry", ()), *row.get("also", ())):
            assert trail(path)[-1] not in (None, "", ()), path


def test_an_entry_says_one_fact(mapped: Mapped, rows: Rows) -> None:
    """No number stands for two rows: a row that restates another one follows from its entry."""
    times = Counter(path for _, paths in _stored(mapped, rows) for path in paths)
    assert [path for path, number in times.items() if number > 1] == []


# ---------------------------------------------------------------- numbers, bounds and dates


def test_the_entries_say_what_the_facts_say(mapped: Mapped, rows: Rows, trail: Follow) -> None:
    """Numbers, bounds and dates of a row equal those of its entries, one entry a figure, in the order of the row."""
    wrong = []
    for fact, paths in _stored(mapped, rows):
        wanted = read_value(rows[fact])
        if wanted is not None:
            assert len(paths) == len(wanted), f"{fact}: {len(wanted)} figures, {len(paths)} entries"
            trails = [(path, trail(path), item) for path, item in zip(paths, wanted, strict=True)]
            wrong += [f"{fact}: {path} is {met[-1]}, not {item}" for path, met, item in trails if not _says(met, item)]
    assert wrong == []


_RULES: dict[str, Callable[..., Fraction]] = {
    "sum": lambda *parts: sum(parts, Fraction()),
    "rate": lambda part, whole: 100 * part / whole,
    "ratio": lambda part, whole: part / whole,
    "change": lambda after, before: 100 * (after - before) / before,
    "three-percent": lambda base: 3 * base / 100,
}
"""How a figure follows from entries; in a sum, a path behind a minus is taken off."""


def _number(path: str, trail: Follow) -> Fraction:
    bounds = _found_bounds(trail(path.removeprefix("-"))[-1])
    assert bounds is not None, path
    assert bounds.lower is not None, path
    assert bounds == Bounds(bounds.lower, bounds.lower), f"{path} is inexact"
    return -bounds.lower if path.startswith("-") else bounds.lower


def test_what_is_not_stored_follows_from_entries(mapped: Mapped, rows: Rows, trail: Follow) -> None:
    """A figure that restates entries, or is computed from them, comes out of them as published."""
    for fact, row in mapped.items():
        rules = [one for rule in row.get("follows", ()) for one in rule.items()]
        wanted = read_value(rows[fact]) if rules else []
        assert wanted is not None, fact
        decimals = max(len(number.partition(".")[2]) for number in re.findall(_NUMBER, rows[fact]["value"]) or [""])
        for (rule, paths), item in zip(rules, wanted, strict=True):
            found = _RULES[rule](*(_number(path, trail) for path in paths))
            assert round(found, decimals) == item[0], f"{fact}: {rule} of {paths} is {float(found)}"


@pytest.mark.parametrize(
    ("value", "unit", "fact", "number", "expected"),
    [
        ("nearly 80 (près de 80)", "%", "Share", 80, Bounds(Fraction(80), Fraction(80), about=True)),
        ("more than 70", "%", "Share", 70, Bounds(Fraction(70), None)),
        ("5000", "inhabitants", "Known for municipalities above", 5000, Bounds(Fraction(5000), None)),
        ("50", "%", "Cofinancing up to 50% of cost", 50, Bounds(None, Fraction(50))),
        ("30", "networks", "Data set: about 30 networks", 30, Bounds(Fraction(30), Fraction(30), about=True)),
        ("1", "per year (min)", "Results a year", 1, Bounds(Fraction(1), None)),
    ],
)
def test_an_exact_entry_for_an_inexact_row_is_found(
    value: str, unit: str, fact: str, number: int, expected: Bounds
) -> None:
    """Words in the value, the fact or the unit make bounds, and an entry that drops them does not say the same."""
    assert read_value({"value": value, "unit": unit, "fact": fact}) == [expected]
    assert not _says((Quantity.exact(number, "x"),), expected)


# ---------------------------------------------------------------- units

_UNITS = {"EUR/EUR": "ratio"} | {
    unit: unit for unit in ("EUR", "%", "/10", "days", "months", "ms", "points", "ratio", "share")
}
"""The unit of the catalogue for the first word of a unit in facts.csv; any other word names what is counted."""


def _units_of(row: Mapping[str, str]) -> set[str]:
    return {_UNITS.get(part.split()[0], "count") for part in row["unit"].split(",")}


def _unit_of(trail: Trail, plan: Portfolio) -> str | None:
    """Return the unit of the number at the end of a trail; `None` for a date or a text."""
    *_, owner, found = (None, *trail)
    if isinstance(found, Quantity):
        return str(found.unit)
    if isinstance(found, Euros):
        return "EUR"
    if isinstance(owner, Observation):
        return str(plan.indicators[owner.indicator_id].unit)
    if isinstance(owner, CallRule):
        return "%" if owner.kind == "co-funding" else "ratio"
    return None


def test_the_units_are_those_of_the_facts(mapped: Mapped, rows: Rows, trail: Follow, plan: Portfolio) -> None:
    """Each number is in a unit that its row names."""
    found = {
        fact: {unit for path in paths if (unit := _unit_of(trail(path), plan)) is not None} - _units_of(rows[fact])
        for fact, paths in _stored(mapped, rows)
        if rows[fact]["unit"]
    }
    assert {fact: units for fact, units in found.items() if units} == {}
