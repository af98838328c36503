"""
Formats: how documents are read and written in each, and which format a file has.

Each format is a module with one `Codec`, whose methods are the functions of the module; the code that all formats
share is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Protocol, TypeVar, overload

from attrs import frozen

from levier.errors import InvalidDocumentError, InvalidValueError, ProblemCode
from levier.errors.final import final
from levier.model.portfolio import Portfolio
from levier.serialization._compression import COMPRESSIONS
from levier.serialization._problems import UNKNOWN, Unknown, check_unknown, shown, unlike
from levier.serialization.envelope import Envelope, Provenance
from levier.serialization.files import PathLike, as_path
from levier.serialization.limits import LIMITS, Limits, bounded_depth, encoded
from levier.serialization.migrations import FORMAT_VERSION, is_current
from levier.serialization.streams import Readable, Writable, read, write

__all__ = ["FORMATS", "Codec", "Encode", "codec_of"]

T = TypeVar("T")


class Encode(Protocol):
    """The function that encodes a value in a format: `dumps` of its module."""

    def __call__(self, value: Any, /, *, provenance: Provenance | None, digest: bool) -> bytes:
        """Return the bytes."""


def _not_alone(*_: object) -> None:
    """Leave every value to *decode*: a format without a faster way."""


@final
@frozen(kw_only=True)
class Codec:
    """
    One format: *encode* writes a value, *decode* reads a value of a class, *head* reads the envelope of a document.

    *only_portfolios* is true for a format that holds only portfolios.
    *alone* is a faster *decode* of one small value; it returns `None` for whatever it leaves to *decode*.
    """

    name: str
    encode: Encode
    decode: Callable[[bytes, Any, Limits, int, Unknown], Any]
    head: Callable[[bytes, Limits], Envelope]
    only_portfolios: bool = False
    alone: Callable[[bytes | str, Any, Limits], Any] = _not_alone

    @overload
    def loads(self, data: bytes | str, *, unknown: Unknown = ..., limits: Limits = ...) -> Portfolio: ...

    @overload
    def loads(
        self, data: bytes | str, *, type: type[T], version: int = ..., unknown: Unknown = ..., limits: Limits = ...
    ) -> T: ...

    def loads(
        self,
        data: bytes | str,
        *,
        type: type[Any] = Portfolio,  # noqa: A002  # its name
        version: int = FORMAT_VERSION,
        unknown: Unknown = "refuse",
        limits: Limits = LIMITS,
    ) -> Any:
        """
        Return the portfolio of a document, or the value of class *type*, which is written without envelope.

        *version* is the version of the format in which such a value was written, kept beside it. A document states its
        own, which another one than today's, if given, has to be.

        Reading is strict: no value is coerced, and no key is ignored unless *unknown* is "ignore". Then keys that this
        release does not know are left out of the value; a digest is still verified, with these keys.

        Raises:
            InvalidDocumentError: If the document is not valid; lists every problem, each with a JSON pointer and,
                if the format gives them, line and column.
            LimitExceededError: If the document exceeds *limits*.
            InvalidValueError: If *data* is neither bytes nor text, *type* is not a class of levier, or *unknown* is
                neither "refuse" nor "ignore".

        >>> from levier import Euros, loads
        >>> loads(b'{"format": "levier", "version": 1, "projects": [{"id": "p", "label": ""}]}')
        Traceback (most recent call last):
            ...
        levier.errors.InvalidDocumentError: 1 problem(s) in the document:
          /projects/0/label: expected a text that is not blank, ..., found '' [invalid-value] at line 1, column 70
        >>> loads(b'"3.00"', type=Euros)
        Euros('3.00')
        """
        is_plain = unknown in UNKNOWN and (version is FORMAT_VERSION or is_current(version))
        if is_plain and (alone := self.alone(data, type, limits)) is not None:
            return alone
        self._refuse_other("loads", type, type)
        check_unknown("loads", unknown)
        raw = encoded("loads", data)
        with bounded_depth(limits):
            if type is Portfolio and not is_current(version):
                self._check_version(raw, limits, version)
            return self.decode(raw, type, limits, version, unknown)

    def dump(self, value: Any, target: Writable, *, provenance: Provenance | None = None, digest: bool = False) -> None:
        """
        Write *value* to a file, atomically, or to a binary stream.

        Raises:
            InvalidValueError: If the format cannot represent the value.
            MissingExtraError: If writing the format needs an extra that is not installed.
            OSError: If the file cannot be written.
        """
        write(target, self.encode(value, provenance=provenance, digest=digest))

    @overload
    def load(self, source: Readable, *, unknown: Unknown = ..., limits: Limits = ...) -> Portfolio: ...

    @overload
    def load(
        self, source: Readable, *, type: type[T], version: int = ..., unknown: Unknown = ..., limits: Limits = ...
    ) -> T: ...

    def load(
        self,
        source: Readable,
        *,
        type: type[Any] = Portfolio,  # noqa: A002  # as above
        version: int = FORMAT_VERSION,
        unknown: Unknown = "refuse",
        limits: Limits = LIMITS,
    ) -> Any:
        """
        Return the portfolio, or the value of class *type*, in a file or a binary stream; see `loads`.

        Raises:
            InvalidDocumentError: If the document is not valid; lists every problem.
            LimitExceededError: If the document exceeds *limits*.
            OSError: If the file cannot be read.
        """
        self._refuse_other("load", source, type)
        return self.loads(read(source, limits), type=type, version=version, unknown=unknown, limits=limits)

    def read_envelope(self, data: bytes | str, *, limits: Limits = LIMITS) -> Envelope:
        """
        Return the envelope of a document of any version, without reading its content.

        Raises:
            InvalidDocumentError: If it has no envelope.
            LimitExceededError: If the document exceeds *limits*.

        >>> from levier.serialization import json
        >>> json.read_envelope(b'{"format": "levier", "version": 1, "generator": "by hand"}').generator
        'by hand'
        """
        raw = encoded("read_envelope", data)
        with bounded_depth(limits):
            return self.head(raw, limits)

    def _check_version(self, raw: bytes, limits: Limits, version: object) -> None:
        """Raise if a document states another version than the one that was kept beside it."""
        stated = self.head(raw, limits).version
        if type(version) is not int or version != stated:
            expected = f"{shown(version)}, the version that was given beside the document"
            wrong = unlike(("version",), ProblemCode.UNSUPPORTED_FORMAT, expected, stated)
            raise InvalidDocumentError((wrong,))

    def _refuse_other(self, function: str, found: object, kind: Any) -> None:
        if self.only_portfolios and kind is not Portfolio:
            raise InvalidValueError(function, found, f"a portfolio: {self.name} holds nothing else")


# ---------------------------------------------------------------- by suffix

FORMATS: Mapping[str, str] = MappingProxyType(
    {".json": "json", ".ndjson": "ndjson", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}
)
"""The module of each format; imported on first use, because some need an extra."""


def codec_of(function: str, path: PathLike) -> Codec:
    """
    Return the format of a file, by its suffix; *function* is the caller's name, for errors.

    Raises:
        InvalidValueError: If *path* is not a path, or its suffix not that of a format.
        MissingExtraError: If the format needs an extra that is not installed.

    >>> codec_of("load", "plan.json.gz").name
    'JSON'
    """
    file = as_path(function, path)
    while file.suffix.lower() in COMPRESSIONS:
        file = file.with_suffix("")
    if file.suffix.lower() not in FORMATS:
        known = ", ".join(FORMATS)
        expected = f"a file that ends in one of {known}, and may have {' or '.join(COMPRESSIONS)} behind it"
        raise InvalidValueError(function, str(file), expected)
    codec: Codec = import_module(f"levier.serialization.{FORMATS[file.suffix.lower()]}").CODEC
    return codec
