"""The last answers about a portfolio, kept as long as the portfolio lives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import ref

from levier.errors.final import final

__all__ = ["Remembering"]

K = TypeVar("K")
T = TypeVar("T")
W = TypeVar("W")

_FEW = 4


@final
class Remembering(Generic[W, K, T]):
    """
    A function of a portfolio and a key, such as a day, with a cache of its last answers about each living portfolio.

    A question about one series needs what is known of the whole portfolio, so that without a cache each question would
    pay for the whole.
    The cache holds a portfolio weakly, and answers only as long as it lives; so no answer may hold its portfolio.
    Entries are replaced, never changed: two threads that race compute equal answers, and one of these is kept.

    >>> from levier import Portfolio
    >>> asked = []
    >>> counted = Remembering(lambda plan, day: asked.append(day) or len(plan.projects))
    >>> plan = Portfolio()
    >>> counted(plan, "2019"), counted(plan, "2019"), asked
    (0, 0, ['2019'])
    """

    __slots__ = ("_answers", "_ask")

    def __init__(self, ask: Callable[[W, K], T]) -> None:
        self._ask = ask
        self._answers: dict[int, tuple[ref[Any], tuple[tuple[K, Any], ...]]] = {}

    def __call__(self, whole: W, key: K) -> T:
        """Return the answer, from the cache if it is there."""
        entry = self._answers.get(id(whole))  # written out: every question about a series asks here
        if entry is not None and entry[0]() is whole:
            for asked, answer in entry[1]:
                if asked is key or asked == key:
                    return whole if answer is None else answer  # type: ignore[return-value]  # `None` is *whole*
        answer = self._ask(whole, key)
        self.keep(whole, key, answer)
        return answer

    def keep(self, whole: W, key: K, answer: T) -> None:
        """Keep an answer; `None` stands for the portfolio itself, so that it is not held."""
        place = id(whole)
        forget = self._answers.pop  # bound here: at exit, names are cleared before the last portfolio
        kept = (*self._known(whole)[1 - _FEW :], (key, None if answer is whole else answer))
        self._answers[place] = ref(whole, lambda _: forget(place, None)), kept

    def _known(self, whole: W) -> tuple[tuple[K, Any], ...]:
        entry = self._answers.get(id(whole))
        return entry[1] if entry is not None and entry[0]() is whole else ()
