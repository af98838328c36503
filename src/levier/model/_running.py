"""The running balance of the entries of an award: sums, and the last days of each kind of movement."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from levier.model.entries import EntryKind, JournalEntry

NEVER = date.min
"""The last day of what never happened."""


class Returned(NamedTuple):
    """
    The money that came back, in cents, with the last day on which some did.

    *held* is the part that no decommitment released yet; `None` if entries out of the order of their days hide it.
    """

    recovered: int = 0
    held: int | None = 0
    last: date = NEVER

    def after(self, entry: JournalEntry, last_release: date) -> Returned:
        """Return the money that came back after one more recovery or decommitment."""
        cents, on = entry.amount.cents, entry.on
        held = self.held if on >= max(self.last, last_release) else None
        if entry.kind is EntryKind.RECOVERY:
            return Returned(self.recovered + cents, None if held is None else held + cents, max(on, self.last))
        return self._replace(held=None if held is None else max(held - cents, 0))


class Running(NamedTuple):
    """The sums of some entries, in cents, with the last days of a commitment, of a release and of a payment."""

    committed: int = 0
    paid: int = 0
    gross: int = 0
    last_commitment: date = NEVER
    last_release: date = NEVER
    last_payment: date = NEVER
    returned: Returned | None = None

    def after(self, entry: JournalEntry) -> Running:
        """Return the balance after one more entry; *gross* ignores decommitments: no day has more committed."""
        committed, paid, gross, last_commitment, last_release, last_payment, returned = self
        cents, on, kind = entry.amount.cents, entry.on, entry.kind
        if kind is EntryKind.PAYMENT:
            last = max(on, last_payment)
            return Running(committed, paid + cents, gross, last_commitment, last_release, last, returned)
        if kind is EntryKind.COMMITMENT:
            last = max(on, last_commitment)
            return Running(committed + cents, paid, gross + cents, last, last_release, last_payment, returned)
        if kind is EntryKind.RECOVERY:
            return self._replace(returned=(returned or Returned()).after(entry, last_release))
        back = None if returned is None else returned.after(entry, last_release)
        last = max(on, last_release)
        return Running(committed - cents, paid, gross, last_commitment, last, last_payment, back)

    @property
    def recovered(self) -> int:
        """The cents that came back."""
        return 0 if self.returned is None else self.returned.recovered

    @property
    def unpaid(self) -> int | None:
        """The cents committed and not yet paid; `None` if only the entries tell."""
        if self.returned is None:
            return self.committed - self.paid
        recovered, held, _ = self.returned
        return None if held is None else self.committed - self.paid + recovered - held
