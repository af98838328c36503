"""Public bodies: their kinds, dated names, predecessors and registration numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, final

from attrs import Attribute, field, frozen

from levier.model._converters import TupleOf, as_id_or_none, as_ids
from levier.model._facts import Matching, states
from levier.model._fields import all_of, distinct, each, each_once, instance_of, not_blank, optional, refuse, trimmed
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.figures import Figure
from levier.model.identifiers import OrganisationId, SourceId, TerritoryId, identifier, reference
from levier.model.periods import DayLike, Period, as_period_or_none, is_period, parse_day
from levier.model.quantities import MONTHS, Quantity, counted_in
from levier.model.terms import Term

__all__ = ["DatedName", "Organisation", "OrganisationKind", "Trait", "is_siren", "is_siret", "name_on"]


_SIREN_DIGITS = 9
_SIRET_DIGITS = 14
_LA_POSTE = "356000000"
_LA_POSTE_HEAD_OFFICE = "35600000000048"


class OrganisationKind(Term):
    """The kinds of organisation."""

    HEAD_OF_STATE = "head-of-state", "Président de la République", "head of State"
    HEAD_OF_GOVERNMENT = "head-of-government", "Premier ministre", "head of Government"
    MINISTRY = "ministry", "ministère", "ministry"
    INTERMINISTERIAL_DIRECTORATE = (
        "interministerial-directorate",
        "direction interministérielle",
        "interministerial directorate",
    )
    CENTRAL_ADMINISTRATION = "central-administration", "administration centrale", "central administration"
    PREFECTURE = "prefecture", "préfecture", "prefecture"
    DECONCENTRATED_SERVICE = "deconcentrated-service", "service déconcentré", "deconcentrated service"
    OPERATOR = "operator", "opérateur de l’État", "State operator"
    LOCAL_AUTHORITY = "local-authority", "collectivité territoriale", "local authority"
    COMMITTEE = "committee", "comité", "committee"
    OTHER = "other", "autre", "other"


def _luhn(digits: str) -> int:
    """Return the Luhn sum: double every second digit from the right, and add the digits of the results."""
    return sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(digits)))


def is_siren(number: str) -> bool:
    """
    Return whether *number* is a SIREN: nine digits with a Luhn check digit.

    Source: Code de commerce, article R123-221; ISO/IEC 7812-1, annex B.

    >>> is_siren("130005481"), is_siren("130005482")
    (True, False)
    """
    return len(number) == _SIREN_DIGITS and number.isascii() and number.isdigit() and _luhn(number) % 10 == 0


def is_siret(number: str) -> bool:
    """
    Return whether *number* is a SIRET: a SIREN and five more digits, with a Luhn check digit.

    The establishments of La Poste (SIREN 356000000), except its head office, are checked by the plain sum of digits.

    >>> is_siret("13000548100010"), is_siret("35600000049837")
    (True, True)
    """
    if not (
        len(number) == _SIRET_DIGITS and is_siren(number[:_SIREN_DIGITS]) and number.isascii() and number.isdigit()
    ):
        return False
    if number.startswith(_LA_POSTE) and number != _LA_POSTE_HEAD_OFFICE:
        return sum(map(int, number)) % 5 == 0
    return _luhn(number) % 10 == 0


@states(Matching(f"(?:[0-9]{{{_SIREN_DIGITS}}})?"))
def _siren(instance: object, attribute: Attribute[Any], value: str) -> None:
    if type(value) is not str or (value and not is_siren(value)):
        refuse(instance, attribute, value, "a SIREN of nine digits with a valid check digit, without spaces")


@states(Matching(f"(?:[0-9]{{{_SIRET_DIGITS}}})?"))
def _siret(instance: Organisation, attribute: Attribute[Any], value: str) -> None:
    if type(value) is not str or (value and not is_siret(value)):
        refuse(instance, attribute, value, "a SIRET of fourteen digits with a valid check digit, without spaces")
    if value and instance.siren and not value.startswith(instance.siren):
        refuse(instance, attribute, value, f"a SIRET of the SIREN {instance.siren}")


@final
@frozen(kw_only=True)
class DatedName:
    """
    A name of an organisation, a budget programme or a mission, with the period in which it was used.

    *period* is `None` if unknown.

    Attributes:
        name: The name, in French.
        source_id: The document that states it, by its identifier.

    >>> DatedName(name="Pôle emploi", period="2008-12-19/2023-12-31").name
    'Pôle emploi'
    """

    name: str = field(validator=not_blank)
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


def name_on(names: Iterable[DatedName], day: DayLike, *, otherwise: str) -> str:
    """
    Return the name used on a day; *otherwise* if no dated name covers it.

    If two names cover it, return the earlier one: two names dated to the year overlap in the year of the change.

    Raises:
        InvalidValueError: If *day* is not a valid date.

    >>> name_on([DatedName(name="Pôle emploi", period="2008/2023")], "2024-01-01", otherwise="France Travail")
    'France Travail'
    """
    wanted = parse_day(day)
    dated = ((name.period, name.name) for name in names if name.period is not None)
    return min(((period.first_day, name) for period, name in dated if period.covers(wanted)), default=(0, otherwise))[1]


@final
@frozen(kw_only=True)
class Trait:
    """
    A characteristic of an organisation that a source states, in a few words.

    *duration* is in months, inexact if published so; `None` if the source does not state it.

    Attributes:
        label: The characteristic, in French.
        label_en: The English name; empty if there is none.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If the label is blank, or the duration is in another unit.

    >>> for_years = Quantity.at_least(24, MONTHS, stated="plusieurs années")
    >>> trait = Trait(label="Pari de la confiance", label_en="Trust", duration=for_years, source_id="interview-2019")
    >>> print(trait.duration)
    at least 24 months
    """

    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    duration: Quantity | None = field(default=None, validator=optional(counted_in(MONTHS)))
    source_id: SourceId = field(converter=SourceId, validator=reference)


@final
@frozen(kw_only=True)
class Organisation:
    """
    A public body.

    *label* is its present name, *names* the dated ones. *predecessor_ids* are the organisations that it succeeds;
    `Portfolio.successors` returns the inverse.
    *siren* and *siret* are digits without spaces, empty if unknown.

    Attributes:
        id: The identifier, unique in the portfolio.
        kind: The kind of organisation, such as ministry or agency.
        acronym: The acronym, such as "DITP"; empty if there is none.
        parent_id: The organisation that it is part of, by its identifier; `None` if unknown.
        territory_id: The territory that it serves or governs, by its identifier; `None` if unknown.
        traits: The characteristics that sources state.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If a SIREN or SIRET has a wrong check digit, or the SIRET does not begin with the SIREN.

    >>> travail = Organisation(
    ...     id="france-travail",
    ...     label="France Travail",
    ...     kind="operator",
    ...     names=[DatedName(name="Pôle emploi", period="2008/2023")],
    ... )
    >>> travail.name_on("2019-06-14")
    'Pôle emploi'
    """

    id: OrganisationId = field(converter=OrganisationId, validator=identifier)
    label: str = field(validator=not_blank)
    kind: OrganisationKind = field(converter=OrganisationKind, validator=instance_of(OrganisationKind))
    acronym: str = field(default="", validator=trimmed)
    siren: str = field(default="", validator=_siren)
    siret: str = field(default="", validator=_siret)
    parent_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    territory_id: TerritoryId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    names: tuple[DatedName, ...] = field(
        default=(), converter=TupleOf[DatedName], validator=each(instance_of(DatedName))
    )
    predecessor_ids: tuple[OrganisationId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    traits: tuple[Trait, ...] = field(default=(), converter=TupleOf[Trait], validator=each(instance_of(Trait)))
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    def name_on(self, day: DayLike) -> str:
        """Return the name of the organisation on *day*; its label if no dated name covers it."""
        return name_on(self.names, day, otherwise=self.label)
