"""Documents that are made to cost: each shape is a pattern, repeated up to a size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from levier import catalogue
from levier.model.portfolio import Portfolio
from levier.serialization.document import ITEMS
from levier.testing import samples
from whole import whole

Shape = Callable[[int], bytes]
"""Gives a document of about so many bytes."""
Shapes = Iterator[tuple[str, Shape]]

HEAD = '{"format":"levier","version":1'
LINE = HEAD + "}\n"


def repeated(size: int, before: bytes, part: Callable[[int], bytes], after: bytes, gap: bytes) -> bytes:
    """Return parts in a row, as many as make up a size; a part may differ with its number."""
    parts, total = list[bytes](), len(before) + len(after)
    for number in count():
        parts.append(part(number))
        total += len(parts[-1]) + len(gap)
        if total >= size:
            break
    return before + gap.join(parts) + after


def row(before: str, part: str, after: str = "", gap: str = "") -> Shape:
    """Return the shape of parts in a row; `%d` in a part stands for its number."""
    made = partial(_numbered, part)
    return partial(repeated, before=before.encode(), part=made, after=after.encode(), gap=gap.encode())


def _numbered(part: str, number: int) -> bytes:
    return part.replace("%d", str(number)).encode()


def halves(before: str, first: str, between: str, second: str, after: str) -> Shape:
    """Return the shape of two rows of as many parts; the second one counts down."""

    def made(size: int) -> bytes:
        numbers = range(max(1, size // (len(first) + len(second) + 8)))
        rows = [
            ",".join(part.replace("%d", str(number)) for number in order)
            for part, order in ((first, numbers), (second, numbers[::-1]))
        ]
        return (before + rows[0] + between + rows[1] + after).encode()

    return made


def items(noun: str, part: str) -> Shape:
    """Return the shape of a document of one noun."""
    return row(f'{HEAD},"{noun}":[', part, "]}", ",")


# ---------------------------------------------------------------- texts

_PARTS = (
    " ", "\n", "\0", "\\", '"', '\\"', "[", "]", "{", "}", '{"a":', "[]", "{}", ",", ":", "1", "-", "1e", ".", "t",
    "é", "\ufeff", "'", "#", "=", "&a ", "*a ", "- ", "? ", "a.", "[a]\n", "a=1\n", "|\n", "1,", '"a"', "a:",
)  # fmt: skip
_IN_TEXTS = ("\\\\", '\\"', "\\n", "\\u0000", "\\ud800", "\\u003a", "\\/", "x", " ", "9", "é")


def texts() -> Shapes:
    """Yield texts that are hard for a parser, whatever the format."""
    for part in _PARTS:
        yield f"only {part!r}", row("", part)
        yield f"an open text of {part!r}", row('"', part)
        yield f"a text of {part!r}", row(HEAD + ',"generator":"', part, '"}')
    yield "bytes that are none", lambda size: b"\xff" * size
    for part in _IN_TEXTS:
        yield f"a key of {part}", row(HEAD + ',"', part, '":1}')
        yield f"a key of an item, of {part}", row(HEAD + ',"methods":[{"', part, '":1}]}')
        yield f"a kind of {part}", row(HEAD + ',"instruments":[{"kind":"', part, '"}]}')
        yield f"a value of {part}", row(HEAD + ',"observations":[{"value":"', part, '"}]}')
        yield f"a period of {part}", row(HEAD + ',"observations":[{"period":"', part, '"}]}')
        yield f"an amount of {part}", row(HEAD + ',"funds":[{"entries":[{"amount":"', part, '"}]}]}')
        yield f"an identifier of {part}", row(HEAD + ',"methods":[{"id":"', part, '"}]}')


# ---------------------------------------------------------------- keys

_PAIRS = (
    '"a":1', '"a%d":1', '"a":[]', '"a":{}', '"a":[%d]', '"a":"%d"', '"methods":[]', '"methods":[%d]', '"version":1',
    '"version":%d', '"provenance":{"by":"x"}', '"provenance":{"a%d":1}', '"\\u0061":%d', '"":{"":0}',
    '"methods":[{"a":1}]', '"a":{"b":1,"b":%d}', f'"{"k" * 1000}%d":1', f'"{"k" * 1000}%d":{{"a":1,"a":2}}',
)  # fmt: skip


def keys() -> Shapes:
    """Yield keys of JSON: many, repeated, long, at the top and below."""
    nested = '{"a":' * 50
    for pair in _PAIRS:
        yield f"pairs of {pair[:30]}", row(HEAD + ",", pair, "}", ",")
        yield f"pairs of {pair[:30]} in an item", row(HEAD + ',"methods":[{', pair, "}]}", ",")
        yield f"pairs of {pair[:30]} deep", row(f'{HEAD},"a":{nested}{{', pair, "}" * 52, ",")
    yield "deep pairs", row(HEAD + ',"a":[', nested + "1" + "}" * 50, "]}", ",")
    yield "deep pairs twice", row(HEAD + ',"a":[', nested + '{"a":1,"a":1}' + "}" * 50, "]}", ",")
    yield "keys under a long key", _under_a_long_key


def _under_a_long_key(size: int) -> bytes:
    twice = ",".join(f'"a{number}":1,"a{number}":1' for number in range(size // 32))
    return f'{HEAD},"{"x" * (size // 2)}":{{{twice}}}}}'.encode()


# ---------------------------------------------------------------- items

JUNK = (
    "1", "{}", "[]", "null", '""', "%d", "[0]", '{"":0}', '{"a%d":1}', '{"a":1,"a":1}', "-0", "1e400", "0.5", "true",
    '"\\ud800"', '{"id":"a%d"}', '{"id":"a"}', '{"label":""}', '{"id":1,"label":1}', '{"id":"A","label":" "}',
    '{"id":1}', '{"kind":"wizard%d"}', '{"id":"a%d","label":"b"}',
)  # fmt: skip


def bad_items() -> Shapes:
    """Yield arrays of items that are wrong, or hardly right, in one way."""
    for noun in ITEMS:
        for junk in JUNK:
            yield f"{noun} of {junk}", items(noun, junk)


HOLE = "\u0001"
_VALUES = (
    "1", "null", '""', "[]", "{}", '" x"', "true", "1e400", "[[]]", '[""]', "[1]", "[{}]", "[null]", '"x"', '"%d"',
    '"a%d"', '"2019"', '"0.%d"', "%d",
)  # fmt: skip


def bad_values() -> Shapes:
    """Yield good items with one part that may be anything, and one good item with an array that is full of anything."""
    for noun, things in rich().items():
        for item, place in _new_places(things):
            name = "/".join(map(str, (noun, *place)))
            before, after = json.dumps(replaced(item, place, HOLE), separators=(",", ":")).split(json.dumps(HOLE))
            opening = f'{HEAD},"{noun}":['
            for junk in _VALUES:
                yield f"{name} is {junk}", row(opening, before + junk + after, "]}", ",")
            held = part_at(item, place)
            if isinstance(held, list) and place:
                like = [json.dumps(each, separators=(",", ":")) for each in held[:2]]
                for junk in (*JUNK, '"a%d"', '"R%d"', *like):
                    yield f"{name} is full of {junk[:40]}", row(f"{opening}{before}[", junk, f"]{after}]}}", ",")
            if isinstance(held, str):
                for part in (*_IN_TEXTS, "-", "/", "."):
                    yield f"{name} is a text of {part}", row(f'{opening}{before}"', part, f'"{after}]}}')


def rich() -> Mapping[str, list[Any]]:
    """Return items as they are written, by noun, which have all the parts that there are."""
    plans = (samples.portfolio(projects=3), catalogue.action_publique_2022(), Portfolio.of(samples.fund(awards=2)))
    written = [whole(plan) for plan in plans]
    return {noun: [item for document in written for item in document[noun]] for noun in ITEMS}


def _new_places(things: Iterable[Any]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the places of things, each with the first thing that has it."""
    seen = set[tuple[Any, ...]]()
    for item in sorted(things, key=lambda each: -len(list(places(each)))):
        for place in places(item):
            sort = (item.get("kind") if "audience" in item or "edition" in item else "", *place)
            if sort not in seen:
                seen.add(sort)
                yield item, place


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the places of the parts of some builtins; of an array, those of its first item."""
    yield at
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, (*at, key))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*at, 0))


def part_at(value: Any, place: tuple[Any, ...]) -> Any:
    """Return what stands at a place."""
    for step in place:
        value = value[step]
    return value


def replaced(value: Any, place: tuple[Any, ...], part: Any) -> Any:
    """Return builtins with another part at a place."""
    if not place:
        return part
    copied: Any = dict(value) if isinstance(value, dict) else list(value)
    copied[place[0]] = replaced(value[place[0]], place[1:], part)
    return copied


# ---------------------------------------------------------------- what has to do with each other


def pairs() -> Shapes:
    """Yield documents in which two long arrays have to do with each other, or all items of one."""
    project, reform = f'{HEAD},"projects":[{{"id":"p","label":"P",', f'{HEAD},"reforms":[{{"id":"p","label":"P",'
    yield "activations", halves(project + '"lever_ids":[', '"a%d"', '],"activations":[', '{"lever_id":"a%d"}', "]}]}")
    weight = '{"indicator_id":"a%d","weight":"1"}'
    yield "weights", halves(reform + '"indicator_ids":[', '"a%d"', '],"weights":[', weight, "]}]}")
    lever = '{"id":"a%d","label":"L"}'
    levers = halves(f'{HEAD},"levers":[', lever, f"],{project[len(HEAD) + 1 :]}" + '"lever_ids":[', '"a%d"', "]}]}")
    yield "levers of a project", levers
    yield from _of_funds()
    carte = f'{HEAD},"instruments":[{{"kind":"carte-blanche","id":"c","label":"C",'
    for parts, named, of in (("problems", "ideas", "problem_ids"), ("ideas", "experiments", "idea_ids")):
        second = f'{{"id":"a%d","label":"x","{of}":["a%d"]}}'
        yield f"{named} of {parts}", halves(f'{carte}"{parts}":[', lever, f'],"{named}":[', second, "]}]}")
    for noun, more in (("organisations", ',"kind":"other"'), ("levers", ""), ("programmes", ',"kind":"national"')):
        yield f"a chain of {noun}", partial(_chain, noun, more)
    series = '"territories":[{"id":"FR","label":"F"}],"indicators":[{"id":"i","label":"I","unit":"days"}]'
    for period, value in (("2019", "1"), ("2019", "%d"), ("2019-01-01/2019-12-31", "0.%d"), ("2019", "9" * 990)):
        observation = f'{{"indicator_id":"i","period":"{period}","kind":"actual","value":"{value}"}}'
        yield f"observations of {period}, {value[:9]}", row(f'{HEAD},{series},"observations":[', observation, "]}", ",")
    yield "colons in disguise", items("methods", '{"id":"a%d","label":"\\u003a"}')
    yield "a digest of another", row(f'{HEAD},"digest":"sha256:00","methods":[', lever, "]}", ",")


def _of_funds() -> Shapes:
    fund = f'{HEAD},"sources":[{{"id":"s","title":"S"}}],"funds":[{{"id":"f","label":"F",'
    rich_one = '"awards":[{"id":"a","label":"x","amount":"900000000","contracted_on":"2000-01-01"}]'
    entry = '{"award_id":"a","kind":"%s","amount":"1","on":"2019-01-01"}'
    commitment, payment = entry.replace("%s", "commitment"), entry.replace("%s", "payment")
    change = '{"amount":"1","on":"2000-01-01","because":"x","source_id":"s"}'
    award = '{"id":"a%d","label":"x","amount":"9","contracted_on":"2019-01-01"}'
    of_its_call = '{"id":"a%d","label":"x","call_id":"c%d","amount":"1"}'
    allocation = '"allocation":{"value":"1","source_id":"s"},'
    yield "ceilings of awards", _ceilings
    yield "awards of calls", halves(fund + '"calls":[', '{"id":"c%d","label":"C"}', '],"awards":[', of_its_call, "]}]}")
    of_its_award = commitment.replace('"a"', '"a%d"')
    yield "entries of awards", halves(fund + '"awards":[', award, '],"entries":[', of_its_award, "]}]}")
    changes = f'{fund}{allocation}{rich_one},"allocation_changes":['
    yield "an allocation and entries", halves(changes, change, '],"entries":[', commitment, "]}]}")
    yield "entries of an award", halves(f'{fund}{rich_one},"entries":[', commitment, ",", payment, "]}]}")
    instalments = f'{fund}"awards":[{{"id":"a","label":"x","amount":"1","instalments":['
    yield "instalments of an award", row(instalments, '{"amount":"0.01"}', "]}]}]}", ",")


def _ceilings(size: int) -> bytes:
    days = [str(date(1900, 1, 1) + timedelta(days=number)) for number in range(size // 150)]
    rule = '{"kind":"ceiling","text":"x","amount":"1","source_id":"s","period":"%s"}'
    award = '{"id":"a%d","label":"x","call_id":"c","decided_on":"%s","amount":"1"}'
    rules = ",".join(rule % day for day in days)
    awards = ",".join(award % pair for pair in enumerate(reversed(days)))
    call = f'{{"id":"c","label":"C","rules":[{rules}]}}'
    fund = f'{{"id":"f","label":"F","calls":[{call}],"awards":[{awards}]}}'
    return f'{HEAD},"sources":[{{"id":"s","title":"S"}}],"funds":[{fund}]}}'.encode()


def _chain(noun: str, more: str, size: int) -> bytes:
    number = size // 50
    linked = (f'{{"id":"a{each}","label":"x","parent_id":"a{each + 1}"{more}}}' for each in range(number))
    return f'{HEAD},"{noun}":[{",".join(linked)},{{"id":"a{number}","label":"x"{more}}}]}}'.encode()


# ---------------------------------------------------------------- other formats

_LINES = (
    "1", "{}", "[]", "{", "x", "{ }", "|", '{"a":1}', '{"a%d":1}', '{"methods":1,"levers":1}', '{"a":1,"a":1}', "\\",
    '{"methods":1,"methods":1}', '"', '{"', "é", '{"methods":{"id":"a%d","label":"b"}}',
    ' {"methods" : {"id":"a%d","label":"b"}}', '{"methods":{"id":"a","label":"b"}}',
    '{"methods":{"id":"\\ud800","label":"b"}}', '{"methods":{"id":"a%d","label":"\\u003a"}}',
    '{"\\u006dethods":{"id":"a%d","label":"b"}}', '{"methods":[' + "[" * 50 + "]" * 50 + "]}",
)  # fmt: skip


def lines() -> Shapes:
    """Yield lines of NDJSON that are wrong, or right, in one way."""
    for part in _LINES:
        yield f"lines of {part[:40]}", row(LINE, part + "\n")
        yield f"lines of {part[:40]} without an envelope", row("", part + "\n")
    for noun in ITEMS:
        for junk in JUNK:
            yield f"lines of {noun}, {junk}", row(LINE, f'{{"{noun}":{junk}}}\n')
            yield f"spaced lines of {noun}, {junk}", row(LINE, f' {{ "{noun}": {junk} }}\n')
    for pair in ('"a":1', '"a%d":1', '"":{"":0}', '"a":{"b":1,"b":%d}', '"id":1'):
        yield f"one line of {pair}", row(LINE + '{"methods":{', pair, "}}", ",")
        yield f"an envelope of {pair}", row("{", pair, "}", ",")
    yield "bytes that are none in a line", lambda size: LINE.encode() + b'{"methods":{"id":"' + b"\xff" * size + b'"}}'
    yield "lines of bytes that are none", lambda size: LINE.encode() + b'{"methods":{"id":"\xff"}}\n' * (size // 25)


_TOML_LINES = (
    "a%d = 1\n", "[a%d]\n", "[[methods]]\n", "[[methods]]\nid = 'a%d'\n", "[[methods]]\na = 1\n", "[a.b.c%d]\n",
    "a.b.c%d = 1\n", "# x\n", "\r\n", "[[a%d]]\n", "[[a.b]]\n", "[a%d.b]\n", '"a%d" = 1\n', "a%d = {b = 1}\n",
    "a%d = [1, 2]\n", "[[methods]]\nid = 1\nlabel = 1\n", "[[projects]]\n[[projects.steps]]\n",
    "a%d = 2019-01-01\n", "a%d = 2019-01-01T00:00:00Z\n", "k" * 1000 + "%d = 1\n", ".".join(["a"] * 60) + "%d = 1\n",
    "[" + ".".join(["a"] * 60) + "%d]\n",
)  # fmt: skip
_TOML_ITEMS = (
    "1,", "[],", "{},", "{a = 1},", '"a",', "'a',", "0x1,", "1.5,", "2019-01-01,", "true,", "inf,", "[1,", "{a = ",
    "0xf,\n", "# x\n", "[" * 60 + "]" * 60 + ",",
)  # fmt: skip


def toml() -> Shapes:
    """Yield what is hard in TOML."""
    head = 'format = "levier"\nversion = 1\n'
    yield "64 dots and letters", lambda size: b".".join([b"a"] * 64) + b"a" * size
    yield "63 dots and letters", lambda size: b".".join([b"a"] * 63) + b"a" * size + b" = 1"
    yield "escaped quotes", row('a = "', '\\"', '"')
    yield "open escaped quotes", row('a = "', '\\"')
    yield "dots and escaped quotes", row('a = "', '.\\"', '"')
    yield "dots and quotes", row("a = ", '".')
    yield "dots and spaces", row("a", " . a")
    for part in _TOML_LINES:
        yield f"lines of {part[:20]!r}", row(head, part)
    for part in _TOML_ITEMS:
        yield f"items of {part[:20]!r}", row(head + "methods = [", part, "]")
        yield f"an unknown array of {part[:20]!r}", row(head + "x = [", part, "]")
    for part in ("x", "\n", "\\n", '\\"', "\\u0041", "\\\n", '"\\"'):
        yield f"a long text of {part!r}", row(head + 'x = """', part, '"""')
        yield f"an open long text of {part!r}", row(head + 'x = """', part)
        yield f"a raw text of {part!r}", row(head + "x = '''", part, "'''")
    yield "hexadecimal", row("x = 0x", "f")
    yield "binary", row("x = 0b1", "_1")
    yield "an inline table", row(head + "x = {", "a%d = 1, ", "b = 1}")
    yield "dots in a table", row(head + "x = {", "a.b.c.d%d = 1, ", "b = 1}")


_YAML_LINES = (
    "a%d: 1\n", "a: 1\n", "? a%d\n", "# x\n", "\r\n", "a%d: &a x\n", "a%d: {b: 1}\n", "a%d: [1, 2]\n", "a%d:\n",
    "? [a]\n", "---\n", "...\n", "%TAG ! x\n", "- a\n", "'a%d': 1\n", '"a%d": 1\n', "\t\n", "a%d: |\n", "<<: {a: 1}\n",
    "k" * 1000 + "%d: 1\n", "? " + "k" * 3000 + "%d\n: 1\n",
)  # fmt: skip
_YAML_ITEMS = (
    "- 1\n", "- {}\n", "- []\n", "- {a: 1}\n", "- {a: 1, a: 1}\n", "- id: a%d\n", "- a: 1\n  a: 1\n", "- - - -\n",
    "-\n", "- &a x\n", "- !x y\n", "- {id: a%d, label: ' '}\n",
)  # fmt: skip
_YAML_FLOW = (
    "1,", "[],", "{},", "{a: 1},", '"a",', "'a',", "a: 1,", "? a,", "&a x,", "&a%d x,", "*a,", "[1,", "{a: ", "{",
    "[", "&a [", "a ", "# x\n", "1,\n", "{a: " * 50 + "1" + "}" * 50 + ",",
)  # fmt: skip


def yaml() -> Shapes:
    """Yield what is hard in YAML."""
    head = "format: levier\nversion: 1\n"
    for part in _YAML_LINES:
        yield f"lines of {part[:20]!r}", row(head, part)
    for part in _YAML_ITEMS:
        yield f"items of {part!r}", row(head + "methods:\n", part)
    for part in _YAML_FLOW:
        yield f"a flow of {part[:20]!r}", row(head + "y: &a k\nmethods: [", part, "]")
        yield f"an unknown flow of {part[:20]!r}", row(head + "y: &a [1, 2, 3]\nx: [", part, "]")
        yield f"an object of {part[:20]!r}", row(head + "y: &a k\nx: {", part, "}")
    for part in ("x", "\n", "\\n", '\\"', "\\u0041", "\\\n", '""', "''", " ", "x\n ", ": ", " #", "é"):
        for opening, closing in (('"', '"'), ("'", "'"), ("|\n ", ""), (">\n ", ""), ("", "")):
            yield f"a text {opening!r} of {part!r}", row(head + "x: " + opening, part, closing)
    yield "indents", lambda size: b"".join(b" " * number + b"a:\n" for number in range(int((2 * size) ** 0.5)))
    for item in ("x", "{}", "{a: 1}"):
        yield f"an alias of many {item}", partial(_aliases, item)


def _aliases(item: str, size: int) -> bytes:
    many = ", ".join([item] * (size // (2 * len(item) + 4)))
    return f"format: levier\nversion: 1\nx: &a [{many}]\nmethods: [*a, *a, *a, *a, *a, *a]\n".encode()


FAMILIES: Mapping[str, tuple[Callable[[], Shapes], ...]] = {
    "json": (texts, keys, bad_items, bad_values, pairs),
    "ndjson": (texts, keys, lines),
    "records": (texts, keys, lines),
    "toml": (texts, keys, toml),
    "yaml": (texts, keys, yaml),
}
"""The shapes to try with each reader."""
