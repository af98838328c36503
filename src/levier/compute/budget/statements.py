"""What documents state of one year of a programme: the line that counts, its sources, and who says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar, final

from attrs import evolve, frozen

from levier.compute.budget.amounts import Amount, absent, combined
from levier.compute.statements.in_force import InForce, in_force
from levier.model.budget import BudgetLine, BudgetMovement, ExecutionLine, TitleGroup
from levier.model.identifiers import SourceId
from levier.model.money import Appropriation, Euros
from levier.model.periods import Day
from levier.model.sources import Reliability, Source, Stated
from levier.model.terms import Lang
from levier.wording.reasons import MissingReason

__all__ = ["Scope", "Statement", "amount_of", "labels", "labels_below", "stated"]

T = TypeVar("T")

Statement: TypeAlias = BudgetLine | ExecutionLine

_LABELS = {
    "bill": ("demandés (PLF {})", "asked (budget bill {})"),
    "voted": ("votés (LFI {})", "voted (initial budget act {})"),
    "supplementary": ("ouverts ou annulés (LFR {})", "opened or cancelled (supplementary budget act {})"),
    "opened": ("ouverts ({})", "opened ({})"),
    "frozen": ("gelés ({})", "frozen ({})"),
    "available": ("disponibles ({})", "available ({})"),
    "commitment": ("engagés", "committed"),
    "payment": ("payés", "paid"),
    "unspent": ("non consommés ({})", "unspent ({})"),
    "carried-over": ("reportés sur l’année suivante ({})", "carried over to the next year ({})"),
    "lapsed": ("tombés en fin d’année ({})", "lapsed at the end of the year ({})"),
    "unattributed": ("non expliqués par les mouvements connus ({})", "not explained by the known movements ({})"),
}
_BELOW = {
    "supplementary": ("annulés (LFR {})", "cancelled (supplementary budget act {})"),
    "unspent": ("consommés au-delà des crédits ouverts ({})", "used beyond what was opened ({})"),
    "unattributed": ("expliqués en trop par les mouvements connus ({})", "explained in excess by known movements ({})"),
}
"""The words of a measure below zero, where those of the measure would not fit."""
_PARTS = {
    TitleGroup.ALL: ((TitleGroup.STAFF, TitleGroup.OTHER), ()),
    TitleGroup.STAFF: ((TitleGroup.ALL,), (TitleGroup.OTHER,)),
    TitleGroup.OTHER: ((TitleGroup.ALL,), (TitleGroup.STAFF,)),
}


@final
@frozen(kw_only=True)
class Scope:
    """
    Which part of a programme is read, in which year: the whole, or one action, or one group of titles.

    >>> Scope(year=2021, action="01").words("fr")
    '2021, action 01'
    """

    year: int
    action: str = ""
    title: TitleGroup = TitleGroup.ALL

    def words(self, lang: Lang) -> str:
        """Name the year and, where it is not the whole programme, the part."""
        part = "" if self.title is TitleGroup.ALL else f", {self.title.label(lang)}"
        return f"{self.year}{f', action {self.action}' if self.action else ''}{part}"

    def holds(self, movement: BudgetMovement) -> bool:
        """Say whether a movement belongs to this scope."""
        if movement.year != self.year or (self.action and movement.action != self.action):
            return False
        return self.title is TitleGroup.ALL or movement.title is self.title


def labels(name: str, *scopes: Scope) -> tuple[str, str]:
    """
    Return the French and English words of a measure over some years.

    >>> labels("voted", Scope(year=2019), Scope(year=2020))
    ('votés (LFI 2019, 2020)', 'voted (initial budget act 2019, 2020)')
    """
    return _filled(_LABELS[name], scopes)


def labels_below(name: str, *scopes: Scope) -> tuple[str, str]:
    """
    Return the French and English words of a measure below zero; empty where its own words fit.

    >>> labels_below("unspent", Scope(year=2019))[1], labels_below("voted", Scope(year=2019))[1]
    ('used beyond what was opened (2019)', '')
    """
    return _filled(_BELOW.get(name, ("", "")), scopes)


def _filled(words: tuple[str, str], scopes: tuple[Scope, ...]) -> tuple[str, str]:
    fr, en = words
    return fr.format(_listed(scopes, "fr")), en.format(_listed(scopes, "en"))


def amount_of(
    found: InForce[T], value: Callable[[T], Euros | None], *, fr: str, en: str, until: Day | None = None
) -> Amount:
    """
    Return the amount that statements of one fact give: that of the one in force, with what the others state.

    *value* reads the amount off a statement; `None` is not published, for the reason that the statement gives.
    """
    best: Any = found.statement
    others: tuple[Any, ...] = (*found.disputed, *found.superseded)
    reliability = getattr(best, "reliability", Reliability.OFFICIAL)
    because = getattr(best, "missing_because", "") if value(best) is None else ""
    return Amount(
        value=value(best),
        label_fr=fr,
        label_en=en,
        reason=MissingReason.NOT_PUBLISHED if value(best) is None else None,
        detail_fr=because,
        detail_en=because,
        source_ids=_documents([best, *found.restated]),
        reliability=reliability,
        is_inferred=reliability is Reliability.COMPUTED,
        caveats=tuple(filter(None, [getattr(best, "caveat", "")])),
        alternatives=tuple(
            Stated(value=other, source_id=one.source_id, caveat=getattr(one, "caveat", ""))
            for one in others
            if (other := value(one)) is not None
        ),
        disputed_by=_documents(found.disputed),
        until=until,
    )


def stated(
    lines: Iterable[Statement], scope: Scope, of: Appropriation, name: str, sources: Mapping[str, Source]
) -> Amount:
    """
    Return what the documents state of a scope; where they give its parts only, the parts put together.

    *lines* are the statements of one stage, in any order; *sources* date them.
    What is counted over the whole year prevails; else what is counted to the latest day, which the amount then names.
    """
    asked = _Asked(scope, of, name, sources)
    given = [line for line in lines if line.year == scope.year]
    days = sorted(filter(None, map(_stops_on, given)), reverse=True)
    found = [asked.among(line for line in given if _stops_on(line) == day) for day in dict.fromkeys([None, *days])]
    known = (amount for amount in found if amount.value is not None)
    reasoned = (amount for amount in found if amount.detail_fr)
    return next(known, next(reasoned, found[0]))


@frozen
class _Asked:
    """What is asked of the lines of one year and one stage: of which part, of which kind, under which name."""

    scope: Scope
    of: Appropriation
    name: str
    sources: Mapping[str, Source]

    def among(self, lines: Iterable[Statement]) -> Amount:
        """Return what lines that are all counted to the same day state, or their parts put together."""
        counted = tuple(lines)
        found = self._stated(counted, self.scope)
        if found.value is not None:
            return found
        sides = [[self._stated(counted, evolve(self.scope, title=one)) for one in side] for side in self._parts]
        derived = combined(*sides, fr=found.label_fr, en=found.label_en)
        return found if derived.value is None else derived

    @property
    def _parts(self) -> tuple[tuple[TitleGroup, ...], tuple[TitleGroup, ...]]:
        return _PARTS[self.scope.title]

    def _stated(self, counted: tuple[Statement, ...], scope: Scope) -> Amount:
        fr, en = labels(self.name, scope)
        lines = [line for line in counted if (line.action, line.title) == (scope.action, scope.title)]
        known = [line for line in lines if self._side(line) is not None]
        found = in_force(known or lines, says=self._side, sources=self.sources)
        if found is None:
            return absent(MissingReason.NOT_PUBLISHED, fr=fr, en=en)
        below_fr, below_en = labels_below(self.name, scope)
        amount = amount_of(found, self._side, fr=fr, en=en, until=_stops_on(found.statement))
        return evolve(amount, below_fr=below_fr, below_en=below_en)

    def _side(self, line: Statement) -> Euros | None:
        return line.amounts[self.of]


def _stops_on(line: Statement) -> Day | None:
    return line.stops_on if isinstance(line, ExecutionLine) else None


def _documents(statements: Iterable[Any]) -> tuple[SourceId, ...]:
    return tuple(dict.fromkeys(one.source_id for one in statements))


def _listed(scopes: tuple[Scope, ...], lang: Lang) -> str:
    words = [scope.words(lang) for scope in scopes]
    return ("; " if any("," in word for word in words) else ", ").join(words)
