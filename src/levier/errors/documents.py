"""Errors of documents; an invalid document raises one error with all its problems."""

from __future__ import annotations

from enum import StrEnum

from attrs import Factory, field, frozen

from levier._fixed import FixedMember
from levier._printing import printable
from levier.errors.final import ClosedType, final
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
    """An optional dependency is not installed; the message names the extra to install."""

    feature: str
    extra: str

    def __str__(self) -> str:
        return f'{self.feature} needs an optional dependency: pip install "levier[{self.extra}]"'


@final
@frozen
class LimitExceededError(LevierError, ValueError):
    """
    A document exceeds a limit on its size, depth or length; *found* is the value at which reading stopped.

    *limit* is the name of the field of `levier.serialization.Limits`.
    """

    limit: str
    allowed: int
    found: int

    def __str__(self) -> str:
        return (
            f"the document exceeds a limit: {self.limit} {self.found}, allowed {self.allowed}; "
            f"to read it all the same, pass limits=Limits({self.limit}=…)"
        )


class ProblemCode(FixedMember, StrEnum, metaclass=ClosedType):
    """The kinds of problem that a document may have."""

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


def _path_of(problem: Problem) -> tuple[str | int, ...]:
    """Return the path of a problem that was given a pointer only: whole numbers are indexes."""
    steps = (step.replace("~1", "/").replace("~0", "~") for step in problem.pointer.split("/")[1:])
    return tuple(int(step) if step.isdecimal() and step.isascii() else step for step in steps)


@final
@frozen(kw_only=True)
class Problem:
    """
    One problem of a document.

    *pointer* is a JSON pointer (RFC 6901) to its place, *path* the same as a tuple of keys (texts) and indexes (whole
    numbers), *code* its kind, and *message* a sentence with what was found
    and what was expected; *found* and *expected* are these two alone, as in a document, or empty if there is nothing to
    compare.
    *line* and *column* count from 1; they are `None` if the input was not a text, or its parser gives no positions.
    """

    pointer: str
    code: ProblemCode
    message: str
    found: str = ""
    expected: str = ""
    line: int | None = None
    column: int | None = None
    path: tuple[str | int, ...] = field(default=Factory(_path_of, takes_self=True), repr=False)

    def __str__(self) -> str:
        place = "" if self.line is None else f" at line {self.line}"
        place += "" if self.column is None else f", column {self.column}"
        return printable(f"{self.pointer or 'the whole document'}: {self.message} [{self.code}]{place}")


@final
@frozen
class InvalidDocumentError(LevierError, ValueError):
    """
    A document is not valid; *problems* lists all its problems, not only the first one.

    *more* is the number of further problems, which are counted but not described (see `Limits.problems`).
    """

    problems: tuple[Problem, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """The total number of problems."""
        return len(self.problems) + self.more

    def __str__(self) -> str:
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        others = f"\n  and {self.more} more" if self.more else ""
        return f"{self.count} problem(s) in the document:\n{listed}{others}"
