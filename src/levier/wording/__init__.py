"""
Sentences of results: messages with typed values, written in the language of the caller.

`messages` builds them, `values` are what their placeholders hold, `explained` adds sentences to results, `formats`
writes numbers and dates as CLDR does, and `catalogue` reads the translations: gettext files, one folder for each
language. English texts are in the code. Babel is imported at the first sentence, never earlier.
"""

from __future__ import annotations

import levier.errors  # noqa: F401  # whole, before a module of this room takes one of its modules: see levier.errors
