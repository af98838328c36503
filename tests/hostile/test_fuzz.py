"""Whatever a document is made into, a reader gives a value that it writes again, or an error of ours that is right."""

from __future__ import annotations

import copy
import gzip
import importlib.util
import io
import json as stdjson
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
import zstandard
from attrs import evolve
from cattrs import Converter
from hypothesis import given, settings

from levier.errors import InvalidDocumentError, LevierError, LimitExceededError, Problem, ProblemCode
from levier.model.portfolio import Portfolio
from levier.serialization import Limits, dumps, json, load, ndjson, register_hooks, structure, toml, yaml
from levier.serialization import document as reading
from levier.serialization._positions import steps_of
from levier.serialization._problems import as_step
from levier.serialization.document import ITEMS
from levier.serialization.envelope import ENVELOPE
from levier.serialization.limits import LIMITS, encoded
from levier.testing import samples
from levier.testing.strategies import of
from whole import whole_document

pytestmark = pytest.mark.untraced

TRIES = 400
"""How many documents each reader is given at the usual effort."""


def _mutations() -> Any:
    """Return the module of mutations, which stands beside and is no part of a package."""
    spec = importlib.util.spec_from_file_location("hostile_mutations", Path(__file__).with_name("mutations.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MUTATIONS = _mutations()


@cache
def plans() -> Sequence[Portfolio]:
    """Return the plans whose documents are mutated: drawn ones, which are small and odd, and samples."""
    found = [Portfolio(), Portfolio.of(samples.fund(awards=2)), samples.portfolio(projects=1)]

    @settings(max_examples=40, derandomize=True, database=None, deadline=None)
    @given(of(Portfolio))
    def collect(plan: Portfolio) -> None:
        found.append(plan)

    collect()
    return found


@cache
def documents() -> Sequence[dict[str, Any]]:
    """Return the documents of these plans as builtins."""
    return [whole_document(plan) if number % 2 else stdjson.loads(dumps(plan)) for number, plan in enumerate(plans())]


@cache
def texts(name: str) -> Sequence[str]:
    """Return the documents of these plans as they are written in a format, some with their digest."""
    module = FORMATS[name]
    return [module.dumps(plan, digest=number % 3 == 0).decode() for number, plan in enumerate(plans())]


def records(data: bytes | str, *, limits: Limits = LIMITS) -> list[Any]:
    """Return all records of a stream."""
    raw = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    return list(ndjson.records(io.BytesIO(raw), limits=limits))


FORMATS: Mapping[str, Any] = {"json": json, "ndjson": ndjson, "records": ndjson, "toml": toml, "yaml": yaml}
READERS: Mapping[str, Callable[..., Any]] = {
    name: records if name == "records" else module.loads for name, module in FORMATS.items()
}


def outcome(read: Callable[..., Any], data: Any, **given_too: Any) -> Any:
    """Return what a reader gives or, in its place, our error; any other error says for which document it is."""
    try:
        return read(data, **given_too)
    except LevierError as error:
        return error
    except BaseException as error:
        raise AssertionError(f"{error!r} for {data!r}") from error


def told(found: Any) -> Any:
    """Return what can be compared of an outcome: a value, or the kind of an error and what it says."""
    return (type(found), str(found)) if isinstance(found, LevierError) else found


def check_error(error: LevierError) -> None:
    """Check that an error prints, is written, copied and pickled, and says something that can be shown anywhere."""
    said = str(error)
    assert said.encode()
    assert repr(error).encode()
    for other in (copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301  # our own
        assert (type(other), str(other)) == (type(error), said)


def check_count(read: Callable[..., Any], data: Any, error: LevierError) -> None:
    """Check that as many problems are counted however few are described, and that these are among all of them."""
    if not isinstance(error, InvalidDocumentError):
        return
    assert len(error.problems) == error.count > 0
    for most in (1, 3):
        few = outcome(read, data, limits=Limits(problems=most))
        assert isinstance(few, InvalidDocumentError), data
        assert few.count == error.count, data
        assert len(few.problems) == min(most, error.count), data
        assert not Counter(few.problems) - Counter(error.problems), data


def laws(read: Callable[..., Any], data: bytes) -> Any:
    """Return what a reader makes of some bytes, once it is seen to be right in itself."""
    found = outcome(read, data, limits=Limits(problems=10**6))
    if isinstance(found, LevierError):
        check_error(found)
        check_count(read, data, found)
    try:
        text = data.decode(errors="surrogatepass")
    except UnicodeDecodeError:
        return found
    assert told(outcome(read, text, limits=Limits(problems=10**6))) == told(found), data
    return found


def mutants(name: str, number: int, seed: str = "") -> Iterator[bytes]:
    """Yield so many mutants of the documents of a format, the same ones each time."""
    yield from islice(MUTATIONS.mutants(Random(f"{name} {seed}"), name, texts(name)), number)


@pytest.mark.parametrize("name", READERS)
def test_whatever_is_read_is_right_or_refused(name: str, effort: int) -> None:
    """Each mutant is read and written again, or refused by an error of ours that is right in itself."""
    accepted = 0
    for data in mutants(name, TRIES * effort):
        found = laws(READERS[name], data)
        if isinstance(found, LevierError):
            check_places(name, data, found)
            continue
        accepted += 1
        plan = found if name != "records" else None
        assert plan is None or FORMATS[name].loads(FORMATS[name].dumps(plan)) == plan, data
        assert plan is None or json.loads(json.dumps(plan)) == plan, data
    assert TRIES // 100 < accepted < TRIES * effort


# ---------------------------------------------------------------- places


def step_in(held: Any, step: str) -> Any:
    """Return what a step of a pointer leads to, or `LookupError`."""
    if isinstance(held, list):
        return held[int(step)]
    if isinstance(held, dict):
        return next(part for key, part in held.items() if as_step(str(key)) == step)
    raise LookupError(step)


def leads(found: Any, pointer: str) -> bool:
    """Say whether a pointer leads into some builtins, all of its steps or all but the last."""
    steps = steps_of(pointer)
    for number, step in enumerate(steps):
        try:
            found = step_in(found, step)
        except (LookupError, ValueError, StopIteration):
            return number == len(steps) - 1
    return True


def check_places(name: str, data: bytes, error: LevierError) -> None:
    """Check that the problems of a refusal lead into its document: their lines, columns and pointers."""
    if not isinstance(error, InvalidDocumentError):
        return
    raw = encoded("", data)
    lines = raw.split(b"\n")
    is_clear = all(each.code is not ProblemCode.DUPLICATE_KEY for each in error.problems)  # which of two is meant
    for each in error.problems:
        if name in ("json", "ndjson", "records") and each.line is not None:
            assert 1 <= each.line <= len(lines), data
            assert each.column is None or 1 <= each.column <= len(lines[each.line - 1].decode(errors="replace")) + 1
        found = parsed(name, raw, each) if is_clear else None
        assert found is None or leads(found, each.pointer), (each, data)


def parsed(name: str, raw: bytes, each: Problem) -> Any:
    """Return the builtins that a problem's pointer leads into, read by other means than ours, if these can."""
    try:
        match name:
            case "json":
                return stdjson.loads(raw)
            case "toml":
                return toml.tomllib.loads(raw.decode())
            case "yaml":
                return yaml.yaml.load(raw.decode(), Loader=yaml.yaml.CBaseLoader)  # text only
            case _:
                return stdjson.loads(raw.split(b"\n")[(each.line or 1) - 1])
    except (ValueError, RecursionError, yaml.yaml.YAMLError, TypeError):
        return None


# ---------------------------------------------------------------- other ways in


@pytest.mark.parametrize("name", ["json", "ndjson", "toml", "yaml"])
def test_an_envelope_is_read_or_refused(name: str, effort: int) -> None:
    """Whatever the document, its envelope is read or refused; that of a document that is read is read too."""
    for data in mutants(name, TRIES * effort // 2, "envelope"):
        found = laws(FORMATS[name].read_envelope, data)
        if not isinstance(outcome(READERS[name], data), LevierError):
            assert not isinstance(found, LevierError), data
            assert found.version == 1


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_what_is_compressed_is_read_or_refused(suffix: str, effort: int, tmp_path: Path) -> None:
    """A compressed file that was gnawed gives what it held, or is refused, by every reader."""
    random = Random(suffix)
    for _ in range(TRIES * effort // 2):
        name = random.choice(["json", "ndjson", "toml", "yaml"])
        text = random.choice(texts(name)).encode()
        whole = gzip.compress(text, mtime=0) if suffix == ".gz" else COMPRESSOR.compress(text)
        data = MUTATIONS.gnawed(random, random.choice([whole, whole + whole, whole + b"\0" * 9, whole + whole[:20]]))
        path = tmp_path / f"{name}.{name}{suffix}"
        path.write_bytes(data)
        found = outcome(load, path)
        if isinstance(found, LevierError):
            check_error(found)
        else:
            assert told(found) == told(outcome(READERS[name], text)), data
        outcome(partial(list), ndjson.records(path)) if name == "ndjson" else None


COMPRESSOR = zstandard.ZstdCompressor(write_checksum=True)


@cache
def kinds() -> Sequence[tuple[Any, str]]:
    """Return single values as they are written, each with its class."""
    found = [(type(thing), dumps(thing).decode()) for plan in plans() for thing in plan]
    return [*found, *((tuple[kind, ...], f"[{text},{text}]") for kind, text in found[::5])]  # type: ignore[valid-type]


def test_single_values_are_read_the_same_way_by_all(effort: int) -> None:
    """A mutant of one value gives, in bulk, with care, as builtins and through cattrs, one value or one refusal."""
    random = Random(11)
    converter = register_hooks(Converter())
    for _ in range(TRIES * effort):
        kind, text = random.choice(kinds())
        data = next(MUTATIONS.mutants(random, "json", [text, random.choice(kinds())[1]]))
        found = laws(partial(json.loads, type=kind), data)
        in_bulk = json._in_bulk(encoded("loads", data), kind)  # noqa: SLF001  # the two ways are what is compared
        if in_bulk is not None:
            assert in_bulk == found == json._as_whole(encoded("loads", data), kind, LIMITS), data  # noqa: SLF001
        try:
            builtins = stdjson.loads(encoded("loads", data))
        except (ValueError, RecursionError):
            continue
        structured = outcome(partial(structure, kind=kind), builtins)
        is_one = isinstance(kind, type)  # what tuples are, cattrs says by itself
        by_cattrs = outcome(partial(converter.structure, cl=kind), builtins) if is_one else structured
        if isinstance(found, LevierError):
            check_error(structured) if isinstance(structured, LevierError) else None
            assert isinstance(by_cattrs, LevierError) == isinstance(structured, LevierError), data
        else:
            assert structured == by_cattrs == found, data
            assert json.loads(dumps(found), type=kind) == found


# ---------------------------------------------------------------- one verdict


def one_by_one(_: Any, found: Sequence[Any], __: str = "") -> Iterator[tuple[int, int, None]]:
    """Build nothing in bulk, so that each item is explained by itself."""
    yield from ((place, 1, None) for place in range(len(found)))


def test_both_ways_of_reading_agree(effort: int) -> None:
    """The fast way takes nothing that the careful one does not; with nothing in bulk, what is said is the same."""
    for data in mutants("json", TRIES * effort, "both"):
        raw = encoded("loads", data)
        fast, careful = json._fast(raw), outcome(json._explained, raw)  # noqa: SLF001  # as above
        whole = outcome(partial(json._as_whole, kind=Portfolio, limits=LIMITS), raw)  # noqa: SLF001
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "pieces", one_by_one)
            alone = outcome(json._explained, raw)  # noqa: SLF001
        assert told(careful) == told(alone), data
        assert told(unplaced(careful)) == told(unplaced(whole)), data
        assert fast is None or fast == careful, data


def unplaced(found: Any) -> Any:
    """Return an outcome without lines and columns, the problems in the order of their pointers."""
    if not isinstance(found, InvalidDocumentError):
        return found
    problems = (evolve(each, line=None, column=None) for each in found.problems)
    return evolve(found, problems=tuple(sorted(problems, key=str)))


def test_lines_of_any_layout_are_read_alike(effort: int) -> None:
    """A record laid out as we write it, and the same with spaces, get the same verdict, streamed or not."""
    for data in mutants("ndjson", TRIES * effort, "layout"):
        head, *lines = data.split(b"\n")
        spaced = b"\n".join([head, *(b" " + line + b" " if line.strip() else line for line in lines)])
        narrow, wide = outcome(ndjson.loads, data), outcome(ndjson.loads, spaced)
        assert told(codes(narrow)) == told(codes(wide)), data
        streamed = outcome(records, data)
        if not isinstance(narrow, LevierError):
            assert isinstance(streamed, InvalidDocumentError) or Portfolio.of(*streamed) == narrow, data
        elif not isinstance(streamed, LevierError):  # one by one, things are not seen to have to do with each other
            assert {str(each.code) for each in narrow.problems} <= {"dangling-reference", "duplicate-item"}, data


def codes(found: Any) -> Any:
    """Return an outcome, or the lines, pointers and codes of its problems."""
    if not isinstance(found, InvalidDocumentError):
        return found
    return sorted((each.line or 0, each.pointer, str(each.code)) for each in found.problems)


def test_all_formats_give_one_verdict(effort: int) -> None:
    """A document with parts that are odd is read from each format that can hold it, or refused for the same reasons."""
    random = Random(13)
    tally = Counter[bool]()
    for _ in range(TRIES * effort):
        found = random.choice(documents())
        for _ in range(random.choice([0, 1, 1, 2])):
            found = MUTATIONS.spoiled(random, found, random.choice(documents()))
        found = without_null(found)
        if not is_text(stdjson.dumps(found, ensure_ascii=False)):
            continue
        expected = outcome(json.loads, stdjson.dumps(found))
        tally[isinstance(expected, LevierError)] += 1
        for name in filter(partial(can_hold, found=found, expected=expected), WRITERS):
            read = outcome(READERS[name], WRITERS[name](found))
            # A number of too many digits is refused in a text too where a format is not taken apart first.
            if not isinstance(read, LimitExceededError):
                assert verdict(read, name) == verdict(expected), (name, found, read, expected)
    assert min(tally[True], tally[False]) > TRIES // 50


def without_null(value: Any) -> Any:
    """Return builtins without null, which TOML does not have."""
    if isinstance(value, dict):
        return {key: without_null(part) for key, part in value.items() if part is not None or key in NEEDED}
    return [without_null(part) for part in value if part is not None] if isinstance(value, list) else value


NEEDED = ()


def is_text(text: str) -> bool:
    """Say whether a text has no half of a surrogate pair."""
    return text.isprintable() or text.encode(errors="replace").decode() == text


def can_hold(name: str, found: Any, expected: Any) -> bool:
    """Say whether a format can hold some builtins as JSON does: YAML tells no number from a text without quotes."""
    match name:
        case "toml":
            return isinstance(found, dict)
        case "ndjson":
            nouns = found.keys() - ENVELOPE if isinstance(found, dict) else {""}
            return nouns <= ITEMS.keys() and all(isinstance(found[noun], list) for noun in nouns)
        case _:
            problems = expected.problems if isinstance(expected, InvalidDocumentError) else ()
            return not any(each.found.startswith(("the number", "true", "false")) for each in problems)


def as_lines(found: Mapping[str, Any]) -> str:
    """Return a document as NDJSON."""
    head = {key: value for key, value in found.items() if key in ENVELOPE}
    return "\n".join(
        [
            stdjson.dumps(head),
            *(stdjson.dumps({noun: item}) for noun in found.keys() - ENVELOPE for item in found[noun]),
        ]
    )


WRITERS: Mapping[str, Callable[[Any], str]] = {
    "ndjson": as_lines,
    "toml": import_module("tomli_w").dumps,
    "yaml": partial(yaml.yaml.dump, Dumper=yaml.yaml.CSafeDumper),
}


def verdict(found: Any, name: str = "json") -> Any:
    """Return an outcome, or how many problems of each code there are at each place, whichever the item."""
    if not isinstance(found, InvalidDocumentError):
        return told(found)
    return Counter((str(each.code), *place_of(each, name)) for each in found.problems)


def place_of(each: Problem, name: str) -> tuple[str, ...]:
    """Return the place of a problem without the number of its item, of which a record has none."""
    noun, *steps = steps_of(each.pointer) or ("",)
    return (noun, *(steps[1:] if name != "ndjson" and noun in ITEMS else steps))
