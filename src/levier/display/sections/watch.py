"""What to watch: open risks with what is done about them, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from levier.display.heads import Head
from levier.display.pages import Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption

__all__ = ["decisions_of", "risks_of"]


def risks_of(view: View) -> Table:
    """Return the risks that are open on the day, oldest first, each with what is done about it."""
    heads = (Head.RISK, Head.SUBJECT, Head.RAISED, Head.RESPONSE, Head.SOURCE)
    rows = [
        Row(
            id=path,
            cells=[
                view.scribe.name(risk),
                view.scribe.name(owner),
                view.scribe.period(risk.on.value),
                view.scribe.text(risk.response, Phrase.NO_RESPONSE),
                view.source(risk.on.source_id),
            ],
        )
        for path, owner, risk in _dated(view, "risks")
        if risk.is_open(view.as_of)
    ]
    return view.table(Caption.RISKS, heads, rows)


def decisions_of(view: View) -> Table:
    """Return what was decided, oldest first, by which body and as which source says."""
    heads = (Head.DECISION, Head.SUBJECT, Head.DATE, Head.DECIDED_BY, Head.SOURCE)
    rows = [
        Row(
            id=path,
            cells=[
                view.scribe.name(decision),
                view.scribe.name(owner),
                view.scribe.period(decision.on.value),
                view.body(decision.by_id),
                view.source(decision.on.source_id),
            ],
        )
        for path, owner, decision in _dated(view, "decisions")
    ]
    return view.table(Caption.DECISIONS, heads, rows)


def _dated(view: View, kind: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield the risks or the decisions of programmes, reforms and projects, with their paths and owners, by date."""
    found = [
        (f"{registry}/{owner.id}/{kind}/{one.id}", owner, one)
        for registry in ("programmes", "reforms", "projects")
        for owner in getattr(view.portfolio, registry).values()
        for one in getattr(owner, kind)
    ]
    yield from sorted(found, key=lambda item: (item[2].on.value, item[0]))
