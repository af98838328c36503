"""Everything wrong with a document, as problems with JSON pointers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, TypeGuard, TypeVar, final, get_type_hints

from attrs import Factory, fields, frozen, has
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
)

from levier.errors import (
    AboveCeilingError,
    DanglingReferenceError,
    DuplicateItemsError,
    ForbiddenTransitionError,
    InsufficientAllocationError,
    InvalidValueError,
    LevierError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    Problem,
    ProblemCode,
)

Pointer = tuple[str | int, ...]
_REFUSALS = (
    AboveCeilingError,
    ForbiddenTransitionError,
    InsufficientAllocationError,
    InvalidValueError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
)

_LONGEST_SHOWN = 80


@final
@frozen
class WrongTypeError(LevierError, TypeError):
    """A value of another JSON type stood where one was expected."""

    found: object
    expected: str

    def __str__(self) -> str:
        return f"expected {self.expected}, found {shown(self.found)}"


@final
@frozen
class UnknownKindError(LevierError, ValueError):
    """An object said that it is of a kind that there is not, or did not say its kind."""

    found: object
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"expected a kind, one of {', '.join(self.known)}, found {shown(self.found)}"


def shown(found: object) -> str:
    """Name what was found in JSON's words, cut short where it is long."""
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
    text = repr(getattr(found, "text", found))
    return _cut(text)


def is_array(found: object) -> TypeGuard[Sequence[Any]]:
    """Say whether *found* is what JSON's arrays become."""
    return type(found) in (list, tuple)


def written(pointer: Iterable[str | int]) -> str:
    """Return a JSON pointer (RFC 6901) from its parts."""
    return _printable("".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer))


def _printable(text: str) -> str:
    """Return a text that can be printed: half a surrogate pair is written out."""
    return text.encode("utf-8", "backslashreplace").decode()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def problem(
    pointer: Iterable[str | int], code: ProblemCode, message: str, *, found: str = "", expected: str = ""
) -> Problem:
    """Return a problem at a place given by its parts."""
    return Problem(
        pointer=written(pointer), code=code, message=message, found=_printable(_cut(found)), expected=expected
    )


def unlike(pointer: Iterable[str | int], code: ProblemCode, expected: str, found: object) -> Problem:
    """Return the problem of what is not what was expected."""
    message = f"expected {expected}, found {shown(found)}"
    return problem(pointer, code, message, found=shown(found), expected=expected)


def unknown_key(pointer: Pointer, known: Sequence[str]) -> Problem:
    """Return the problem of a key that its object does not have, with the nearest that it has."""
    key = str(pointer[-1])
    nearest = get_close_matches(key, known, n=1)
    hint = f"did you mean {nearest[0]!r}? known are" if nearest else "known are"
    message = f"unknown key {key!r}; {hint} {', '.join(known)}"
    return problem(pointer, ProblemCode.UNKNOWN_KEY, message, found=key, expected=", ".join(known))


def problems_of(error: BaseException, found: object, strict: Converter, at: Pointer = ()) -> Iterator[Problem]:
    """Yield the problems behind an error raised while *found* was structured."""
    match error:
        case BaseValidationError():
            yield from _grouped(error, found, strict, at)
        case ForbiddenExtraKeysError():
            known = [attribute.name for attribute in fields(error.cl)]
            for key in sorted(error.extra_fields):
                yield unknown_key((*at, key), known)
        case DanglingReferenceError():
            for reference in error.references:
                registry = reference.registry
                message = f"{reference.path} names {shown(reference.target)}, which is not in {registry}"
                yield problem(at, ProblemCode.DANGLING_REFERENCE, message, found=reference.target, expected=registry)
        case _:
            yield _single(error, found, at)


def _single(error: BaseException, found: object, at: Pointer) -> Problem:
    where, code, message = at, ProblemCode.INVALID_VALUE, str(error)
    match error:
        case WrongTypeError():
            code = ProblemCode.WRONG_TYPE
        case UnknownKindError():
            where, code = (*at, "kind"), ProblemCode.UNKNOWN_KIND
        case DuplicateItemsError():
            code = ProblemCode.DUPLICATE_ITEM
        case InvalidValueError():
            where = (*at, error.field) if error.field else at
            message = f"expected {error.expected}, found {shown(error.found)}"
        case ForbiddenTransitionError():
            where = (*at, "steps")
        case (
            AboveCeilingError()
            | InsufficientAllocationError()
            | NotContractedError()
            | OvercommitmentError()
            | OverpaymentError()
        ):
            where = (*at, *_in_fund(error, found))
        case _:
            message = f"{error}, found {shown(found)}"
    what_was_found, expected = _compared(error, found)
    return problem(where, code, message, found=what_was_found, expected=expected)


def _compared(error: BaseException, found: object) -> tuple[str, str]:
    match error:
        case WrongTypeError() | InvalidValueError():
            return shown(error.found), error.expected
        case UnknownKindError():
            return shown(error.found), ", ".join(error.known)
        case ForbiddenTransitionError():
            return error.requested, ", ".join(error.allowed)
        case _:
            return shown(found), ""


def _in_fund(error: Any, found: Any) -> Pointer:
    """Return where in a fund the money, or the award, stands that was refused."""
    if isinstance(error, InsufficientAllocationError):
        return ("allocation",)
    if isinstance(error, AboveCeilingError):
        return ("awards", [award["id"] for award in found["awards"]].index(error.award_id))
    return ("entries", error.entry)


def _grouped(error: Any, found: object, strict: Converter, at: Pointer) -> Iterator[Problem]:
    with_notes, others = error.group_exceptions()
    broken: set[str | int] = set()
    for inner, note in with_notes:
        step = note.name if isinstance(note, AttributeValidationNote) else note.index
        broken.add(step)
        if isinstance(inner, KeyError) and inner.args == (step,) and not isinstance(inner, LevierError):
            yield problem((*at, step), ProblemCode.MISSING_KEY, f"required key {step!r} is missing", expected=str(step))
        else:
            yield from problems_of(inner, _part(found, step), strict, (*at, step))
    # Construction stops at the first refusal, and is not even tried beside a broken part: a reader wants them all.
    refusals = list(_refusals(error.cl, found, strict, broken)) if has(error.cl) else []
    for inner in refusals:
        yield from problems_of(inner, found, strict, at)
    for inner in others:
        if str(inner) not in {str(refusal) for refusal in refusals}:
            yield from problems_of(inner, found, strict, at)


def _part(found: object, step: str | int) -> object:
    if isinstance(found, dict):
        return found.get(step)
    return found[step] if is_array(found) and isinstance(step, int) else None


def _refusals(cls: type[Any], found: Any, strict: Converter, broken: set[str | int]) -> Iterator[Exception]:
    generic = {name for name, hint in get_type_hints(cls).items() if _is_generic(hint)}
    half_built = _half_built(cls, found, strict, broken)
    for attribute in fields(cls):
        if attribute.validator is not None and attribute.name not in broken | generic:
            try:
                attribute.validator(half_built, attribute, getattr(half_built, attribute.name))
            except _REFUSALS as error:
                yield error
            except Exception:  # noqa: BLE001, S112  # it leans on another field, which is broken or refused itself
                continue


def _half_built(cls: type[Any], found: Any, strict: Converter, broken: set[str | int]) -> Any:
    """Return an instance with its sound fields set and nothing checked, to run each validator on its own."""
    half_built, hints = object.__new__(cls), get_type_hints(cls)
    for attribute in fields(cls):
        hint = hints[attribute.name]
        if attribute.name in broken:
            continue
        if attribute.name in found:
            # What a generic class is of is not known here: such a field stays as it was found, and unchecked.
            raw = found[attribute.name]
            value = raw if _is_generic(hint) else strict.structure(raw, hint)
        else:
            default = attribute.default
            value = default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]
        converted = value if attribute.converter is None else attribute.converter(value)
        object.__setattr__(half_built, attribute.name, converted)
    return half_built


def _is_generic(hint: Any) -> bool:
    return isinstance(hint, TypeVar) or bool(getattr(hint, "__parameters__", ()))
