"""What follows: pure functions over the model; time is an argument, and every number explains itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levier._gathering import gathered

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from levier.compute._surface import *  # noqa: F403  # for type checkers: the names stand there, and nowhere twice

__getattr__: Callable[[str], Any]
__dir__: Callable[[], list[str]]
__getattr__, __dir__ = gathered(__name__)
