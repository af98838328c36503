"""Laboratories of territorial innovation: of which the partners are known, and of which the money is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from attrs import field, frozen

from levier.compute._wording import colon, euros
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.explanations import joined
from levier.compute.plan.covering import covered
from levier.compute.statements.known import known
from levier.model._fields import each, instance_of
from levier.model.instruments import InnovationLab
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["Labs", "labs"]


@final
@frozen(kw_only=True)
class Labs:
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

    def explain(self, lang: Lang) -> str:
        """Say of how many labs a grant and partners are known, then the grants, each with its scope."""
        words = ("laboratoires à la subvention connue", "aux partenaires connus")
        if lang == "en":
            words = ("labs with a known grant", "with known partners")
        both = zip(words, (self.funded, self.partnered), strict=True)
        counted = (f"{word}{colon(lang)}{found.explain(lang)}" for word, found in both)
        return joined((*counted, *self._grants(lang)), lang)

    def _grants(self, lang: Lang) -> Iterator[str]:
        for lab in self.items:
            if lab.grant is not None:
                scope = f", {lab.grant.scope}" if lab.grant.scope else ""
                yield f"{lab.label}{colon(lang)}{euros(lab.grant.value, lang)}{scope} ({lab.grant.source_id})"


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
