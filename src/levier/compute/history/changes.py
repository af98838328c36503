"""
What can change in a portfolio, one class a kind of change: plain values that say themselves in both languages.

Each names what changed by its *subject*, a path such as `projects/franceconnect/milestones/pilot`, and its *label*.
Those of what has a course stand in `levier.compute.history.moves`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, final

from attrs import converters, field, frozen

from levier.compute._wording import by_language, euros, listed, said
from levier.compute.history.labelled import Change, FieldChange, Sides, ValueChange, tag
from levier.compute.history.moves import ChangedRating, MovedPhase, ReachedMilestone, RedatedMilestone, RevisedTarget
from levier.compute.history.words import field_label, quantity_label
from levier.model._fields import as_tuple, each, flag, instance_of, optional, trimmed
from levier.model.money import Euros, as_euros, is_total
from levier.model.periods import Period, as_period, is_period
from levier.model.quantities import Quantity
from levier.model.terms import Lang

__all__ = ["Added", "Altered", "AnyChange", "ChangedAmount", "ChangedList", "ChangedSource", "Removed"]


@final
@frozen(kw_only=True)
class Added(Change):
    """
    A thing or a part that was not there: *on* is its date and *value* its number, where it has one; *details* the rest.

    *label_has_date* says that the label names the date already.

    >>> event = Added(subject="programmes/ap2022/events/citp-3", label="3e CITP", label_en="3rd CITP", on="2019-06-20")
    >>> event.sentence("en")
    '3rd CITP: added (20 June 2019)'
    """

    kind: Literal["added"] = field(default="added", validator=tag)
    on: Period | None = field(default=None, converter=converters.optional(as_period), validator=optional(is_period))
    label_has_date: bool = field(default=False, validator=flag)
    value: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    details: str = field(default="", validator=trimmed)
    details_en: str = field(default="", validator=trimmed)

    def sentence(self, lang: Lang) -> str:
        """Say what was added, and what its label leaves unsaid of it."""
        return _of_itself(self, by_language(lang, "ajout", "added"), lang)

    def sides(self, lang: Lang) -> Sides:
        """Return what there is to say of it, on the side where it stands."""
        return None, ", ".join(_details(self, lang))


@final
@frozen(kw_only=True)
class Removed(Change):
    """
    A thing or a part that is no longer there: *on* was its date and *value* its number; *details* the rest.

    *label_has_date* says that the label names the date already.

    >>> Removed(subject="levers/nudge", label="Levier", label_en="Lever 'Nudge'").sentence("en")
    "Lever 'Nudge': removed"
    """

    kind: Literal["removed"] = field(default="removed", validator=tag)
    on: Period | None = field(default=None, converter=converters.optional(as_period), validator=optional(is_period))
    label_has_date: bool = field(default=False, validator=flag)
    value: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    details: str = field(default="", validator=trimmed)
    details_en: str = field(default="", validator=trimmed)

    def sentence(self, lang: Lang) -> str:
        """Say what was removed, and what its label leaves unsaid of it."""
        return _of_itself(self, by_language(lang, "retrait", "removed"), lang)

    def sides(self, lang: Lang) -> Sides:
        """Return what there is to say of it, on the side where it stands."""
        return ", ".join(_details(self, lang)), None


@final
@frozen(kw_only=True)
class ChangedAmount(ValueChange):
    """
    Another amount, in euros; `None` where it is not known. *field* is the path of the field that holds it.

    >>> ChangedAmount(
    ...     subject="funds/ftap/awards/cloud",
    ...     label="Attribution",
    ...     label_en="Award 'Cloud'",
    ...     field="amount",
    ...     before=None,
    ...     after=24_300_000,
    ... ).sentence("en")
    "Award 'Cloud', amount: not known → €24,300,000"
    """

    kind: Literal["changed-amount"] = field(default="changed-amount", validator=tag)
    before: Euros | None = field(converter=converters.optional(as_euros), validator=optional(is_total))
    after: Euros | None = field(converter=converters.optional(as_euros), validator=optional(is_total))

    def values(self, lang: Lang) -> tuple[str, str]:
        """Return the amount as it was and as it is."""
        none = by_language(lang, "non connu", "not known")
        before, after = (none if side is None else euros(side, lang) for side in (self.before, self.after))
        return before, after


@final
@frozen(kw_only=True)
class Altered(ValueChange):
    """
    Anything else that is not as it was: *field* is the path of the field, *before* and *after* say what it holds.

    *before_en* and *after_en* say it in English where that differs.

    >>> Altered(
    ...     subject="projects/p",
    ...     label="Projet",
    ...     label_en="Project 'P'",
    ...     field="owner_id",
    ...     before="",
    ...     after="dinum",
    ... ).sentence("en")
    "Project 'P', owner: nothing → dinum"
    """

    kind: Literal["altered"] = field(default="altered", validator=tag)
    before: str = field(validator=instance_of(str))
    after: str = field(validator=instance_of(str))
    before_en: str = field(default="", validator=instance_of(str))
    after_en: str = field(default="", validator=instance_of(str))

    def values(self, lang: Lang) -> tuple[str, str]:
        """Return what the field held and what it holds."""
        none = by_language(lang, "rien", "nothing")
        before = by_language(lang, self.before, self.before_en or self.before)
        after = by_language(lang, self.after, self.after_en or self.after)
        return before or none, after or none


@final
@frozen(kw_only=True)
class ChangedList(FieldChange):
    """
    A field of several that holds others now: what was *removed* and what was *added*; of neither, another order.

    >>> ChangedList(
    ...     subject="projects/p",
    ...     label="Projet",
    ...     label_en="Project 'P'",
    ...     field="lever_ids",
    ...     added=["Numérique"],
    ...     added_en=["Digital"],
    ... ).sentence("en")
    "Project 'P', levers: added (Digital)"
    """

    kind: Literal["changed-list"] = field(default="changed-list", validator=tag)
    removed: tuple[str, ...] = field(default=(), converter=as_tuple, validator=each(instance_of(str)))
    added: tuple[str, ...] = field(default=(), converter=as_tuple, validator=each(instance_of(str)))
    removed_en: tuple[str, ...] = field(default=(), converter=as_tuple, validator=each(instance_of(str)))
    added_en: tuple[str, ...] = field(default=(), converter=as_tuple, validator=each(instance_of(str)))

    def sentence(self, lang: Lang) -> str:
        """Say what was removed and what was added."""
        words = (by_language(lang, "retrait", "removed"), by_language(lang, "ajout", "added"))
        removed, added = self.sides(lang)
        if not (self.removed or self.added):
            return self.said(f"{added}", lang)
        found = (f"{word} ({side})" for word, side in zip(words, (removed, added), strict=True) if side)
        return self.said(listed(found, lang), lang)

    def sides(self, lang: Lang) -> Sides:
        """Return what was removed, and what was added."""
        if not (self.removed or self.added):
            return None, by_language(lang, "autre ordre", "another order")
        removed = by_language(lang, self.removed, self.removed_en or self.removed)
        added = by_language(lang, self.added, self.added_en or self.added)
        return ", ".join(removed) or None, ", ".join(added) or None


@final
@frozen(kw_only=True)
class ChangedSource(Change):
    """
    The same value, stated by another document: *before* and *after* are the documents, empty for none.

    *field* is the path of the field that holds the value, empty where the subject itself is what documents state;
    *details* say when each document stated it, where that is known.

    >>> ChangedSource(
    ...     subject="observations/delay FR 2020 actual",
    ...     label="Indicateur",
    ...     label_en="Indicator 'Delay', actual, 2020",
    ...     before="Dashboard, May",
    ...     after="Dashboard, June",
    ... ).sentence("en")
    "Indicator 'Delay', actual, 2020: source changed (Dashboard, May → Dashboard, June)"
    """

    kind: Literal["changed-source"] = field(default="changed-source", validator=tag)
    before: str = field(validator=trimmed)
    after: str = field(validator=trimmed)
    details: str = field(default="", validator=trimmed)
    details_en: str = field(default="", validator=trimmed)
    field: str = field(default="", validator=trimmed)  # the last one: from here on the name is taken

    def about(self, lang: Lang) -> str:
        """Return the label, and what the field is called where it is one."""
        return f"{self.called(lang)}, {field_label(self.field, lang)}" if self.field else self.called(lang)

    def sentence(self, lang: Lang) -> str:
        """Say which document stated it, and which one states it now."""
        return self.said(self.moved(lang), lang)

    def sides(self, lang: Lang) -> tuple[str, str]:
        """Return the document that stated it and the one that states it."""
        none = by_language(lang, "sans source", "no source")
        return self.before or none, self.after or none

    def moved(self, lang: Lang) -> str:
        """Say from which document to which the value moved."""
        word = by_language(lang, "changement de source", "source changed")
        parts = (" → ".join(self.sides(lang)), by_language(lang, self.details, self.details_en))
        return f"{word} ({listed(filter(None, parts), lang)})"


AnyChange: TypeAlias = (
    Added
    | Removed
    | MovedPhase
    | ChangedRating
    | RevisedTarget
    | RedatedMilestone
    | ReachedMilestone
    | ChangedAmount
    | ChangedList
    | ChangedSource
    | Altered
)
"""The closed set of changes, told apart by *kind* on the wire."""


def _of_itself(change: Added | Removed, word: str, lang: Lang) -> str:
    details = listed(_details(change, lang), lang)
    return change.said(f"{word} ({details})" if details else word, lang)


def _details(change: Added | Removed, lang: Lang) -> tuple[str, ...]:
    """Return the date, unless the label names it, the number and what else is known."""
    on = None if change.label_has_date else change.on
    more = by_language(lang, change.details, change.details_en or change.details)
    value = None if change.value is None else quantity_label(change.value, lang)
    return tuple(said(part, lang) for part in (on, value, more) if part)
