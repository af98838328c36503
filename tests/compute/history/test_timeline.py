"""The timeline: every date of everything, in order, under a name that a reader understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given

from levier import (
    Award,
    BudgetLine,
    BudgetProgramme,
    CarteBlanche,
    Day,
    Figure,
    Fund,
    Indicator,
    JournalEntry,
    Milestone,
    Observation,
    Organisation,
    Period,
    Portfolio,
    Project,
    Quantity,
    Source,
    Sourced,
    Territory,
    catalogue,
)
from levier.errors import InvalidValueError
from levier.history import DatedThing, timeline
from levier.model.appropriations import Appropriations
from levier.model.organisations import DatedName
from levier.model.quantities import COUNT
from levier.model.sources import Stated
from levier.serialization import structure, unstructure
from levier.testing.strategies import of

SPACE = "\u00a0"
SOURCE = Source(id="s", title="S", published_on="2018")


def dates(*things: Any) -> list[tuple[str, str]]:
    """Return the dates of things, each with the path of its field."""
    return [(dated.on.text, dated.field) for dated in timeline(Portfolio.of(*things)) if dated.subject != "sources/s"]


def held_dates(value: Any) -> Iterator[Period]:
    """Yield every day, period and year that a value holds, however deep: an independent walk."""
    if isinstance(value, (Day, Period)):
        yield Period(value)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            held = getattr(value, field.name)
            if field.name in ("since", "year") and held is not None:
                yield Period(str(held))
            else:
                yield from held_dates(held)
    elif not isinstance(value, str) and hasattr(value, "__iter__"):
        for part in value:
            yield from held_dates(part)


@given(of(Portfolio))
def test_nothing_dated_is_forgotten(portfolio: Portfolio) -> None:
    """The timeline has each date that an independent walk finds, no more often, in order, said in both languages."""
    found = timeline(portfolio)
    dates, held = (Counter(dates) for dates in ((x.on for x in found), (on for x in portfolio for on in held_dates(x))))
    assert dates.keys() == held.keys()
    assert dates <= held
    assert len(set(found)) == len(found)
    assert list(found) == sorted(found, key=lambda dated: (dated.on, dated.subject, dated.field))
    for dated in found:
        assert dated.label[1:] in dated.sentence("fr")
        assert str(dated) == dated.sentence("en") == dated.explain("en")
        assert structure(unstructure(dated), DatedThing) == dated


def test_the_life_of_a_milestone() -> None:
    """The first plan, each revision with the day it was decided, and the day it was done."""
    pilot = Milestone(id="pilot", label="Pilote", planned="2019-09").revised_to("2020-01", on="2019-10-01", because="x")
    found = timeline(Portfolio.of(Project(id="p", label="P", milestones=[pilot.done("2020-01-15")])))
    assert [dated.sentence("fr") for dated in found] == [
        f"septembre 2019{SPACE}: projet «{SPACE}P{SPACE}», jalon «{SPACE}Pilote{SPACE}» (échéance prévue)",
        (
            f"1er octobre 2019{SPACE}: projet «{SPACE}P{SPACE}», jalon «{SPACE}Pilote{SPACE}», "
            f"nouvelle échéance «{SPACE}janvier 2020, 1er octobre 2019{SPACE}» (décision)"
        ),
        (
            f"janvier 2020{SPACE}: projet «{SPACE}P{SPACE}», jalon «{SPACE}Pilote{SPACE}», "
            f"nouvelle échéance «{SPACE}janvier 2020, 1er octobre 2019{SPACE}» (échéance prévue)"
        ),
        f"15 janvier 2020{SPACE}: projet «{SPACE}P{SPACE}», jalon «{SPACE}Pilote{SPACE}» (réalisation)",
    ]


def test_sourced_dates_with_what_other_sources_say() -> None:
    """A disputed date stands beside the other date; when a source said so is a date as well."""
    other = Stated(value=Period("2017-12-15"), source_id="s", on="2018-02")
    launched = Sourced(value=Period("2017-12-14"), source_id="s", alternatives=[other], preferred_because="first")
    assert dates(SOURCE, CarteBlanche(id="c", label="C", launched_on=launched)) == [
        ("2017-12-14", "launched_on"),
        ("2017-12-15", "launched_on/alternatives"),
        ("2018-02", "launched_on/alternatives/stated_on"),
    ]
    value = Sourced(value=Quantity.exact(63, COUNT), source_id="s", on="2019")
    figure = Figure(id="n", label="N", value=value, period="2018")
    assert dates(SOURCE, Project(id="p", label="P", figures=[figure])) == [
        ("2018", "period"),
        ("2019", "value/stated_on"),
    ]


def test_years_money_names_and_values() -> None:
    """A budget line counts by its year, an entry by its day, a name by its period, a value by period and recording."""
    line = BudgetLine(year=2021, stage="voted", amounts=Appropriations(1, 1), source_id="s")
    assert dates(SOURCE, BudgetProgramme(id=349, label="B", since=2018, lines=[line])) == [
        ("2018", "since"),
        ("2021", "year"),
    ]
    award = Award(id="a", label="A", amount=9, decided_on="2018-06", contracted_on="2018-09-01")
    entry = JournalEntry(award_id="a", kind="commitment", amount=5, on="2018-10-01")
    assert dates(Fund(id="f", label="F", awards=[award], entries=[entry])) == [
        ("2018-06", "decided_on"),
        ("2018-09-01", "contracted_on"),
        ("2018-10-01", "on"),
    ]
    body = Organisation(id="o", label="O", kind="other", names=[DatedName(name="N", period="2008/2023")])
    assert dates(body) == [("2008/2023", "period")]
    row = Observation(indicator_id="i", period="2020", kind="actual", value=1, recorded_on="2021-02-01")
    around = Indicator(id="i", label="I", unit="days"), Territory(id="FR", label="France")
    assert dates(*around, row) == [("2020", "period"), ("2021-02-01", "recorded_on")]


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("2019", ["2018/2019", "2019-06-14", "2019/.."]),
        ("2019-06-14", ["2018/2019", "2019-06-14", "2019/.."]),
        ("2019-06-15/..", ["2018/2019", "2019/..", "2021"]),
        (Period("2017"), []),
        (Day(2021, 1, 1), ["2019/..", "2021"]),
        (None, ["2018/2019", "2019-06-14", "2019/..", "2021"]),
    ],
)
def test_restricted_to_a_period(between: Any, expected: list[str]) -> None:
    """What touches the period stays, whole; an interval without end touches all that comes after its start."""
    spans = ("2018/2019", "2019-06-14", "2019/..", "2021")
    plan = Portfolio.of(*(Project(id=f"p{place}", label="P", calendar=span) for place, span in enumerate(spans)))
    assert [dated.on.text for dated in timeline(plan, between=between)] == sorted(expected, key=Period)


def test_a_period_that_is_none_is_refused() -> None:
    """What names no period restricts nothing."""
    with pytest.raises(InvalidValueError, match="Period"):
        timeline(Portfolio(), between="juin")


def test_the_committees_of_the_catalogue() -> None:
    """The timeline of June 2019 has the third committee, in both languages."""
    found = timeline(catalogue.action_publique_2022(), between="2019-06-20")
    (committee,) = (dated for dated in found if dated.subject.endswith("/events/citp-3"))
    assert committee.sentence("en") == "20 June 2019: programme 'Public Action 2022', event 'CITP no. 3' (date)"
    assert committee.sentence("fr") == (
        f"20 juin 2019{SPACE}: programme «{SPACE}Action Publique 2022{SPACE}», événement «{SPACE}3e CITP{SPACE}» (date)"
    )
