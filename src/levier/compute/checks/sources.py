"""Rules on sources: who says so, whether another says otherwise, and over how many answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import fields, has

from levier.compute._wording import listed, said
from levier.compute.checks.indicators import known_values
from levier.compute.checks.rules import Found, in_both, worded
from levier.compute.findings import Severity
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.references import find_references
from levier.model.sources import Sourced, Stated
from levier.model.terms import Lang

__all__ = ["result_without_sample_size", "source_missing", "sources_in_conflict", "value_without_source"]

_SOURCED = ("levers", "programmes", "reforms", "projects", "instruments", "budget_programmes", "funds")
"""What a document must have said; bodies, territories and methods are known to everyone."""


@worded(
    "source-missing",
    Severity.NOTE,
    fr="Aucune source pour « {thing} ».",
    en="No source for '{thing}'.",
    mend_fr="Ajouter le document qui en parle.",
    mend_en="Add the document that tells of it.",
)
def source_missing(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find the levers, programmes, reforms, projects, instruments, funds and awards that no source tells of.

    A source of anything that such a thing holds, such as one of its events or figures, is enough.

    >>> from levier import Project
    >>> [finding.en for finding in source_missing(Portfolio.of(Project(id="p", label="One-stop shop")), Day.min)]
    ["No source for 'One-stop shop'."]
    """
    for path, thing in _told_of(portfolio):
        if all(registry != "sources" for _, _, registry in find_references(thing)):
            yield path, {"thing": thing}


@worded(
    "value-without-source",
    Severity.NOTE,
    fr="Valeurs sans source de l’indicateur « {indicator} » : {missing} sur {all}.",
    en="Values of the indicator '{indicator}' without a source: {missing} of {all}.",
    mend_fr="Donner le document qui publie chaque valeur.",
    mend_en="Name the document that publishes each value.",
)
def value_without_source(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the indicators some of whose values no source states, and how many."""
    for indicator in portfolio.indicators.values():
        values = known_values(portfolio, indicator, as_of)
        missing = sum(value.source_id is None for value in values)
        if missing:
            yield f"indicators/{indicator.id}", {"indicator": indicator, "missing": missing, "all": len(values)}


@worded(
    "sources-in-conflict",
    Severity.NOTE,
    fr="Les sources divergent : {sides}. Retenu : {preferred}.",
    en="Sources disagree: {sides}. Preferred: {preferred}.",
    mend_fr="Trouver une source qui tranche, ou garder les deux.",
    mend_en="Find a source that settles it, or keep both.",
)
def sources_in_conflict(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the values of which several sources say different things, with the path to each."""
    for path, value in _disputed(portfolio):
        preferred = f"{value.source_id}, {value.preferred_because}".rstrip(".")
        yield path, {"sides": _sides(value), "preferred": preferred}


@worded(
    "result-without-sample-size",
    Severity.WARNING,
    fr="« {question} » ({survey}) : effectif inconnu, aucun intervalle possible.",
    en="'{question}' ({survey}): unknown number of answers, no interval possible.",
    mend_fr="Donner le nombre de réponses, tel que la source le publie.",
    mend_en="Give the number of answers, as the source publishes it.",
)
def result_without_sample_size(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the published shares whose number of answers is unknown: no interval can be given."""
    for survey in portfolio.surveys.values():
        for result in survey.results:
            if result.sample_size is None:
                named = {"question": result.question, "survey": survey}
                yield f"surveys/{survey.id}/results/{result.id}", named


def _told_of(portfolio: Portfolio) -> Iterator[tuple[str, Any]]:
    for name in _SOURCED:
        for thing in getattr(portfolio, name).values():
            yield f"{name}/{thing.id}", thing
    for fund in portfolio.funds.values():
        for award in fund.awards:
            yield f"funds/{fund.id}/awards/{award.id}", award


def _disputed(portfolio: Portfolio) -> Iterator[tuple[str, Sourced[Any]]]:
    """Yield every sourced value that has alternatives, with the path to it."""
    for attribute in fields(Portfolio):
        held = getattr(portfolio, attribute.name)
        if isinstance(held, Mapping):
            for item in held.values():
                yield from _walk(item, f"{attribute.name}/{item.id}")


def _walk(value: Any, path: str) -> Iterator[tuple[str, Sourced[Any]]]:
    if isinstance(value, Sourced):
        if value.is_disputed:
            yield path, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _walk(item, f"{path}/{getattr(item, 'id', place)}")
    elif has(type(value)):
        for attribute in fields(type(value)):
            yield from _walk(getattr(value, attribute.name), f"{path}/{attribute.name}")


def _sides(value: Sourced[Any]) -> Mapping[Lang, str]:
    sides: tuple[Sourced[Any] | Stated[Any], ...] = (value, *value.alternatives)
    return in_both(lambda lang: listed((f"{said(side.value, lang)} ({side.source_id})" for side in sides), lang))
