"""
Load and dump one portfolio with levier and with its peers, side by side in one run.

The peers' classes are made from levier's own fields, so that every contestant reads and writes the same document and
makes the same checks: identifiers against the grammar, texts without white space at their ends, exact decimals,
amounts to the cent, ISO dates, no unknown key, no reference that leads nowhere.

    python tests/benchmarks/codecs.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, NewType, Union, get_args, get_origin, get_type_hints

import attrs
import msgspec
import pydantic

from levier import TRANSITIONS, InnovationWeek, Observation, ObservationState, Phase, Project, dumps, loads
from levier.model.instruments import Instrument
from levier.model.journal import Journal, JournalEntry
from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.model.references import REGISTRY_OF
from levier.serialization.document import ITEMS
from levier.serialization.hooks import INSTRUMENTS
from levier.testing import samples

IDENTIFIER = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$"
PERIOD = r"^[0-9]{4}(-[0-9]{2}){0,2}(/([0-9]{4}(-[0-9]{2}){0,2}|\.\.))?$"


class Row(NamedTuple):
    """One line of the table that other programs read."""

    name: str
    ratio: float
    at_most: float


# ---------------------------------------------------------------- pydantic: the same fields, the same checks


def _trimmed(text: str) -> str:
    if text.strip() != text:
        raise ValueError("white space at an end")
    return text


def _cents(amount: Decimal) -> Decimal:
    if amount != round(amount, 2):
        raise ValueError("not to the cent")
    return amount


def _period(text: str) -> str:
    """Refuse a text that names no year, month, day or interval of the calendar."""
    start, _, end = text.partition("/")
    for part in (start, end):
        if part not in ("", ".."):
            date.fromisoformat(part + "-01-01"[len(part) - 4 :])
    if end not in ("", "..") and end <= start:
        raise ValueError("an interval ends after it starts")
    return text


def _distinct(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(items) > 1 and len(set(items)) != len(items):
        raise ValueError("the same value twice")
    return items


def _value_if_measured(found: Any) -> Any:
    if (found.state is ObservationState.MEASURED) is (found.value is None):
        raise ValueError("a value when measured, and a reason when there is none")
    return found


def _edition_of_its_year(found: Any) -> Any:
    if not found.period.value.startswith(str(found.edition + 2013)):
        raise ValueError("the edition is the year minus 2013")
    return found


def _legal_moves(found: Any) -> Any:
    current = Phase.FRAMING
    for step in found.steps:
        if step.phase not in TRANSITIONS[current]:
            raise ValueError(f"cannot go from {current} to {step.phase}")
        current = step.phase
    return found


WHOLE: dict[Any, Any] = {
    Observation: _value_if_measured,
    InnovationWeek: _edition_of_its_year,
    Project: _legal_moves,
}
"""What a class checks across its fields, where the document has such a class."""

TEXT = Annotated[str, pydantic.AfterValidator(_trimmed)]
SCALARS: dict[Any, Any] = {
    str: TEXT,
    Day: date,
    Period: Annotated[str, pydantic.StringConstraints(pattern=PERIOD), pydantic.AfterValidator(_period)],
    Euros: Annotated[Decimal, pydantic.AfterValidator(_cents)],
    Decimal: Annotated[Decimal, pydantic.Field(allow_inf_nan=False)],
}


class PydanticModels:
    """Frozen pydantic models made from levier's classes, each once."""

    def __init__(self) -> None:
        self.made: dict[Any, Any] = {}

    def of(self, hint: Any, name: str = "") -> Any:
        """Return what stands for a type of levier in a pydantic model."""
        if isinstance(hint, NewType):
            return Annotated[str, pydantic.StringConstraints(pattern=IDENTIFIER)] if name == "id" else TEXT
        if hint is Journal:
            return tuple[self.of(JournalEntry), ...]
        if attrs.has(hint):
            return self.model(hint)
        return SCALARS[hint] if hint in SCALARS else self.composed(hint, get_args(hint))

    def composed(self, hint: Any, arguments: tuple[Any, ...]) -> Any:
        """Return what stands for a union or a tuple; any other type stands for itself."""
        if hint is Instrument:
            kinds = tuple(self.of(cls) for cls in INSTRUMENTS.values())
            return Annotated[Union[kinds], pydantic.Field(discriminator="kind")]  # noqa: UP007  # made at run time
        if get_origin(hint) is tuple:
            return Annotated[tuple[self.of(arguments[0]), ...], pydantic.AfterValidator(_distinct)]
        if get_origin(hint) in (Union, UnionType):
            return Union[tuple(self.of(argument) for argument in arguments)]  # noqa: UP007  # made at run time
        return hint

    def model(self, cls: Any) -> Any:
        """Return the model that stands for a class."""
        if cls not in self.made:
            plain = get_origin(cls) or cls
            hints = get_type_hints(plain)
            chosen = dict(zip(getattr(plain, "__parameters__", ()), get_args(cls), strict=False))
            fields: dict[str, Any] = {}
            for field in attrs.fields(plain):
                hint = _filled(hints[field.name], chosen)
                default = field.default.factory() if isinstance(field.default, attrs.Factory) else field.default
                fields[field.name] = (self.of(hint, field.name), ... if default is attrs.NOTHING else default)
            whole = {"whole": pydantic.model_validator(mode="after")(WHOLE[cls])} if cls in WHOLE else {}
            self.made[cls] = pydantic.create_model(str(cls), __config__=CONFIG, __validators__=whole, **fields)
        return self.made[cls]


CONFIG = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True)


def _filled(hint: Any, chosen: dict[Any, Any]) -> Any:
    if hint in chosen:
        return chosen[hint]
    if get_origin(hint) is tuple:
        return tuple[_filled(get_args(hint)[0], chosen), ...]
    arguments = get_args(hint)
    if any(argument in chosen for argument in arguments):
        return get_origin(hint)[tuple(chosen.get(argument, argument) for argument in arguments)]
    return hint


def pydantic_codec() -> tuple[Callable[[bytes], Any], Callable[[Any], bytes]]:
    """Return how pydantic loads and dumps the document, references resolved."""
    models = PydanticModels()
    nouns = {noun: (tuple[models.of(item), ...], ()) for noun, item in ITEMS.items()}
    envelope = {"format": (Literal["levier"], ...), "version": (Literal[1], ...), "generator": (str, "")}
    document = pydantic.create_model("Document", __config__=CONFIG, **envelope, **nouns)
    checks = [(noun, list(_references(item))) for noun, item in ITEMS.items()]

    def load(data: bytes) -> Any:
        found = document.model_validate_json(data)
        held = {noun: {item.id for item in getattr(found, noun)} for noun in ITEMS if noun != "observations"}
        for noun, known in held.items():
            if len(known) != len(getattr(found, noun)):
                raise ValueError(f"{noun}: an identifier stands twice")
        keys = {(o.indicator_id, o.territory_id, o.period, o.kind, o.source_id) for o in found.observations}
        if len(keys) != len(found.observations):
            raise ValueError("observations: a key stands twice")
        for noun, references in checks:
            _resolve(getattr(found, noun), references, held)
        return found

    return load, lambda found: found.model_dump_json().encode()


def _resolve(items: Iterable[Any], references: list[tuple[str, str, bool]], held: dict[str, set[str]]) -> None:
    for item in items:
        for name, registry, many in references:
            target = getattr(item, name, None)
            for one in target if many and target else (target,):
                if one and one not in held[registry]:
                    raise ValueError(f"{one} is not in {registry}")


def _references(item: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield the references that a class makes directly: the peer resolves these and no deeper ones."""
    for cls in INSTRUMENTS.values() if item is Instrument else (item,):
        for name, hint in get_type_hints(cls).items():
            parts = [hint, *get_args(hint)]
            for part in parts:
                if part in REGISTRY_OF and name != "id":
                    yield name, REGISTRY_OF[part], get_origin(hint) is tuple


# ---------------------------------------------------------------- measuring


def seconds(act: Callable[[], object]) -> float:
    """Return the processor time of one call: neighbours on the machine do not count."""
    gc.collect()
    started = time.process_time()
    result = act()
    taken = time.process_time() - started
    del result
    return taken


def medians(acts: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median time of each act, all of them taking turns in every round."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            times[name].append(seconds(act))
    return {name: statistics.median(found) for name, found in times.items()}


def canonical(data: bytes) -> Any:
    """Return a document as builtins in which the same decimal is the same text, to compare what peers wrote."""
    return json.loads(re.sub(rb'"(-?[0-9]+)\.([0-9]*?)0+"', rb'"\1.\2"', data).replace(b'."', b'"'))


def measured(projects: int, rounds: int) -> list[Row]:
    """Measure, print the table, and return its rows."""
    portfolio = samples.portfolio(projects=projects, seed=7)
    data = dumps(portfolio)
    peer_loads, peer_dumps = pydantic_codec()
    peer = peer_loads(data)
    if loads(data) != portfolio or canonical(peer_dumps(peer)) != canonical(data):
        sys.exit("the contestants do not read and write the same document")
    gc.collect()
    gc.freeze()  # what stands here already is nobody's to traverse
    print(f"{projects} projects, {len(data) / 1e6:.1f} MB; {describe()}")
    loading = {
        "levier": lambda: loads(data),
        "pydantic": lambda: peer_loads(data),
        "pydantic, collector off": lambda: collector_off(peer_loads, data),
        "raw msgspec": lambda: msgspec.json.decode(data),
    }
    dumping = {"levier": lambda: dumps(portfolio), "pydantic": lambda: peer_dumps(peer)}
    return [row("loads", 0.5, medians(loading, rounds)), row("dumps", 1.0, medians(dumping, rounds))]


def collector_off(load: Callable[[bytes], Any], data: bytes) -> Any:
    """Load as a peer's user may who knows what levier does by itself."""
    gc.disable()
    try:
        return load(data)
    finally:
        gc.enable()


def row(job: str, at_most: float, times: dict[str, float]) -> Row:
    """Print the times of a job, and return levier's against pydantic's."""
    for name, found in times.items():
        print(f"{job:6} {name:24} {found * 1000:8.1f} ms   {found / times['pydantic']:5.2f} of pydantic")
    return Row(f"{job}: levier / pydantic", round(times["levier"] / times["pydantic"], 3), at_most)


def describe() -> str:
    """Return the versions and the machine that the ratios belong to."""
    names: Iterable[str] = ("attrs", "cattrs", "msgspec", "pendulum", "pydantic")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"Python {platform.python_version()}, {versions}, {platform.machine()}"


def main() -> None:
    """Run the benchmark as a script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="finish within 40 seconds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write rows of name, ratio, at_most")
    options = parser.parse_args()
    rows = measured(2000, rounds=3 if options.quick else 9)
    for row in rows:
        verdict = "met" if row.ratio <= row.at_most else "MISSED"
        print(f"{row.name:28} {row.ratio:5.2f}   at most {row.at_most:4.2f}   {verdict}")
    if options.json:
        options.json.write_text(json.dumps([row._asdict() for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
