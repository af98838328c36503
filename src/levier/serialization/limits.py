"""
The limits of a document: its size, depth, number of items, and the digits of its numbers.

Each limit is checked before the cost that it limits arises: on the text, with functions that run at the speed of C.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from attrs import field, frozen

from levier.errors import InvalidValueError, LimitExceededError
from levier.errors.final import final
from levier.model._fields import Validator, integer

__all__ = [
    "LIMITS",
    "Limits",
    "bounded_depth",
    "check_built",
    "check_by_hand",
    "check_dotted",
    "check_json",
    "check_narrow",
    "check_size",
    "encoded",
    "out_of_reach",
]

# Possessive quantifiers, here and below: backtracking would take memory for each step, or quadratic time.
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_TEXT_OR_ITEM = re.compile(_TEXT.pattern + rb"|,|[\[{](?=\s*[^\s\]}])", re.DOTALL)
_ALL_BUT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_ROUND = bytes.maketrans(b"{}", b"[]")
_TEXT_OF_TOML = re.compile(
    rb'''
    """ (?: [^"\\]++ | \\. | "(?!"") )*+ (?: "{3,5} | \Z )     # of several lines; it may end in two quotes of its own
    | \'{3} (?: [^']++ | '(?!'') )*+ (?: \'{3,5} | \Z )
    | " (?: [^"\\\n]++ | \\[^\n] )*+ "?
    | \' [^'\n]*+ \'?
    | \# [^\n]*+
    ''',
    re.DOTALL | re.VERBOSE,
)
_DOTTED = re.compile(rb"(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]++[ \t]*+\.[ \t]*+)++")
_OUR_DEPTH = 16
"""A depth that no document of levier reaches."""
_OUR_DIGITS = 16
"""A number of digits that no number of levier reaches."""
_count: Validator = integer(1)


@final
@frozen(kw_only=True)
class Limits:
    """
    The limits of a document; reading raises an error before a document above them takes memory.

    *size_bytes* is the number of bytes of the text in UTF-8, after decompression.
    *compressed_bytes* is the number of bytes before decompression; *frames* is the number of frames or gzip members
    (programs that compress in parallel write one for each 64 KiB or more).
    *depth* is the number of nested arrays and objects.
    *items* is the total number of items of arrays and pairs of objects.
    *digits* is the number of digits of a number. A decimal in text always has at most 1,000, and a whole number at
    most as many as Python reads (4,300, or the value of `-X int_max_str_digits`).
    *problems* is the number of problems of an invalid document that are described; further ones are only counted.
    In NDJSON, each limit applies to one line; if the document is loaded whole, *size_bytes* also applies to all of it.

    >>> from levier.serialization import loads
    >>> loads(b'{"format": "levier", "version": 1}', limits=Limits(size_bytes=10))
    Traceback (most recent call last):
        ...
    levier.errors.LimitExceededError: the document exceeds a limit: size_bytes 34, allowed 10; ...
    """

    size_bytes: int = field(default=256 * 2**20, validator=_count)
    depth: int = field(default=64, validator=_count)
    compressed_bytes: int = field(default=256 * 2**20, validator=_count)
    frames: int = field(default=10_000, validator=_count)
    items: int = field(default=20_000_000, validator=_count)
    digits: int = field(default=1_000, validator=_count)
    problems: int = field(default=1_000, validator=_count)


LIMITS = Limits()
"""The default limits: 256 MiB, 64 levels, 20 million items, numbers of 1,000 digits."""


def encoded(function: str, data: bytes | str) -> bytes:
    r"""
    Return *data* as bytes, without the byte order mark that Windows editors write.

    In UTF-8 the mark has no meaning; RFC 8259 (section 8.1) allows readers to ignore it, and all ours do.
    A lone surrogate, which is not valid text, becomes bytes that are not valid UTF-8 either.

    Raises:
        InvalidValueError: If *data* is neither bytes nor text; *function* is the caller's name.

    >>> encoded("loads", "\ufeff{}"), encoded("loads", b"\xef\xbb\xbf{}")
    (b'{}', b'{}')
    """
    if not isinstance(data, bytes | str):
        raise InvalidValueError(function, data, "bytes or text")
    raw = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    return raw.removeprefix(b"\xef\xbb\xbf")


@contextmanager
def bounded_depth(limits: Limits) -> Iterator[None]:
    """
    Convert a `RecursionError` of Python into the error of the limit on depth.

    The stack may overflow below the limit if the caller is already deep in it, or if *limits* allow more than Python.

    Raises:
        LimitExceededError: Instead of a `RecursionError`.
    """
    try:
        yield
    except RecursionError:
        raise LimitExceededError("depth", limits.depth, limits.depth + 1) from None


def check_size(data: bytes, limits: Limits) -> None:
    """
    Raise if the data is too large, or may hold too many items.

    Raises:
        LimitExceededError: If it does.
    """
    _refuse_more("size_bytes", limits.size_bytes, len(data))
    # An item takes at least two bytes, so most documents are small enough without counting.
    if len(data) // 2 >= limits.items and _separators(data) > limits.items:
        _refuse_more("items", limits.items, _items(data, limits.items))


def check_json(data: bytes, limits: Limits, depth: int = 0) -> None:
    """
    Raise if JSON, itself *depth* levels deep, is too deep or has too long a number.

    Raises:
        LimitExceededError: If it is or has.
    """
    if depth + data.count(b"[") + data.count(b"{") <= limits.depth and len(data) <= _allowed_digits(limits):
        return
    bare = _TEXT.sub(b"", data)
    allowed = min(limits.depth, sys.getrecursionlimit())  # no parser goes deeper
    _refuse_more("depth", allowed, depth + _depth(bare, allowed))
    _refuse_more("digits", _allowed_digits(limits), _digits(bare, _allowed_digits(limits)))


def check_by_hand(data: bytes, limits: Limits) -> None:
    """
    Raise if TOML or YAML is too large, may have too many items, or has too long a number, even in a text.

    Raises:
        LimitExceededError: If it is or has.
    """
    _refuse_more("size_bytes", limits.size_bytes, len(data))
    _refuse_more("items", limits.items, _separators(data) + data.count(b"\n") + 1)
    _refuse_more("digits", _allowed_digits(limits), _digits(data, _allowed_digits(limits)))


def check_narrow(data: bytes, limits: Limits) -> None:
    """
    Raise if JSON exceeds limits that are narrower than what our classes can hold, before it is built in bulk.

    Raises:
        LimitExceededError: If it is too deep or has too long a number.
    """
    if limits.depth < _OUR_DEPTH or limits.digits < _OUR_DIGITS:
        check_json(data, limits)


def out_of_reach(size: int, limits: Limits) -> bool:
    """Return whether no JSON of so many bytes that a class of ours is read from exceeds a limit."""
    return (
        size <= limits.size_bytes
        and size // 2 < limits.items
        and limits.depth >= _OUR_DEPTH
        and limits.digits >= _OUR_DIGITS
    )


def check_dotted(data: bytes, limits: Limits) -> None:
    """
    Raise if a dotted key of TOML is too deep; parsing one takes quadratic time in its depth.

    Raises:
        LimitExceededError: If it is.
    """
    if not any(line.count(b".") >= limits.depth for line in data.split(b"\n")):
        return
    # Texts are found from the start of the document: only the preceding text tells whether a quote opens or closes one.
    deepest = max((key.count(b".") for key in _DOTTED.findall(_TEXT_OF_TOML.sub(b"x", data))), default=0)
    _refuse_more("depth", limits.depth, deepest + 1)


def check_built(found: Any, limits: Limits) -> None:
    """
    Raise if builtins are too deep.

    Raises:
        LimitExceededError: If they are.
    """
    level, depth = [found], 0
    while level:
        level = [part for part in level if type(part) in (dict, list)]
        depth += bool(level)
        _refuse_more("depth", limits.depth, depth)
        level = [part for held in level for part in (held.values() if type(held) is dict else held)]


def _refuse_more(limit: str, allowed: int, found: int) -> None:
    if found > allowed:
        raise LimitExceededError(limit, allowed, found)


def _separators(data: bytes) -> int:
    """Return a lower bound of the number of items: each is preceded by a comma or a bracket."""
    return data.count(b",") + data.count(b"[") + data.count(b"{")


def _items(data: bytes, allowed: int) -> int:
    """Return the number of items; once it exceeds *allowed*, any number above *allowed*."""
    before_items = (True for found in _TEXT_OR_ITEM.finditer(data) if found[0][:1] != b'"')
    return sum(islice(before_items, allowed + 1))


def _allowed_digits(limits: Limits) -> int:
    """Return the allowed number of digits: Python may allow fewer (`-X int_max_str_digits`), or any number with 0."""
    return min(limits.digits, sys.get_int_max_str_digits() or limits.digits)


def _digits(data: bytes, allowed: int) -> int:
    """Return the number of digits of the first number that is too long, or zero."""
    if allowed >= len(data):
        return 0
    longest = re.search(rb"(?<![0-9_])[0-9][0-9_]{%d,}" % allowed, data)
    return len(longest[0]) if longest else 0


def _depth(bare: bytes, allowed: int) -> int:
    """Return the depth of JSON without its texts; if it is too deep, some depth above *allowed*."""
    # Innermost brackets are removed, one level at a time, so that there is no Python call for each bracket.
    brackets, depth = bare.translate(_ROUND, _ALL_BUT_BRACKETS), 0
    while b"[]" in brackets and depth <= allowed:
        brackets, depth = brackets.replace(b"[]", b""), depth + 1
    return depth + brackets.count(b"[")
