"""Consultations of citizens: their questions, participation and outcome, and the reforms that followed."""

from __future__ import annotations

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.instruments.counts import most
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._fields import each, instance_of
from levier.model.instruments import Consultation
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message, plural
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["Consultations", "consultations"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Consultations(Explained):
    """
    The consultations of a portfolio, and how many have known questions, participation and outcome.

    *taken_up* are those that a reform took up, as far as is known; *reform_names* are the names of these reforms.

    Attributes:
        items: The consultations.
        asked: The consultations whose questions are known, of all.
        counted: The consultations whose participation is known, of all.
        closed: The consultations whose outcome is known, of all.

    >>> consultations(Portfolio.of(Consultation(id="c", label="C"))).closed.missing
    ('c',)
    """

    items: tuple[Consultation, ...] = field(validator=each(instance_of(Consultation)))
    asked: Coverage = field(validator=instance_of(Coverage))
    counted: Coverage = field(validator=instance_of(Coverage))
    closed: Coverage = field(validator=instance_of(Coverage))
    taken_up: Coverage = field(validator=instance_of(Coverage))
    reform_names: tuple[Name, ...] = field(default=(), validator=each(instance_of(Name)), eq=False, repr=False)

    @property
    def message(self) -> Said:
        """How many consultations each fact is known for, then each consultation."""
        return clauses(
            message("known questions: {coverage}", coverage=self.asked.message),
            message("known participation: {coverage}", coverage=self.counted.message),
            message("known outcome: {coverage}", coverage=self.closed.message),
            message("taken up by a reform: {coverage}", coverage=self.taken_up.message),
            *map(self._consulted, self.items),
        )

    def _consulted(self, one: Consultation) -> Said | None:
        """Return the known facts of one consultation: questions, participation, outcome, reforms."""
        known = items(_questions(one), _people(one), one.outcome, self._reforms(one))
        return about(known, Name.of(one)) if known.parts else None

    def _reforms(self, one: Consultation) -> Message | None:
        if not one.reform_ids:
            return None
        names = {name.id: name for name in self.reform_names}
        return message("taken up by {reforms}", reforms=items(*(names.get(name, name) for name in one.reform_ids)))


def _questions(one: Consultation) -> Message | None:
    asked = len(one.questions)
    return plural("{n} question", "{n} questions", n=asked) if asked else None


def _people(one: Consultation) -> Message | None:
    if one.participation is None:
        return None
    number = one.participation.value
    return plural("{number} participant", "{number} participants", n=most(number), number=number)


@asked
def consultations(portfolio: Portfolio, *, as_of: DayLike | None = None) -> Consultations:
    """
    Return the consultations of a portfolio, and how many have known questions, participation and outcome.

    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import catalogue
    >>> str(consultations(catalogue.action_publique_2022()).taken_up)
    '0 of 1'
    """
    portfolio = known(portfolio, as_of)
    found = tuple(one for one in portfolio.instruments.values() if isinstance(one, Consultation))
    names: dict[str, Name] = {one.id: Name.of(one) for one in found}
    reforms = dict.fromkeys(name for one in found for name in one.reform_ids)
    return Consultations(
        items=found,
        asked=Coverage.of({one.id: bool(one.questions) for one in found}, names),
        counted=Coverage.of({one.id: one.participation is not None for one in found}, names),
        closed=Coverage.of({one.id: bool(one.outcome) for one in found}, names),
        taken_up=Coverage.of({one.id: bool(one.reform_ids) for one in found}, names),
        reform_names=tuple(Name.of(portfolio.reforms[name]) for name in reforms),
    )
