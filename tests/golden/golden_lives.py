"""Small questions about plans, levers and instruments: every branch of what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve
from golden_plans import NATION, departments, lever_of, plan, row
from golden_said import Case, case

from levier import (
    Award,
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    Consultation,
    Euros,
    Figure,
    Fund,
    InnovationLab,
    InnovationWeek,
    IntendedEffect,
    Lever,
    LeverActivation,
    Method,
    Milestone,
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
    fund,
    instruments,
    plans,
    rules,
)
from levier.instruments import (
    ChallengeStage,
    Experiment,
    Idea,
    LocalEvent,
    LocalProblem,
    carte_blanche_summary,
    share_outside,
    stage_attrition,
    week_editions,
)
from levier.model.quantities import COUNT, EUROS, PERCENT, SHARE
from levier.plans import EffectHorizon, PhaseStep

DAY = "2019-06-14"
SOURCE = Source(id="note", title="Note au comité")


def sourced(value: Any, **more: Any) -> Sourced[Any]:
    """Return a value with its source."""
    return Sourced(value=value, source_id="note", **more)


def project(*steps: tuple[str, str], **more: Any) -> Project:
    """Return a project that took these steps."""
    taken = [PhaseStep(phase=phase, on=on, because="décidé") for phase, on in steps]
    return Project(id="p", label="Projet", steps=taken, **more)


PILOT = Milestone(id="pilot", label="Pilote", planned="2019-05")
DEPLOYED = ("deployment", "2019-01-10")
LIVES: dict[str, Project] = {
    "nothing known": project(),
    "under way": project(DEPLOYED, calendar="2018-06/2019-03"),
    "to come": project(calendar="2020/2021"),
    "no end": project(calendar="2018/.."),
    "in time": project(("deployment", "2018-07-01"), ("completed", "2019-02-01"), calendar="2018-06/2019-03"),
    "on its last day": project(("deployment", "2018-07-01"), ("completed", "2019-03-31"), calendar="2018-06/2019-03"),
    "completed late": project(("deployment", "2018-07-01"), ("completed", "2019-05-01"), calendar="2018-06/2019-03"),
    "stopped": project(("stopped", "2019-05-01"), calendar="2018-06/2019-03"),
    "back to framing": project(DEPLOYED, ("stopped", "2019-02-01"), ("framing", "2019-03-01")),
    "calendar after the first step": project(("experimentation", "2017-01-10"), calendar="2018-06/2019-03"),
    "one day late": project(DEPLOYED, calendar="2018-06-01/2019-06-13"),
    "no day late": project(DEPLOYED, calendar="2018-06-01/2019-06-14"),
}
MILESTONES: dict[str, Milestone] = {
    "unreported": PILOT,
    "missed": PILOT.not_done("2019-06-03"),
    "done late": PILOT.done("2019-06-10"),
    "done early": PILOT.done("2019-05-30"),
    "done in time": PILOT.done("2019-05-31"),
    "to come": evolve(PILOT, planned="2019-09"),
    "no end": evolve(PILOT, planned="2019/.."),
    "moved": PILOT.revised_to("2019-08", on="2019-04-01", because="marché"),
    "brought forward": PILOT.revised_to("2019-04", on="2019-03-01", because="avance").done("2019-04-30"),
    "moved by a day": evolve(PILOT, planned="2019-05-30").revised_to("2019-05-31", on="2019-04-01", because="férié"),
}


def lives() -> Iterator[Case]:
    """Yield what is said of calendars, phases and milestones."""
    for name, one in LIVES.items():
        yield case(f"phases: {name}", plans.phase_times, one, as_of=DAY)
        yield case(f"slip: {name}", plans.schedule_variance, one, as_of=DAY)
        dated = evolve(one, milestones=[PILOT, Milestone(id="later", label="Suite", planned="2020")])
        yield case(f"milestones: {name}", plans.milestones_of, Portfolio.of(dated), dated, as_of=DAY)
    for name, milestone in MILESTONES.items():
        held = project(DEPLOYED, milestones=[milestone])
        yield case(f"milestone {name}", plans.milestones_of, Portfolio.of(held), held, as_of=DAY)
        yield case(f"milestone {name}, slip", plans.schedule_variance, held, as_of=DAY)
    yield case("before it began", plans.phase_times, project(DEPLOYED), as_of="2018-01-01")
    top = Programme(id="top", label="Plan", kind="national", calendar="2018-01/2019-03", milestones=[PILOT])
    below = Programme(id="axis", label="Axe", label_en="Axis", kind="workstream", parent_id="top")
    reform = Reform(id="r", label="Réforme", programme_ids=["axis"], calendar="2018-01/2019-03")
    held = Portfolio.of(top, below, reform, evolve(LIVES["under way"], reform_id="r"))
    for subject in (top, below, reform):
        yield case(f"slip: {subject.id}", plans.schedule_variance, subject, as_of=DAY)
        yield case(f"milestones: {subject.id}", plans.milestones_of, held, subject, as_of=DAY)
        yield case(f"cost: {subject.id}", plans.cost_of, held, subject, as_of=DAY)
        yield case(f"findings: {subject.id}", rules.findings_of, held, subject, as_of=DAY)


LEVERS = (
    Lever(id="invest", label="Investir", label_en="Invest"),
    Lever(id="fund", label="Fonds", label_en="Fund", parent_id="invest"),
    Lever(id="digital", label="Numérique", label_en="Digital", parent_id="invest"),
    Lever(id="inside", label="Interne", label_en="Inside"),
)


def activate(lever: str, cost: int | None = None, **about: Any) -> LeverActivation:
    """Return an activation, at a stated cost where one is given."""
    return LeverActivation(lever_id=lever, cost=None if cost is None else sourced(Euros(cost)), **about)


def activating(name: str, *named: str, activations: Any = (), **about: Any) -> Project:
    """Return a project that names levers, and activates some."""
    names = dict.fromkeys((*named, *(one.lever_id for one in activations)))
    return Project(id=name, label=name.upper(), lever_ids=list(names), activations=activations, **about)


def awarded(**amounts: int | None) -> Fund:
    """Return a fund that awards money to projects."""
    made = [Award(id=f"award-{name}", label="A", project_id=name, amount=amount) for name, amount in amounts.items()]
    return Fund(id="ftap", label="FTAP", awards=made)


def levers() -> Iterator[Case]:
    """Yield what is said of levers: activates, coverage, costs, progress and effects."""
    lot, design = Territory(id="46", label="Lot"), Method(id="design", label="Design de service")
    told = activate("digital", 100, territory_ids=["46"], period="2019-03/..", method_ids=["design"])
    step = PhaseStep(phase="experimentation", on="2019-06-20", because="CITP 3")
    held = Portfolio.of(
        *LEVERS,
        SOURCE,
        lot,
        design,
        Programme(id="ap", label="AP", kind="national", lever_ids=["invest"]),
        Reform(id="r", label="R", lever_ids=["inside"], calendar="2018/2020"),
        Reform(id="s", label="S"),
        activating("p", "fund", activations=[told, activate("digital")], steps=[step], calendar="2018/2020"),
    )
    yield case("activations", plans.activations_of, held)
    yield case("coverage", plans.lever_coverage, held)
    yield case("coverage of nothing", plans.lever_coverage, Portfolio())
    yield case("costs of nothing", plans.lever_costs, Portfolio())
    under = {"reform_id": "r"}
    for name, things in {
        "one": (activating("p", "digital"), awarded(p=100)),
        "shared": (activating("p", "digital", "inside"), awarded(p=100)),
        "shared, one euro": (activating("p", "digital", "inside"), awarded(p=1)),
        "several": (
            activating("p", "digital"),
            activating("q", "digital", "fund"),
            activating("x", "inside"),
            awarded(p=5, q=7),
        ),
        "of the lever and of the award": (activating("p", activations=[activate("digital", 60)]), awarded(p=100)),
        "nested": (
            Reform(id="r", label="R", lever_ids=["digital"], activations=[activate("digital", 500)]),
            activating("p", "digital", **under),
            awarded(p=100),
        ),
        "nothing known": (activating("p", "digital"), awarded(p=None)),
    }.items():
        some = Portfolio.of(*LEVERS, SOURCE, *things)
        yield case(f"costs: {name}", plans.lever_costs, some)
        yield case(f"cost of the project: {name}", plans.cost_of, some, some.projects["p"])
        if some.reforms:
            yield case(f"cost of the reform: {name}", plans.cost_of, some, some.reforms["r"])
        yield case(f"coverage: {name}", plans.lever_coverage, some)
        yield case(f"progress: {name}", plans.lever_progress, some.with_(NATION), as_of=DAY)
    yield from _effects()


def _effects() -> Iterator[Case]:
    digital = lever_of()
    below = Lever(id="desks", label="Guichets", label_en="Desks", parent_id="digital", effects=digital.effects)
    for name, rows, since in (
        ("as meant", [("actual", "2019-01", 10), ("actual", "2020-05", 14)], "2019-06-01"),
        ("not as meant", [("actual", "2019-01", 10), ("actual", "2020-05", 8)], "2019-06-01"),
        ("no change", [("actual", "2019-01", 10), ("actual", "2020-05", 10)], "2019-06-01"),
        ("by little", [("actual", "2019-01", 10), ("actual", "2020-05", "10.0001")], "2019-06-01"),
        ("from the baseline", [("baseline", "2019-01", 10), ("actual", "2020-05", 14)], "2019-06-01"),
        ("only before", [("actual", "2019-01", 10)], "2019-06-01"),
        ("only after", [("actual", "2020-05", 14)], "2019-06-01"),
        ("across", [("actual", "2019", 14)], "2019-06-01"),
        ("before and across", [("actual", "2018-01", 3), ("actual", "2019", 14)], "2019-06-01"),
        ("not measured", [], "2019-06-01"),
        ("no start", [("actual", "2019-01", 10), ("actual", "2020-05", 14)], None),
    ):
        held = plan(digital, *(row(*one) for one in rows))
        yield case(f"effects: {name}", plans.effects_of, held, "digital", as_of="2020-12-31", since=since)
    held = plan(digital, row("actual", "2019-01", 10), row("actual", "2020-05", 14, definition=2))
    yield case("effects: two definitions", plans.effects_of, held, "digital", as_of="2020-12-31", since="2019-06-01")
    held = plan(digital, *departments("75", "91"), row("actual", "2019-01", 10, "75"))
    yield case("effects: elsewhere", plans.effects_of, held, "digital", "91", as_of="2020-12-31", since="2019-06-01")
    activated = activating("p", "desks", calendar="2019-06/2021-12")
    held = plan(digital, below, activated, row("actual", "2019-01", 10), row("actual", "2020-05", 14))
    yield case("effects: of one below", plans.effects_of, held, "digital", as_of="2020-12-31")
    held = plan(Lever(id="bare", label="Rien"))
    yield case("effects: none named", plans.effects_of, held, "bare", as_of="2020-12-31")
    other = IntendedEffect(indicator_id="visits", direction="decrease")
    held = plan(
        Lever(id="down", label="Baisse", effects=[other]), row("actual", "2019-01", 10), row("actual", "2020", 4)
    )
    yield case("effects: down", plans.effects_of, held, "down", as_of="2020-12-31", since="2019-06-01")
    sizes = [
        EffectHorizon(period=year, size=Quantity.exact(size, COUNT)) for year, size in (("2020", -8), ("2040", -9))
    ]
    meant = IntendedEffect(indicator_id="visits", horizons=sizes)
    dated = Lever(id="dated", label="Horizons", effects=[meant])
    for name, lever, more in (
        ("stated", dated, {"horizon": "2020"}),
        (
            "the other way",
            evolve(dated, effects=[evolve(meant, horizons=[evolve(sizes[0], size=Quantity.exact(3, COUNT))])]),
            {"horizon": "2020"},
        ),
        ("between two", dated, {"horizon": "2030"}),
        ("on a line", dated, {"horizon": "2030", "shape": "linear"}),
        (
            "of bounds",
            evolve(dated, effects=[evolve(meant, horizons=[evolve(sizes[0], size=Quantity.at_most(-3, COUNT))])]),
            {"horizon": "2020"},
        ),
        ("no direction", evolve(dated, effects=[IntendedEffect(indicator_id="visits")]), {}),
    ):
        held = plan(lever, row("actual", "2019-01", 10), row("actual", "2020", 4))
        yield case(
            f"effects by horizon: {name}",
            plans.effects_of,
            held,
            "dated",
            as_of="2040-12-31",
            since="2019-06-01",
            **more,
        )


PLACES = (
    NATION,
    Territory(id="R11", label="Île-de-France", parent_id="FR"),
    Territory(id="R76", label="Occitanie", parent_id="FR"),
    Territory(id="75", label="Paris", parent_id="R11"),
    Territory(id="46", label="Lot", parent_id="R76"),
)


def campus(*places: str, people: Any = None, figures: Any = ()) -> Portfolio:
    """Return a portfolio with one campus, and one session of it in each place."""
    counted = people or [None] * len(places)
    sessions = [
        CampusSession(id=f"s{n}", label="S", campus_id="campus", territory_id=place, period="2019-03", attendance=count)
        for n, (place, count) in enumerate(zip(places, counted, strict=True))
    ]
    return Portfolio.of(SOURCE, *PLACES, Campus(id="campus", label="Campus", figures=figures), *sessions)


def challenge(*stages: dict[str, Any], **about: Any) -> ChallengeCall:
    """Return a challenge call with its stages in order."""
    phases = ("exploration", "incubation", "experimentation")
    made = [ChallengeStage(phase=phase, **stage) for phase, stage in zip(phases, stages, strict=False)]
    return ChallengeCall(id="c", label="Défis", stages=made, **about)


def of_instruments() -> Iterator[Case]:
    """Yield what is said of campuses, challenges, cartes blanches, weeks, labs and consultations."""
    stated = {
        "more than two thirds": Quantity.at_least("0.6666", SHARE, stated="plus de 2/3"),
        "half at most": Quantity.at_most(50, PERCENT),
        "about": Quantity.about("0.5", SHARE),
    }
    for name, quantity in stated.items():
        figures = [Figure(id="outside-paris", label="Hors de Paris", value=sourced(quantity))]
        for places in (("46", "46", "46", "75"), ("46", "75"), ("46", "FR")):
            held = campus(*places, figures=figures)
            yield case(f"campus: {name}, {len(places)} {places[-1]}", share_outside, held, "campus")
    for name, places, people in (
        ("none", (), None),
        ("not placed", ("FR",), None),
        ("counted", ("46", "75"), [30, 10]),
        ("half placed", ("FR", "46"), [1000, 10]),
        ("nobody placed", ("46", "FR"), [0, 100]),
        ("nobody came", ("46", "75"), [0, 0]),
        ("partly counted", ("46", "75"), [30, None]),
    ):
        yield case(f"campus: {name}", share_outside, campus(*places, people=people), "campus")
    hundred = {"teams": Quantity.between(1, 2, COUNT), "grant": Quantity.exact(100, EUROS)}
    least = {"teams": Quantity.at_least(1, COUNT), "grant": Quantity.exact(100, EUROS)}
    for name, call in {
        "nothing": challenge(),
        "enough": challenge(hundred, envelope=sourced(Euros(200))),
        "it depends": challenge(hundred, envelope=sourced(Euros(150))),
        "not enough": challenge(hundred, envelope=sourced(Euros(99))),
        "no envelope": challenge(hundred),
        "no bound": challenge(least, envelope=sourced(Euros(500))),
        "grant only": challenge({"grant": Quantity.exact(5, EUROS)}, envelope=sourced(Euros(9))),
        "a stage without a cost": challenge({}, hundred, envelope=sourced(Euros(1_000_000))),
        "two stages": challenge({"teams": Quantity.exact(6, COUNT)}, {"teams": Quantity.exact(3, COUNT)}),
        "of about six": challenge({"teams": Quantity.about(6, COUNT)}, {"teams": Quantity.exact(3, COUNT)}),
        "with applications": challenge(
            hundred,
            figures=[Figure(id="applications", label="Candidatures", value=sourced(Quantity.at_least(50, COUNT)))],
        ),
    }.items():
        yield case(f"challenge: {name}", stage_attrition, call)
        yield case(f"staged: {name}", fund.staged_funding, call)
    steps = {
        "problems": [LocalProblem(id="far", label="Loin"), LocalProblem(id="slow", label="Lent")],
        "ideas": [Idea(id="bus", label="Bus", problem_ids=["far"]), Idea(id="app", label="App", problem_ids=["far"])],
        "experiments": [
            Experiment(id="bus-1", label="Bus", idea_ids=["bus"], outcome="96 % satisfaits"),
            Experiment(id="bus-2", label="Bus", idea_ids=["bus"]),
        ],
        "outcome": "Généralisé",
    }
    dates = (
        ("2019-01-01", None, "2019-01-31"),
        ("2019-01-01", "2019-01-11", "2019-01-31"),
        ("2019-01-01", None, "2019-01-02"),
        ("2017-12", None, DAY),
        ("2019", None, DAY),
        (None, None, DAY),
        (None, "2019-01", DAY),
        ("2020-03", "2019-01", DAY),
    )
    for launched, closed, as_of in dates:
        found = {"launched_on": launched, "closed_on": closed}
        named = {name: sourced(Period(on)) for name, on in found.items() if on is not None}
        one = CarteBlanche(id="c", label="Cahors", **named)
        yield case(f"carte blanche: {launched} {closed} {as_of}", carte_blanche_summary, one, as_of=as_of)
    one = CarteBlanche(id="c", label="Cahors", closed_on=sourced(Period("2019-12")), **steps)
    yield case("carte blanche: steps", carte_blanche_summary, one, as_of="2019-12-31")
    yield from _others()


def _others() -> Iterator[Case]:
    weeks = [
        InnovationWeek(id="w5", label="Semaine 5", edition=5, period=sourced(Period("2018-11"))),
        InnovationWeek(
            id="w7",
            label="Semaine 7",
            edition=7,
            period=sourced(Period("2020-11")),
            events=[
                LocalEvent(id="a", label="A", territory_id="46", period="2020-11-20", attendance=30),
                LocalEvent(id="b", label="B", territory_id="46", period="2020-11-20"),
            ],
        ),
    ]
    yield case("weeks", week_editions, Portfolio.of(SOURCE, *PLACES, *weeks))
    yield case("no week", week_editions, Portfolio())
    labs = [
        InnovationLab(id="one", label="Un", territory_id="46", partner_ids=["o"], grant=sourced(Euros(100_000))),
        InnovationLab(id="two", label="Deux", territory_id="75"),
    ]
    body = Organisation(id="o", label="O", kind="ministry")
    yield case("labs", instruments.labs, Portfolio.of(SOURCE, *PLACES, body, *labs))
    yield case("no lab", instruments.labs, Portfolio())
    consultations = [
        Consultation(id="k", label="Consultation", initiator_id="o", questions=["Que changer ?"], outcome="Décret"),
        Consultation(id="l", label="Autre", initiator_id="o"),
    ]
    yield case("consultations", instruments.consultations, Portfolio.of(SOURCE, body, *consultations))
    yield case("no consultation", instruments.consultations, Portfolio())


CASES = {"lives": lives, "levers-small": levers, "instruments-small": of_instruments}
