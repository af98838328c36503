"""Small inputs at which the library once gave a wrong answer: each file asserts the right one."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from doors import everything
from levier import catalogue, errors

CASES = Path(__file__).parents[2] / "shared" / "cases"
FOUND = sorted(CASES.glob("*.py"))

RENAMED: Mapping[str, str] = {
    r"\breading=": "ruleset=",
    r"\bReading\b": "Ruleset",
    r"\bterritory=": "territory_id=",
    r"\bLeverPull\b": "LeverActivation",
    r"\bpulls\b": "activations",
    r"\bpulled\b": "activated",
    r"\bstanding_of\b": "status_of",
    r"\bapplied\b": "apply",
    r"\bmerged\b": "merge",
    r"\bcarry_forward\b": "carry_forward_months",
    r"\bfrequency\b": "periodicity_months",
    r"\bdelay\b": "lag_months",
    r"\.awarded\(": ".with_award(",
    r"\.contracted\(": ".with_contract(",
    r"\.paid\((?=.*on=)": ".with_payment(",
    r"\.reallocated\(": ".with_allocation_change(",
    r"\.closed\(": ".with_closing(",
    r"\branked\b": "rank",
    r"\bpooled\b": "pool",
    r"\bbudget_year\b": "year",
}
"""What the files call by the names of the days when they were written."""


def translated(source: str) -> str:
    """Return the source of a case in the names of today."""
    for old, new in RENAMED.items():
        source = re.sub(old, new, source)
    return re.sub(r"from levier(\.compute)? import", "from names_of_all_doors import", source)


@pytest.mark.skipif(not FOUND, reason="the cases lie beside the repository, in ../shared/cases, and not in it")
@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.stem)
def test_case_gives_the_right_answer(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the file asserts holds."""
    names = ModuleType("names_of_all_doors")
    found = {name: getattr(errors, name) for name in errors.__all__} | everything() | {"catalogue": catalogue}
    vars(names).update(found, compute=names)
    monkeypatch.setitem(sys.modules, names.__name__, names)
    exec(compile(translated(case.read_text(encoding="utf-8")), str(case), "exec"), {"__name__": case.stem})  # noqa: S102
