"""A portfolio as it was known on a day: nothing of the future, nothing that dangles."""

from __future__ import annotations

import gc
from datetime import date
from typing import Any
from weakref import ref

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

import levier
from levier import (
    Appropriations,
    Award,
    BudgetLine,
    BudgetProgramme,
    Call,
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    Day,
    Euros,
    Execution,
    ExecutionLine,
    Figure,
    Fund,
    Indicator,
    InnovationWeek,
    IntendedEffect,
    Lever,
    LeverActivation,
    Milestone,
    Observation,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Registry,
    Saving,
    Source,
    Sourced,
    Survey,
    Territory,
    catalogue,
)
from levier.budget import BudgetAction, OutstandingStatement, PaymentSchedule, ScheduledPayment
from levier.indicators import Definition
from levier.instruments import ChallengeStage, Experiment, Idea, LocalProblem
from levier.model import _as_known
from levier.model._rebuilding import rebuild
from levier.model._shapes import fields_with_parts
from levier.model.dating import KnownSince, known_since
from levier.model.events import Event
from levier.model.periods import parse_day
from levier.model.quantities import COUNT, EUROS, PERCENT
from levier.model.sources import Stated
from levier.plans import ConfidenceRating, DatedName, PhaseStep
from levier.statistics import SurveyResult
from levier.testing import scalars
from levier.testing.strategies import of

DAY = Day(2019, 6, 14)
OLD = Source(id="old", title="Old", published_on="2019-05")
LATE = Source(id="late", title="Late", published_on="2019-07")
BARE = Source(id="bare", title="Bare")
FRANCE = Territory(id="FR", label="France")


def known(*items: Any, day: Day = DAY) -> Portfolio:
    """Return what was known of some things and their sources."""
    return Portfolio.of(FRANCE, OLD, LATE, BARE, *items).as_of(day)


def event(name: str, on: str, source: str) -> Event:
    """Return an event of a day, by a source."""
    return Event(id=name, label=name, on=Sourced(value=Period(on), source_id=source))


def figure(name: str, source: str, period: str | None = None) -> Figure:
    """Return a published number, by a source."""
    value = Sourced(value=Quantity.exact(1, COUNT), source_id=source)
    return Figure(id=name, label=name, value=value, period=period)


def test_nothing_later_gives_the_portfolio_itself() -> None:
    """A day by which everything was known cuts nothing: the same object comes back."""
    plan = Portfolio.of(FRANCE, OLD, Programme(id="p", label="P", kind="national", events=[event("e", "2018", "old")]))
    whole = catalogue.action_publique_2022()  # which holds names of many times, and values that sources dispute
    assert plan.as_of(DAY) is plan
    assert whole.as_of("2100-01-01") is whole


def test_the_rule_of_the_day() -> None:
    """A dated source says since when a fact is known, an undated one leaves the fact's own date, and none leaves it."""
    events = [
        event("announced", "2019-11-25", "old"),
        event("told-later", "2019-03-01", "late"),
        event("happened", "2019-06-14", "bare"),
        event("to-come", "2019-06-15", "bare"),
    ]
    found = known(Programme(id="p", label="P", kind="national", events=events, figures=[figure("undated", "bare")]))
    assert [one.id for one in found.programmes["p"].events] == ["announced", "happened"]
    assert [one.id for one in found.programmes["p"].figures] == ["undated"]
    assert list(found.sources) == ["bare", "old"]


def test_a_month_is_known_by_its_last_day() -> None:
    """What a document of a month states is known once the month is over; of several documents the earliest counts."""
    sources = Portfolio.of(OLD, LATE, BARE).sources
    assert known_since(OLD, sources) == KnownSince(Day(2019, 5, 31), inferred=False)
    assert known_since(Lever(id="l", label="L", source_ids=["late", "old"]), sources) == KnownSince(
        Day(2019, 5, 31), inferred=False
    )
    assert known_since(Lever(id="l", label="L", source_ids=["bare"]), sources) is None


@pytest.mark.parametrize(
    ("period", "told_from", "begun_on"),
    [
        ("2019-06-14", Day(2019, 6, 14), Day(2019, 6, 14)),
        ("2019-06", Day(2019, 6, 30), Day(2019, 6, 30)),
        ("2019", Day(2019, 12, 31), Day(2019, 12, 31)),
        ("2019-01-15/2019-06-14", Day(2019, 6, 14), Day(2019, 1, 15)),
        ("2019-01/2019-05", Day(2019, 5, 31), Day(2019, 1, 1)),
        ("2019-S1", Day(2019, 6, 30), Day(2019, 6, 30)),
        ("2019-Q2", Day(2019, 6, 30), Day(2019, 6, 30)),
        ("2019-W24", Day(2019, 6, 16), Day(2019, 6, 16)),
        ("2018-2019-SY", Day(2019, 8, 31), Day(2019, 8, 31)),
        ("../2019-06", Day(2019, 6, 30), Day(2019, 6, 30)),
        ("2019-01-15/..", Day(2019, 1, 15), Day(2019, 1, 15)),
    ],
)
def test_what_is_stated_of_an_interval_is_known_by_its_end(period: str, told_from: Day, begun_on: Day) -> None:
    """A figure of an interval is told once that is over; a name or a survey is known from the day it began."""
    sources = Portfolio.of(OLD, LATE, BARE).sources
    assert known_since(figure("n", "bare", period), sources) == KnownSince(told_from, inferred=True)
    assert known_since(DatedName(name="N", period=period), sources) == KnownSince(begun_on, inferred=True)


def test_what_documents_date_differently_is_of_the_first_of_its_days() -> None:
    """Where no document is dated, an event is known since the earliest day that one of them gives."""
    other = Stated(value=Period("2019-03"), source_id="bare")
    on = Sourced(value=Period("2019-05-02"), source_id="bare", alternatives=[other], preferred_because="a day")
    since = known_since(Event(id="e", label="E", on=on), Portfolio.of(BARE).sources)
    assert since == KnownSince(Day(2019, 3, 31), inferred=True)


def test_announced_editions_stay_and_later_ones_go() -> None:
    """The sixth innovation week was announced by then; the ninth was not."""
    weeks = [
        InnovationWeek(
            id=f"week-{edition}",
            label="Week",
            edition=edition,
            period=Sourced(value=Period(str(2013 + edition)), source_id=source),
        )
        for edition, source in ((6, "old"), (9, "bare"))
    ]
    assert list(known(*weeks).instruments) == ["week-6"]
    closed = CarteBlanche(
        id="c",
        label="C",
        launched_on=Sourced(value=Period("2017-12"), source_id="bare"),
        closed_on=Sourced(value=Period("2019-12"), source_id="bare"),
    )
    area = known(closed).instruments["c"]
    assert isinstance(area, CarteBlanche)
    assert area.launched_on is not None
    assert area.closed_on is None


def test_observations_are_cut() -> None:
    """The day of the books counts first, then the document's, then the period; no source of the future is named."""
    said: list[tuple[str, str, str | None, str | None]] = [
        ("2018", "actual", "old", None),
        ("2019-01", "actual", "late", None),
        ("2019-02", "actual", "late", "2019-03-01"),
        ("2019-03", "actual", "old", "2019-07-01"),
        ("2019-07", "actual", None, None),
        ("2022", "target", "old", None),
        ("2023", "target", "late", None),
    ]
    rows = [
        Observation(indicator_id="i", period=when, kind=kind, value=1, source_id=source, recorded_on=on)
        for when, kind, source, on in said
    ]
    found = known(Indicator(id="i", label="I", unit="days"), *rows)
    assert [(str(row.period), row.source_id) for row in found.observations] == [
        ("2018", "old"),
        ("2019-02", None),
        ("2022", "old"),
    ]


def test_rows_that_only_a_later_document_told_apart() -> None:
    """Of two values that lose their documents, the one recorded later is kept: no two rows share a key."""
    later = Source(id="later", title="Later", published_on="2019-08")
    rows = [
        Observation(indicator_id="i", period="2019-01", kind="actual", value=value, source_id=name, recorded_on=on)
        for value, name, on in ((1, "late", "2019-02-01"), (2, "later", "2019-03-01"))
    ]
    found = known(later, Indicator(id="i", label="I", unit="days"), *rows)
    assert [row.value for row in found.observations] == [2]


def test_of_two_rows_alike_the_later_recorded_stays_in_any_order() -> None:
    """The document that comes first in the order of keys may have been recorded later: it is kept all the same."""
    later = Source(id="later", title="Later", published_on="2019-08")
    rows = [
        Observation(indicator_id="i", period="2019-01", kind="actual", value=value, source_id=name, recorded_on=on)
        for value, name, on in ((1, "late", "2019-03-01"), (2, "later", "2019-02-01"))
    ]
    found = known(later, Indicator(id="i", label="I", unit="days"), *rows)
    assert [row.value for row in found.observations] == [1]


def test_what_cannot_be_without_another_goes_with_it() -> None:
    """A session of a campus that only a later document names is gone, and so is every reference to the two."""
    campus = Campus(id="campus", label="Campus", source_ids=["late"])
    session = CampusSession(id="s", label="S", campus_id="campus", territory_id="FR", period="2019-03")
    assert list(known(campus, session).instruments) == []
    assert list(known(campus, session, day=Day(2019, 8, 1)).instruments) == ["campus", "s"]


def test_budgets_are_known_by_their_documents() -> None:
    """A year of the budget is known once its document is out, else once the year is over; schedules stay whole."""
    lines = [
        BudgetLine(year=year, stage="voted", amounts=Appropriations(1, 1), source_id=source)
        for year, source in ((2018, "late"), (2018, "bare"), (2019, "bare"), (2020, "old"))
    ]
    used = [ExecutionLine(year=2019, amounts=Execution(1, 1), until=until, source_id="bare") for until in (None, DAY)]
    programme = BudgetProgramme(
        id=349,
        label="B",
        lines=lines,
        executions=used,
        outstanding=[OutstandingStatement(on="2018-12-31", amount=1, source_id=name) for name in ("old", "late")],
        schedules=[PaymentSchedule(payments=[ScheduledPayment(2030, 1)], stock=1, source_id="old")],
    )
    found = known(programme).budget_programmes["349"]
    assert [(line.year, line.source_id) for line in found.lines] == [(2018, "bare"), (2020, "old")]
    assert [line.until for line in found.executions] == [DAY]
    assert [statement.source_id for statement in found.outstanding] == ["old"]
    assert found.schedules[0].payments == (ScheduledPayment(2030, 1),)


def test_a_fund_is_cut_without_orphans() -> None:
    """Calls and awards of later are gone with what is said of them; what was decided or signed later is open."""
    fund = Fund(
        id="f",
        label="F",
        allocation=Sourced(value=Euros(700), source_id="bare"),
        calls=[
            Call(id="open", label="Open", opened_on="2019-02", decided_on="2019-12"),
            Call(id="next", label="Next", decided_on="2019-09"),
        ],
        awards=[
            Award(id="a", label="A", call_id="open", amount=10, decided_on="2019-03", contracted_on="2019-04-01"),
            Award(id="signed", label="S", amount=10, decided_on="2019-03", contracted_on="2019-08-01"),
            Award(id="b", label="B", call_id="next", amount=10, decided_on="2019-09"),
            Award(id="early", label="E", call_id="next", amount=10, source_ids=["old"]),
        ],
        savings=[
            Saving(award_id=award, kind="expected", nature="unstated", amount=1, whose="S", method="M", **said)
            for award, said in (
                ("a", {"source_id": "old"}),
                ("b", {"source_id": "old"}),
                (None, {"source_id": "bare", "stated_on": "2025-11"}),
            )
        ],
    )
    paid = fund.with_commitment("a", Euros(5), on="2019-05-01").with_payment("a", Euros(5), on="2019-07-01")
    found = known(paid).funds["f"]
    assert [(call.id, call.decided_on) for call in found.calls] == [("open", None)]
    assert [(award.id, award.call_id) for award in found.awards] == [("a", "open"), ("signed", None), ("early", None)]
    assert found.awards[1].contracted_on is None
    assert [str(entry.on) for entry in found.entries] == ["2019-05-01"]
    assert [saving.award_id for saving in found.savings] == ["a"]


def test_a_limit_of_later_limits_nothing_before() -> None:
    """A journal that only a later document covers stays, and the limit that was not known is not shown."""
    fund = Fund(
        id="f",
        label="F",
        allocation=Sourced(
            value=Euros(700),
            source_id="late",
            alternatives=[Stated(value=Euros(5), source_id="old")],
            preferred_because="newer",
        ),
        calls=[Call(id="c", label="C", opened_on="2019-01")],
        awards=[Award(id="a", label="A", call_id="c", amount=10, decided_on="2019-03", contracted_on="2019-04-01")],
    ).with_commitment("a", Euros(10), on="2019-05-01")
    found = known(fund).funds["f"]
    assert found.allocation is None
    assert len(found.entries) == 1


def test_steps_ratings_and_revisions_are_of_the_day() -> None:
    """What was decided, said or done later is not there: the first plan of a milestone holds again."""
    later = Milestone(id="m", label="M", planned="2019-09").revised_to("2020-06", on="2019-10-01", because="late")
    missed = later.not_done("2019-12-01")
    project = (
        Project(id="p", label="P", milestones=[missed.done("2020-05-01")])
        .moved_to("experimentation", on="2019-06-01", because="x")
        .moved_to("deployment", on="2019-06-20", because="y")
    )
    reform = Reform(id="r", label="R", ratings=[ConfidenceRating(level="secured", on="2019-06-15", by_id="o")])
    found = known(project, reform, Organisation(id="o", label="O", kind="ministry"))
    (milestone,) = found.projects["p"].milestones
    assert (str(milestone.due), milestone.done_on, milestone.not_done_on) == ("2019-09", None, None)
    assert [step.phase.value for step in found.projects["p"].steps] == ["experimentation"]
    assert found.reforms["r"].ratings == ()


def test_references_to_what_is_left_out_go() -> None:
    """An indicator of later is gone from the lists that name it; what cannot be without it is gone too."""
    effects = [IntendedEffect(indicator_id=name, direction="increase") for name in ("i", "j")]
    found = known(
        Indicator(id="i", label="I", unit="days", source_ids=["late"]),
        Indicator(
            id="j", label="J", unit="days", source_ids=["old", "late"], definitions=[Definition(version=1, text="T")]
        ),
        Lever(id="l", label="L", effects=effects),
        Programme(id="top", label="Top", kind="national", source_ids=["late"]),
        Programme(id="p", label="P", kind="national", parent_id="top", indicator_ids=["i", "j"]),
        Observation(indicator_id="i", period="2019-01", kind="actual", value=1),
    )
    assert list(found.indicators) == ["j"]
    assert found.indicators["j"].source_ids == ("old",)
    assert [effect.indicator_id for effect in found.levers["l"].effects] == ["j"]
    assert (found.programmes["p"].parent_id, found.programmes["p"].indicator_ids) == (None, ("j",))
    assert len(found.observations) == 0


def test_an_alternative_known_earlier_takes_the_place() -> None:
    """Where the preferred source is of later, what another one said by then is the fact; a settled dispute is none."""
    dispute = {"alternatives": [Stated(value=Quantity.exact(65, COUNT), source_id="old")], "preferred_because": "newer"}
    figures = [
        Figure(id="n", label="N", value=Sourced(value=Quantity.exact(63, COUNT), source_id="late", **dispute)),
        Figure(
            id="m",
            label="M",
            value=Sourced(
                value=Quantity.exact(1, COUNT),
                source_id="old",
                alternatives=[Stated(value=Quantity.exact(2, COUNT), source_id="late")],
                preferred_because="first",
            ),
        ),
        Figure(
            id="k",
            label="K",
            value=Sourced(
                value=Quantity.exact(1, COUNT),
                source_id="late",
                alternatives=[
                    Stated(value=Quantity.exact(number, COUNT), source_id=name)
                    for number, name in ((2, "old"), (3, "bare"))
                ],
                preferred_because="last",
            ),
        ),
    ]
    n, m, k = (one.value for one in known(Reform(id="r", label="R", figures=figures)).reforms["r"].figures)
    assert (n.value.value, n.source_id, n.is_disputed) == (65, "old", False)
    assert (m.value.value, m.is_disputed) == (1, False)
    assert (k.value.value, [other.value.value for other in k.alternatives]) == (2, [3])


def test_a_survey_of_later_is_gone() -> None:
    """A survey of which no result was out by then is not counted."""
    result = SurveyResult(id="a", question="Q", share=Quantity.exact(1, PERCENT), source_id="late")
    survey = Survey(id="s", label="S", population="P", results=[result])
    assert len(known(survey).surveys) == 0
    assert len(known(survey, day=Day(2019, 8, 1)).surveys) == 1


def test_the_catalogue_of_the_article() -> None:
    """On the day of the interview the catalogue shows no later event, edition, award, call, saving, year or source."""
    plan = catalogue.action_publique_2022()
    found = plan.as_of(DAY)
    assert "innovation-week-6" in found.instruments
    assert {"innovation-week-9", "innovation-week-11"}.isdisjoint(found.instruments)
    happened = [one for programme in found.programmes.values() for one in programme.events]
    assert max(one.on.value for one in happened) <= Period("2019-06-14")
    fund = found.funds["ftap"]
    assert {str(call.decided_on) for call in fund.calls} == {"2018-06-20", "2018-11-12", "None"}
    assert {award.id for award in fund.awards} == {"france-cloud", "franceconnect-2"}
    assert fund.savings == ()
    assert all(
        source.published_on is None or str(source.published_on) <= "2019-06-14" for source in found.sources.values()
    )
    assert list(found.surveys) == ["pole-emploi-firms-ipsos"]
    assert b"France Travail" not in levier.dumps(found)


@pytest.mark.parametrize("year", range(2013, 2027))
def test_every_year_of_the_catalogue_grows(year: int) -> None:
    """Cut at the end of any year, the catalogue is a portfolio, survives JSON, and grows from year to year."""
    plan = catalogue.action_publique_2022()
    before, after = (plan.as_of(Day(day, 12, 31)) for day in (year - 1, year))
    for noun in fields(Portfolio):
        assert len(getattr(before, noun.name)) <= len(getattr(after, noun.name)) <= len(getattr(plan, noun.name))
    assert levier.loads(levier.dumps(after)) == after


def kept(plan: Portfolio) -> set[tuple[str, str]]:
    """Return what a portfolio holds, by registry and identifier."""
    nouns = [noun.name for noun in fields(Portfolio) if noun.name != "observations"]
    return {(name, identifier) for name in nouns for identifier in getattr(plan, name)}


@given(of(Portfolio), scalars.days(), scalars.days())
def test_what_is_known_only_grows(plan: Portfolio, one: Day, other: Day) -> None:
    """What was known on a day is known on every later one; to ask twice is to ask for the earlier day."""
    early, late = sorted((one, other))
    assert kept(plan.as_of(early)) <= kept(plan.as_of(late)) <= kept(plan)
    assert kept(plan.as_of(late).as_of(early)) == kept(plan.as_of(early))
    assert plan.as_of(early).as_of(early) == plan.as_of(early)


@given(of(Portfolio), scalars.days())
def test_a_cut_visits_all_that_it_may_change(plan: Portfolio, day: Day) -> None:
    """A cut that walks into every part keeps the same as one that leaves out what has no date."""
    held = plan.registries()
    with pytest.MonkeyPatch.context() as everywhere:
        everywhere.setattr(_as_known, "_cut_fields", fields_with_parts)
        everywhere.setattr(_as_known, "_is_whole", lambda _: False)
        walked = _as_known.as_known(held, plan.observations, day)
    assert _as_known.as_known(held, plan.observations, day) == walked


def test_bodies_bear_the_name_of_the_day() -> None:
    """A body is shown under the name it bore, without those of later; before it bore any it is not there."""
    body = Organisation(
        id="dinum",
        label="DINUM",
        acronym="DINUM",
        kind="interministerial-directorate",
        names=[
            DatedName(name="DINSIC", period="2015-09-21/2019-10-24"),
            DatedName(name="DINUM", period="2019-10-25/.."),
        ],
    )
    assert known(body, day=Day(2015, 9, 20)).organisations.get("dinum") is None
    then = known(body).organisations["dinum"]
    assert (then.label, then.acronym, [name.name for name in then.names]) == ("DINSIC", "", ["DINSIC"])
    assert known(body, day=Day(2020, 1, 1)).organisations["dinum"] == body
    undated = evolve(body, names=[DatedName(name="SGMAP"), *body.names])
    assert "dinum" in known(undated, day=Day(2015, 9, 20)).organisations


def test_an_older_name_is_borne_again_while_all_names_stay() -> None:
    """A body of which only former names are dated bears one of them on its days, without the acronym of today."""
    former = DatedName(name="Pôle emploi", period="2008-12-19/2023-12-31")
    body = Organisation(id="ft", label="France Travail", acronym="FT", kind="operator", names=[former])
    assert known(body).organisations["ft"] == evolve(body, label="Pôle emploi", acronym="")
    assert known(body, day=Day(2024, 1, 1)).organisations["ft"] == body


def test_a_name_announced_is_no_name_yet() -> None:
    """A name that a document announced before its first day is left out until that day."""
    today, next_day = DatedName(name="DINSIC", period="2015/2019"), DatedName(name="DINUM", period="2019-06-15/..")
    announced = evolve(next_day, source_id="old")
    body = Organisation(id="dinum", label="DINUM", kind="operator", names=[today, announced])
    assert known(body).organisations["dinum"].names == (today,)
    assert known(body, day=Day(2019, 6, 15)).organisations["dinum"].names == (today, announced)


def test_budget_programmes_bear_the_names_of_the_day() -> None:
    """A budget programme, its mission and its actions are shown under the names of the day, without those of later."""
    fund, now = DatedName(name="Fund", period="2018/2021"), DatedName(name="Transformation", period="2022/..")
    programme = BudgetProgramme(
        id=349,
        label="Transformation",
        mission="Public service",
        names=[now, fund],
        missions=[DatedName(name="Action", period="2018"), DatedName(name="Public service", period="2019/..")],
        actions=[BudgetAction(code="01", label="Transformation", names=[fund, now])],
    )
    found = known(programme, day=Day(2018, 12, 31)).budget_programmes["349"]
    assert (found.label, found.mission, found.actions[0].label) == ("Fund", "Action", "Fund")
    assert (found.names, [name.name for name in found.missions], found.actions[0].names) == (
        (fund,),
        ["Action"],
        (fund,),
    )
    later = known(programme, day=Day(2019, 1, 1)).budget_programmes["349"]
    assert (later.label, later.mission) == ("Fund", "Public service")
    assert known(programme, day=Day(2022, 1, 1)).budget_programmes["349"] == programme
    bare = BudgetProgramme(id=9, label="Bare", mission="Mission")
    assert known(bare, day=Day(2018, 12, 31)).budget_programmes["9"] == bare


def test_a_step_is_taken_and_told() -> None:
    """A step counts from its day, and not before the first document that tells of it."""
    steps = [
        PhaseStep(phase="experimentation", on="2019-06-01", because="x", source_id=name) for name in ("old", "late")
    ]
    for step, phase in zip(steps, ("experimentation", "framing"), strict=True):
        project = Project(id="p", label="P", steps=[step])
        assert known(project).projects["p"].phase == phase


def test_a_lever_not_pulled_yet_is_not_there() -> None:
    """An activation that begins later goes, and its lever with it; a lever that is only named stays."""
    levers = [Lever(id=name, label=name) for name in ("a", "b", "c")]
    project = Project(id="p", label="P", lever_ids=["a"]).with_activations(
        LeverActivation(lever_id="b", period="2019-06/.."), LeverActivation(lever_id="c", period="2019-07/..")
    )
    assert known(*levers, project).projects["p"].lever_ids == ("a", "b")
    assert known(*levers, project, day=Day(2019, 7, 1)).projects["p"] == project


DATES = ("2017", "2018-06", "2019-03-15", "2020", None)
SOURCES = [Source(id=f"s{place}", title="S", published_on=date) for place, date in enumerate(DATES)]
source_ids = st.sampled_from([source.id for source in SOURCES])


@st.composite
def entangled(draw: st.DrawFn) -> Portfolio:
    """Draw things whose parts depend on each other, each part stated by a document of its own, or by none."""

    def stated(value: Any, **more: Any) -> Sourced[Any]:
        return Sourced(value=value, source_id=draw(source_ids), **more)

    def maybe() -> str | None:
        return draw(st.none() | source_ids)

    phases = ("experimentation", "deployment", "completed")
    steps = [
        PhaseStep(phase=phase, on=f"20{18 + place}-01-01", because="x", source_id=maybe())
        for place, phase in enumerate(phases)
    ]
    other_year = Stated(value=Period("2018-11"), source_id=draw(source_ids))
    week = stated(Period("2019-11"), alternatives=[other_year], preferred_because="x")
    stages = [
        ChallengeStage(phase=phase, source_id=maybe()) for phase in ("exploration", "incubation", "experimentation")
    ]
    activations = [LeverActivation(lever_id="l", period=f"20{year}-03/..", source_id=maybe()) for year in (18, 20)]
    return Portfolio.of(
        *SOURCES,
        FRANCE,
        Lever(id="l", label="L"),
        Project(id="p", label="P", steps=steps).with_activations(*activations),
        InnovationWeek(id="w", label="W", edition=6, period=week),
        ChallengeCall(id="c", label="C", stages=stages),
        CarteBlanche(
            id="cb",
            label="CB",
            problems=[LocalProblem(id="far", label="F", source_id=maybe())],
            ideas=[Idea(id="bus", label="B", problem_ids=["far"], source_id=maybe())],
            experiments=[Experiment(id="try", label="T", idea_ids=["bus"], period="2019", source_id=maybe())],
            closed_on=stated(Period("2020")),
            outcome="kept",
        ),
    )


days = st.dates(date(2016, 1, 1), date(2021, 12, 31)).map(parse_day)


@given(entangled(), days, days)
def test_parts_that_depend_on_each_other_are_cut_together(plan: Portfolio, one: Day, other: Day) -> None:
    """Whichever document comes late, the portfolio of a day is one, holds no more than a later one, and is final."""
    early, late = sorted((one, other))
    then = plan.as_of(early)
    assert kept(then) <= kept(plan.as_of(late))
    assert then.as_of(early) == then
    area = then.instruments.get("cb")
    assert area is None or area.outcome == ("kept" if area.closed_on is not None else "")
    steps = then.projects["p"].steps
    assert [step.phase for step in steps] == [step.phase for step in plan.projects["p"].steps[: len(steps)]]
    assert all(step.on <= early for step in steps)


def test_a_stage_before_a_known_one_keeps_its_name_alone() -> None:
    """Where only the last stage of a call was published, the one before it is there without its money."""
    money = {"teams": Quantity.exact(24, COUNT), "grant": Quantity.exact(25_000, EUROS)}
    stages = [
        ChallengeStage(phase="incubation", source_id="late", **money),
        ChallengeStage(phase="experimentation", source_id="old"),
    ]
    found = known(ChallengeCall(id="c", label="C", stages=stages)).instruments["c"]
    assert isinstance(found, ChallengeCall)
    assert found.stages == (ChallengeStage(phase="incubation"), stages[1])


def test_a_week_that_contradicts_itself_is_not_known() -> None:
    """Where only a document that puts an edition in another year was out, the edition is left out."""
    other = Stated(value=Period("2018-11"), source_id="old")
    when = Sourced(value=Period("2019-11"), source_id="late", alternatives=[other], preferred_because="x")
    assert list(known(InnovationWeek(id="w", label="W", edition=6, period=when)).instruments) == []


@given(entangled(), st.lists(days, min_size=1, max_size=8))
def test_a_cut_is_computed_once(plan: Portfolio, asked: list[Day]) -> None:
    """Asked again, a portfolio gives the same cut, which is its own cut, whatever days were asked in between."""
    for day in (*asked, *asked):
        then = plan.as_of(day)
        assert plan.as_of(day) is then
        assert then.as_of(day) is then


def test_cuts_go_with_their_portfolio() -> None:
    """What is remembered of a portfolio does not outlive it."""
    plan = Portfolio.of(Source(id="a", title="A", published_on="2018"), Source(id="b", title="B"))
    alive = [ref(plan), ref(plan.as_of("2017-01-01"))]
    del plan
    gc.collect()
    assert [one() for one in alive] == [None, None]


def test_a_forecast_that_nothing_dates_stays_and_what_was_achieved_counts_from_its_period() -> None:
    """Nobody can say since when a saving of 2022 was expected; that it was achieved, nobody knew before its end."""
    fund = Fund(
        id="f",
        label="F",
        savings=[
            Saving(kind=kind, nature="recurrent", amount=1, whose="S", method="M", period="2022", source_id="bare")
            for kind in ("expected", "revised", "achieved")
        ],
    )
    plan = Portfolio.of(fund, Source(id="bare", title="Bare"))
    kinds = [[str(one.kind) for one in plan.as_of(day).funds["f"].savings] for day in ("2021-01-01", "2022-12-31")]
    assert kinds == [["expected", "revised"], ["expected", "revised", "achieved"]]


def test_an_award_is_known_by_the_first_of_its_days() -> None:
    """Decided in some month of 2019 and under contract in June, an award is there in June, with the money it moved."""
    award = Award(id="a", label="A", amount=10, decided_on="2019", contracted_on="2019-06-01")
    fund = Fund(id="f", label="F", awards=[award]).with_commitment("a", 4, on="2019-06-15")
    plan = Portfolio.of(fund)
    assert plan.as_of("2019-05-31").funds["f"].awards == ()
    assert plan.as_of("2019-06-30").funds["f"] == fund


def test_what_is_of_the_day_itself_is_known_on_it() -> None:
    """A step taken, a contract signed, a milestone done and a row recorded on a day are known on it, not before."""
    project = Project(id="p", label="P", milestones=[Milestone(id="m", label="M", planned="2019", done_on=DAY)])
    project = project.moved_to("experimentation", on=DAY, because="CITP")
    fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", decided_on="2018-01-01", contracted_on=DAY)])
    indicator = Indicator(id="i", label="I", unit="days")
    row = Observation(indicator_id="i", period="2018", kind="actual", value=1, recorded_on=DAY)
    plan = Portfolio.of(FRANCE, project, fund, indicator, row)
    assert plan.as_of(DAY) is plan
    before = plan.as_of(DAY.add(days=-1))
    assert (before.projects["p"].steps, before.projects["p"].milestones[0].done_on) == ((), None)
    assert before.funds["f"].award("a").contracted_on is None
    assert len(before.observations) == 0


def test_territories_are_older_than_documents() -> None:
    """No document says since when a territory was known: its own dates say when it began."""
    place = Territory(id="46", label="Lot", period="1790/..")
    assert known_since(place, Registry([])) is None


def test_what_holds_no_parts_is_kept_by_a_rebuilding() -> None:
    """A value of an open type that is no value of attrs, such as an amount, is no part, and stays."""
    stated = Stated(value=Euros(1), source_id="note")
    assert rebuild(stated, lambda part: part, lambda _, held: held, (), ("value",)) is stated
