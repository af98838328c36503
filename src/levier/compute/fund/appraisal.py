"""
Appraisal: an application checked against the rules of its call, one verdict for each rule.

*Instruction* is the fund's word for appraisal; `checks.check` checks whole portfolios.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, HUNDRED
from levier.errors import UnknownItemError
from levier.errors.final import final
from levier.model.calls import Application, Call, CallRule, RuleKind
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.organisations import OrganisationKind
from levier.model.periods import Period, PeriodLike
from levier.model.quantities import PERCENT, RATIO
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, items, message
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["CallRuleVerdict", "Outcome", "appraise"]


class Outcome(Term):
    """The outcome of a rule for an application."""

    KEPT = "kept", "respectée", "kept"
    BROKEN = "broken", "non respectée", "broken"
    NOT_ASSESSABLE = "not-assessable", "non appréciable", "not assessable"
    NOT_CONCERNED = "not-concerned", "sans objet", "not applicable"


@final
@frozen(kw_only=True, field_transformer=by_type)
class CallRuleVerdict(Explained):
    """
    The verdict of one rule on an application: its outcome, and the fact behind it.

    Attributes:
        rule: The rule of the call.
        outcome: Whether the rule is kept, broken, not assessable or not applicable.
        found: The value or fact that the rule was compared with, or what is missing.

    >>> rule = CallRule(kind="ceiling", text="50 M€", amount=50_000_000, source_id="press")
    >>> CallRuleVerdict(rule=rule, outcome="kept", found=message("a total cost of zero")).explain("en")
    '50 M€: kept (a total cost of zero)'
    """

    rule: CallRule
    outcome: Outcome = field(converter=Outcome)
    found: Said

    @property
    def message(self) -> Said:
        """The rule as it is quoted, then its outcome and the fact behind it."""
        outcome = Outcome(self.outcome)
        return about(message("{outcome} ({found})", outcome=outcome, found=self.found), self.rule.text)


@final
@frozen(kw_only=True)
class _File:
    """An application, with the facts that its form does not give."""

    application: Application
    owner_kind: OrganisationKind | None
    recurrent: Euros | None


_Found: TypeAlias = tuple[bool | None, Said]


@asked
def appraise(
    application: Application,
    call: Call,
    *,
    owner_kind: OrganisationKind | str | None = None,
    recurrent: EurosLike | None = None,
    on: PeriodLike | None = None,
) -> tuple[CallRuleVerdict, ...]:
    """
    Return the verdict of each rule of a call on an application, in the order of the rules.

    *owner_kind* is the kind of the organisation that applies; *recurrent* is the recurrent savings that it expects a
    year, in euros, at the end of the years that the rule gives; *on* is the day of the appraisal, by default the day of
    the application, or else of the opening of the call.
    A missing fact makes a rule not assessable; floors and ceilings are compared with the amount requested from the
    fund.

    Raises:
        UnknownItemError: If the application is for another call.

    >>> rules = [
    ...     CallRule(kind="ceiling", text="50 M€ a project at most", amount=50_000_000, source_id="press"),
    ...     CallRule(kind="return", text="1 € a year for 1 €", share=1, years=3, source_id="press"),
    ... ]
    >>> asked = Application(
    ...     id="a", label="A", call_id="c", owner_id="dinum", requested=60_000_000, total_cost=80_000_000
    ... )
    >>> for verdict in appraise(asked, Call(id="c", label="Call", rules=rules)):
    ...     print(verdict.explain("en"))
    50 M€ a project at most: broken (€60,000,000 requested from the fund)
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


def _verdict(rule: CallRule, file: _File, when: Period | None) -> CallRuleVerdict:
    binds = rule.binds(on=when, owner_kind=file.owner_kind)
    if binds is None:
        found = message("date or kind of owner unknown")
        return CallRuleVerdict(rule=rule, outcome=Outcome.NOT_ASSESSABLE, found=found)
    if not binds:
        return CallRuleVerdict(
            rule=rule, outcome=Outcome.NOT_CONCERNED, found=message("for another date or kind of owner")
        )
    holds, seen = _RULES[rule.kind](rule, file)
    outcome = {True: Outcome.KEPT, False: Outcome.BROKEN, None: Outcome.NOT_ASSESSABLE}[holds]
    return CallRuleVerdict(rule=rule, outcome=outcome, found=seen)


def _eligible(rule: CallRule, file: _File) -> _Found:
    kind = file.owner_kind
    if kind is None:
        return None, message("kind of owner unknown")
    return kind in rule.owner_kinds, items(kind)


def _asked(file: _File) -> Message:
    return message("{amount} requested from the fund", amount=file.application.requested)


def _below(rule: CallRule, file: _File) -> _Found:
    return file.application.requested <= (rule.amount or ZERO), _asked(file)


def _above(rule: CallRule, file: _File) -> _Found:
    return file.application.requested >= (rule.amount or ZERO), _asked(file)


def _shared(rule: CallRule, file: _File) -> _Found:
    asked, cost = file.application.requested, file.application.total_cost
    if not cost:
        return None, message("a total cost of zero")
    share = EXACT.divide(Decimal(asked.cents * 100), Decimal(cost.cents))
    limit = EXACT.multiply(rule.share or Decimal(0), HUNDRED)
    return share <= limit, message("{share} of {cost}", share=Number(share, PERCENT, 1, limit), cost=cost)


def _returns(rule: CallRule, file: _File) -> _Found:
    asked, saved = file.application.requested, file.recurrent
    if saved is None:
        return None, message("recurrent savings not stated")
    if not asked:
        return None, message("nothing is requested from the fund")
    ratio, limit = EXACT.divide(Decimal(saved.cents), Decimal(asked.cents)), rule.share or Decimal(0)
    number = Number(ratio, RATIO, 2, limit)
    return ratio >= limit, message(
        "{ratio} = {saved} a year / {requested}", ratio=number, saved=saved, requested=_asked(file)
    )


def _documented(rule: CallRule, file: _File) -> _Found:
    if rule.document in file.application.documents:
        return True, message("'{document}' provided", document=rule.document)
    return False, message("'{document}' not provided", document=rule.document)


_RULES: Mapping[RuleKind, Callable[[CallRule, _File], _Found]] = {
    RuleKind.ELIGIBLE_OWNERS: _eligible,
    RuleKind.CEILING: _below,
    RuleKind.FLOOR: _above,
    RuleKind.CO_FUNDING: _shared,
    RuleKind.RETURN: _returns,
    RuleKind.DOCUMENT: _documented,
}
