"""
Who is told of each final class when it is made.

`import hypothesis` asks for the registration of our strategies, which needs the classes of the model. Were they loaded
then, each start of Hypothesis in an environment with levier would take a quarter of a second longer, for nothing where
levier is not used. So each class is registered when it is made, by whoever imports it: before anybody can ask for it,
and without an import of another module, for which threads could wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["made", "watchers"]

watchers: list[Callable[[type[Any]], object]] = []


def made(cls: type[Any]) -> None:
    """Tell the watchers of a class that is now complete, but not yet bound to its name."""
    for watch in watchers:
        watch(cls)
