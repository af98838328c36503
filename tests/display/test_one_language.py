"""
No sentence mixes two languages: a law over the catalogue and the samples.

Labels and texts are data and may be in one language only, so they are replaced by words that are in none.
What is left is ours: in a French sentence no English word may stand, and no French one in an English sentence.
The words come from the library's own vocabularies and catalogues, where each pair says a thing in both languages, and
from a list of the small words of each language.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count, islice, product
from typing import Any, get_args, get_type_hints

import attrs
import pytest

from doors import everything
from levier import LevierError, Portfolio, Project, catalogue
from levier.display.cards import CARDED, card_of
from levier.display.report import report
from levier.model.journal import Journal
from levier.model.quantities import COUNT, EUROS, MARK_OUT_OF_10, MONTHS, POINTS, RATIO, SHARE
from levier.model.quantities import DAYS as DAYS_UNIT
from levier.model.terms import Lang, Term
from levier.testing import samples
from levier.wording._cldr import catalogues
from levier.wording.said import Said
from levier.wording.units import unit_name
from levier.wording.vocabulary import FIELDS, THINGS

pytestmark = pytest.mark.untraced

LANGS: tuple[Lang, Lang] = ("fr", "en")
SMALL: dict[Lang, str] = {
    "fr": "les des une est sont aux par pour sur avec sans dans que qui pas aucune aucun depuis entre moins dont où "
    "chaque jour jours année années le la du de un et ou au",
    "en": "the of and is are was were by with without from to not none has have this that which since until between "
    "than more less only each it its day days month months year years",
}
BOTH = {"article", "change", "note", "point", "participants", "plus", "fin", "on", "or", "an", "mois"}
"""Words of both languages, of which our vocabularies have one only."""
UNITS = (COUNT, DAYS_UNIT, EUROS, MARK_OUT_OF_10, MONTHS, POINTS, RATIO, SHARE)
DAYS = ("2019-06-14", "2022-01-31", "2025-06-30")
KEPT = {"id", "url", "siren", "siret", "code", "parent_code", "action", "budget_action", "acronym"}
WORD = re.compile(r"(?<![\w’'/.-])[^\W\d_]{2,}(?![\w’'/-]|\.\w)")
NUMBERS = count()
MANY = 25


def masked(value: Any) -> Any:
    """Return a thing with every text of its own replaced by a word of no language."""
    changed: dict[str, Any] = {}
    for name, hint in get_type_hints(type(value)).items():
        held = getattr(value, name, None)
        if name in KEPT or held in (None, "", ()):
            continue
        if hint is str:
            changed[name] = f"Zq{next(NUMBERS)}"
        elif attrs.has(type(held)):
            changed[name] = masked(held)
        elif isinstance(held, tuple | Journal) and held and attrs.has(type(held[0])):
            changed[name] = tuple(map(masked, held))
        elif isinstance(held, tuple) and get_args(hint)[0] is str and not name.endswith("_ids"):
            changed[name] = tuple(f"Zq{next(NUMBERS)}" for _ in held)
    return attrs.evolve(value, **changed)


@cache
def plans() -> dict[str, Portfolio]:
    """Return the portfolios that sentences are made of, without a word of any language in their labels."""
    held = {
        "catalogue": catalogue.action_publique_2022(),
        "sample": samples.portfolio(projects=6),
        "fund": Portfolio.of(samples.fund(awards=4)),
    }
    return {name: Portfolio.of(*map(masked, plan)) for name, plan in held.items()}


@cache
def foreign(lang: Lang) -> frozenset[str]:
    """Return the words of the other language that are none of *lang*."""
    named = [*FIELDS.values(), *THINGS.values(), *filter(lambda name: isinstance(name, Said), map(unit_name, UNITS))]
    pairs = [*((one.say("fr"), one.say("en")) for one in named), *((term.fr, term.en) for term in terms(Term))]
    pairs += translations()
    own, other = (0, 1) if lang == "fr" else (1, 0)
    known = {word for pair in pairs for word in words(pair[own])} | set(SMALL[lang].split())
    others = {word for pair in pairs for word in words(pair[other])} | set(SMALL[LANGS[other]].split())
    return frozenset(others - known - BOTH)


def translations() -> Iterator[tuple[str, str]]:
    """Yield every message in French and in English, its forms side by side."""
    for entry in (entry for held in catalogues("fr") for entry in held if entry.id):
        fr, en = (text if isinstance(text, str) else " / ".join(text) for text in (entry.string, entry.id))
        yield fr, en


def terms(cls: type[Term]) -> Iterator[Term]:
    """Yield the terms of all closed vocabularies."""
    for one in cls.__subclasses__():
        yield from one
        yield from terms(one)


def words(text: str) -> set[str]:
    """Return the words of a text, in small letters: without addresses, paths, identifiers and places to fill."""
    return {word.lower() for word in WORD.findall(re.sub(r"https?://\S+|\{[^}]*\}", " ", text))}


def mixed(text: str, lang: Lang, names: frozenset[str] = frozenset()) -> set[str]:
    """Return the words of the other language in a text, but identifiers of things."""
    return (words(text) & foreign(lang)) - names


def names_of(plan: Portfolio) -> frozenset[str]:
    """Return the identifiers of the things of a plan: some are words."""
    return frozenset(item.id for registry in plan.registries().values() for item in registry.values())


def arguments(plan: Portfolio, name: str) -> list[Any]:
    """Return what a function may be asked of a plan, for a parameter of this name; nothing where there is nothing."""
    funds = list(plan.funds.values())
    held: dict[str, Callable[[], list[Any]]] = {
        "portfolio": lambda: [plan],
        "as_of": lambda: list(DAYS),
        "fund": lambda: funds,
        "awards": lambda: [fund.awards for fund in funds],
        "savings": lambda: [[saving for saving in fund.savings if saving.award_id is not None] for fund in funds],
        "cost": lambda: [100],
        "year": lambda: [2019, 2021],
        "programme_id": lambda: list(plan.budget_programmes),
        "subject": lambda: list(plan.projects.values()),
        "call_id": lambda: [call.id for fund in funds for call in fund.calls],
        "award_id": lambda: [award.id for fund in funds for award in fund.awards],
        "instrument": lambda: list(plan.instruments.values()),
        "call": lambda: list(plan.instruments.values()),
        "campus_id": lambda: list(plan.instruments),
        "before": lambda: [plan.as_of(DAYS[0]), Portfolio()],
        "after": lambda: [plan],
    }
    if name.endswith("_id") and hasattr(plan, f"{name[:-3]}s"):
        return list(getattr(plan, f"{name[:-3]}s"))
    return held[name]() if name in held else []


def results(plan: Portfolio) -> Iterator[tuple[str, Any]]:
    """Yield what the public functions find in a plan, wherever their arguments can be taken from it."""
    for name, ask in everything().items():
        if inspect.isfunction(ask):
            needed = [each for each in inspect.signature(ask).parameters.values() if each.default is each.empty]
            for given in islice(product(*(arguments(plan, each.name) for each in needed)), 20):
                named = {each.name: value for each, value in zip(needed, given, strict=True)}
                first = [named.pop(each.name) for each in needed if each.kind is each.POSITIONAL_OR_KEYWORD]
                try:
                    yield name, ask(*first, **named)
                except (LevierError, AttributeError, TypeError):  # another kind of instrument, a day out of range
                    continue


def said(value: Any, lang: Lang, deep: int = 4) -> Iterator[str]:
    """Yield every sentence of a result and of what it is made of."""
    for way in ("explain", "sentence"):
        if callable(getattr(value, way, None)):
            yield getattr(value, way)(lang)
    if deep and attrs.has(type(value)) and not isinstance(value, (Portfolio, Project)):
        for item in attrs.fields(type(value)):
            yield from said(getattr(value, item.name), lang, deep - 1)
    elif deep and isinstance(value, (tuple, list)):
        for part in islice(value, 50):
            yield from said(part, lang, deep - 1)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["catalogue", "sample", "fund"])
def test_results_speak_one_language(name: str, lang: Lang) -> None:
    """What any public function finds explains itself in the words of one language."""
    plan, asked = plans()[name], set()
    for function, result in results(plan):
        asked.add(function)
        for text in said(result, lang):
            assert not mixed(text, lang, names_of(plan)), (function, text)
    assert len(asked) >= MANY or name != "catalogue", asked


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["catalogue", "sample", "fund"])
def test_reports_speak_one_language(name: str, day: str, lang: Lang) -> None:
    """Titles, captions, heads, cells and notes of a report are in its language; so are cards."""
    plan = plans()[name]
    made = report(plan, as_of=day, lang=lang)
    texts = [made.title, *made.sentences]
    for section in made.sections:
        texts += [section.title, *section.sentences]
        for table in section.tables:
            texts += [table.caption, *table.notes, *(column.label for column in table.columns)]
            texts += [cell.text for row in table.rows for cell in row.cells]
    for item in [plan, *(item for item in plan if isinstance(item, CARDED))]:
        card = card_of(item, lang)  # type: ignore[arg-type]  # what a card can be made of is asked above
        texts += [card.kind, card.name.text, *(part for label, cell in card.lines for part in (label, cell.text))]
    for text in texts:
        assert not mixed(text, lang, names_of(plan)), text


@pytest.mark.parametrize("term", list(terms(Term)), ids=lambda term: f"{type(term).__name__}.{term.name}")
def test_labels_are_in_their_language(term: Term) -> None:
    """The French label of a term holds none of the small words of English, and the English one none of French."""
    for lang, other in (LANGS, LANGS[::-1]):
        assert not (words(term.label(lang)) & set(SMALL[other].split())) - set(SMALL[lang].split()) - BOTH


@pytest.mark.parametrize("pair", list(translations()), ids=lambda pair: pair[1])
def test_messages_are_in_their_language(pair: tuple[str, str]) -> None:
    """The French of a message holds none of the small words of English, and its English none of French."""
    for text, lang, other in zip(pair, LANGS, LANGS[::-1], strict=True):
        assert not (words(text) & set(SMALL[other].split())) - set(SMALL[lang].split()) - BOTH
