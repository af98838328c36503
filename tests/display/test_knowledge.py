"""The latest day that a portfolio knows."""

from __future__ import annotations

import pytest

from levier import (
    Award,
    BudgetProgramme,
    Day,
    Execution,
    ExecutionLine,
    Fund,
    Indicator,
    InnovationWeek,
    Milestone,
    Observation,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Source,
    Sourced,
    Territory,
)
from levier.display.knowledge import latest_day, latest_fact
from levier.model.events import Event
from levier.model.figures import Figure
from levier.model.quantities import COUNT
from levier.plans import ConfidenceRating

NATION = Territory(id="FR", label="France")
WAIT = Indicator(id="i", label="I", unit="days")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], None),
        ([Source(id="s", title="S")], None),
        ([Source(id="s", title="S", published_on="2018")], Day(2018, 12, 31)),
        ([Source(id="s", title="S", published_on="2018/..")], None),
        (
            [NATION, WAIT, Observation(indicator_id="i", period="2019-05", kind="actual", value=1)],
            Day(2019, 5, 31),
        ),
        (
            [
                NATION,
                WAIT,
                Observation(indicator_id="i", period="2030", kind="target", value=1, recorded_on="2019-06-14"),
            ],
            Day(2019, 6, 14),
        ),
        ([NATION, WAIT, Observation(indicator_id="i", period="2030", kind="target", value=1)], None),
        ([Project(id="p", label="P").moved_to("stopped", on="2020-02-03", because="x")], Day(2020, 2, 3)),
        (
            [
                Reform(
                    id="r", label="R", milestones=[Milestone(id="m", label="M", planned="2030", done_on="2019-01-02")]
                )
            ],
            Day(2019, 1, 2),
        ),
        (
            [
                Reform(
                    id="r",
                    label="R",
                    milestones=[
                        Milestone(id="m", label="M", planned="2030").revised_to("2031", on="2021-05-06", because="late")
                    ],
                )
            ],
            Day(2021, 5, 6),
        ),
        (
            [
                Organisation(id="o", label="O", kind="ministry"),
                Reform(id="r", label="R", ratings=[ConfidenceRating(level="secured", on="2022-03-04", by_id="o")]),
            ],
            Day(2022, 3, 4),
        ),
        (
            [
                Source(id="s", title="S"),
                BudgetProgramme(
                    id=1,
                    label="B",
                    executions=[ExecutionLine(year=2024, amounts=Execution(1, 1), until="2024-10-20", source_id="s")],
                ),
            ],
            Day(2024, 10, 20),
        ),
        (
            [
                Fund(
                    id="f", label="F", awards=[Award(id="a", label="A", amount=10, contracted_on="2019-01-01")]
                ).with_commitment("a", 5, on="2019-02-01")
            ],
            Day(2019, 2, 1),
        ),
    ],
)
def test_latest_day(items: list[object], expected: Day | None) -> None:
    """What was published, recorded or done counts; what is planned or undated does not."""
    assert latest_day(Portfolio.of(*items)) == expected  # type: ignore[arg-type]


def test_results_set_the_day_before_documents() -> None:
    """A document that describes how things are does not set the day where a result is dated; nor does a bare figure."""
    sources = [
        Source(id="code", title="Code", published_on="2026-07"),
        Source(id="rap", title="RAP", published_on="2024"),
    ]
    number = Figure(id="f", label="F", value=Sourced(value=Quantity.exact(1, COUNT), source_id="code"))
    held = Event(id="e", label="Review", on=Sourced(value=Period("2023-02"), source_id="rap"))
    plan = Portfolio.of(*sources, Programme(id="p", label="P", kind="national", events=[held], figures=[number]))
    found = latest_fact(plan)
    assert found is not None
    assert (found.day, found.owner, found.source) == (Day(2024, 12, 31), held, plan.sources["rap"])
    alone = latest_fact(Portfolio.of(*sources))
    assert alone is not None
    assert alone.source == plan.sources["code"]


def test_a_fact_dated_by_itself_says_when() -> None:
    """Where no dated document is behind a fact, the thing and its own time are named."""
    week = InnovationWeek(
        id="w", label="Week", edition=6, period=Sourced(value=Period("2019-11-25/2019-11-30"), source_id="s")
    )
    found = latest_fact(Portfolio.of(Source(id="s", title="S"), week))
    assert found is not None
    assert (found.owner, found.source, str(found.when)) == (week, None, "2019-11-25/2019-11-30")
