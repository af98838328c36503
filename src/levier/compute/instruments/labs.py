"""Laboratories of territorial innovation: of which the partners are known, and of which the money is."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from levier.compute.indicators.aggregation import Coverage
from levier.compute.plan.covering import covered
from levier.compute.statements.known import known
from levier.model._fields import each, instance_of
from levier.model.instruments import InnovationLab
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["Labs", "labs"]


@final
@frozen(kw_only=True)
class Labs(Explained):
    """
    The laboratories of a portfolio: of which the partners are known, and of which a grant is.

    There is no total: a grant may be one that each laboratory of a programme had.

    >>> found = labs(Portfolio.of(InnovationLab(id="lab", label="Lab")))
    >>> found.explain("en")
    'labs with a known grant: 0 of 1 (missing lab); with known partners: 0 of 1 (missing lab)'
    """

    items: tuple[InnovationLab, ...] = field(validator=each(instance_of(InnovationLab)))
    funded: Coverage = field(validator=instance_of(Coverage))
    partnered: Coverage = field(validator=instance_of(Coverage))

    @property
    def message(self) -> Said:
        """Of how many labs a grant and partners are known, then the grants, each with its scope."""
        return clauses(
            message("labs with a known grant: {coverage}", coverage=self.funded.message),
            message("with known partners: {coverage}", coverage=self.partnered.message),
            *map(_granted, self.items),
        )


def _granted(lab: InnovationLab) -> Said | None:
    if lab.grant is None:
        return None
    amount, scope, source = lab.grant.value, lab.grant.scope, lab.grant.source_id
    if not scope:
        return about(message("{amount} ({source})", amount=amount, source=source), Name.of(lab))
    return about(message("{amount}, {scope} ({source})", amount=amount, scope=scope, source=source), Name.of(lab))


def labs(portfolio: Portfolio, *, as_of: DayLike | None = None) -> Labs:
    """
    Return the laboratories of a portfolio, with what is known of their money and their partners.

    On the day *as_of* it is what was known then; without one, everything.

    Raises:
        InvalidValueError: If *as_of* is no day.

    >>> from levier import catalogue
    >>> str(labs(catalogue.action_publique_2022()).funded)
    '1 of 1'
    """
    portfolio = known(portfolio, as_of)
    found = tuple(one for one in portfolio.instruments.values() if isinstance(one, InnovationLab))
    return Labs(
        items=found,
        funded=covered({lab.id: lab.grant is not None for lab in found}),
        partnered=covered({lab.id: bool(lab.partner_ids) for lab in found}),
    )
