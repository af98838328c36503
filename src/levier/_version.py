"""The one place where the version stands."""

from __future__ import annotations

__version__ = "0.1.0"

GENERATOR = f"levier {__version__}"
"""The program and its version, as documents and the command line name them."""
