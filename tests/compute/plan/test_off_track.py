"""Off track: by an indicator behind its path, stale data, a missed milestone, or the word of those in charge."""

from __future__ import annotations

from hypothesis import given

from levier import Indicator, Milestone, Observation, Organisation, Portfolio, Project, Reform, Territory, plans
from levier.plans import ConfidenceRating, OffTrackReason
from levier.testing.strategies import of

DAY = "2019-12-31"
FRANCE = Territory(id="FR", label="France")
DITP = Organisation(id="ditp", label="DITP", kind="interministerial-directorate")


def waiting(actual: int, when: str = "2019-12") -> Portfolio:
    """Return a reform whose waiting time should fall from 40 to 16 days in two years."""
    wait = Indicator(
        id="wait",
        label="Attente",
        label_en="Wait",
        unit="days",
        direction="decrease",
        periodicity_months=1,
        lag_months=0,
    )
    said = [("2018-12", "baseline", 40), (when, "actual", actual), ("2020-12", "target", 16)]
    rows = [Observation(indicator_id="wait", period=month, kind=kind, value=value) for month, kind, value in said]
    return Portfolio.of(FRANCE, wait, Reform(id="r", label="Accueil", indicator_ids=["wait"]), *rows)


def reasons(plan: Portfolio) -> dict[str, list[str]]:
    """Return why each thing is off track, by its path."""
    return {found.path: [reason.value for reason in found.reasons] for found in plans.off_track(plan, as_of=DAY)}


def test_an_indicator_behind_its_path_counts() -> None:
    """A year on, 28 days are expected: 25 are ahead and no reason, 35 are behind, and both numbers are named."""
    assert reasons(waiting(25)) == {}
    (found,) = plans.off_track(waiting(35), as_of=DAY)
    assert found.reasons == (OffTrackReason.BEHIND_PATH,)
    assert "28 days" in found.explain("en")
    assert found.sentence("fr") == "Accueil\u00a0: en retard sur la trajectoire"


def test_stale_data_counts() -> None:
    """A monthly value that is half a year old tells nobody whether the reform is on track."""
    assert reasons(waiting(31, when="2019-06"))["reforms/r"] == ["stale-data"]


def test_missed_milestones_and_low_confidence_count() -> None:
    """A milestone that a document says was missed, and a storm; not one of which nobody says anything, nor the sun."""
    late = Milestone(id="m", label="Pilote", planned="2019-05").not_done("2019-06-03")
    silent = Milestone(id="m", label="Pilote", planned="2019-05")
    storm = ConfidenceRating(level="compromised", on="2019-06-01", by_id="ditp")
    sun = ConfidenceRating(level="secured", on="2019-06-01", by_id="ditp")
    made = Portfolio.of(
        DITP,
        Project(id="a", label="A", milestones=[late]),
        Project(id="b", label="B", milestones=[silent]),
        Reform(id="c", label="C", ratings=[storm]),
        Reform(id="d", label="D", ratings=[sun]),
    )
    assert reasons(made) == {"projects/a": ["late-milestone"], "reforms/c": ["low-confidence"]}
    assert "1 June 2019" in str(plans.off_track(made, as_of=DAY)[0])


@given(of(Portfolio))
def test_it_is_as_known_on_the_day(plan: Portfolio) -> None:
    """What is off track on a day follows from what documents known on that day say, and every answer speaks."""
    found = plans.off_track(plan, as_of=DAY)
    assert found == plans.off_track(plan.as_of(DAY), as_of=DAY)
    assert all(each.warnings and each.explain("fr") and each.explain("en") for each in found)
