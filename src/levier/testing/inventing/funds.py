"""A fund: by itself, and with what it refers to in a plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from levier.model.allocations import AllocationChange, YearClosing
from levier.model.awards import Award, Instalment
from levier.model.calls import Application, Call, CallRule
from levier.model.entries import EntryKind, JournalEntry
from levier.model.figures import Figure
from levier.model.fund import Fund
from levier.model.money import Euros
from levier.model.organisations import OrganisationKind
from levier.model.programmes import Project
from levier.model.quantities import COUNT, Quantity
from levier.model.savings import CostKind, CostStatement, Saving, SavingKind, SavingNature
from levier.model.sources import Reliability, Sourced, Stated
from levier.testing.draws import Draws
from levier.testing.inventing.documents import FUND_2019, FUND_2021, FUND_2022, KIT, YEARS
from levier.testing.inventing.plans import budget_of
from levier.testing.vocabulary import THINGS, VERBS

__all__ = ["fund", "linked"]

_CALLS = YEARS[:3]
_NOTICES = {2018: FUND_2019, 2019: FUND_2021, 2020: FUND_2021}


def fund(draws: Draws, awards: int) -> Fund:
    """Return a fund that refers to nothing outside itself."""
    calls = [
        Call(id=f"call-{year}", label=f"Appel à projets {year}", opened_on=f"{year}-02", decided_on=f"{year}-06-20")
        for year in _CALLS
    ]
    granted = [_award(draws, number, draws.one_of(_CALLS)) for number in range(1, awards + 1)]
    return Fund(
        id="sample-fund",
        label="Fonds pour la transformation de l’action publique",
        calls=calls,
        awards=granted,
        entries=[entry for place, award in enumerate(granted) for entry in _entries(draws, award, is_paid=place > 0)],
    )


def _award(draws: Draws, number: int, year: int) -> Award:
    first, second, third = draws.euros(100, 4_000), draws.euros(100, 8_000), draws.euros(100, 4_000)
    return Award(
        id=f"award-{number:03d}",
        label=f"{draws.one_of(VERBS)} {draws.one_of(THINGS)}",
        call_id=f"call-{year}",
        amount=first + second + third,
        decided_on=f"{year}-06-20",
        contracted_on=f"{year}-{draws.between(7, 12):02d}-01",
        instalments=[
            Instalment(amount=first, due=f"{year + 1}-01", condition="contrat signé"),
            Instalment(amount=second, due=f"{year + 2}-01", condition="jalon intermédiaire atteint"),
            Instalment(amount=third, due=f"{year + 3}-01", condition="bilan remis"),
        ],
    )


def _entries(draws: Draws, award: Award, *, is_paid: bool) -> Iterator[JournalEntry]:
    """Yield the commitment of an award on the day of its contract, a payment the year after, and what came back."""
    assert award.contracted_on is not None  # every sampled award is under contract
    parts = award.instalments[: draws.between(1, 3)] if is_paid else award.instalments
    for part in parts:
        yield JournalEntry(award_id=award.id, kind=EntryKind.COMMITMENT, amount=part.amount, on=award.contracted_on)
    if is_paid and draws.between(1, 4) > 1:
        paid, day = parts[0].amount, draws.day(award.contracted_on.year + 1)
        yield JournalEntry(award_id=award.id, kind=EntryKind.PAYMENT, amount=paid, on=day)
        if draws.between(1, 3) == 1:
            back, on = Euros.of_cents(paid.cents // 10), f"{day.year + 1}-03-15"
            because = "dépenses non éligibles"
            yield JournalEntry(award_id=award.id, kind=EntryKind.RECOVERY, amount=back, on=on, because=because)
            yield JournalEntry(award_id=award.id, kind=EntryKind.DECOMMITMENT, amount=back, on=on)


# ---------------------------------------------------------------- in a plan


def linked(draws: Draws, alone: Fund, projects: Sequence[Project], owners: Sequence[str]) -> Fund:
    """Return a fund with its allocation, rules, applications, costs and savings, and the projects that it finances."""
    chosen = [projects[place % len(projects)] for place in range(len(alone.awards))]
    granted = [
        evolve(award, project_id=one.id, owner_id=one.owner_id, source_ids=[_notice(award)])
        for award, one in zip(alone.awards, chosen, strict=True)
    ]
    total = Euros.total(award.amount or Euros(0) for award in granted)
    programme, action = budget_of(1)
    return Fund(
        id=alone.id,
        label=alone.label,
        owner_id=owners[0],
        budget_programme_id=programme,
        budget_action=action,
        allocation=Sourced(
            value=total * 2,
            source_id=FUND_2019,
            reliability=Reliability.OFFICIAL,
            alternatives=[Stated(value=total * 2 + Euros(1_000_000), source_id=KIT, caveat="montant arrondi")],
            preferred_because="le bilan du fonds est le document de référence",
        ),
        allocation_changes=[
            AllocationChange(
                amount=-50_000, on="2020-07-30", because="loi de finances rectificative", source_id=FUND_2021
            )
        ],
        closings=[
            YearClosing(year=2018, lapsed=2_000, source_id=FUND_2019),
            YearClosing(year=2019, lapsed=10_000, source_id=FUND_2021),
        ],
        calls=[_call(call, granted) for call in alone.calls],
        applications=list(_applications(draws, granted)),
        awards=granted,
        entries=alone.entries,
        savings=[saving for award in granted for saving in _savings(draws, award)],
        costs=[cost for award in granted for cost in _costs(draws, award)],
        source_ids=[FUND_2019],
    )


def _notice(award: Award) -> str:
    assert award.decided_on is not None  # every sampled award is decided on a day
    return _NOTICES[award.decided_on.known_by.year]


def _call(call: Call, granted: Sequence[Award]) -> Call:
    """Return a call with its rules, its figures and its document."""
    source = _NOTICES[int(call.id[-4:])]
    awarded = sum(award.call_id == call.id for award in granted)
    counted = {"applications": 2 * awarded, "awarded": awarded}
    rules = [
        CallRule(kind="ceiling", text="30 M€ au plus par projet", amount=30_000_000, source_id=source),
        CallRule(kind="co-funding", text="la moitié du coût au plus", share="0.5", source_id=source),
        CallRule(
            kind="eligible-owners",
            text="administrations centrales et opérateurs",
            owner_kinds=[OrganisationKind.CENTRAL_ADMINISTRATION, OrganisationKind.OPERATOR],
            source_id=source,
        ),
        CallRule(kind="return", text="1 € par an pour 1 €, à trois ans", share=1, years=3, source_id=source),
        CallRule(kind="document", text="un plan de recrutement", document="plan de recrutement", source_id=source),
    ]
    figures = [
        Figure(id=name, label=label, value=Sourced(value=Quantity.exact(counted[name], COUNT), source_id=source))
        for name, label in (("applications", "Candidatures"), ("awarded", "Lauréats"))
    ]
    return evolve(call, rules=rules, figures=figures, source_ids=[source])


def _applications(draws: Draws, granted: Sequence[Award]) -> Iterator[Application]:
    """Yield the application of each award, and one that was refused beside it."""
    for award in granted:
        assert award.amount is not None  # every sampled award has an amount
        assert award.call_id is not None  # and a call
        assert award.owner_id is not None  # and an owner
        for name, is_granted in ((award.id, True), (f"{award.id}-refused", False)):
            yield Application(
                id=name,
                label=award.label if is_granted else f"{draws.one_of(VERBS)} {draws.one_of(THINGS)}",
                call_id=award.call_id,
                owner_id=award.owner_id,
                project_id=award.project_id if is_granted else None,
                requested=award.amount,
                total_cost=award.amount * (3 if is_granted else 1) + draws.euros(10, 500),
                submitted_on=f"{award.call_id[-4:]}-04-{draws.between(1, 28):02d}",
                documents=["plan de recrutement"] if is_granted else [],
            )


def _costs(draws: Draws, award: Award) -> Iterator[CostStatement]:
    """Yield what a project was to cost, and what it cost: more, as a rule."""
    assert award.amount is not None  # every sampled award has an amount
    planned = award.amount * 2
    yield CostStatement(
        award_id=award.id, kind=CostKind.PLANNED, amount=planned, stated_on="2019-03", source_id=FUND_2019
    )
    final = Euros.of_cents(planned.cents * draws.between(95, 130) // 100)
    yield CostStatement(award_id=award.id, kind=CostKind.FINAL, amount=final, stated_on="2022-02", source_id=FUND_2022)


def _savings(draws: Draws, award: Award) -> Iterator[Saving]:
    """Yield the savings of an award: expected, revised two years later, and achieved."""
    assert award.amount is not None  # every sampled award has an amount
    expected = Euros.of_cents(award.amount.cents * draws.between(30, 60) // 100)
    for kind, share, when, source in (
        (SavingKind.EXPECTED, 100, "2019-03", FUND_2019),
        (SavingKind.REVISED, draws.between(50, 90), "2021-03", FUND_2021),
        (SavingKind.ACHIEVED, draws.between(20, 80), "2022-03", FUND_2022),
    ):
        yield Saving(
            award_id=award.id,
            kind=kind,
            nature=SavingNature.RECURRENT,
            amount=Euros.of_cents(expected.cents * share // 100),
            whose="État",
            method="déclaré par le porteur",
            period="2021",
            stated_on=when,
            source_id=source,
        )
