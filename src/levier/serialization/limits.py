"""
How large a document may be: its size, depth, number of items, and the digits of its numbers.

Each limit is checked before what it limits costs anything: on the text, by means that run at the speed of C.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, final

from attrs import field, frozen

from levier.errors import InvalidValueError, LimitExceededError
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
]

# Possessive, here and below: a pattern that may go back keeps a note of each step, or takes time by the square.
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
"""No document of ours is as deep."""
_OUR_DIGITS = 16
"""No number of ours is longer."""
_count: Validator = integer(1)


@final
@frozen(kw_only=True)
class Limits:
    """
    What a document may be; beyond it, reading raises before it costs memory.

    *size_bytes* is in bytes, of the text in UTF-8 or, where it is compressed, of what it is decompressed to.
    *compressed_bytes* is in bytes, of what is decompressed; *frames* is how many frames or members it may be cut into
    (programs that compress in parallel write one for each 64 KiB or more).
    *depth* is how many arrays and objects may stand within each other.
    *items* is how many items of arrays and pairs of objects there may be in all.
    *digits* is how many digits a number may have; a decimal in text may have at most 1,000 whatever is set, and no
    whole number more than Python itself reads (4,300, or what `-X int_max_str_digits` says).
    *problems* is how many problems of a bad document are described; beyond it they are only counted.
    In NDJSON each limit is of one line and, where the document is loaded whole, *size_bytes* is of all of it too.

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
"""What a document may be if nothing else is said: 256 MiB, 64 levels, 20 million items, numbers of 1,000 digits."""


def encoded(function: str, data: bytes | str) -> bytes:
    r"""
    Return what is to be read as bytes, without the byte order mark that editors of Windows put before it.

    In UTF-8 it marks nothing; RFC 8259 (section 8.1) lets a reader ignore it, and every reader of ours does.
    Half a surrogate pair, which is no text, becomes bytes that are none either.

    Raises:
        InvalidValueError: For anything but bytes or text; *function* is who was given it.

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
    Turn what Python raises where its stack ends into the limit that keeps documents from going so deep.

    It may end early where the caller is deep in it already, or *limits* allow more than Python does.

    Raises:
        LimitExceededError: In the place of a `RecursionError`.
    """
    try:
        yield
    except RecursionError:
        raise LimitExceededError("depth", limits.depth, limits.depth + 1) from None


def check_size(data: bytes, limits: Limits) -> None:
    """
    Refuse what is too large, or may hold too many items.

    Raises:
        LimitExceededError: If it is.
    """
    _refuse_more("size_bytes", limits.size_bytes, len(data))
    # An item takes two bytes at least: most documents need no counting.
    if len(data) // 2 >= limits.items and _separators(data) > limits.items:
        _refuse_more("items", limits.items, _items(data, limits.items))


def check_json(data: bytes, limits: Limits, depth: int = 0) -> None:
    """
    Refuse JSON that is too deep or has too long a number; it stands *depth* levels deep itself.

    Raises:
        LimitExceededError: If it is, or has.
    """
    if depth + len(data) <= limits.depth and len(data) <= _allowed_digits(limits):
        return
    bare = _TEXT.sub(b"", data)
    allowed = min(limits.depth, sys.getrecursionlimit())  # no parser goes deeper
    _refuse_more("depth", allowed, depth + _depth(bare, allowed))
    _refuse_more("digits", _allowed_digits(limits), _digits(bare, _allowed_digits(limits)))


def check_by_hand(data: bytes, limits: Limits) -> None:
    """
    Refuse TOML or YAML that is too large or has too long a number, in a text or not, or may have too many items.

    Raises:
        LimitExceededError: If it is, or has.
    """
    _refuse_more("size_bytes", limits.size_bytes, len(data))
    _refuse_more("items", limits.items, _separators(data) + data.count(b"\n") + 1)
    _refuse_more("digits", _allowed_digits(limits), _digits(data, _allowed_digits(limits)))


def check_narrow(data: bytes, limits: Limits) -> None:
    """
    Refuse JSON that is to be built in bulk, where less is allowed than what can be built so has at most.

    Raises:
        LimitExceededError: If it is deeper, or has a longer number.
    """
    if limits.depth < _OUR_DEPTH or limits.digits < _OUR_DIGITS:
        check_json(data, limits)


def check_dotted(data: bytes, limits: Limits) -> None:
    """
    Refuse TOML whose dotted keys are too deep, before they are opened: that takes time by the square of their depth.

    Raises:
        LimitExceededError: If one is.
    """
    if not any(line.count(b".") >= limits.depth for line in data.split(b"\n")):
        return
    # Texts are sought from the beginning on: which quote begins one, only what stands before can tell.
    deepest = max((key.count(b".") for key in _DOTTED.findall(_TEXT_OF_TOML.sub(b"x", data))), default=0)
    _refuse_more("depth", limits.depth, deepest + 1)


def check_built(found: Any, limits: Limits) -> None:
    """
    Refuse builtins that are too deep.

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
    """Return at least how many items there are: each stands behind a comma or a bracket."""
    return data.count(b",") + data.count(b"[") + data.count(b"{")


def _items(data: bytes, allowed: int) -> int:
    """Return how many items there are or, where there are too many, how many are."""
    before_items = (True for found in _TEXT_OR_ITEM.finditer(data) if found[0][:1] != b'"')
    return sum(islice(before_items, allowed + 1))


def _allowed_digits(limits: Limits) -> int:
    """Return how many digits a number may have: Python may allow less (`-X int_max_str_digits`), or any with 0."""
    return min(limits.digits, sys.get_int_max_str_digits() or limits.digits)


def _digits(data: bytes, allowed: int) -> int:
    """Return how many digits the first number has that has too many, or zero."""
    if allowed >= len(data):
        return 0
    longest = re.search(rb"(?<![0-9_])[0-9][0-9_]{%d,}" % allowed, data)
    return len(longest[0]) if longest else 0


def _depth(bare: bytes, allowed: int) -> int:
    """Return how deep JSON without its texts is or, where that is too deep, a depth that is."""
    # What holds nothing is taken away, level by level: no call of Python for each bracket.
    brackets, depth = bare.translate(_ROUND, _ALL_BUT_BRACKETS), 0
    while b"[]" in brackets and depth <= allowed:
        brackets, depth = brackets.replace(b"[]", b""), depth + 1
    return depth + brackets.count(b"[")
