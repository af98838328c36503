"""Errors of documents: what is wrong with one, all at once."""

from __future__ import annotations

from enum import StrEnum
from typing import final

from attrs import frozen

from levier._fixed import FixedMember, FixedType
from levier._printing import printable
from levier.errors.root import LevierError

__all__ = [
    "InvalidDocumentError",
    "LimitExceededError",
    "MissingExtraError",
    "Problem",
    "ProblemCode",
]


@final
@frozen
class MissingExtraError(LevierError, ImportError):
    """An optional dependency is not installed; the message says which extra brings it."""

    feature: str
    extra: str

    def __str__(self) -> str:
        return f'{self.feature} needs an optional dependency: pip install "levier[{self.extra}]"'


@final
@frozen
class LimitExceededError(LevierError, ValueError):
    """
    A document is larger, deeper or longer than it may be; *found* is what was met when reading stopped, or more.

    *limit* names the field of `levier.serialization.Limits` that sets it.
    """

    limit: str
    allowed: int
    found: int

    def __str__(self) -> str:
        return (
            f"the document exceeds a limit: {self.limit} {self.found}, allowed {self.allowed}; "
            f"to read it all the same, pass limits=Limits({self.limit}=…)"
        )


class ProblemCode(FixedMember, StrEnum, metaclass=FixedType):
    """The closed set of what can be wrong with a document."""

    SYNTAX = "syntax"
    DUPLICATE_KEY = "duplicate-key"
    MISSING_KEY = "missing-key"
    UNKNOWN_KEY = "unknown-key"
    WRONG_TYPE = "wrong-type"
    INVALID_VALUE = "invalid-value"
    UNKNOWN_KIND = "unknown-kind"
    UNSUPPORTED_FORMAT = "unsupported-format"
    DIGEST_MISMATCH = "digest-mismatch"
    DUPLICATE_ITEM = "duplicate-item"
    DANGLING_REFERENCE = "dangling-reference"


@final
@frozen(kw_only=True)
class Problem:
    """
    One thing wrong with a document.

    *pointer* is a JSON pointer (RFC 6901) into the document, *code* one of a closed set, *message* one sentence that
    says what was found and what was expected; *found* and *expected* are these two by themselves, in the words of a
    document, or empty where there is nothing to compare.
    *line* and *column* count from 1 and are `None` where the input was no text, or its parser does not tell.
    """

    pointer: str
    code: ProblemCode
    message: str
    found: str = ""
    expected: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = "" if self.line is None else f" at line {self.line}"
        place += "" if self.column is None else f", column {self.column}"
        return printable(f"{self.pointer or 'the whole document'}: {self.message} [{self.code}]{place}")


@final
@frozen
class InvalidDocumentError(LevierError, ValueError):
    """
    A document was refused; *problems* lists what is wrong with it, not only the first thing.

    *more* is how many problems there are besides: they are counted, and not described (see `Limits.problems`).
    """

    problems: tuple[Problem, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """How many problems there are in all."""
        return len(self.problems) + self.more

    def __str__(self) -> str:
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        others = f"\n  and {self.more} more" if self.more else ""
        return f"{self.count} problem(s) in the document:\n{listed}{others}"
