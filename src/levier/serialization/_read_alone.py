"""
One value from plain builtins: the fast way of `loads` and `structure` for one object; the reverse of `_written_alone`.

Decoding in bulk (`_bulk`) costs as much for one object as for thirty. Here each object is built from the dictionary
that JSON is parsed to, by a function that is generated for its class, as attrs does for `__init__`; `_source` returns
its text. Three things make it fast:

- What is written as a text is looked up in a dictionary of texts seen before, with the value that each stands for.
  A text is converted and checked when it is first seen (`_Texts`), by the validators of the model and nothing else.
- A field is set by an assignment, which Python does in a tenth of the time of a call of a descriptor. The class of an
  object is therefore one without the ban on assignment until all its fields are set (see *twins* in `_bulk`).
- Whether a key is unknown is not asked: an object has as many keys as were taken, or it is refused.

The function of a class takes exact builtins only, and no class of its own that is like one. It explains nothing: any
error sends the builtins to `readers`, which reads them slowly and describes every problem. The invariant, which tests
hold with drawn values: whatever is accepted here, `readers` accepts as an equal value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from types import new_class
from typing import Any, NewType, TypeAlias

from attrs import NOTHING, Attribute, fields, has

from levier._once import once
from levier.errors.final import IS_TWIN
from levier.model._fields import BY_TEXT, BY_TYPE, BY_VALUE, OF_ITEMS, Validator
from levier.model._shapes import class_of, hints_of, item_of, may_be_none, options_of
from levier.model.extra import Extra
from levier.model.money import Euros
from levier.model.periods import Day, Period, parse_day
from levier.model.terms import Term
from levier.serialization._bulk import EXACT, checks_of, is_tag, value_of
from levier.serialization._objects import asks_when_absent
from levier.serialization._scalars import decode_scalar

__all__ = ["ReadAlone", "TooLargeError", "read_alone"]

_MANY = 64
"""An array with more objects than this is built in bulk."""
_KEPT, _LONGEST = 4_096, 200
"""The number of texts of one sort that are kept, and the length of the longest."""
_Fill = Callable[[Any, Any], int]


class OtherError(ValueError):
    """A value is wrong, or cannot be read alone."""


class TooLargeError(ValueError):
    """An object holds so many others that they are built faster in bulk."""


ReadAlone: TypeAlias = Callable[[Any], tuple[Any, int]]
"""
Returns a value from plain builtins, and the number of their keys, those of `extra` not counted.

It raises `TooLargeError` if the value is to be built in bulk, and any other error if it is not valid.
"""


@once
def read_alone(hint: Any) -> ReadAlone:
    """Return the function that reads one value of an attrs class."""
    blank, fill = _blank(hint), _FILLS[hint]

    def read(found: Any) -> tuple[Any, int]:
        made = blank()
        return made, fill(made, found)

    return read


class _Fills(dict[Any, _Fill]):
    """The function that fills an object of each class."""

    def __missing__(self, hint: Any) -> _Fill:
        self[hint] = fill = _filling(hint)
        return fill


_FILLS = _Fills()


@once
def _blank(hint: Any) -> Any:
    """Return a class with the fields of a class of ours, to which values may be assigned."""
    cls = class_of(hint)
    body: dict[str, Any] = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    body |= {"__init__": object.__init__, IS_TWIN: True}
    return new_class(cls.__name__, (cls,), exec_body=lambda namespace: namespace.update(body))


# ---------------------------------------------------------------- texts


class _Texts(dict[Any, Any]):
    """
    The values that texts stand for, converted and checked; `None` stands for itself.

    A dictionary is asked in a fifth of the time that a call takes. It is emptied when it is full.
    """

    def __init__(self, convert: Callable[[str], Any], checks: Iterable[Validator]) -> None:
        super().__init__()
        self._convert = convert
        self._checks = tuple(checks)

    def __missing__(self, text: str | None) -> Any:
        value = None if text is None else self._convert(text)
        for check in self._checks:
            check(None, _NO_FIELD, value)
        if text is None or len(text) <= _LONGEST:
            if len(self) >= _KEPT:
                self.clear()
            self[text] = value
        return value


_NO_FIELD: Any = None
"""Whoever asks for nothing but the value does not ask for the field either."""


@once
def _texts(kind: Any, checks: tuple[Validator, ...]) -> _Texts:
    """Return the texts of one sort: fields with the same type and the same validators share them."""
    return _Texts(_converter(kind), checks)


def _converter(kind: Any) -> Callable[[str], Any]:
    if kind is Day:  # each object gets a day of its own, because a `pendulum.Date` is not fully immutable
        return lambda text: parse_day(text).timetuple()[:3]
    if kind in (Period, Euros, Decimal):
        return lambda text: decode_scalar(EXACT if kind is Decimal else kind, text)
    if issubclass(kind, Term):
        members: Any = kind._value2member_map_  # the private table: a call would be slower
        return lambda text: members[text]
    return lambda text: text


# ---------------------------------------------------------------- functions


@once
def _filling(hint: Any) -> _Fill:
    """Return the function that fills an object of a class from a dictionary, and returns the number of its keys."""
    cls = class_of(hint)
    names: dict[str, Any] = {
        "fills": _FILLS,
        "set_class": object.__dict__["__class__"].__set__,
        "own": cls,
        "Day": Day,
        "Extra": Extra,
        "Other": OtherError,
        "TooLarge": TooLargeError,
    }
    lines: list[str] = []
    for attribute in fields(cls):
        lines += _of_field(attribute, hints_of(hint)[attribute.name], names)
    checks = [line for attribute in fields(cls) for line in _checked(cls, attribute, hints_of(hint), names)]
    required = sum(_is_required(each, hints_of(hint)[each.name]) for each in fields(cls))
    source = [
        "def fill(made, found):",
        "if type(found) is not dict: raise Other",
        f"seen, keys = {required}, 0",
        *lines,
        "if seen != len(found): raise Other",
        "set_class(made, own)",
        *checks,
    ]
    if (post_init := getattr(cls, "__attrs_post_init__", None)) is not None:
        names["post_init"] = post_init
        source.append("post_init(made)")
    exec("\n    ".join((*source, "return seen + keys")), names)  # noqa: S102  # names of fields of ours only
    fill: _Fill = names["fill"]
    return fill


def _is_required(attribute: Attribute[Any], hint: Any) -> bool:
    return attribute.default is NOTHING or is_tag(hint)


def _of_field(attribute: Attribute[Any], hint: Any, names: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that set a field."""
    name, lines = attribute.name, list(_source(attribute, hint, names))
    if _is_required(attribute, hint):
        yield from (f"part = found[{name!r}]", *lines)
        return
    default = value_of(attribute.default)
    names[f"default_{name}"] = hint(default) if _is_sequence(hint) else default
    yield f"if {name!r} in found:"
    yield from (f"    {line}" for line in ("seen += 1", f"part = found[{name!r}]", *lines))
    yield f"else: made.{name} = default_{name}"


def _is_sequence(hint: Any) -> bool:
    """Return whether this is a sequence class of levier, which is built from its items."""
    return isinstance(hint, type) and class_of(hint) is not tuple and item_of(hint) is not None


def _source(attribute: Attribute[Any], hint: Any, names: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that set a field to what its *part* of the builtins stands for."""
    name, item = attribute.name, item_of(hint)
    if item is not None:
        yield "if type(part) is not list and type(part) is not tuple: raise Other"
        yield from _of_items(attribute, hint, item, names)
        return
    options = options_of(hint)
    kind, or_none = options[0], " and part is not None" if may_be_none(hint) else ""
    if has(kind) and len(options) == 1:
        names[f"kind_{name}"], names[f"blank_{name}"] = kind, _blank(kind)
        yield f"one = {'None if part is None else ' if or_none else ''}blank_{name}()"
        yield f"{'if one is not None: ' if or_none else ''}keys += fills[kind_{name}](one, part)"
        yield f"made.{name} = one"
    elif kind is Extra:
        yield from ("if type(part) is not dict: raise Other", f"made.{name} = Extra(part)")
    elif kind in (int, bool) or is_tag(kind):
        yield f"if type(part) is not {'str' if is_tag(kind) else kind.__name__}{or_none}: raise Other"
        yield f"made.{name} = part"
    elif _is_text(kind) and len(options) == 1:
        names[f"texts_{name}"] = _texts(_plain(kind), _checks_of_texts(attribute, kind))
        yield f"if type(part) is not str{or_none}: raise Other"
        value = f"texts_{name}[part]" if kind is not Day else f"Day(*texts_{name}[part])"
        yield f"made.{name} = {'None if part is None else ' if or_none and kind is Day else ''}{value}"
    else:
        yield "raise Other"


def _of_items(attribute: Attribute[Any], hint: Any, item: Any, names: dict[str, Any]) -> Iterator[str]:
    name = attribute.name
    if has(item):
        names[f"kind_{name}"], names[f"blank_{name}"] = item, _blank(item)
        yield f"if len(part) > {_MANY}: raise TooLarge"
        yield f"fill, held = fills[kind_{name}], []"
        yield "for each in part:"
        yield f"    held.append(one := blank_{name}())"
        yield "    keys += fill(one, each)"
        if _is_sequence(hint):
            names[f"of_{name}"] = hint
            yield f"made.{name} = of_{name}(tuple(held))"
        else:
            yield f"made.{name} = tuple(held)"
        return
    if not _is_text(item):
        yield "raise Other"
        return
    check, once_each = OF_ITEMS.get(attribute.validator, (None, False))
    names[f"texts_{name}"] = _texts(_plain(item), tuple(each for each in (check,) if each and each not in BY_TYPE))
    yield "held = []"
    yield "for each in part:"
    yield "    if type(each) is not str: raise Other"
    yield f"    held.append(texts_{name}[each])"
    if once_each:
        yield "if len(held) > 1 and len(set(held)) < len(held): raise Other"
    yield f"made.{name} = tuple(held)"


def _plain(kind: Any) -> Any:
    return str if isinstance(kind, NewType) else kind


def _is_text(kind: Any) -> bool:
    """Return whether values of a type are written as texts, and the type says which."""
    return _plain(kind) in (str, Day, Period, Euros, Decimal) or (isinstance(kind, type) and issubclass(kind, Term))


def _checks_of_texts(attribute: Attribute[Any], kind: Any) -> tuple[Validator, ...]:
    """Return the validators of a field that are run once for each text."""
    return tuple(check for check in _left(attribute) if check in BY_VALUE and kind is not Day)


def _left(attribute: Attribute[Any]) -> Iterator[Validator]:
    """Yield the validators that ask for more than the type of a field, and more than converting a text does."""
    return (check for check in checks_of(attribute) if check not in BY_TYPE | BY_TEXT)


def _checked(cls: Any, attribute: Attribute[Any], hints: Any, names: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that run the validators that were not run for each text."""
    name, hint = attribute.name, hints[attribute.name]
    done: Any = _checks_of_texts(attribute, options_of(hint)[0]) if _is_text(options_of(hint)[0]) else ()
    if item_of(hint) is not None and not has(item_of(hint)) and attribute.validator in OF_ITEMS:
        done = (attribute.validator,)
    for place, check in enumerate(each for each in _left(attribute) if each not in done):
        names |= {f"check_{name}_{place}": check, f"field_{name}": attribute}
        call = f"check_{name}_{place}(made, field_{name}, made.{name})"
        always = _is_required(attribute, hint) or (check not in BY_VALUE and asks_when_absent(cls, attribute))
        yield call if always else f"if {name!r} in found: {call}"
