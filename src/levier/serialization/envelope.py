"""
The envelope of a document: its format, its version, the program that wrote it, and its provenance.

`format` and `version` are required, so that a reader can reject a document before reading its content; `generator`,
`provenance` and `digest` are optional.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from levier._version import GENERATOR, __version__
from levier.errors import InvalidDocumentError, InvalidValueError, Problem, ProblemCode
from levier.errors.final import final
from levier.model._fields import instance_of, integer, not_blank, optional, trimmed
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.periods import Day, as_day_or_none, is_day
from levier.serialization._problems import Problems, problem, shown, trail_of, unlike
from levier.serialization.hooks import canonical, structure
from levier.serialization.limits import LIMITS, Limits
from levier.serialization.migrations import FORMAT_VERSION, migrated
from levier.serialization.readers import reader

__all__ = [
    "BESIDE",
    "ENVELOPE",
    "FORMAT",
    "FORMAT_VERSION",
    "Envelope",
    "Provenance",
    "check_digest",
    "digest_of",
    "envelope_from",
    "mismatch",
    "note_envelope",
    "with_generator",
]

FORMAT = "levier"

ENVELOPE = ("format", "version", "generator", "provenance", "digest")
"""The keys of a document that belong to the envelope."""


@final
@frozen(kw_only=True)
class Provenance:
    """
    The provenance of a document: who made it, from what, when, remarks, and an application's own keys.

    It belongs to the document, not to the portfolio: `read_envelope` returns it; merging and differencing ignore it.

    >>> from levier import Portfolio
    >>> from levier.serialization import dumps, read_envelope
    >>> data = dumps(Portfolio(), provenance=Provenance(by="DITP", derived_from="suivi.xlsx", on="2019-06-14"))
    >>> read_envelope(data).provenance.derived_from
    'suivi.xlsx'
    """

    by: str = field(validator=not_blank)
    derived_from: str = field(default="", validator=trimmed)
    on: Day | None = field(default=None, converter=as_day_or_none, validator=optional(is_day))
    note: str = field(default="", validator=trimmed)
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


BESIDE: Mapping[str, Any] = MappingProxyType({"provenance": Provenance})
"""The types of the objects in an envelope, which are migrated with the document."""


@final
@frozen(kw_only=True)
class Envelope:
    """
    The metadata of a document; its digest is `sha256:` followed by the digest of the content in hexadecimal.

    >>> Envelope(version=1).written()
    {'format': 'levier', 'version': 1, 'generator': ''}
    """

    version: int = field(default=FORMAT_VERSION, validator=integer(-(2**53)))
    generator: str = field(default="", validator=trimmed)
    provenance: Provenance | None = field(default=None, validator=optional(instance_of(Provenance)))
    digest: str = field(default="", validator=trimmed)

    def written(self) -> dict[str, object]:
        """Return the envelope as written, without unknown values."""
        found: dict[str, object] = {"format": FORMAT, "version": self.version, "generator": self.generator}
        if self.provenance is not None:
            found["provenance"] = self.provenance
        return found | ({"digest": self.digest} if self.digest else {})

    def around(self, content: Mapping[str, Any], *, digest: bool = False) -> dict[str, Any]:
        """Return a document with this envelope and *content*, with a digest of the content if *digest*."""
        whole = evolve(self, digest=digest_of(content)) if digest else self
        return {**whole.written(), **content}


def digest_of(content: Mapping[str, Any]) -> str:
    """
    Return the digest of the canonical JSON of a document without the keys of its envelope.

    >>> digest_of({"version": 1, "levers": []}) == digest_of({"levers": []})
    True
    """
    from hashlib import sha256  # few documents have a digest

    held = {key: value for key, value in content.items() if key not in ENVELOPE}
    return f"sha256:{sha256(canonical(held)).hexdigest()}"


def check_digest(
    stated: object, content: Callable[[], Mapping[str, Any]], written: Callable[[], Mapping[str, Any]]
) -> None:
    """
    Raise if a digest matches neither *content*, the values, nor *written*, their builtins in the document.

    Either match is enough: an absent field and a field with its default mean the same, and a later release may have
    more fields than the one that wrote the document.

    Raises:
        InvalidDocumentError: If the digest matches neither.
    """
    if stated and stated != (expected := digest_of(content())) and stated != digest_of(written()):
        raise InvalidDocumentError((mismatch(expected, stated),))


def mismatch(expected: str, stated: object) -> Problem:
    """Return the problem of a digest that does not match the content."""
    return unlike(("digest",), ProblemCode.DIGEST_MISMATCH, f"{expected}, the digest of this content", stated)


def note_envelope(found: Mapping[str, Any], problems: Problems) -> None:
    """Note the problems of the envelope of a document."""
    for key, expected in (("format", FORMAT), ("version", FORMAT_VERSION)):
        if key not in found:
            problems.note(_missing, trail_of(key), expected)
        elif type(found[key]) is not type(expected) or found[key] != expected:
            problems.note(_unsupported, trail_of(key), expected, found[key], found.get("generator"))
    for key in ("generator", "digest"):
        if type(said := found.get(key, "")) is not str:
            problems.note(unlike, trail_of(key), ProblemCode.WRONG_TYPE, "text", said)
        else:
            _note_text(key, said, problems)
    if found.get("provenance") is not None:
        reader(Provenance)(found["provenance"], trail_of("provenance"), problems)


def with_generator(error: InvalidDocumentError, generator: object) -> InvalidDocumentError:
    """Return an error whose unknown keys are said to come from another generator, if the document states one."""
    if type(generator) is not str or generator in ("", GENERATOR):
        return error
    said = f"; written by {shown(generator)[1:-1]}; this is {__version__}: upgrade, or read with unknown='ignore'"
    unknown = ProblemCode.UNKNOWN_KEY
    found = (evolve(each, message=each.message + said) if each.code is unknown else each for each in error.problems)
    return evolve(error, problems=tuple(found))


def _missing(path: Sequence[str | int], expected: object) -> Problem:
    message = f"required key {path[-1]!r} is missing; expected {expected!r}"
    return problem(path, ProblemCode.MISSING_KEY, message, expected=repr(expected))


def _note_text(key: str, said: str, problems: Problems) -> None:
    try:
        Envelope(**{key: said})  # type: ignore[arg-type]  # one of its texts
    except InvalidValueError as error:
        problems.note(unlike, trail_of(key), ProblemCode.INVALID_VALUE, error.expected, said)


def _unsupported(path: Sequence[str | int], expected: object, found: object, generator: object) -> Problem:
    (key,) = path
    hint = ""
    if key == "version" and type(found) is int and found > FORMAT_VERSION:
        writer = shown(generator)[1:-1] if type(generator) is str and generator else "a newer release"
        hint = f"; it was written by {writer}, and this is {__version__}: upgrade levier to read it"
    message = f"expected {expected!r}, the {key} this release reads, found {shown(found)}{hint}"
    return problem(path, ProblemCode.UNSUPPORTED_FORMAT, message, found=shown(found), expected=repr(expected))


def envelope_from(found: object, limits: Limits = LIMITS) -> Envelope:
    """
    Return the envelope of a document of any version, given as plain builtins.

    Raises:
        InvalidDocumentError: If it has no envelope.
    """
    if not isinstance(found, dict):
        raise InvalidDocumentError((unlike((), ProblemCode.WRONG_TYPE, "an object", found),))
    problems = Problems(limits)
    current = migrated({key: found[key] for key in ENVELOPE if key in found}, beside=BESIDE)
    # Any whole number is a version here, even one that this release cannot read.
    note_envelope(current | {"version": FORMAT_VERSION} if type(current.get("version")) is int else current, problems)
    if problems.count:
        raise problems.refusal()
    held = current | {"version": found["version"]}
    return structure({key: held[key] for key in ENVELOPE[1:] if key in held}, Envelope)
