"""Formats: each writes what it reads, to memory, files and streams, and the suffix of a file says which it is."""

from __future__ import annotations

import gzip
import inspect
import io
import pickle
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.errors import InvalidDocumentError, InvalidValueError, MissingExtraError
from levier.model.levers import Method
from levier.model.money import Euros
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.serialization import Provenance, dump, json, load, ndjson, read_envelope, toml, yaml
from levier.serialization.codecs import FORMATS
from levier.testing import samples
from levier.testing.strategies import of

PLAN = samples.portfolio(projects=3)
MODULES = [json, ndjson, toml, yaml]
SUFFIXES = [f"{suffix}{compression}" for suffix in FORMATS for compression in ("", ".gz", ".zst")]
TOLD = Provenance(by="DITP", derived_from="suivi.xlsx", on="2019-06-14")

formats = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples of a property."""
    return tmp_path_factory.mktemp("formats")


@formats
@given(portfolio=of(Portfolio))
def test_every_format_reads_what_it_writes(module: Any, portfolio: Portfolio) -> None:
    """Reading what was written gives an equal portfolio, and writing that the same bytes."""
    written = module.dumps(portfolio)
    assert module.loads(written) == portfolio
    assert module.loads(written.decode()) == portfolio
    assert module.dumps(module.loads(written)) == written


def reads(module: Any, written: bytes, path: Path) -> list[Any]:
    """Return what every way of reading makes of some bytes: the value, or the problems."""
    path.write_bytes(written)
    packed = path.with_suffix(f"{path.suffix}.gz")
    packed.write_bytes(gzip.compress(written))
    asks = [
        partial(of_them, data)
        for of_them in (module.loads, module.read_envelope)
        for data in (written, written.decode())
    ]
    asks += [partial(of_them, source) for of_them in (load, module.load) for source in (path, str(packed))]
    asks += [partial(read_envelope, path), lambda: module.load(io.BytesIO(written))]
    asks += [lambda: list(ndjson.records(io.BytesIO(written))), lambda: list(ndjson.records(path))] * (module is ndjson)
    return [outcome(ask) for ask in asks]


def outcome(ask: Callable[[], Any]) -> Any:
    """Return what is read, or the problems, each with its place."""
    try:
        return ask()
    except InvalidDocumentError as error:
        return error.problems


@formats
@given(portfolio=of(Portfolio), cut=st.none() | st.integers(0, 400))
def test_a_byte_order_mark_changes_nothing(folder: Path, module: Any, portfolio: Portfolio, cut: int | None) -> None:
    """Text, bytes, files and streams are read alike with and without the mark of Windows, problems and places too."""
    written = module.dumps(portfolio, provenance=TOLD).decode()[:cut].encode()
    path = folder / f"marked.{module.__name__.rpartition('.')[2]}"
    assert reads(module, b"\xef\xbb\xbf" + written, path) == reads(module, written, path)


@pytest.mark.parametrize("module", [json, toml, yaml], ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_byte_order_mark_changes_no_other_value(module: Any) -> None:
    """A value by itself is read as without the mark too, from bytes and from text."""
    written = module.dumps(Method(id="m", label="M"))
    for marked in (b"\xef\xbb\xbf" + written, "\ufeff" + written.decode()):
        assert module.loads(marked, type=Method) == Method(id="m", label="M")


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=10)
@given(portfolio=of(Portfolio))
def test_every_suffix_loads_what_it_dumps(folder: Path, suffix: str, portfolio: Portfolio) -> None:
    """A file is loaded as what was dumped to it, whatever its suffix, with equal bytes for equal portfolios."""
    path = folder / f"plan{suffix}"
    dump(portfolio, path)
    written = path.read_bytes()
    assert load(path) == portfolio
    dump(load(str(path)), str(path))
    assert path.read_bytes() == written


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_keeps_the_envelope(tmp_path: Path, suffix: str) -> None:
    """Provenance and digest travel in each format, and capitals in a suffix do no harm."""
    path = tmp_path / f"plan{suffix.upper()}"
    dump(PLAN, path, provenance=TOLD, digest=True)
    assert load(path) == PLAN
    assert read_envelope(path).provenance == TOLD
    assert read_envelope(path).digest.startswith("sha256:")


@formats
def test_streams_are_written_and_read_and_stay_open(module: Any) -> None:
    """A binary stream is taken as it is, from where it stands, and is not closed."""
    stream = io.BytesIO()
    module.dump(PLAN, stream)
    assert stream.getvalue() == module.dumps(PLAN)
    stream.seek(0)
    assert module.load(stream) == PLAN
    assert not stream.closed


@pytest.mark.parametrize("module", [json, toml, yaml], ids=lambda module: module.__name__.rpartition(".")[2])
def test_other_values_travel_in_each_format(module: Any, tmp_path: Path) -> None:
    """A thing by itself is written without an envelope, to memory and to files, and read as its class."""
    project = PLAN.projects[next(iter(PLAN.projects))]
    assert module.loads(module.dumps(project), type=Project) == project
    path = tmp_path / f"project.{module.__name__.rpartition('.')[2]}"
    dump(project, path)
    assert load(path, type=Project) == project
    assert b"generator" not in path.read_bytes()


@formats
def test_functions_travel_to_other_processes(module: Any) -> None:
    """The functions of a format can be pickled, as a pool of processes asks."""
    written = module.dumps(PLAN)
    for name in ("dump", "dumps", "load", "loads", "read_envelope"):
        again = pickle.loads(pickle.dumps(getattr(module, name)))  # noqa: S301  # our own
        assert inspect.signature(again) == inspect.signature(getattr(module, name))
    assert pickle.loads(pickle.dumps(module.loads))(written) == PLAN  # noqa: S301  # our own


@formats
def test_only_bytes_and_text_are_read(module: Any) -> None:
    """Anything but bytes or text is refused by name, before it is looked at."""
    for odd in (None, 3, memoryview(b"{}"), {}):
        with pytest.raises(InvalidValueError, match=r"^loads: expected bytes or text"):
            module.loads(odd)
        with pytest.raises(InvalidValueError, match=r": expected bytes or text"):
            module.read_envelope(odd)


def test_what_a_format_cannot_hold_is_refused(tmp_path: Path) -> None:
    """TOML holds objects, NDJSON portfolios: anything else is refused, and no file appears."""
    with pytest.raises(InvalidValueError, match="written as an object"):
        toml.dumps(Euros(3))
    with pytest.raises(InvalidValueError, match="a portfolio, whose things are the records"):
        dump(Method(id="m", label="M"), tmp_path / "m.ndjson")
    with pytest.raises(InvalidValueError, match="a portfolio: NDJSON holds nothing else"):
        load(tmp_path / "m.ndjson.gz", type=Method)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("extra", "package"), [("zstd", "zstandard"), ("yaml", "yaml")])
def test_a_missing_extra_is_named(extra: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format whose package is not installed says what to install, for reading and writing."""
    path = tmp_path / ("plan.json.zst" if extra == "zstd" else "plan.yaml")
    path.touch()
    monkeypatch.delitem(sys.modules, f"levier.serialization.{extra}", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    for ask in (lambda: load(path), lambda: dump(PLAN, path)):
        with pytest.raises(MissingExtraError, match=rf'pip install "levier\[{extra}\]"'):
            ask()
    assert path.read_bytes() == b""


def test_toml_is_read_without_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard library reads TOML; only writing it needs a package."""
    monkeypatch.setitem(sys.modules, "tomli_w", None)
    assert toml.loads('format = "levier"\nversion = 1') == Portfolio()
    with pytest.raises(MissingExtraError, match=r'pip install "levier\[toml\]"'):
        toml.dumps(PLAN)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("spoilt", ["another", "cut", "more", "empty"])
def test_files_that_are_not_compressed_as_they_say_are_refused(tmp_path: Path, suffix: str, spoilt: str) -> None:
    """What is not compressed, cut short or followed by something else is a bad document, in memory and as a stream."""
    path = tmp_path / f"plan.ndjson{suffix}"
    dump(PLAN, path)
    data = path.read_bytes()
    path.write_bytes(
        {"another": b"plain text", "cut": data[: len(data) // 2], "more": data + b"x" * 20, "empty": b""}[spoilt]
    )
    with pytest.raises(InvalidDocumentError):
        load(path)
    with pytest.raises(InvalidDocumentError):
        list(ndjson.records(path))


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_several_frames_are_one_document(tmp_path: Path, suffix: str) -> None:
    """Compressed files may be put one behind the other, as logs are."""
    path, halves = tmp_path / f"plan.json{suffix}", tmp_path / f"half.json{suffix}"
    data = json.dumps(PLAN)
    streams: ModuleType = import_module("levier.serialization.streams")
    written = b""
    for half in (data[:1000], data[1000:]):
        streams.write(halves, half)
        written += halves.read_bytes()
    path.write_bytes(written)
    assert load(path) == PLAN


def test_a_file_stays_as_it_was_until_the_new_one_is_whole(tmp_path: Path) -> None:
    """Where writing stops halfway, what stood there before is still there, and no draft is left."""
    path = tmp_path / "plan.ndjson.gz"
    dump(PLAN, path)
    before = path.read_bytes()
    with pytest.raises(InvalidValueError, match="a thing of a portfolio"):
        ndjson.write([*PLAN, "no thing"], path)  # type: ignore[list-item]  # refused is what is proven
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
