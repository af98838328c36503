"""What a report says of a portfolio: what is known, and why the rest is not."""

from __future__ import annotations

import pytest
from attrs import evolve, fields

from levier import (
    Campus,
    CampusSession,
    Day,
    Indicator,
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
    catalogue,
)
from levier.display.pages import Cell, Report, Table
from levier.display.report import report
from levier.display.view import View
from levier.errors import InvalidValueError
from levier.indicators import Definition
from levier.model.figures import Figure
from levier.model.quantities import COUNT, PERCENT
from levier.model.sources import Stated
from levier.statistics import SurveyResult


def table(made: Report, name: str) -> Table:
    """Return a table of a report."""
    return next(table for section in made.sections for table in section.tables if table.id == name)


def row(made: Report, name: str, identifier: str) -> dict[str, Cell]:
    """Return the cells of one row, by column."""
    held = table(made, name)
    cells = next(row.cells for row in held.rows if row.id == identifier)
    return {column.id: cell for column, cell in zip(held.columns, cells, strict=True)}


def sentences(made: Report, name: str) -> tuple[str, ...]:
    """Return the sentences of one section."""
    return next(section.sentences for section in made.sections if section.id == name)


def test_an_empty_portfolio_is_reported() -> None:
    """A report of nothing has all its sections, and says in each that there is nothing."""
    made = report(Portfolio(), as_of="2019-06-14", lang="en")
    assert made.title == "Status of the transformation"
    assert made.sentences == ("As of 14 June 2019.",)
    assert sentences(made, "levers") == ("The portfolio holds none.",)
    assert sentences(made, "findings") == ("No findings.",)
    assert sentences(made, "conflicts") == ("No conflict between sources is known.",)
    assert len(made.sections) == 11


@pytest.mark.parametrize("as_of", ["", "today", "2019-13-01", "14/06/2019", None])
def test_a_report_is_of_a_day(as_of: str) -> None:
    """What is no day is refused: nothing reads the clock in its place."""
    with pytest.raises(InvalidValueError, match="a day such as"):
        report(Portfolio(), as_of=as_of, lang="en")


def test_a_report_is_in_a_language_it_knows() -> None:
    """A language without words is refused."""
    with pytest.raises(InvalidValueError, match="'fr' or 'en'"):
        report(Portfolio(), as_of="2019-06-14", lang="de")  # type: ignore[arg-type]


def test_same_input_same_report(example: Portfolio) -> None:
    """Two reports of one portfolio are equal."""
    assert report(example, as_of="2025-04-30", lang="fr") == report(example, as_of="2025-04-30", lang="fr")


def test_one_root_programme_gives_the_title() -> None:
    """A report of one plan is named after it; its label stays French where it has no English one."""
    plan = Portfolio.of(Programme(id="p", label="Plan", label_en="The plan", kind="ministerial-plan"))
    assert report(plan, as_of="2019-06-14", lang="fr").title == "Plan\u00a0: situation"
    assert report(plan, as_of="2019-06-14", lang="en").title == "The plan: status"


def test_progress_is_of_the_day(waiting_plan: Portfolio) -> None:
    """A report of June counts the value recorded in June; a report of May does not."""
    late = row(report(waiting_plan, as_of="2019-06-14", lang="fr"), "indicators", "indicators/wait/46")
    early = row(report(waiting_plan, as_of="2019-05-31", lang="fr"), "indicators", "indicators/wait/46")
    assert (late["latest"].text, late["progress"].text, late["progress"].value) == (
        "25\u00a0jours",
        "62,5\u00a0%",
        "62.50",
    )
    assert (early["latest"].text, early["progress"].value) == ("30\u00a0jours", "41.67")
    assert late["baseline"].value == "40"
    assert (late["target"].text, late["target-period"].text) == ("16\u00a0jours", "décembre 2020")


def test_missing_values_have_a_reason(waiting_plan: Portfolio) -> None:
    """Before anything is recorded, each number that is missing says why, and none is zero."""
    made = report(waiting_plan, as_of="2018-01-01", lang="en")
    cells = row(made, "indicators", "indicators/wait/FR")
    assert cells["territory"].text == "nation"
    assert (cells["latest"].text, cells["latest"].value) == ("no value", None)
    assert (cells["target"].text, cells["progress"].text) == ("no target", "no baseline")
    assert all(cell.value != "0" for cell in cells.values())


def test_a_lever_says_whether_it_is_measured(waiting_plan: Portfolio) -> None:
    """A lever is measured once a value of what it should move is known."""
    effect = "levers/desks/effects/wait"
    late = row(report(waiting_plan, as_of="2019-06-14", lang="en"), "levers", effect)
    early = row(report(waiting_plan, as_of="2018-06-14", lang="en"), "levers", effect)
    assert (late["moves"].text, late["direction"].value) == ("Waiting time", "decrease")
    assert late["measured"].text == "yes, May 2019"
    assert early["measured"].text == "no: no value observed"
    assert late["size"].text == "size not stated"


def test_attainment_of_a_year() -> None:
    """A year with a value and a target says whether it was met; no baseline is asked for."""
    rows = [
        Observation(indicator_id="time", period=year, kind=kind, value=value)
        for year, kind, value in [("2019", "actual", 71), ("2020", "actual", 95), ("2020", "target", 60)]
    ]
    appraisal = Indicator(id="time", label="Délai", unit="days", direction="decrease")
    plan = Portfolio.of(Territory(id="FR", label="France"), appraisal, *rows)
    made = report(plan, as_of="2021-01-01", lang="en")
    cells = row(made, "attainments", "indicators/time/FR/2020")
    assert cells["attainment"].text == "not met and not improved (2020)"
    assert row(made, "indicators", "indicators/time/FR")["progress"].text == "no baseline"


def test_observations_that_contradict_each_other_are_told() -> None:
    """Two values of one month that nothing tells apart give a reason, not a crash and not one of the two."""
    sources = [Source(id=name, title=name) for name in "ab"]
    rows = [
        Observation(indicator_id="time", period="2020", kind=kind, value=value, source_id=source)
        for kind, value, source in [("actual", 95, "a"), ("target", 60, "a"), ("target", 45, "b"), ("baseline", 9, "a")]
    ]
    appraisal = Indicator(id="time", label="Délai", unit="days", direction="decrease")
    plan = Portfolio.of(Territory(id="FR", label="France"), appraisal, *sources, *rows)
    made = report(plan, as_of="2021-01-01", lang="en")
    attained = row(made, "attainments", "indicators/time/FR/2020")
    assert attained["attainment"].text == "conflicting values (2020)"
    assert (attained["value"].value, attained["target"].text) == ("95", "conflicting values")
    followed = row(made, "indicators", "indicators/time/FR")
    assert [followed[name].text for name in ("target", "progress")] == ["conflicting values"] * 2
    said = row(made, "progress-explained", "indicators/time/FR")["how"].text
    assert "target 60 days (2020, a): contradicted by another value of its month" in said
    rest = [rows[0], evolve(rows[1], period="2018", source_id="a"), rows[3]]
    early = Portfolio.of(Territory(id="FR", label="France"), appraisal, *sources, *rest)
    told = {lang: report(early, as_of="2021-01-01", lang=lang) for lang in ("fr", "en")}
    cells = {lang: row(made, "indicators", "indicators/time/FR")["progress"].text for lang, made in told.items()}
    assert cells == {
        "fr": "cible antérieure à la valeur initiale",
        "en": "the target is dated before the baseline",
    }


def test_a_change_of_definition_is_shown() -> None:
    """The versions of a definition are listed where there are several."""
    changed = Indicator(
        id="i",
        label="I",
        unit="%",
        definitions=[
            Definition(version=1, text="before", period="2018/2019"),
            Definition(version=2, text="after", period="2020/.."),
        ],
    )
    made = report(Portfolio.of(changed), as_of="2021-01-01", lang="en")
    assert row(made, "definitions", "indicators/i/definitions/2")["period"].text == "since 2020"


def test_a_survey_without_n_says_so() -> None:
    """The key figure is shown as what it is: undated, its n unknown, its decimal kept, its sample called by name."""
    survey = Survey(
        id="s",
        label="S",
        population="Firms",
        self_selected=True,
        results=[
            SurveyResult(
                id="a", question="Satisfied?", share=Quantity.exact("86.0", PERCENT), decimals=1, source_id="p"
            ),
            SurveyResult(id="b", question="Often?", share=Quantity.about(70, PERCENT), sample_size=1204, source_id="p"),
        ],
    )
    made = report(Portfolio.of(survey, Source(id="p", title="Page")), as_of="2024-01-01", lang="fr")
    undated = row(made, "surveys", "surveys/s/results/a")
    assert (undated["share"].text, undated["sample"].text) == ("86,0\u00a0%", "effectif inconnu")
    assert (undated["period"].text, undated["base"].text) == ("date inconnue", "Firms")
    assert "volontaires" in undated["caveat"].text
    about = row(made, "surveys", "surveys/s/results/b")
    assert (about["share"].text, about["sample"].text) == ("environ 70\u00a0%", "1\u202f204")


def test_rates_name_their_denominator(budget_plan: Portfolio) -> None:
    """Commitments of 2021 are 417.5 % of what was voted and 39.0 % of what was opened: each rate says of what."""
    made = report(budget_plan, as_of="2022-06-01", lang="fr")
    path = "budget_programmes/349/2021/commitment"
    voted, opened = (row(made, "rates-349", f"{path}/{over}") for over in ("voted", "opened"))
    assert (voted["denominator"].text, voted["rate"].text) == ("crédits votés", "417,5\u00a0%")
    assert (opened["denominator"].text, opened["rate"].text) == ("crédits ouverts", "39,0\u00a0%")
    assert "166\u202f988\u202f229\u00a0€ engagés" in voted["how"].text


def test_money_that_was_not_published_is_not_zero(budget_plan: Portfolio) -> None:
    """A side that no document gives says so, with the document's reason in a note."""
    made = report(budget_plan, as_of="2022-06-01", lang="en")
    cells = row(made, "budget-349", "budget_programmes/349/2020/payment")
    assert (cells["voted"].text, cells["voted"].value) == ("not published", None)
    assert any("no document gives it" in note for note in table(made, "budget-349").notes)


def test_years_after_the_day_are_left_out(budget_plan: Portfolio) -> None:
    """A report of 2020 knows nothing of 2021, even where a document of 2020 speaks of it."""
    early = budget_plan.with_(Source(id="rap", title="PAP 2021", published_on="2020-10"))
    made = report(early, as_of="2020-12-31", lang="en")
    assert {row.id.split("/")[2] for row in table(made, "budget-349").rows} == {"2020"}


def test_phases_are_of_the_day() -> None:
    """A project stands where its last step by that day put it; before any it is in framing, as the model says."""
    moved = Project(id="p", label="P").moved_to("experimentation", on="2019-06-20", because="third CITP")
    plan = Portfolio.of(moved, Project(id="q", label="Q"))
    before, after = (report(plan, as_of=day, lang="en") for day in ("2019-06-14", "2019-06-20"))
    phase = row(before, "projects", "projects/p")["phase"]
    assert (phase.text, phase.value) == ("Framing (no dated step)", "framing")
    assert row(before, "phases", "phases/framing")["number"].value == "2"
    assert row(after, "projects", "projects/p")["phase"].text == "Experimentation"
    assert row(after, "phases", "phases/framing")["number"].value == "1"


def test_what_a_reform_lacks_is_shown() -> None:
    """A reform without lead, calendar and indicators says all three, and the findings do."""
    made = report(Portfolio.of(Reform(id="r", label="R")), as_of="2019-06-14", lang="en")
    cells = row(made, "reforms", "reforms/r")
    assert (cells["lead"].text, cells["calendar"].text, cells["indicators"].value) == ("no lead", "no calendar", "0")
    found = {row.id for row in table(made, "findings").rows}
    assert {"reforms/r/reform-without-lead", "reforms/r/reform-without-indicator"} <= found


def test_conflicts_keep_what_every_source_says() -> None:
    """A disputed number is shown with all that is said of it and why one is kept; findings do not repeat it."""
    figure = Figure(
        id="n",
        label="Communes",
        value=Sourced(
            value=Quantity.exact(63, COUNT),
            source_id="a",
            alternatives=[Stated(value=Quantity.exact(65, COUNT), source_id="b", scope="desks")],
            preferred_because="it counted them",
        ),
    )
    plan = Portfolio.of(
        Reform(id="r", label="R", figures=[figure]), Source(id="a", title="Lot"), Source(id="b", title="Gazette")
    )
    made = report(plan, as_of="2019-06-14", lang="en")
    cells = row(made, "conflicts", "reforms/r/figures/n/value")
    assert (cells["preferred"].text, cells["alternatives"].text) == ("63 (Lot)", "65, desks (Gazette)")
    assert cells["why"].text == "it counted them"
    assert not any("conflict" in row.id for row in table(made, "findings").rows)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_example_reports_well(example: Portfolio, lang: str) -> None:
    """The ministry's plan fills every section but the one it has nothing for, in both languages."""
    made = report(example, as_of="2025-04-30", lang=lang)  # type: ignore[arg-type]
    assert [section.id for section in made.sections if not section.tables] == ["instruments"]
    assert row(made, "awards-ministry-fund", "funds/ministry-fund/awards/award-lot")["paid"].value == "1000000.00"
    assert row(made, "awards-ministry-fund", "funds/ministry-fund/awards/award-form")["paid"].value is None
    assert row(made, "schedule-999-0", "budget_programmes/999/schedules/0/remainder")["amount"].value == "2286349.60"
    assert row(made, "outstanding-999", "budget_programmes/999/outstanding/2024")["by-flows"].value == "16286349.60"
    state = row(made, "milestones", "projects/mobile-desk/milestones/evaluation")["state"]
    said = {
        "en": "due date passed, nothing says whether reached",
        "fr": "échéance passée, rien ne dit s’il est atteint",
    }
    assert (state.text, state.value) == (said[lang], "unreported")
    assert row(made, "indicators", "indicators/waiting-time/46")["progress"].value == "100.00"


def test_the_example_shows_both_languages(example: Portfolio) -> None:
    """English labels stand in the English report; French text in it is marked as French."""
    made = report(example, as_of="2025-04-30", lang="en")
    assert row(made, "projects", "projects/one-stop-desk")["project"].text == "One-stop desk in Lot"
    assert row(made, "calls-ministry-fund", "funds/ministry-fund/calls/call-2024")["call"].lang == "fr"
    french = report(example, as_of="2025-04-30", lang="fr")
    cells = [
        cell for section in french.sections for table in section.tables for row in table.rows for cell in row.cells
    ]
    assert {cell.lang for cell in cells} == {""}


def test_the_catalogue_reports_in_both_languages() -> None:
    """The shipped catalogue fills every section, with the fund, the budget of 2021 and the sources in conflict."""
    for lang, rate in (("fr", "417,5\u00a0%"), ("en", "417.5%")):
        made = report(catalogue.action_publique_2022(), as_of="2026-07-31", lang=lang)  # type: ignore[arg-type]
        assert all(section.tables for section in made.sections)
        assert row(made, "rates-349", "budget_programmes/349/2021/commitment/voted")["rate"].text == rate
        assert (
            row(made, "outstanding-349", "budget_programmes/349/outstanding/2020")["by-flows"].value == "127868473.00"
        )
        assert row(made, "conflicts", "funds/ftap/allocation")["preferred"].value.startswith("700000000.00")
        assert any("2022" in note for note in table(made, "budget-349").notes)


def test_instruments_are_dated_and_placed() -> None:
    """Each instrument shows the date that its class has, and where it was held where that is known."""
    plan = Portfolio.of(
        Territory(id="46", label="Lot"),
        Campus(id="campus", label="Campus"),
        CampusSession(id="day", label="Design", campus_id="campus", territory_id="46", period="2019-03-05"),
    )
    made = report(plan, as_of="2019-06-14", lang="fr")
    session = row(made, "instruments", "instruments/day")
    assert (session["place"].text, session["date"].text) == ("Lot", "5 mars 2019")
    assert row(made, "instruments", "instruments/campus")["date"].text == "date inconnue"


def test_conflicts_of_any_kind_of_value() -> None:
    """Counts and amounts on which sources disagree are shown with what the field is called."""
    people = Sourced(
        value=173_000, source_id="a", alternatives=[Stated(value=174_000, source_id="a")], preferred_because="newer"
    )
    plan = Portfolio.of(Territory(id="46", label="Lot", population=people), Source(id="a", title="Insee"))
    made = report(plan, as_of="2019-06-14", lang="en")
    cells = row(made, "conflicts", "territories/46/population")
    assert (cells["fact"].text, cells["preferred"].text) == ("Lot (population)", "173,000 (Insee)")


def test_findings_name_what_they_are_about(example: Portfolio) -> None:
    """A finding shows the name of its subject, and its path where nothing of the portfolio bears it."""
    view = View.of(example, as_of=Day(2025, 4, 30), lang="en")
    assert view.subject("indicators/waiting-time").text == "Mean time to handle a case"
    assert view.subject("budget/2024").text == "State budget 2024"
    assert view.subject("elsewhere/x").text == "elsewhere/x"
    assert view.subject("indicators/none").text == "indicators/none"


def test_an_unsourced_value_says_so(example: Portfolio) -> None:
    """Where no document is named, the cell says that it is not given."""
    assert View.of(example, as_of=Day(2025, 4, 30), lang="en").source(None).text == "not given"


def test_a_value_added_up_from_below_stands_first() -> None:
    """An indicator with an aggregation has a row of the nation, from what its departments report."""
    rows = [
        Observation(indicator_id="visits", territory_id=place, period="2019-05", kind="actual", value=value)
        for place, value in (("12", 3), ("46", 4))
    ]
    plan = Portfolio.of(
        Territory(id="FR", label="France"),
        Territory(id="12", label="Aveyron", parent_id="FR"),
        Territory(id="46", label="Lot", parent_id="FR"),
        Indicator(id="visits", label="Visites", unit="count", direction="increase", aggregation="sum"),
        *rows,
    )
    made = report(plan, as_of="2019-06-14", lang="en")
    assert table(made, "indicators").rows[0].id == "indicators/visits/FR"
    assert row(made, "indicators", "indicators/visits/FR")["latest"].value == "7"


def test_no_row_contradicts_itself() -> None:
    """What is added up for the nation has its value, its attainment and its progress, of how many it is of."""
    said = [("2018-12", "baseline", 0), ("2019-04", "actual", 3), ("2019-12", "target", 6)]
    rows = [
        Observation(indicator_id="visits", territory_id=place, period=when, kind=kind, value=value)
        for place in ("12", "46")
        for when, kind, value in said
    ]
    later = Observation(indicator_id="visits", territory_id="46", period="2019-05", kind="actual", value=5)
    plan = Portfolio.of(
        Territory(id="FR", label="France"),
        *(Territory(id=code, label=code) for code in ("12", "46", "48")),
        Indicator(id="visits", label="Visites", unit="count", direction="increase", aggregation="sum"),
        *rows,
        later,
    )
    made = report(plan, as_of="2019-06-14", lang="en")
    followed = row(made, "indicators", "indicators/visits/FR")
    shown = [followed[name].text for name in ("baseline", "latest", "target", "attainment", "progress")]
    assert shown == [
        "0 (2 of 3)",
        "8 (2 of 3, 1 carried from April 2019)",
        "12 (2 of 3)",
        "not met, improvement unknown (2019)",
        "66.7%",
    ]
    attained = row(made, "attainments", "indicators/visits/FR/2019")
    assert (attained["value"].value, attained["target"].value) == ("8", "12")


def test_a_report_of_the_day_of_the_article() -> None:
    """What is known only later is left out, and the report says so; it counts what is left."""
    plan = catalogue.action_publique_2022()
    made = report(plan, as_of="2019-06-14", lang="en")
    assert "left out" in made.sentences[1]
    counts = {row.cells[0].value: row.cells[1].value for row in made.sections[0].tables[0].rows}
    assert counts["sources"] == str(len(plan.as_of("2019-06-14").sources))
    budget = next(section for section in made.sections if section.id == "budget")
    assert (budget.tables, budget.sentences) == ((), ("None was known on that date.",))


@pytest.mark.parametrize("year", range(2013, 2027))
def test_the_example_grows_from_year_to_year(year: int, example: Portfolio) -> None:
    """Cut at the end of any year, the example is a portfolio, and holds no less than a year before."""
    before, after = (example.as_of(Day(day, 12, 31)) for day in (year - 1, year))
    for noun in fields(Portfolio):
        assert len(getattr(before, noun.name)) <= len(getattr(after, noun.name)) <= len(getattr(example, noun.name))
