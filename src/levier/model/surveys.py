"""Surveys: the questions, who answered them and how, and the results."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._converters import TermOrNone, TupleOf, as_id_or_none
from levier.model._facts import Between, InUnit, states
from levier.model._fields import (
    all_of,
    distinct,
    each,
    flag,
    instance_of,
    integer,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import OrganisationId, SourceId, SurveyId, identifier, reference
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.quantities import PERCENT, SHARE, Quantity
from levier.model.terms import Term

__all__ = ["Survey", "SurveyMode", "SurveyResult"]


class SurveyMode(Term):
    """How the answers were collected."""

    ONLINE = "online", "en ligne", "online"
    TELEPHONE = "telephone", "téléphone", "telephone"
    FACE_TO_FACE = "face-to-face", "face à face", "face to face"
    MIXED = "mixed", "mixte", "mixed"


@states(InUnit((PERCENT, SHARE)), Between(0, 100))
def _share(instance: SurveyResult, attribute: Attribute[Any], value: Any) -> None:
    if type(value) is not Quantity or value.unit not in (PERCENT, SHARE):
        refuse(instance, attribute, value, f"a quantity in {PERCENT!r} or {SHARE!r}")
    whole = 100 if value.unit == PERCENT else 1
    if any(bound is not None and not 0 <= bound <= whole for bound in (value.lower, value.upper)):
        refuse(instance, attribute, value, f"a share from 0 to {whole}")


@final
@frozen(kw_only=True)
class SurveyResult:
    """
    The share of respondents who gave one answer to one question.

    *sample_size* is the number of respondents behind the share. If it was not published (`None`), no interval
    can be computed.
    *decimals* is the number of decimals of the share as published, `None` if unknown.
    *period* is when the answers were collected, `None` if the source does not say.

    Attributes:
        id: The identifier, unique within the survey.
        question: The question, as it was asked.
        share: The share, in its unit: a share from 0 to 1 or a percentage from 0 to 100.
        base: The respondents that the share is of, such as "users of the service"; empty if all.
        source_id: The document that states it, by its identifier.
        caveat: A warning to show with the value; empty if there is none.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the share is outside the range of its unit.

    >>> key_figure = SurveyResult(
    ...     id="satisfied", question="Are you satisfied?", share=Quantity.exact("86.0", PERCENT), source_id="page"
    ... )
    >>> key_figure.sample_size is None
    True
    """

    id: str = field(validator=identifier)
    question: str = field(validator=not_blank)
    share: Quantity = field(validator=_share)
    decimals: int | None = field(default=None, validator=optional(integer(0, 6)))
    base: str = field(default="", validator=trimmed)
    sample_size: int | None = field(default=None, validator=optional(integer(1)))
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    source_id: SourceId = field(converter=SourceId, validator=reference)
    caveat: str = field(default="", validator=trimmed)
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class Survey:
    """
    A survey and its results.

    *population* is the people who could be asked. *self_selected* marks a sample of volunteers, whose bias no interval
    accounts for.
    *mode* is how the answers were collected, `None` if the source does not say.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        organisation_id: The organisation that conducted it, by its identifier; `None` if unknown.
        results: The results, one for each question and group of respondents.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the population is blank or two results share an identifier.

    >>> Survey(id="firms", label="Quality of service to firms", population="Firms that recruit").results
    ()
    """

    id: SurveyId = field(converter=SurveyId, validator=identifier)
    label: str = field(validator=not_blank)
    population: str = field(validator=not_blank)
    mode: SurveyMode | None = field(
        default=None, converter=TermOrNone[SurveyMode], validator=optional(instance_of(SurveyMode))
    )
    self_selected: bool = field(default=False, validator=flag)
    organisation_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    results: tuple[SurveyResult, ...] = field(
        default=(),
        converter=TupleOf[SurveyResult],
        validator=all_of(each(instance_of(SurveyResult)), distinct(lambda r: r.id, "result")),
    )
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)
