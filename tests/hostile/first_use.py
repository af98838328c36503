"""Use every entry point for the first time, from sixteen threads at once; run in a fresh process each time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

import levier

THREADS = 16
GIVEN = Path(sys.argv[1] if __name__ == "__main__" else ".")


def given(suffix: str) -> bytes:
    """Return a document written before, in another process."""
    return (GIVEN / f"plan{suffix}").read_bytes()


def structured() -> Any:
    """Build a portfolio's part from builtins."""
    return levier.serialization.structure({"id": "p", "label": "P", "steps": []}, levier.Project)


def hooked() -> Any:
    """Build a value through a converter of the program's own."""
    from cattrs import Converter

    return levier.serialization.register_hooks(Converter()).structure({"id": "m", "label": "M"}, levier.Method)


def refused() -> Any:
    """Explain a bad document, which takes other ways than a good one."""
    try:
        levier.loads(b'{"format": "levier", "version": 1, "instruments": [{"kind": "campus"}], "funds": [{"id": 3}]}')
    except levier.InvalidDocumentError as error:
        return len(error.problems)
    raise AssertionError("accepted")


def module(name: str) -> Any:
    """Import a module of levier that is not at hand yet."""
    from importlib import import_module

    return import_module(f"levier.{name}")


def plan() -> Any:
    """Return the catalogue."""
    return levier.catalogue.action_publique_2022()


def sentence(lang: str) -> Any:
    """Say a result, for which the first one reads the catalogue."""
    slip = levier.plans.schedule_variance(levier.Project(id="p", label="P", calendar="2019"), as_of="2020-01-02")
    return slip.explain(lang)


ENTRIES: tuple[Callable[[], Any], ...] = (
    lambda: levier.loads(given(".json")),
    lambda: sentence("fr"),
    lambda: sentence("en"),
    lambda: levier.loads(given(".instruments.json")),
    lambda: levier.load(GIVEN / "plan.json.gz"),
    lambda: levier.load(GIVEN / "plan.json.zst"),
    lambda: module("serialization.ndjson").loads(given(".ndjson")),
    lambda: list(module("serialization.ndjson").records(BytesIO(given(".ndjson")))),
    lambda: module("serialization.toml").loads(given(".toml")),
    lambda: module("serialization.yaml").loads(given(".yaml")),
    lambda: levier.loads(b'{"id": "c", "label": "C", "kind": "campus"}', type=levier.Campus),
    lambda: levier.loads(
        b'{"indicator_id": "i", "period": "2019", "kind": "actual", "value": "3"}', type=levier.Observation
    ),
    lambda: levier.loads(b'"2019"', type=levier.Period),
    structured,
    hooked,
    refused,
    lambda: levier.dumps(levier.Fund(id="f", label="F")),
    lambda: levier.serialization.unstructure(levier.Euros(3)),
    lambda: module("serialization.schema").schema_of(levier.Project),
    plan,
    lambda: levier.catalogue.territories()["46"],
    lambda: levier.indicators.progress_table(plan(), as_of="2019-06-14"),
    lambda: levier.rules.check(plan(), as_of="2019-06-14"),
    lambda: levier.history.difference(plan().as_of("2019-06-14"), plan().as_of("2019-06-20")).explain("fr"),
    lambda: str(module("display.report").report(plan(), as_of="2019-06-14", lang="fr")),
    lambda: levier.testing.build(levier.Project),
    lambda: levier.testing.samples.portfolio(projects=20),
)


def main() -> None:
    """Start all threads at one moment, each with the entry point of its turn; fail with what any of them raised."""
    seed = int(sys.argv[2])
    order = list(ENTRIES)
    Random(seed).shuffle(order)
    chosen = list(islice(cycle(order if seed % 2 else order[:2]), THREADS))  # many kinds, or two kinds many times
    start, failed = threading.Barrier(THREADS), list[BaseException]()

    def use(entry: Callable[[], Any]) -> None:
        start.wait()
        try:
            entry()
        except BaseException as error:  # noqa: BLE001  # told by the main thread
            failed.append(error)

    if seed % 3:
        sys.setswitchinterval(1e-6)  # threads change in the middle of everything
    threads = [threading.Thread(target=use, args=(entry,)) for entry in chosen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


if __name__ == "__main__":
    main()
