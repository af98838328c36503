"""What documents state of one year of a programme: the line that counts, its sources, and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, final

from attrs import evolve, frozen

from levier.compute._wording import day
from levier.compute.budget.amounts import Absence, Amount, absent, combined
from levier.model.budget import BudgetLine, BudgetMovement, ExecutionLine, TitleGroup
from levier.model.money import Appropriation
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.sources import Reliability, Stated
from levier.model.terms import Lang

__all__ = ["Scope", "Statement", "labels", "preferred", "stated"]

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
_RANK = (Reliability.OFFICIAL, Reliability.ARTICLE, Reliability.SECONDARY, Reliability.COMPUTED)
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
    fr, en = _LABELS[name]
    return fr.format(_listed(scopes, "fr")), en.format(_listed(scopes, "en"))


def preferred(lines: Iterable[Statement], portfolio: Portfolio) -> tuple[Statement, ...]:
    """Return statements in the order of trust: official first, then the latest published, then by source."""

    def order(line: Statement) -> tuple[int, int, str]:
        source = portfolio.sources.get(line.source_id)
        said = source.published_on if source is not None else None
        return _RANK.index(line.reliability), -said.first_day.toordinal() if said else 0, line.source_id

    return tuple(sorted(lines, key=order))


def stated(lines: Iterable[Statement], scope: Scope, of: Appropriation, name: str) -> Amount:
    """
    Return what the documents state of a scope; where they give its parts only, the parts put together.

    *lines* are the statements of one stage, in the order of trust.
    """
    given = tuple(lines)
    found = _stated(given, scope, of, name)
    if found.value is not None:
        return found
    plus, minus = _PARTS[scope.title]
    parts = [[_stated(given, evolve(scope, title=title), of, name) for title in side] for side in (plus, minus)]
    derived = combined(*parts, fr=found.label_fr, en=found.label_en)
    return found if derived.value is None else derived


def _stated(lines: tuple[Statement, ...], scope: Scope, of: Appropriation, name: str) -> Amount:
    fr, en = labels(name, scope)
    of_scope = [
        line for line in lines if (line.year, line.action, line.title) == (scope.year, scope.action, scope.title)
    ]
    whole = [line for line in of_scope if _until(line) is None]
    known = [line for line in whole if line.amounts[of] is not None]
    if known:
        return _chosen(known, of, fr, en)
    if whole:
        because = whole[0].missing_because
        return absent(Absence.NOT_PUBLISHED, fr=fr, en=en, detail_fr=because, detail_en=because)
    for end in filter(None, map(_until, of_scope)):
        return absent(Absence.PART_YEAR, fr=fr, en=en, detail_fr=day(end, "fr"), detail_en=day(end, "en"))
    return absent(Absence.NOT_PUBLISHED, fr=fr, en=en)


def _chosen(known: list[Statement], of: Appropriation, fr: str, en: str) -> Amount:
    first, *others = known
    return Amount(
        value=first.amounts[of],
        label_fr=fr,
        label_en=en,
        source_ids=tuple(line.source_id for line in known if line.amounts[of] == first.amounts[of]),
        reliability=first.reliability,
        is_inferred=first.reliability is Reliability.COMPUTED,
        caveats=(first.caveat,) if first.caveat else (),
        alternatives=tuple(
            Stated(value=value, source_id=line.source_id, caveat=line.caveat)
            for line in others
            if (value := line.amounts[of]) is not None and value != first.amounts[of]
        ),
    )


def _until(line: Statement) -> Day | None:
    return line.until if isinstance(line, ExecutionLine) else None


def _listed(scopes: tuple[Scope, ...], lang: Lang) -> str:
    words = [scope.words(lang) for scope in scopes]
    return ("; " if any("," in word for word in words) else ", ").join(words)
