"""What a report says of levers activated and of territorial instruments at work."""

from __future__ import annotations

from levier import (
    Award,
    Campus,
    CampusSession,
    ChallengeCall,
    EffectHorizon,
    Euros,
    Fund,
    Indicator,
    IntendedEffect,
    Lever,
    LeverActivation,
    Observation,
    Portfolio,
    Project,
    Quantity,
    Reform,
    Source,
    Sourced,
    Territory,
    catalogue,
)
from levier.display.pages import Cell, Report, Table
from levier.display.report import report
from levier.instruments import ChallengeStage
from levier.model.quantities import COUNT

DAY = "2026-07-31"


def table(made: Report, name: str) -> Table:
    """Return one table of a report."""
    return next(table for section in made.sections for table in section.tables if table.id == name)


def stages(made: Report, call: str) -> list[dict[str, Cell]]:
    """Return the stages of a challenge call, cell by column."""
    held = table(made, f"stages-{call}")
    return [{column.id: cell for column, cell in zip(held.columns, row.cells, strict=True)} for row in held.rows]


def test_a_challenge_call_is_shown_stage_by_stage() -> None:
    """Of 54 applications 24 teams are left, of those 3 to 5; their money stands beside the envelope, in bounds."""
    made = report(catalogue.action_publique_2022(), as_of=DAY, lang="fr")
    first, second, third = stages(made, "defis-cartes-blanches")
    assert (first["left"].value, first["left"].text) == (None, "nombre d’équipes non publié")
    assert (second["left"].text, second["left"].value) == ("44,4\u00a0% (sur 54)", "44.44%")
    assert third["left"].text == "de 12,5\u00a0% à 20,8\u00a0% (sur 24)"
    assert third["cost"].value == "between 450000 and 1250000 EUR"
    assert (
        table(made, "stages-defis-cartes-blanches").notes[0].startswith("Enveloppe\u00a0: 1\u202f500\u202f000\u00a0€")
    )
    plan = Portfolio.of(
        ChallengeCall(id="c", label="C", stages=[ChallengeStage(phase="incubation", teams=Quantity.exact(4, COUNT))])
    )
    bare = report(plan, as_of=DAY, lang="en")
    assert table(bare, "stages-c").notes == ()
    assert stages(bare, "c")[0]["left"].text == "no earlier number of teams"


def test_the_share_outside_paris_is_shown_with_what_is_stated() -> None:
    """The article's bound is shown without a session; a share counted is shown without a bound; else nothing is."""
    made = report(catalogue.action_publique_2022(), as_of=DAY, lang="fr")
    notes = table(made, "instruments").notes
    assert notes[0].startswith("Campus de la transformation, sessions hors Paris\u00a0: aucune session connue")
    assert notes[1].startswith("Éditions connues de la Semaine de l’innovation publique\u00a0: 5 sur 11")
    paris, campus = Territory(id="75", label="Paris"), Campus(id="campus", label="Campus")
    session = CampusSession(id="day", label="D", campus_id="campus", territory_id="75", period="2019-03-05")
    (counted,) = table(report(Portfolio.of(paris, campus, session), as_of=DAY, lang="en"), "instruments").notes
    assert counted == (
        "Campus, sessions outside Paris: 0.0%; sessions with a known location: 1 of 1; "
        "attendance not counted for at least one session."
    )
    for plan in (Portfolio.of(paris, campus), Portfolio.of(campus)):
        assert table(report(plan, as_of=DAY, lang="en"), "instruments").notes == ()


def test_levers_say_what_is_pulled_and_at_what_known_cost() -> None:
    """The owners that activate a lever or one below it count once, programmes too; only known costs stand."""
    made = report(catalogue.action_publique_2022(), as_of=DAY, lang="fr")
    held = table(made, "levers")
    assert held.rows[0].cells[-1].value == "programmes:2 projects:0 reforms:0"
    note, branches = held.notes
    assert branches.startswith("Un levier inclut ses sous-leviers")
    assert not any(one.id == "lever-costs" for section in made.sections for one in section.tables)
    assert note.startswith("Leviers actionnés\u00a0: 5 sur 9\u00a0; mesurés\u00a0: 0 sur 9\u00a0; réformes")
    fund = Fund(id="f", label="F", awards=[Award(id="p", label="P", project_id="p", amount=100)])
    levers = (Lever(id="a", label="A"), Lever(id="b", label="B"))
    plan = Portfolio.of(*levers, Project(id="p", label="P", lever_ids=["a", "b"]), fund)
    costs = table(report(plan, as_of=DAY, lang="en"), "lever-costs")
    assert costs.notes == ("Known cost (2 of 2): €100, each owner counted once; €200 summed over levers.",)
    assert [[cell.text for cell in row.cells] for row in costs.rows] == [
        ["A", "–", "€100", "1 of 1", "–"],
        ["B", "–", "€100", "1 of 1", "–"],
    ]


def test_a_lever_above_others_is_told_with_them() -> None:
    """What one below activates, measures and costs is the branch's too; whose money may be counted twice is named."""
    cost = Sourced(value=Euros(50), source_id="note")
    activating = LeverActivation(lever_id="below", cost=cost)
    effects = [IntendedEffect(indicator_id="wait", direction="decrease")]
    plan = Portfolio.of(
        Source(id="note", title="Note"),
        Indicator(id="wait", label="Wait", unit="days"),
        Territory(id="FR", label="France"),
        Observation(indicator_id="wait", period="2019-01", kind="actual", value=3),
        Lever(id="above", label="Above"),
        Lever(id="below", label="Below", parent_id="above", effects=effects),
        Lever(id="idle", label="Idle"),
        Reform(id="r", label="Reception", lever_ids=["below"], activations=[activating]),
        Project(id="p", label="Desk", reform_id="r", lever_ids=["below"], activations=[activating]),
    )
    made = report(plan, as_of=DAY, lang="en")
    *_, measured, activated_by = table(made, "levers").rows[0].cells
    assert (measured.text, activated_by.value) == ("yes, through a sub-lever", "programmes:0 projects:1 reforms:1")
    assert table(made, "levers").notes[0].startswith("Levers activated: 2 of 3; measured: 2 of 3")
    costs = table(made, "lever-costs")
    assert [[cell.text for cell in row.cells] for row in costs.rows] == [
        ["Above", "€100", "–", "2 of 2", "Desk"],
        ["› Below", "€100", "–", "2 of 2", "Desk"],
        ["Idle", "unknown", "–", "0 of 0", "–"],
    ]
    assert costs.notes[1] == "Possible double count (money already within that of a reform or a programme): Desk."


def test_a_lever_shows_its_horizons_its_objective_and_its_tags() -> None:
    """Sizes stand by horizon in their order, after the undated one; objective and tags have a table, where stated."""
    sizes = [
        EffectHorizon(period=year, size=Quantity.exact(size, "TWh")) for year, size in (("2040", -9), ("2030", -3))
    ]
    dated = IntendedEffect(indicator_id="gas", size=Quantity.at_most(-1, "TWh"), horizons=sizes)
    bare = IntendedEffect(indicator_id="oil")
    plan = Portfolio.of(
        Source(id="snbc", title="SNBC"),
        *(Indicator(id=name, label=name, unit="TWh") for name in ("gas", "oil")),
        Lever(id="a", label="A", objective="Sortir du gaz", effects=[dated, bare], source_ids=["snbc"]),
        Lever(id="b", label="B", tags=["Atténuation", "Eau"], parent_id="a"),
        Lever(id="c", label="C"),
    )
    made = report(plan, as_of=DAY, lang="fr")
    by_path = {row.id: row.cells for row in table(made, "levers").rows}
    _, _, direction, size, *_ = by_path["levers/a/effects/gas"]
    assert direction.text == "à la baisse"
    said = size.text.replace("\u00a0", " ").replace("\u2212", "-")
    assert said == "au plus -1 TWh, -3 TWh à l’horizon 2030, -9 TWh à l’horizon 2040"
    assert size.value == "2030:-3 TWh 2040:-9 TWh"
    _, _, direction, size, *_ = by_path["levers/a/effects/oil"]
    assert (direction.text, size.text) == ("sens non précisé", "ampleur non précisée")
    rows = [[cell.text for cell in row.cells] for row in table(made, "lever-objectives").rows]
    assert rows == [["A", "Sortir du gaz", "–", "SNBC"], ["› B", "–", "Atténuation, Eau", "aucun"]]
    without = report(plan.with_(Lever(id="a", label="A"), Lever(id="b", label="B")), as_of=DAY, lang="fr")
    assert not any(one.id == "lever-objectives" for section in without.sections for one in section.tables)
