"""Risks and decisions: open risks with their mitigation, and the decisions taken."""

from __future__ import annotations

from typing import Any

from levier.display.pages import Table
from levier.display.view import ColumnOf, Owned, View
from levier.model.events import Decision, Risk
from levier.wording.messages import message

__all__ = ["decisions_of", "risks_of"]

_NO_RESPONSE = message("no response stated")

_RISK_COLUMNS: tuple[ColumnOf[Owned[Risk]], ...] = (
    ColumnOf("risk", message("Risk"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("subject", message("Subject"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("raised", message("Raised"), lambda view, row: view.scribe.period(row.part.on.value)),
    ColumnOf("response", message("Response"), lambda view, row: view.scribe.text(row.part.response, _NO_RESPONSE)),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.on.source_id)),
)
_DECISION_COLUMNS: tuple[ColumnOf[Owned[Decision]], ...] = (
    ColumnOf("decision", message("Decision"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("subject", message("Subject"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("date", message("Date"), lambda view, row: view.scribe.period(row.part.on.value)),
    ColumnOf("decided-by", message("Taken by"), lambda view, row: view.body(row.part.by_id)),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.on.source_id)),
)


def risks_of(view: View) -> Table:
    """Return the risks that are open on the day, oldest first, each with its mitigation."""
    rows = [(path, row) for path, row in _dated(view, "risks") if row.part.is_open(view.as_of)]
    return view.table("risks", message("Open risks, and what is done about them"), _RISK_COLUMNS, rows)


def decisions_of(view: View) -> Table:
    """Return the decisions, oldest first, each with its organisation and its source."""
    return view.table("decisions", message("Decisions"), _DECISION_COLUMNS, _dated(view, "decisions"))


def _dated(view: View, kind: str) -> list[tuple[str, Owned[Any]]]:
    """Return the risks or the decisions of programmes, reforms and projects, with their paths and owners, by date."""
    found = [
        (f"{registry}/{owner.id}/{kind}/{one.id}", Owned(owner, one))
        for registry in ("programmes", "reforms", "projects")
        for owner in getattr(view.portfolio, registry).values()
        for one in getattr(owner, kind)
    ]
    return sorted(found, key=lambda row: (row[1].part.on.value, row[0]))
