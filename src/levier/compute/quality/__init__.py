"""
Quality of service: rates with their counts, shares with their interval, marks and bands.

What stands in `service`, `shares`, `intervals` and `marks`, by one name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from levier._gathering import gathered

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from levier.compute.quality._surface import *  # noqa: F403  # for type checkers: the names stand there, and nowhere twice

__getattr__: Callable[[str], Any]
__dir__: Callable[[], list[str]]
__getattr__, __dir__ = gathered(__name__)
