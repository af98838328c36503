"""Rules on sources: missing sources, contradictory sources, and missing sample sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import fields

from levier.compute.checks.indicators import values_by_indicator
from levier.compute.checks.rules import Found, RuleSet, rule
from levier.compute.findings import Severity
from levier.model._shapes import fields_leading_to
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.references import find_references
from levier.model.sources import Sourced, Stated
from levier.wording.messages import Listing, clauses, message
from levier.wording.values import Name

__all__ = ["result_without_sample_size", "source_missing", "sources_in_conflict", "value_without_source"]

_SOURCED = ("levers", "programmes", "reforms", "projects", "instruments", "budget_programmes", "funds")
"""Items that need a source; organisations, territories and methods are common knowledge."""


@rule("source-missing", Severity.NOTE, RuleSet.SOURCE, remedy=message("Add the document that mentions it."))
def source_missing(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find levers, programmes, reforms, projects, instruments, funds and awards without any source.

    A source of any part, such as an event or a figure, is enough.

    >>> from levier import Project
    >>> [str(finding) for finding in source_missing(Portfolio.of(Project(id="p", label="One-stop shop")), Day.min)]
    ["No source for 'One-stop shop'."]
    """
    for path, thing in _told_of(portfolio):
        if all(registry != "sources" for _, _, registry in find_references(thing)):
            yield path, message("No source for '{thing}'.", thing=Name.of(thing))


@rule(
    "value-without-source",
    Severity.NOTE,
    RuleSet.SOURCE,
    remedy=message("Name the document that publishes each value."),
)
def value_without_source(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find indicators with values that no source states, and how many there are."""
    for indicator, values in values_by_indicator(portfolio, as_of):
        missing = sum(value.source_id is None for value in values)
        if missing:
            yield (
                f"indicators/{indicator.id}",
                message(
                    "Values of the indicator '{indicator}' without a source: {missing} of {all}.",
                    indicator=Name.of(indicator),
                    missing=missing,
                    all=len(values),
                ),
            )


@rule(
    "sources-in-conflict", Severity.NOTE, RuleSet.SOURCE, remedy=message("Find a source that settles it, or keep both.")
)
def sources_in_conflict(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find values on which several sources disagree, with the path of each."""
    for path, value in _disputed(portfolio):
        preferred = f"{value.source_id}, {value.preferred_because}".rstrip(".")
        yield (
            path,
            message("Sources disagree: {sides}. Preferred: {preferred}.", sides=_sides(value), preferred=preferred),
        )


@rule(
    "result-without-sample-size",
    Severity.WARNING,
    RuleSet.INDICATOR,
    remedy=message("Give the number of answers that the source publishes."),
)
def result_without_sample_size(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find published shares whose number of answers is unknown, so that no interval can be computed."""
    for survey in portfolio.surveys.values():
        for result in survey.results:
            if result.sample_size is None:
                yield (
                    f"surveys/{survey.id}/results/{result.id}",
                    message(
                        "'{question}' ({survey}): unknown number of answers, no interval possible.",
                        question=result.question,
                        survey=Name.of(survey),
                    ),
                )


def _told_of(portfolio: Portfolio) -> Iterator[tuple[str, Any]]:
    for name in _SOURCED:
        for thing in getattr(portfolio, name).values():
            yield f"{name}/{thing.id}", thing
    for fund in portfolio.funds.values():
        for award in fund.awards:
            yield f"funds/{fund.id}/awards/{award.id}", award


def _disputed(portfolio: Portfolio) -> Iterator[tuple[str, Sourced[Any]]]:
    """Yield every sourced value that has alternatives, with its path."""
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
    else:
        for name in fields_leading_to(type(value), Sourced):
            if held := getattr(value, name):
                yield from _walk(held, f"{path}/{name}")


def _sides(value: Sourced[Any]) -> Listing:
    sides: tuple[Sourced[Any] | Stated[Any], ...] = (value, *value.alternatives)
    return clauses(*(message("{value} ({source})", value=side.value, source=str(side.source_id)) for side in sides))
