"""Files: the suffix says the format, and what it does not say is refused before anything is touched."""

from __future__ import annotations

import errno
import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from io import RawIOBase, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from levier.errors import InvalidDocumentError, InvalidValueError, LimitExceededError
from levier.model.levers import Method
from levier.model.portfolio import Portfolio
from levier.serialization import Limits, dump, dumps, files, json, load, ndjson, read_envelope, streams
from levier.testing.strategies import of

PLAN = Portfolio.of(Method(id="nudge", label="Nudge"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples of a property."""
    return tmp_path_factory.mktemp("portfolios")


@given(portfolio=of(Portfolio))
def test_what_is_dumped_is_loaded(folder: Path, portfolio: Portfolio) -> None:
    """A file holds the canonical bytes, and is loaded as the portfolio, whether named by a text or a path."""
    path = folder / "plan.json"
    dump(portfolio, path)
    assert path.read_bytes() == dumps(portfolio)
    assert load(path) == load(str(path)) == portfolio


@pytest.mark.parametrize("name", ["plan", "plan.xml", "plan.json.txt", ".json", ".json.gz", "plan.toml ", "plan.gz"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    """A suffix that says no format is refused for reading and writing, with those that can be, and no file appears."""
    path = tmp_path / name
    known = r"a file that ends in one of \.json, \.ndjson, \.toml, \.yaml, \.yml, and may have \.gz or \.zst behind it"
    with pytest.raises(InvalidValueError, match=rf"^load: expected {known}, found "):
        load(path)
    with pytest.raises(InvalidValueError, match=rf"^dump: expected {known}, found "):
        dump(PLAN, str(path))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_says_so_itself(tmp_path: Path) -> None:
    """What the system refuses is the system's own error, a bad document ours."""
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nowhere.json")
    (tmp_path / "bad.json").write_bytes(b"{}")
    with pytest.raises(InvalidDocumentError):
        load(tmp_path / "bad.json")


# ---------------------------------------------------------------- whole or not there, and as it was

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other modes, owners and links")


def mode_of(path: Path) -> int:
    """Return the bits of a file's mode."""
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o444])
def test_the_mode_of_a_file_stays(tmp_path: Path, mode: int) -> None:
    """A file that is replaced keeps its mode, and its draft never grants more."""
    path = tmp_path / "plan.json"
    path.touch()
    path.chmod(mode)
    with files.replacing(path) as opened:
        (draft,) = tmp_path.glob(".levier-*.draft")
        assert mode_of(draft) | mode == mode | 0o600
        opened.write(dumps(PLAN))
    assert mode_of(path) == mode
    assert load(path) == PLAN


@posix
def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    """A file that was not there is as readable as the process's mask says."""
    dump(PLAN, tmp_path / "plan.json")
    (tmp_path / "other").touch()
    assert mode_of(tmp_path / "plan.json") == mode_of(tmp_path / "other")


@posix
def test_the_owner_of_a_file_stays_where_that_is_possible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Owner and group are asked for; without leave to set the group, a group of ours gets no rights instead."""
    path, asked = tmp_path / "plan.json", []
    path.touch()
    path.chmod(0o660)

    def refuse(_: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuse)
    dump(PLAN, path)
    status = path.stat()
    assert asked == [(-1, status.st_gid), (status.st_uid, -1)]
    assert mode_of(path) == 0o600


@posix
def test_links_stay_links(tmp_path: Path) -> None:
    """A symbolic link leads to the new content, a dangling one to a new file; a file of two names keeps both."""
    for name in ("there.json", "nowhere.json"):
        (tmp_path / f"link-to-{name}").symlink_to(name)
    (tmp_path / "there.json").touch()
    (tmp_path / "second.json").hardlink_to(tmp_path / "there.json")
    for name in ("there.json", "nowhere.json"):
        dump(PLAN, tmp_path / f"link-to-{name}")
        assert (tmp_path / f"link-to-{name}").is_symlink()
        assert load(tmp_path / name) == PLAN
    assert load(tmp_path / "second.json") == PLAN
    assert (tmp_path / "second.json").samefile(tmp_path / "there.json")


@posix
def test_a_pipe_is_written_through_and_not_read_by_name(tmp_path: Path) -> None:
    """A named pipe stays one and hands over what is dumped; to load it by its name is refused at once."""
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    with pytest.raises(InvalidValueError, match="of a pipe open a binary stream"):
        load(path)
    with ThreadPoolExecutor(1) as threads:
        got = threads.submit(path.read_bytes)
        dump(PLAN, path)
        assert got.result(30) == dumps(PLAN)
    assert path.is_fifo()


@posix
def test_a_device_is_written_through(tmp_path: Path) -> None:
    """The null device takes a document and stays a device."""
    (tmp_path / "null.json").symlink_to(os.devnull)
    dump(PLAN, tmp_path / "null.json")
    assert Path(os.devnull).is_char_device()


@posix
def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk refuses the last step, the file is as it was and no draft stays."""
    path = tmp_path / "plan.json"
    path.write_text("before")

    def refuse(_: object, __: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no space"):
        dump(PLAN, path)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]


@posix
def test_drafts_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path: Path) -> None:
    """A draft that nobody holds goes with the next write of its file; one being written, or of another file, stays."""
    path = tmp_path / "plan.json"
    with files.replacing(tmp_path / "other.json") as opened:
        opened.write(b"other")
        (living,) = tmp_path.glob(".levier-*.draft")
        dead = living.with_name(living.name.replace(files._prefix(tmp_path / "other.json"), files._prefix(path)))  # noqa: SLF001
        dead.write_bytes(b"half")
        with files.replacing(path) as mine:
            dump(PLAN, path)
            assert len(list(tmp_path.glob(".levier-*.draft"))) == 2
            assert not dead.exists()
            mine.write(b"last")
    assert path.read_bytes() == b"last"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["other.json", "plan.json"]


@posix
def test_a_draft_that_a_sweeper_took_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process sweeps between the making of a draft and its lock, another draft is made."""
    import fcntl

    lock, tries = fcntl.flock, []

    def taken_once(number: int, how: int) -> None:
        tries.append(number)
        if len(tries) == 1:
            raise BlockingIOError
        if len(tries) == 2:
            raise OSError(errno.ENOLCK, "no locks here")
        lock(number, how)

    monkeypatch.setattr(fcntl, "flock", taken_once)
    dump(PLAN, tmp_path / "plan.json")
    assert len(tries) == 2
    assert load(tmp_path / "plan.json") == PLAN


@posix
def test_a_folder_that_may_not_be_listed_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where drafts cannot be looked for, nor the folder flushed, nor modes set, the file is written all the same."""

    def refuse(*_: object) -> None:
        raise PermissionError

    (tmp_path / "plan.json").touch()
    with monkeypatch.context() as patched:
        for name in ("scandir", "fchmod"):
            patched.setattr(os, name, refuse)
        dump(PLAN, tmp_path / "plan.json")
    assert load(tmp_path / "plan.json") == PLAN


@pytest.mark.parametrize("name", ["p" * 250 + ".json", "é" * 125 + ".json"])
def test_a_name_as_long_as_allowed_works(tmp_path: Path, name: str) -> None:
    """A name of 255 bytes is written and read."""
    dump(PLAN, tmp_path / name)
    assert load(tmp_path / name) == PLAN


@pytest.mark.parametrize(
    "path", [3, 3.5, None, b"plan.json", "", "plan\0.json", "plan\ud800.json", Path, [], StringIO(), object()]
)
def test_what_is_no_path_is_refused(path: Any) -> None:
    """Numbers, bytes, NUL, half a surrogate pair, text streams and other objects are refused by a documented error."""
    for function in (
        lambda: load(path),
        lambda: dump(PLAN, path),
        lambda: json.load(path),
        lambda: json.dump(PLAN, path),
    ):
        with pytest.raises(InvalidValueError) as refused:
            function()
        assert str(refused.value)


def test_any_path_like_object_is_a_path(tmp_path: Path) -> None:
    """What has a path as text is as good as a path."""

    class Named:
        def __fspath__(self) -> str:
            return str(tmp_path / "plan.json.gz")

    dump(PLAN, Named())
    assert load(Named()) == PLAN
    assert read_envelope(Named()).version == 1


def test_a_folder_is_the_system_s_own_error(tmp_path: Path) -> None:
    """A folder can be neither read nor written, and the error is Python's own."""
    (tmp_path / "plan.json").mkdir()
    for function in (lambda: load(tmp_path / "plan.json"), lambda: dump(PLAN, tmp_path / "plan.json")):
        with pytest.raises(IsADirectoryError):
            function()


# ---------------------------------------------------------------- streams of the program's own


class Slow(RawIOBase):
    """A raw stream that gives and takes a hundred bytes at a time."""

    def __init__(self, data: bytes = b"") -> None:
        super().__init__()
        self.data = data

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def writable(self) -> bool:
        """Tell that it can be written."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Give a hundred bytes at most."""
        part, self.data = self.data[: min(100, len(buffer))], self.data[min(100, len(buffer)) :]
        buffer[: len(part)] = part
        return len(part)

    def write(self, data: Any) -> int:
        """Take a hundred bytes at most."""
        self.data += bytes(data[:100])
        return min(100, len(data))


def test_a_stream_that_takes_little_gets_it_all() -> None:
    """A raw stream of a hundred bytes a write has the whole document afterwards, and gives it back."""
    slow = Slow()
    json.dump(PLAN, slow)
    assert slow.data == dumps(PLAN)
    assert json.load(slow) == PLAN
    ndjson.write(PLAN, slow)
    assert list(ndjson.records(slow)) == list(PLAN)
    assert not slow.closed


@pytest.mark.parametrize("answer", [None, 0, -1, 10**9])
def test_a_raw_stream_that_takes_nothing_is_an_error(answer: int | None) -> None:
    """A stream that does not wait, or says what cannot be, is an error of the system, and no endless loop."""

    class Deaf(Slow):
        def write(self, _: Any) -> Any:
            return answer

    with pytest.raises(OSError, match="stream"):
        json.dump(PLAN, Deaf())


def test_a_writer_that_does_not_say_is_believed() -> None:
    """A writer of the program's own may return nothing."""

    class Silent:
        def __init__(self) -> None:
            self.parts: list[bytes] = []

        def write(self, data: bytes) -> None:
            self.parts.append(data)

    silent = Silent()
    json.dump(PLAN, silent)  # type: ignore[arg-type]  # less than a stream, and enough
    assert b"".join(silent.parts) == dumps(PLAN)


@pytest.mark.parametrize("answer", [None, "text", 3])
def test_a_reader_that_gives_no_bytes_is_refused(answer: Any) -> None:
    """What a stream gives must be bytes; one that does not wait is an error of the system."""

    class Odd:
        def read(self, _: int = -1) -> Any:
            return answer

        readline = read

    for read in (lambda: json.load(Odd()), lambda: list(ndjson.records(Odd()))):  # type: ignore[arg-type]  # odd indeed
        with pytest.raises(InvalidValueError if answer is not None else BlockingIOError):
            read()


# ---------------------------------------------------------------- compressed input


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_no_flipped_byte_loads_as_another_document(tmp_path: Path, suffix: str) -> None:
    """Whatever byte of a compressed file is flipped, it is refused, or it is still the same document."""
    path = tmp_path / f"plan.json{suffix}"
    dump(PLAN, path)
    sound = path.read_bytes()
    for place in range(len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0x5A]) + sound[place + 1 :])
        try:
            assert load(path) == PLAN
        except (InvalidDocumentError, LimitExceededError):
            continue


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_input_may_come_in_frames(tmp_path: Path, suffix: str) -> None:
    """Frames one after the other, empty ones too, are one document; more of them than allowed are refused."""
    path, half = tmp_path / f"plan.json{suffix}", len(dumps(PLAN)) // 2
    for data in (dumps(PLAN)[:half], b"", dumps(PLAN)[half:]):
        files.write(tmp_path / "part", data)
        with streams.writing(tmp_path / f"part{suffix}") as opened:
            opened.write(data)
        with path.open("ab") as whole:
            whole.write((tmp_path / f"part{suffix}").read_bytes())
    assert load(path) == PLAN
    with pytest.raises(LimitExceededError, match="frames 3, allowed 2"):
        load(path, limits=Limits(frames=2))
    with pytest.raises(LimitExceededError, match="compressed_bytes"):
        load(path, limits=Limits(compressed_bytes=30))


def test_zeros_behind_a_gzip_member_are_padding(tmp_path: Path) -> None:
    """Zeros may stand behind a member, as tapes leave them, in any number that the limit on input allows."""
    dump(PLAN, tmp_path / "plan.json.gz")
    with (tmp_path / "plan.json.gz").open("ab") as opened:
        opened.write(bytes(5_000))
    assert load(tmp_path / "plan.json.gz") == PLAN
    with (tmp_path / "plan.json.gz").open("ab") as opened:
        opened.write(b"more")
    with pytest.raises(InvalidDocumentError, match="not a file compressed"):
        load(tmp_path / "plan.json.gz")
