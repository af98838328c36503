"""A fact keeps its date, its documents, and how far it can be trusted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from levier import Day, Observation, Period, Portfolio, Reliability, Source, Sourced

Trail = tuple[Any, ...]
Follow = Callable[[str], Trail]
Rows = dict[str, dict[str, str]]
Mapped = dict[str, dict[str, Any]]


def _met(mapped: Mapped, trail: Follow, *kinds: str) -> Iterator[tuple[str, list[tuple[str, Trail]]]]:
    """Yield each fact with the places of the catalogue that it is mapped to, and what is met on the way there."""
    for fact, row in mapped.items():
        paths = [path for kind in kinds for path in row.get(kind, ()) if not path.startswith("code:")]
        if paths:
            yield fact, [(path, trail(path)) for path in paths]


# ---------------------------------------------------------------- dates

_ONE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_FIELDS = ("on", "period", "until", "decided_on", "stated_on", "planned", "launched_on", "published_on")


def dates_in(text: str) -> list[Period]:
    """Return the dates of a row: `2018-2022` is an interval of years, `2020-Q1` its months, `from` has no end."""
    text = re.sub(r"\b(\d{4})-Q([1-4])\b", lambda q: f"{q[1]}-{3 * int(q[2]) - 2:02}/{q[1]}-{3 * int(q[2]):02}", text)
    text = re.sub(r"\b(\d{4})-(\d{4})\b", r"\1/\2", text)
    found = re.findall(rf"(from )?({_ONE}(?:/{_ONE})?)", text)
    return [Period(f"{date}/.." if since else date) for since, date in found]


def _as_period(value: Any) -> Period | None:
    inner = value.value if isinstance(value, Sourced) else value
    return Period(inner) if isinstance(inner, Period | Day) else None


def _dates_of(trail: Trail, plan: Portfolio) -> Iterator[Period | None]:
    """Yield the dates of an entry, those that its caveat or scope tells, and those of its documents."""
    for step in trail:
        yield _as_period(step)
        yield from (_as_period(getattr(step, name, None)) for name in _FIELDS)
        if type(getattr(step, "year", None)) is int:
            yield Period(str(step.year))
        for text in (getattr(step, "caveat", ""), getattr(step, "scope", "")):
            yield from map(Period, re.findall(r"\b(?:19|20)\d\d\b", text))
    yield from (plan.sources[name].published_on for name in _sources_of(trail))


def _agree(one: Period, other: Period) -> bool:
    """Say whether one of two dates lies in the other."""
    return any(
        outer.covers(inner.first_day) and (outer.last_day is None or outer.covers(inner.last_day or Day.max))
        for outer, inner in ((one, other), (other, one))
    )


def test_the_dates_are_those_of_the_facts(mapped: Mapped, rows: Rows, trail: Follow, plan: Portfolio) -> None:
    """Each date of a row is that of an entry, or one of them lies in the other."""
    wrong = {}
    for fact, places in _met(mapped, trail, "entry", "also"):
        known = [date for _, met in places for date in _dates_of(met, plan) if date is not None]
        missed = [date for date in dates_in(rows[fact]["date"]) if not any(_agree(date, one) for one in known)]
        if missed:
            wrong[fact] = (missed, known)
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-2022", ["2018/2022"]),
        ("2020-Q1", ["2020-01/2020-03"]),
        ("from 2019-09", ["2019-09/.."]),
        ("2020 / 2021 / 2022 (target 2022: 100)", ["2020", "2021", "2022", "2022"]),
        ("page sidebar, undated", []),
    ],
)
def test_the_dates_of_a_row_are_read(text: str, expected: list[str]) -> None:
    """Dates are read as rows write them, so that a date which an entry lacks is found."""
    assert dates_in(text) == [Period(one) for one in expected]
    assert not any(_agree(one, Period("1999")) for one in dates_in(text))


# ---------------------------------------------------------------- documents

_ELSEWHERE = {
    "B18a": "two documents say it: the budget's own is kept, the page of the call is not",
}
"""Facts of which a document is not a source of the entry, and why."""


def _sources_of(trail: Trail) -> set[str]:
    """Return the documents that the steps of a trail name themselves; not those of what else an owner holds."""
    steps = [stated for step in trail for stated in (step, *getattr(step, "alternatives", ()))]
    named = [name for step in steps for name in (getattr(step, "source_id", None), *getattr(step, "source_ids", ()))]
    return {*filter(None, named), *(step.id for step in steps if isinstance(step, Source))}


def addresses_in(text: str) -> list[str]:
    """Return the addresses of a row; of a file named by repository and path, that of the repository."""
    repositories = re.findall(r"(?:^|; )([\w-]+/[\w.-]+):", text)
    return re.findall(r"https?://[^\s;,]+", text) + [f"https://github.com/{name}" for name in repositories]


def test_the_documents_are_those_of_the_facts(mapped: Mapped, rows: Rows, trail: Follow, plan: Portfolio) -> None:
    """Each document of a row is a source of what the row is mapped to, by its address."""
    missed = {}
    for fact, places in _met(mapped, trail, "entry", "also"):
        named = {plan.sources[name].url for _, met in places for name in _sources_of(met)}
        if lost := [address for address in addresses_in(rows[fact]["source"]) if address not in named]:
            missed[fact] = lost
    assert set(missed) == set(_ELSEWHERE), missed


def test_what_the_article_says_rests_on_it(mapped: Mapped, rows: Rows, trail: Follow) -> None:
    """A fact that the article states has the article, or the boxes of its page, as a source."""
    said = [places for fact, places in _met(mapped, trail, "entry") if rows[fact]["source"].startswith("article")]
    assert said
    assert all({"article-2019-06-14", "article-boxes"} & _sources_of(met) for places in said for _, met in places)


# ---------------------------------------------------------------- confidence

_LETTERS = {
    "S": Reliability.ARTICLE,
    "A": Reliability.OFFICIAL,
    "B": Reliability.SECONDARY,
    "C": Reliability.COMPUTED,
}
_JUDGED = {
    "A02": "an association tells it, not the Government",
    "A03": "an association tells it, not the Government",
    "A16": "a press agency tells it",
    "A17": "a press agency tells it",
    "B20q": "the annual report states it, where the row infers it",
    "B24c": "that the amount is one of payments is inferred",
    "W07": "the page of the call states two of the three numbers",
}
"""Facts whose entry is more, or less, reliable than the row, and why."""


def _is_qualified(step: Any, plan: Portfolio) -> bool:
    if getattr(step, "caveat", "") or getattr(step, "alternatives", ()):
        return True
    return isinstance(step, Observation) and len(plan.indicators[step.indicator_id].definitions) > 1


def test_a_disputed_fact_shows_its_caveat(mapped: Mapped, rows: Rows, trail: Follow, plan: Portfolio) -> None:
    """Where a row says that sources disagree or a caveat applies, so does its entry."""
    disputed = {fact for fact, row in rows.items() if "X" in row["confidence"].split("/")}
    bare = [
        fact
        for fact, places in _met(mapped, trail, "entry")
        if fact in disputed and not any(_is_qualified(step, plan) for _, met in places for step in met)
    ]
    assert bare == []


def test_the_confidence_is_that_of_the_facts(mapped: Mapped, rows: Rows, trail: Follow) -> None:
    """An entry is as reliable as its row, or the reason stands here; an alternative has no reliability of its own."""
    found = {}
    for fact, places in _met(mapped, trail, "entry"):
        letter = _LETTERS.get(rows[fact]["confidence"][0])
        said = {_reliability(met) for path, met in places if "/alternatives/" not in path} - {None, letter}
        if letter is not None and said:
            found[fact] = said
    assert set(found) == set(_JUDGED), found


def _reliability(met: Trail) -> Reliability | None:
    """Return how reliable the last step is that says so."""
    said = [step.reliability for step in met if hasattr(step, "reliability")]
    return said[-1] if said else None
