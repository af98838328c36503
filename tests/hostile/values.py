"""Values that nobody means: what programs pass by mistake, and what an attacker would."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pendulum


class _Odd:
    """Raises whenever it is asked anything: its text, its truth, its length, its equality."""

    def __repr__(self) -> str:
        raise RuntimeError("no text")

    def __bool__(self) -> bool:
        raise RuntimeError("no truth")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no equality")

    def __hash__(self) -> int:
        raise RuntimeError("no hash")

    def __len__(self) -> int:
        raise RuntimeError("no length")


class _Text(str):
    """A text of a class of its own."""

    __slots__ = ()


class _Number(int):
    """A number of a class of its own."""


def _endless() -> Any:
    items: list[Any] = []
    items.append(items)
    return items


HOSTILE: dict[str, Any] = {
    "nan": math.nan,
    "infinity": math.inf,
    "float": 0.1,
    "decimal nan": Decimal("NaN"),
    "decimal snan": Decimal("sNaN"),
    "decimal infinity": Decimal("-Infinity"),
    "huge exponent": Decimal("1E+999999"),
    "tiny exponent": Decimal("1E-999999"),
    "5000 digits": 10**5_000,
    "minus 5000 digits": -(10**5_000),
    "fraction": Fraction(1, 3),
    "complex": 1j,
    "bytes": b"text",
    "bytearray": bytearray(b"text"),
    "surrogate": "a\ud800b",
    "NUL": "a\0b",
    "escape": "\x1b[31mred",
    "line break": "one\ntwo",
    "carriage return": "one\rtwo",
    "right to left": "abc\u202edef",
    "invisible": "\u200b\u200d",
    "blank": "   ",
    "a million letters": "x" * 1_000_000,
    "text of a class": _Text("text"),
    "number of a class": _Number(3),
    "true": True,
    "object": object(),
    "odd": _Odd(),
    "lambda": lambda: None,
    "class": dict,
    "module": dt,
    "namespace": SimpleNamespace(id="x"),
    "array": np.array([1, 2]),
    "empty array": np.array([]),
    "numpy scalar": np.float64(0.5),
    "numpy text": np.str_("text"),
    "list in itself": _endless(),
    "list of lists": [[1], [2]],
    "dictionary": {"id": "x"},
    "set": {1, "a"},
    "generator": (number for number in [1]),
    "moment": dt.datetime(2019, 6, 14, 12, tzinfo=dt.UTC),
    "pendulum moment": pendulum.datetime(2019, 6, 14),
    "duration": dt.timedelta(days=3),
    "error": ValueError("x"),
}
"""One value of each sort, by its name."""
