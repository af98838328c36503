"""
What can change in a portfolio, one class a kind of change: plain values that say themselves in both languages.

Each names what changed by its *subject*, a path such as `projects/franceconnect/milestones/pilot`, and its *label*.
Those of what has a course stand in `levier.compute.history.moves`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, final

from attrs import converters, field, frozen

from levier.compute._wording import colon, euros, listed, said
from levier.compute.history.labelled import Labelled, tag
from levier.compute.history.moves import MovedPhase, ReachedMilestone, RedatedMilestone, RevisedTarget
from levier.compute.history.words import field_label
from levier.model._fields import instance_of, not_blank, optional
from levier.model.money import Euros, as_euros, is_euros
from levier.model.periods import Period, as_period, is_period
from levier.model.quantities import Quantity
from levier.model.terms import Lang

__all__ = ["Added", "Altered", "AnyChange", "ChangedAmount", "Removed"]


@final
@frozen(kw_only=True)
class Added(Labelled):
    """
    A thing or a part that was not there: *on* is its date and *value* its number, where it has one.

    >>> event = Added(subject="programmes/ap2022/events/citp-3", label="3e CITP", label_en="3rd CITP", on="2019-06-20")
    >>> event.sentence("en")
    '3rd CITP: added (20 June 2019)'
    """

    kind: Literal["added"] = field(default="added", validator=tag)
    on: Period | None = field(default=None, converter=converters.optional(as_period), validator=optional(is_period))
    value: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))

    def sentence(self, lang: Lang) -> str:
        """Say what was added, of which date and which number."""
        return self.said(("ajout" if lang == "fr" else "added") + _details(self, lang), lang)


@final
@frozen(kw_only=True)
class Removed(Labelled):
    """
    A thing or a part that is no longer there: *on* was its date and *value* its number, where it had one.

    >>> Removed(subject="levers/nudge", label="Levier", label_en="Lever 'Nudge'").sentence("en")
    "Lever 'Nudge': removed"
    """

    kind: Literal["removed"] = field(default="removed", validator=tag)
    on: Period | None = field(default=None, converter=converters.optional(as_period), validator=optional(is_period))
    value: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))

    def sentence(self, lang: Lang) -> str:
        """Say what was removed, of which date and which number."""
        return self.said(("retrait" if lang == "fr" else "removed") + _details(self, lang), lang)


@final
@frozen(kw_only=True)
class ChangedAmount(Labelled):
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
    before: Euros | None = field(converter=converters.optional(as_euros), validator=optional(is_euros))
    after: Euros | None = field(converter=converters.optional(as_euros), validator=optional(is_euros))
    field: str = field(validator=not_blank)  # the last one: from here on the name is taken

    def sentence(self, lang: Lang) -> str:
        """Say the amount as it was and as it is."""
        none = "non connu" if lang == "fr" else "not known"
        sides = (none if side is None else euros(side, lang) for side in (self.before, self.after))
        return _of_field(self, " → ".join(sides), lang)


@final
@frozen(kw_only=True)
class Altered(Labelled):
    """
    Anything else that is not as it was: *field* is the path of the field, *before* and *after* are texts.

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
    field: str = field(validator=not_blank)  # as above

    def sentence(self, lang: Lang) -> str:
        """Say the field as it was and as it is."""
        none = "rien" if lang == "fr" else "nothing"
        return _of_field(self, f"{self.before or none} → {self.after or none}", lang)


AnyChange: TypeAlias = (
    Added | Removed | MovedPhase | RevisedTarget | RedatedMilestone | ReachedMilestone | ChangedAmount | Altered
)
"""The closed set of changes, told apart by *kind* on the wire."""


def _of_field(change: ChangedAmount | Altered, text: str, lang: Lang) -> str:
    return f"{change.called(lang)}, {field_label(change.field, lang)}{colon(lang)}{text}"


def _details(change: Added | Removed, lang: Lang) -> str:
    given = [part for part in (change.on, change.value) if part is not None]
    return f" ({listed((said(part, lang) for part in given), lang)})" if given else ""
