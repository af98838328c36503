"""What of this folder is no test."""

from __future__ import annotations

collect_ignore = ["gaps.py"]
