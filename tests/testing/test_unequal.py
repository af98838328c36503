"""What a failed `==` says: what differs, and nothing else, at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from levier import Euros, Method, Observation, Period, Portfolio, Project, Registry
from levier.testing import samples
from levier.testing.strategies import of
from levier.testing.unequal import explanation

NUDGE, CALL = Method(id="nudge", label="Nudge"), Method(id="call", label="Appel")
PLAN = samples.portfolio(projects=20)
CHANGED = PLAN.with_(evolve(PLAN.projects["project-0007"], label="Un autre nom"))
ROW = Observation(indicator_id="i", period="2020", kind="actual", value="1")


@pytest.mark.parametrize(
    ("left", "right", "lines"),
    [
        (NUDGE, evolve(NUDGE, label="x"), ["  .label: 'Nudge' != 'x'"]),
        (Registry([NUDGE]), Registry([NUDGE, CALL]), [f"  ['call']: only on the right: {CALL!r}"]),
        (Registry([NUDGE, CALL]), Registry([NUDGE]), [f"  ['call']: only on the left: {CALL!r}"]),
        ([NUDGE, CALL], [CALL, NUDGE], ["  all: the same items in another order"]),
        ((NUDGE, NUDGE), (NUDGE, CALL), ["  [1].id: 'nudge' != 'call'", "  [1].label: 'Nudge' != 'Appel'"]),
        ({"a": NUDGE}, {"a": CALL}, ["  ['a'].id: 'nudge' != 'call'", "  ['a'].label: 'Nudge' != 'Appel'"]),
        ({NUDGE}, {NUDGE, CALL}, [f"  ['call']: only on the right: {CALL!r}"]),
        ({"a": [NUDGE]}, {"a": []}, [f"  ['a']['nudge']: only on the left: {NUDGE!r}"]),
        (
            PLAN.projects["project-0001"],
            evolve(PLAN.projects["project-0001"], lead=None),
            [f"  .lead: {PLAN.projects['project-0001'].lead!r} != None"],
        ),
    ],
)
def test_places_are_named(left: Any, right: Any, lines: list[str]) -> None:
    """Each place that differs is named as Python reaches it, with both values."""
    said = explanation(left, right)
    assert said is not None
    assert said[1:] == [line if len(line) < 200 else said[1] for line in lines]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (3, 4),
        ("a", "b"),
        ([3], [4]),
        ([], [NUDGE]),
        ({}, {"a": NUDGE}),
        ({Euros(1)}, {Euros(2)}),
        (Euros(1), Euros(2)),
        (Period("2019"), Period("2020")),
        (NUDGE, 3),
    ],
)
def test_what_is_not_ours_or_small_is_left_to_pytest(left: Any, right: Any) -> None:
    """Values of others, scalars and values of two classes are explained by pytest itself."""
    assert explanation(left, right) is None


def test_observations_are_told_by_their_keys() -> None:
    """A row that is added in front is one place, and not all rows behind it."""
    rows = PLAN.observations
    more = PLAN.with_(evolve(rows.rows[0], period="2001")).observations
    said = explanation(rows, more)
    assert said is not None
    assert len(said) == 2
    assert "only on the right" in said[1]


def test_the_text_is_bounded() -> None:
    """However much differs, at most some forty places and twenty sentences are printed."""
    said = explanation(PLAN, Portfolio())
    assert said is not None
    assert len(said) == 42
    assert said[-1] == "  …"
    assert max(map(len, said)) < 600
    renamed = PLAN.with_(*[evolve(project, label=f"{project.label} bis") for project in PLAN.projects.values()])
    said = explanation(PLAN, renamed)
    assert said is not None
    assert len(said) == 1 + len(PLAN.projects) + 1 + 20 + 1
    assert said[-1].endswith("more lines")


@pytest.mark.parametrize("projects", [20, 2000])
def test_one_field_is_found_within_a_second(projects: int) -> None:
    """Of two portfolios made apart that differ in one field, the field is printed in under a second."""
    left = samples.portfolio(projects=projects)
    right = samples.portfolio(projects=projects)
    right = right.with_(evolve(right.projects["project-0007"], label="Un autre nom"))
    started = time.process_time()
    said = explanation(left, right)
    assert time.process_time() - started < 1
    assert said is not None
    assert said[1].startswith("  .projects['project-0007'].label: ")
    assert said[-1].endswith("Un autre nom")
    assert len(said) == 5


@cache
def large(seed: int) -> Portfolio:
    """Return a portfolio of two thousand projects."""
    return samples.portfolio(projects=2000, seed=seed)


@pytest.mark.untraced
@pytest.mark.parametrize(
    "made",
    [
        large,
        lambda seed: large(seed).projects,
        lambda seed: large(seed).observations,
        lambda seed: list(large(seed).observations),
        lambda seed: dict(large(seed).projects),
        lambda seed: {"held": list(large(seed).projects.values())},
        lambda seed: set(large(seed).projects.values()),
        lambda seed: samples.fund(awards=2000, seed=seed),
    ],
)
def test_all_that_differs_is_found_soon(made: Callable[[int], Any]) -> None:
    """Where everything differs, and on both sides, the first places are printed soon; a benchmark says how soon."""
    left, right = made(7), made(8)
    started = time.process_time()
    said = explanation(left, right)
    assert time.process_time() - started < 3  # the heap of a whole run slows the collector; it took a minute once
    assert said is not None
    assert len(said) == 42


@given(st.data(), of(Project))
def test_every_field_that_differs_is_named(data: st.DataObject, left: Project) -> None:
    """Whatever two projects differ in, a line names each field that differs, and no other."""
    right = data.draw(of(Project))
    said = explanation(left, right)
    assert said is not None
    differing = {each.name for each in fields(Project) if getattr(left, each.name) != getattr(right, each.name)}
    named = {line.strip()[1:].split(":")[0].split(".")[0].split("[")[0] for line in said[1:] if line != "  …"}
    assert named == differing if len(said) < 40 else named <= differing


SUITE = """
from attrs import evolve
from levier import Euros
from levier.testing import samples

def test_portfolios():
    left, right = samples.portfolio(projects=20), samples.portfolio(projects=20)
    right = right.with_(evolve(right.projects["project-0007"], label="Un autre nom"))
    assert left == right

def test_registries(levier_portfolio):
    other = levier_portfolio.with_(evolve(levier_portfolio.projects["project-0007"], label="Un autre nom"))
    assert levier_portfolio.projects == other.projects

def test_funds(levier_fund):
    assert levier_fund == evolve(levier_fund, label="Un autre fonds")

def test_collections(levier_portfolio):
    changed = evolve(levier_portfolio.projects["project-0007"], label="Encore un autre")
    assert {"plan": levier_portfolio} == {"plan": levier_portfolio.with_(changed)}

def test_others():
    assert [1, 2] == [1, 3]
    assert Euros(1) == Euros(2)
"""


@pytest.mark.parametrize("verbose", ["-q", "-vv"])
def test_in_a_run(tmp_path: Path, verbose: str) -> None:
    """In a run of pytest, on a machine of CI too, what differs is printed, and pytest explains what is not ours."""
    suite = tmp_path / "test_downstream.py"
    suite.write_text(SUITE, encoding="utf-8")
    options = [verbose, "-W", "error", "-p", "levier.testing.plugin", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "CI": "true"}
    command = [sys.executable, "-m", "pytest", *options, str(suite)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env, timeout=60)
    assert "5 failed" in done.stdout, done.stdout + done.stderr
    for line in (
        ".projects['project-0007'].label: '",
        "  ['project-0007'].label: '",
        ".label: 'Fonds pour la transformation de l’action publique' != 'Un autre fonds'",
        "  ['plan'].projects['project-0007'].label: '",
        "At index 1 diff: 2 != 3",
    ):
        assert line in done.stdout
    assert len(done.stdout.splitlines()) < 150
