"""The pause of the cyclic collector ends as it began, whatever happens in between."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from levier.errors import InvalidDocumentError, LimitExceededError
from levier.model.methods import Method
from levier.model.portfolio import Portfolio
from levier.serialization import dumps, loads
from levier.serialization._collector import paused_collector

WRITTEN = dumps(Portfolio.of(Method(id="nudge", label="Nudge")))


@pytest.fixture(params=[True, False], ids=["on", "off"])
def enabled(request: pytest.FixtureRequest) -> Iterator[bool]:
    """The collector on, and off, as the application left it; set back as it was."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_reading_leaves_the_collector_as_it_was(enabled: bool) -> None:
    """After a good document the collector is on where it was on, and off where it was off."""
    loads(WRITTEN)
    assert gc.isenabled() is enabled


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 100_000])
def test_refusing_leaves_the_collector_as_it_was(enabled: bool, data: bytes) -> None:
    """After a bad document likewise."""
    with pytest.raises((InvalidDocumentError, LimitExceededError)):
        loads(data)
    assert gc.isenabled() is enabled


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_no_exception_leaves_the_collector_paused(enabled: bool, error: type[BaseException]) -> None:
    """Whatever interrupts the pause, the collector is as it was."""
    seen = []

    def interrupted() -> None:
        with paused_collector():
            seen.append(gc.isenabled())
            raise error

    with pytest.raises(error):
        interrupted()
    assert seen == [False]
    assert gc.isenabled() is enabled


def test_pauses_nest(enabled: bool) -> None:
    """The inner of two pauses does not end the outer."""
    with paused_collector():
        with paused_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() is enabled


def test_one_thread_pauses_at_a_time(enabled: bool) -> None:
    """The collector goes on when the thread that paused it has read, even while others still read."""
    entered, both_in, one_out, seen = Event(), Barrier(2), Event(), []

    def leave_first() -> None:
        with paused_collector():
            assert not gc.isenabled()
            entered.set()
            both_in.wait()
        one_out.set()

    def leave_last() -> None:
        with paused_collector():
            both_in.wait()
            one_out.wait()
            seen.append(gc.isenabled())

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(leave_first)
        entered.wait()
        for done in [first, threads.submit(leave_last)]:
            done.result()
    assert seen == [enabled]
    assert gc.isenabled() is enabled


def test_many_threads_read_at_once(enabled: bool) -> None:
    """Eight threads that read good and bad documents over and over leave the collector as it was."""

    def read(number: int) -> None:
        if number % 2:
            assert len(loads(WRITTEN).methods) == 1
        else:
            with pytest.raises(InvalidDocumentError):
                loads(b"{}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(read, range(200)))
    assert gc.isenabled() is enabled
