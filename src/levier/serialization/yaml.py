"""
YAML, for documents written by hand, with the extra `yaml`: the only module that uses PyYAML.

Every scalar is text until the type of its field is known, so `no`, `1.20`, `01` and `2019-06-14` keep their text.
A field of whole numbers accepts a plain `3`, a boolean field a plain `true`; a plain `null`, `~` or an empty value is
null.
Tags, repeated keys and a second document are refused; the expansion of aliases is limited.

>>> plan = loads('''
... format: levier
... version: 1
... territories:
...   - {id: 01, label: Ain}
... ''')
>>> plan.territories["01"].label
'Ain'
"""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve

from levier.errors import InvalidDocumentError, LimitExceededError, MissingExtraError, Problem, ProblemCode
from levier.model.portfolio import Portfolio
from levier.serialization._composing import Composer, FoundKey
from levier.serialization._declared import declared
from levier.serialization._plain import typed
from levier.serialization._positions import nearest
from levier.serialization._problems import Unknown
from levier.serialization.codecs import Codec
from levier.serialization.document import portfolio_from
from levier.serialization.envelope import BESIDE, Envelope, Provenance, envelope_from
from levier.serialization.hooks import unstructure
from levier.serialization.limits import Limits, check_built, check_by_hand
from levier.serialization.migrations import current as brought
from levier.serialization.migrations import is_older, migrated
from levier.serialization.values import value_from, written

try:
    import yaml
except ImportError as _error:
    raise MissingExtraError("reading and writing YAML", "yaml") from _error

__all__ = ["CODEC", "dump", "dumps", "load", "loads", "read_envelope"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader, where available, is ten times as fast
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 120
_ADVICE = {
    "scanning an alias": "put a text that begins with * in quotation marks",
    "scanning an anchor": "put a text that begins with & in quotation marks",
    "unknown escape character": r"write \\ for a backslash, or put the text in single quotes",
}


def dumps(value: object, *, provenance: Provenance | None = None, digest: bool = False) -> bytes:
    """
    Return *value* as YAML in UTF-8, in block style, in the order of the classes, without defaults.

    Raises:
        InvalidValueError: If the value cannot be written.

    >>> from levier import Method
    >>> print(dumps(Method(id="no", label="Nudge")).decode())
    id: 'no'
    label: Nudge
    """
    whole = written(value, provenance, digest=digest)
    found = declared(whole, unstructure(whole))
    text: str = yaml.dump(found, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.encode()


def _decode(raw: bytes, kind: type[Any], limits: Limits, version: int, unknown: Unknown) -> Any:
    found = _composed(raw, limits)
    found.noticed.unknown = unknown
    current = _current(found.value) if kind is Portfolio else brought(found.value, kind, version)
    try:
        if kind is Portfolio and current is not found.value:  # a digest covers what was written
            return portfolio_from(typed(current, kind), limits, found.noticed, as_written=typed(found.value, kind))
        return value_from(typed(current, kind), kind, limits, found.noticed)
    except InvalidDocumentError as error:
        raise (_located(error, found) if current is found.value else error) from None


def _head_of(raw: bytes, limits: Limits) -> Envelope:
    return envelope_from(typed(_composed(raw, limits).value, Portfolio), limits)


def _current(found: Any) -> Any:
    """Return a composed document in the current version: only the current classes tell what a plain scalar means."""
    version = typed(found.get("version"), int) if isinstance(found, dict) else None
    return migrated(found | {"version": version}, beside=BESIDE) if is_older(version) else found


def _composed(raw: bytes, limits: Limits) -> FoundKey:
    check_by_hand(raw, limits)
    composer = Composer(len(raw), limits)
    try:
        for event in yaml.parse(raw.decode(), Loader=_LOADER):
            composer.take(event)
    except (InvalidDocumentError, LimitExceededError):
        raise
    except (yaml.YAMLError, ValueError) as error:
        if "nesting depth" in str(error):  # the parser's own limit of a thousand, reached while it looks ahead
            raise LimitExceededError("depth", limits.depth, limits.depth + 1) from None
        raise InvalidDocumentError((_syntax(error, raw),)) from None
    check_built(composer.found().value, limits)
    return composer.found()


def _syntax(error: Exception, raw: bytes) -> Problem:
    message = f"not a YAML document saved as UTF-8: {' '.join(str(error).split())}"
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(pointer="", code=ProblemCode.SYNTAX, message=message)
    line = b"".join(raw.split(b"\n")[mark.line : mark.line + 1]).decode()
    if advice := _advice(message, line[: mark.column], line[mark.column :]):
        message = f"{message}; {advice}"
    return Problem(pointer="", code=ProblemCode.SYNTAX, message=message, line=mark.line + 1, column=mark.column + 1)


def _advice(said: str, before: str, rest: str) -> str:
    """Return what to write instead of a text without quotation marks that YAML takes for another thing."""
    if rest.startswith("\t"):
        return "indent with spaces, not with tabs"
    if "cannot start any token" in said and rest:
        return f"put a text that begins with {rest[:1]} in quotation marks"
    if "mapping values are not allowed" in said and ": " in before:
        return "put a text with a colon in quotation marks"
    return next((advice for words, advice in _ADVICE.items() if words in said), "")


def _located(error: InvalidDocumentError, found: FoundKey) -> InvalidDocumentError:
    places = ((each, nearest(each, found.places)) for each in error.problems)
    return evolve(error, problems=tuple(evolve(each, line=line, column=column) for each, (line, column) in places))


CODEC = Codec(name="YAML", encode=dumps, decode=_decode, head=_head_of)
loads: Final = CODEC.loads
dump: Final = CODEC.dump
load: Final = CODEC.load
read_envelope: Final = CODEC.read_envelope
