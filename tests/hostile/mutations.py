"""What becomes of a good document where bytes, tokens or parts of it are lost, doubled, moved, or very strange."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

_MANY_DIGITS = "9" * 400
_DEEP = "[" * 70

# ---------------------------------------------------------------- traps

NUMBERS = (
    "-0", "-0.0", "0", "1", "1.0", "1.5", "1e0", "1E+2", "1e400", "-1e400", "1e-400", "1E1000000", "0e99999999999999",
    "18446744073709551616", "-9223372036854775809", "9007199254740993", "01", "-01", "1.", ".5", "+1", "--1", "0x10",
    "1_000", "NaN", "nan", "Infinity", "-Infinity", "inf", "1e", "1e+", _MANY_DIGITS, "9" * 1_001, "1" * 4_301,
    f"1.{_MANY_DIGITS}", f"1e{_MANY_DIGITS}",
)  # fmt: skip
TEXTS = (
    "", " ", "a", "a ", " a", "A", "x:y", "::", "p", "FR", "46", "2A", "0", "1", "-1", "1.50", "0.005", "1,5", "1e5",
    "1E-7", "-0", "-0.00", "+1", "1_000", "00", "NaN", "Infinity", "\u0661", "\uff11", "900000000000000000", "2019",
    "2019-13", "2019-02-30", "2019-06-14", "2019-6-14", "2019-W01", "20190614", "0000", "0001-01-01", "9999-12-31",
    "10000", "2020/2019", "2018/2022", "2019-01-01T00:00:00", "actual", "days", "share", "euros", "wizard", "campus",
    "commitment", "levier", "sha256:00", "null", "true", "\u00a0", "\u200b", "\u202e", "\u2028", "\x85", "\ufeff",
    "\x7f", "\0", "\x1b[31m", "\ud800", "\udc00\ud800", "a\udfff", "\U0001f600", "e\u0301", "\u00e9", "\ufb01",
    "~", "/", "~1",
    "a/b", "a~0b", "__class__", "id", "\t", "\n", "\r", "a\nb", "k" * 300, "9" * 1_001,
)  # fmt: skip
KEYS = (
    "", "id", "label", "kind", "version", "format", "digest", "provenance", "generator", "projects", "methods", "value",
    "Id", "id ", " id", "colour", "a:b", "a/b", "a~b", "\ud800", "\0", "\u00e9", "e\u0301", "__class__", "self", "0",
    "-1", "k" * 300, "steps", "entries", "awards", "period", "amount", "on", "source_id", "unit", "lower", "upper",
)  # fmt: skip
_ODD = (None, True, False, 0, -1, 1, 1.5, 10**20, [], {}, [[]], [None], [{}], {"": 0}, {"id": "a"}, {"kind": "campus"})

IN_JSON = (
    *NUMBERS, "null", "true", "false", "True", "nul", "undefined", "[]", "{}", "[", "]", "{", "}", ",", ",,", ":", "::",
    '"', '"a', "'a'", "//x", "/*x*/", "#x", "\\", '"\\ud800"', '"\\uD800\\uDC00"', '"\\udc00\\ud800"', '"\\u0000"',
    '"\\u003a"', '"\\u0069d"', '"\\u0069\\u0064"', '"\\x41"', '"\\u12"', '"\\', '"\x01"', '"\n"', '"\t"', "\0", "\x0b",
    "\x0c", "\xa0", "\u2028", "\ufeff", "\u3000", _DEEP, "]" * 70, '{"a":' * 70, '"a":1', '"id":"a"', '"id":1,"id":2',
    '"version":1', '"version":1.0', '"version":-0', '"version":1e0', '"\\u0076ersion":1', '"digest":"x"', '"digest":1',
    '"provenance":{"by":"x"}', '"provenance":{"by":"\\ud800"}', '"provenance":1', '"\\ud800":1', '"x":"\\ud800"',
    '"digest":"\\udc00"',
)  # fmt: skip
IN_TOML = (
    *NUMBERS, "true", "false", "[", "]", "[[", "]]", "{", "}", "=", ".", ",", '"', "'", '"""', "'''", "#", "\\", "\n",
    "\r", "\r\n", "\0", "\x7f", '"\\ud800"', '"\\U0001F600"', '"\\U00110000"', '"\\x41"', '"\\e"', "0o17", "0b1", "0xf",
    "2019-06-14", "2019-06-14T00:00:00Z", "2019-06-14 00:00:00.999999999", "24:00:00", "23:59:60", "2019-02-30",
    "9999-12-31T23:59:59-23:59", "0000-01-01", "inf", "-inf", "nan", "+nan", "1e9999", "a = 1\n", "a.b = 1\n",
    "[a]\n", "[a.b]\n", "[[a]]\n", "[[methods]]\n", '"" = 1\n', "'id' = 'a'\n", "id = 1\n", "\xa0", "\ufeff", _DEEP,
    "a = {" * 70, "a." * 70, "version = 1.0\n", "digest = 'x'\n", "provenance = {by = 'x'}\n",
)  # fmt: skip
IN_YAML = (
    *NUMBERS, "true", "yes", "no", "~", "null", "- ", "-", "? ", ": ", ":", ", ", "[", "]", "{", "}", "&a ", "*a",
    "*id", "&a *a", "!x ", "!!str ", "!!python/object:os.system ", "<<: ", "<<: *a", "|", ">", "|+", "|9", ">-\n",
    "'", '"',
    "#", " #", "%YAML 1.1\n", "%TAG ! x\n", "---\n", "--- ", "...\n", "\t", "\n", "\r", "\r\n", "\n\n  ", "\x85",
    "\u2028", "\0", "\x07", '"\\x00"', '"\\ud800"', '"\\uD83D\\uDE00"', '"\\U0001F600"', '"\\U00110000"', '"\\z"',
    '"\\N"', '"\\_"', "@", "`", "2019-06-14", "1:30", "0o17", ".inf", ".nan", "=", "\ufeff", "\xa0", _DEEP, "{a: " * 70,
    "- " * 70, "? " * 70, "a: 1\n", "id: a\n", "1: 1\n", "[a]: 1\n", "'': 1\n", "version: 1.0\n", "digest: x\n",
    "a: &a [*a]\n", "&a a: *a\n",
)  # fmt: skip
IN_LINES = (*IN_JSON, "\n", "\r\n", "\n\n", '{"methods":{"id":"a","label":"b"}}\n', "{}\n", "[]\n", "1\n", "\x85")
_BYTES = (
    b"\xff", b"\0", b"\x80", b"\xc0\xaf", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\r\n",
    b"\r", b"\n", b"\xc2\x85", b"\xe2\x80\xa8", b"\xfe\xff", b" ", b"\t", b"\\", b'"', b"\x1a",
)  # fmt: skip

# ---------------------------------------------------------------- parts


def spoiled(random: Random, value: Any, others: Any) -> Any:
    """Return builtins with one part of them lost, doubled, moved or replaced; *others* are where parts are taken."""
    if not isinstance(value, dict | list) or not value or random.random() < 0.15:
        return _instead(random, value, others)
    return (_spoiled_object if isinstance(value, dict) else _spoiled_array)(random, value, others)


def _spoiled_object(random: Random, value: dict[str, Any], others: Any) -> dict[str, Any]:
    act, key = random.random(), random.choice(list(value))
    if act < 0.08:
        return {name: part for name, part in value.items() if name != key}
    if act < 0.12:
        return {random.choice(KEYS) if name == key else name: part for name, part in value.items()}
    if act < 0.16:
        return value | {random.choice(KEYS): _instead(random, value, others)}
    return value | {key: spoiled(random, value[key], others)}


def _spoiled_array(random: Random, value: list[Any], others: Any) -> list[Any]:
    act, place = random.random(), random.randrange(len(value))
    if act < 0.06:
        return value[:place] + value[place + 1 :]
    if act < 0.12:
        return [*value, value[place]]
    if act < 0.16:
        return value[::-1]
    return [*value[:place], spoiled(random, value[place], others), *value[place + 1 :]]


def _instead(random: Random, value: Any, others: Any) -> Any:
    act = random.random()
    if act < 0.35:
        return random.choice(TEXTS)
    if act < 0.5:
        return random.choice(_ODD)
    if act < 0.6:
        return random.choice([[value], [value, value], {"a": value}, {"id": value}])
    if act < 0.65 and isinstance(value, str):
        place = random.randint(0, len(value))
        return value[:place] + random.choice(TEXTS) + value[place:]
    part = others
    while isinstance(part, dict | list) and part and random.random() < 0.85:
        part = random.choice(list(part.values()) if isinstance(part, dict) else part)
    return part


# ---------------------------------------------------------------- tokens

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[A-Za-z0-9_.+-]+|\s+|.', re.DOTALL)
_TEXT = re.compile(r'"[^"\\]+"')


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a text of any format, white space too: together they are the text."""
    return _TOKEN.findall(text)


def reworked(random: Random, text: str, other: str, traps: Sequence[str]) -> str:
    """Return a text with a few of its tokens lost, doubled, swapped, replaced, escaped or taken from another one."""
    tokens = tokens_of(text)
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        tokens = _ACTS[random.randrange(len(_ACTS))](random, tokens, other, traps) or [" "]
    return "".join(tokens)


def _lose(random: Random, tokens: list[str], *_: Any) -> list[str]:
    start = random.randrange(len(tokens))
    return tokens[:start] + tokens[start + random.choice([1, 1, 2, 4, 8]) :]


def _double(random: Random, tokens: list[str], *_: Any) -> list[str]:
    start = random.randrange(len(tokens))
    end = start + random.choice([1, 2, 4, 8])
    return tokens[:end] + tokens[start:end] + tokens[end:]


def _double_pair(random: Random, tokens: list[str], *_: Any) -> list[str]:
    places = [place for place, token in enumerate(tokens[:-2]) if tokens[place + 1] == ":" and token[:1] == '"']
    if not places:
        return tokens
    place = random.choice(places)
    key = random.choice([tokens[place], _escaped(random, tokens[place])])
    return [*tokens[:place], key, ":", random.choice(["1", tokens[place + 2], '""']), ",", *tokens[place:]]


def _swap(random: Random, tokens: list[str], *_: Any) -> list[str]:
    one, two = random.randrange(len(tokens)), random.randrange(len(tokens))
    tokens[one], tokens[two] = tokens[two], tokens[one]
    return tokens


def _replace(random: Random, tokens: list[str], _: str, traps: Sequence[str]) -> list[str]:
    worth = [place for place, token in enumerate(tokens) if token[:1].isalnum() or token[:1] == '"'] or [0]
    tokens[random.choice(worth)] = random.choice(traps)
    return tokens


def _insert(random: Random, tokens: list[str], _: str, traps: Sequence[str]) -> list[str]:
    place = random.randint(0, len(tokens))
    return [*tokens[:place], random.choice(traps), *tokens[place:]]


def _splice(random: Random, tokens: list[str], other: str, _: Sequence[str]) -> list[str]:
    taken = tokens_of(other) or [""]
    start, place = random.randrange(len(taken)), random.randrange(len(tokens))
    return tokens[:place] + taken[start : start + random.choice([1, 3, 9, 30])] + tokens[place + 1 :]


def _escape(random: Random, tokens: list[str], *_: Any) -> list[str]:
    worth = [place for place, token in enumerate(tokens) if _TEXT.fullmatch(token)]
    for place in random.sample(worth, min(len(worth), random.choice([1, 1, 5]))):
        tokens[place] = _escaped(random, tokens[place])
    return tokens


def _escaped(random: Random, token: str) -> str:
    if not _TEXT.fullmatch(token):
        return token
    text = list(token[1:-1])
    place = random.randrange(len(text))
    written = json.dumps(text[place])[1:-1]
    text[place] = written if len(written) > 1 else f"\\u{ord(text[place]):04x}"
    return f'"{"".join(text)}"'


_ACTS: tuple[Callable[[Random, list[str], str, Sequence[str]], list[str]], ...] = (
    _lose, _double, _double_pair, _swap, _replace, _replace, _insert, _insert, _splice, _escape,
)  # fmt: skip

# ---------------------------------------------------------------- bytes


def gnawed(random: Random, data: bytes) -> bytes:
    """Return bytes of which a few are flipped, lost, doubled or strange, or which are encoded in another way."""
    for _ in range(random.choice([1, 1, 2, 5])):
        place = random.randint(0, len(data))
        match random.randrange(7):
            case 0 | 1:
                data = data[:place] + random.choice(_BYTES) + data[place:]
            case 2:
                data = data[:place] + random.choice(_BYTES) + data[place + 1 :]
            case 3:
                data = data[:place] + random.randbytes(1) + data[place + 1 :]
            case 4:
                data = data[:place] + data[place + random.choice([1, 2, 9]) :]
            case 5:
                data = data[: place + 9] + data[place:]
            case _:
                data = _recoded(random, data)
    return data


def _recoded(random: Random, data: bytes) -> bytes:
    text = data.decode(errors="replace")
    return random.choice(
        [
            b"\xef\xbb\xbf" + data,
            b"\xef\xbb\xbf\xef\xbb\xbf" + data,
            data.replace(b"\n", b"\r\n"),
            data.replace(b"\n", b"\r"),
            data + b"\0",
            data[: random.randint(0, len(data))],
            text.encode("utf-16"),
            text.encode("utf-16-le"),
            text.encode("utf-32"),
            text.encode("latin-1", errors="replace"),
            text.encode("utf-7"),
            text.encode("utf-8-sig"),
        ]
    )


TRAPS: Mapping[str, Sequence[str]] = {
    "json": IN_JSON,
    "ndjson": IN_LINES,
    "records": IN_LINES,
    "toml": IN_TOML,
    "yaml": IN_YAML,
}
"""The tokens that each reader may stumble over."""


def mutants(random: Random, name: str, texts: Sequence[str]) -> Iterator[bytes]:
    """Yield mutants of the texts of a format, for ever: most of their tokens, some of their bytes, some of both."""
    while True:
        text = random.choice(texts)
        act = random.random()
        if act < 0.85:
            text = reworked(random, text, random.choice(texts), TRAPS[name])
        data = text.encode(errors="surrogatepass")
        yield gnawed(random, data) if act > 0.75 else data
