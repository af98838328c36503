"""Life cycles: time in each phase by the steps of a history, and slip against the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Milestone, MissingReason, Phase, Programme, Project, Reform
from levier.compute.plan.life_cycles import step_on
from levier.errors import ForbiddenTransitionError, InvalidValueError
from levier.model.lifecycle import TRANSITIONS
from levier.model.periods import Day
from levier.plans import MilestoneState, PhaseStep, phase_times, schedule_variance

DAY = "2020-12-31"
ORIGIN = Day(2019, 1, 1)


def project(*steps: tuple[str, str], **about: Any) -> Project:
    """Return a project that took these steps."""
    taken = [PhaseStep(phase=phase, on=on, because="décidé") for phase, on in steps]
    return Project(id="p", label="Guichet", label_en="Counter", steps=taken, **about)


def walked(choices: Sequence[int], gaps: Sequence[int], **about: Any) -> Project:
    """Return a project on a random walk over the table: one way of those open at each step, after so many days."""
    found, on = Project(id="p", label="P", **about), ORIGIN
    for choice, gap in zip(choices, gaps, strict=True):
        ways, on = TRANSITIONS[found.phase], on.add(days=gap)
        if ways:
            found = found.moved_to(ways[choice % len(ways)], on=on, because="walk")
    return found


walks = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 400)), max_size=8)


@given(walks)
def test_no_walk_leaves_the_table(walk: list[tuple[int, int]]) -> None:
    """Whatever the walk, each visit is followed by one that the table allows, and any other move is refused."""
    found = walked([choice for choice, _ in walk], [gap for _, gap in walk])
    phases = [stay.phase for stay in phase_times(found, as_of="2100-01-01").stays]
    assert phases[0] is Phase.FRAMING
    assert all(later in TRANSITIONS[earlier] for earlier, later in pairwise(phases))
    for phase in set(Phase) - set(TRANSITIONS[found.phase]):
        with pytest.raises(ForbiddenTransitionError):
            found.moved_to(phase, on="2100-01-01", because="no way")


@given(walks, st.integers(0, 4000), st.sampled_from([None, "2018-11-01/2025-12-31", "2019-01-20/2025-12-31"]))
def test_times_add_up_to_the_span(walk: list[tuple[int, int]], offset: int, calendar: str | None) -> None:
    """The days of all known visits add up to the days from the first known start to the day asked."""
    found = walked([choice for choice, _ in walk], [gap for _, gap in walk], calendar=calendar)
    times = phase_times(found, as_of=ORIGIN.add(days=offset))
    known = [stay.days for stay in times.stays if stay.days is not None]
    assert sum(known) == (times.days or 0)
    assert all(days >= 0 for days in known)
    assert all((stay.reason is None) == (stay.days is not None) for stay in times.stays)
    totals = [times.total(phase) for phase in Phase]
    if None not in totals:
        assert sum(filter(None, totals)) == times.days


def test_visits_of_a_project_that_went_back() -> None:
    """A phase visited twice has two stays and one total; framing begins with the calendar."""
    steps = [("experimentation", "2019-06-20"), ("framing", "2019-07-01"), ("experimentation", "2019-07-11")]
    times = phase_times(project(*steps, calendar="2019-06/2020-12"), as_of="2019-08-01")
    assert [(stay.phase.value, str(stay.since), stay.days) for stay in times.stays] == [
        ("framing", "2019-06-01", 19),
        ("experimentation", "2019-06-20", 11),
        ("framing", "2019-07-01", 10),
        ("experimentation", "2019-07-11", 21),
    ]
    assert (times.total("framing"), times.total(Phase.EXPERIMENTATION), times.total("deployment")) == (29, 32, 0)
    assert (times.phase, times.days) == (Phase.EXPERIMENTATION, 61)
    assert times.explain("fr").startswith(
        "Guichet, au 1er août 2019\u00a0: Cadrage\u00a0: 19\u00a0jours, "
        "du 1er juin 2019 (début du calendrier) au 20 juin 2019\u00a0; "
    )
    assert times.explain("fr").endswith("Expérimentation\u00a0: 21\u00a0jours, depuis le 11 juillet 2019")
    assert times.explain("en").startswith("Counter, as of 1 August 2019: Framing: 19 days, from 1 June 2019 (start")
    assert times.explain("en").endswith("Experimentation: 21 days, since 11 July 2019")


def test_later_steps_do_not_count() -> None:
    """A step after the day asked is not known on it; one of the day itself is taken."""
    tried = project(("experimentation", "2019-06-20"), calendar="2019")
    times = phase_times(tried, as_of="2019-06-19")
    assert [(stay.phase, stay.until, stay.days) for stay in times.stays] == [(Phase.FRAMING, None, 169)]
    on_the_day = phase_times(tried, as_of="2019-06-20")
    assert [(stay.phase, stay.days) for stay in on_the_day.stays] == [(Phase.FRAMING, 170), (Phase.EXPERIMENTATION, 0)]
    assert step_on(tried, Day(2019, 6, 19)) is None
    assert step_on(tried, Day(2019, 6, 20)) is tried.steps[0]


@pytest.mark.parametrize(
    ("calendar", "steps", "reason"),
    [
        (None, [], MissingReason.NO_CALENDAR),
        (None, [("experimentation", "2019-06-20")], MissingReason.NO_CALENDAR),
        ("2021", [], MissingReason.NOT_BEGUN),
        ("2021", [("experimentation", "2019-06-20")], MissingReason.CALENDAR_LATER),
    ],
)
def test_an_unknown_start_has_a_reason(calendar: str | None, steps: Any, reason: MissingReason) -> None:
    """Without a calendar, or with one that begins later, nobody knows how long framing took: no 0, but a reason."""
    times = phase_times(project(*steps, calendar=calendar), as_of=DAY)
    framing = times.stays[0]
    assert (framing.since, framing.days, framing.reason) == (None, None, reason)
    assert times.total("framing") is None
    assert times.days == (560 if steps else None)
    assert reason.en in times.explain("en")
    assert "durée inconnue" in times.explain("fr")


def test_no_such_phase() -> None:
    """A phase that does not exist is refused, not counted as 0."""
    with pytest.raises(InvalidValueError):
        phase_times(project(), as_of=DAY).total("done")


@pytest.mark.parametrize(
    ("steps", "calendar", "as_of", "days", "reason"),
    [
        ([], "2019-03/2019-05", "2019-05-31", None, MissingReason.NOT_DUE),
        ([], "2019-03/2019-05", "2019-06-01", 1, None),
        ([("deployment", "2019-04-01"), ("completed", "2019-05-21")], "2019-05", "2019-06-14", -10, None),
        ([("deployment", "2019-04-01"), ("completed", "2019-05-31")], "2019-05", "2019-06-14", 0, None),
        ([("deployment", "2019-04-01"), ("completed", "2019-06-10")], "2019-05", "2019-12-31", 10, None),
        ([("deployment", "2019-04-01"), ("completed", "2019-06-10")], "2019-05", "2019-06-09", 9, None),
        ([("stopped", "2019-04-01")], "2019-05", "2019-06-14", None, MissingReason.STOPPED),
        ([("stopped", "2019-04-01"), ("framing", "2019-04-02")], "2019-05", "2019-06-14", 14, None),
        ([], None, "2019-06-14", None, MissingReason.NO_CALENDAR),
        ([], "2019-05/..", "2019-06-14", None, MissingReason.NO_END),
    ],
)
def test_slip_of_a_project(
    steps: Any, calendar: str | None, as_of: str, days: int | None, reason: MissingReason | None
) -> None:
    """From the end of the calendar to the completion, or to the day while it is late; else none, with a reason."""
    slip = schedule_variance(project(*steps, calendar=calendar), as_of=as_of)
    assert (slip.days, slip.reason) == (days, reason)
    assert slip.is_late is (None if days is None else days > 0)


def test_a_slip_explains_itself() -> None:
    """A sentence names the two days; without a slip it says why."""
    done = project(("deployment", "2019-04-01"), ("completed", "2019-05-21"), calendar="2019-05")
    early, late = schedule_variance(done, as_of=DAY), schedule_variance(project(calendar="2019-05"), as_of="2019-06-01")
    assert early.explain("fr") == (
        "Guichet, au 31 décembre 2020\u00a0: 10\u00a0jours d’avance "
        "(calendrier jusqu’au 31 mai 2019, achevé le 21 mai 2019)"
    )
    assert early.explain("en").endswith("10 days early (calendar to 31 May 2019, completed on 21 May 2019)")
    assert late.explain("fr").endswith("1\u00a0jour de retard (calendrier jusqu’au 31 mai 2019, non achevé)")
    on_time = project(("deployment", "2019-04-01"), ("completed", "2019-05-31"), calendar="2019-05")
    assert "à la date prévue" in schedule_variance(on_time, as_of=DAY).explain("fr")
    assert "on time" in schedule_variance(on_time, as_of=DAY).explain("en")
    waiting = schedule_variance(project(calendar="2021"), as_of=DAY)
    assert waiting.explain("fr").endswith(
        "pas encore d’écart\u00a0: échéance à venir (calendrier jusqu’au 31 décembre 2021)"
    )
    assert schedule_variance(project(), as_of=DAY).explain("en").endswith("unknown slip: no calendar")
    assert schedule_variance(project(), as_of=DAY).sentence("fr") == "écart inconnu\u00a0: pas de calendrier"
    stopped = schedule_variance(project(("stopped", "2019-04-01"), calendar="2019-05"), as_of=DAY)
    assert stopped.explain("fr").endswith("sans objet\u00a0: projet arrêté (calendrier jusqu’au 31 mai 2019)")
    assert stopped.sentence("en") == "not applicable: the project was stopped"
    assert (
        schedule_variance(Reform(id="r", label="R", calendar="2019"), as_of=DAY)
        .sentence("en")
        .startswith("unknown slip: ")
    )


@pytest.mark.parametrize("kind", [Reform, Programme])
def test_nothing_says_when_a_reform_is_completed(kind: type[Any]) -> None:
    """A reform or a programme has no completion: once its calendar is over nothing says how late it is."""
    about = {"kind": "national"} if kind is Programme else {}
    subject = kind(id="r", label="R", calendar="2019", **about)
    assert schedule_variance(subject, as_of=DAY).reason is MissingReason.NO_COMPLETION
    assert schedule_variance(subject, as_of="2019-06-14").reason is MissingReason.NOT_DUE


def test_milestones_against_their_first_plan() -> None:
    """Due as of the day against the first plan, done against due; what was decided or done later does not count."""
    pilot = Milestone(id="pilot", label="Pilote", planned="2019-09")
    moved = pilot.revised_to("2019-10", on="2019-08-01", because="marché").revised_to(
        "2020-01", on="2019-10-15", because="marché"
    )
    subject = Reform(id="r", label="R", milestones=[moved.done("2020-02-10")])
    (before,), (after,) = (schedule_variance(subject, as_of=day).milestones for day in ("2019-11-10", DAY))
    assert (str(before.due), before.moved, before.done_on, before.overrun) == ("2020-01", 123, None, None)
    assert before.reason is MissingReason.NOT_DUE
    assert (after.moved, str(after.done_on), after.overrun, after.reason) == (123, "2020-02-10", 10, None)
    assert after.explain("en") == (
        "Pilote: planned September 2019, due January 2020 (moved 123 days), done on 10 February 2020, 10 days late"
    )
    (early,) = schedule_variance(Reform(id="r", label="R", milestones=[moved]), as_of="2019-09-10").milestones
    assert (early.moved, early.overrun) == (31, None)
    sooner = pilot.revised_to("2019-08", on="2019-06-01", because="prêt")
    (back,) = schedule_variance(Reform(id="r", label="R", milestones=[sooner]), as_of="2019-09-10").milestones
    assert (back.moved, back.overrun) == (-30, None)
    assert back.explain("fr") == (
        "Pilote\u00a0: prévu septembre 2019, échéance août 2019 (avancé de 30\u00a0jours), "
        "échéance passée, rien ne dit s’il est atteint"
    )
    missed = Reform(id="r", label="R", milestones=[sooner.not_done("2019-09-10")])
    (late,) = schedule_variance(missed, as_of="2019-09-20").milestones
    assert (late.state, late.overrun, late.reason) == (MilestoneState.LATE, 10, None)
    assert late.explain("fr").endswith(
        "(avancé de 30\u00a0jours), non atteint au 10 septembre 2019, 10\u00a0jours de retard"
    )
    assert late.explain("en").endswith("not reached on 10 September 2019, 10 days late")


def test_milestones_without_an_end_have_no_slip() -> None:
    """A date without an end cannot be passed: neither move nor overrun, with the reason; a plain plan is said once."""
    open_ended = Milestone(id="m", label="M", planned="2019/..")
    plain = Milestone(id="n", label="N", planned="2021", done_on="2020-06-30")
    slip = schedule_variance(Reform(id="r", label="R", milestones=[open_ended, plain]), as_of=DAY)
    first, second = slip.milestones
    assert (first.moved, first.overrun, first.reason) == (None, None, MissingReason.NO_END)
    assert (second.moved, second.overrun) == (0, -549)
    assert second.explain("en") == "N: planned 2021, done on 30 June 2020, 549 days early"
    assert slip.explain("fr").endswith("fait le 30 juin 2020, 549\u00a0jours d’avance")
