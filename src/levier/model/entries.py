"""The entries of the journal of a fund: each is one movement of the money of an award."""

from __future__ import annotations

from attrs import field, frozen

from levier.errors.final import final
from levier.model._fields import instance_of, trimmed
from levier.model.identifiers import AwardId, reference
from levier.model.money import Euros, as_euros, is_positive
from levier.model.periods import Day, as_day, is_day
from levier.model.terms import Term

__all__ = ["EntryKind", "JournalEntry"]


class EntryKind(Term):
    """The kinds of entry."""

    COMMITMENT = "commitment", "engagement", "commitment"
    PAYMENT = "payment", "paiement", "payment"
    DECOMMITMENT = "decommitment", "désengagement", "decommitment"
    RECOVERY = "recovery", "recouvrement", "recovery"


@final
@frozen(kw_only=True)
class JournalEntry:
    """
    One movement of the money of an award.

    Attributes:
        award_id: The award whose money moves, by its identifier.
        kind: Whether it is a commitment, a payment, a decommitment, or the recovery of a payment.
        amount: The amount, in euros, above zero: *kind* gives the direction.
        on: The day of the movement; of a recovery, the day on which the money came back.
        because: The reason, in words; empty if none is stated.

    Raises:
        InvalidValueError: If the amount is not above zero.

    >>> JournalEntry(award_id="france-cloud", kind="payment", amount="1000.50", on="2019-03-01").amount
    Euros('1000.50')
    """

    award_id: AwardId = field(converter=AwardId, validator=reference)
    kind: EntryKind = field(converter=EntryKind, validator=instance_of(EntryKind))
    amount: Euros = field(converter=as_euros, validator=is_positive)
    on: Day = field(converter=as_day, validator=is_day)
    because: str = field(default="", validator=trimmed)
