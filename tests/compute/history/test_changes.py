"""Each kind of change: from which things it is read, and what it says in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Appropriations,
    Award,
    BudgetLine,
    BudgetProgramme,
    Campus,
    CommunityHub,
    Day,
    EffectHorizon,
    Euros,
    Event,
    Figure,
    Fund,
    Indicator,
    IntendedEffect,
    InvalidDocumentError,
    JournalEntry,
    Lever,
    LeverActivation,
    Milestone,
    Observation,
    Organisation,
    Period,
    Phase,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Saving,
    Source,
    Sourced,
    Survey,
    Territory,
)
from levier.budget import OutstandingStatement
from levier.compute.history.base_changes import LabelledChange
from levier.compute.history.keys import key_of
from levier.compute.history.label import ItemLabel, item_label
from levier.compute.history.thing_diff import changes_of
from levier.errors import InvalidValueError
from levier.fund import Journal, YearClosing
from levier.history import (
    Added,
    Altered,
    AnyChange,
    ChangedAmount,
    ChangedList,
    ChangedRating,
    MovedPhase,
    ReachedMilestone,
    RedatedMilestone,
    Removed,
    RevisedTarget,
    difference,
)
from levier.indicators import IndicatorWeight
from levier.model.quantities import COUNT
from levier.model.sources import Stated
from levier.plans import ConfidenceRating, Lead, PhaseStep, Revision
from levier.serialization import structure, unstructure
from levier.testing.strategies import of
from levier.wording.values import Name

PROJECT = Project(id="fc", label="FranceConnect")
PILOT = Milestone(id="pilot", label="Pilote ouvert", planned="2019-09")
OLD = Source(id="old", title="Old", published_on="2018-10")
LATE = Source(id="late", title="Late", published_on="2019-10")
AROUND = (
    Territory(id="FR", label="France"),
    Territory(id="46", label="Lot"),
    Organisation(id="ditp", label="DITP", kind="other"),
    Lever(id="digital", label="Numérique"),
    Indicator(id="delay", label="Délai", label_en="Delay", unit="days"),
    OLD,
    LATE,
)
SPACE = "\u00a0"


def changes(before: Any, after: Any) -> list[AnyChange]:
    """Return what is said of a thing as it was and as it is, among what it may refer to."""
    old, new = (Portfolio.of(*AROUND, *([] if thing is None else [thing])) for thing in (before, after))
    return list(difference(old, new).changes)


def only(before: Any, after: Any) -> AnyChange:
    """Return the only thing that is said."""
    (change,) = changes(before, after)
    return change


def row(value: Any, kind: str = "target", **more: Any) -> Observation:
    """Return one observation of the year 2020."""
    return Observation(indicator_id="delay", period="2020", kind=kind, value=value, **more)


def test_a_thing_that_comes_or_goes() -> None:
    """What was not there is added and what is not there any more removed, with its date and its number."""
    assert only(None, PROJECT) == Added(
        subject="projects/fc", label=f"Projet «{SPACE}FranceConnect{SPACE}»", label_en="Project 'FranceConnect'"
    )
    assert only(PROJECT, None).sentence("fr") == f"Projet «{SPACE}FranceConnect{SPACE}»{SPACE}: retrait"
    assert only(PROJECT, None).sentence("en") == "Project 'FranceConnect': removed"
    event = Event(
        id="citp", label="3e CITP", label_en="3rd CITP", on=Sourced(value=Period("2019-06-20"), source_id="old")
    )
    programme = Programme(id="p", label="AP", kind="national")
    change = only(programme, evolve(programme, events=[event]))
    assert change.subject == "programmes/p/events/citp"
    assert change.sentence("en") == "Programme 'AP', event '3rd CITP': added (20 June 2019)"
    figure = Figure(id="n", label="Communes", value=Sourced(value=Quantity.about(40, COUNT), source_id="old"))
    change = only(PROJECT, evolve(PROJECT, figures=[figure]))
    assert change.sentence("fr").endswith(f"chiffre «{SPACE}Communes{SPACE}»{SPACE}: ajout (environ 40)")


def test_two_steps_give_two_moves() -> None:
    """Each step taken since is one move, from the phase before it; because of what is said."""
    moved = PROJECT.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="3e CITP")
    first, second = changes(PROJECT, moved.moved_to(Phase.DEPLOYMENT, on="2020-02-01", because="bilan"))
    assert isinstance(first, MovedPhase)
    assert isinstance(second, MovedPhase)
    assert (first.before, first.after, second.before) == (Phase.FRAMING, Phase.EXPERIMENTATION, Phase.EXPERIMENTATION)
    assert first.sentence("fr") == (
        f"Projet «{SPACE}FranceConnect{SPACE}»{SPACE}: cadrage → expérimentation le 20 juin 2019 (3e CITP)"
    )
    assert second.sentence("en") == ("Project 'FranceConnect': experimentation → deployment on 1 February 2020 (bilan)")


def test_a_life_that_is_written_anew_is_altered() -> None:
    """Steps that do not go on from the earlier ones are shown whole: nothing was moved."""
    moved = PROJECT.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="3e CITP")
    other = PROJECT.moved_to(Phase.DEPLOYMENT, on="2019-06-20", because="3e CITP")
    longer = other.moved_to(Phase.COMPLETED, on="2020-06-20", because="bilan")
    for after in (PROJECT, other, longer):
        change = only(moved, after)
        assert isinstance(change, ChangedList)
        assert change.field == "steps"
        assert change.removed == ("Expérimentation, 20 juin 2019, 3e CITP",)


def test_a_target_is_revised_in_its_place() -> None:
    """Another value for the same indicator, territory, period and document; what else differs is said beside it."""
    change = only(row(60, territory_id="46"), row(55, territory_id="46"))
    assert isinstance(change, RevisedTarget)
    assert (change.subject, change.territory_id, change.before, change.after) == ("indicators/delay", "46", 60, 55)
    assert change.sentence("fr") == (
        f"Indicateur «{SPACE}Délai{SPACE}», cible, Lot, 2020{SPACE}: 60{SPACE}jours → 55{SPACE}jours"
    )
    assert change.sentence("en") == "Indicator 'Delay', target, Lot, 2020: 60 days → 55 days"
    revised, altered = changes(row(60), row(None, state="coming"))
    assert revised.sentence("en").endswith("60 days → no value")
    assert altered.sentence("en").endswith("state: measured → coming")
    assert isinstance(only(row(60), row(60, recorded_on="2020-01-01")), Altered)


def test_a_later_document_revises_a_target() -> None:
    """A target that a later document restates is revised, whether the earlier statement stays or goes."""
    old = Portfolio.of(*AROUND, row(60, source_id="old"))
    new = old.with_(row(55, source_id="late"))
    (change,) = difference(old, new).changes
    assert isinstance(change, RevisedTarget)
    assert (change.before, change.after) == (60, 55)
    assert change.sentence("en") == ("Indicator 'Delay', target, 2020: revised from 60 days (Old) to 55 days (Late)")
    assert only(row(60, source_id="old"), row(55, source_id="late")) == change
    assert change.sentence("fr") == (
        f"Indicateur «{SPACE}Délai{SPACE}», cible, 2020{SPACE}: "
        f"révision de 60{SPACE}jours (Old) à 55{SPACE}jours (Late)"
    )


def test_a_confirmed_target_is_no_revision() -> None:
    """A document that repeats the last target revises nothing, whatever was said before that."""
    old = Portfolio.of(*AROUND, row(60, source_id="old"), row(55, source_id="late"))
    latest = Source(id="latest", title="Latest", published_on="2021")
    (change,) = difference(old.with_(latest), old.with_(latest, row(55, source_id="latest"))).changes
    assert isinstance(change, Added)


@pytest.mark.parametrize(
    ("held", "come"),
    [
        (row(55, source_id="late"), row(60, source_id="old")),
        (row(60, source_id="old"), row(60, source_id="late")),
        (row(60, source_id="old"), evolve(row(60, source_id="late"), period="2021")),
        (row(60, source_id="old"), row(60, "actual", source_id="late")),
    ],
    ids=["earlier document", "the same value", "another period", "no target"],
)
def test_what_restates_nothing_is_added(held: Observation, come: Observation) -> None:
    """An earlier document, the same value, another period and another kind revise no target."""
    old = Portfolio.of(*AROUND, held)
    (change,) = difference(old, old.with_(come)).changes
    assert isinstance(change, Added)
    assert change.on == come.period
    assert isinstance(change.value, Quantity)


def test_a_target_that_leaves_is_removed() -> None:
    """A target that goes, and one without a value, are removed as any value is; why there was no value is said."""
    assert isinstance(only(row(60), None), Removed)
    gone = only(row(None, state="coming"), None)
    assert gone.sentence("en") == "Indicator 'Delay', target, 2020: removed (state: coming)"


def test_a_milestone_is_dated_anew() -> None:
    """Each revision is one change, with its reason; another first plan has none; what is done is reached."""
    project = evolve(PROJECT, milestones=[PILOT])
    late = PILOT.revised_to("2020-01", on="2019-10-01", because="contrat tardif")
    later = late.revised_to("2020-06", on="2020-02-01", because="marché").done("2020-05-15")
    first, second, reached = changes(project, evolve(PROJECT, milestones=[later]))
    assert isinstance(first, RedatedMilestone)
    assert first.sentence("fr") == (
        f"Projet «{SPACE}FranceConnect{SPACE}», jalon «{SPACE}Pilote ouvert{SPACE}»{SPACE}: "
        f"septembre 2019 → janvier 2020 (1er octobre 2019{SPACE}: contrat tardif)"
    )
    assert second.sentence("en") == (
        "Project 'FranceConnect', milestone 'Pilote ouvert': January 2020 → June 2020 (1 February 2020: marché)"
    )
    assert isinstance(reached, ReachedMilestone)
    assert reached.sentence("fr").endswith("atteint le 15 mai 2020")
    assert reached.sentence("en").endswith("reached on 15 May 2020")
    planned = only(project, evolve(PROJECT, milestones=[evolve(PILOT, planned="2019-12")]))
    assert planned.sentence("en").endswith("September 2019 → December 2019")


def test_a_milestone_that_is_written_anew_is_altered() -> None:
    """Revisions that do not go on from the earlier ones, and a date of completion that changes, are shown whole."""
    late = PILOT.revised_to("2020-01", on="2019-10-01", because="contrat tardif").done("2020-01-15")
    before = evolve(PROJECT, milestones=[late])
    longer = evolve(late, revisions=[Revision(planned="2020", decided_on="2019-09-01", because="x"), *late.revisions])
    for after in (evolve(late, revisions=[]), late.done("2020-01-16"), evolve(late, done_on=None), longer):
        change = only(before, evolve(PROJECT, milestones=[after]))
        assert isinstance(change, Altered | ChangedList)
        assert change.field in {"revisions", "done_on"}


def award(amount: Any) -> Fund:
    """Return a fund with one award."""
    return Fund(id="ftap", label="FTAP", awards=[Award(id="a", label="Cloud", amount=amount)])


def test_an_amount_changes() -> None:
    """An award's amount, known or not, both sides of a budget line, and a sourced envelope with its source."""
    change = only(award(None), award(24_300_000))
    assert isinstance(change, ChangedAmount)
    assert (change.field, change.before, change.after) == ("amount", None, Euros(24_300_000))
    assert change.sentence("en") == "Fund 'FTAP', award 'Cloud', amount: unknown → €24,300,000"
    assert only(award(1), award(2)).sentence("fr") == (
        f"Fonds «{SPACE}FTAP{SPACE}», attribution «{SPACE}Cloud{SPACE}», montant{SPACE}: 1{SPACE}€ → 2{SPACE}€"
    )
    line = BudgetLine(year=2021, stage="voted", amounts=Appropriations(40, 148), source_id="old")
    programme = BudgetProgramme(id=349, label="B", lines=[line])
    used = evolve(programme, lines=[evolve(line, amounts=Appropriations(41, 149))])
    sides = changes(programme, used)
    assert [change.sentence("en") for change in sides] == [
        "Budget programme 'B', appropriations '2021, voted, all titles, Old', amounts, commitment: €40 → €41",
        "Budget programme 'B', appropriations '2021, voted, all titles, Old', amounts, payment: €148 → €149",
    ]
    fund = Fund(id="f", label="F", allocation=Sourced(value=Euros(700), source_id="old"))
    stated = Stated(value=Euros(700), source_id="old")
    disputed = Sourced(value=Euros(764), source_id="late", alternatives=[stated], preferred_because="newer")
    found = changes(fund, evolve(fund, allocation=disputed))
    assert [change.sentence("en") for change in found] == [
        "Fund 'F', allocation: revised from €700 (Old) to €764 (Late)",
        "Fund 'F', allocation, other source: added (€700, Old)",
        "Fund 'F', allocation, reason for the preference: none → newer",
    ]
    assert [change.sentence("en") for change in changes(Fund(id="f", label="F"), fund)] == [
        "Fund 'F', allocation: unknown → €700",
        "Fund 'F', allocation, source: none → Old",
    ]
    assert [change.sentence("fr") for change in changes(fund, Fund(id="f", label="F"))] == [
        f"Fonds «{SPACE}F{SPACE}», dotation{SPACE}: 700{SPACE}€ → non connu",
        f"Fonds «{SPACE}F{SPACE}», dotation, source{SPACE}: Old → néant",
    ]


def test_entries_and_statements_come_one_by_one() -> None:
    """Of a journal that grew the new entries are said; a restated amount of money outstanding or saved is a change."""
    entry = JournalEntry(award_id="a", kind="commitment", amount=60, on="2018-10-01")
    base = Fund(
        id="f", label="F", awards=[Award(id="a", label="A", amount=100, contracted_on="2018-09-01")], entries=[entry]
    )
    paid = base.with_payment("a", Euros(20), on="2019-01-01")
    assert only(base, paid).sentence("en") == "Fund 'F', entry 'A, payment, 1 January 2019': added (€20)"
    assert isinstance(only(base, evolve(base, entries=Journal([evolve(entry, amount=61)]))), ChangedAmount)
    twice = evolve(base, entries=Journal([entry, evolve(entry, amount=5)]))
    assert isinstance(only(base, twice), Added)
    said = {"kind": "achieved", "nature": "unstated", "whose": "State", "method": "stated", "source_id": "old"}
    saved = [Fund(id="f", label="F", savings=[Saving(amount=amount, **said)]) for amount in (1, 2)]
    assert isinstance(only(*saved), ChangedAmount)
    due = [OutstandingStatement(on="2019-12-31", amount=amount, source_id="old") for amount in (1, 2)]
    assert isinstance(only(*(BudgetProgramme(id=349, label="B", outstanding=[one]) for one in due)), ChangedAmount)


def test_anything_else_is_altered() -> None:
    """A label, a person, a reference, a list of references, a sourced date, a figure, a flag, a class."""
    assert only(PROJECT, evolve(PROJECT, label="FranceConnect+")).sentence("fr") == (
        f"Projet «{SPACE}FranceConnect+{SPACE}», libellé{SPACE}: FranceConnect → FranceConnect+"
    )
    lead = only(PROJECT, evolve(PROJECT, lead=Lead(organisation_id="ditp", role="head")))
    assert lead.sentence("en") == "Project 'FranceConnect', lead: none → head, DITP"
    activated = evolve(PROJECT, lever_ids=["digital"])
    assert only(PROJECT, activated).sentence("fr").endswith(f"leviers{SPACE}: ajout (Numérique)")
    named = [Quantity.about(40, COUNT, stated=stated) for stated in ("", "une quarantaine")]
    figures = [Figure(id="n", label="N", value=Sourced(value=value, source_id="old")) for value in named]
    change = only(*(evolve(PROJECT, figures=[figure]) for figure in figures))
    assert change.sentence("en").endswith("figure 'N', value: about 40 → about 40 (une quarantaine)")
    instrument = changes(Campus(id="x", label="X"), CommunityHub(id="x", label="X"))
    assert [type(change) for change in instrument] == [Removed, Added]


def test_parts_are_told_apart_by_their_key() -> None:
    """Ratings are paired by day, body and territory, weights by indicator and level, activations by lever."""
    rating = ConfidenceRating(level="attainable", on="2019-06-01", by_id="ditp", territory_id="46")
    reform = Reform(id="r", label="R", ratings=[rating])
    change = only(reform, evolve(reform, ratings=[evolve(rating, level="compromised")]))
    assert change.subject == "reforms/r/ratings/2019-06-01 ditp 46"
    assert change.sentence("en") == (
        "Reform 'R', confidence rating '1 June 2019, DITP, Lot', level: "
        "Overcast: objectives attainable → Storm: objectives compromised"
    )
    weight = IndicatorWeight(indicator_id="delay", level="nation", weight=30)
    weighted = Reform(id="r", label="R", indicator_ids=["delay"], weights=[weight])
    change = only(weighted, evolve(weighted, weights=[evolve(weight, weight=50)]))
    assert change.sentence("en") == "Reform 'R', weight 'Delay, nation', weight: 30 → 50"
    activation = LeverActivation(lever_id="digital", cost=Sourced(value=Euros(1), source_id="old"))
    activating = evolve(PROJECT, lever_ids=["digital"], activations=[activation])
    change = only(
        activating, evolve(activating, activations=[evolve(activation, cost=Sourced(value=Euros(2), source_id="old"))])
    )
    assert change.sentence("en") == "Project 'FranceConnect', activated lever 'Numérique', cost: €1 → €2"


def test_the_horizons_of_an_effect_are_told_apart_by_their_period() -> None:
    """A size that changes, a horizon that comes and one that goes are three changes, of the effect of a lever."""

    def planned(**sizes: int) -> Lever:
        horizons = [EffectHorizon(period=name[1:], size=Quantity.exact(size, "days")) for name, size in sizes.items()]
        return Lever(id="l", label="Gaz", effects=[IntendedEffect(indicator_id="delay", horizons=horizons)])

    found = [change.sentence("en") for change in changes(planned(y2030=-3, y2040=-9), planned(y2030=-4, y2050=-21))]
    assert [line.replace("\u00a0", " ").replace("\u2212", "-") for line in found] == [
        "Lever 'Gaz', intended effect 'Delay', effect horizon '2030', intended size: -3 days → -4 days",
        "Lever 'Gaz', intended effect 'Delay', effect horizon '2040': removed (intended size: -9 days)",
        "Lever 'Gaz', intended effect 'Delay', effect horizon '2050': added (intended size: -21 days)",
    ]


def test_another_order_is_said() -> None:
    """The same parts in reordered are another thing: what they were and are is shown."""
    two = [PILOT, evolve(PILOT, id="end")]
    before, after = (evolve(PROJECT, milestones=order) for order in (two, two[::-1]))
    change = only(before, after)
    assert isinstance(change, ChangedList)
    assert change.field == "milestones"
    assert change.sentence("fr").endswith(f"jalon{SPACE}: ordre modifié")
    assert change.sentence("en").endswith("milestone: reordered")


def test_a_rating_says_what_it_makes_of_the_last() -> None:
    """A first rating is said with its body and its day, a later one of the same territory from the level before it."""
    first = ConfidenceRating(level="attainable", on="2024-01-12", by_id="ditp")
    later = ConfidenceRating(level="compromised", on="2024-03-12", by_id="ditp", because="retard")
    there = ConfidenceRating(level="secured", on="2024-03-12", by_id="ditp", territory_id="46")
    reform = Reform(id="r", label="R", ratings=[first])
    label = f"Réforme «{SPACE}R{SPACE}», météo"
    assert only(evolve(reform, ratings=[]), reform).sentence("fr") == (
        f"{label}{SPACE}: Couvert : objectifs atteignables (DITP, 12 janvier 2024)"
    )
    moved, placed = changes(reform, evolve(reform, ratings=[first, later, there]))
    assert isinstance(moved, ChangedRating)
    assert moved.subject == "reforms/r/ratings/2024-03-12 ditp"
    assert moved.sentence("fr") == (
        f"{label}{SPACE}: Couvert : objectifs atteignables → Orage : objectifs compromis "
        f"(DITP, 12 mars 2024{SPACE}: retard)"
    )
    assert placed.sentence("en") == (
        "Reform 'R', confidence rating, Lot: Sun: objectives secured (DITP, 12 March 2024)"
    )
    gone = only(reform, evolve(reform, ratings=[]))
    assert gone.sentence("fr").endswith("retrait (Couvert : objectifs atteignables)")


def test_what_comes_says_what_it_is_about() -> None:
    """An award names its date, amount and project, an activation its lever; the label is not repeated."""
    granted = Award(id="a", label="Cloud", amount=500_000, decided_on="2023-06", project_id="fc")
    empty = Fund(id="f", label="F")
    old = Portfolio.of(*AROUND, PROJECT, empty)
    (change,) = difference(old, old.with_(evolve(empty, awards=[granted]))).changes
    assert change.sentence("en") == "Fund 'F', award 'Cloud': added (June 2023; €500,000; FranceConnect)"
    assert change.sentence("fr").endswith(f"ajout (juin 2023{SPACE}; 500\u202f000{SPACE}€{SPACE}; FranceConnect)")
    listed, activated = changes(
        PROJECT, PROJECT.with_activations(LeverActivation(lever_id="digital", territory_ids=["46"]))
    )
    assert listed.sentence("en").endswith("levers: added (Numérique)")
    assert activated.sentence("en") == "Project 'FranceConnect', activated lever 'Numérique, Lot': added"


def test_every_kind_of_value_has_its_words() -> None:
    """Dates, years, flags, lists with what left them, and what only the thing itself knows."""
    place = evolve(PROJECT, territory_ids=["FR"], calendar="2024-03-01")
    dated, left = changes(place, evolve(PROJECT, territory_ids=["46"]))
    assert dated.sentence("fr").endswith(f"calendrier{SPACE}: 1er mars 2024 → néant")
    assert left.sentence("fr").endswith(f"territoires{SPACE}: retrait (France){SPACE}; ajout (Lot)")
    programme = BudgetProgramme(id=349, label="B", since=2018)
    assert only(programme, evolve(programme, since=2019)).sentence("fr").endswith("début" + SPACE + ": 2018 → 2019")
    stated = OutstandingStatement(on="2019-12-31", amount=1, source_id="old", is_forecast=True)
    come = only(programme, evolve(programme, outstanding=[stated]))
    assert "31 December 2019, forecast, Old" in come.sentence("en")


def test_another_language_is_refused() -> None:
    """A language that is neither of the two is refused as a label refuses it."""
    found = difference(Portfolio(), Portfolio.of(PROJECT))
    for say in (
        found.explain,
        found.changes[0].sentence,
        found.changes[0].explain,
        difference(*[Portfolio()] * 2).explain,
    ):
        with pytest.raises(InvalidValueError, match="'fr' or 'en'"):
            say("de")  # type: ignore[arg-type]  # refused is what is proven


def test_a_name_says_itself() -> None:
    """What only has a label is said by it."""
    assert str(LabelledChange(subject="levers/nudge", label="Levier", label_en="Lever 'Nudge'")) == "Lever 'Nudge'"


@pytest.mark.parametrize("cls", get_args(AnyChange), ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_changes_are_written_and_read(cls: Any, data: st.DataObject) -> None:
    """What is drawn for a class of changes comes back from plain builtins, by its class or by its kind alone."""
    change = data.draw(of(cls))
    written = unstructure(change)
    assert written["kind"] == cls.__attrs_attrs__.kind.default
    assert structure(written, cls) == change
    assert structure(written, AnyChange) == change  # type: ignore[arg-type]  # a union, which cattrs takes


def test_an_unknown_kind_is_refused() -> None:
    """A change of no known kind, and anything that is no object, is refused with the kinds that there are."""
    for written in ({"kind": "moved"}, {}, 3):
        with pytest.raises(InvalidDocumentError, match="object" if written == 3 else "moved-phase"):
            structure(written, AnyChange)  # type: ignore[arg-type]  # as above
    with pytest.raises(InvalidValueError, match="the kind of this class"):
        Added(subject="a", label="A", label_en="A", kind="removed")  # type: ignore[arg-type]  # refused is what is proven


def test_keys_and_names_need_no_words() -> None:
    """A part whose key says nothing is called by its class."""
    part = Saving(kind="expected", nature="unstated", amount=1, whose="W", method="M", source_id="s")
    assert "amount" not in str(key_of(part))
    name = Name("", f"Projet «{SPACE}FranceConnect{SPACE}»", "Project 'FranceConnect'")
    assert item_label(PROJECT) == ItemLabel("projects/fc", name, (PROJECT,))
    bare = attrs.make_class("Bare", ["caveat"], frozen=True)("x")
    assert item_label(PROJECT).part("figures", bare).path == "projects/fc/figures/Bare"
    assert list(changes_of(item_label(PROJECT), PROJECT, PROJECT)) == []


def test_days_are_exact() -> None:
    """A change that is read holds a day of ours."""
    move = only(PROJECT, PROJECT.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="x"))
    assert type(structure(unstructure(move), MovedPhase).on) is Day


def test_what_bears_a_year_is_dated_by_it() -> None:
    """A year of a fund that is closed has no other date than its year."""
    before, after = Fund(id="f", label="F"), Fund(id="f", label="F", closings=[YearClosing(year=2018)])
    (change,) = difference(Portfolio.of(before), Portfolio.of(after)).changes
    assert isinstance(change, Added)
    assert change.on == Period("2018")


def test_a_value_keeps_the_unit_it_had() -> None:
    """Where the unit of an indicator changed as well, each value is said in its own; so is one that went."""
    days, months = (Indicator(id="delay", label="Délai", label_en="Delay", unit=unit) for unit in ("days", "months"))
    for kind in ("actual", "target"):
        old = Portfolio.of(*AROUND[:4], days, row(60, kind))
        new = Portfolio.of(*AROUND[:4], months, row(2, kind))
        unit, value = difference(old, new).changes
        assert unit.sentence("fr").endswith(f"unité{SPACE}: jours → mois")
        assert value.sentence("en").endswith("value: 60 days → 2 months")
    (_, gone) = difference(old, old.without(row(60, kind)).with_(months)).changes
    assert gone.sentence("en").endswith("removed (60 days)")


@pytest.mark.parametrize("value", [0, 2, 4, 20, 24, 202, 2024])
def test_a_number_is_said_whatever_digits_its_label_holds(value: int) -> None:
    """A value, an amount and a date of what came are said, though the label of what came holds the same digits."""
    come = evolve(row(value, "actual"), period="2024-02")
    assert only(None, come).sentence("en").endswith(f"February 2024: added ({value:,} days)")
    granted = Fund(id="f", label="F", awards=[Award(id="a", label=f"Appel {value}", amount=value, decided_on="2024")])
    assert only(Fund(id="f", label="F"), granted).sentence("en").endswith(f"added (2024; €{value:,})")
    counted = Figure(id="n", label=f"{value}", value=Sourced(value=Quantity.exact(value, COUNT), source_id="old"))
    assert only(PROJECT, evolve(PROJECT, figures=[counted])).sentence("en").endswith(f"added ({value:,})")


def test_what_comes_says_all_that_it_states() -> None:
    """Both amounts of a budget line, a flag, a cost with its source, the kind of an instrument, and each part."""
    line = BudgetLine(year=2021, stage="voted", amounts=Appropriations(40, 148), source_id="old", caveat="provisoire")
    programme = BudgetProgramme(id=349, label="B")
    assert (
        only(programme, evolve(programme, lines=[line]))
        .sentence("fr")
        .endswith(f"ajout (AE{SPACE}: 40{SPACE}€{SPACE}; CP{SPACE}: 148{SPACE}€{SPACE}; réserve{SPACE}: provisoire)")
    )
    survey = Survey(id="s", label="S", population="Usagers", self_selected=True)
    assert only(None, survey).sentence("en") == "Survey 'S': added (population: Usagers; self-selected sample)"
    assert [change.sentence("fr")[-6:] for change in changes(Campus(id="x", label="X"), None)] == ["ampus)"]
    activation = LeverActivation(lever_id="digital", cost=Sourced(value=Euros(1), source_id="old"))
    listed, activated = changes(PROJECT, evolve(PROJECT, lever_ids=["digital"], activations=[activation]))
    assert isinstance(listed, ChangedList)
    assert activated.sentence("en").endswith("activated lever 'Numérique': added (cost: €1, Old)")
    late = PILOT.revised_to("2020-01", on="2019-10-01", because="contrat tardif")
    assert [change.sentence("en") for change in changes(None, evolve(PROJECT, milestones=[late]))] == [
        "Project 'FranceConnect': added",
        "Project 'FranceConnect', milestone 'Pilote ouvert': added (September 2019)",
        (
            "Project 'FranceConnect', milestone 'Pilote ouvert', new date 'January 2020, 1 October 2019': "
            "added (reason: contrat tardif)"
        ),
    ]


def test_what_reads_alike_is_told_apart() -> None:
    """Two bodies of one name, and two numbers that differ in their unit, are written so that they differ."""
    bodies = [Organisation(id=name, label="Ministère", kind="ministry") for name in ("a", "b")]
    old, new = (Portfolio.of(*bodies, evolve(PROJECT, owner_id=body.id)) for body in bodies)
    assert difference(old, new).changes[0].sentence("fr").endswith(f"porteur{SPACE}: Ministère (a) → Ministère (b)")
    old, new = (Portfolio.of(*bodies, evolve(PROJECT, supporting_ids=[body.id])) for body in bodies)
    assert difference(old, new).changes[0].sentence("en").endswith("removed (Ministère (a)); added (Ministère (b))")
    figures = [
        Figure(id="n", label="N", value=Sourced(value=Quantity.exact(1, unit), source_id="old"))
        for unit in ("count", "share")
    ]
    change = only(*(evolve(PROJECT, figures=[figure]) for figure in figures))
    assert change.sentence("en").endswith(
        "1 (lower bound 1, upper bound 1, unit count) → 1 (lower bound 1, upper bound 1, unit share)"
    )
    leads = [Lead(organisation_id="ditp", role=role) for role in ("chef", "adjoint")]
    assert only(*(evolve(PROJECT, lead=lead) for lead in leads)).sentence("fr").endswith("chef, DITP → adjoint, DITP")


def test_ratings_of_one_day_do_not_follow_each_other() -> None:
    """Each of two ratings of one day follows the last one before it, in whatever order they are listed."""
    first = ConfidenceRating(level="secured", on="2024-01-12", by_id="ditp")
    two = [ConfidenceRating(level=level, on="2024-03-12", by_id="ditp") for level in ("attainable", "compromised")]
    reform = Reform(id="r", label="R", ratings=[first])
    for order in (two, two[::-1]):
        found = changes(reform, evolve(reform, ratings=[first, *order]))
        assert {change.before for change in found if isinstance(change, ChangedRating)} == {first.level}
        assert len({change.subject for change in found}) == 2


def test_a_repeated_item_is_no_other_order() -> None:
    """A list that holds an item once more says that it was added."""
    late = PILOT.revised_to("2020-01", on="2019-10-01", because="contrat tardif")
    twice = evolve(late, revisions=[*late.revisions, *late.revisions])
    change = only(*(evolve(PROJECT, milestones=[one]) for one in (twice, late)))
    assert change.sentence("en").endswith("new date: removed (January 2020, 1 October 2019, contrat tardif)")


def test_the_document_of_a_move_is_said() -> None:
    """A move of phase says the document that tells it, where there is one."""
    step = PhaseStep(phase="experimentation", on="2019-06-20", because="3e CITP", source_id="old")
    assert only(PROJECT, evolve(PROJECT, steps=[step])).sentence("en").endswith("on 20 June 2019 (3e CITP; Old)")


def test_numbers_that_read_alike_show_what_differs() -> None:
    """A target, a value and a weight that differ beyond two decimals are written with all of them, as they are said."""
    near = Decimal("1.2341")
    assert only(row("1.234"), row(near)).sentence("fr").endswith(f"1,2340{SPACE}jour → 1,2341{SPACE}jour")
    actual = only(row("1.234", "actual"), row(near, "actual"))
    assert actual.sentence("en").endswith("1.23 days (1.234) → 1.23 days (1.2341)")
    assert only(row("1.24"), row(near)).sentence("en").endswith("1.24 days → 1.23 days")
    weights = [IndicatorWeight(indicator_id="delay", level="nation", weight=weight) for weight in ("30.001", "30.002")]
    reforms = [Reform(id="r", label="R", indicator_ids=["delay"], weights=[weight]) for weight in weights]
    assert only(*reforms).sentence("fr").endswith("30,00 (30,001) → 30,00 (30,002)")
