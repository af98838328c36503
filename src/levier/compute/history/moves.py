"""Changes of what has a course: the phase of a project, the date of a milestone, the target of an indicator."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, final

from attrs import converters, field, frozen

from levier.compute._wording import colon, day, period, value
from levier.compute.history.labelled import Labelled, tag
from levier.model._fields import as_decimal, decimal, instance_of, not_blank, optional, trimmed
from levier.model.identifiers import IndicatorId, TerritoryId, reference
from levier.model.lifecycle import Phase
from levier.model.periods import Day, Period, as_day, as_period, is_day, is_period
from levier.model.quantities import Unit
from levier.model.terms import Lang
from levier.model.territories import NATION

__all__ = ["MovedPhase", "ReachedMilestone", "RedatedMilestone", "RevisedTarget"]


@final
@frozen(kw_only=True)
class MovedPhase(Labelled):
    """
    One move of a project from a phase to another: when, and because of what.

    >>> MovedPhase(
    ...     subject="projects/franceconnect",
    ...     label="Projet",
    ...     label_en="Project 'FranceConnect'",
    ...     before="framing",
    ...     after="experimentation",
    ...     on="2019-06-20",
    ...     because="third CITP",
    ... ).sentence("en")
    "Project 'FranceConnect': framing → experimentation on 20 June 2019 (third CITP)"
    """

    kind: Literal["moved-phase"] = field(default="moved-phase", validator=tag)
    before: Phase = field(converter=Phase, validator=instance_of(Phase))
    after: Phase = field(converter=Phase, validator=instance_of(Phase))
    on: Day = field(converter=as_day, validator=is_day)
    because: str = field(validator=not_blank)

    def sentence(self, lang: Lang) -> str:
        """Say from which phase to which the project moved, when and why."""
        when = ("le " if lang == "fr" else "on ") + day(self.on, lang)
        phases = f"{self.before.label(lang).lower()} → {self.after.label(lang).lower()}"
        return self.said(f"{phases} {when} ({self.because})", lang)


@final
@frozen(kw_only=True)
class RevisedTarget(Labelled):
    """
    Another target for a period, in the indicator's unit: in place of the earlier one, or stated by a later document.

    *before* and *after* are `None` where a document says that there is no value.

    >>> RevisedTarget(
    ...     subject="indicators/online",
    ...     label="Indicateur",
    ...     label_en="Indicator 'Online', target, 2020",
    ...     indicator_id="online",
    ...     period="2020",
    ...     before=60,
    ...     after=55,
    ...     unit="%",
    ... ).sentence("en")
    "Indicator 'Online', target, 2020: 60% → 55%"
    """

    kind: Literal["revised-target"] = field(default="revised-target", validator=tag)
    indicator_id: IndicatorId = field(converter=IndicatorId, validator=reference)
    territory_id: TerritoryId = field(default=NATION, converter=TerritoryId, validator=reference)
    period: Period = field(converter=as_period, validator=is_period)
    before: Decimal | None = field(converter=converters.optional(as_decimal), validator=optional(decimal))
    after: Decimal | None = field(converter=converters.optional(as_decimal), validator=optional(decimal))
    unit: Unit = field(converter=Unit, validator=not_blank)

    def sentence(self, lang: Lang) -> str:
        """Say the target as it was and as it is."""
        none = "sans valeur" if lang == "fr" else "no value"
        sides = (none if side is None else value(side, self.unit, lang) for side in (self.before, self.after))
        return self.said(" → ".join(sides), lang)


@final
@frozen(kw_only=True)
class RedatedMilestone(Labelled):
    """
    Another date for a milestone: *on* is when it was decided, `None` where the first plan was written otherwise.

    >>> RedatedMilestone(
    ...     subject="projects/p/milestones/pilot",
    ...     label="Jalon",
    ...     label_en="Milestone 'Pilot open'",
    ...     before="2019-09",
    ...     after="2020-01",
    ...     on="2019-10-01",
    ...     because="contract signed late",
    ... ).sentence("en")
    "Milestone 'Pilot open': September 2019 → January 2020 (1 October 2019: contract signed late)"
    """

    kind: Literal["redated-milestone"] = field(default="redated-milestone", validator=tag)
    before: Period = field(converter=as_period, validator=is_period)
    after: Period = field(converter=as_period, validator=is_period)
    on: Day | None = field(default=None, converter=converters.optional(as_day), validator=optional(is_day))
    because: str = field(default="", validator=trimmed)

    def sentence(self, lang: Lang) -> str:
        """Say the date as it was and as it is, when that was decided and why."""
        why = "" if self.on is None else f" ({day(self.on, lang)}{colon(lang)}{self.because})"
        return self.said(f"{period(self.before, lang)} → {period(self.after, lang)}{why}", lang)


@final
@frozen(kw_only=True)
class ReachedMilestone(Labelled):
    """
    A milestone that is done.

    >>> ReachedMilestone(
    ...     subject="projects/p/milestones/pilot", label="Jalon", label_en="Milestone 'Pilot open'", on="2020-01-15"
    ... ).sentence("en")
    "Milestone 'Pilot open': reached on 15 January 2020"
    """

    kind: Literal["reached-milestone"] = field(default="reached-milestone", validator=tag)
    on: Day = field(converter=as_day, validator=is_day)

    def sentence(self, lang: Lang) -> str:
        """Say when it was reached."""
        return self.said(("atteint le " if lang == "fr" else "reached on ") + day(self.on, lang), lang)
