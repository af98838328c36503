"""Where sources do not agree, and the list of all sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, fields, has

from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption, FactName, Title
from levier.model.portfolio import Portfolio
from levier.model.sources import Sourced, Stated

__all__ = ["conflicts_section", "disputed", "sources_section"]


def conflicts_section(view: View) -> Section:
    """Return every fact that two sources tell differently: all they say, and why one is kept."""
    heads = (Head.FACT, Head.PREFERRED, Head.ALTERNATIVES, Head.WHY)
    rows = [
        Row(
            id=path,
            cells=[
                _fact(view, path, owner),
                _stated(view, [fact]),
                _stated(view, fact.alternatives),
                view.scribe.text(fact.preferred_because),
            ],
        )
        for path, owner, fact in disputed(view.portfolio)
    ]
    return view.section(Title.CONFLICTS, [view.table(Caption.CONFLICTS, heads, rows)], nothing=Phrase.NO_CONFLICT)


def disputed(portfolio: Portfolio) -> Iterator[tuple[str, Any, Sourced[Any]]]:
    """Yield every disputed fact with its path and the thing that holds it."""
    for attribute in fields(type(portfolio)):
        if attribute.name != "observations":
            for item in getattr(portfolio, attribute.name).values():
                yield from _within(item, item, f"{attribute.name}/{item.id}")


def _within(value: Any, owner: Any, path: str) -> Iterator[tuple[str, Any, Sourced[Any]]]:
    if type(value) is Sourced:
        if value.is_disputed:
            yield path, owner, value
        return
    if not has(type(value)):
        return
    named = value if hasattr(value, "label") else owner
    for attribute in fields(type(value)):
        held = getattr(value, attribute.name)
        for place, part in enumerate(held) if isinstance(held, tuple) else [("", held)]:
            step = getattr(part, "id", place)
            yield from _within(part, named, f"{path}/{attribute.name}" + (f"/{step}" if step != "" else ""))


def _fact(view: View, path: str, owner: Any) -> Cell:
    """Return what a disputed fact is about: the thing that holds it, and the field where it stands."""
    name, field = view.scribe.name(owner), path.rpartition("/")[2]
    if field == "value":
        return evolve(name, value=path)
    what = view.scribe.say(FactName(field)) if field in list(FactName) else field
    return Cell(text=f"{name.text} ({what})", value=path, lang=name.lang)


def _stated(view: View, facts: Any) -> Cell:
    """Return what sources say of one fact, each with its scope."""
    fact: Sourced[Any] | Stated[Any]
    texts: list[str] = []
    values: list[str] = []
    for fact in facts:
        value = view.scribe.sourced(fact)
        named = {"value": value.text, "scope": fact.scope, "source": view.source(fact.source_id).text}
        said = view.scribe.say(Phrase.SCOPED if fact.scope else Phrase.STATED_BY, **named)
        reserve = fact.caveat.removesuffix(".")
        texts.append(view.scribe.say(Phrase.RESERVED, said=said, caveat=reserve) if reserve else said)
        values.append(f"{value.value} {fact.source_id}")
    return Cell(text=view.scribe.listed(texts), value="; ".join(values))


def sources_section(view: View) -> Section:
    """Return the documents that the portfolio cites."""
    heads = (Head.TITLE, Head.PUBLISHER, Head.DATE, Head.URL)
    rows = [
        Row(
            id=f"sources/{source.id}",
            cells=[
                view.scribe.text(source.title),
                view.scribe.text(source.publisher, Phrase.UNKNOWN),
                view.scribe.period(source.published_on),
                view.scribe.link(source.url, Phrase.NONE_F),
            ],
        )
        for source in view.portfolio.sources.values()
    ]
    section = view.section(Title.SOURCES, [view.table(Caption.SOURCES, heads, rows)])
    return evolve(section, appendix=True)
