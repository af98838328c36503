"""The facts on which sources disagree, and the list of all sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve, fields, has

from levier.display.pages import Cell, Section
from levier.display.phrases import UNKNOWN
from levier.display.view import ColumnOf, Owned, View
from levier.model._shapes import fields_leading_to
from levier.model.portfolio import Portfolio
from levier.model.sources import Source, Sourced, Stated
from levier.wording.messages import Message, clauses, message, message_in
from levier.wording.said import Value

__all__ = ["conflicts_section", "disputed", "sources_section"]

_FIELDS: Mapping[str, Message] = MappingProxyType(
    {
        "allocation": message("allocation"),
        "closed_on": message("closing date"),
        "deadline": message("deadline"),
        "envelope": message("envelope"),
        "grant": message("grant"),
        "launched_on": message("launch date"),
        "on": message("date"),
        "opened_on": message("opening date"),
        "period": message("period"),
        "population": message("population"),
    }
)
"""The names of the fields on which sources may disagree."""


def conflicts_section(view: View) -> Section:
    """Return every fact that two sources state differently, with all statements and the reason for the one kept."""
    rows = [(path, (path, Owned(owner, fact))) for path, owner, fact in disputed(view.portfolio)]
    table = view.table("conflicts", message("Facts on which sources disagree"), _COLUMNS, rows)
    nothing = message("No conflict between sources is known.")
    return view.section("conflicts", message("Sources in conflict"), [table], nothing=nothing)


def disputed(portfolio: Portfolio) -> Iterator[tuple[str, Any, Sourced[Any]]]:
    """Yield every disputed fact with its path and its owner."""
    for attribute in fields(type(portfolio)):
        if attribute.name != "observations":
            for item in getattr(portfolio, attribute.name).values():
                yield from _within(item, item, f"{attribute.name}/{item.id}")


def _within(value: Any, owner: Any, path: str) -> Iterator[tuple[str, Any, Sourced[Any]]]:
    if type(value) is Sourced:
        if value.is_disputed:
            yield path, owner, value
        return
    names = fields_leading_to(type(value), Sourced) if has(type(value)) else ()
    named = value if hasattr(value, "label") else owner
    for name in names:
        held = getattr(value, name)
        for place, part in enumerate(held) if isinstance(held, tuple) else [("", held)]:
            step = getattr(part, "id", place)
            yield from _within(part, named, f"{path}/{name}" + (f"/{step}" if step != "" else ""))


def _fact(view: View, path: str, owner: Any) -> Cell:
    """Return the subject of a disputed fact: its owner and its field."""
    name, field = view.scribe.name(owner), path.rpartition("/")[2]
    if field == "value":
        return evolve(name, value=path)
    what = message("{name} ({field})", name=name.text, field=_FIELDS.get(field, field))
    return evolve(name, text=view.scribe.say(what), value=path)


def _stated(view: View, facts: Iterable[Sourced[Any] | Stated[Any]]) -> Cell:
    """Return the statements of one fact, each with its scope."""
    told = [(fact, view.scribe.sourced(fact)) for fact in facts]
    texts = clauses(*(_said(view, fact, value.text) for fact, value in told))
    values = "; ".join(f"{value.value} {fact.source_id}" for fact, value in told)
    return Cell(text=view.scribe.say(texts), value=values)


def _said(view: View, fact: Sourced[Any] | Stated[Any], value: str) -> Value:
    source = view.source(fact.source_id).text
    said = message("{value} ({source})", value=value, source=source)
    if fact.scope:
        said = message("{value}, {scope} ({source})", value=value, scope=fact.scope, source=source)
    caveat = fact.caveat.removesuffix(".")
    return message("{said}, caveat: {caveat}", said=said, caveat=caveat) if caveat else said


def sources_section(view: View) -> Section:
    """Return the documents that the portfolio cites."""
    rows = ((f"sources/{source.id}", source) for source in view.portfolio.sources.values())
    table = view.table("sources", message("Sources cited"), _SOURCE_COLUMNS, rows)
    return evolve(view.section("sources", message("Sources"), [table]), appendix=True)


_COLUMNS: tuple[ColumnOf[tuple[str, Owned[Sourced[Any]]]], ...] = (
    ColumnOf("fact", message("Fact"), lambda view, row: _fact(view, row[0], row[1].owner)),
    ColumnOf("preferred", message("Value kept"), lambda view, row: _stated(view, [row[1].part])),
    ColumnOf("alternatives", message("Other values"), lambda view, row: _stated(view, row[1].part.alternatives)),
    ColumnOf(
        "why", message("Reason for the choice"), lambda view, row: view.scribe.text(row[1].part.preferred_because)
    ),
)
_SOURCE_COLUMNS: tuple[ColumnOf[Source], ...] = (
    ColumnOf("title", message("Document"), lambda view, source: view.scribe.text(source.title)),
    ColumnOf("publisher", message("Publisher"), lambda view, source: view.scribe.text(source.publisher, UNKNOWN)),
    ColumnOf("date", message("Date"), lambda view, source: view.scribe.period(source.published_on)),
    ColumnOf(
        "url",
        message("Address"),
        lambda view, source: view.scribe.link(source.url, message_in("of an address", "none")),
    ),
)
