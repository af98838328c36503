"""Laboratories of territorial innovation: those with known partners, and those with a known grant."""

from __future__ import annotations

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._fields import each, instance_of
from levier.model.instruments import InnovationLab
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, items, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["Labs", "labs"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Labs(Explained):
    """
    The laboratories of a portfolio: those with known partners, and those with a known grant.

    There is no total, because a stated grant may be the same amount for each laboratory of a programme.
    *source_names* are the names of the sources of the grants.

    Attributes:
        items: The laboratories.
        funded: The laboratories whose grant is known, of all.
        partnered: The laboratories whose partners are known, of all.

    >>> found = labs(Portfolio.of(InnovationLab(id="lab", label="Lab")))
    >>> found.explain("en")
    'known grants: 0 of 1 (missing Lab); known partners: 0 of 1 (missing Lab)'
    """

    items: tuple[InnovationLab, ...] = field(validator=each(instance_of(InnovationLab)))
    funded: Coverage = field(validator=instance_of(Coverage))
    partnered: Coverage = field(validator=instance_of(Coverage))
    source_names: tuple[Name, ...] = field(default=(), validator=each(instance_of(Name)), eq=False, repr=False)

    @property
    def message(self) -> Said:
        """How many labs have a known grant and known partners, then the grants, each with its scope."""
        return clauses(
            message("known grants: {coverage}", coverage=self.funded.message),
            message("known partners: {coverage}", coverage=self.partnered.message),
            *map(self._granted, self.items),
        )

    def _granted(self, lab: InnovationLab) -> Said | None:
        if lab.grant is None:
            return None
        identifier = lab.grant.source_id
        source = next((name for name in self.source_names if name.id == identifier), Name(identifier))
        granted = items(lab.grant.value, lab.grant.scope)
        return about(message("{granted} ({source})", granted=granted, source=source), Name.of(lab))


@asked
def labs(portfolio: Portfolio, *, as_of: DayLike | None = None) -> Labs:
    """
    Return the laboratories of a portfolio, with their known grants and partners.

    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import catalogue
    >>> str(labs(catalogue.action_publique_2022()).funded)
    '1 of 1'
    """
    portfolio = known(portfolio, as_of)
    found = tuple(one for one in portfolio.instruments.values() if isinstance(one, InnovationLab))
    names: dict[str, Name] = {lab.id: Name.of(lab) for lab in found}
    cited = dict.fromkeys(lab.grant.source_id for lab in found if lab.grant is not None)
    return Labs(
        items=found,
        funded=Coverage.of({lab.id: lab.grant is not None for lab in found}, names),
        partnered=Coverage.of({lab.id: bool(lab.partner_ids) for lab in found}, names),
        source_names=tuple(Name.of(portfolio.sources[source]) for source in cited),
    )
