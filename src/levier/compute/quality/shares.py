"""Shares of answers in surveys: their interval, and comparisons of like with like."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, NumberLike
from levier.compute.quality.intervals import Interval, newcombe, wilson
from levier.compute.quality.service import refuse_unlike
from levier.errors.final import final
from levier.model._fields import as_decimal, integer, is_share, optional
from levier.model.quantities import PERCENT, POINTS
from levier.model.surveys import Survey, SurveyResult
from levier.wording.explained import Explained
from levier.wording.messages import message
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["Comparison", "SampledShare", "compare", "sampled_share"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class SampledShare(Explained):
    """
    A share of answers, with what a comparison needs: question, population, mode and base.

    *share* is from 0 to 1; *n* is the number of answers, `None` where it is unknown, so that there is no interval.
    *self_selected* marks a sample of volunteers, whose bias no interval measures.

    Attributes:
        question: The exact question.
        population: The people surveyed, such as the users of a service.
        mode: How people were interviewed, such as online or by telephone.
        base: The part of the sample that the share is computed over.

    Raises:
        InvalidValueError: For a share outside [0, 1] or one that is not an exact number, or fewer than one answer.

    >>> share = SampledShare(share=Decimal("0.86"), n=None, question="Satisfied?", population="Firms")
    >>> share.interval()
    Traceback (most recent call last):
        ...
    levier.errors.MissingSampleSizeError: Satisfied?: no interval without the number of answers ...
    """

    share: Decimal = field(converter=as_decimal, validator=is_share)
    n: int | None = field(validator=optional(integer(1)))
    question: str
    population: str
    mode: str = ""
    base: str = ""
    self_selected: bool = False

    def interval(self, *, confidence: NumberLike = "0.95", population: int | None = None) -> Interval:
        """
        Return Wilson's interval.

        Raises:
            MissingSampleSizeError: Without the number of answers.
        """
        return wilson(self.share, self.n, confidence=confidence, population=population, subject=self.question)

    @property
    def message(self) -> Said:
        """The share with its number of answers and its interval, or why there is none."""
        share = Number(EXACT.scaleb(self.share, 2), PERCENT, 1)
        if self.n is None:
            return message("{share} (number of answers unknown, no confidence interval)", share=share)
        interval = self.interval().message
        if self.self_selected:
            return message(
                "{share} (n = {n}, {interval}, self-selected sample)", share=share, n=self.n, interval=interval
            )
        return message("{share} (n = {n}, {interval})", share=share, n=self.n, interval=interval)


@asked
def sampled_share(survey: Survey, result: SurveyResult) -> SampledShare:
    """
    Return a survey's result as a share that can be compared with others.

    Raises:
        InexactQuantityError: If the share is published as inexact.

    >>> from levier import Quantity
    >>> asked = SurveyResult(id="a", question="Satisfied?", share=Quantity.exact("86.0", "%"), source_id="page")
    >>> survey = Survey(id="firms", label="Firms", population="Firms that recruit", results=[asked])
    >>> print(sampled_share(survey, asked).explain("en"))
    86.0% (number of answers unknown, no confidence interval)
    """
    whole = 100 if result.share.unit == PERCENT else 1
    return SampledShare(
        share=EXACT.divide(result.share.value, Decimal(whole)),
        n=result.sample_size,
        question=result.question,
        population=survey.population,
        mode="" if survey.mode is None else str(survey.mode),
        base=result.base,
        self_selected=survey.self_selected,
    )


@final
@frozen(kw_only=True, field_transformer=by_type)
class Comparison(Explained):
    """
    The difference between two like shares, with Newcombe's interval.

    *is_significant* is true if the interval excludes zero; *warned* if one of the samples is self-selected.

    Attributes:
        difference: The left share minus the right one, from −1 to 1.
        interval: Newcombe's interval of the difference.

    >>> from attrs import evolve
    >>> one = SampledShare(share=Decimal("0.86"), n=1000, question="Satisfied?", population="Firms")
    >>> compare(one, evolve(one, share=Decimal("0.80"))).is_significant
    True
    """

    difference: Decimal
    interval: Interval
    warned: bool = False

    @property
    def is_significant(self) -> bool:
        """Whether zero lies outside the interval."""
        return Decimal(0) not in self.interval

    @property
    def message(self) -> Said:
        """The difference in points with its interval, and a warning for a self-selected sample."""
        points, interval = Number(EXACT.scaleb(self.difference, 2), POINTS, 1), self.interval.message
        if self.warned:
            return message("{points} ({interval}; self-selected sample)", points=points, interval=interval)
        return message("{points} ({interval})", points=points, interval=interval)


@asked
def compare(left: SampledShare, right: SampledShare, *, confidence: NumberLike = "0.95") -> Comparison:
    """
    Return the difference of two shares that measure the same thing.

    Raises:
        UnlikeSharesError: If question, population, mode or base differ; lists the differences.
        MissingSampleSizeError: Without both numbers of answers.

    >>> from attrs import evolve
    >>> one = SampledShare(share=Decimal("0.86"), n=1000, question="Satisfied?", population="Firms")
    >>> compare(one, evolve(one, question="Very satisfied?"))
    Traceback (most recent call last):
        ...
    levier.errors.UnlikeSharesError: not like with like: question: 'Satisfied?' and 'Very satisfied?'
    """
    refuse_unlike(left, right, ("question", "population", "mode", "base"))
    interval = newcombe(left.share, left.n, right.share, right.n, confidence=confidence)
    difference = EXACT.subtract(left.share, right.share)
    return Comparison(difference=difference, interval=interval, warned=left.self_selected or right.self_selected)
