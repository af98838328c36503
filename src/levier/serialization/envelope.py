"""
The envelope of a document: which format it is, in which version, what wrote it, where it comes from.

`format` and `version` are required, so that a reader knows what it has before it looks inside; `generator`,
`provenance` and `digest` may be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, final

from attrs import evolve, field, frozen

from levier._version import __version__
from levier.errors import InvalidDocumentError, InvalidValueError, Problem, ProblemCode
from levier.model._fields import instance_of, integer, not_blank, optional, trimmed
from levier.model.periods import Day, as_day_or_none, is_day
from levier.serialization._problems import Problems, problem, shown, trail_of, unlike
from levier.serialization.hooks import canonical, structure
from levier.serialization.limits import LIMITS, Limits
from levier.serialization.migrations import FORMAT_VERSION
from levier.serialization.readers import reader

__all__ = [
    "ENVELOPE",
    "FORMAT",
    "FORMAT_VERSION",
    "GENERATOR",
    "Envelope",
    "Provenance",
    "check_digest",
    "digest_of",
    "envelope_from",
    "mismatch",
    "note_envelope",
]

FORMAT = "levier"
GENERATOR = f"levier {__version__}"

ENVELOPE = ("format", "version", "generator", "provenance", "digest")
"""The keys that are no nouns."""


@final
@frozen(kw_only=True)
class Provenance:
    """
    Where a document comes from: who made it, from what, when, and what else is to be said.

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


@final
@frozen(kw_only=True)
class Envelope:
    """
    What a document says of itself; a digest is `sha256:` and the digest of its content in hexadecimal.

    >>> Envelope(version=1).written()
    {'format': 'levier', 'version': 1, 'generator': ''}
    """

    version: int = field(default=FORMAT_VERSION, validator=integer(-(2**53)))
    generator: str = field(default="", validator=trimmed)
    provenance: Provenance | None = field(default=None, validator=optional(instance_of(Provenance)))
    digest: str = field(default="", validator=trimmed)

    def written(self) -> dict[str, object]:
        """Return the envelope as it is written; what is not known is left out."""
        found: dict[str, object] = {"format": FORMAT, "version": self.version, "generator": self.generator}
        if self.provenance is not None:
            found["provenance"] = self.provenance
        return found | ({"digest": self.digest} if self.digest else {})

    def around(self, content: Mapping[str, Any], *, digest: bool = False) -> dict[str, Any]:
        """Return a document of this content in this envelope, with the digest of it if asked."""
        whole = evolve(self, digest=digest_of(content)) if digest else self
        return {**whole.written(), **content}


def digest_of(content: Mapping[str, Any]) -> str:
    """
    Return the digest of the content of a document: its canonical JSON, without the keys of the envelope.

    >>> digest_of({"version": 1, "levers": []}) == digest_of({"levers": []})
    True
    """
    held = {key: value for key, value in content.items() if key not in ENVELOPE}
    return f"sha256:{sha256(canonical(held)).hexdigest()}"


def check_digest(
    stated: object, content: Callable[[], Mapping[str, Any]], written: Callable[[], Mapping[str, Any]]
) -> None:
    """
    Refuse a digest that is neither that of *content*, the values, nor of what is *written* for them.

    Either will do: what was left out and what was given its default say the same, and a later release may know
    more fields than the one that wrote the document.

    Raises:
        InvalidDocumentError: If it is another's.
    """
    if stated and stated != (expected := digest_of(content())) and stated != digest_of(written()):
        raise InvalidDocumentError((mismatch(expected, stated),))


def mismatch(expected: str, stated: object) -> Problem:
    """Return the problem of a digest that is not that of its content."""
    return unlike(("digest",), ProblemCode.DIGEST_MISMATCH, f"{expected}, the digest of this content", stated)


def note_envelope(found: Mapping[str, Any], problems: Problems) -> None:
    """Note what is wrong with the envelope of a document."""
    for key, expected in (("format", FORMAT), ("version", FORMAT_VERSION)):
        if key not in found:
            problems.note(_missing, trail_of(key), expected)
        elif type(found[key]) is not type(expected) or found[key] != expected:
            problems.note(_unsupported, trail_of(key), expected, found[key])
    for key in ("generator", "digest"):
        if type(said := found.get(key, "")) is not str:
            problems.note(unlike, trail_of(key), ProblemCode.WRONG_TYPE, "text", said)
        else:
            _note_text(key, said, problems)
    if found.get("provenance") is not None:
        reader(Provenance)(found["provenance"], trail_of("provenance"), problems)


def _missing(path: Sequence[str | int], expected: object) -> Problem:
    message = f"required key {path[-1]!r} is missing; expected {expected!r}"
    return problem(path, ProblemCode.MISSING_KEY, message, expected=repr(expected))


def _note_text(key: str, said: str, problems: Problems) -> None:
    try:
        Envelope(**{key: said})  # type: ignore[arg-type]  # one of its texts
    except InvalidValueError as error:
        problems.note(unlike, trail_of(key), ProblemCode.INVALID_VALUE, error.expected, said)


def _unsupported(path: Sequence[str | int], expected: object, found: object) -> Problem:
    (key,) = path
    is_newer = key == "version" and type(found) is int and found > FORMAT_VERSION
    hint = "; it was written by a newer release: upgrade levier to read it" if is_newer else ""
    message = f"expected {expected!r}, the {key} this release reads, found {shown(found)}{hint}"
    return problem(path, ProblemCode.UNSUPPORTED_FORMAT, message, found=shown(found), expected=repr(expected))


def envelope_from(found: object, limits: Limits = LIMITS) -> Envelope:
    """
    Return the envelope of a document that is given as plain builtins, whatever its version.

    Raises:
        InvalidDocumentError: If it has none.
    """
    if not isinstance(found, dict):
        raise InvalidDocumentError((unlike((), ProblemCode.WRONG_TYPE, "an object", found),))
    problems = Problems(limits)
    # A whole number is a version; whether this release reads it, is another question.
    note_envelope(found | {"version": FORMAT_VERSION} if type(found.get("version")) is int else found, problems)
    if problems.count:
        raise problems.refusal()
    return structure({key: found[key] for key in ENVELOPE[1:] if key in found}, Envelope)
