"""
The written form of any value of levier, and the value read back.

A portfolio is a document with an envelope. Any other value is written without one, because whoever reads it names its
class. A member of a union has its `kind`.
"""

from __future__ import annotations

from typing import Any

from levier.errors import InvalidDocumentError, InvalidValueError
from levier.model.portfolio import Portfolio
from levier.serialization._problems import Problems
from levier.serialization.document import document_of, portfolio_from
from levier.serialization.envelope import Provenance
from levier.serialization.hooks import is_ours, structure
from levier.serialization.limits import LIMITS, Limits
from levier.serialization.migrations import FORMAT_VERSION

__all__ = ["value_from", "written"]


def written(value: object, provenance: Provenance | None = None, *, digest: bool = False) -> Any:
    """
    Return the written form of a value: a document for a portfolio, the value alone for any other.

    Raises:
        InvalidValueError: If the value is not of levier, or an envelope is requested for a value without one.

    >>> from levier import Euros
    >>> written(Euros(3), digest=True)
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: dumps: expected a portfolio, because ..., found Euros('3.00')
    """
    if type(value) is Portfolio:
        return document_of(value, provenance, digest=digest)
    if not all(map(is_ours, value if type(value) is tuple else (value,))):
        raise InvalidValueError("dumps", value, "a value of levier, or a tuple of them")
    if provenance is not None or digest:
        expected = "a portfolio, because no other value is written with its provenance or a digest"
        raise InvalidValueError("dumps", value, expected)
    return value


def value_from(
    found: object,
    kind: type[Any],
    limits: Limits = LIMITS,
    noticed: Problems | None = None,
    version: int = FORMAT_VERSION,
) -> Any:
    """
    Return a value of class *kind* from plain builtins.

    *noticed* are the problems found while reading these; it also says what is done with unknown keys.
    *version* is the one in which a value by itself was written; a document states its own.

    Raises:
        InvalidDocumentError: If they are not valid; lists every problem.
        InvalidValueError: If *kind* is not a class of levier.

    >>> from levier import Euros
    >>> value_from("3.00", Euros)
    Euros('3.00')
    """
    noticed = noticed or Problems(limits)
    if kind is Portfolio:
        return portfolio_from(found, limits, noticed)
    problems = Problems(limits)
    value: Any = None
    try:
        value = structure(found, kind, version=version, unknown=noticed.unknown, limits=limits)
    except InvalidDocumentError as error:
        problems.take(error)
    if noticed.count or problems.count:
        raise problems.refusal(noticed)
    return value
