"""Returns: savings over a cost, both by name; the same fund gives 1.5 or 0.5 by what one puts below the line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from levier.compute.budget.amounts import Absence, Amount, absent
from levier.compute.budget.rates import Ratio, quotient
from levier.errors import DuplicateItemsError, MixedUnitsError
from levier.model.money import Euros, EurosLike
from levier.model.savings import Saving, SavingKind, SavingNature

__all__ = ["Money", "refuse_mixed", "refuse_twice", "return_on", "total_savings"]

Money: TypeAlias = "Amount | EurosLike"
"""An amount that says what it counts, or euros alone."""

_KIND_FR = {SavingKind.EXPECTED: "attendues", SavingKind.REVISED: "révisées", SavingKind.ACHIEVED: "réalisées"}
_NATURE_FR = {SavingNature.RECURRENT: "récurrentes", SavingNature.ONE_OFF: "ponctuelles"}


def return_on(*, savings: Money | Iterable[Saving], cost: Money) -> Ratio:
    """
    Return euros of savings for a euro of cost: neither has a default, and the answer names both.

    *savings* is an amount, or savings of one series, added up; *cost* is fund money, the whole public cost, or what
    was paid: three different returns.
    No savings stated is no return of zero: the value is missing, with the reason.

    Raises:
        MixedUnitsError: For savings of several kinds, natures or owners.
        DuplicateItemsError: For two statements of one award's saving over one period.
        InvalidValueError: For what is no exact amount.

    >>> achieved = Amount.of(339_000_000, fr="d’économies réalisées", en="of achieved savings")
    >>> spent = Amount.of(687_000_000, fr="payés", en="paid")
    >>> return_on(savings=achieved, cost=spent).explain("en")
    '0.49 = €339,000,000 of achieved savings / €687,000,000 paid'
    """
    if isinstance(savings, Iterable) and not isinstance(savings, str):
        top = total_savings(savings)
    else:
        top = _named(savings, "d’économies", "of savings")
    return quotient(top, _named(cost, "de coût", "of cost"))


def total_savings(savings: Iterable[Saving]) -> Amount:
    """
    Return the sum of savings of one series: one kind, one nature, one owner of the money; in euros.

    Raises:
        MixedUnitsError: For savings of several series.
        DuplicateItemsError: For two statements of one award's saving over one period.

    >>> total_savings([]).explain("en")
    'of savings: not published'
    """
    given = tuple(savings)
    if not given:
        return absent(Absence.NOT_PUBLISHED, fr="d’économies", en="of savings")
    refuse_mixed(given)
    refuse_twice(given)
    first = given[0]
    return Amount(
        value=Euros.total(saving.amount for saving in given),
        label_fr=f"d’économies {_KIND_FR[first.kind]} ({_NATURE_FR.get(first.nature, first.nature.fr)})",
        label_en=f"of {first.kind.en} savings ({first.nature.en})",
        source_ids=tuple(dict.fromkeys(saving.source_id for saving in given)),
        caveats=tuple(dict.fromkeys(saving.method for saving in given)),
    )


def _named(amount: Money, fr: str, en: str) -> Amount:
    return amount if isinstance(amount, Amount) else Amount.of(amount, fr=fr, en=en)


def _series(saving: Saving) -> tuple[str, str, str]:
    return saving.kind, saving.nature, saving.whose


def _said(saving: Saving) -> str:
    return f"{saving.kind.en} savings ({saving.nature.en}, {saving.whose})"


def refuse_mixed(savings: tuple[Saving, ...]) -> None:
    """
    Refuse savings of several kinds, natures or owners: they do not add up.

    Raises:
        MixedUnitsError: If there are such.
    """
    for other in savings[1:]:
        if _series(other) != _series(savings[0]):
            raise MixedUnitsError("add", _said(savings[0]), _said(other))


def refuse_twice(savings: tuple[Saving, ...]) -> None:
    """
    Refuse two statements of one award's saving over one period: one of them would count twice.

    Raises:
        DuplicateItemsError: If there are such.
    """
    times = Counter((saving.award_id or "the fund", str(saving.period or "no period")) for saving in savings)
    twice = tuple(sorted(f"{award}, {period}" for (award, period), count in times.items() if count > 1))
    if twice:
        raise DuplicateItemsError("savings", twice)
