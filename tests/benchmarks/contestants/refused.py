"""Documents that every contestant has to refuse, each for one reason, so that none is fast by checking less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

__all__ = ["refused"]

Place = tuple[str | int, ...]

OF_A_PLAN: tuple[tuple[Place, Any], ...] = (
    (("version",), 2),
    (("colours",), []),
    (("observations", 0, "colour"), 1),
    (("observations", 0, "value"), "NaN"),
    (("observations", 0, "value"), None),
    (("observations", 0, "value"), "ten"),
    (("observations", 0, "period"), "2020-13"),
    (("observations", 0, "period"), "2020-02-30"),
    (("observations", 0, "period"), "2020/2019"),
    (("observations", 0, "state"), "coming"),
    (("observations", 0, "kind"), "hoped-for"),
    (("observations", 0, "definition"), 0),
    (("observations", 0, "sample_size"), -1),
    (("observations", 0, "indicator_id"), "nobody"),
    (("observations", 0, "source_id"), "nobody"),
    (("observations", 0, "territory_id"), "nobody"),
    (("projects", 0, "id"), "a b"),
    (("projects", 0, "label"), ""),
    (("projects", 0, "owner_id"), "nobody"),
    (("projects", 0, "lever_ids"), ["invest", "invest"]),
    (("projects", 0, "lever_ids"), ["nobody"]),
    (("projects", 0, "steps"), [{"phase": "completed", "on": "2020-01-01", "because": "x", "source_id": None}]),
    (("projects", 0, "steps"), [{"phase": "stopped", "on": "2020-02-30", "because": "x", "source_id": None}]),
    (("projects", 0, "steps"), [{"phase": "stopped", "on": "2020-01-01", "because": "x", "source_id": "nobody"}]),
    (("projects", 0, "milestones"), [{"id": "m", "label": "M", "colour": 1}]),
    (("projects", 0, "milestones"), [{"id": "m", "label": "M"}, {"id": "m", "label": "M"}]),
    (("indicators", 0, "label"), " x"),
    (("instruments", 0, "kind"), "gift"),
    (("budget_programmes", 0, "lines", 0, "missing_because"), "x"),
    (("budget_programmes", 0, "lines", 0, "amounts"), {"commitment": "1.001", "payment": "1"}),
    (("budget_programmes", 0, "lines", 0, "source_id"), "nobody"),
)
"""What makes a plan wrong, put where it says."""

OF_A_FUND: tuple[tuple[Place, Any], ...] = (
    (("funds", 0, "awards", 0, "call_id"), "nobody"),
    (("funds", 0, "awards", 0, "contracted_on"), None),
    (("funds", 0, "awards", 0, "contracted_on"), "2120-01-01"),
    (("funds", 0, "awards", 0, "amount"), "1.00"),
    (("funds", 0, "allocation", "value"), "1.00"),
    (("funds", 0, "entries", 0, "amount"), "0.00"),
    (("funds", 0, "entries", 0, "amount"), "-1.00"),
    (("funds", 0, "entries", 0, "amount"), "1.001"),
    (("funds", 0, "entries", 0, "amount"), "1000000000000.00"),
    (("funds", 0, "entries", 0, "award_id"), "nobody"),
    (("funds", 0, "entries", 0, "colour"), 1),
    (("funds", 0, "entries", 0, "kind"), "gift"),
    (("funds", 0, "entries", 0, "kind"), "payment"),
    (("funds", 0, "entries", 0, "kind"), "decommitment"),
    (("funds", 0, "entries", 0, "kind"), "recovery"),
    (("funds", 0, "entries", 0, "on"), "2019-02-30"),
)
"""What makes a fund wrong."""


def refused(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield wrong documents made from a sound one, each with what is wrong in it."""
    sound = json.loads(data)
    for place, value in OF_A_PLAN + OF_A_FUND:
        if len(place) == 1 or place[0] in sound:
            found = json.loads(data)
            inner = found
            for step in place[:-1]:
                inner = inner[step]
            inner[place[-1]] = value
            yield f"{'/'.join(map(str, place))}: {value!r}", json.dumps(found).encode()
    for noun in sound.keys() & {"levers", "observations", "funds"}:
        found = json.loads(data)
        found[noun].append(found[noun][0])
        yield f"{noun}: one twice", json.dumps(found).encode()
    for noun in sound.keys() & {"levers", "projects", "funds"}:
        found = json.loads(data)
        del found[noun][0]["label"]
        yield f"{noun}: no label", json.dumps(found).encode()
