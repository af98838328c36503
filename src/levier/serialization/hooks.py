"""
How each class is written down: the only door to cattrs and msgspec.

Entities are objects, containers arrays, terms their text; days, periods, amounts and decimals are text.
`register_hooks` teaches a cattrs converter of yours every public class of ours;
`structure` and `unstructure` go from plain builtins to values and back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation, localcontext
from enum import Enum
from functools import lru_cache
from types import GenericAlias, NoneType, UnionType
from typing import Any, NewType, NoReturn, TypeVar, Union, cast, get_args, get_origin

import msgspec
from attrs import fields, has
from cattrs import Converter
from cattrs.cols import homogenous_tuple_structure_factory, list_structure_factory, mapping_structure_factory
from cattrs.errors import StructureHandlerNotFoundError
from cattrs.gen import make_dict_structure_fn

from levier._once import once
from levier.errors import InvalidDocumentError, InvalidValueError
from levier.model._fields import DECIMAL_TEXT, decimal
from levier.model._numbers import EXACT as IN_FULL
from levier.model._numbers import plain, written
from levier.model.identifiers import reference
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.journal import Journal, JournalEntry
from levier.model.money import Euros
from levier.model.observations import Observation, Observations
from levier.model.periods import Day, Period, parse_day
from levier.model.registry import Registry
from levier.model.terms import Term
from levier.serialization._bulk import EXACT, Reference
from levier.serialization._problems import UnknownKindError, WrongTypeError, is_array, problems_of

__all__ = [
    "INSTRUMENTS",
    "array_of",
    "canonical",
    "class_of_kind",
    "converter",
    "decode_scalar",
    "encode",
    "is_ours",
    "register_hooks",
    "structure",
    "unstructure",
]

T = TypeVar("T")
C = TypeVar("C", bound=Converter)


@once
def _by_kind(union: Any) -> Mapping[str, type[Any]]:
    return {cls.__attrs_attrs__.kind.default: cls for cls in get_args(union)}


INSTRUMENTS: Mapping[str, type[Any]] = _by_kind(AnyInstrument)


SCALARS: Mapping[Any, str] = {
    Day: "a day as text, such as '2019-06-14'",
    Period: "a year, month, day or interval as text, such as '2017-12' or '2018/2022'",
    Euros: "an amount as text, with a point and at most two decimals, such as '40000000.00'",
    Decimal: "a decimal number as text, with a point, such as '86.5'",
}
"""How each scalar is written, in the words of a document rather than of Python."""


def _text(found: object, expected: str = "text") -> str:
    if type(found) is not str:
        raise WrongTypeError(found, expected)
    return found


def _decimal(text: str) -> Decimal:
    if not DECIMAL_TEXT.fullmatch(text):
        raise InvalidOperation
    return plain(Decimal(text))


def _checked_decimal(text: str) -> Decimal:
    number = _decimal(text)
    decimal(None, fields(Observation).value, number)
    return number


def _reference(text: str) -> str:
    reference(None, fields(Observation).indicator_id, text)
    return text


_DECODERS: Mapping[type[Any], Callable[[Any], Any]] = {
    Day: parse_day,
    Period: Period,
    Euros: Euros,
    Decimal: _decimal,
    EXACT: _checked_decimal,
    Reference: _reference,
}


def _decode_scalar(kind: type[Any], found: object) -> Any:
    return _DECODERS[kind](_text(found))


decode_scalar = cast("Callable[[type[Any], Any], Any]", lru_cache(maxsize=65_536)(_decode_scalar))
"""
Returns the value of a class that is written as one text; msgspec's hook.

Cached, because amounts and periods repeat: what was read before costs no call of Python.
No days, because a `pendulum.Date` can be written on: each value has its own.
"""


@lru_cache(maxsize=65_536)
def _iso(day: Day) -> str:
    return day.isoformat()


def encode(value: Any) -> Any:
    """Return what stands for a value of a class that msgspec does not know; msgspec's hook."""
    if type(value) is Day:
        return _iso(value)
    if type(value) is Period:
        return value.text
    if type(value) is Euros:
        return value.text
    if type(value) is Registry:
        return tuple(value.values())
    if type(value) is Observations:
        return value.rows
    if type(value) is Journal:
        return tuple(value)
    raise InvalidValueError("unstructure", value, "a value of levier or a plain builtin")


_ENCODER = msgspec.json.Encoder(enc_hook=encode, order="sorted")
_EXPONENT = re.compile(rb'"-?[0-9](?:\.[0-9]+)?E[-+][0-9]+"')
"""A number as `str` writes it below a millionth, which is how msgspec writes it too; or a text that looks like one."""


def canonical(value: object) -> bytes:
    """
    Return any value as canonical JSON: keys sorted, numbers with a fraction as text, never with an exponent.

    >>> from levier import Quantity
    >>> canonical(Quantity.exact("0.0000005", "share"))[-59:]
    b'"0.0000005","stated":"","unit":"share","upper":"0.0000005"}'
    """
    with localcontext(IN_FULL):  # in another one `str` may write a small "e"
        found = _ENCODER.encode(value)
        if (b"E-" in found or b"E+" in found) and _EXPONENT.search(found):
            numbers = msgspec.to_builtins(value, builtin_types=(Decimal,), enc_hook=encode)
            return _ENCODER.encode(_without_exponents(numbers))
    return found


def _without_exponents(found: Any) -> Any:
    if type(found) is dict:
        return {key: _without_exponents(value) for key, value in found.items()}
    if is_array(found):
        return [_without_exponents(value) for value in found]
    return written(found) if type(found) is Decimal else found


def unstructure(value: object) -> Any:
    """
    Return a value of levier as plain builtins, ready for JSON: keys sorted, decimals as text.

    Raises:
        InvalidValueError: If the value is, or holds, something that cannot be written.

    >>> from levier import Method
    >>> unstructure(Method(id="nudge", label="Nudge"))
    {'id': 'nudge', 'label': 'Nudge', 'label_en': '', 'source_ids': []}
    """
    return msgspec.json.decode(canonical(value))


def structure(found: object, kind: type[T]) -> T:
    """
    Return the value of class *kind* that plain builtins describe.

    Raises:
        InvalidDocumentError: If they describe none; lists every problem.
        InvalidValueError: If *kind* is neither a class of levier nor a tuple, list or dictionary of one.

    >>> from levier import Method
    >>> structure({"id": "nudge", "label": "Nudge"}, Method).label
    'Nudge'
    """
    if not _can_be_read(kind):
        raise InvalidValueError("structure", kind, _READABLE)
    try:
        return converter().structure(found, kind)
    except StructureHandlerNotFoundError:
        raise InvalidValueError("structure", kind, _READABLE) from None
    except Exception as error:  # noqa: BLE001  # whatever a class raises becomes a problem
        raise InvalidDocumentError(tuple(problems_of(error, found, converter()))) from None


_READABLE = "a class of levier, or such as tuple[Project, ...] and dict[str, Euros]"


@once
def _can_be_read(kind: Any) -> bool:
    """Tell whether a type is ours to read: others would be coerced, a set from an object or a float from a text."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return len(arguments) == _PAIR and arguments[1] is Ellipsis and _can_be_read(arguments[0])
    if origin is list:
        return _can_be_read(arguments[0])
    if origin is dict:
        return arguments[0] is str and _can_be_read(arguments[1])
    if origin in (Union, UnionType):
        return all(each is NoneType or _can_be_read(each) for each in arguments)
    if isinstance(kind, NewType) or kind in SCALARS or kind in (str, int, bool):
        return True
    return isinstance(origin or kind, type) and (origin or kind).__module__.startswith("levier.")


_PAIR = 2
"""How many arguments a tuple of any length has: what it holds, and an ellipsis."""


def register_hooks(converter: C) -> C:
    """
    Teach a cattrs converter every public class of levier, and return it.

    Your own attrs classes can then hold ours; nothing else of the converter changes.

    >>> from cattrs import Converter
    >>> from levier import Phase, Project
    >>> register_hooks(Converter()).structure({"id": "p", "label": "P"}, Project).phase is Phase.FRAMING
    True
    """
    converter.register_structure_hook_func(_is_our_class, _structure_ours)
    converter.register_unstructure_hook_func(_is_our_class, unstructure)
    # A converter may have hooks for date and str, which would win over a predicate: these two are registered by class.
    for kind in (Day, Term):
        converter.register_structure_hook(kind, _structure_ours)
        converter.register_unstructure_hook(kind, _unstructure_exactly)
    return converter


_OURS = ("levier.model.", "levier.compute.")


def is_ours(value: object) -> bool:
    """Say whether a value is of levier: of one of its classes, a day, or an exact number."""
    kind = type(value)
    return kind in (Day, Decimal) or kind.__module__.startswith("levier.")


def _is_our_class(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    return origin is Day or (
        isinstance(origin, type) and origin.__module__.startswith(_OURS) and not issubclass(origin, str)
    )


def _structure_ours(found: object, kind: Any) -> Any:
    return converter().structure(found, kind)


def _unstructure_exactly(value: object) -> Any:
    # A moment is a day by inheritance only, and is not ours to write.
    return unstructure(value) if type(value) is Day or isinstance(value, Term) else value


@once
def converter() -> Converter:
    """Return the strict converter: nothing is coerced, no key is ignored, every problem is kept."""
    strict = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (str, int, bool):
        strict.register_structure_hook(kind, _exactly)
    strict.register_structure_hook_func(_is_scalar, _structure_scalar)
    strict.register_structure_hook_func(lambda kind: kind is Any, _refuse_unknown)
    strict.register_structure_hook_factory(has, _object_hook)
    strict.register_structure_hook_factory(_is_array, _array_hook)
    strict.register_structure_hook_factory(_is_dictionary, _dictionary_hook)
    strict.register_structure_hook_func(_is_told_by_kind, _structure_by_kind)
    strict.register_structure_hook_func(_is_registry, _structure_registry)
    strict.register_structure_hook(Observations, _structure_observations)
    strict.register_structure_hook(Journal, _structure_journal)
    return strict


def _refuse_unknown(found: object, _: Any) -> NoReturn:
    # What some results hold may be of several classes, and nothing written says which.
    raise InvalidValueError("structure", found, "what can be read back; a result like this is computed again")


def _exactly(found: object, kind: type[Any]) -> Any:
    if issubclass(kind, Enum):
        return kind(_text(found))
    if type(found) is not kind:
        raise WrongTypeError(found, {str: "text", int: "a whole number", bool: "true or false"}[kind])
    return found


def _structure_scalar(found: object, kind: Any) -> Any:
    text = _text(found, SCALARS[kind])
    try:
        return parse_day(text) if kind is Day else decode_scalar(kind, text)
    except (InvalidValueError, InvalidOperation):
        raise InvalidValueError(kind.__name__, text, SCALARS[kind]) from None


def array_of(item: Any) -> Any:
    """Return the type of a tuple of any length of *item*, known only at run time."""
    return GenericAlias(tuple, (item, ...))


def _is_scalar(kind: Any) -> bool:
    return kind in SCALARS


def _is_registry(kind: Any) -> bool:
    return get_origin(kind) is Registry


def _is_array(kind: Any) -> bool:
    return get_origin(kind) in (list, tuple)


def _is_dictionary(kind: Any) -> bool:
    return get_origin(kind) is dict


def _dictionary_hook(kind: Any, strict: Converter) -> Callable[[object, Any], Any]:
    build = mapping_structure_factory(kind, strict)

    def hook(found: object, wanted: Any) -> Any:
        if type(found) is not dict:
            raise WrongTypeError(found, "an object")
        return build(found, wanted)

    return hook


def _object_hook(kind: Any, strict: Converter) -> Callable[[object, Any], Any]:
    build = make_dict_structure_fn(kind, strict)

    def hook(found: object, wanted: Any) -> Any:
        if type(found) is not dict:
            raise WrongTypeError(found, "an object")
        return build(cast("Mapping[str, Any]", found), wanted)

    return hook


def _array_hook(kind: Any, strict: Converter) -> Callable[[object, Any], Any]:
    factory = homogenous_tuple_structure_factory if get_origin(kind) is tuple else list_structure_factory
    build = factory(kind, strict)

    def hook(found: object, wanted: Any) -> Any:
        if not is_array(found):
            raise WrongTypeError(found, "an array")
        return build(found, wanted)

    return hook


def _is_told_by_kind(kind: Any) -> bool:
    """Say whether a type is a union of classes that *kind* tells apart: the instruments, and the changes of a plan."""
    return kind is Instrument or (isinstance(kind, UnionType) and all(map(_has_kind, get_args(kind))))


def _has_kind(cls: Any) -> bool:
    return has(cls) and hasattr(cls.__attrs_attrs__, "kind") and type(cls.__attrs_attrs__.kind.default) is str


def class_of_kind(found: object, union: Any) -> type[Any]:
    """
    Return the class, of those that a union holds, that an object is of by its *kind*.

    Raises:
        WrongTypeError: If it is no object.
        UnknownKindError: If it does not say its kind, or says one that there is not.
    """
    known = INSTRUMENTS if union is Instrument else _by_kind(union)
    if type(found) is not dict:
        raise WrongTypeError(found, "an object")
    kind = found.get("kind")
    if type(kind) is not str or kind not in known:
        raise UnknownKindError(kind, tuple(known))
    return known[kind]


def _structure_by_kind(found: object, union: Any) -> Any:
    return converter().structure(found, class_of_kind(found, union))


def _structure_registry(found: object, kind: Any) -> Registry[Any]:
    return Registry(converter().structure(found, array_of(*get_args(kind))))


def _structure_observations(found: object, _: Any) -> Observations:
    return Observations(converter().structure(found, array_of(Observation)))


def _structure_journal(found: object, _: Any) -> Journal:
    return Journal(converter().structure(found, array_of(JournalEntry)))
