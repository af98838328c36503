"""
Seeded draws for samples.

They use only the bits of Python's generator, because its other methods may use those bits differently from one version
of Python to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from levier.model.money import Euros
from levier.model.periods import Day

__all__ = ["Draws"]

T = TypeVar("T")


class Draws:
    """
    Random draws that are the same for the same seed on every machine and version of Python.

    >>> draws = Draws(7)
    >>> [draws.between(1, 6) for _ in range(5)]
    [3, 6, 5, 6, 6]
    """

    __slots__ = ("_bits",)

    def __init__(self, seed: int) -> None:
        self._bits = Random(seed).getrandbits

    def between(self, least: int, most: int) -> int:
        """Return a whole number from *least* to *most*."""
        return least + self._bits(64) % (most - least + 1)

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of *choices*."""
        return choices[self.between(0, len(choices) - 1)]

    def day(self, year: int) -> Day:
        """Return a day of *year*."""
        return Day(year, self.between(1, 12), self.between(1, 28))

    def euros(self, least: int, most: int) -> Euros:
        """Return an amount between *least* and *most* thousands of euros, in whole thousands."""
        return Euros(self.between(least, most) * 1000)
