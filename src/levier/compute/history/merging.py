"""Portfolios put together: what only one holds is added, what they hold alike is one, the rest is a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, final

from attrs import field, frozen

from levier.compute.history.labelled import Labelled
from levier.compute.history.naming import name_of
from levier.compute.history.pairing import pairs, path_of
from levier.compute.history.telling import differing
from levier.compute.history.words import field_label
from levier.model._fields import as_tuple, instance_of
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["Conflict", "Merger", "merged"]


@final
@frozen(kw_only=True)
class Conflict(Labelled):
    """
    A thing that portfolios hold differently.

    *things* are what they hold, without repetition, in the order of the portfolios; *fields* are the names of the
    fields that differ, none where the things are of different classes.

    >>> from levier import Method
    >>> plans = [Portfolio.of(Method(id="nudge", label=label)) for label in ("Nudge", "Incitation")]
    >>> conflict = merged(*plans).conflicts[0]
    >>> conflict.sentence("en")
    "Method 'Nudge': held differently (label)"
    """

    fields: tuple[str, ...] = field(converter=as_tuple)
    things: tuple[Any, ...] = field(converter=as_tuple)

    def sentence(self, lang: Lang) -> str:
        """Say what is held differently, and in which fields."""
        words = "versions différentes" if lang == "fr" else "held differently"
        named = ", ".join(field_label(name, lang) for name in self.fields)
        return self.said(f"{words} ({named})" if named else words, lang)


@final
@frozen(kw_only=True)
class Merger:
    """
    What several portfolios hold together, and what they hold differently: of that the first portfolio's stays.

    >>> merged(Portfolio(), Portfolio()).conflicts
    ()
    """

    portfolio: Portfolio = field(validator=instance_of(Portfolio))
    conflicts: tuple[Conflict, ...] = field(default=(), converter=as_tuple)

    def explain(self, lang: Lang) -> str:
        """Say every conflict on a line of its own."""
        none = "Aucun conflit" if lang == "fr" else "No conflict"
        return "\n".join(conflict.sentence(lang) for conflict in self.conflicts) or none

    def __str__(self) -> str:
        return self.explain("en")


def merged(*portfolios: Portfolio) -> Merger:
    """
    Return portfolios put together; of a thing that they hold differently, that of the first stays.

    References are resolved over all that they hold.

    >>> from levier import Lever, Project
    >>> plans = Portfolio.of(Lever(id="digital", label="Digital")), Portfolio.of(Project(id="p", label="P"))
    >>> len(list(merged(*plans).portfolio))
    2
    """
    whole, rivals = Portfolio(), dict[str, list[Any]]()
    for portfolio in portfolios:
        found = tuple(pairs(whole, portfolio))
        for kept, other in found:
            if kept is not None and other is not None:
                versions = rivals.setdefault(path_of(kept), [kept])
                versions.extend([other] if other not in versions else [])
        whole = whole.with_(*(come for kept, come in found if kept is None))
    return Merger(portfolio=whole, conflicts=tuple(_conflicts(whole, rivals)))


def _conflicts(whole: Portfolio, rivals: dict[str, list[Any]]) -> Iterator[Conflict]:
    for path, versions in rivals.items():
        name = name_of(versions[0], whole)
        yield Conflict(subject=path, label=name.fr, label_en=name.en, fields=_unlike(versions), things=versions)


def _unlike(versions: list[Any]) -> tuple[str, ...]:
    first, *others = versions
    if any(type(other) is not type(first) for other in others):
        return ()
    return tuple(dict.fromkeys(name for other in others for name in differing(first, other)))
