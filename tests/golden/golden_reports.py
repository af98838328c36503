"""Reports, cards and what the command line prints, in both languages."""

from __future__ import annotations

from collections.abc import Callable

from golden_plans import DAYS, PLANS
from golden_said import VISIBLE

from levier.display.markdown import to_markdown
from levier.display.report import report


def reported(plan: str, lang: str) -> Callable[[], str]:
    """Return what makes the Markdown of a report."""
    return lambda: to_markdown(report(PLANS[plan](), as_of=DAYS[plan], lang=lang)).translate(VISIBLE)


SUBJECTS = {f"report-{plan}-{lang}": reported(plan, lang) for plan in PLANS for lang in ("fr", "en")}
