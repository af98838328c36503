"""The developer who imports it: what they type, as they type it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cattrs import Converter

import levier
from levier import Lever, Organisation, OrganisationKind, Phase, Portfolio, Project
from levier.serialization import register_hooks


def test_a_plan_is_made_changed_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan is made in any order, changed, written, read back, stored as a column; a bad document is explained."""
    monkeypatch.chdir(tmp_path)

    dinum = Organisation(id="dinum", label="DINUM", kind=OrganisationKind.INTERMINISTERIAL_DIRECTORATE)
    lever = Lever(id="digital", label="Digital transformation of public jobs")
    project = Project(id="franceconnect", label="FranceConnect", owner_id="dinum", lever_ids=["digital"])

    plan = Portfolio.of(project, lever, dinum)  # in any order; every dangling reference listed at once
    plan = plan.with_(project.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="third CITP"))
    levier.dump(plan, "plan.json")
    assert levier.load("plan.json") == plan

    row = register_hooks(Converter()).unstructure(plan.projects["franceconnect"])  # a plain dict, for a JSON column

    try:
        levier.loads(b'{"projects": [{"id": 3}]}')
    except levier.InvalidDocumentError as error:
        for problem in error.problems:
            print(problem.pointer, problem.code, problem.message)  # noqa: T201  # as the developer types it

    assert type(row) is dict
    assert (row["owner_id"], row["steps"][0]["on"]) == ("dinum", "2019-06-20")
    printed = capsys.readouterr().out
    assert "/projects/0/id wrong-type expected text, found the number 3" in printed
    assert "/projects/0/label missing-key" in printed
    assert "/format missing-key" in printed
