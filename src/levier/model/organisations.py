"""Public bodies: their kinds, dated names, predecessors and establishments."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._converters import TupleOf, as_id_or_none, as_ids
from levier.model._facts import Matching, states
from levier.model._fields import all_of, distinct, each, each_once, instance_of, not_blank, optional, refuse, trimmed
from levier.model.establishments import Establishment
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.figures import Figure
from levier.model.identifiers import OrganisationId, SourceId, TerritoryId, identifier, reference
from levier.model.names import DatedName, name_on
from levier.model.periods import DayLike, parse_day
from levier.model.quantities import MONTHS, Quantity, counted_in
from levier.model.sirene import SIREN_DIGITS, is_siren
from levier.model.terms import Term

__all__ = ["Organisation", "OrganisationKind", "Trait"]


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


@states(Matching(f"(?:[0-9]{{{SIREN_DIGITS}}})?"))
def _siren(instance: object, attribute: Attribute[Any], value: str) -> None:
    if type(value) is not str or (value and not is_siren(value)):
        refuse(instance, attribute, value, "a SIREN of nine digits with a valid check digit, without spaces")


def _of_the_siren(instance: Organisation, attribute: Attribute[Any], value: tuple[Establishment, ...]) -> None:
    for establishment in value:
        if not instance.siren:
            refuse(instance, attribute, establishment.siret, "no establishment without the SIREN of the organisation")
        if establishment.siren != instance.siren:
            refuse(instance, attribute, establishment.siret, f"a SIRET of the SIREN {instance.siren}")


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
    *siren* is nine digits without spaces, empty if unknown. *establishments* are its places, each with its SIRET, which
    begins with the SIREN; `siret_on` returns the one of its head office on a day.

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
        InvalidValueError: If the SIREN has a wrong check digit, the SIRET of an establishment does not begin with it,
            or two establishments share a SIRET.

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
    establishments: tuple[Establishment, ...] = field(
        default=(),
        converter=TupleOf[Establishment],
        validator=all_of(each(instance_of(Establishment)), distinct(lambda e: e.siret, "SIRET"), _of_the_siren),
    )
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

    def establishments_on(self, day: DayLike) -> tuple[Establishment, ...]:
        """
        Return the establishments that were open on *day*, in their order; one without a period counts as open.

        Raises:
            InvalidValueError: If *day* is not a valid date.
        """
        return tuple(one for one in self.establishments if one.is_open_on(day) is not False)

    def head_office_on(self, day: DayLike) -> Establishment | None:
        """
        Return the establishment that was the head office on *day*; `None` if none is stated to have been.

        Two head offices dated to the year overlap in the year of the move: the earlier one is returned, as for names.
        """
        wanted = parse_day(day)
        dated = ((one.head_office, one) for one in self.establishments_on(wanted) if one.head_office is not None)
        held = ((period, one) for period, one in dated if period.covers(wanted))
        return min(held, default=(None, None), key=lambda found: (found[0], found[1].siret))[1]

    def siret_on(self, day: DayLike) -> str:
        """
        Return the SIRET of the head office on *day*; empty if unknown.

        If no establishment is ever stated to be the head office, the only one that was open on the day counts as such.

        >>> moved = Organisation(
        ...     id="france-travail",
        ...     label="France Travail",
        ...     kind="operator",
        ...     siren="130005481",
        ...     establishments=[
        ...         Establishment(siret="13000548100010", period="2008/2020", head_office="2008/2020"),
        ...         Establishment(siret="13000548100028", period="2019/..", head_office="2021/.."),
        ...     ],
        ... )
        >>> moved.siret_on("2020-06-14"), moved.siret_on("2021-06-14"), moved.siret_on("2007-06-14")
        ('13000548100010', '13000548100028', '')
        """
        if any(one.head_office is not None for one in self.establishments):
            head = self.head_office_on(day)
            return "" if head is None else head.siret
        opened = self.establishments_on(day)
        return opened[0].siret if len(opened) == 1 else ""
