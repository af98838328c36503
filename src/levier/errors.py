"""
Every error that levier raises on purpose.

One root, `LevierError`; whose fault decides the branch.
The caller's faults subclass the builtin a caller would expect (`ValueError`, `KeyError`, `TypeError`);
a document's faults come all at once in `InvalidDocumentError`;
the data's faults are no errors but findings (see `levier.compute.checks.sets`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, final

from attrs import frozen

from levier._fixed import FixedMember, FixedType
from levier._printing import printable, shown

if TYPE_CHECKING:
    from levier.model.money import Euros

__all__ = [
    "AboveCeilingError",
    "ClosedYearError",
    "ContradictoryFlowsError",
    "DanglingReference",
    "DanglingReferenceError",
    "DuplicateItemsError",
    "EnvelopeExceededError",
    "ForbiddenTransitionError",
    "InexactQuantityError",
    "InsufficientAllocationError",
    "InvalidDocumentError",
    "InvalidValueError",
    "LevierError",
    "LimitExceededError",
    "MisappliedDifferenceError",
    "MissingExtraError",
    "MissingSampleSizeError",
    "MixedUnitsError",
    "NotContractedError",
    "OvercommitmentError",
    "OverpaymentError",
    "Problem",
    "ProblemCode",
    "RepeatedMonthError",
    "ScopeChangedError",
    "TargetBeforeBaselineError",
    "UnknownAggregationError",
    "UnknownItemError",
    "UnlikeSharesError",
    "WrongLevelError",
    "WrongUnitError",
]


class LevierError(Exception):
    """
    The root: `except LevierError` catches everything that levier raises on purpose.

    An error prints, copies and pickles whatever it holds; what it says never changes, and what a program notes on it
    (an attribute that is no field) is kept.

    >>> error = InvalidValueError("Euros", 0.1, "whole or decimal euros")
    >>> error.http_status = 422
    >>> error.found = 3
    Traceback (most recent call last):
        ...
    AttributeError: InvalidValueError says what was found: cannot set 'found'
    """

    def __init_subclass__(cls) -> None:
        """Let each error, once attrs has made it, speak and travel as this class says."""
        super().__init_subclass__()
        if "__attrs_attrs__" in cls.__dict__:
            said: Callable[[Any], str] = cls.__str__

            def shown_as(error: LevierError) -> str:
                return printable(said(error))

            ours = {"__str__": shown_as, "__repr__": _written, "__reduce__": _reduced}
            for name, method in (ours | {"__setattr__": _set_note, "__delattr__": _delete_note}).items():
                setattr(cls, name, method)

    def __attrs_pre_init__(self) -> None:
        """Refuse to be made anew: what an error says never changes."""
        if any(hasattr(self, name) for name in _fields_of(self)):
            raise AttributeError(f"{type(self).__name__} says what was found: make another")


def _fields_of(error: LevierError) -> tuple[str, ...]:
    return tuple(each.name for each in type(error).__attrs_attrs__)  # type: ignore[attr-defined]  # attrs makes them all


def _written(error: LevierError) -> str:
    held = ", ".join(f"{name}={shown(getattr(error, name))}" for name in _fields_of(error))
    return f"{type(error).__name__}({held})"


def _set_note(error: LevierError, name: str, value: object) -> None:
    _refuse_field(error, name, "set")
    BaseException.__setattr__(error, name, value)


def _delete_note(error: LevierError, name: str) -> None:
    _refuse_field(error, name, "delete")
    BaseException.__delattr__(error, name)


def _refuse_field(error: LevierError, name: str, act: str) -> None:
    if name in _fields_of(error):
        raise AttributeError(f"{type(error).__name__} says what was found: cannot {act} {name!r}")


def _reduced(error: LevierError) -> tuple[object, ...]:
    held = tuple(_lasting(getattr(error, name)) for name in _fields_of(error))
    return _rebuilt, (type(error), held, dict(error.__dict__))


def _rebuilt(kind: type[LevierError], held: tuple[object, ...], notes: dict[str, object]) -> LevierError:
    error = kind(*held)
    error.__dict__.update(notes)
    return error


class _Shown(str):
    """What stands, in the copy of an error, for a value that is no part of a message: its text."""

    __slots__ = ()

    __repr__ = str.__str__


_LASTING = frozenset({type(None), bool, bytes, date, Decimal, float, int, str, _Shown})


def _lasting(value: object) -> object:
    """Return what an error may take along to another process: a plain value, or what is shown of any other."""
    kind = type(value)
    if kind in _LASTING or kind.__module__.startswith(("levier.", "pendulum.")):
        return value
    if kind is tuple:
        return tuple(map(_lasting, value))  # type: ignore[call-overload]  # a tuple
    return _Shown(shown(value))


@final
@frozen
class InvalidValueError(LevierError, ValueError):
    """
    A value was refused on construction.

    >>> from levier import Euros
    >>> Euros(0.1)
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: Euros: expected whole or decimal euros ..., found 0.1
    """

    subject: str
    found: object
    expected: str
    field: str = ""

    def __str__(self) -> str:
        where = f"{self.subject}.{self.field}" if self.field else self.subject
        return f"{where}: expected {self.expected}, found {shown(self.found)}"


@final
@frozen
class MixedUnitsError(LevierError, TypeError):
    """Two things of different kinds were added, subtracted or compared."""

    operation: str
    left: str
    right: str
    way_out: str = "bring both to the same kind first"

    def __str__(self) -> str:
        return f"cannot {self.operation} {self.left} and {self.right}: {self.way_out}"


@final
@frozen
class InexactQuantityError(LevierError, ValueError):
    """An exact number was asked of a quantity that is published as inexact."""

    quantity: str
    operation: str

    def __str__(self) -> str:
        return f"cannot {self.operation} {self.quantity!r}: it is inexact as published; use its bounds"


@final
@frozen
class ForbiddenTransitionError(LevierError, ValueError):
    """A project was asked for a phase that its table does not allow from here."""

    project_id: str
    current: str
    requested: str
    allowed: tuple[str, ...]

    def __str__(self) -> str:
        ways = ", ".join(self.allowed) or "none (final)"
        return (
            f"project {self.project_id!r} cannot go from {self.current!r} "
            f"to {self.requested!r}: allowed next phases are {ways}"
        )


@final
@frozen
class DanglingReference:
    """One reference that leads nowhere: where it stands, what it names, and in which registry it was sought."""

    path: str
    target: str
    registry: str

    def __str__(self) -> str:
        return printable(f"{self.path} names {self.target!r}, which is not in {self.registry}", lines=False)


@final
@frozen
class DanglingReferenceError(LevierError, ValueError):
    """A portfolio refers to things it does not hold; all of them are listed."""

    references: tuple[DanglingReference, ...]

    def __str__(self) -> str:
        listed = "\n".join(f"  {reference}" for reference in self.references)
        return f"{len(self.references)} dangling reference(s); add what they name or remove them:\n{listed}"


@final
@frozen
class DuplicateItemsError(LevierError, ValueError):
    """The same identifier or key was given twice."""

    registry: str
    keys: tuple[str, ...]
    way_out: str = "keep one of each"

    def __str__(self) -> str:
        return f"{self.registry}: given more than once: {', '.join(self.keys)}; {self.way_out}"


@final
@frozen
class UnknownItemError(LevierError, KeyError):
    """An identifier was looked up that is not there; the nearest ones that are, are named."""

    registry: str
    key: object
    nearest: tuple[str, ...]

    def __str__(self) -> str:
        hint = f"; did you mean {', '.join(map(repr, self.nearest))}?" if self.nearest else ""
        return f"{self.key!r} is not in {self.registry}{hint}"


@final
@frozen
class NotContractedError(LevierError, ValueError):
    """
    Money was asked of an award before its contract was signed.

    *entry* is the place of the entry in a journal that was given whole; so it is in the two errors that follow.
    """

    award_id: str
    asked_on: str
    contracted_on: str
    entry: int | None = None

    def __str__(self) -> str:
        signed = f"its contract is dated {self.contracted_on}" if self.contracted_on else "it has no contract"
        return f"award {self.award_id!r}: nothing may be committed or paid on {self.asked_on}: {signed}"


@final
@frozen
class OvercommitmentError(LevierError, ValueError):
    """A commitment was asked beyond what is available: of its award or, where *of_fund*, of the fund's allocation."""

    award_id: str
    requested: Euros
    available: Euros
    of_fund: bool = False
    entry: int | None = None

    def __str__(self) -> str:
        where = " in the allocation of the fund" if self.of_fund else ""
        return f"award {self.award_id!r}: asked to commit {self.requested}, available {self.available}{where}"


@final
@frozen
class OverpaymentError(LevierError, ValueError):
    """A payment or a decommitment was asked beyond what is committed and not yet paid."""

    award_id: str
    requested: Euros
    available: Euros
    entry: int | None = None

    def __str__(self) -> str:
        return (
            f"award {self.award_id!r}: asked to pay or release {self.requested}, "
            f"committed and not yet paid {self.available}"
        )


@final
@frozen
class AboveCeilingError(LevierError, ValueError):
    """An award was to be granted beyond the ceiling of its call."""

    award_id: str
    call_id: str
    requested: Euros
    available: Euros

    def __str__(self) -> str:
        return (
            f"award {self.award_id!r}: asked to grant {self.requested}, "
            f"the ceiling of call {self.call_id!r} is {self.available}"
        )


@final
@frozen
class InsufficientAllocationError(LevierError, ValueError):
    """More was to be cut, lapsed or carried over than a fund's allocation has uncommitted."""

    fund_id: str
    requested: Euros
    available: Euros

    def __str__(self) -> str:
        return f"fund {self.fund_id!r}: asked for {self.requested} of what is not committed, available {self.available}"


@final
@frozen
class ClosedYearError(LevierError, ValueError):
    """Something was to be recorded in a year that is closed."""

    fund_id: str
    asked_on: str
    closed_until: str

    def __str__(self) -> str:
        return f"fund {self.fund_id!r}: nothing may be recorded on {self.asked_on}: closed until {self.closed_until}"


@final
@frozen
class EnvelopeExceededError(LevierError, ValueError):
    """A plan promises more than its envelope holds."""

    subject: str
    requested: Euros
    available: Euros

    @property
    def excess(self) -> Euros:
        """By how much, in euros."""
        return self.requested - self.available

    def __str__(self) -> str:
        return (
            f"{self.subject}: the plan asks for {self.requested}, the envelope is {self.available}: "
            f"{self.excess} too much"
        )


@final
@frozen
class RepeatedMonthError(LevierError, ValueError):
    """A month has two different values of one kind, and nothing says which is the later one."""

    indicator_id: str
    territory_id: str
    month: str
    kind: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}, {self.month}: more than one value of "
            f"kind {self.kind!r} ({', '.join(self.sources)}); one value a month: date their recording, or keep one"
        )


@final
@frozen
class TargetBeforeBaselineError(LevierError, ValueError):
    """A target is dated before the baseline it would be measured from."""

    indicator_id: str
    territory_id: str
    baseline: str
    target: str

    def __str__(self) -> str:
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}: the target of {self.target} is dated "
            f"before the baseline of {self.baseline}; a target comes after its baseline"
        )


@final
@frozen
class UnknownAggregationError(LevierError, ValueError):
    """Values of territories were to be aggregated by a rule that is not known, or by none."""

    indicator_id: str
    territory_id: str
    found: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        asked = f"unknown aggregation {self.found!r}" if self.found else "it has no aggregation"
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}: {asked}; "
            f"give one of {', '.join(self.known)}"
        )


@final
@frozen
class WrongLevelError(LevierError, ValueError):
    """A territory of one level was given where another is needed."""

    indicator_id: str
    territory_id: str
    level: str
    expected: str
    month: str = ""

    def __str__(self) -> str:
        when = f", {self.month}" if self.month else ""
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}{when}: "
            f"expected {self.expected}, found a territory of level {self.level}"
        )


@final
@frozen
class WrongUnitError(LevierError, TypeError):
    """A value is not in its indicator's unit."""

    indicator_id: str
    territory_id: str
    month: str
    found: str
    expected: str

    def __str__(self) -> str:
        return (
            f"indicator {self.indicator_id!r}, territory {self.territory_id!r}, {self.month}: "
            f"expected a value in {self.expected!r}, found {self.found}; convert it first"
        )


@final
@frozen
class MissingSampleSizeError(LevierError, ValueError):
    """An interval was asked of a share whose sample size is unknown."""

    subject: str

    def __str__(self) -> str:
        return f"{self.subject}: no interval without the number of answers behind it; give the sample size"


@final
@frozen
class UnlikeSharesError(LevierError, ValueError):
    """Two shares were to be compared or pooled that do not measure the same thing; what differs is listed."""

    differences: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        listed = "; ".join(f"{name}: {left!r} and {right!r}" for name, left, right in self.differences)
        return f"not like with like: {listed}"


@final
@frozen
class ContradictoryFlowsError(LevierError, ValueError):
    """More was paid or released than was committed: the flows contradict each other."""

    subject: str
    committed: Euros
    released: Euros

    def __str__(self) -> str:
        return (
            f"{self.subject}: {self.released} paid or released, but only {self.committed} committed: "
            f"one of the figures is wrong or missing"
        )


@final
@frozen
class ScopeChangedError(LevierError, ValueError):
    """Years of a budget programme were compared although it does not hold the same things in them."""

    programme_id: str
    years: tuple[int, ...]
    changes: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"budget programme {self.programme_id!r}: {', '.join(map(str, self.years))} do not cover the same things "
            f"({'; '.join(self.changes)}); pass across_scope_change=True to compare them all the same"
        )


@final
@frozen
class MisappliedDifferenceError(LevierError, ValueError):
    """A difference was applied to a portfolio that it does not start from; what does not fit is listed, with why."""

    misfits: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        listed = "\n".join(f"  {subject} {why}" for subject, why in self.misfits)
        return (
            f"{len(self.misfits)} thing(s) do not stand as the difference found them; apply it to the portfolio that "
            f"it starts from, or take the difference anew:\n{listed}"
        )


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
