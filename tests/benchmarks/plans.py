"""
Ask a whole plan: as known on a day, its findings, a part of it, two merged, its report; beside `loads` of the same.

Then single questions, beside the shortest honest Python that gives the same numbers: where 101 departments stand, their
sum, what a budget programme opened in a year and owes at its end, the balances of 500 awards.

Times are of the process, so that other work on the machine does not count. A plan is loaded afresh for each question,
because portfolios keep their last answers.

    python tests/benchmarks/plans.py [--quick] [--json FILE]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from attrs import evolve
from rows import Row, parser_of, seconds, show, write

import levier
from levier import (
    Appropriations,
    BudgetLine,
    BudgetProgramme,
    Euros,
    Execution,
    ExecutionLine,
    Fund,
    Indicator,
    Observation,
    ObservationKind,
    Portfolio,
    Source,
    catalogue,
)
from levier.budget import BudgetStage, outstanding
from levier.budget import year as budget_year
from levier.display.report import report
from levier.fund import EntryKind, balances
from levier.history import merge
from levier.indicators import aggregate_of, status_of
from levier.model.observations import Observations
from levier.rules import check
from levier.testing import samples

DAY = "2023-06-30"
CENT = Decimal("0.01")
AT_MOST = {"as_of": 5.0, "check": 3.0, "where": 1.0, "merge": 5.0, "report": 10.0}
SIZES = (2_000, 20_000)
QUICK_SIZES = (200, 1_000)
ROWS = 360_000
QUICK_ROWS = 36_000


def loaded(text: bytes) -> Portfolio:
    """Return a plan about which nothing was asked yet."""
    plan = levier.loads(text)
    assert isinstance(plan, Portfolio)
    return plan


def questions(text: bytes, rounds: int) -> dict[str, float]:
    """Return the median times of `loads` and of each question."""
    changed = loaded(text)
    changed = changed.with_(evolve(changed.observations[5], period="2031-01"))
    lever = next(iter(changed.levers))
    asked: dict[str, Callable[[Portfolio], object]] = {
        "as_of": lambda plan: plan.as_of(DAY),
        "check": lambda plan: check(plan, as_of=DAY),
        "where": lambda plan: plan.where(lever_id=lever),
        "merge": lambda plan: merge(changed, plan),
        "report": lambda plan: report(plan, as_of=DAY, lang="fr"),
    }
    times = {name: median(_each(act, text, rounds)) for name, act in asked.items()}
    return {"loads": median(seconds(lambda: loaded(text)) for _ in range(rounds)), **times}


def _each(act: Callable[[Portfolio], object], text: bytes, rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        plan = loaded(text)
        found.append(seconds(lambda plan=plan: act(plan)))  # type: ignore[misc]  # bound for this round
    return found


def one_more(rows: int) -> float:
    """Return the milliseconds of `with_` of one observation in a table of so many."""
    table = Observations(
        Observation(
            indicator_id=f"i{number // 120:05d}",
            period=f"{2015 + number % 120 // 12}-{number % 12 + 1:02d}",
            kind="actual",
            value=number,
        )
        for number in range(rows)
    )
    new = [evolve(table[place], value=1) for place in range(0, rows, rows // 50)]
    return median(seconds(lambda row=row: table.with_(row)) for row in new) * 1e3  # type: ignore[misc]


def departments() -> tuple[Portfolio, tuple[str, ...]]:
    """Return a plan of one indicator in 101 departments, and their codes."""
    places = [evolve(place, source_ids=[], population=None) for place in catalogue.territories().values()]
    codes = tuple(place.id for place in places if place.level == "department")[:101]
    wait = Indicator(id="i", label="I", unit="count", direction="increase", aggregation="sum", periodicity_months=1)
    rows = [
        Observation(indicator_id="i", territory_id=code, period=period, kind=kind, value=value)
        for number, code in enumerate(codes)
        for period, kind, value in (
            ("2019-01", "baseline", number % 7),
            ("2020-06", "actual", number % 13 + 5),
            ("2021-06", "actual", number % 17 + 6),
            ("2022-12", "target", 40 + number % 5),
        )
    ]
    return Portfolio.of(wait, *places, *rows), codes


def gaps_by_hand(plan: Portfolio) -> list[Decimal]:
    """Return the gap of each department to their median progress: the shortest honest loop."""
    held: dict[str, dict[str, Any]] = {}
    for row in plan.observations:
        held.setdefault(row.territory_id, {})[row.kind] = row.value
    shares = [
        (100 * (one["actual"] - one["baseline"]) / (one["target"] - one["baseline"])).quantize(CENT, ROUND_HALF_UP)
        for one in held.values()
    ]
    middle = median(shares)
    return [share - middle for share in shares]


def sum_by_hand(plan: Portfolio) -> Decimal:
    """Return the sum of the last actual value of each department."""
    last = {row.territory_id: row.value for row in plan.observations if row.kind is ObservationKind.ACTUAL}
    return sum((value for value in last.values() if value is not None), Decimal(0))


def balances_by_hand(fund: Fund) -> dict[str, int]:
    """Return the cents that each award has left to pay."""
    signs = {EntryKind.COMMITMENT: 1, EntryKind.DECOMMITMENT: -1, EntryKind.PAYMENT: -1, EntryKind.RECOVERY: 1}
    found: dict[str, int] = defaultdict(int)
    for entry in fund.entries:
        found[entry.award_id] += signs[entry.kind] * entry.amount.cents
    return found


def budget() -> Portfolio:
    """Return a plan of one budget programme, of which a hundred lines tell what was opened and used."""
    lines = [
        BudgetLine(year=year, stage="opened", amounts=Appropriations(year, year), source_id="s")
        for year in range(2000, 2050)
    ]
    spent = [ExecutionLine(year=year, amounts=Execution(year, year - 1), source_id="s") for year in range(2000, 2050)]
    held = BudgetProgramme(id=349, label="P", lines=lines, executions=spent, since=2000)
    return Portfolio.of(held, Source(id="s", title="S"))


def opened(plan: Portfolio) -> Euros | None:
    """Return what one year opened."""
    return budget_year(plan, 349, 2003).amount("opened", "payment").value


def opened_by_hand(plan: Portfolio) -> Euros | None:
    """Return the same, from the line that tells it."""
    lines = plan.budget_programmes["349"].lines
    return next(line.amounts.payment for line in lines if (line.year, line.stage) == (2003, BudgetStage.OPENED))


def owed_by_hand(plan: Portfolio) -> Euros:
    """Return what was committed and not paid at the end of a year."""
    spent = [line.amounts for line in plan.budget_programmes["349"].executions if line.year <= 2003]
    return Euros.total(one.committed - one.paid for one in spent if one.committed is not None and one.paid is not None)


def single_questions(rounds: int) -> list[Row]:
    """Return a row for each question that is asked of one thing, beside the Python that one would write."""
    (plan, codes), fund, money = departments(), samples.fund(awards=500), budget()
    pairs: list[tuple[str, Callable[[], Any], Callable[[], Any], float]] = [
        (
            "standings of 101 departments",
            lambda: [status_of(plan, "i", code, as_of=DAY).gap.value for code in codes],
            lambda: gaps_by_hand(plan),
            15.0,
        ),
        ("sum over 101 departments", lambda: aggregate_of(plan, "i", as_of=DAY).value, lambda: sum_by_hand(plan), 63.0),
        (
            "a budget year",
            lambda: budget_year(money, 349, 2003).amount("opened", "payment").value,
            lambda: opened_by_hand(money),
            29.0,
        ),
        ("outstanding", lambda: outstanding(money, 349, year=2003).by_flows.value, lambda: owed_by_hand(money), 51.0),
        (
            "balances of 500 awards",
            lambda: {one.key: one.outstanding.cents for one in balances(fund)},
            lambda: balances_by_hand(fund),
            15.0,
        ),
    ]
    rows = []
    for name, asked, by_hand, most in pairs:
        if asked() != by_hand():
            raise SystemExit(f"{name}: other numbers")
        ours, theirs = (median(seconds(act) for _ in range(4 * rounds + 1)) for act in (asked, by_hand))
        rows.append(Row(f"{name} / by hand", ours / theirs, most))
    return rows


def measured(sizes: tuple[int, ...], rows: int, rounds: int) -> list[Row]:
    """Measure, print the table, and return the rows."""
    found: dict[int, dict[str, float]] = {}
    drawn: dict[int, float] = {}
    for size in sizes:
        plans: list[Any] = []
        drawn[size] = seconds(lambda size=size, plans=plans: plans.append(samples.portfolio(projects=size)))  # type: ignore[misc]
        found[size] = questions(levier.dumps(plans.pop()), rounds)
        print(f"{size:>7,} projects: samples.portfolio {drawn[size] * 1e3:.0f} ms; ", end="")
        print(", ".join(f"{name} {taken * 1e3:.0f} ms" for name, taken in found[size].items()))
    small, large = sizes[0], sizes[-1]
    lines = [
        Row(f"{name} / loads, {small:,} projects", found[small][name] / found[small]["loads"], most)
        for name, most in AT_MOST.items()
    ]
    lines += [
        Row(f"{name}, a project: {large:,} / {small:,}", found[large][name] / found[small][name] * small / large, 1.5)
        for name in AT_MOST
    ]
    growth = drawn[large] / drawn[small] * small / large
    lines.append(Row(f"samples.portfolio, a project: {large:,} / {small:,}", growth, 1.5))
    lines += single_questions(rounds)
    lines.append(Row(f"with_ of one observation of {rows:,}, in milliseconds", one_more(rows), 3.0))
    return lines


def main() -> None:
    """Run the benchmark as a script."""
    options = parser_of(__doc__, quick="fewer rounds and smaller plans").parse_args()
    rows = measured(QUICK_SIZES, QUICK_ROWS, rounds=3) if options.quick else measured(SIZES, ROWS, rounds=5)
    show(rows)
    write(rows, options.json)


if __name__ == "__main__":
    main()
