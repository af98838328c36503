"""
Print what the catalogues lack, ready to translate, and what they hold that nobody says any more.

Run `python tests/wording/gaps.py`, and write the French of what it prints in the file of your subject.
"""

from __future__ import annotations

import sys
from itertools import chain

from test_catalogues import LANGUAGES, MESSAGES, Key, held


def quoted(text: str) -> str:
    """Write a text as a catalogue does."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def entry(key: Key, forms: tuple[str, ...]) -> str:
    """Write an entry without its translation."""
    context = [f"msgctxt {quoted(key[0])}"] if key[0] else []
    more = [f"msgid_plural {quoted(forms[1])}"] if len(forms) > 1 else []
    strings = ['msgstr[0] ""', 'msgstr[1] ""'] if more else ['msgstr ""']
    return "\n".join(chain(context, [f"msgid {quoted(key[1])}"], more, strings, [""]))


if __name__ == "__main__":
    for lang in LANGUAGES:
        found = held(lang)
        lacking = [entry(key, forms) for key, forms in MESSAGES.items() if not all(found.get(key, ("",)))]
        gone = [f"# {lang}: nobody says {key[1]!r}" for key in found if key not in MESSAGES]
        sys.stdout.write("\n".join([*lacking, *gone, ""]))
