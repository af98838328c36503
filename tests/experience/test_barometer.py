"""
The ecological planning barometer loads without loss: its 138 levers and 360 indicators, cell by cell.

Source: "Baromètre de la planification écologique", files `grist-leviers.csv` and `grist-indicators.csv` of
`app/public/grist-backups`, planification-ecologique/barometre at commit d3ac302.

Three tables say where each column lives: those the model holds, with how their cells are compared; those that follow
from others; and those that are the application's own (its pages, its campaign of updates, its notes), which it keeps
itself. The first test of each kind runs on invented rows, so that it needs no file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from levier import (
    EffectHorizon,
    Indicator,
    IntendedEffect,
    Lever,
    Objective,
    Observation,
    Portfolio,
    Quantity,
    Reform,
    Source,
    Territory,
    dumps,
    indicators,
    loads,
    plans,
)
from levier.display.report import report
from levier.indicators import Definition

FILES = Path(__file__).parents[3] / "shared" / "data" / "planification"

Row = Mapping[str, str]
Same = Callable[[str], object]

UNSTATED = "(non renseignée)"
"""The label, unit or title of what the file leaves without one, where the model needs one."""
BETWEEN = " › "
"""Stands between the name of an indicator and that of its series in a chart."""
GHG = "ghg"
MEGATONNE = "MtCO2e"


def text(cell: str) -> str:
    """Return a cell as the model keeps texts: without white space at its ends."""
    return cell.strip()


def words(cell: str) -> str:
    """Return a cell with single spaces: links stand in one cell with spaces or line breaks between them."""
    return " ".join(cell.split())


def listed(cell: str) -> list[str]:
    """Return the members of a cell of several: separated by commas, quoted where they hold one."""
    return [member for member in next(csv.reader([cell.strip()], skipinitialspace=True), []) if member]


def several(cell: str) -> frozenset[str]:
    """Return the members of a cell of several, whose order says nothing."""
    return frozenset(listed(cell))


def number(cell: str) -> Decimal | None:
    """Return the number of a cell: spaces between thousands and zeros at its end are no part of it."""
    digits = re.sub(r"\s", "", cell)
    return Decimal(digits.replace(",", ".")) if digits else None


def forecast(cell: str) -> Decimal | None:
    """Return the forecast of a cell; 0 is what the application writes where there is none."""
    return number(cell) or None


YEARS = range(2010, 2030)
AIMS = (*range(2023, 2033), 2035, 2040, 2050)
HORIZONS = (2030, 2040, 2050)
AXES = ("Atténuation", "Adaptation", "Eau", "Economie circulaire", "Pollution", "Biodiversité")
OF_A_YEAR = {
    **{str(year): ("actual", year, number) for year in YEARS},
    **{f"cible_{year}": ("target", year, number) for year in AIMS},
    **{f"projection_{year}": ("forecast", year, forecast) for year in range(2020, 2025)},
    "projection 2025": ("forecast", 2025, forecast),
}
"""The columns of values, with the kind of observation and the year."""

LEVER_HELD: Mapping[str, Same] = {
    "Levier": text,  # Lever.label
    "Chantier associé": text,  # Reform.label, which lists the lever
    "Objectif du levier": text,  # Lever.objective
    "Sources de l'objectif": several,  # Source.title of Lever.source_ids
    "Axes taxonomie": several,  # Lever.tags
    **{f"Δ GES {year}": number for year in HORIZONS},  # IntendedEffect.horizons of the emissions
    **dict.fromkeys(AXES, text),  # "true" if the axis is a tag
}
LEVER_OWN = {
    "Levier_court": "a shorter label for narrow screens",
    "Leviers territoriaux": "whether the regional pages show it; one cell holds a time instead",
    "Com sur le levier territorial": "notes of the editors on those pages",
    "Commentaires": "notes of the editors on what the objective will become",
}
INDICATOR_HELD: Mapping[str, Same] = {
    "ID": text,  # Indicator.id
    "Indicateur": text,  # Indicator.label, before the series
    "Sous-niveau (graphique)": text,  # Indicator.label, the series
    "Description": text,  # Definition.text
    "Unité": text,  # Indicator.unit
    "Périmètre": text,  # Indicator.universe
    "Sources": text,  # Source.title of the values
    "Lien site source": words,  # Source.url
    "Lien de téléchargement des données": words,  # Source.url
    "Source de la cible": text,  # Source.title of the targets
    "Lien cible 2030": words,  # Source.url
    "Levier": several,  # Lever.effects
    "Chantier": several,  # Reform.indicator_ids
    "Axes taxonomie": several,  # Objective.indicator_ids
    "Tags objectifs environnementaux": several,  # Objective.indicator_ids
    "Engagement": several,  # Objective.indicator_ids
    **{column: same for column, (_, _, same) in OF_A_YEAR.items()},  # Observation
}
INDICATOR_OWN = {
    **dict.fromkeys(
        ("Rythme annuel sur trois ans", "Rythme annuel sur un an", "Rythme annuel requis d'ici 2030"),
        "computed from the values and the target",
    ),
    **dict.fromkeys(
        ("Année de référence de la source", "Etat_engagement", "Etat_secteur", "Secteur", "Chantier ou Impact"),
        "looked up in other tables of the application, for its pages",
    ),
    **dict.fromkeys(
        (
            "Indicateurs_Onglet",
            "Indicateurs_Sous-onglet",
            "Ordre",
            "ordre_global",
            "Type de graphique",
            "Intérêt territorial ?",
            "plan_elec",
            "Présence dans le référentiel",
            "Ambition liée",
        ),
        "where and how the application shows it",
    ),
    **dict.fromkeys(
        ("ID opendata", "IRPE associé", "IRPE valide", "IRPE ids", "description_ia"),
        "what joins it to other systems, and a text that one of them wrote",
    ),
    **dict.fromkeys(
        (
            "Dernière mise à jour",
            "MAJ en PROD",
            "Etat source",
            "Statut recette",
            "MAJ mesuré",
            "MAJ mesuré - commentaires",
            "MAJ cible",
            "MAJ cible - commentaires",
            "Calcul effectué",
            "Mode de calcul de la cible",
            "Commentaires sur les actions",
            "Commentaires DGEC",
            "Arbitrage proposé",
            "Motif suppression",
            "Décision",
            "Actions",
            "Priorité",
            "Statut",
            "Réponse aux actions",
            "Actions campagne",
            "Statut campagne",
            "Commentaires actions campagne",
            "Dernière campagne clôturée",
        ),
        "the work of the editors on the row, and their notes; a row is edited on a day on which no value is recorded",
    ),
    **dict.fromkeys(("Contact source/DG", "Responsable SGPE"), "names of persons, which no plan holds"),
}


# ---------------------------------------------------------------- from rows to a plan


def read(name: str) -> list[dict[str, str]]:
    """Read a file of the barometer, or skip the test where it is not there."""
    path = FILES / f"grist-{name}.csv"
    if not path.exists():
        pytest.skip(f"../shared/data/planification/{path.name} is not there")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plan_of(lever_rows: Iterable[Row], indicator_rows: Iterable[Row]) -> Portfolio:
    """Return the portfolio of a barometer: a reform for each of its projects, an objective for each label of a list."""
    by_lever, by_indicator = list(lever_rows), list(indicator_rows)
    ids = ids_of(by_indicator)
    documents = {title: f"doc-{n}" for n, title in enumerate(labels(by_lever, "Sources de l'objectif"))}
    return Portfolio.of(
        Territory(id="FR", label="France"),
        Indicator(id=GHG, label="Émissions de gaz à effet de serre", unit=MEGATONNE),
        *(Source(id=name, title=title) for title, name in documents.items()),
        *(lever_of(place, row, documents, moved_by(row, by_indicator, ids)) for place, row in enumerate(by_lever)),
        *(thing for name, row in zip(ids, by_indicator, strict=True) for thing in things_of(name, row)),
        *reforms_of(by_lever, by_indicator, ids),
        *(
            Objective(id=f"{prefix}-{n}", label=label, indicator_ids=naming(label, column, by_indicator, ids))
            for prefix, column in OBJECTIVES.items()
            for n, label in enumerate(labels(by_indicator, column))
        ),
    )


def ids_of(rows: Iterable[Row]) -> list[str]:
    """Return the identifier of each indicator: its own or, for the rows that have none, their place in the file."""
    return [text(row["ID"]) or f"row-{place}" for place, row in enumerate(rows)]


OBJECTIVES = {"axis": "Axes taxonomie", "tag": "Tags objectifs environnementaux", "engagement": "Engagement"}


def labels(rows: Iterable[Row], column: str) -> list[str]:
    """Return all members of a column of lists, each once."""
    return list(dict.fromkeys(label for row in rows for label in listed(row[column])))


def naming(label: str, column: str, rows: Iterable[Row], ids: Iterable[str]) -> list[str]:
    """Return the identifiers of the indicators whose list holds a label."""
    return [name for name, row in zip(ids, rows, strict=True) if label in listed(row[column])]


def moved_by(lever: Row, rows: Iterable[Row], ids: Iterable[str]) -> list[str]:
    """Return the indicators that a lever is meant to move; two levers have one label, and share them."""
    return naming(text(lever["Levier"]), "Levier", rows, ids)


def lever_of(place: int, row: Row, documents: Mapping[str, str], moved: Iterable[str]) -> Lever:
    """Return the lever of a row; its indicators come without a direction, and its emissions by horizon."""
    sizes = [(year, number(row[f"Δ GES {year}"])) for year in HORIZONS]
    horizons = [
        EffectHorizon(period=str(year), size=Quantity.exact(size, MEGATONNE))
        for year, size in sizes
        if size is not None
    ]
    emissions = [IntendedEffect(indicator_id=GHG, horizons=horizons)] if horizons else []
    return Lever(
        id=f"lever-{place}",
        label=text(row["Levier"]),
        objective=text(row["Objectif du levier"]),
        tags=listed(row["Axes taxonomie"]),
        effects=[*emissions, *(IntendedEffect(indicator_id=name) for name in moved)],
        source_ids=[documents[title] for title in listed(row["Sources de l'objectif"])],
    )


def things_of(name: str, row: Row) -> Iterator[Any]:
    """Yield the indicator of a row, its documents and its values."""
    sources = list(sources_of(name, row))
    yield from sources
    named = [text(row["Indicateur"]) or UNSTATED, text(row["Sous-niveau (graphique)"])]
    described = text(row["Description"])
    yield Indicator(
        id=name,
        label=BETWEEN.join(filter(None, named)),
        unit=text(row["Unité"]) or UNSTATED,
        universe=text(row["Périmètre"]),
        definitions=[Definition(version=1, text=described)] if described else [],
        source_ids=[source.id for source in sources],
    )
    stating = {"actual": f"{name}.data", "forecast": f"{name}.data", "target": f"{name}.target"}
    held = {source.id for source in sources}
    for column, (kind, year, same) in OF_A_YEAR.items():
        value, source = same(row[column]), stating[kind]
        if value is not None:
            stated_in = source if source in held else None
            yield Observation(indicator_id=name, period=str(year), kind=kind, value=value, source_id=stated_in)


LINKS = {
    "site": "Lien site source",
    "file": "Lien de téléchargement des données",
    "aim": "Lien cible 2030",
}


def sources_of(name: str, row: Row) -> Iterator[Source]:
    """Yield the documents of the values and of the targets of a row, then one for each link."""
    for role, column in (("data", "Sources"), ("target", "Source de la cible")):
        if title := text(row[column]):
            yield Source(id=f"{name}.{role}", title=title)
    for role, column in LINKS.items():
        links = words(row[column]).split()
        if all(link.startswith(("https://", "http://")) for link in links):
            for place, link in enumerate(links):
                yield Source(id=f"{name}.{role}.{place}", title=UNSTATED, url=link)
        else:  # words, or an address with spaces: no address at all
            yield Source(id=f"{name}.{role}.0", title=words(row[column]))


def reforms_of(by_lever: list[Row], by_indicator: list[Row], ids: list[str]) -> Iterator[Reform]:
    """Yield a reform for each project (*chantier*), with its levers and its indicators."""
    projects = dict.fromkeys((*(text(row["Chantier associé"]) for row in by_lever), *labels(by_indicator, "Chantier")))
    for place, label in enumerate(filter(None, projects)):
        levers = [f"lever-{n}" for n, row in enumerate(by_lever) if text(row["Chantier associé"]) == label]
        yield Reform(
            id=f"project-{place}",
            label=label,
            lever_ids=levers,
            indicator_ids=naming(label, "Chantier", by_indicator, ids),
        )


# ---------------------------------------------------------------- from a plan to rows


def lever_row(plan: Portfolio, lever: Lever) -> dict[str, str]:
    """Write the columns that the model holds of a lever back."""
    horizons = {
        str(horizon.period): str(horizon.size.value)
        for effect in lever.effects
        if effect.indicator_id == GHG
        for horizon in effect.horizons
    }
    return {
        "Levier": lever.label,
        "Chantier associé": joined(one.label for one in plan.reforms.values() if lever.id in one.lever_ids).strip('"'),
        "Objectif du levier": lever.objective,
        "Sources de l'objectif": joined(plan.sources[name].title for name in lever.source_ids),
        "Axes taxonomie": joined(lever.tags),
        **{f"Δ GES {year}": horizons.get(str(year), "") for year in HORIZONS},
        **{axis: "true" if axis in lever.tags else "false" for axis in AXES},
    }


def indicator_row(plan: Portfolio, indicator: Indicator) -> dict[str, str]:
    """Write the columns that the model holds of an indicator back."""
    label, _, series = indicator.label.partition(BETWEEN)
    levers = {one.label for one in plan.levers.values() if any(e.indicator_id == indicator.id for e in one.effects)}
    values = {(row.kind, str(row.period)): row.value for row in plan.observations.of(indicator.id)}
    titles = {role: title_of(plan, f"{indicator.id}.{role}") for role in ("data", "target")}
    return {
        "ID": "" if indicator.id.startswith("row-") else indicator.id,
        "Indicateur": stated(label),
        "Sous-niveau (graphique)": series,
        "Description": "".join(definition.text for definition in indicator.definitions),
        "Unité": stated(indicator.unit),
        "Périmètre": indicator.universe,
        "Sources": titles["data"],
        "Source de la cible": titles["target"],
        **{column: links_of(plan, indicator, role) for role, column in LINKS.items()},
        "Levier": joined(levers),
        "Chantier": joined(one.label for one in plan.reforms.values() if indicator.id in one.indicator_ids),
        **{
            column: joined(
                one.label
                for one in plan.objectives.values()
                if one.id.startswith(prefix) and indicator.id in one.indicator_ids
            )
            for prefix, column in OBJECTIVES.items()
        },
        **{column: str(values.get((kind, str(year)), "")) for column, (kind, year, _) in OF_A_YEAR.items()},
    }


def stated(label: str) -> str:
    """Return a text, or nothing where it stands for one that is not stated."""
    return "" if label == UNSTATED else label


def title_of(plan: Portfolio, name: str) -> str:
    """Return the title of a document, or nothing where there is none."""
    return plan.sources[name].title if name in plan.sources else ""


def links_of(plan: Portfolio, indicator: Indicator, role: str) -> str:
    """Return the links of one kind of an indicator."""
    found = [plan.sources[name] for name in indicator.source_ids if name.startswith(f"{indicator.id}.{role}.")]
    return " ".join(source.url or source.title for source in found)


def joined(members: Iterable[str]) -> str:
    """Write a list as the file does: commas between members, quotes around those that hold one."""
    return ", ".join(f'"{member}"' if "," in member else member for member in members)


def lost(rows: Iterable[Row], back: Iterable[Row], held: Mapping[str, Same]) -> list[tuple[int, str, str, str]]:
    """Return the cells that differ after the way to the model and back: row, column, before and after."""
    return [
        (place, column, row[column], again[column])
        for place, (row, again) in enumerate(zip(rows, back, strict=True))
        for column, same in held.items()
        if same(row[column]) != same(again[column])
    ]


def back_from(plan: Portfolio, ids: Iterable[str]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the rows of levers and of indicators of a plan, in the order of the files."""
    return (
        [lever_row(plan, plan.levers[f"lever-{place}"]) for place in range(len(plan.levers))],
        [indicator_row(plan, plan.indicators[name]) for name in ids],
    )


# ---------------------------------------------------------------- invented rows


def invented() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return two rows of levers and three of indicators that hold what the files hold, and sizes by horizon too."""
    lever_columns, indicator_columns = (*LEVER_HELD, *LEVER_OWN), (*INDICATOR_HELD, *INDICATOR_OWN)
    no_axis = dict.fromkeys(AXES, "false")
    levers = [
        {
            "Levier": "Chauffage décarboné",
            "Chantier associé": "Se loger / Rénover, et verdir",
            "Objectif du levier": "Baisse de 7 %\n à horizon 2030 ",
            "Sources de l'objectif": '"Stratégie bas-carbone, 3e", Plan eau',
            "Axes taxonomie": "Eau, Atténuation",
            **no_axis,
            **dict.fromkeys(("Eau", "Atténuation"), "true"),
            "Δ GES 2030": "-3,2",
            "Δ GES 2040": "",
            "Δ GES 2050": "-1\u202f021",
        },
        {"Levier": "Autres indicateurs", **no_axis},
    ]
    values = {"2012": "488,0", "2020": "1\u202f709,44", "2024": "0", "cible_2050": "-25", "projection_2020": "60"}
    rows = [
        {"ID": "c5", "Indicateur": "Gaz", "Sous-niveau (graphique)": "Total", "Unité": "TWh ", **values}
        | {"Levier": "Chauffage décarboné, Autres indicateurs", "Chantier": '"Se loger / Rénover, et verdir"'}
        | {"Sources": "SDES\nINSEE", "Lien site source": "https://a.fr/x\nhttp://b.fr", "Périmètre": "Hexagone "}
        | {"Source de la cible": "PPE", "Lien cible 2030": "fixé pour 2029", "Description": "Le gaz.\n\nBrûlé."}
        | {"Axes taxonomie": "Eau, Adaptation", "Tags objectifs environnementaux": "Eau", "Engagement": "Eau"},
        {"ID": "", "Indicateur": "Haies", "2013": "\xa0\xa0 14 824\xa0", "cible_2030": "1000", "projection_2021": "0"},
        {"ID": "", "Indicateur": ""},
    ]
    return (
        [dict.fromkeys(lever_columns, "") | row for row in levers],
        [dict.fromkeys(indicator_columns, "") | row for row in rows],
    )


def test_invented_rows_come_back() -> None:
    """Rows with lists, line breaks, spaces in numbers, several links and empty cells come back, through JSON too."""
    levers, rows = invented()
    plan = loads(dumps(plan_of(levers, rows)))
    back = back_from(plan, ids_of(rows))
    assert lost(levers, back[0], LEVER_HELD) == []
    assert lost(rows, back[1], INDICATOR_HELD) == []
    heat = plan.levers["lever-0"]
    assert [str(effect.indicator_id) for effect in heat.effects] == [GHG, "c5"]
    assert (heat.effects[0].meant("2050").value, heat.effects[0].meant("2040")) == (-1021, None)
    assert {effect.direction for effect in heat.effects} == {None}


@pytest.mark.parametrize("column", [*LEVER_HELD, *INDICATOR_HELD])
def test_a_cell_that_changes_is_seen(column: str) -> None:
    """The comparison is no formality: one other cell in one row is found, in its row and column."""
    levers, rows = invented()
    found = []
    for held, given, back in zip(
        (LEVER_HELD, INDICATOR_HELD), (levers, rows), back_from(plan_of(levers, rows), ids_of(rows)), strict=True
    ):
        if column in held:
            changed = [{**given[0], column: "7"}, *given[1:]]
            found += [(place, name) for place, name, *_ in lost(changed, back, held)]
    assert set(found) == {(0, column)}


# ---------------------------------------------------------------- the files


@pytest.fixture(scope="module")
def plan() -> Portfolio:
    """Return the portfolio of the published files."""
    return plan_of(read("leviers"), read("indicators"))


@pytest.mark.parametrize(
    ("name", "held", "own", "columns"),
    [("leviers", LEVER_HELD, LEVER_OWN, 18), ("indicators", INDICATOR_HELD, INDICATOR_OWN, 102)],
)
def test_every_column_has_its_place(name: str, held: Mapping[str, Same], own: Mapping[str, str], columns: int) -> None:
    """Each column of a file is held by the model or is the application's own, with the reason; none is both."""
    rows = read(name)
    assert sorted((*held, *own)) == sorted(rows[0])
    assert len(rows[0]) == columns
    assert all(own.values())


def test_all_levers_and_all_indicators_are_there(plan: Portfolio) -> None:
    """The files have 138 levers, 360 indicators and 36 projects, and every number is an observation."""
    levers, rows = read("leviers"), read("indicators")
    assert (len(levers), len(plan.levers)) == (138, 138)
    assert (len(rows), len(plan.indicators) - 1) == (360, 360)
    assert len(plan.reforms) == len({row["Chantier associé"] for row in levers} - {""}) == 36
    numbers = [same(row[column]) for row in rows for column, (_, _, same) in OF_A_YEAR.items()]
    assert len(plan.observations) == sum(value is not None for value in numbers) > 3000
    assert sum(1 for row in rows if row["cible_2030"]) == 207
    assert not any(UNSTATED in cell or BETWEEN in cell for row in (*levers, *rows) for cell in row.values())


def test_no_cell_is_lost(plan: Portfolio) -> None:
    """Written to a document, read and written back as rows, each held cell is what it was."""
    levers, rows = read("leviers"), read("indicators")
    back = back_from(loads(dumps(plan)), ids_of(rows))
    assert lost(levers, back[0], LEVER_HELD) == []
    assert lost(rows, back[1], INDICATOR_HELD) == []


def test_the_plan_answers(plan: Portfolio) -> None:
    """The plan is no mere store: its sentences, its table of progress and its report can be made."""
    lever = next(one for one in plan.levers.values() if one.label == "Electrification des véhicules particuliers")
    found = plans.effects_of(plan, lever.id, as_of="2026-08-22", since="2018-01-01", horizon="2030")
    assert len(found.effects) == 9
    assert "association" in found.explain("fr")
    measured = indicators.follow(plan, found.effects[0].indicator.id, as_of="2026-08-22")
    assert measured.explain("fr")
    made = str(report(plan, as_of="2026-08-22", lang="fr"))
    assert lever.objective in made
