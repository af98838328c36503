"""
One value from JSON or plain builtins: the fast way of `loads` and `structure` for one object.

Decoding in bulk (`_bulk`) costs as much for one object as for thirty. Here each object is built by a function that is
generated for its class, as attrs does for `__init__`; `_source` returns its text. It builds an object from its *form*
(`_forms`), which msgspec has decoded from JSON, or from a dictionary. Three things make it fast:

- What msgspec has asked of a form is not asked again: the lines that ask it (`_TYPE`) are for dictionaries only. They
  take exact builtins, and nothing of a class that is like one, because an application may hand over anything.
- What is written as a text is looked up among the texts that were read before (`_texts`); so the validators of a
  field are called for new texts only. What asks about several fields or several items is called for each object.
- A field is set by an assignment, which takes a fifth of the time of a call. Until all its fields are set, an object is
  therefore of a class that allows assignments (`_blank`); it adds no slots, so the `__class__` of an object may then be
  changed to that of ours.

Unknown keys: msgspec refuses them in JSON; an object from a dictionary has as many keys as were taken, or is refused.

Nothing here explains an error: any error sends the value to `readers`, which reads it slowly and describes every
problem. The invariant, which tests hold with drawn values: whatever is accepted here, `readers` accepts as an equal
value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType, new_class
from typing import Any, Literal, NoReturn, TypeAlias, get_args

import msgspec
from attrs import Attribute, fields, has

from levier._once import once
from levier.errors.final import IS_TWIN
from levier.model._fields import BY_ITEMS, BY_VALUE, OF_ITEMS, ONCE_EACH, Validator
from levier.model._shapes import class_of, hints_of, item_of, may_be_none, options_of
from levier.model.extra import Extra
from levier.model.periods import Day
from levier.serialization._bulk import is_sequence, is_tag, left_checks, value_of
from levier.serialization._forms import ABSENT, form_of, is_required, repeats_a_key
from levier.serialization._objects import asks_when_absent
from levier.serialization._texts import Known, asked_once, is_text, texts_of, texts_of_items

__all__ = ["OtherError", "ReadAlone", "TooLargeError", "decode_alone", "read_alone"]

_MANY = 256
"""An array with more objects than this is built in bulk."""

ReadAlone: TypeAlias = Callable[[Any], Any]
"""
Returns a value, or raises `TooLargeError` if it is to be built in bulk, and any other error if it is not valid.

A caller drops these errors, whatever their class: their traceback holds an object that is half made.
"""
Given: TypeAlias = Literal["form", "builtins"]
"""What a value is built from."""
_Fill = Callable[[Any, Any], int]
"""Sets the fields of an object, and returns the number of keys that they were given by, those in `extra` excepted."""
_TYPE = "# msgspec has asked this of a form"


class OtherError(ValueError):
    """A value is wrong, or cannot be read alone."""


def _raise_other() -> NoReturn:
    raise OtherError


class TooLargeError(ValueError):
    """An object holds so many others that they are built faster in bulk."""


@once
def read_alone(hint: Any, given: Given = "builtins") -> ReadAlone:
    """
    Return the function that reads one value of an attrs class from plain builtins, or from its form.

    The keys of a form are not counted here.
    """
    blank, fill = _blank(hint), _FILLS[given][hint]

    def read(found: Any) -> Any:
        made = blank()
        fill(made, found)
        return made

    return read


@once
def decode_alone(hint: Any) -> ReadAlone:
    """
    Return the function that reads one value of an attrs class from JSON.

    No key is unknown, so there are more colons than keys only where a key stands twice, in texts and in an
    application's own keys; only then the form is written again (see `repeats_a_key`).
    """
    blank, fill, decode = _blank(hint), _FILLS["form"][hint], msgspec.json.Decoder(form_of(hint)).decode

    def read(raw: bytes) -> Any:
        found, made = decode(raw), blank()
        if raw.count(b":") != fill(made, found) and repeats_a_key(raw, found):
            raise OtherError
        return made

    return read


class _Fills(dict[Any, _Fill]):
    """
    The functions of the classes, each generated when it is first asked for.

    The generated functions ask here, because asking a dictionary takes less time than calling what `once` returns.
    """

    def __init__(self, given: Given) -> None:
        super().__init__()
        self._given = given

    def __missing__(self, hint: Any) -> _Fill:
        self[hint] = fill = _filling(hint, self._given)
        return fill


_FILLS: Mapping[Given, _Fills] = MappingProxyType({each: _Fills(each) for each in get_args(Given)})


@once
def _blank(hint: Any) -> Any:
    """Return a class with the slots of a class of ours, whose objects are made empty and may be assigned to."""
    body: dict[str, Any] = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    body |= {"__slots__": (), IS_TWIN: True}
    return new_class(class_of(hint).__name__, (class_of(hint),), exec_body=lambda namespace: namespace.update(body))


@once
def _filling(hint: Any, given: Given) -> _Fill:
    names: dict[str, Any] = {
        "fills": _FILLS[given],
        "set_class": object.__dict__["__class__"].__set__,
        "own": class_of(hint),
        "post_init": getattr(class_of(hint), "__attrs_post_init__", None),
        "day": Day.fromisoformat,
        "Extra": Extra,
        "absent": ABSENT,
        "Other": OtherError,
        "other": _raise_other,
        "TooLarge": TooLargeError,
    }
    lines = (line for line in _source(hint, names, given) if given == "builtins" or _TYPE not in line)
    exec("\n    ".join(lines), names)  # noqa: S102  # names of fields and classes of ours only
    fill: _Fill = names["fill"]
    return fill


# ---------------------------------------------------------------- the text of a function


def _source(hint: Any, names: dict[str, Any], given: Given) -> Iterator[str]:
    """Yield the lines of the function of a class, and add what they name to *names*."""
    hints, attributes = hints_of(hint), fields(class_of(hint))
    yield "def fill(made, found):"
    yield f"if type(found) is not dict: raise Other  {_TYPE}"
    yield f"seen, keys = {sum(is_required(each, hints[each.name]) for each in attributes)}, 0"
    for each in attributes:
        yield from _of_field(each, hints[each.name], names, given)
    yield f"if seen != len(found): raise Other  {_TYPE}"
    yield "set_class(made, own)"
    for each in attributes:
        yield from _checked(class_of(hint), each, hints[each.name], names)
    if names["post_init"] is not None:
        yield "post_init(made)"
    yield "return seen + keys"


def _of_field(attribute: Attribute[Any], hint: Any, names: dict[str, Any], given: Given) -> Iterator[str]:
    """Yield the lines that set a field."""
    name, lines = attribute.name, list(_of_part(attribute, hint, names))
    if given == "form":
        yield f"part = found.{name}"
    else:
        yield f"part = found[{name!r}]" if is_required(attribute, hint) else f"part = found.get({name!r}, absent)"
    if is_required(attribute, hint):
        yield from lines
        return
    default = value_of(attribute.default)
    names[f"default_{name}"] = hint(default) if is_sequence(hint) else default
    yield f"if part is absent: made.{name} = default_{name}"
    yield "else:"
    yield from (f"    {line}" for line in ("seen += 1", *lines))


def _of_part(attribute: Attribute[Any], hint: Any, names: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that set a field to what its *part* of the builtins stands for."""
    name, kind, *others = attribute.name, *options_of(hint)
    is_none = "part is None" if may_be_none(hint) else "False"
    if item_of(hint) is not None:
        yield from _of_items(attribute, hint, names)
    elif others:
        yield "raise Other"
    elif kind is Extra:
        yield f"if type(part) is not dict: raise Other  {_TYPE}"
        yield f"made.{name} = Extra(part)"
    elif has(kind):
        names |= {f"kind_{name}": kind, f"blank_{name}": _blank(kind)}
        yield f"if {is_none}: made.{name} = None"
        yield "else:"
        yield f"    made.{name} = one = blank_{name}()"
        yield f"    keys += fills[kind_{name}](one, part)"
    elif kind is Day:
        yield f"if type(part) is not str and part is not None: raise Other  {_TYPE}"
        yield f"if {is_none}: made.{name} = None"
        yield "elif len(part) != 10 or part[7] != '-': raise Other"  # a week: '2019-W24-5'
        yield f"else: made.{name} = day(part)"
    elif is_text(kind):
        names[f"texts_{name}"] = texts_of(attribute, hint)
        yield f"if type(part) is not str and part is not None: raise Other  {_TYPE}"
        if isinstance(names[f"texts_{name}"], Known):
            yield f"if part not in texts_{name}: texts_{name}.learn(part)"
            yield f"made.{name} = part"
        else:
            yield f"made.{name} = texts_{name}[part]"
    else:
        names[f"kind_{name}"] = str if is_tag(kind) else kind
        yield f"if type(part) is not kind_{name} and not {is_none}: raise Other  {_TYPE}"
        yield f"made.{name} = part"


def _of_items(attribute: Attribute[Any], hint: Any, names: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that set a field to a tuple, or to a sequence of levier."""
    name, item = attribute.name, item_of(hint)
    names[f"of_{name}"] = hint if is_sequence(hint) else tuple
    yield f"if type(part) is not list and type(part) is not tuple: raise Other  {_TYPE}"
    if has(item):
        names |= {f"kind_{name}": item, f"blank_{name}": _blank(item)}
        yield f"if len(part) > {_MANY}: raise TooLarge"
        yield f"fill, held = fills[kind_{name}], []"
        yield "for each in part:"
        yield f"    held.append(one := blank_{name}())"
        yield "    keys += fill(one, each)"
        yield f"made.{name} = of_{name}(held)"
    elif is_text(item):
        names[f"texts_{name}"] = texts_of_items(attribute, item)
        yield f"for each in part: type(each) is str or other()  {_TYPE}"
        if isinstance(names[f"texts_{name}"], Known):
            yield f"if not texts_{name}.issuperset(part): texts_{name}.learn(*part)"
            yield f"made.{name} = part = tuple(part)"
        else:
            yield f"made.{name} = part = tuple([texts_{name}[each] for each in part])"
        if attribute.validator in ONCE_EACH:
            yield "if len(part) > 1 and len(set(part)) < len(part): raise Other"
    else:
        yield "raise Other"


def _checked(cls: Any, attribute: Attribute[Any], hint: Any, names: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that run the validators of a field that are not asked once for each text."""
    name, kind, item = attribute.name, options_of(hint)[0], item_of(hint)
    whole: Any = attribute.validator
    done: tuple[Validator, ...] = asked_once(attribute) if is_text(kind) else ()
    if item is not None and is_text(item) and attribute.validator in OF_ITEMS:
        done = (whole,)
    for place, check in enumerate(each for each in left_checks(attribute) if each not in done):
        names |= {f"check_{name}_{place}": check, f"field_{name}": attribute}
        call = f"check_{name}_{place}(made, field_{name}, made.{name})"
        asks_others = check not in BY_VALUE | BY_ITEMS and asks_when_absent(cls, attribute)
        yield call if asks_others or is_required(attribute, hint) else f"if made.{name} is not default_{name}: {call}"
