"""
Interop: the files that people have, read into values with every problem named, and written back.

Every reader returns the values and the problems; no bad row raises, and none is lost in silence.
`cells` says what one cell of a French or English table means.
"""

from __future__ import annotations

__all__: list[str] = []
