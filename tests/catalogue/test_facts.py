"""The catalogue holds the facts that were read in public documents, and nothing without a source."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from attrs import fields, has

from levier import (
    NATION,
    Euros,
    Indicator,
    InvalidValueError,
    Observation,
    Phase,
    Portfolio,
    Quantity,
    catalogue,
)
from levier.model.references import find_references

HERE = Path(__file__).parent
FACTS = HERE.parents[2] / "shared" / "data" / "facts.csv"
Follow = Callable[[str], tuple[Any, ...]]

needs_facts = pytest.mark.skipif(not FACTS.exists(), reason="facts.csv is not beside this clone")


def _as_list(found: str | list[str]) -> list[str]:
    return [found] if isinstance(found, str) else found


def _mappings() -> Iterator[tuple[str, dict[str, str | list[str]]]]:
    for file in sorted(HERE.glob("facts_*.toml")):
        yield from tomllib.loads(file.read_text(encoding="utf-8")).items()


USED = {fact: _as_list(row["entry"]) for fact, row in _mappings() if "entry" in row}
NAMED = {path for _, row in _mappings() for key in ("entry", "also") if key in row for path in _as_list(row[key])}


def _facts() -> dict[str, dict[str, str]]:
    if not FACTS.exists():
        return {}
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


ROWS = _facts()


class Bounds(NamedTuple):
    """A number as a row of facts.csv gives it."""

    lower: Fraction | None
    upper: Fraction | None
    about: bool = False


_DATE = r"\d{4}-\d{2}(?:-\d{2})?"
_NUMBER = r"-?\d+(?:\.\d+)?(?:/\d+)?"
_BETWEEN = re.compile(rf"({_NUMBER})-({_NUMBER})")
_WORDED = re.compile(rf"(about|more than|at least|>=|>|<)? ?({_NUMBER})(?: of \d+)?( M)?(?: EUR| %)?")


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


def _bounds(text: str, millions: bool) -> Bounds | None:
    if pair := _BETWEEN.fullmatch(text):
        return Bounds(Fraction(pair[1]), Fraction(pair[2]))
    worded = _WORDED.fullmatch(text)
    if worded is None:
        return None
    word, number, factor = worded.groups()
    value = Fraction(number) * (1_000_000 if factor or millions else 1)
    match word:
        case "more than" | "at least" | ">=" | ">":
            return Bounds(value, None)
        case "<":
            return Bounds(None, value)
        case _:
            return Bounds(value, value, about=word == "about")


def read_value(value: str, unit: str) -> list[Bounds | str] | None:
    """
    Return the numbers and dates of a row, in order; `None` where the row is words.

    A row in euros may name the million once, after the last amount.
    """
    text = re.sub(r" \((\d+) in one source\)", r" or \1", value)
    text = re.sub(r" \([^)]*\)", "", text)
    if re.fullmatch(r"[\d.]+(/[\d.]+){2,}", text):
        text = text.replace("/", " / ")
    parts = re.split(r" / | ?; ?| or | vs | to |, then ", text)
    last_in_millions = max((place for place, part in enumerate(parts) if " M" in part), default=-1)
    euros_first = last_in_millions if unit.startswith("EUR") else -1
    read = [_period(part) or _bounds(part, place <= euros_first) for place, part in enumerate(parts)]
    return None if None in read else [item for item in read if item is not None]


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


def _says(path: str, found: Any, expected: Bounds | str) -> bool:
    found = getattr(found, "value", found) if not isinstance(found, Quantity) else found
    if isinstance(expected, str):
        return str(found) == expected
    bounds = _found_bounds(found)
    if bounds is None:
        return False
    if path.endswith("/lower") and expected.upper is None:
        return bounds.lower == expected.lower
    same = _equal(bounds.lower, expected.lower) and _equal(bounds.upper, expected.upper)
    return same and (bounds.about == expected.about or not isinstance(found, Quantity))


def _compared() -> Iterator[Any]:
    """Yield each fact in numbers and dates that the catalogue holds, its entries, and what they are to say."""
    for fact, row in ROWS.items():
        wanted = read_value(row["value"], row["unit"])
        if fact in USED and wanted is not None and not USED[fact][0].startswith("code:"):
            yield pytest.param(USED[fact], wanted, id=fact)


@needs_facts
def test_every_fact_is_used_or_refused_exactly_once() -> None:
    """No row of facts.csv is forgotten, none is mapped twice, and none is mapped that does not exist."""
    counted = Counter(fact for fact, _ in _mappings())
    assert set(counted) == set(ROWS)
    assert max(counted.values()) == 1


@pytest.mark.parametrize(("fact", "row"), list(_mappings()))
def test_a_fact_has_entries_or_a_reason(fact: str, row: dict[str, str | list[str]]) -> None:
    """A mapping names where the fact is, or says why it is nowhere; never both."""
    assert set(row) <= {"entry", "also", "refused"}, fact
    assert ("entry" in row) != ("refused" in row), fact
    assert all(row.values()), fact


@pytest.mark.parametrize("path", sorted(NAMED))
def test_a_named_entry_exists(path: str, trail: Follow) -> None:
    """Every entry that a fact is mapped to is in the catalogue, or in the code, and says something."""
    assert trail(path)[-1] not in (None, "", ())


@needs_facts
@pytest.mark.parametrize(("paths", "wanted"), list(_compared()))
def test_the_entries_say_what_the_fact_says(paths: list[str], wanted: list[Bounds | str], trail: Follow) -> None:
    """Numbers, bounds and dates of a row equal those of its entries, one entry a figure, in the order of the row."""
    found = [trail(path)[-1] for path in paths]
    assert len(found) == len(wanted), f"{len(wanted)} figures, {len(found)} entries are named"
    for path, value, item in zip(paths, found, wanted, strict=True):
        assert _says(path, value, item), f"{path} is {value}, the row says {item}"


def _is_qualified(step: Any, plan: Portfolio) -> bool:
    if getattr(step, "caveat", "") or getattr(step, "alternatives", ()):
        return True
    return isinstance(step, Observation) and len(plan.indicators[step.indicator_id].definitions) > 1


@needs_facts
@pytest.mark.parametrize("fact", [fact for fact in USED if fact in ROWS and "X" in ROWS[fact]["confidence"].split("/")])
def test_a_disputed_fact_shows_its_caveat(fact: str, trail: Follow, plan: Portfolio) -> None:
    """Where a row says that sources disagree or a caveat applies, so does its entry."""
    steps = [step for path in USED[fact] for step in trail(path)]
    assert any(_is_qualified(step, plan) for step in steps)


def _unsourced(value: Any, path: str, owner_has: bool) -> Iterator[str]:
    """Yield the parts of a value that could name a source, do not, and belong to nothing that does."""
    if not has(type(value)):
        return
    has_own = bool(getattr(value, "source_id", None) or getattr(value, "source_ids", ()))
    if hasattr(value, "source_id") and not (has_own or owner_has):
        yield path
    for attribute in fields(type(value)):
        held = getattr(value, attribute.name)
        for part in held if isinstance(held, tuple) else (held,):
            yield from _unsourced(part, f"{path}.{attribute.name}", has_own or owner_has)


def test_nothing_is_without_a_source(plan: Portfolio) -> None:
    """Every entry names at least one source that the catalogue holds; so does every dated or counted part of it."""
    entries = [item for item in plan if item not in plan.sources.values()]
    bare = [
        str(getattr(entry, "id", entry))
        for entry in entries
        if not any(registry == "sources" for _, _, registry in find_references(entry, ""))
    ]
    assert not bare
    assert not [path for entry in entries for path in _unsourced(entry, getattr(entry, "id", ""), owner_has=False)]


def test_every_source_is_used(plan: Portfolio) -> None:
    """No source is listed that nothing in the catalogue rests on."""
    used = {target for entry in plan for _, target, registry in find_references(entry, "") if registry == "sources"}
    assert set(plan.sources) == used


def test_the_territories_are_complete() -> None:
    """The catalogue knows the nation, 18 regions and 101 departments, each department under its region."""
    known = catalogue.territories()
    levels = Counter(str(territory.level) for territory in known.values())
    assert levels == {"nation": 1, "region": 18, "department": 101}
    assert {known[str(territory.parent_id)].level for territory in known.values() if territory.id != NATION} == {
        "nation",
        "region",
    }


def test_the_phases_are_those_of_the_article() -> None:
    """The first three phases bear the names under which the article says that projects are supported."""
    assert [phase.label("fr") for phase in Phase][:3] == ["Cadrage", "Expérimentation", "Déploiement"]


def test_the_frequencies_are_those_of_the_facts() -> None:
    """An indicator takes the update periods of DITP's tool, in months, and no other (fact Z07)."""

    def is_taken(months: int) -> bool:
        try:
            Indicator(id="i", label="I", unit="%", frequency=months)
        except InvalidValueError:
            return False
        return True

    assert [months for months in range(100) if is_taken(months)] == [1, 3, 6, 12, 24, 36, 72]
