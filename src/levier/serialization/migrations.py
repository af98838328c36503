"""
Migrations: the steps that convert a value of an older version of the format to the version of this release.

A step belongs to a class. It converts an object of one version, as plain builtins, to the next version. A document is
migrated by the steps of the objects in it, so a single value, a list, a record of NDJSON and a row of a database are
migrated in the same way. The arrays of a document are the fields of `Portfolio`: renaming one is a step of that class.

An object is migrated from the outside inwards: first by its own step, which gives it the fields of the next version,
then by those of its parts. A step sees one object only, so it works wherever the object is. It does not set `version`,
which is incremented for it.

A released step never changes: the tests keep frozen documents of every version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias, get_args

from attrs import has

from levier.errors import InvalidDocumentError, Problem, ProblemCode
from levier.model._shapes import class_of, hints_of, item_of, options_of
from levier.model.portfolio import Portfolio
from levier.serialization._problems import Trail, is_array, problem, shown, trail_path
from levier.serialization._scalars import is_told_by_kind, kinds_of

__all__ = ["FORMAT_VERSION", "STEPS", "Step", "Steps", "current", "is_older", "migrated", "migrated_value"]

FORMAT_VERSION = 1
"""The version of the format that this release writes; keep it beside what you store by itself."""

Step: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
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


def migrated(found: dict[str, Any], steps: Steps | None = None) -> dict[str, Any]:
    """
    Return a document in the version that this release reads; one of a version without steps stays as it is.

    Raises:
        InvalidDocumentError: If a step cannot be made, because the document is not of the version that it states.

    >>> migrated({"version": 0, "reform": []}, {0: {"Portfolio": lambda old: {"reforms": old["reform"]}}})
    {'reforms': [], 'version': 1}
    """
    if not is_older(found.get("version"), steps):
        return found
    current: dict[str, Any] = migrated_value(found, Portfolio, found["version"], steps)
    return current | {"version": FORMAT_VERSION}


def migrated_value(found: Any, hint: Any, version: int, steps: Steps | None = None) -> Any:
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
    for each in range(version, FORMAT_VERSION):
        found = _Passage(each, known[each]).of(found, hint, ())
    return found


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
    if version == FORMAT_VERSION and type(version) is int:
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

    def __init__(self, version: int, steps: Mapping[str, Step]) -> None:
        self._version, self._steps = version, steps

    def of(self, found: Any, hint: Any, at: Trail) -> Any:
        """Return what plain builtins of a type are in the next version; what has another shape stays, to be refused."""
        if is_array(found):
            return self._array(found, hint, at)
        return self._object(found, hint, at) if type(found) is dict else found

    def _array(self, found: Any, hint: Any, at: Trail) -> Any:
        item = next((held for each in options_of(hint) if (held := item_of(each)) is not None), None)
        return found if item is None else [self.of(part, item, (at, place)) for place, part in enumerate(found)]

    def _object(self, found: dict[str, Any], hint: Any, at: Trail) -> dict[str, Any]:
        chosen = _chosen(found, hint)
        if class_of(chosen) is dict:
            return {key: self.of(part, get_args(chosen)[1], (at, key)) for key, part in found.items()}
        if not has(class_of(chosen)):
            return found
        step, hints = self._steps.get(class_of(chosen).__name__), hints_of(chosen)
        current = found if step is None else self._made(step, found, class_of(chosen).__name__, at)
        return {key: self.of(part, hints[key], (at, key)) if key in hints else part for key, part in current.items()}

    def _made(self, step: Step, found: dict[str, Any], name: str, at: Trail) -> dict[str, Any]:
        try:
            return step(dict(found))
        except Exception as error:  # noqa: BLE001  # a step trusts the version; a document may lie
            said = f"{type(error).__name__}: {error}"
            message = f"{name} cannot be brought from version {self._version} to {self._version + 1}: {said}"
            wrong = problem(trail_path(at), ProblemCode.INVALID_VALUE, message)
            raise InvalidDocumentError((wrong,)) from None


def _chosen(found: dict[str, Any], hint: Any) -> Any:
    """Return the type, of those that a union allows, that an object is of; its `kind` says which of several."""
    if is_told_by_kind(hint):
        return kinds_of(hint).get(str(found.get("kind")), hint)
    return next((each for each in options_of(hint) if class_of(each) is dict or has(class_of(each))), hint)
