"""What holds of the whole catalogue: sources, universes, words and bounds, and one place for each number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from attrs import fields, has

from levier import Euros, Figure, Indicator, Phase, Portfolio, Quantity, Sourced, catalogue
from levier.errors import InvalidValueError
from levier.model.calls import CallRule
from levier.model.references import find_references
from levier.model.sources import Stated


def _parts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield a value and everything in it, each with its path."""
    yield path, value
    if has(type(value)):
        for attribute in fields(type(value)):
            held = getattr(value, attribute.name)
            for place, part in enumerate(held) if isinstance(held, tuple) else [("", held)]:
                step = getattr(part, "id", place)
                yield from _parts(part, f"{path}/{attribute.name}" + (f"/{step}" if step != "" else ""))


def _all(plan: Portfolio) -> Iterator[tuple[str, Any]]:
    """Yield every value of the catalogue with its path, but for the observations, which have none."""
    for attribute in fields(type(plan)):
        if attribute.name != "observations":
            for item in getattr(plan, attribute.name).values():
                yield from _parts(item, f"{attribute.name}/{item.id}")


# ---------------------------------------------------------------- sources


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


# ---------------------------------------------------------------- numbers


def test_every_figure_says_what_is_counted(plan: Portfolio) -> None:
    """A number means nothing before one knows of what."""
    assert [path for path, part in _all(plan) if isinstance(part, Figure) and not part.universe] == []


_ABOUT = re.compile(r"\b(?:près de|environ|une? \w+aine)\b")
_AT_LEAST = re.compile(r"\b(?:plus de|au moins|plusieurs)\b|^>")
_AT_MOST = re.compile(r"\b(?:moins de|au plus)\b|^<")


def _exactness(words: str) -> str:
    """Return how exact a number is by the words of its source; bare numbers are exact."""
    said = {"about": _ABOUT, "at-least": _AT_LEAST, "at-most": _AT_MOST}
    return next((name for name, pattern in said.items() if pattern.search(words)), "exact")


def test_words_and_bounds_agree(plan: Portfolio) -> None:
    """A number that its source words is as inexact as the words: `près de 80 %` is about 80."""
    worded = [(path, part) for path, part in _all(plan) if isinstance(part, Quantity) and part.stated]
    assert len(worded) > 10
    assert [path for path, part in worded if part.exactness != _exactness(part.stated)] == []
    assert _exactness("près de 80 %") == "about"
    assert _exactness("10 sur 12") == "exact"


def _stated_numbers(plan: Portfolio) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield what one document says in euros, percentages and ratios, with its path; a sign says only which way."""
    for path, part in _all(plan):
        source = getattr(part, "source_id", None)
        inner = part.value if isinstance(part, Sourced | Stated) else None
        if isinstance(inner, Quantity) and inner.unit in ("EUR", "%", "ratio"):
            yield path, (source, inner.unit, inner.lower, inner.upper)
        amounts = [inner, getattr(part, "amount", None), *_sides(getattr(part, "amounts", None))]
        for amount in amounts:
            if isinstance(amount, Euros) and source and amount:
                yield path, (source, "EUR", abs(amount.amount), abs(amount.amount))
        if isinstance(part, CallRule) and part.kind == "co-funding" and part.share is not None:
            yield path, (source, "%", None, 100 * part.share)


def _sides(amounts: Any) -> list[Any]:
    return [getattr(amounts, attribute.name) for attribute in fields(type(amounts))] if has(type(amounts)) else []


def test_a_number_stands_in_one_place(plan: Portfolio) -> None:
    """What a document says once is one entry, and no figure copies it; a line of the budget may equal another one."""
    places: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for path, said in _stated_numbers(plan):
        places[said].add("budget" if path.startswith("budget_programmes/") else path)
    assert len(places) > 50
    assert {said: paths for said, paths in places.items() if len(paths) > 1} == {}


# ---------------------------------------------------------------- territories, phases, frequencies


def test_the_territories_are_complete() -> None:
    """The plan is followed in the nation, 18 regions and 101 departments, each department under its region."""
    known = catalogue.action_publique_2022().territories
    levels = Counter(str(territory.level) for territory in known.values())
    assert levels == {"nation": 1, "region": 18, "department": 101, "municipality": 2}
    assert {known[place.parent_id].level for place in known.values() if place.parent_id is not None} >= {
        "nation",
        "region",
    }


def test_what_stands_beside_departments_is_known_too() -> None:
    """Seven collectivities, the two authorities of Rhône and the Hexagon can be added to the plan."""
    plan, known = catalogue.action_publique_2022(), catalogue.territories()
    others = {code: place.label for code, place in known.items() if code not in plan.territories}
    assert others == {
        "69D": "Département du Rhône",
        "69M": "Métropole de Lyon",
        "975": "Saint-Pierre-et-Miquelon",
        "977": "Saint-Barthélemy",
        "978": "Saint-Martin",
        "984": "Terres australes et antarctiques françaises",
        "986": "Wallis-et-Futuna",
        "987": "Polynésie française",
        "988": "Nouvelle-Calédonie",
        "HEX": "Hexagone",
    }
    whole = plan.with_(*(known[code] for code in others))
    assert [place.id for place in whole.territories_on("2014-12-31", level="departmental-authority")] == []
    assert [place.id for place in whole.territories_on("2015-01-01", level="departmental-authority")] == ["69D", "69M"]


def test_the_phases_are_those_of_the_article() -> None:
    """The first three phases bear the names under which the article says that projects are supported."""
    assert [phase.label("fr") for phase in Phase][:3] == ["Cadrage", "Expérimentation", "Déploiement"]


def test_the_frequencies_are_those_of_the_facts() -> None:
    """An indicator takes the update periods of DITP's tool, in months, and no other (fact Z07)."""

    def is_taken(months: int) -> bool:
        try:
            Indicator(id="i", label="I", unit="%", periodicity_months=months)
        except InvalidValueError:
            return False
        return True

    assert [months for months in range(100) if is_taken(months)] == [1, 3, 6, 12, 24, 36, 72]
