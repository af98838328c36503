"""The queue of tasks: workers take one each, and no two take the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from levier import Portfolio, rules
from levier.display.markdown import to_markdown
from levier.display.report import report
from levier.serialization import to_builtins
from suivi.storage import PlanVersion, Task

__all__ = ["KINDS", "work"]


def _checked(plan: Portfolio, as_of: str) -> Any:
    return to_builtins(rules.check(plan, as_of=as_of))


def _reported(plan: Portfolio, as_of: str, lang: str = "fr") -> Any:
    return to_markdown(report(plan, as_of=as_of, lang=lang))


KINDS: dict[str, Callable[..., Any]] = {"check": _checked, "report": _reported}
"""What a worker can do with a plan."""


def work(session: Session) -> bool:
    """Do one task that waits, and return whether there was one."""
    waiting = select(Task).where(Task.result.is_(None)).order_by(Task.id).limit(1)
    task = session.scalars(waiting.with_for_update(skip_locked=True)).first()
    if task is None:
        return False
    stored = session.get_one(PlanVersion, (task.name, task.number))
    try:
        task.result = {"answer": KINDS[task.kind](stored.plan, **task.arguments)}
    except (TypeError, ValueError) as error:  # what levier refuses is a ValueError too
        task.result = {"refused": str(error)}
    session.commit()
    return True
