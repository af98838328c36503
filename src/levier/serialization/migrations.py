"""
Migrations: the steps from a document of an older version to the version that this release writes.

Each step is one function, from a document as plain builtins to one of the next version. It does not set `version`,
which is incremented for it. A step also has to work on a document of one item, because NDJSON is read line by line.
A released step never changes: the tests keep frozen documents of every version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from levier.errors import InvalidDocumentError, ProblemCode
from levier.serialization._problems import problem
from levier.serialization.envelope import VERSION

__all__ = ["STEPS", "Step", "is_older", "migrated"]

Step: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Mapping[int, Step] = MappingProxyType({})
"""The step from each version to the next; empty, because version 1 is the first."""


def is_older(version: object, steps: Mapping[int, Step] | None = None) -> bool:
    """
    Return whether there are steps from a version to that of this release.

    >>> is_older(1), is_older(0, {0: dict}), is_older(True, {0: dict}), is_older(-1, {0: dict})
    (False, True, False, False)
    """
    known = STEPS if steps is None else steps
    return type(version) is int and version < VERSION and all(each in known for each in range(version, VERSION))


def migrated(found: dict[str, Any], steps: Mapping[int, Step] | None = None) -> dict[str, Any]:
    """
    Return a document in the version that this release reads; without steps from its version, return it unchanged.

    Raises:
        InvalidDocumentError: If a step fails, because the document is not of the version that it states.

    >>> migrated({"version": 0, "reform": []}, {0: lambda old: {"reforms": old["reform"]}})
    {'reforms': [], 'version': 1}
    """
    known = STEPS if steps is None else steps
    if not is_older(found.get("version"), known):
        return found
    for version in range(found["version"], VERSION):
        found = _next(found, known[version], version) | {"version": version + 1}
    return found


def _next(found: dict[str, Any], step: Step, version: int) -> dict[str, Any]:
    try:
        return step(dict(found))
    except Exception as error:  # noqa: BLE001  # a step relies on the version, which a document may state wrongly
        message = f"cannot be brought from version {version} to {version + 1}: {type(error).__name__}: {error}"
        raise InvalidDocumentError((problem((), ProblemCode.INVALID_VALUE, message),)) from None
