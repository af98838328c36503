"""Territorial instruments at work: counted where they can be, with the reason where they cannot."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    Consultation,
    Euros,
    Figure,
    InnovationLab,
    InnovationWeek,
    MissingReason,
    Organisation,
    Period,
    Portfolio,
    Quantity,
    Reform,
    Source,
    Sourced,
    Territory,
    catalogue,
    fund,
    instruments,
)
from levier.compute.exact import rounded
from levier.errors import EnvelopeExceededError, InvalidValueError, UnknownItemError
from levier.instruments import ChallengeStage, Experiment, Idea, LocalEvent, LocalProblem
from levier.model.quantities import COUNT, EUROS, PERCENT, SHARE

AP = catalogue.action_publique_2022()
DEFIS = AP.instruments["defis-cartes-blanches"]
SOURCE = Source(id="note", title="Note")
PLACES = (
    Territory(id="FR", label="France"),
    Territory(id="R11", label="Île-de-France", parent_id="FR"),
    Territory(id="R76", label="Occitanie", parent_id="FR"),
    Territory(id="75", label="Paris", parent_id="R11"),
    Territory(id="92", label="Hauts-de-Seine", parent_id="R11"),
    Territory(id="46", label="Lot", parent_id="R76"),
    Territory(id="46042", label="Cahors", parent_id="46"),
    Territory(id="75056", label="Paris (commune)", parent_id="75"),
    Territory(id="75104", label="Paris 4e", parent_id="75"),
    Territory(id="33063", label="Bordeaux"),
)


def sourced(value: Any, **about: Any) -> Sourced[Any]:
    """Return a value with its source."""
    return Sourced(value=value, source_id="note", **about)


def sourced_period(text: str) -> Sourced[Any]:
    """Return a date with its source."""
    return sourced(Period(text))


def stated(quantity: Quantity, name: str = "outside-paris") -> Figure:
    """Return a figure of a campus."""
    return Figure(id=name, label="Hors de Paris", value=sourced(quantity))


MORE_THAN_TWO_THIRDS = stated(Quantity.at_least("0.6666", SHARE, stated="plus de 2/3"))


def campus(*places: str, people: Any = None, figures: Any = (MORE_THAN_TWO_THIRDS,), period: str = "2019-03") -> Any:
    """Return a portfolio with one campus, and one session of it in each place."""
    counted = people or [None] * len(places)
    sessions = [
        CampusSession(id=f"s{n}", label="S", campus_id="campus", territory_id=place, period=period, attendance=count)
        for n, (place, count) in enumerate(zip(places, counted, strict=True))
    ]
    return Portfolio.of(SOURCE, *PLACES, Campus(id="campus", label="Campus", figures=figures), *sessions)


# ---------------------------------------------------------------- outside Paris


def test_the_articles_share_cannot_be_counted_yet() -> None:
    """The catalogue has no session: no share, with the reason, and the article's bound still shown."""
    found = instruments.share_outside(AP, "campus")
    assert (found.share, found.reason, found.is_compatible) == (None, MissingReason.NO_SESSION, None)
    assert found.stated is not None
    assert found.stated.value.value.stated == "plus de 2/3"
    assert found.explain("fr") == (
        "Campus de la transformation, sessions hors Paris\u00a0: aucune session connue\u00a0; "
        "chiffre publié\u00a0: plus de 2/3 "
        "(Le regard de Thomas Cazenave, Délégué interministériel de la transformation publique)"
    )


@pytest.mark.parametrize(
    ("place", "outside"),
    [
        ("75", False),
        ("75056", False),
        ("75104", False),
        ("92", True),
        ("46042", True),
        ("R76", True),
        ("R11", None),
        ("FR", None),
        ("33063", True),
    ],
)
def test_inside_is_read_off_the_codes(place: str, outside: bool | None) -> None:
    """What lies in Paris is inside, what Paris lies in is undecided, and whatever else is outside, parents or none."""
    found = instruments.share_outside(campus(place), "campus")
    counts = (found.sessions.outside, found.sessions.inside, found.sessions.undecided)
    assert counts == {True: (1, 0, 0), False: (0, 1, 0), None: (0, 0, 1)}[outside]
    assert found.reason is (MissingReason.NO_PLACE if outside is None else None)


def test_a_share_names_what_it_rests_on() -> None:
    """Counted n of m; what cannot be placed bounds the share, and the stated bound is judged by those bounds."""
    found = instruments.share_outside(campus("46", "46042", "92", "75104", "FR"), "campus")
    assert found.share == Decimal("0.75")
    assert found.sessions.bounds == Quantity.between("0.6", "0.8", SHARE)
    assert found.coverage.missing == ("s4",)
    assert found.is_compatible is None
    assert found.explain("en") == (
        "Campus, sessions outside Paris: 75.0%; sessions with a known location: 4 of 5 (missing S); "
        "attendance not counted for at least one session; published figure: plus de 2/3 (Note)"
    )


@pytest.mark.parametrize(
    ("places", "quantity", "compatible"),
    [
        (["46", "46", "46", "75"], Quantity.at_least("0.6666", SHARE), True),
        (["46", "75"], Quantity.at_least("0.6666", SHARE), False),
        (["46", "75"], Quantity.at_least("50", PERCENT), True),
        (["46", "75"], Quantity.at_most("40", PERCENT), False),
        (["46", "75"], Quantity.about("0.5", SHARE), None),
        (["46", "75"], Quantity.exact(5, COUNT), None),
    ],
)
def test_compatible_with_what_is_stated(places: list[str], quantity: Quantity, compatible: bool | None) -> None:
    """A share agrees with a bound, a percentage among them, or not; "about" and other units are no bound."""
    found = instruments.share_outside(campus(*places, figures=[stated(quantity)]), "campus")
    assert found.is_compatible is compatible
    if compatible is not None:
        assert found.explain("en").endswith(
            "; consistent with the published figure" if compatible else "; not consistent with the published figure"
        )
        assert found.explain("fr").endswith(
            "\u00a0; compatible avec le chiffre publié" if compatible else "incompatible avec le chiffre publié"
        )


def test_by_attendance_where_all_were_counted() -> None:
    """People count where every session has an attendance, placed or not; nobody at all is no share."""
    counted = instruments.share_outside(campus("46", "75", people=[30, 10]), "campus")
    assert counted.attendance is not None
    assert (counted.attendance.share, counted.attendance_reason) == (Decimal("0.75"), None)
    assert counted.explain("fr").split("\u00a0; ")[2] == "en nombre de participants\u00a0: 75,0\u00a0%"
    for places in (["46", "75"], ["46", "FR"]):
        partly = instruments.share_outside(campus(*places, people=[30, None]), "campus")
        assert (partly.attendance, partly.attendance_reason) == (None, MissingReason.NO_ATTENDANCE)
    nobody = instruments.share_outside(campus("46", "75", people=[0, 0]), "campus")
    assert nobody.attendance_reason is MissingReason.NOBODY_CAME
    assert "; no participants" in nobody.explain("en")


def test_people_who_cannot_be_placed_are_undecided() -> None:
    """A thousand people somewhere in France bound the share of all: 10 of 1,010 at least, never exactly 1."""
    found = instruments.share_outside(campus("FR", "46", people=[1000, 10]), "campus")
    assert found.attendance == instruments.PlacedCount(outside=10, inside=0, undecided=1000)
    assert (rounded(found.attendance.bounds.lower, 4), found.attendance.bounds.upper) == (Decimal("0.0099"), 1)
    assert "; by attendance: 100.0% excluding unknown locations (1.0% to 100.0% of all)" in found.explain("en")
    assert "100,0\u00a0% hors lieux inconnus (de 1,0\u00a0% à 100,0\u00a0% de l’ensemble)" in found.explain("fr")


def test_people_of_whom_none_can_be_placed() -> None:
    """Where no session, or nobody of those who came, can be placed, people are undecided and the reason says so."""
    somewhere = instruments.share_outside(campus("FR", people=[100]), "campus")
    assert somewhere.attendance == instruments.PlacedCount(outside=0, inside=0, undecided=100)
    assert somewhere.attendance_reason is MissingReason.NO_PLACE
    empty = instruments.share_outside(campus("46", "FR", people=[0, 100]), "campus")
    assert (empty.attendance.share, empty.attendance_reason) == (None, MissingReason.NOBODY_PLACED)
    assert "; no participant with a known location" in empty.explain("en")
    none = instruments.share_outside(campus(), "campus")
    assert (none.attendance, none.attendance_reason) == (None, MissingReason.NO_SESSION)


def test_another_territory_and_another_period() -> None:
    """Any territory may be asked, with a figure or none; sessions may be kept by their first day."""
    plan = campus("46", "75", figures=[stated(Quantity.exact("0.5", SHARE), "outside-lot")])
    found = instruments.share_outside(plan, "campus", of="46", during="2019")
    assert (found.share, found.stated, found.is_compatible) == (Decimal("0.5"), None, None)
    assert instruments.share_outside(plan, "campus", of="46", stated="outside-lot").is_compatible is True
    assert found.explain("en") == (
        "Campus, sessions outside Lot: 50.0%; sessions with a known location: 2 of 2; "
        "attendance not counted for at least one session"
    )
    assert instruments.share_outside(plan, "campus", during="2020").reason is MissingReason.NO_SESSION
    assert "published figure: 0.5 (Note)" in instruments.share_outside(plan, "campus", stated="outside-lot").explain(
        "en"
    )


def test_refusals_of_a_share() -> None:
    """A campus, a territory and a figure must be there."""
    plan = campus("46")
    with pytest.raises(InvalidValueError, match="the identifier of a campus"):
        instruments.share_outside(plan, "s0")
    with pytest.raises(UnknownItemError):
        instruments.share_outside(plan, "campus", of="13")
    with pytest.raises(InvalidValueError, match="one of its figures"):
        instruments.share_outside(plan, "campus", stated="outside-lot")


@given(st.lists(st.sampled_from([place.id for place in PLACES]), min_size=1, max_size=12))
def test_outside_and_inside_make_a_whole(places: list[str]) -> None:
    """The share outside and the share inside of those placed are one; all that was held is counted once."""
    count = instruments.share_outside(campus(*places), "campus").sessions
    assert count.outside + count.inside + count.undecided == len(places)
    if count.share is None:
        assert count.outside + count.inside == 0
        return
    outside, inside = (Fraction(one, count.outside + count.inside) for one in (count.outside, count.inside))
    assert outside + inside == 1
    assert abs(Fraction(count.share) - outside) < Fraction(1, 10**50)
    assert count.bounds is not None
    nearly = Fraction(1, 10**50)
    assert Fraction(count.bounds.lower) - nearly <= outside <= Fraction(count.bounds.upper) + nearly


# ---------------------------------------------------------------- challenge calls


def test_survivors_of_the_challenge_call() -> None:
    """54 applications, 24 teams at 25 k€ (44.4 %), then 3 to 5 at 150 to 250 k€: 12.5 to 20.8 % of the 24."""
    found = instruments.stage_attrition(DEFIS)
    first, second, third = found.stages
    assert found.applications == Quantity.exact(54, COUNT)
    assert (first.left, first.reason) == (None, MissingReason.NO_TEAMS)
    assert (second.before, second.cost) == (found.applications, Quantity.exact(600_000, EUROS))
    assert rounded(second.left.value, 1) == Decimal("44.4")
    assert (third.left.lower, rounded(third.left.upper, 1)) == (Decimal("12.5"), Decimal("20.8"))
    assert third.cost == Quantity.between(450_000, 1_250_000, EUROS)
    assert found.cost == Quantity.between(1_050_000, 1_850_000, EUROS)
    assert (found.fits, found.reason) == (None, MissingReason.STAGE_WITHOUT_COST)
    assert found.coverage.missing == ("exploration",)
    assert found.explain("fr").endswith(
        "; enveloppe de 1\u202f500\u202f000\u00a0€\u00a0: coût inconnu pour une étape au moins"
    )
    assert found.explain("fr").startswith(
        "Défis Cartes blanches\u00a0: 54 candidatures\u00a0; exploration\u00a0: nombre d’équipes non publié\u00a0; "
        "incubation\u00a0: 24 équipes × 25\u202f000\u00a0€ = 600\u202f000\u00a0€\u00a0; "
        "taux de passage\u00a0: 44,4\u00a0% (sur 54)\u00a0; "
        "expérimentation\u00a0: de 3 à 5 équipes × de 150\u202f000\u00a0€ à 250\u202f000\u00a0€ = "
        "de 450\u202f000\u00a0€ à 1\u202f250\u202f000\u00a0€\u00a0; "
        "taux de passage\u00a0: de 12,5\u00a0% à 20,8\u00a0% (sur 24)\u00a0; "
        "connu à ce stade\u00a0: de 1\u202f050\u202f000\u00a0€ à 1\u202f850\u202f000\u00a0€\u00a0; "
        "étapes chiffrées\u00a0: 2 sur 3 "
    )


def test_the_bounds_are_those_of_the_staged_plan() -> None:
    """The least and the most that stage_attrition cost are the cheapest and the dearest plan that may be asked for."""
    cost = instruments.stage_attrition(DEFIS).cost
    assert cost is not None
    assert fund.staged_funding(DEFIS, {"experimentation": (3, 150_000)}).cost.amount == cost.lower
    with pytest.raises(EnvelopeExceededError) as refused:
        fund.staged_funding(DEFIS, {"experimentation": (5, 250_000)})
    assert refused.value.requested.amount == cost.upper


def call(*stages: dict[str, Any], **about: Any) -> ChallengeCall:
    """Return a challenge call with its stages in order."""
    phases = ("exploration", "incubation", "experimentation")
    made = [ChallengeStage(phase=phase, **stage) for phase, stage in zip(phases, stages, strict=False)]
    return ChallengeCall(id="c", label="C", stages=made, **about)


@pytest.mark.parametrize(
    ("teams", "before", "left", "reason"),
    [
        (Quantity.exact(3, COUNT), Quantity.at_least(6, COUNT), Quantity.at_most(50, PERCENT), None),
        (Quantity.exact(3, COUNT), Quantity.at_most(6, COUNT), Quantity.at_least(50, PERCENT), None),
        (Quantity.exact(3, COUNT), Quantity.about(6, COUNT), None, MissingReason.NO_BOUND),
        (Quantity.about(3, COUNT), Quantity.exact(6, COUNT), None, MissingReason.NO_BOUND),
        (Quantity.at_least(3, COUNT), Quantity.at_least(6, COUNT), None, MissingReason.NO_BOUND),
        (Quantity.exact(0, COUNT), Quantity.exact(0, COUNT), None, MissingReason.NO_BOUND),
        (None, Quantity.exact(6, COUNT), None, MissingReason.NO_TEAMS),
        (Quantity.exact(3, COUNT), None, None, MissingReason.NOTHING_BEFORE),
    ],
)
def test_what_is_left_keeps_its_bounds(
    teams: Quantity | None, before: Quantity | None, left: Quantity | None, reason: MissingReason | None
) -> None:
    """Inexact numbers give bounds, or none with the reason."""
    survival = instruments.stage_attrition(call({"teams": before}, {"teams": teams})).stages[1]
    assert (survival.left, survival.reason) == (left, reason)
    assert reason is None or reason.label("fr") in survival.explain("fr")


HUNDRED_EACH = {"teams": Quantity.between(1, 2, COUNT), "grant": Quantity.exact(100, EUROS)}
UNKNOWN: dict[str, Any] = {}


def within(amount: int, *stages: dict[str, Any]) -> instruments.StageAttrition:
    """Return the stage_attrition of a call with an envelope."""
    return instruments.stage_attrition(call(*stages, envelope=sourced(Euros(amount))))


def test_whether_the_envelope_covers_it() -> None:
    """It covers every choice, none, or that depends; without cost or envelope nobody can say, and a reason does."""
    fits = {amount: within(amount, HUNDRED_EACH) for amount in (200, 150, 99)}
    assert [found.fits for found in fits.values()] == [True, None, False]
    assert [found.reason for found in fits.values()] == [None, MissingReason.CHOICE, None]
    assert fits[200].explain("fr").endswith("\u00a0: suffisante")
    assert fits[150].explain("en").endswith("envelope of €150: depends on the choices made")
    assert fits[99].explain("en").endswith("envelope of €99: insufficient")
    bare = instruments.stage_attrition(call(HUNDRED_EACH))
    assert (bare.fits, bare.reason) == (None, MissingReason.NO_ENVELOPE)
    assert "; total: " in bare.explain("en")
    grant_only = {"grant": Quantity.exact(5, EUROS)}
    assert instruments.stage_attrition(call(grant_only)).explain("en").endswith("; number of teams not published")
    assert within(9, grant_only).explain("en").endswith("published; envelope of €9: no known cost")


@pytest.mark.parametrize("unknown", [UNKNOWN, {"teams": Quantity.exact(1, COUNT)}, {"grant": Quantity.exact(9, EUROS)}])
def test_a_stage_without_a_cost_is_not_free(unknown: dict[str, Any]) -> None:
    """Where the cost of one stage is not known the envelope is never enough, and the total is what is known so far."""
    found = within(1_000_000, unknown, HUNDRED_EACH)
    assert (found.fits, found.reason) == (None, MissingReason.STAGE_WITHOUT_COST)
    assert (found.coverage.reported, found.coverage.missing) == (("incubation",), ("exploration",))
    assert "total: " not in found.explain("en")
    assert "; known so far: " in found.explain("en")
    assert found.explain("en").endswith(
        "; stages with a known cost: 1 of 2 (missing exploration); "
        "envelope of €1,000,000: unknown cost for at least one stage"
    )


def test_what_is_known_may_be_too_much_already() -> None:
    """Whatever the unknown stages cost, an envelope that the known ones pass is not enough: that is certain."""
    found = within(99, UNKNOWN, HUNDRED_EACH)
    assert (found.fits, found.reason) == (False, None)
    assert found.explain("fr").endswith("enveloppe de 99\u00a0€\u00a0: insuffisante")


def test_bounds_of_a_cost_that_is_half_open() -> None:
    """No upper bound, no promise; the lower bounds add up alone, because nothing costs less than nothing."""
    grant = Quantity.exact(100, EUROS)
    least, most = (
        {"teams": teams, "grant": grant} for teams in (Quantity.at_least(1, COUNT), Quantity.at_most(1, COUNT))
    )
    assert (within(500, least).fits, within(500, least).reason) == (None, MissingReason.NO_BOUND)
    assert (within(50, most).fits, within(50, most).reason) == (None, MissingReason.CHOICE)
    assert within(100, most).fits is True
    assert within(99, least, most).cost == Quantity.at_least(100, EUROS)
    assert within(99, least, most).fits is False


# ---------------------------------------------------------------- Carte blanche


def story(as_of: str = "2019-12-31", **about: Any) -> instruments.CarteBlancheSummary:
    """Return the story of a Carte blanche."""
    return instruments.carte_blanche_summary(CarteBlanche(id="c", label="Cahors", **about), as_of=as_of)


def test_an_unknown_launch_gives_a_duration_of_at_least() -> None:
    """Launched some day up to June and closed in August, it lasted from July on, and nobody knows how much longer."""
    dates = {"launched_on": sourced_period("../2019-06"), "closed_on": sourced_period("2019-08")}
    assert story("2019-12-31", **dates).lasted == Quantity.at_least(32, "days")
    dates = {"launched_on": sourced_period("2019-06-01"), "closed_on": sourced_period("../2019-06-11")}
    assert story("2019-12-31", **dates).lasted == Quantity.between(0, 10, "days")


def test_what_begins_on_the_day_has_begun() -> None:
    """A launch and an experiment of the day itself have begun; the day before, neither had."""
    about = {
        "launched_on": sourced_period("2019-06-14"),
        "experiments": [Experiment(id="bus", label="Bus", period="2019-06-14/2019-07-31")],
    }
    before, found = story("2019-06-13", **about), story("2019-06-14", **about)
    assert (before.experiments, before.is_open, before.reason) == ((), None, MissingReason.NOT_BEGUN)
    assert ([one.id for one in found.experiments], found.is_open, found.reason) == (["bus"], True, None)
    assert found.lasted == Quantity.exact(0, "days")


def test_what_was_left_open() -> None:
    """Problems without an idea, ideas not tried, experiments without outcome: each named, n of m."""
    found = story(
        problems=[LocalProblem(id="far", label="Loin"), LocalProblem(id="slow", label="Lent")],
        ideas=[Idea(id="bus", label="Bus", problem_ids=["far"]), Idea(id="app", label="Appli", problem_ids=["far"])],
        experiments=[
            Experiment(id="bus-1", label="Bus", idea_ids=["bus"], outcome="96 % satisfaits"),
            Experiment(id="bus-2", label="Bus", idea_ids=["bus"]),
        ],
        closed_on=sourced_period("2019-12"),
        outcome="Généralisé",
    )
    named = [[one.id for one in some] for some in (found.without_idea, found.untried, found.without_outcome)]
    assert named == [["slow"], ["app"], ["bus-2"]]
    assert found.explain("en") == (
        "Cahors, as of 31 December 2019: unknown date; problems without an idea: 1 of 2 (Lent); "
        "ideas not tested: 1 of 2 (Appli); experiments without a result: 1 of 2 (Bus); Généralisé"
    )
    far, bus = LocalProblem(id="far", label="Loin"), Idea(id="bus", label="Bus", problem_ids=["far"])
    answered = story(problems=[far], ideas=[bus])
    assert "problèmes sans idée\u00a0: 0 sur 1\u00a0; " in answered.explain("fr")


@pytest.mark.parametrize(
    ("launched", "closed", "as_of", "is_open", "found"),
    [
        ("2019-01-01", None, "2019-01-31", True, (30, 30)),
        ("2019-01-01", "2019-01-11", "2019-01-31", False, (10, 10)),
        ("2019-01-01", "2019-01-11", "2019-01-10", True, (9, 9)),
        ("2017-12", None, "2019-06-14", True, (530, 560)),
        ("2019-01", "2019-01", "2019-06-14", False, (0, 30)),
        ("2019", None, "2019-06-14", None, MissingReason.NOT_BEGUN),
        (None, None, "2019-06-14", None, MissingReason.NO_DATE),
        (None, "2019-01", "2019-06-14", False, MissingReason.NO_DATE),
        ("2020-03", "2019-01", "2021-01-01", False, MissingReason.CLOSED_BEFORE_BEGUN),
        ("2020-03", "2019-01", "2019-06-14", False, MissingReason.CLOSED_BEFORE_BEGUN),
        ("2020-03", "2019-01", "2018-06-14", None, MissingReason.NOT_BEGUN),
        ("2019", "2019-03-10", "2019-06-14", False, (0, 68)),
    ],
)
def test_how_long_it_lasted(
    launched: str | None, closed: str | None, as_of: str, is_open: bool | None, found: Any
) -> None:
    """From its launch to its closing, or to the day, in bounds where known to the month; no number without an order."""
    dates = {"launched_on": launched, "closed_on": closed}
    made = story(as_of, **{name: sourced_period(on) for name, on in dates.items() if on is not None})
    assert made.is_open is is_open
    assert found == (made.reason if made.lasted is None else (made.lasted.lower, made.lasted.upper))


def told(as_of: str) -> instruments.CarteBlancheSummary:
    """Return the story of a Carte blanche that was launched in 2019, tried in 2020 and closed in 2021."""
    experiments = [
        Experiment(id="one", label="Bus", idea_ids=["bus"], period="2020", outcome="96 % satisfaits"),
        Experiment(id="goes-on", label="Bus", period="2020/..", outcome="98 % satisfaits"),
    ]
    return story(
        as_of,
        launched_on=sourced_period("2019-03"),
        closed_on=sourced_period("2021-06"),
        ideas=[Idea(id="bus", label="Bus")],
        experiments=experiments,
        outcome="Généralisé en 2021",
    )


@pytest.mark.parametrize(
    ("as_of", "begun", "untried", "without_outcome", "outcome"),
    [
        ("2019-06-14", [], ["bus"], [], ""),
        ("2020-06-14", ["one", "goes-on"], [], ["one", "goes-on"], ""),
        ("2020-12-31", ["one", "goes-on"], [], ["goes-on"], ""),
        ("2021-06-30", ["one", "goes-on"], [], ["goes-on"], "Généralisé en 2021"),
    ],
)
def test_a_story_knows_nothing_of_later(
    as_of: str, begun: list[str], untried: list[str], without_outcome: list[str], outcome: str
) -> None:
    """An experiment counts once it began, its outcome once it ended, and the outcome of all once it is closed."""
    found = told(as_of)
    named = [[one.id for one in some] for some in (found.experiments, found.untried, found.without_outcome)]
    assert (*named, found.outcome) == (begun, untried, without_outcome, outcome)
    assert ("Généralisé" in found.explain("fr")) is bool(outcome)
    assert ("experiments without a result" in found.explain("en")) is bool(begun)


def test_a_story_takes_only_what_it_is_made_of() -> None:
    """A story made by hand is held to its types, as all that exists is valid."""
    with pytest.raises(InvalidValueError, match="experiments"):
        evolve(told("2020-06-14"), experiments=["one"])


def test_a_closing_before_the_launch_is_no_duration() -> None:
    """Closed before it began: not 0 days, but the reason why there is no number."""
    found = story("2021-01-01", launched_on=sourced_period("2020-03"), closed_on=sourced_period("2019-01"))
    assert found.lasted is None
    assert found.explain("en") == "Cahors, as of 1 January 2021: closed before its launch"


def test_a_story_says_open_or_closed() -> None:
    """Cahors was open on the day of the article, since December 2017, to the month."""
    cahors = AP.instruments["carte-blanche-cahors"]
    found = instruments.carte_blanche_summary(cahors, as_of="2019-06-14")
    assert "durée\u00a0: de 530\u00a0jours à 560\u00a0jours" in found.explain("fr")
    closed = story(launched_on=sourced_period("2019-01-01"), closed_on=sourced_period("2019-01-11"))
    assert closed.explain("en").replace("\u00a0", " ").endswith("closed after 10 days")


# ---------------------------------------------------------------- weeks, labs, consultations


def test_the_editions_that_are_known() -> None:
    """Editions 1, 5, 6, 9 and 11 are known, the six between are missing; a published count is no described event."""
    found = instruments.week_editions(AP)
    assert found.coverage.missing == ("2", "3", "4", "7", "8", "10")
    assert {edition.events for edition in found.editions} == {None}
    assert [edition.number for edition in found.editions if edition.published is not None] == [9]
    assert found.explain("en").startswith("known editions: 5 of 11 (missing 2, 3, 4, 7, 8, 10); ")
    assert "événements selon la source\u00a0: plus de 350\u00a0; aucun événement décrit" in found.explain("fr")
    assert instruments.week_editions(Portfolio()).coverage.expected == 0


def week(*attendance: int | None, figures: Any = ()) -> Portfolio:
    """Return a portfolio with the sixth edition, and one event for each number of people."""
    events = [
        LocalEvent(id=f"e{n}", label="E", territory_id="46", period="2019-11-26", attendance=count)
        for n, count in enumerate(attendance)
    ]
    period = sourced_period("2019-11-25/2019-11-30")
    edition = InnovationWeek(id="w6", label="W6", edition=6, period=period, events=events, figures=figures)
    return Portfolio.of(SOURCE, *PLACES, edition)


def test_events_and_attendance_of_an_edition() -> None:
    """People are added up where they were counted, n of m; where nobody counted there is no number, not 0."""
    (some,) = instruments.week_editions(week(30, None)).editions
    assert (some.events, some.attendance, some.coverage.missing) == (2, 30, ("e1",))
    assert some.explain("en") == (
        "W6: events described: 2; participants: 30; events with a known attendance: 1 of 2 (missing E)"
    )
    (none,) = instruments.week_editions(week(None)).editions
    assert (none.events, none.attendance, none.reason) == (1, None, MissingReason.NO_COUNT)
    events = Figure(id="events", label="Événements", value=sourced(Quantity.at_least(350, COUNT)))
    (published,) = instruments.week_editions(week(figures=[events])).editions
    assert published.explain("en") == "W6: events according to the source: at least 350; no event described"


def test_the_labs() -> None:
    """Grants are shown each with its scope and never added up; partners that no source names are missing."""
    found = instruments.labs(AP)
    assert (str(found.funded), found.partnered.missing) == ("1 of 1", ("territorial-labs",))
    assert "par laboratoire (Un second souffle pour les laboratoires d’innovation territoriale)" in found.explain("fr")
    partner = Organisation(id="lot", label="Lot", kind="local-authority")
    funded = InnovationLab(id="a", label="A", partner_ids=["lot"], grant=sourced(Euros(5)))
    few = instruments.labs(Portfolio.of(SOURCE, partner, funded, InnovationLab(id="b", label="B")))
    assert few.explain("en") == ("known grants: 1 of 2 (missing B); known partners: 1 of 2 (missing B); A: €5 (Note)")


def test_the_consultations() -> None:
    """What was asked, who took part, what came of it and who took it up; those without an outcome are named."""
    found = instruments.consultations(AP)
    assert (str(found.closed), str(found.asked), str(found.counted)) == ("1 of 1", "0 of 1", "0 of 1")
    told = Consultation(
        id="a",
        label="A",
        questions=["Quoi\u00a0?"],
        participation=sourced(Quantity.about(100, COUNT)),
        outcome="Suivi",
        reform_ids=["r"],
    )
    plan = Portfolio.of(SOURCE, Reform(id="r", label="R"), told, Consultation(id="b", label="B"))
    both = instruments.consultations(plan)
    assert (both.closed.missing, both.taken_up.reported) == (("b",), ("a",))
    assert both.explain("en").endswith("; A: 1 question, about 100 participants, Suivi, taken up by R")
    assert "suites connues\u00a0: 1 sur 2 (manque B)" in both.explain("fr")


# ---------------------------------------------------------------- what exists is valid

RESULTS = (
    instruments.PlacedCount(outside=1, inside=1),
    instruments.share_outside(AP, "campus"),
    instruments.stage_attrition(DEFIS),
    instruments.stage_attrition(DEFIS).stages[1],
    told("2020-06-14"),
    instruments.week_editions(AP),
    instruments.week_editions(AP).editions[0],
    instruments.labs(AP),
    instruments.consultations(AP),
)


@pytest.mark.parametrize(
    ("result", "name"),
    [pytest.param(one, at.name, id=f"{type(one).__name__}-{at.name}") for one in RESULTS for at in fields(type(one))],
)
@pytest.mark.parametrize("wrong", ["a", -1, True, ["a"]], ids=repr)
def test_no_result_holds_just_anything(result: Any, name: str, wrong: Any) -> None:
    """A result made by hand is held to its types like everything else, and the refusal names the field."""
    if (name == "is_open" and wrong is True) or (name == "outcome" and wrong == "a"):
        return
    with pytest.raises(InvalidValueError, match=f"{type(result).__name__}.*{name}: expected "):
        evolve(result, **{name: wrong})


def test_a_cost_without_bounds_is_no_sum() -> None:
    """Where neither bound of the cost follows from what is published, teams and grant stand beside each other."""
    stage = ChallengeStage(
        phase="incubation", teams=Quantity.at_least(10, "count"), grant=Quantity.at_most(25_000, "EUR")
    )
    survival = instruments.StageCount(stage=stage, reason=MissingReason.NOTHING_BEFORE)
    assert survival.cost is None
    assert "at least 10 teams × at most €25,000; " in survival.explain("en")
