"""
Migrations: the steps that convert a value of an older version of the format to the version of this release.

A step belongs to a class. It converts an object of one version, as plain builtins, to the next version; that of a
vocabulary, such as `Phase`, converts the text of a term, and so does that of any other text. A document is
migrated by the steps of the objects in it, so a single value, a list, a record of NDJSON and a row of a database are
migrated in the same way. The arrays of a document are the fields of `Portfolio`: renaming one is a step of that class.

An object is migrated from the outside inwards: first by the steps of the bases of its class, from the most general one,
then by its own, which gives it the fields of the next version, then by those of its parts. A step sees one object only,
so it works wherever the object is; a part that it makes is of the version before. It does not set `version`, which is
incremented for it. It works on a copy, and may change what it is given. A document may lack any array: in NDJSON, each
record is brought over in a document of its own.

Two changes are not of one class only. A *kind* that is renamed no longer tells the class: a step of the base class of
the union, such as `Instrument`, renames it. A field that a later version renames is none of ours yet: its parts are
migrated as those of the field into which the later steps move them.

A released step never changes, except that a class that is renamed takes its steps along, which are found by its name.
The tests keep frozen documents of every version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias, get_args

from attrs import has

from levier._once import once
from levier.errors import InvalidDocumentError, Problem, ProblemCode
from levier.model._shapes import class_of, hints_of, item_of, options_of
from levier.model.portfolio import Portfolio
from levier.serialization._problems import Trail, is_array, problem, shown, trail_of, trail_path
from levier.serialization._scalars import is_told_by_kind, kinds_of

__all__ = [
    "FORMAT_VERSION",
    "STEPS",
    "Step",
    "Steps",
    "current",
    "is_current",
    "is_older",
    "migrated",
    "migrated_value",
    "renamed",
]

FORMAT_VERSION = 1
"""The version of the format that this release writes; keep it beside what you store by itself."""

_LONGEST_REASON = 200
"""How much of the reason of a failed step is told: it may quote the document."""

Step: TypeAlias = Callable[[Any], Any]
"""Converts an object or, of a class that is written as a text, the text."""

Steps: TypeAlias = Mapping[int, Mapping[str, Step]]

STEPS: Steps = MappingProxyType({})
"""The steps from each version to the next, by the name of the class; none yet, because version 1 is the first."""


def is_older(version: object, steps: Steps | None = None) -> bool:
    """
    Return whether there are steps from a version to that of this release.

    >>> is_older(1), is_older(0, {0: {}}), is_older(True, {0: {}}), is_older(-1, {0: {}})
    (False, True, False, False)
    """
    known = STEPS if steps is None else steps
    return (
        type(version) is int
        and version < FORMAT_VERSION
        and all(each in known for each in range(version, FORMAT_VERSION))
    )


def migrated(
    found: dict[str, Any], steps: Steps | None = None, beside: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """
    Return a document in the version that this release reads; one of a version without steps stays as it is.

    *beside* are the types of what a document holds beside its arrays.

    Raises:
        InvalidDocumentError: If a step cannot be made, because the document is not of the version that it states.

    >>> migrated({"version": 0, "reform": []}, {0: {"Portfolio": lambda old: renamed(old, reform="reforms")}})
    {'version': 1, 'reforms': []}
    """
    if not is_older(found.get("version"), steps):
        return found
    version: int = found["version"]
    current: dict[str, Any] = migrated_value(found, Portfolio, version, steps)
    for key in beside.keys() & current.keys():
        current[key] = migrated_value(current[key], beside[key], version, steps, trail_of(key))
    return current | {"version": FORMAT_VERSION}


def migrated_value(found: Any, hint: Any, version: int, steps: Steps | None = None, at: Trail = ()) -> Any:
    """
    Return plain builtins of a type, written in an older version, as this release reads them.

    Raises:
        InvalidDocumentError: If a step cannot be made; the problem says where.

    >>> from levier import Method
    >>> steps = {0: {"Method": lambda old: {"id": old["id"], "label": old["name"]}}}
    >>> migrated_value([{"id": "m", "name": "M"}], tuple[Method, ...], 0, steps)
    [{'id': 'm', 'label': 'M'}]
    """
    known = STEPS if steps is None else steps
    found = _copied(found) if version < FORMAT_VERSION else found
    for each in range(version, FORMAT_VERSION):
        found = _Passage(each, known).of(found, hint, at)
    return found


def renamed(old: Mapping[str, Any], **names: str) -> dict[str, Any]:
    """
    Return an object with some keys renamed, for a step: `renamed(old, name="label")`; a key that is absent stays so.

    Raises:
        KeyError: If the object has both a key and its new name, of which one would be lost.

    >>> renamed({"id": "nudge", "name": "Nudge"}, name="label")
    {'id': 'nudge', 'label': 'Nudge'}
    """
    both = [new for former, new in names.items() if former in old and new in old]
    if both:
        raise KeyError(f"{both[0]!r} stands beside its former name")
    return {names.get(key, key): value for key, value in old.items()}


def is_current(version: object) -> bool:
    """
    Return whether a version is that of this release.

    >>> is_current(1), is_current(True), is_current(2)
    (True, False, False)
    """
    return type(version) is int and version == FORMAT_VERSION


def current(found: Any, hint: Any, version: int) -> Any:
    """
    Return plain builtins of a type as this release reads them, whatever the version in which they were written.

    Raises:
        InvalidDocumentError: If this release cannot read that version, or a step cannot be made.

    >>> current("2019", str, 2)
    Traceback (most recent call last):
        ...
    levier.errors.InvalidDocumentError: 1 problem(s) in the document:
      the whole document: expected version 1 of the format, found the number 2; this release reads versions up to 1: ...
    """
    if is_current(version):
        return found
    if is_older(version):
        return migrated_value(found, hint, version)
    raise InvalidDocumentError((_unsupported(version),))


def _unsupported(version: object) -> Problem:
    """Return the problem of a version that this release cannot read."""
    is_newer = type(version) is int and version > FORMAT_VERSION
    hint = ": upgrade levier to read it" if is_newer else ""
    message = (
        f"expected version {FORMAT_VERSION} of the format, found {shown(version)}; "
        f"this release reads versions up to {FORMAT_VERSION}{hint}"
    )
    return problem((), ProblemCode.UNSUPPORTED_FORMAT, message, found=shown(version), expected=str(FORMAT_VERSION))


class _Passage:
    """The way from one version to the next."""

    def __init__(self, version: int, steps: Steps) -> None:
        self._version, self._steps = version, steps

    def of(self, found: Any, hint: Any, at: Trail) -> Any:
        """Return what plain builtins of a type are in the next version; what has another shape stays, to be refused."""
        if is_array(found):
            return self._array(found, hint, at)
        return self._object(found, hint, at) if type(found) is dict else self._scalar(found, hint, at)

    def _scalar(self, found: Any, hint: Any, at: Trail) -> Any:
        """Return a term or another value that is no object, after the step of its class; what is absent stays so."""
        classes = () if found is None else (each for each in map(class_of, options_of(hint)) if not has(each))
        names = [name for each in classes if (name := getattr(each, "__name__", "")) in self._steps[self._version]]
        return self._after(self._steps[self._version][names[0]], found, names[0], at) if names else found

    def _array(self, found: Any, hint: Any, at: Trail) -> Any:
        item = next((held for each in options_of(hint) if (held := item_of(each)) is not None), None)
        return found if item is None else [self.of(part, item, (at, place)) for place, part in enumerate(found)]

    def _object(self, found: dict[str, Any], hint: Any, at: Trail) -> dict[str, Any]:
        shared = _bases_of(hint) if is_told_by_kind(hint) else ()
        found = self._made(found, shared, at)  # these may rename its kind
        chosen = _chosen(found, hint)
        if class_of(chosen) is dict:
            return {key: self.of(part, get_args(chosen)[1], (at, key)) for key, part in found.items()}
        if not has(class_of(chosen)):
            return found
        current = self._made(found, [cls for cls in _lineage(class_of(chosen)) if cls not in shared], at)
        hints = {**self._later(current, chosen), **hints_of(chosen)}
        return {key: self.of(part, hints.get(key), (at, key)) for key, part in current.items()}

    def _made(self, found: dict[str, Any], classes: Iterable[type[Any]], at: Trail) -> dict[str, Any]:
        """Return an object after the steps of some classes."""
        for cls in classes:
            if (step := self._steps[self._version].get(cls.__name__)) is not None:
                found = self._after(step, found, cls.__name__, at)
        return found

    def _after(self, step: Step, found: Any, name: str, at: Trail) -> Any:
        try:
            made = step(found)
        except Exception as error:  # noqa: BLE001  # a step trusts the version; a document may lie
            reason = f"{type(error).__name__}: {str(error)[:_LONGEST_REASON]}"
        else:
            if type(found) is not dict or type(made) is dict:
                return made
            reason = f"the step returned {shown(made)}"
        message = f"{name} cannot be brought from version {self._version} to {self._version + 1}: {reason}"
        wrong = problem(trail_path(at), ProblemCode.INVALID_VALUE, message)
        raise InvalidDocumentError((wrong,)) from None

    def _later(self, current: dict[str, Any], chosen: Any) -> dict[str, Any]:
        """
        Return the types of fields that are none of ours yet: those of the fields into which later steps move them.

        The later steps are tried on a copy, once for each object; if one fails, that is told when its turn comes.
        """
        hints, later = hints_of(chosen), range(self._version + 1, FORMAT_VERSION)
        steps = [self._steps[each].get(cls.__name__) for each in later for cls in _lineage(class_of(chosen))]
        unknown = [key for key, part in current.items() if key not in hints and type(part) in (dict, list) and part]
        if not unknown or not any(steps):
            return {}
        tried = _copied(current)
        moved = {key: _marks(tried[key])[:2] for key in unknown}
        try:
            for step in filter(None, steps):
                tried = step(tried)
            places = {id(mark): hints[key] for key in tried if key in hints for mark in _marks(tried[key])}
        except Exception:  # noqa: BLE001  # as in `_after`
            return {}
        return {key: places[id(mark)] for key, marks in moved.items() for mark in marks if id(mark) in places}


def _copied(found: Any) -> Any:
    """Return a copy of plain builtins, at any depth."""
    if type(found) is dict:
        return {key: _copied(part) for key, part in found.items()}
    return [_copied(part) for part in found] if is_array(found) else found


def _marks(part: Any) -> list[Any]:
    """Return the objects and arrays by which a part is known again: itself and, as arrays may be joined, its items."""
    return [one for one in (part, *(part if is_array(part) else ())) if type(one) in (dict, list)]


@once
def _lineage(cls: type[Any]) -> tuple[type[Any], ...]:
    """Return the classes of ours that a class derives from, the most general one first, and the class."""
    return tuple(each for each in reversed(cls.__mro__) if each.__module__.startswith("levier."))


@once
def _bases_of(union: Any) -> tuple[type[Any], ...]:
    """Return the bases that the members of a union have in common, the most general one first."""
    first, *others = (_lineage(cls) for cls in kinds_of(union).values())
    return tuple(cls for cls in first if all(cls in other for other in others))


def _chosen(found: dict[str, Any], hint: Any) -> Any:
    """Return the type, of those that a union allows, that an object is of; its `kind` says which of several."""
    if is_told_by_kind(hint):
        kind = found.get("kind")
        return kinds_of(hint).get(kind, hint) if type(kind) is str else hint
    return next((each for each in options_of(hint) if class_of(each) is dict or has(class_of(each))), hint)
