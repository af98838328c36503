"""The rule on changes of definition: no line may be drawn through one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from levier.compute._wording import colon, listed, number, said
from levier.compute.checks.indicators import series_by_indicator
from levier.compute.checks.rules import Found, in_both, worded
from levier.compute.findings import Severity
from levier.compute.indicators.following import territory_of
from levier.compute.indicators.progress import Progress
from levier.model.observations import ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang
from levier.model.territories import TerritoryLevel

__all__ = ["definition_break_crossed"]

_LEVELS = tuple(TerritoryLevel)


@worded(
    "definition-break-crossed",
    Severity.WARNING,
    fr="L’indicateur « {indicator} » change de définition entre les valeurs comparées ({place}) : {points}.{more}",
    en="The indicator '{indicator}' changes definition between the values compared ({place}): {points}.{more}",
    mend_fr="Redonner les valeurs anciennes selon la nouvelle définition, ou repartir d’une nouvelle valeur initiale.",
    mend_en="Restate the earlier values by the new definition, or start from a new baseline.",
)
def definition_break_crossed(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find the indicators whose progress would draw a line through a change of their definition.

    The values are those that `progress_of` chooses on the day; two of them, such as a value and its target, suffice.
    A value that documents dispute says nothing here.
    """
    for indicator, lines in series_by_indicator(portfolio, as_of):
        broken = sorted(filter(_crosses_a_break, lines), key=partial(_rank, portfolio))
        if broken:
            yield f"indicators/{indicator.id}", {"indicator": indicator, **_told(broken[0], len(broken) - 1)}


def _rank(portfolio: Portfolio, found: Progress) -> tuple[int, str]:
    """Order territories, the highest first."""
    return _LEVELS.index(territory_of(portfolio, found.territory_id).level), found.territory_id


def _used(found: Progress) -> list[tuple[ObservationKind, Any]]:
    points = zip(ObservationKind, (found.baseline, found.actual, found.target), strict=False)
    return [(kind, point) for kind, point in points if point is not None and point.value is not None]


def _crosses_a_break(found: Progress) -> bool:
    """Say whether the values used are of several definitions; one rolled up from several has the version 0."""
    versions = {point.definition for _, point in _used(found)}
    return len(versions) > 1 or 0 in versions


def _told(found: Progress, others: int) -> dict[str, Any]:
    return {
        "place": found.territory,
        "points": in_both(lambda lang: listed((_point(*used, lang) for used in _used(found)), lang)),
        "more": in_both(lambda lang: _elsewhere(others, lang) if others else ""),
    }


def _point(kind: ObservationKind, point: Any, lang: Lang) -> str:
    several = {"fr": "plusieurs versions", "en": "several versions"}
    version = f"version {number(point.definition, lang)}" if point.definition else several[lang]
    return f"{kind.label(lang)} {said(point.period, lang)} ({version})"


def _elsewhere(others: int, lang: Lang) -> str:
    words = {"fr": "Autres territoires dans ce cas", "en": "Other territories in this case"}
    return f" {words[lang]}{colon(lang)}{number(others, lang)}."
