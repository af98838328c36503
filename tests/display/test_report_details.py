"""What a report says in its cells, where a bare number or a bare reason would mislead."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from levier import (
    Appropriations,
    BudgetLine,
    BudgetProgramme,
    Euros,
    Execution,
    ExecutionLine,
    Indicator,
    IntendedEffect,
    Lever,
    Milestone,
    Observation,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Source,
    Sourced,
    Survey,
    Territory,
)
from levier.budget import OutstandingStatement, PaymentSchedule, ScheduledPayment
from levier.compute.budget.execution import budget_year
from levier.display.cards import card_of
from levier.display.pages import Cell, Report, Table
from levier.display.report import report
from levier.display.scribe import Scribe
from levier.model.figures import Figure
from levier.model.quantities import COUNT, PERCENT, SHARE
from levier.statistics import SurveyResult
from levier.wording.messages import clauses

FRANCE = Territory(id="FR", label="France")
WAIT = Indicator(id="wait", label="Délai", unit="days", direction="decrease")


def table(made: Report, name: str) -> Table:
    """Return a table of a report."""
    return next(table for section in made.sections for table in section.tables if table.id == name)


def row(made: Report, name: str, identifier: str) -> dict[str, Cell]:
    """Return the cells of one row, by column."""
    held = table(made, name)
    cells = next(row.cells for row in held.rows if row.id == identifier)
    return {column.id: cell for column, cell in zip(held.columns, cells, strict=True)}


def observed(*said: tuple[str, str, Any], **more: Any) -> Portfolio:
    """Return a portfolio of one indicator, with observations of a period, a kind, and a value or a state."""
    rows = [
        Observation(
            indicator_id="wait", period=when, kind=kind, **{"value" if isinstance(what, int) else "state": what}
        )
        for when, kind, what in said
    ]
    lever = Lever(id="l", label="L", effects=[IntendedEffect(indicator_id="wait", direction="decrease")])
    return Portfolio.of(FRANCE, WAIT, lever, *rows, **more)


def test_the_title_names_the_main_programme() -> None:
    """Of several programmes the one that holds most gives the title, which counts the others."""
    programmes = [Programme(id=name, label=name.upper(), kind="national") for name in "abc"]
    below = [Programme(id="d", label="D", kind="workstream", parent_id="b")]
    made = report(Portfolio.of(*programmes, *below), as_of="2019-06-14", lang="fr")
    assert made.title == "B et 2 autres programmes\u00a0: situation"
    two = Portfolio.of(*programmes[:2], Reform(id="r", label="R", programme_ids=["b"]))
    assert report(two, as_of="2019-06-14", lang="en").title == "B and 1 other programme: status"


def test_the_title_falls_back_on_what_is_given() -> None:
    """Without a programme the report is named after what its caller says it is about."""
    assert report(Portfolio(), as_of="2019-06-14", lang="en", about="plan.toml").title == "plan.toml: status"


def test_milestones_of_projects_count() -> None:
    """A reform is late where a project of it is, and a milestone past its date is not the next one."""
    overdue = Milestone(id="a", label="A", planned="2019-05")
    missed, to_come = overdue.not_done("2019-06-03"), Milestone(id="b", label="B", planned="2019-09")
    plan = Portfolio.of(
        Reform(id="r", label="R", milestones=[overdue]),
        Project(id="p", label="P", reform_id="r", milestones=[missed, to_come]),
        Project(id="q", label="Q", reform_id="r", milestones=[overdue]),
        Project(id="s", label="S"),
        Programme(id="top", label="Top", kind="national", milestones=[missed]),
    )
    made = report(plan, as_of="2019-06-14", lang="en")
    cells = row(made, "reforms", "reforms/r")
    assert (cells["late"].value, cells["unreported"].value) == ("1", "2")
    nexts = [row(made, "calendars", f"projects/{name}/calendar")["next"] for name in "pqs"]
    assert [cell.text for cell in nexts] == ["B (September 2019)", "no milestone to come", "no milestone"]
    assert row(made, "milestones", "programmes/top/milestones/a")["state"].value == "late"


@pytest.mark.parametrize(
    ("phase", "before", "after"),
    [
        ("stopped", "the project was stopped", "the project was stopped"),
        (
            "completed",
            "due date passed, nothing says whether reached",
            "the project was completed before it was due, nothing says whether reached",
        ),
    ],
)
def test_nobody_waits_for_the_milestones_of_a_project_that_ended(phase: str, before: str, after: str) -> None:
    """What a stopped or a completed project had planned is neither late nor to come, and there is no next one."""
    missed = Milestone(id="a", label="A", planned="2019-05", not_done_on="2019-06-03")
    project = Project(
        id="p", label="P", reform_id="r", milestones=[missed, Milestone(id="b", label="B", planned="2019-09")]
    )
    ended = project.moved_to("deployment", on="2019-01-02", because="x").moved_to(phase, on="2019-06-10", because="x")
    made = report(Portfolio.of(ended, Reform(id="r", label="R")), as_of="2019-06-14", lang="en")
    states = [row(made, "milestones", f"projects/p/milestones/{name}")["state"].text for name in "ab"]
    assert states == [before, after]
    assert row(made, "reforms", "reforms/r")["late"].value == "0"
    assert row(made, "calendars", "projects/p/calendar")["next"].text == "no milestone to come"
    earlier = report(Portfolio.of(ended, Reform(id="r", label="R")), as_of="2019-06-09", lang="en")
    assert row(earlier, "reforms", "reforms/r")["late"].value == "1"
    assert row(earlier, "calendars", "projects/p/calendar")["next"].text == "B (September 2019)"


def test_a_target_of_a_later_year_is_due() -> None:
    """Where the year of the value has no target but a later one has, the year it is due stands there."""
    plan = observed(("2018", "baseline", 40), ("2019-05", "actual", 30), ("2026", "target", 16))
    assert row(report(plan, as_of="2019-06-14", lang="en"), "indicators", "indicators/wait/FR")["attainment"].text == (
        "due 2026"
    )
    french = row(report(plan, as_of="2019-06-14", lang="fr"), "indicators", "indicators/wait/FR")["attainment"]
    assert (french.text, french.value) == ("échéance 2026", None)


@pytest.mark.parametrize(
    ("value", "said", "exact"),
    [
        (13, "100\u00a0% (plafonné\u00a0; 112,5\u00a0% avant plafonnement)", "100.00"),
        (16, "100,0\u00a0%", "100.00"),
        (52, "0\u00a0% (recul\u00a0: −50,0\u00a0%)", "0.00"),
    ],
)
def test_progress_says_where_it_is_bounded(value: int, said: str, exact: str) -> None:
    """A progress past its target, or behind its start, is bounded and says from what."""
    plan = observed(("2018", "baseline", 40), ("2019-05", "actual", value), ("2026", "target", 16))
    cell = row(report(plan, as_of="2019-06-14", lang="fr"), "indicators", "indicators/wait/FR")["progress"]
    assert (cell.text, cell.value) == (said, exact)


@pytest.mark.parametrize(
    ("state", "fr", "en"),
    [("not-collected", "non collecté", "not collected"), ("too-few", "trop peu de réponses", "too few answers")],
)
def test_a_stated_absence_has_its_label(state: str, fr: str, en: str) -> None:
    """Where an observation says why there is no value, the report says it, and not that there is none."""
    plan = observed(("2018", "baseline", 40), ("2019-05", "actual", state), ("2026", "target", "not-applicable"))
    for lang, label, target in (("fr", fr, "sans objet"), ("en", en, "not applicable")):
        made = report(plan, as_of="2019-06-14", lang=lang)  # type: ignore[arg-type]
        cells = row(made, "indicators", "indicators/wait/FR")
        assert (cells["latest"].text, cells["attainment"].text, cells["target"].text) == (label, label, target)
        assert cells["latest"].value is None
        assert label in row(made, "levers", "levers/l/effects/wait")["measured"].text


def test_the_words_of_the_source_stand_for_its_bounds() -> None:
    """A number that its source words is shown in those words, which are marked as French in an English report."""
    share = Quantity.at_least("0.6666", SHARE, stated="plus de 2/3")
    assert Scribe("fr").quantity(share) == Cell(text="plus de 2/3", value="at least 0.6666 share")
    assert Scribe("en").quantity(share).lang == "fr"
    many = Quantity.at_least(100_000, COUNT, stated="plus de 100 000")
    assert Scribe("fr").quantity(many).text == "plus de 100\u00a0000"
    assert Scribe("fr").quantity(Quantity.exact(212, COUNT)) == Cell(text="212", value="212")
    assert Scribe("fr").quantity(Quantity.between(3, 5, COUNT)).value == "between 3 and 5"


def test_a_year_under_way_is_not_missing(budget_plan: Portfolio) -> None:
    """What a year under way has not yet come to is told as such, and no rate of it is said to be missing."""
    early = budget_plan.with_(
        Source(id="rap", title="PAP", published_on="2020-10"),
        BudgetProgramme(id=349, label="T", since=2020, lines=budget_plan.budget_programmes["349"].lines),
    )
    made = report(early, as_of="2021-06-01", lang="fr")
    cells = row(made, "budget-349", "budget_programmes/349/2021/commitment")
    assert [cells[name].text for name in ("used", "unspent", "carried-over")] == ["année en cours"] * 3
    assert cells["voted"].value == "40000000.00"
    assert row(made, "budget-349", "budget_programmes/349/2020/payment")["used"].text == "non publié"
    rates = [one.id for section in made.sections for held in section.tables for one in held.rows if "rates" in held.id]
    assert not any("/2021/" in identifier for identifier in rates)


def test_a_count_of_a_part_of_a_year_shows_its_day(budget_plan: Portfolio) -> None:
    """What was used by a day, and its rate, stand with that day, in the table, in the sentence and on a card."""
    held = budget_plan.budget_programmes["349"]
    used = ExecutionLine(year=2021, until="2021-11-30", amounts=Execution(10, 73_982_034), source_id="rap")
    plan = budget_plan.with_(evolve(held, executions=[used]))
    shown = "€73,982,034 (as of 30 November 2021)"
    made = report(plan, as_of="2022-06-01", lang="en")
    assert row(made, "budget-349", "budget_programmes/349/2021/payment")["used"].text == shown
    cells = row(made, "rates-349", "budget_programmes/349/2021/payment/opened")
    assert cells["rate"].text == "50.0% (as of 30 November 2021)"
    assert "paid by 30 November 2021 / " in cells["how"].text
    french = row(report(plan, as_of="2022-06-01", lang="fr"), "budget-349", "budget_programmes/349/2021/payment")
    assert french["used"].text.endswith("€ (au 30 novembre 2021)")
    card = dict(card_of(budget_year(plan, 349, 2021), "en").lines)
    assert shown in {cell.text for cell in card.values()}


def test_what_other_documents_state_is_noted() -> None:
    """Amounts, counts and schedules that another document states otherwise have a note that names it."""
    documents = [Source(id=name, title=name.upper(), published_on=day) for name, day in (("a", "2019"), ("b", "2020"))]
    pair = [("a", 5), ("b", 6)]
    programme = BudgetProgramme(
        id=9,
        label="B",
        lines=[BudgetLine(year=2018, stage="voted", amounts=Appropriations(n, 1), source_id=s) for s, n in pair],
        outstanding=[OutstandingStatement(on="2018-12-31", amount=n, source_id=s) for s, n in pair],
        schedules=[PaymentSchedule(payments=[ScheduledPayment(2019, 1)], stock=n, source_id=s) for s, n in pair],
    )
    made = report(Portfolio.of(programme, *documents), as_of="2022-01-01", lang="en")
    assert table(made, "budget-9").notes[0] == ("€6 voted (initial budget act 2018): other documents give €5 (A).")
    assert (
        "€6 outstanding at the end of 2018, published: other documents give €5 (A)."
        in table(made, "outstanding-9").notes
    )
    assert table(made, "schedule-9-0").notes == ("Another schedule of the same stock: €5 (A).",)
    assert len([one for section in made.sections for one in section.tables if one.id.startswith("schedule-")]) == 1


def test_a_forecast_says_whose_it_is() -> None:
    """A bill's own forecast and one computed by the bills' method are told apart, and the method is spelt out."""
    used = [ExecutionLine(year=year, amounts=Execution(60, 10), source_id="rap") for year in (2019, 2020)]
    lines = [line for year in (2019, 2020) for line in opened(year)]
    said = OutstandingStatement(on="2019-12-31", amount=70, is_forecast=True, source_id="rap")
    programme = BudgetProgramme(id=9, label="B", since=2019, lines=lines, executions=used, outstanding=[said])
    plan = Portfolio.of(Source(id="rap", title="RAP", published_on="2021-05"), programme)
    made = report(plan, as_of="2022-01-01", lang="en")
    bill, method = (row(made, "outstanding-9", f"budget_programmes/9/outstanding/{year}") for year in (2019, 2020))
    assert (bill["forecast"].value, bill["forecast-by"].text) == ("70.00", "budget bill")
    assert (method["forecast"].value, method["forecast-by"].text) == ("130.00", "computed by the bills' method")
    how = [
        row(made, "outstanding-explained", f"budget_programmes/9/outstanding/{year}")["how"].text
        for year in (2019, 2020)
    ]
    assert "bills' method" not in how[0]
    spelt = how[1].partition("the bills' method (")[2]
    assert spelt.count("€130 ") == 1
    assert all(part in spelt for part in ("€50 outstanding", "+ €100 opened (2020)", "− €20 voted"))


def opened(year: int) -> list[Any]:
    """Return what was voted and opened in a year."""
    stages = {"voted": Appropriations(90, 20), "opened": Appropriations(100, 20)}
    return [BudgetLine(year=year, stage=stage, amounts=pair, source_id="rap") for stage, pair in stages.items()]


def test_french_agrees() -> None:
    """An address and a caveat that are not there are feminine, semicolons have their space, cards their agreement."""
    survey = Survey(
        id="s",
        label="S",
        population="P",
        results=[SurveyResult(id="a", question="Q", share=Quantity.exact(1, PERCENT), source_id="p")],
    )
    figure = Figure(id="n", label="N", value=Sourced(value=Quantity.exact(1, COUNT), source_id="p"))
    plan = Portfolio.of(survey, Source(id="p", title="Page"), Reform(id="r", label="R", figures=[figure]))
    made = report(plan, as_of="2024-01-01", lang="fr")
    assert row(made, "surveys", "surveys/s/results/a")["caveat"].text == "aucune"
    assert row(made, "sources", "sources/p")["url"].text == "aucune"
    assert Scribe("fr").text(clauses("a", "b")).text == "a\u00a0; b"
    assert Scribe("en").text(clauses("a", "b")).text == "a; b"


def test_a_card_names_units_and_credits(budget_plan: Portfolio) -> None:
    """A card writes a unit in words, and credits in a form that agrees with both kinds of them."""
    lines = dict(card_of(Indicator(id="i", label="I", unit="count"), "fr").lines)
    assert lines["Unité"].text == "nombre"
    labels = [label for label, _ in card_of(budget_year(budget_plan, 349, 2021), "fr").lines]
    assert labels[0] == "Crédits votés (autorisations d’engagement)"
    assert Euros(40_000_000).text == card_of(budget_year(budget_plan, 349, 2021), "fr").lines[0][1].value
