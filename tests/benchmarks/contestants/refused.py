"""Documents that every contestant has to refuse, each for one reason, so that none is fast by checking less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

__all__ = ["refused"]

FIELDS: tuple[tuple[str, str, Any], ...] = (
    ("observations", "colour", 1),
    ("observations", "value", "NaN"),
    ("observations", "period", "2020-13"),
    ("observations", "state", "coming"),
    ("observations", "kind", "hoped-for"),
    ("projects", "id", "a b"),
    ("projects", "owner_id", "nobody"),
    ("projects", "lever_ids", ["invest", "invest"]),
    ("projects", "steps", [{"phase": "completed", "on": "2020-01-01", "because": "x", "source_id": None}]),
    ("projects", "steps", [{"phase": "stopped", "on": "2020-02-30", "because": "x", "source_id": None}]),
    ("indicators", "label", " x"),
)
"""What makes a document wrong, put in a field of the first thing of a noun."""

LINES: tuple[tuple[str, Any], ...] = (
    ("missing_because", "x"),
    ("amounts", {"commitment": "1.001", "payment": "1"}),
)
"""What makes a document wrong, put in a field of its first budget line."""


def refused(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield wrong documents made from a sound one, each with what is wrong in it."""
    for noun, key, value in FIELDS:
        found = json.loads(data)
        found[noun][0][key] = value
        yield f"{noun}: {key} {value!r}", json.dumps(found).encode()
    for key, value in LINES:
        found = json.loads(data)
        found["budget_programmes"][0]["lines"][0][key] = value
        yield f"lines: {key} {value!r}", json.dumps(found).encode()
    for noun in ("levers", "observations"):
        found = json.loads(data)
        found[noun].append(found[noun][0])
        yield f"{noun}: one twice", json.dumps(found).encode()
    found = json.loads(data)
    del found["levers"][0]["label"]
    yield "levers: no label", json.dumps(found).encode()
