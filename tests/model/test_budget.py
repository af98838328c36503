"""The State budget: what is missing says why, and what is scheduled leaves a remainder."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidValueError
from levier.model.appropriations import Appropriations, Execution
from levier.model.budget import BudgetAction, BudgetProgramme, OutstandingStatement, PaymentSchedule, ScheduledPayment
from levier.model.budget_lines import BudgetLine, BudgetMovement, ExecutionLine
from levier.model.money import ZERO, Euros
from levier.model.organisations import DatedName
from levier.model.periods import Day
from levier.testing.scalars import amounts

LINES: list[tuple[Any, dict[str, Any], Any]] = [
    (BudgetLine, {"stage": "voted"}, Appropriations),
    (BudgetMovement, {"kind": "carry-over"}, Appropriations),
    (ExecutionLine, {}, Execution),
]


@pytest.mark.parametrize(("line", "written", "pair"), LINES)
@pytest.mark.parametrize("sides", [(1, 1), (0, 0), (1, None), (None, 1)])
@pytest.mark.parametrize("reason", ["", "not published"])
def test_a_missing_side_says_why(line: Any, written: Any, pair: Any, sides: Any, reason: str) -> None:
    """A reason is given where one side is missing, and only there; zero is not missing."""
    made = {**written, "year": 2018, "amounts": pair(*sides), "source_id": "rap", "missing_because": reason}
    if (None in sides) is bool(reason):
        assert line(**made).missing_because == reason
    else:
        with pytest.raises(InvalidValueError, match=r"\.missing_because: expected a reason where, and only where"):
            line(**made)


@given(st.dictionaries(st.integers(1959, 2100), amounts(), max_size=5), amounts())
def test_the_remainder_is_what_the_years_leave(payments: dict[int, Euros], remainder: Euros) -> None:
    """The payments of all years and the remainder make the stock, to the cent; one cent less is refused."""
    scheduled = [ScheduledPayment(year, amount) for year, amount in payments.items()]
    total = Euros.total(payments.values())
    schedule = PaymentSchedule(payments=scheduled, stock=total + remainder, source_id="bill")
    assert schedule.remainder == remainder
    assert Euros.total(payment.amount for payment in schedule.payments) + schedule.remainder == schedule.stock
    with pytest.raises(InvalidValueError, match="at least the payments scheduled"):
        PaymentSchedule(payments=scheduled, stock=total - Euros("0.01"), source_id="bill")


def test_the_published_schedule_leaves_what_was_published() -> None:
    """The 2021 bill's three years leave 21,182,733 euros that it does not break down."""
    years = {2021: 144_820_799, 2022: 144_999_832, 2023: 85_787_177}
    payments = [ScheduledPayment(year, amount) for year, amount in years.items()]
    schedule = PaymentSchedule(payments=payments, stock=396_790_541, source_id="plf-2021")
    assert schedule.remainder == Euros(21_182_733)
    assert PaymentSchedule(payments=[], stock=0, source_id="plf-2021").remainder == ZERO


def test_a_number_is_the_code_of_a_programme() -> None:
    """A programme's code may be written as a number, and is kept as the text that documents write."""
    assert BudgetProgramme(id=349, label="x") == BudgetProgramme(id="349", label="x")
    for code in (True, 349.0, None):
        with pytest.raises(InvalidValueError):
            BudgetProgramme(id=code, label="x")  # type: ignore[arg-type]  # refused is what is proven


def test_years_are_those_of_lines_and_executions() -> None:
    """A programme's years are those of which an appropriation or an execution is known, in order, each once."""
    amounts_of = {"amounts": Appropriations(1, 1), "source_id": "lfi"}
    programme = BudgetProgramme(
        id=349,
        label="x",
        lines=[
            BudgetLine(year=year, stage=stage, **amounts_of) for year in (2021, 2019) for stage in ("bill", "voted")
        ],
        executions=[ExecutionLine(year=year, amounts=Execution(1, 1), source_id="rap") for year in (2020, 2019)],
    )
    assert programme.years == (2019, 2020, 2021)
    assert BudgetProgramme(id=349, label="x").years == ()


def test_lines_that_differ_in_one_part_of_their_key_stand_together() -> None:
    """Stage, action, title, document and year tell lines apart; what merely describes them does not."""
    one = {"year": 2021, "stage": "voted", "amounts": Appropriations(1, 1), "source_id": "lfi"}
    others = [{"year": 2022}, {"stage": "bill"}, {"action": "01"}, {"title": "staff"}, {"source_id": "rap"}]
    lines = [BudgetLine(**one), *(BudgetLine(**{**one, **other}) for other in others)]
    assert len(BudgetProgramme(id=349, label="x", lines=lines).lines) == 6
    with pytest.raises(InvalidValueError, match="each line once"):
        BudgetProgramme(id=349, label="x", lines=[*lines, BudgetLine(**one, caveat="again")])
    used = {"year": 2021, "amounts": Execution(1, 1), "source_id": "rap"}
    executions = [ExecutionLine(**used), ExecutionLine(**used, until="2021-09-30")]
    assert BudgetProgramme(id=349, label="x", executions=executions).executions == tuple(executions)


def test_statements_say_what_they_are_about() -> None:
    """Two documents that state one fact share what it is about; a line's key adds the document."""
    line = BudgetLine(year=2021, stage="voted", amounts=Appropriations(1, 1), source_id="rap")
    used = ExecutionLine(year=2021, amounts=Execution(1, 1), source_id="rap")
    stock = OutstandingStatement(on="2020-12-31", amount=1, source_id="rap")
    schedule = PaymentSchedule(
        payments=[ScheduledPayment(2022, 1), ScheduledPayment(2021, 1)], stock=9, source_id="rap"
    )
    move = BudgetMovement(year=2021, kind="transfer", amounts=Appropriations(1, 1), on="2021-03", source_id="rap")
    for one in (line, used, stock, schedule, move):
        assert evolve(one, source_id="audit").about == one.about
    for lined in (line, used):
        assert lined.key == (*lined.about, "rap")
    assert (stock.about, schedule.about) == ((Day(2020, 12, 31), False), 2020)
    assert evolve(schedule, payments=[]).about is None
    assert evolve(move, counterpart="programme 218").about != move.about != evolve(move, on="2021-04").about


@pytest.mark.parametrize(
    ("until", "stops_on"),
    [(None, None), ("2021-11-30", Day(2021, 11, 30)), ("2021-12-31", None), ("2022-01-20", None)],
)
def test_a_count_to_the_end_of_a_year_is_of_the_whole(until: str | None, stops_on: Day | None) -> None:
    """A count that reaches 31 December, or the days after in which a year is closed, is of the whole year."""
    line = ExecutionLine(year=2021, amounts=Execution(1, 1), until=until, source_id="rap")
    assert line.stops_on == line.about[-1] == stops_on


def test_names_are_those_of_the_day() -> None:
    """A programme, its mission and an action bear the dated name of a day, or else their present one."""
    names = [DatedName(name="Fund", period="2018/2021")]
    action = BudgetAction(code="01", label="Now", names=names)
    programme = BudgetProgramme(id=349, label="Now", mission="Here", names=names, missions=names, actions=[action])
    for day, expected in (("2021-12-31", ["Fund"] * 3), ("2022-01-01", ["Now", "Here", "Now"])):
        assert [programme.name_on(day), programme.mission_on(day), action.name_on(day)] == expected
