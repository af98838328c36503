"""
An application held against the rules of its call: a verdict a rule, with what was found.

The appraisal of a file (*instruction*) is what the fund calls it; `checks.check` looks at whole portfolios.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias, final

from attrs import frozen

from levier.compute._wording import beside, colon, euros
from levier.compute.exact import EXACT, HUNDRED
from levier.errors import UnknownItemError
from levier.model.calls import Application, Call, CallRule, RuleKind
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.organisations import OrganisationKind
from levier.model.periods import Period, PeriodLike
from levier.model.quantities import PERCENT, RATIO
from levier.model.terms import Lang, Term

__all__ = ["Outcome", "RuleVerdict", "appraise"]


class Outcome(Term):
    """What a rule says of an application."""

    KEPT = "kept", "respectée", "kept"
    BROKEN = "broken", "non respectée", "broken"
    NOT_ASSESSABLE = "not-assessable", "non appréciable", "not assessable"
    NOT_CONCERNED = "not-concerned", "sans objet", "not concerned"


@final
@frozen(kw_only=True)
class RuleVerdict:
    """
    What one rule says of an application: its outcome, and the value found in French and English.

    >>> rule = CallRule(kind="ceiling", text="50 M€", amount=50_000_000, source_id="press")
    >>> RuleVerdict(rule=rule, outcome="kept", found_fr="10 M€ demandés", found_en="€10 M asked").explain("en")
    '50 M€: kept (€10 M asked)'
    """

    rule: CallRule
    outcome: Outcome
    found_fr: str
    found_en: str

    def found(self, lang: Lang) -> str:
        """Say what was found, in *lang*."""
        return self.found_fr if lang == "fr" else self.found_en

    def explain(self, lang: Lang) -> str:
        """Quote the rule, then say its outcome and what was found, in *lang*."""
        return f"{self.rule.text}{colon(lang)}{Outcome(self.outcome).label(lang)} ({self.found(lang)})"


@final
@frozen(kw_only=True)
class _File:
    """An application with what its form does not say."""

    application: Application
    owner_kind: OrganisationKind | None
    recurrent: Euros | None


_LANGS: tuple[Lang, Lang] = ("fr", "en")
_Found: TypeAlias = tuple[bool | None, str, str]


def appraise(
    application: Application,
    call: Call,
    *,
    owner_kind: OrganisationKind | str | None = None,
    recurrent: EurosLike | None = None,
    on: PeriodLike | None = None,
) -> tuple[RuleVerdict, ...]:
    """
    Return what each rule of a call says of an application, in the order of the rules.

    *owner_kind* is the kind of the body that applies, *recurrent* the recurrent savings that it expects a year, in
    euros, at the end of the years that the rule gives; *on* is when the rules are asked, else the day of the
    application, or else the opening of the call.
    What is not known makes a rule not assessable; floors and ceilings are held against what is asked of the fund.

    Raises:
        UnknownItemError: If the application is to another call.

    >>> rules = [
    ...     CallRule(kind="ceiling", text="50 M€ a project at most", amount=50_000_000, source_id="press"),
    ...     CallRule(kind="return", text="1 € a year for 1 €", share=1, years=3, source_id="press"),
    ... ]
    >>> asked = Application(
    ...     id="a", label="A", call_id="c", owner_id="dinum", requested=60_000_000, total_cost=80_000_000
    ... )
    >>> for verdict in appraise(asked, Call(id="c", label="Call", rules=rules)):
    ...     print(verdict.explain("en"))
    50 M€ a project at most: broken (€60,000,000 asked of the fund)
    1 € a year for 1 €: not assessable (recurrent savings not stated)
    """
    if application.call_id != call.id:
        raise UnknownItemError(f"the applications to call {call.id!r}", application.id, ())
    when = Period(on) if on is not None else _when(application, call)
    file = _File(
        application=application,
        owner_kind=None if owner_kind is None else OrganisationKind(owner_kind),
        recurrent=None if recurrent is None else Euros(recurrent),
    )
    return tuple(_verdict(rule, file, when) for rule in call.rules)


def _when(application: Application, call: Call) -> Period | None:
    return Period(application.submitted_on) if application.submitted_on is not None else call.opened_on


def _verdict(rule: CallRule, file: _File, when: Period | None) -> RuleVerdict:
    binds = rule.binds(on=when, owner_kind=file.owner_kind)
    if binds is None:
        return RuleVerdict(rule=rule, outcome=Outcome.NOT_ASSESSABLE, found_fr=_UNSURE["fr"], found_en=_UNSURE["en"])
    if not binds:
        return RuleVerdict(rule=rule, outcome=Outcome.NOT_CONCERNED, found_fr=_OTHER["fr"], found_en=_OTHER["en"])
    holds, fr, en = _RULES[rule.kind](rule, file)
    outcome = {True: Outcome.KEPT, False: Outcome.BROKEN, None: Outcome.NOT_ASSESSABLE}[holds]
    return RuleVerdict(rule=rule, outcome=outcome, found_fr=fr, found_en=en)


_UNSURE: Mapping[Lang, str] = {
    "fr": "date ou nature du porteur inconnue",
    "en": "date or kind of the owner not known",
}
_OTHER: Mapping[Lang, str] = {"fr": "règle d’un autre temps ou d’autres porteurs", "en": "of another time or owner"}


def _eligible(rule: CallRule, file: _File) -> _Found:
    kind = file.owner_kind
    if kind is None:
        return None, "nature du porteur inconnue", "kind of the owner not known"
    return kind in rule.owner_kinds, kind.fr, kind.en


def _asked(file: _File) -> tuple[str, str]:
    asked = file.application.requested
    return f"{euros(asked, 'fr')} demandés au fonds", f"{euros(asked, 'en')} asked of the fund"


def _below(rule: CallRule, file: _File) -> _Found:
    return file.application.requested <= (rule.amount or ZERO), *_asked(file)


def _above(rule: CallRule, file: _File) -> _Found:
    return file.application.requested >= (rule.amount or ZERO), *_asked(file)


def _shared(rule: CallRule, file: _File) -> _Found:
    asked, cost = file.application.requested, file.application.total_cost
    if not cost:
        return None, "coût total nul", "a total cost of zero"
    share = EXACT.divide(Decimal(asked.cents * 100), Decimal(cost.cents))
    limit = EXACT.multiply(rule.share or Decimal(0), HUNDRED)
    fr, en = (beside(share, limit, PERCENT, lang, 1) for lang in _LANGS)
    return share <= limit, f"{fr} de {euros(cost, 'fr')}", f"{en} of {euros(cost, 'en')}"


def _returns(rule: CallRule, file: _File) -> _Found:
    asked, saved = file.application.requested, file.recurrent
    if saved is None:
        return None, "économies pérennes non indiquées", "recurrent savings not stated"
    if not asked:
        return None, "rien n’est demandé au fonds", "nothing is asked of the fund"
    ratio, limit = EXACT.divide(Decimal(saved.cents), Decimal(asked.cents)), rule.share or Decimal(0)
    asked_fr, asked_en = _asked(file)
    fr, en = (beside(ratio, limit, RATIO, lang, 2) for lang in _LANGS)
    fr = f"{fr} = {euros(saved, 'fr')} par an / {asked_fr}"
    en = f"{en} = {euros(saved, 'en')} a year / {asked_en}"
    return ratio >= limit, fr, en


def _documented(rule: CallRule, file: _File) -> _Found:
    if rule.document in file.application.documents:
        return True, f"« {rule.document} » fournie", f"'{rule.document}' given"
    return False, f"« {rule.document} » absente", f"'{rule.document}' not given"


_RULES: Mapping[RuleKind, Callable[[CallRule, _File], _Found]] = {
    RuleKind.ELIGIBLE_OWNERS: _eligible,
    RuleKind.CEILING: _below,
    RuleKind.FLOOR: _above,
    RuleKind.CO_FUNDING: _shared,
    RuleKind.RETURN: _returns,
    RuleKind.DOCUMENT: _documented,
}
