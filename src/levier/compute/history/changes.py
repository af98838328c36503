"""
The changes of a portfolio, one class for each kind of change: plain values with their own sentence.

Each names its *subject*, a path such as `projects/franceconnect/milestones/pilot`, and its *label*.
A change stores its texts as they were written then, in French and in English, because labels may change later.
Changes of phases, ratings, targets and milestones are in `levier.compute.history.plan_changes`.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.history.base_changes import Change, FieldChange, Sides, ValueChange, from_to
from levier.errors.final import final
from levier.model._converters import TupleOf
from levier.model._fields import each, flag, instance_of, optional, own_kind, trimmed
from levier.model.money import Euros, as_euros_or_none, is_total
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.quantities import Quantity
from levier.wording.messages import Listing, about, clauses, items, message, message_in
from levier.wording.said import Said, Value
from levier.wording.values import Name
from levier.wording.vocabulary import field_name, quantity_in_words

__all__ = ["Added", "Altered", "ChangedAmount", "ChangedList", "ChangedSource", "Removed"]


@frozen(kw_only=True)
class _Presence(Change):
    """
    Base class of additions and removals: *on* is the date, *value* the number, if any; *details* the rest.

    *label_has_date* means that the label contains the date.
    """

    on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    label_has_date: bool = field(default=False, validator=flag)
    value: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    details: str = field(default="", validator=trimmed)
    details_en: str = field(default="", validator=trimmed)

    @property
    def _unsaid(self) -> tuple[Value | None, ...]:
        """The facts that the label does not contain: the date, the number and the details."""
        on = None if self.label_has_date else self.on
        value = None if self.value is None else quantity_in_words(self.value)
        return on, value, Name("", self.details, self.details_en) if self.details else None


@final
@frozen(kw_only=True, field_transformer=by_type)
class Added(_Presence):
    """
    An added thing or part: *on* is its date and *value* its number, if any; *details* are its other facts.

    Attributes:
        subject: The path of the thing, such as `projects/franceconnect`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        label_has_date: Whether the label contains the date, so that the sentence does not repeat it.
        details_en: The details in English; empty where they are the same.
        kind: The kind of change in documents: `added`.

    >>> event = Added(subject="programmes/ap2022/events/citp-3", label="3e CITP", label_en="3rd CITP", on="2019-06-20")
    >>> event.sentence("en")
    '3rd CITP: added (20 June 2019)'
    """

    kind: Literal["added"] = field(default="added", validator=own_kind)

    @property
    def message(self) -> Said:
        """The addition, with the facts that the label does not contain."""
        return about(_added(clauses(*self._unsaid)), self.called)

    @property
    def sides(self) -> Sides:
        """The facts, on the side after."""
        return None, items(*self._unsaid)


@final
@frozen(kw_only=True, field_transformer=by_type)
class Removed(_Presence):
    """
    A removed thing or part: *on* was its date and *value* its number, if any; *details* were its other facts.

    Attributes:
        subject: The path of the thing, such as `projects/franceconnect`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        label_has_date: Whether the label contains the date, so that the sentence does not repeat it.
        details_en: The details in English; empty where they are the same.
        kind: The kind of change in documents: `removed`.

    >>> Removed(subject="levers/nudge", label="Levier", label_en="Lever 'Nudge'").sentence("en")
    "Lever 'Nudge': removed"
    """

    kind: Literal["removed"] = field(default="removed", validator=own_kind)

    @property
    def message(self) -> Said:
        """The removal, with the facts that the label does not contain."""
        return about(_removed(clauses(*self._unsaid)), self.called)

    @property
    def sides(self) -> Sides:
        """The facts, on the side before."""
        return items(*self._unsaid), None


@final
@frozen(kw_only=True, field_transformer=by_type)
class ChangedAmount(ValueChange):
    """
    A changed amount, in euros; `None` where it is unknown. *field* is the path of the field that holds it.

    Attributes:
        subject: The path of the thing, such as `funds/ftap/awards/cloud`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        before_source: The document that stated the earlier amount; empty where it is unchanged.
        after_source: The document that states the later amount; empty where it is unchanged.
        kind: The kind of change in documents: `changed-amount`.
        before: The earlier amount, in euros; `None` where it was unknown.
        after: The later amount, in euros; `None` where it is unknown.

    >>> cloud = {"subject": "funds/ftap/awards/cloud", "label": "Attribution", "label_en": "Award 'Cloud'"}
    >>> print(ChangedAmount(**cloud, field="amount", before=None, after=24_300_000))
    Award 'Cloud', amount: unknown → €24,300,000
    """

    kind: Literal["changed-amount"] = field(default="changed-amount", validator=own_kind)
    before: Euros | None = field(converter=as_euros_or_none, validator=optional(is_total))
    after: Euros | None = field(converter=as_euros_or_none, validator=optional(is_total))

    @property
    def values(self) -> tuple[Value, Value]:
        """The amount before and after."""
        unknown = message_in("amount", "unknown")
        return unknown if self.before is None else self.before, unknown if self.after is None else self.after


@final
@frozen(kw_only=True, field_transformer=by_type)
class Altered(ValueChange):
    """
    Any other change: *field* is the path of the field, *before* and *after* are its values in words.

    *before_en* and *after_en* are the values in English, where that differs.

    Attributes:
        subject: The path of the thing, such as `projects/franceconnect`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        before_source: The document that stated the earlier value; empty where it is unchanged.
        after_source: The document that states the later value; empty where it is unchanged.
        kind: The kind of change in documents: `altered`.

    >>> project = {"subject": "projects/p", "label": "Projet", "label_en": "Project 'P'"}
    >>> print(Altered(**project, field="owner_id", before="", after="dinum"))
    Project 'P', owner: none → dinum
    """

    kind: Literal["altered"] = field(default="altered", validator=own_kind)
    before: str = field(validator=instance_of(str))
    after: str = field(validator=instance_of(str))
    before_en: str = field(default="", validator=instance_of(str))
    after_en: str = field(default="", validator=instance_of(str))

    @property
    def values(self) -> tuple[Value, Value]:
        """The value before and after, in words."""
        nothing = message_in("field", "none")
        before, after = Name("", self.before, self.before_en), Name("", self.after, self.after_en)
        return before if self.before else nothing, after if self.after else nothing


@final
@frozen(kw_only=True, field_transformer=by_type)
class ChangedList(FieldChange):
    """
    A changed list: the items *removed* and *added*; where both are empty, only the order changed.

    Attributes:
        subject: The path of the thing, such as `reforms/open-data`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        field: The path of the field that changed, such as `lever_ids`.
        kind: The kind of change in documents: `changed-list`.
        removed_en: The removed items in English, where that differs.
        added_en: The added items in English, where that differs.

    >>> project = {"subject": "projects/p", "label": "Projet", "label_en": "Project 'P'"}
    >>> print(ChangedList(**project, field="lever_ids", added=["Numérique"], added_en=["Digital"]))
    Project 'P', levers: added (Digital)
    """

    kind: Literal["changed-list"] = field(default="changed-list", validator=own_kind)
    removed: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each(instance_of(str)))
    added: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each(instance_of(str)))
    removed_en: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each(instance_of(str)))
    added_en: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each(instance_of(str)))

    @property
    def message(self) -> Said:
        """The items removed and added."""
        removed, added = self.sides
        if not (self.removed or self.added):
            return about(from_to(self.sides), self.about)
        gone = None if removed is None else _removed(clauses(removed))
        come = None if added is None else _added(clauses(added))
        return about(clauses(gone, come), self.about)

    @property
    def sides(self) -> Sides:
        """The items removed, and those added."""
        if not (self.removed or self.added):
            return None, message("reordered")
        return _listed(self.removed, self.removed_en), _listed(self.added, self.added_en)


@final
@frozen(kw_only=True, field_transformer=by_type)
class ChangedSource(Change):
    """
    An unchanged value with another source: *before* and *after* are the documents, empty for none.

    *field* is the path of the field that holds the value, empty where the subject itself is a statement; *details* give
    the dates of both statements, where known.

    Attributes:
        subject: The path of the thing, such as `projects/franceconnect`.
        label: The name of the thing that changed, in French.
        label_en: The name in English; empty where there is none.
        kind: The kind of change in documents: `changed-source`.
        details_en: The details in English; empty where they are the same.

    >>> row = {"subject": "observations/delay FR 2020 actual", "label": "Délai", "label_en": "'Delay', actual, 2020"}
    >>> print(ChangedSource(**row, before="Dashboard, May", after="Dashboard, June"))
    'Delay', actual, 2020: source changed (Dashboard, May → Dashboard, June)
    """

    kind: Literal["changed-source"] = field(default="changed-source", validator=own_kind)
    before: str = field(validator=trimmed)
    after: str = field(validator=trimmed)
    details: str = field(default="", validator=trimmed)
    details_en: str = field(default="", validator=trimmed)
    field: str = field(default="", validator=trimmed)  # the last one: from here on the name is taken

    @property
    def about(self) -> Said:
        """The label, and the name of the field where there is one."""
        return items(self.called, field_name(self.field)) if self.field else self.called

    @property
    def message(self) -> Said:
        """The document that stated the value, and the one that states it now."""
        return about(self.moved, self.about)

    @property
    def sides(self) -> Sides:
        """The document that stated the value, and the one that states it now."""
        return self.before or message("no source"), self.after or message("no source")

    @property
    def moved(self) -> Said:
        """The two documents, as "before → after"."""
        details = Name("", self.details, self.details_en) if self.details else None
        return message("source changed ({details})", details=clauses(from_to(self.sides), details))


def _listed(words: tuple[str, ...], english: tuple[str, ...]) -> Name | None:
    return Name("", ", ".join(words), ", ".join(english)) if words else None


def _added(details: Listing) -> Said:
    if not details.parts:
        return message_in("change", "added")
    return message_in("change", "added ({details})", details=details)


def _removed(details: Listing) -> Said:
    if not details.parts:
        return message_in("change", "removed")
    return message_in("change", "removed ({details})", details=details)
