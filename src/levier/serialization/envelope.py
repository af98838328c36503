"""
The envelope of a document: which format it is, in which version, what wrote it, where it comes from.

`format` and `version` are required, so that a reader knows what it has before it looks inside; `generator`,
`provenance` and `digest` may be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, final

from attrs import converters, evolve, field, frozen

from levier._version import __version__
from levier.errors import InvalidDocumentError, InvalidValueError, Problem, ProblemCode
from levier.model._fields import instance_of, integer, not_blank, optional, trimmed
from levier.model.periods import Day, as_day, is_day
from levier.serialization._problems import problem, problems_of, shown, unlike
from levier.serialization.hooks import canonical, converter, structure

__all__ = [
    "ENVELOPE",
    "FORMAT",
    "GENERATOR",
    "VERSION",
    "Envelope",
    "Provenance",
    "digest_of",
    "digest_problems",
    "envelope_from",
    "envelope_problems",
]

FORMAT = "levier"
VERSION = 1
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
    on: Day | None = field(default=None, converter=converters.optional(as_day), validator=optional(is_day))
    note: str = field(default="", validator=trimmed)


@final
@frozen(kw_only=True)
class Envelope:
    """
    What a document says of itself; a digest is `sha256:` and the digest of its content in hexadecimal.

    >>> Envelope(version=1).written()
    {'format': 'levier', 'version': 1, 'generator': ''}
    """

    version: int = field(default=VERSION, validator=integer(-(2**53)))
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


def digest_problems(
    stated: object, content: Callable[[], Mapping[str, Any]], written: Callable[[], Mapping[str, Any]]
) -> Iterator[Problem]:
    """
    Yield the problem of a digest that is neither that of *content*, the values, nor of what is *written* for them.

    Either will do: what was left out and what was given its default say the same, and a later release may know
    more fields than the one that wrote the document.
    """
    if stated and stated != (expected := digest_of(content())) and stated != digest_of(written()):
        yield unlike(("digest",), ProblemCode.DIGEST_MISMATCH, f"{expected}, the digest of this content", stated)


def envelope_problems(found: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the envelope of a document."""
    for key, expected in (("format", FORMAT), ("version", VERSION)):
        if key not in found:
            message = f"required key {key!r} is missing; expected {expected!r}"
            yield problem((key,), ProblemCode.MISSING_KEY, message, expected=repr(expected))
        elif type(found[key]) is not type(expected) or found[key] != expected:
            yield _unsupported(key, expected, found[key])
    for key in ("generator", "digest"):
        if type(said := found.get(key, "")) is not str:
            yield unlike((key,), ProblemCode.WRONG_TYPE, "text", said)
        else:
            yield from _text_problems(key, said)
    if found.get("provenance") is not None:
        try:
            converter().structure(found["provenance"], Provenance)
        except Exception as error:  # noqa: BLE001  # whatever a class raises becomes a problem at its place
            yield from problems_of(error, found["provenance"], converter(), ("provenance",))


def _text_problems(key: str, said: str) -> Iterator[Problem]:
    try:
        Envelope(**{key: said})  # type: ignore[arg-type]  # one of its texts
    except InvalidValueError as error:
        yield unlike((key,), ProblemCode.INVALID_VALUE, error.expected, said)


def _unsupported(key: str, expected: object, found: object) -> Problem:
    is_newer = key == "version" and type(found) is int and found > VERSION
    hint = "; it was written by a newer release: upgrade levier to read it" if is_newer else ""
    message = f"expected {expected!r}, the {key} this release reads, found {shown(found)}{hint}"
    return problem((key,), ProblemCode.UNSUPPORTED_FORMAT, message, found=shown(found), expected=repr(expected))


def envelope_from(found: object) -> Envelope:
    """
    Return the envelope of a document that is given as plain builtins, whatever its version.

    Raises:
        InvalidDocumentError: If it has none.
    """
    if not isinstance(found, dict):
        raise InvalidDocumentError((unlike((), ProblemCode.WRONG_TYPE, "an object", found),))
    problems = [each for each in envelope_problems(found) if not _is_of_another_version(each, found)]
    if problems:
        raise InvalidDocumentError(tuple(problems))
    return structure({key: found[key] for key in ENVELOPE[1:] if key in found}, Envelope)


def _is_of_another_version(each: Problem, found: Mapping[str, Any]) -> bool:
    return each.pointer == "/version" and type(found.get("version")) is int
