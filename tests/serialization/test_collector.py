"""The pause of the cyclic collector ends as it began, whatever happens in between."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import FrameType

import pytest

from levier.errors import InvalidDocumentError, LimitExceededError
from levier.model.levers import Method
from levier.model.portfolio import Portfolio
from levier.serialization import _collector, dumps, loads
from levier.serialization._collector import uncollected

WRITTEN = dumps(Portfolio.of(Method(id="nudge", label="Nudge")))

State = tuple[bool, tuple[int, int, int]]


def state() -> State:
    """Return whether the collector is enabled, and its thresholds."""
    return gc.isenabled(), gc.get_threshold()


@pytest.fixture(params=["on", "off", "never"])
def before(request: pytest.FixtureRequest) -> Iterator[State]:
    """The collector on, disabled, or with a first threshold of zero; set back as it was."""
    was_enabled, thresholds = state()
    (gc.disable if request.param == "off" else gc.enable)()
    gc.set_threshold(0 if request.param == "never" else 600, 9, 8)
    yield state()
    gc.set_threshold(*thresholds)
    (gc.enable if was_enabled else gc.disable)()


def test_reading_leaves_the_collector_as_it_was(before: State) -> None:
    """After a good document the collector is as it was."""
    loads(WRITTEN)
    assert state() == before


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 100_000])
def test_refusing_leaves_the_collector_as_it_was(before: State, data: bytes) -> None:
    """After a bad document likewise."""
    with pytest.raises((InvalidDocumentError, LimitExceededError)):
        loads(data)
    assert state() == before


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_no_exception_leaves_the_collector_paused(before: State, error: type[BaseException]) -> None:
    """Whatever interrupts the pause, the collector is as it was."""
    seen = []

    def interrupted() -> None:
        seen.append(gc.get_threshold()[0])
        raise error

    with pytest.raises(error):
        uncollected(interrupted)
    assert seen == [0]
    assert state() == before


def test_pauses_nest(before: State) -> None:
    """The inner of two pauses does not end the outer."""

    def outer() -> None:
        uncollected(lambda: None)
        assert gc.get_threshold()[0] == 0

    uncollected(outer)
    assert state() == before


@pytest.mark.parametrize("change", [gc.disable, gc.enable, lambda: gc.set_threshold(500, 7, 6)])
def test_what_the_program_sets_meanwhile_stays(before: State, change: Callable[[], None]) -> None:
    """A program that sets the collector while a document is read has its will afterwards."""
    change()
    wanted = state()
    gc.set_threshold(*before[1])
    (gc.enable if before[0] else gc.disable)()
    uncollected(change)
    assert state() == wanted


def test_the_pause_ends_with_the_thread_that_began_it(before: State) -> None:
    """The collector goes on when the thread that paused it has read, even while others still read."""
    paused, both_read, resumed = Event(), Event(), Event()
    seen = []

    def first() -> None:
        paused.set()
        assert both_read.wait(30)

    def second() -> None:
        both_read.set()
        assert resumed.wait(30)
        seen.append(state())

    with ThreadPoolExecutor(2) as threads:
        leading = threads.submit(uncollected, first)
        assert paused.wait(30)
        following = threads.submit(uncollected, second)
        leading.result()
        resumed.set()
        following.result()
    assert seen == [before]
    assert state() == before


def test_many_threads_read_at_once(before: State) -> None:
    """Eight threads that read good and bad documents over and over leave the collector as it was."""

    def read(number: int) -> None:
        if number % 2:
            assert len(loads(WRITTEN).methods) == 1
        else:
            with pytest.raises(InvalidDocumentError):
                loads(b"{}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(read, range(200)))
    assert state() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # the very case: a fork beside a thread
def test_a_fork_beside_a_load_ends_the_pause_in_the_child(before: State) -> None:
    """A child that is forked while another thread reads collects as its parent did before."""
    paused, forked = Event(), Event()

    def reading() -> None:
        paused.set()
        assert forked.wait(30)

    with ThreadPoolExecutor(1) as threads:
        load = threads.submit(uncollected, reading)
        assert paused.wait(30)
        child = os.fork()
        if not child:
            os._exit(0 if state() == before else 1)
        forked.set()
        load.result()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert state() == before


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timers that signal")
def test_no_interrupt_leaves_the_collector_paused(before: State) -> None:
    """Interrupted at five hundred moments of its short life, a pause always ends."""
    inside = uncollected.__code__

    def interrupt(_: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code is inside:
            raise KeyboardInterrupt

    interrupted = 0
    previous = signal.signal(signal.SIGALRM, interrupt)
    try:
        for moment in range(1, 501):
            signal.setitimer(signal.ITIMER_REAL, moment * 2e-7)
            try:
                for _ in range(50):
                    uncollected(int)
            except KeyboardInterrupt:
                interrupted += 1
            assert state() == before
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert interrupted or not before[1][0]


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("threshold", [0, 500])
def test_a_child_ends_the_pauses_that_it_was_left_with(threshold: int) -> None:
    """What a fork leaves behind is restored, unless the child has thresholds of its own."""
    _collector._paused[-1] = 600  # noqa: SLF001  # what another thread of the parent would have left
    gc.set_threshold(threshold)
    _collector._resume_in_child()  # noqa: SLF001  # what the system calls in a child
    assert gc.get_threshold()[0] == (threshold or 600)
    assert not _collector._paused  # noqa: SLF001  # as above
