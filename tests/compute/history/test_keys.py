"""Keys and paths: what tells parts apart, and paths that no two of them share."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import BudgetLine, BudgetProgramme, Fund, Observation, Portfolio, Saving, Source
from levier.budget import OutstandingStatement
from levier.compute.history.keys import item_path, key_of, segment
from levier.history import Added, RevisedTarget, difference
from levier.model.appropriations import Appropriations
from levier.testing.strategies import of

TEXTS = st.text("a ~/012", min_size=1).map(str.strip).filter(bool)


@given(of(Portfolio))
def test_no_two_subjects_share_a_path(portfolio: Portfolio) -> None:
    """Of all the things and parts that come with a portfolio each has its own path."""
    found = difference(Portfolio(), portfolio).changes
    subjects = [change.subject for change in found if not isinstance(change, RevisedTarget)]
    assert all(isinstance(change, Added) for change in found)
    assert len(set(subjects)) == len(subjects)


@given(st.tuples(TEXTS, TEXTS), st.tuples(TEXTS, TEXTS))
def test_two_keys_make_two_segments(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Texts with strokes, spaces and tildes, and fields that are empty, stay apart in a path."""
    given_ = {"kind": "expected", "nature": "one-off", "amount": 1, "source_id": "s"}
    savings = [Saving(**given_, whose=whose, method=method) for whose, method in (one, other)]
    parts = [segment(saving, ("whose", "method")) for saving in savings]
    assert (parts[0] == parts[1]) is (one == other)
    assert all("/" not in part for part in parts)
    due, said = (evolve(savings[0], **{name: "2020"}) for name in ("period", "stated_on"))
    assert segment(due, ("period", "stated_on")) != segment(said, ("period", "stated_on"))


def test_a_stroke_in_a_key_is_escaped() -> None:
    """A period of two years and a code with a stroke do not open a level of their own."""
    span = Observation(indicator_id="i", period="2018/2020", kind="actual", value=1)
    assert item_path(span) == "observations/i FR 2018~12020 actual"
    source = Source(id="s", title="S")
    held: Any = BudgetProgramme(id=349, label="B")
    lines = [
        BudgetLine(year=2021, stage="voted", action=action, amounts=Appropriations(1, 1), source_id="s")
        for action in ("01/a", "01~1a", "01 a")
    ]
    old, new = Portfolio.of(source, held), Portfolio.of(source, evolve(held, lines=lines))
    assert [change.subject for change in difference(old, new).changes] == [
        f"budget_programmes/349/lines/2021 voted {action} all s" for action in ("01~1a", "01~01a", "01~2a")
    ]
    counted, expected = (
        OutstandingStatement(on="2019-12-31", amount=1, is_forecast=is_forecast, source_id="s")
        for is_forecast in (False, True)
    )
    assert segment(counted, ("on", "is_forecast")) != segment(expected, ("on", "is_forecast"))


def test_parts_of_one_key_are_counted() -> None:
    """Two savings that agree in all but their amount have a path each."""
    saving = Saving(kind="expected", nature="one-off", amount=1, whose="W", method="M", source_id="s")
    twin = evolve(saving, amount=2)
    assert key_of(saving) == key_of(twin)
    source, fund = Source(id="s", title="S"), Fund(id="f", label="F")
    old, new = Portfolio.of(source, fund), Portfolio.of(source, evolve(fund, savings=[saving, twin]))
    first, second = difference(old, new).changes
    assert second.subject == f"{first.subject} ~#2"
