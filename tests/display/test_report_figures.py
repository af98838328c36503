"""Every published number stands in the report with its bounds, what is counted, its caveat and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import fields, has
from hypothesis import given
from hypothesis import strategies as st

import levier
from levier import (
    Award,
    Call,
    Campus,
    CarteBlanche,
    ChallengeCall,
    Consultation,
    Event,
    Fund,
    InnovationLab,
    InnovationWeek,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Saving,
    Source,
    Sourced,
    Territory,
    catalogue,
)
from levier.display.pages import Cell, Report, Row
from levier.display.report import report
from levier.model.figures import Figure
from levier.model.quantities import COUNT, EUROS, MONTHS, PERCENT
from levier.model.references import find_references
from levier.model.sources import Stated
from levier.model.terms import Lang
from levier.plans import Establishment, Succession, Trait
from levier.testing import strategies
from levier.wording import formats

LAST = "9999-12-31"
LANGS: list[Lang] = ["fr", "en"]


def rows_of(made: Report) -> dict[str, Row]:
    """Return the rows of a report by the path of what they are about, the appendix left out."""
    tables = [table for section in made.sections if not section.appendix for table in section.tables]
    return {row.id: row for table in tables for row in table.rows}


def row(made: Report, identifier: str) -> dict[str, Cell]:
    """Return the cells of one row, by column."""
    held = next(
        table
        for section in made.sections
        for table in section.tables
        if any(one.id == identifier for one in table.rows)
    )
    cells = next(one.cells for one in held.rows if one.id == identifier)
    return {column.id: cell for column, cell in zip(held.columns, cells, strict=True)}


def parts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield a value and everything in it, with the path under which a report shows it."""
    yield path, value
    if has(type(value)):
        for attribute in fields(type(value)):
            held = getattr(value, attribute.name)
            for place, part in enumerate(held) if isinstance(held, tuple) else [("", held)]:
                step = getattr(part, "id", place)
                yield from parts(part, f"{path}/{attribute.name}" + (f"/{step}" if step != "" else ""))


def everything(portfolio: Portfolio) -> Iterator[tuple[str, Any]]:
    """Yield every value of the things of a portfolio with its path."""
    for attribute in fields(Portfolio):
        if attribute.name != "observations":
            for item in getattr(portfolio, attribute.name).values():
                yield from parts(item, f"{attribute.name}/{item.id}")


OWNERS: dict[str, Callable[[Any], Any]] = {
    "programmes/x": lambda held: Programme(id="x", label="X", kind="national", figures=held),
    "reforms/x": lambda held: Reform(id="x", label="X", figures=held),
    "projects/x": lambda held: Project(id="x", label="X", figures=held),
    "organisations/x": lambda held: Organisation(id="x", label="X", kind="operator", figures=held),
    "funds/x": lambda held: Fund(id="x", label="X", figures=held),
    "funds/x/calls/y": lambda held: Fund(id="x", label="X", calls=[Call(id="y", label="Y", figures=held)]),
    "funds/x/awards/y": lambda held: Fund(id="x", label="X", awards=[Award(id="y", label="Y", figures=held)]),
    "instruments/campus": lambda held: Campus(id="campus", label="X", figures=held),
    "instruments/carte-blanche": lambda held: CarteBlanche(id="carte-blanche", label="X", figures=held),
    "instruments/challenge-call": lambda held: ChallengeCall(id="challenge-call", label="X", figures=held),
    "instruments/consultation": lambda held: Consultation(id="consultation", label="X", figures=held),
    "instruments/lab": lambda held: InnovationLab(id="lab", label="X", figures=held),
    "instruments/week": lambda held: InnovationWeek(
        id="week", label="X", edition=6, period=Sourced(value=Period("2019-11"), source_id="s"), figures=held
    ),
}
"""Everything that holds published numbers, by the path under which a report shows it."""


def test_the_owners_of_figures_are_all_known() -> None:
    """Whatever class of the model holds published numbers is tried below."""
    classes = [held for held in vars(levier).values() if isinstance(held, type) and has(held)]
    owning = {held for held in classes if any(attribute.name == "figures" for attribute in fields(held))}
    tried = {type(part) for make in OWNERS.values() for _, part in parts(make(()), "") if hasattr(part, "figures")}
    assert tried == owning


@given(
    path=st.sampled_from(sorted(OWNERS)),
    figures=st.lists(strategies.of(Figure), min_size=1, max_size=3, unique_by=lambda held: held.id),
    lang=st.sampled_from(LANGS),
)
def test_every_figure_has_its_row(path: str, figures: list[Figure], lang: Lang) -> None:
    """Whatever holds a published number, it is shown with its bounds, its universe and its caveat, in each language."""
    owner = OWNERS[path](figures)
    names = {target for _, target, registry in find_references(owner) if registry == "sources"}
    plan = Portfolio.of(owner, *(Source(id=name, title="Page") for name in names))
    found = rows_of(report(plan, as_of=LAST, lang=lang))
    for held in figures:
        told, texts = held.value, [cell.text for cell in found[f"{path}/figures/{held.id}"].cells]
        assert texts[2] == formats.quantity(told.value, lang)
        assert held.universe in texts or not held.universe
        assert all(text.removesuffix(".") in texts[5] for text in (told.caveat, told.scope, told.value.stated))
        assert texts[-1] == "Page"


@pytest.mark.parametrize("lang", LANGS)
def test_every_caveat_of_the_catalogue_is_shown(lang: Lang) -> None:
    """No reserve of the catalogue stays in its files: each stands in the report."""
    plan = catalogue.action_publique_2022()
    made = report(plan, as_of=LAST, lang=lang)
    said = [cell.text for one in rows_of(made).values() for cell in one.cells]
    said += [note for section in made.sections for table in section.tables for note in table.notes]
    caveats = {part.caveat for _, part in everything(plan) if getattr(part, "caveat", "")}
    assert len(caveats) > 20
    assert [caveat for caveat in caveats if not any(caveat.removesuffix(".") in text for text in said)] == []


def figure(value: Quantity, **more: Any) -> Figure:
    """Return a published number of one source."""
    told = {key: more.pop(key) for key in ("caveat", "scope", "on", "reliability") if key in more}
    return Figure(id="n", label="N", value=Sourced(value=value, source_id="s", **told), **more)


def shown(held: Figure, lang: Lang = "en", **of_source: Any) -> dict[str, Cell]:
    """Return the row of a figure of a reform."""
    plan = Portfolio.of(Reform(id="r", label="R", figures=[held]), Source(id="s", title="Page", **of_source))
    return row(report(plan, as_of="2024-01-01", lang=lang), "reforms/r/figures/n")


def test_the_bounds_are_in_the_language_of_the_report() -> None:
    """A worded number shows its bounds, and the words of its source stand beside it as what they are."""
    held = figure(Quantity.about(80, PERCENT, stated="près de 80 %"), universe="projets")
    french, english = (shown(held, lang) for lang in LANGS)
    assert (french["value"].text, english["value"].text) == ("environ 80\u00a0%", "about 80%")
    assert french["caveat"].text == "la source dit «\u00a0près de 80 %\u00a0»"
    assert english["caveat"].text == "in the words of the source, “près de 80 %”"
    assert english["universe"].text == "projets"
    grouped = shown(figure(Quantity.at_least(100_000, COUNT, stated="plus de 100 000")), "fr")
    assert grouped["caveat"].text == "la source dit «\u00a0plus de 100\u00a0000\u00a0»"


def test_what_limits_a_figure_is_told() -> None:
    """Scope, caveat and a source that is no official text stand in one cell; without any there is none."""
    held = figure(Quantity.exact(5, COUNT), scope="Lot", caveat="Rounded.", reliability="secondary")
    assert shown(held)["caveat"].text == "Lot; Rounded; press or secondary source"
    assert shown(figure(Quantity.exact(5, COUNT)))["caveat"].value is None


def test_a_figure_without_a_period_says_when_it_was_stated() -> None:
    """The date of the statement, or of its document, stands for a period that is not known, and is called so."""
    bare = Quantity.exact(5, COUNT)
    assert shown(figure(bare, period="2019"))["period"].text == "2019"
    assert shown(figure(bare, on="2019-07"))["period"].text == "date of the source: July 2019"
    assert shown(figure(bare), published_on="2019-04-12")["period"].text == "date of the source: 12 April 2019"
    assert shown(figure(bare))["period"].text == "date unknown"


def test_disputed_figures_and_alternatives_keep_their_caveats() -> None:
    """A figure on which sources disagree says so, and the conflict tells the caveat of each alternative."""
    value = Sourced(
        value=Quantity.exact(34, COUNT),
        source_id="s",
        alternatives=[Stated(value=Quantity.about(30, COUNT), source_id="s", caveat="Round number.")],
        preferred_because="exact",
    )
    body = Organisation(id="o", label="O", kind="committee", figures=[Figure(id="n", label="N", value=value)])
    made = report(Portfolio.of(body, Source(id="s", title="Page")), as_of="2024-01-01", lang="en")
    assert row(made, "organisations/o/figures/n")["caveat"].text == "sources disagree"
    assert row(made, "organisations/o/figures/n/value")["alternatives"].text == "about 30 (Page), caveat: Round number"


def test_events_awards_and_savings_keep_their_caveats() -> None:
    """An announced date, an award told by the press and a rounded saving say so in their rows."""
    event = Event(id="e", label="E", on=Sourced(value=Period("2021-02"), source_id="s", caveat="Announced."))
    award = Award(id="a", label="A", caveat="Rounded.", reliability="secondary")
    told = {"nature": "recurrent", "amount": 1_000_000_000, "whose": "State", "method": "target", "source_id": "s"}
    saving = Saving(kind="revised", caveat="About 1 Md€.", **told)
    fund = Fund(id="f", label="F", awards=[award], savings=[saving])
    programme = Programme(id="p", label="P", kind="national", events=[event])
    made = report(Portfolio.of(fund, programme, Source(id="s", title="Page")), as_of="2024-01-01", lang="en")
    assert row(made, "programmes/p/events/e")["caveat"].text == "Announced"
    assert row(made, "funds/f/awards/a")["caveat"].text == "Rounded; press or secondary source"
    assert row(made, "funds/f/savings/0")["caveat"].text == "About 1 Md€."


def test_pledges_and_traits_are_shown() -> None:
    """Who promised a programme in public, and what a source says of a body and for how long, have their tables."""
    trait = Trait(label="Confiance", duration=Quantity.at_least(24, MONTHS), source_id="s")
    body = Organisation(id="president", label="Président", kind="head-of-state", traits=[trait])
    pledged = Programme(id="p", label="P", kind="national", pledged_by_ids=["president"])
    made = report(Portfolio.of(body, pledged, Source(id="s", title="Page")), as_of="2024-01-01", lang="en")
    assert row(made, "programmes/p/pledged_by_ids/president")["pledged-by"].text == "Président"
    cells = row(made, "organisations/president/traits/0")
    assert (cells["trait"].text, cells["duration"].text) == ("Confiance", "at least 24 months")


def test_what_changed_of_bodies_and_places_is_shown() -> None:
    """The establishments of a body and the mergers of municipalities have their tables, where there are any."""
    office = Establishment(siret="13000548100010", label="Siège", period="2008/..", head_office="2008/2020")
    body = Organisation(id="b", label="Agence", kind="operator", siren="130005481", establishments=[office])
    merger = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
    places = Territory(id="74010", label="Annecy", successions=[merger]), Territory(id="74268", label="Seynod")
    made = report(Portfolio.of(body, *places), as_of="2024-01-01", lang="fr")
    cells = row(made, "organisations/b/establishments/13000548100010")
    assert [cells[name].text for name in ("body", "siret", "label")] == ["Agence", "13000548100010", "Siège"]
    assert cells["head-office"].value == "2008/2020"
    cells = row(made, "territories/74010/successions/2017-01-01")
    assert [cells[name].text for name in ("territory", "predecessors")] == ["Annecy", "Annecy, Seynod"]


def test_amounts_keep_their_unit() -> None:
    """A bound in euros is written as an amount."""
    assert shown(figure(Quantity.at_least(30_000_000, EUROS)))["value"].text == "at least €30,000,000"
