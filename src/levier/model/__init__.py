"""The domain model: immutable values, validated on construction, that know nothing of any file format."""

from __future__ import annotations

from levier import _loading

_loading.call_what_waits()
