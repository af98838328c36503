"""
What waits for the model to be loaded, without loading it.

`import hypothesis` calls the registration of our strategies, which needs every class of the model. Were they loaded
then, each start of Hypothesis in an environment with levier would take a quarter of a second longer, for nothing where
levier is not used. So the registration waits here, and `levier.model` calls it when one of its modules is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

__all__ = ["call_what_waits", "once_the_model_is_loaded"]

_waiting: list[Callable[[], object]] = []


def once_the_model_is_loaded(act: Callable[[], object]) -> None:
    """Call *act* when a module of the model is first imported: now, if one is."""
    _waiting.append(act)  # first, so that it is not missed where another thread imports the model meanwhile
    if "levier.model" in sys.modules:
        call_what_waits()


def call_what_waits() -> None:
    """Call all that waits, once."""
    while _waiting:
        try:
            act = _waiting.pop()
        except IndexError:  # another thread took it
            return
        act()
