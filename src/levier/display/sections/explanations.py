"""How each number came about, in one sentence: for those who check, in the appendix."""

from __future__ import annotations

from attrs import evolve

from levier.display.pages import Section
from levier.display.sections.indicators import progress_explained
from levier.display.sections.outstanding import outstanding_explained
from levier.display.view import View
from levier.wording.messages import message

__all__ = ["explanations_section"]


def explanations_section(view: View) -> Section:
    """Return the explanations of progress and of outstanding commitments."""
    tables = [progress_explained(view), outstanding_explained(view)]
    return evolve(view.section("explanations", message("How each figure is computed"), tables), appendix=True)
