"""
The digest of a document whose items are read one by one, without holding them.

The digest is that of one canonical JSON text: the arrays sorted by name, each with its items in order.
Items that arrive in this order are hashed piece by piece. For items in any other order no digest can be computed
here, because the hash of a text needs its parts in sequence.
"""

from __future__ import annotations

from hashlib import sha256

from levier.serialization.hooks import canonical

__all__ = ["RunningDigest"]


class RunningDigest:
    """
    The digest of a document whose arrays are given item by item.

    >>> from levier.serialization.envelope import digest_of
    >>> running = RunningDigest()
    >>> running.add("methods", {"id": "m"})
    >>> running.end() == digest_of({"methods": [{"id": "m"}]})
    True
    """

    def __init__(self) -> None:
        self._hash = sha256(b"{")
        self._noun = ""
        self._is_in_order = True

    def add(self, noun: str, item: object) -> None:
        """Add an item, as a value or as plain builtins, to the array *noun*."""
        if noun != self._noun:
            self._is_in_order &= noun > self._noun
            self._begin(noun)
        else:
            self._hash.update(b",")
        self._hash.update(canonical(item))

    def _begin(self, noun: str) -> None:
        self._hash.update((b"]," if self._noun else b"") + canonical(noun) + b":[")
        self._noun = noun

    def end(self) -> str:
        """Return the digest after all items; an empty text if they were not in the canonical order."""
        if not self._is_in_order:
            return ""
        self._hash.update(b"]}" if self._noun else b"}")
        return f"sha256:{self._hash.hexdigest()}"
