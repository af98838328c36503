"""Reports, cards and what the command line prints, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from importlib import import_module
from itertools import islice
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from golden_invented import DAY as INVENTED_ON
from golden_invented import invented
from golden_plans import DAYS, PLANS
from golden_said import LANGS, VISIBLE

import doors
import levier
from levier import Indicator, Project, Quantity
from levier.budget import year as budget_year
from levier.display.cards import Card, card_of
from levier.display.diagrams import life_cycle_diagram
from levier.display.html import to_html
from levier.display.markdown import to_markdown
from levier.display.report import report
from levier.model.lifecycle import CHALLENGE_TRANSITIONS, TRANSITIONS
from levier.model.quantities import COUNT, EUROS, MARK_OUT_OF_10, MONTHS, POINTS, RATIO, SHARE
from levier.model.quantities import DAYS as DAYS_UNIT
from levier.model.terms import Term
from levier.testing import build
from levier.wording.said import said
from levier.wording.units import unit_name
from levier.wording.vocabulary import FIELDS, THINGS

UNITS = (COUNT, DAYS_UNIT, EUROS, MARK_OUT_OF_10, MONTHS, POINTS, RATIO, SHARE)
CUT = 200
"""How much is written of a long representation."""
FEW = 3
"""How many things of a kind have their card written."""


def reported(plan: str, lang: str) -> Callable[[], str]:
    """Return what makes the Markdown of a report."""
    return lambda: to_markdown(report(PLANS[plan](), as_of=DAYS[plan], lang=lang)).translate(VISIBLE)


def invented_report(lang: str) -> Callable[[], str]:
    """Return what makes the Markdown of a report on what is invented here."""
    return lambda: to_markdown(report(invented(), as_of=INVENTED_ON, lang=lang)).translate(VISIBLE)


def terms(cls: type[Term] = Term) -> Iterator[Term]:
    """Yield the terms of all closed vocabularies."""
    for one in cls.__subclasses__():
        if one.__module__.startswith("levier."):
            yield from one
            yield from terms(one)


def vocabulary() -> str:
    """Return every term with its two labels, by its text in documents: so it stays as it is while classes move."""
    everything(levier)
    return "".join(sorted({f"{term.value}: {term.fr} / {term.en}\n" for term in terms()})).translate(VISIBLE)


def printed() -> str:
    """Return what each public class of values prints, where it says so itself."""
    kinds = sorted(doors.everything().items())
    built = [f"{name}: {build(kind)}" for name, kind in kinds if isinstance(kind, type) and _prints(kind)]
    plan = invented()
    held = {"portfolio": plan, "registry": plan.levers, "observations": plan.observations, "fund": plan.funds["f"]}
    held |= {
        "journal": plan.funds["f"].entries,
        "quantity": Quantity.between(1, 2, "days"),
        "about": Quantity.about(3, "%"),
    }
    shown = [f"{name} printed: {str(value)[:CUT]}\n{name} shown: {repr(value)[:CUT]}" for name, value in held.items()]
    return "\n".join((*built, *shown, "")).translate(VISIBLE)


def _prints(kind: type[Any]) -> bool:
    ours = kind.__module__.startswith("levier.model") and not issubclass(kind, Enum)
    return ours and kind.__str__ is not object.__str__


def words() -> str:
    """Return what fields, things and units are called."""
    tables = {"field": FIELDS, "thing": THINGS, "unit": {unit: unit_name(unit) for unit in UNITS}}
    lines = (
        f"{kind} {name}: {said(one, 'fr')} / {said(one, 'en')}\n"
        for kind, table in tables.items()
        for name, one in table.items()
    )
    return "".join(lines).translate(VISIBLE)


def everything(package: ModuleType) -> None:
    """Import every module of a package, so that every vocabulary is known."""
    for found in walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith("__main__"):
            import_module(found.name)


def cards() -> str:
    """Return the cards of some things of every portfolio, in both languages."""
    return "\n".join(_card(card_of(item, lang)) for item in _carded() for lang in LANGS).translate(VISIBLE)


def _carded() -> Iterator[Any]:
    for made in PLANS.values():
        plan = made()
        yield plan
        for kind in (Indicator, Project):
            yield from islice((item for item in plan if isinstance(item, kind)), FEW)
        for programme in plan.budget_programmes.values():
            yield from islice((budget_year(plan, programme.id, year) for year in programme.years), FEW)


def _card(card: Card) -> str:
    lines = (f"{label}: {cell.text}" for label, cell in card.lines)
    return "\n".join((f"## {card.kind}: {card.name.text}", *lines, ""))


def pages() -> str:
    """Return a small report as HTML, in both languages, and the diagrams of the life cycles."""
    made = [to_html(report(PLANS["fund"](), as_of=DAYS["fund"], lang=lang)) for lang in LANGS]
    tables = (TRANSITIONS, CHALLENGE_TRANSITIONS)
    return "\n".join((*made, *(life_cycle_diagram(table, lang) for table in tables for lang in LANGS), "")).translate(
        VISIBLE
    )


SUBJECTS = {f"report-{plan}-{lang}": reported(plan, lang) for plan in PLANS for lang in LANGS}
SUBJECTS |= {f"report-invented-{lang}": invented_report(lang) for lang in LANGS}
SUBJECTS |= {"vocabulary": vocabulary, "words": words, "cards": cards, "printed": printed, "pages": pages}
