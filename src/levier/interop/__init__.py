"""
Interop: the files that people have, read with every problem named. The readers of single formats are to come.

- `cells` says what one cell of a French or English table means: a number, a day, a period.
- `delimited` opens CSV files and `workbooks` Excel workbooks (extra `xlsx`), row by row, whatever is in them.
- `reading` has what both give: rows, and problems with their places.
"""

from __future__ import annotations

__all__: list[str] = []
