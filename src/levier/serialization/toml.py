"""TOML, for documents written by hand: read by the standard library, checked like any other document."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from typing import Any

from levier.errors import InvalidDocumentError, ProblemCode
from levier.model.portfolio import Portfolio
from levier.serialization._problems import problem
from levier.serialization.document import portfolio_from

__all__ = ["loads", "parse"]


def loads(data: bytes | str) -> Portfolio:
    """
    Return the portfolio that a TOML document describes; dates may be TOML's own.

    Raises:
        InvalidDocumentError: If the document is not valid; lists every problem.

    >>> plan = loads('''
    ... format = "levier"
    ... version = 1
    ... [[methods]]
    ... id = "nudge"
    ... label = "Nudge"
    ... ''')
    >>> plan.methods["nudge"].label
    'Nudge'
    """
    return portfolio_from(parse(data))


def parse(data: bytes | str) -> dict[str, Any]:
    """
    Return a TOML document as plain builtins, its local dates as text.

    Raises:
        InvalidDocumentError: If it is not TOML in UTF-8.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        return {key: _plain(value) for key, value in tomllib.loads(text).items()}
    except (ValueError, RecursionError) as error:
        message = f"not a TOML document saved as UTF-8: {error}"
        raise InvalidDocumentError((problem((), ProblemCode.SYNTAX, message),)) from None


def _plain(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _plain(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_plain(value) for value in found]
    if isinstance(found, date) and not isinstance(found, datetime):
        return found.isoformat()
    return found
