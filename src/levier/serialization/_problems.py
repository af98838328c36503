"""
The problems of a document: how each is described, and a list that describes the first ones and counts the others.

Describing a problem costs more than finding it, and a document of a megabyte may have half a million problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from operator import attrgetter
from typing import Any, Literal, TypeAlias, TypeGuard, get_args

from attrs import frozen, has

from levier._printing import shown as anything
from levier.errors import (
    AboveCeilingError,
    DuplicateItemsError,
    ForbiddenTransitionError,
    InsufficientAllocationError,
    InvalidDocumentError,
    InvalidValueError,
    LevierError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    OverrecoveryError,
    Problem,
    ProblemCode,
)
from levier.errors.final import final
from levier.serialization.limits import LIMITS, Limits

__all__ = [
    "REFUSALS",
    "UNKNOWN",
    "Problems",
    "Trail",
    "Unknown",
    "UnknownKindError",
    "WrongTypeError",
    "as_step",
    "check_unknown",
    "depth_of",
    "is_array",
    "missing_key",
    "placed_at",
    "problem",
    "refused_value",
    "repeated_key",
    "shown",
    "trail_of",
    "trail_path",
    "unknown_key",
    "unknown_kind",
    "unlike",
    "written",
]

Trail: TypeAlias = "tuple[Any, ...]"
"""The place of a value: the trail of its parent, and its key or index there; `()` for the whole document.

A trail takes one small tuple for each step, and shares those of its parents; a path would be copied at each level."""

REFUSALS = (
    AboveCeilingError,
    ForbiddenTransitionError,
    InsufficientAllocationError,
    InvalidValueError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    OverrecoveryError,
)
"""The exceptions that the validators of our classes raise."""

Unknown: TypeAlias = Literal["refuse", "ignore"]
"""What a reader does with a key that it does not know."""
UNKNOWN: tuple[Unknown, ...] = get_args(Unknown)

_LONGEST_SHOWN = 80
_LONGEST_STEP = 200


@final
@frozen
class WrongTypeError(LevierError, TypeError):
    """A value has another JSON type than expected."""

    found: object
    expected: str

    def __str__(self) -> str:
        return f"expected {self.expected}, found {shown(self.found)}"


@final
@frozen
class UnknownKindError(LevierError, ValueError):
    """The *kind* of an object is missing or unknown."""

    found: object
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"expected a kind, one of {', '.join(self.known)}, found {shown(self.found)}"


def shown(found: object) -> str:
    """Return the text of a value in JSON's terms, shortened if it is long."""
    if found is None or isinstance(found, bool):
        return {None: "null", True: "true", False: "false"}[found]
    if type(found) in (dict, list, tuple):
        return "an object" if type(found) is dict else "an array"
    if isinstance(found, float):
        return f"the number {found!r} (write decimals as text)"
    if isinstance(found, int):
        return f"the number {found}" if abs(found) < 10**_LONGEST_SHOWN else "a number of too many digits"
    if has(type(found)):
        return "an object"
    found = getattr(found, "text", found)
    # A text is cut before it is escaped, because escapes may make it ten times as long.
    return _cut(repr(found[:_LONGEST_SHOWN])) if isinstance(found, str) else _cut(anything(found))


def is_array(found: object) -> TypeGuard[Sequence[Any]]:
    """Return whether *found* is a builtin that JSON arrays are parsed to."""
    return type(found) in (list, tuple)


def written(pointer: Iterable[str | int]) -> str:
    """Return a JSON pointer (RFC 6901) of these parts, with long ones shortened."""
    steps = [as_step(part) for part in pointer]
    text = "/".join(("", *steps))
    if "~" in text or text.count("/") > len(steps):
        text = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
    return text


def as_step(part: str | int) -> str:
    """Return a part of a pointer as printable text of limited length."""
    text = str(part)
    if len(text) <= _LONGEST_STEP and text.isascii():
        return text
    return _printable(text if len(text) <= _LONGEST_STEP else text[: _LONGEST_STEP - 3] + "...")


def trail_of(*steps: str | int) -> Trail:
    """Return the trail of a path."""
    trail: Trail = ()
    for step in steps:
        trail = (trail, step)
    return trail


def depth_of(trail: Trail) -> int:
    """Return the number of steps of a trail."""
    return len(trail_path(trail))


def trail_path(trail: Trail) -> list[str | int]:
    """Return the path of a trail."""
    steps: list[str | int] = []
    while trail:
        trail, step = trail
        steps.append(step)
    return steps[::-1]


def _printable(text: str) -> str:
    """Return a text with its lone surrogates escaped, so that it can be printed."""
    return text.encode("utf-8", "backslashreplace").decode()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def problem(
    pointer: Iterable[str | int], code: ProblemCode, message: str, *, found: str = "", expected: str = ""
) -> Problem:
    """Return a problem at the place of these parts."""
    short = _printable(_cut(found))
    return Problem(code=code, message=message, found=short, expected=expected, **placed_at(pointer))


def placed_at(parts: Iterable[str | int]) -> dict[str, Any]:
    """Return the place of a problem, as its fields `pointer` and `path`; long texts are shortened in both."""
    path = tuple(part if type(part) is int else as_step(part) for part in parts)
    return {"pointer": written(path), "path": path}


def unlike(pointer: Iterable[str | int], code: ProblemCode, expected: str, found: object, preface: str = "") -> Problem:
    """Return the problem of an unexpected value."""
    # A value of ours has no JSON type, although it is written as one.
    is_ours = code is ProblemCode.WRONG_TYPE and type(found).__module__.startswith("levier.model.")
    said = f"a value of class {type(found).__name__}" if is_ours else shown(found)
    return problem(pointer, code, f"expected {preface}{expected}, found {said}", found=said, expected=expected)


def unknown_key(path: Sequence[str | int], among: Iterable[str]) -> Problem:
    """Return the problem of an unknown key, with the most similar known one."""
    key, known = str(path[-1])[: _LONGEST_SHOWN + 1], tuple(among)
    if key.startswith("x-"):
        where = "this object" if "extra" in known else "something that has an identifier, or of the provenance"
        message = f"unknown key {_cut(repr(key))}; put an application's own keys into 'extra' of {where}"
        return problem(path, ProblemCode.UNKNOWN_KEY, message, found=key, expected=_joined(known))
    nearest = _nearest(key, known) if len(key) <= _LONGEST_SHOWN else ""
    hint = f"did you mean {nearest!r}? known are" if nearest else "known are"
    message = f"unknown key {_cut(repr(key))}; {hint} {_joined(known)}"
    return problem(path, ProblemCode.UNKNOWN_KEY, message, found=key, expected=_joined(known))


@lru_cache
def _nearest(key: str, known: tuple[str, ...]) -> str:
    """Return the most similar known key, "" if there is none; cached, because a wrong key stands in many objects."""
    return next(iter(get_close_matches(key, known, n=1)), "")


@lru_cache
def _joined(known: tuple[str, ...]) -> str:
    return ", ".join(known)


def repeated_key(path: Sequence[str | int]) -> Problem:
    """Return the problem of a repeated key."""
    key = str(path[-1])[: _LONGEST_SHOWN + 1]
    message = f"key {_cut(repr(key))} stands twice in this object"
    return problem(path, ProblemCode.DUPLICATE_KEY, message, found=key)


def missing_key(path: Sequence[str | int]) -> Problem:
    """Return the problem of a missing key."""
    key = path[-1]
    return problem(path, ProblemCode.MISSING_KEY, f"required key {key!r} is missing", expected=str(key))


def unknown_kind(path: Sequence[str | int], found: object, known: Iterable[str]) -> Problem:
    """Return the problem of an object whose kind is missing or unknown."""
    return unlike((*path, "kind"), ProblemCode.UNKNOWN_KIND, ", ".join(known), found, "a kind, one of ")


def refused_value(path: Sequence[str | int], error: Exception, found: object) -> Problem:
    """Return the problem of a value that a class refused; *found* is the builtins that it was built from."""
    match error:
        case InvalidValueError():
            where = (*path, error.field) if error.field else path
            return unlike(where, ProblemCode.INVALID_VALUE, error.expected, error.found)
        case DuplicateItemsError():
            return problem(path, ProblemCode.DUPLICATE_ITEM, str(error), found=shown(found))
        case ForbiddenTransitionError():
            said = {"found": error.requested, "expected": ", ".join(error.allowed)}
            return problem((*path, "steps"), ProblemCode.INVALID_VALUE, str(error), **said)
        case (
            AboveCeilingError()
            | InsufficientAllocationError()
            | NotContractedError()
            | OvercommitmentError()
            | OverpaymentError()
            | OverrecoveryError()
        ):
            where = (*path, *_in_fund(error, found))
            return problem(where, ProblemCode.INVALID_VALUE, str(error), found=shown(found))
        case _:
            message = f"{error}, found {shown(found)}"
            return problem(path, ProblemCode.INVALID_VALUE, message, found=shown(found))


def _in_fund(error: Any, found: Any) -> tuple[str | int, ...]:
    """Return the place in a fund of the entry or award that was refused."""
    if isinstance(error, InsufficientAllocationError):
        return ("allocation",)
    if isinstance(error, AboveCeilingError):
        return ("awards", [award["id"] for award in found["awards"]].index(error.award_id))
    return ("entries", error.entry)


def check_unknown(function: str, unknown: Unknown) -> None:
    """
    Accept what may be done with unknown keys.

    Raises:
        InvalidValueError: If it is neither "refuse" nor "ignore".
    """
    if unknown not in UNKNOWN:
        raise InvalidValueError(function, unknown, "'refuse' or 'ignore'", "unknown")


class Problems:
    """The problems of a document in the order in which they were found: the first described, all counted."""

    def __init__(self, limits: Limits = LIMITS, noted: int = 0, unknown: Unknown = "refuse") -> None:
        """
        Create a list that describes as many as *limits* allow, minus the *noted* ones described elsewhere.

        Unknown keys are no problems if *unknown* is "ignore".
        """
        self.unknown: Unknown = unknown
        self.described: list[Problem] = []
        self.count: int = 0
        self._most = max(0, limits.problems - noted)

    @property
    def is_full(self) -> bool:
        """Whether no more problems will be described."""
        return self.count >= self._most

    def note(self, describe: Callable[..., Problem], trail: Trail, *about: object) -> None:
        """Count a problem; describe it, by `describe(path, *about)`, only if the list is not full."""
        if describe is unknown_key and self.unknown == "ignore":
            return
        self.count += 1
        if self.count <= self._most:
            self.described.append(describe(trail_path(trail), *about))

    def add(self, count: int) -> None:
        """Count problems without describing them, because the list is full."""
        self.count += count

    def take(self, error: InvalidDocumentError) -> None:
        """Add the problems of a part of the document."""
        self.described += error.problems[: max(0, self._most - self.count)]
        self.count += len(error.problems) + error.more

    def refusal(self, *before: Problems) -> InvalidDocumentError:
        """Return the error for these problems, after those of *before*, which are sorted by place."""
        described = [
            *(each for others in before for each in sorted(others.described, key=attrgetter("pointer"))),
            *self.described,
        ]
        count = self.count + sum(others.count for others in before)
        return InvalidDocumentError(tuple(described[: self._most]), count - min(len(described), self._most))
