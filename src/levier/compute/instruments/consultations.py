"""Consultations of citizens: what was asked, how many took part, what came of it, and which reforms took it up."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from levier.compute._wording import bounds_said, colon, number
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.explanations import joined
from levier.compute.plan.covering import covered
from levier.compute.statements.known import known
from levier.model._fields import each, instance_of
from levier.model.instruments import Consultation
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["Consultations", "consultations"]


@final
@frozen(kw_only=True)
class Consultations:
    """
    The consultations of a portfolio: of which the questions, the participation and the outcome are known.

    *taken_up* are those that a reform took up, as far as is known.

    >>> consultations(Portfolio.of(Consultation(id="c", label="C"))).closed.missing
    ('c',)
    """

    items: tuple[Consultation, ...] = field(validator=each(instance_of(Consultation)))
    asked: Coverage = field(validator=instance_of(Coverage))
    counted: Coverage = field(validator=instance_of(Coverage))
    closed: Coverage = field(validator=instance_of(Coverage))
    taken_up: Coverage = field(validator=instance_of(Coverage))

    def explain(self, lang: Lang) -> str:
        """Say of how many consultations each is known, then one by one what is."""
        words = {
            "fr": ("questions connues", "participation connue", "suites connues", "reprises par une réforme"),
            "en": ("questions known", "participation known", "outcome known", "taken up by a reform"),
        }[lang]
        found = zip(words, (self.asked, self.counted, self.closed, self.taken_up), strict=True)
        counts = (f"{word}{colon(lang)}{coverage.explain(lang)}" for word, coverage in found)
        return joined((*counts, *(_consulted(one, lang) for one in self.items)), lang)


def _consulted(one: Consultation, lang: Lang) -> str:
    """Return what is known of one consultation: its questions, who took part, what came of it, which reforms."""
    asked = f"{number(len(one.questions), lang)} question(s)" if one.questions else ""
    people = "" if one.participation is None else f"{bounds_said(one.participation.value, lang)} participants"
    known = ", ".join(part for part in (asked, people, one.outcome, *one.reform_ids) if part)
    return f"{one.label}{colon(lang)}{known}" if known else ""


def consultations(portfolio: Portfolio, *, as_of: DayLike | None = None) -> Consultations:
    """
    Return the consultations of a portfolio, and of how many the questions, participation and outcome are known.

    On the day *as_of* it is what was known then; without one, everything.

    Raises:
        InvalidValueError: If *as_of* is no day.

    >>> from levier import catalogue
    >>> str(consultations(catalogue.action_publique_2022()).taken_up)
    '0 of 1'
    """
    portfolio = known(portfolio, as_of)
    found = tuple(one for one in portfolio.instruments.values() if isinstance(one, Consultation))
    return Consultations(
        items=found,
        asked=covered({one.id: bool(one.questions) for one in found}),
        counted=covered({one.id: one.participation is not None for one in found}),
        closed=covered({one.id: bool(one.outcome) for one in found}),
        taken_up=covered({one.id: bool(one.reform_ids) for one in found}),
    )
