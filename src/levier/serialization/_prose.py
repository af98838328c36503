"""What docstrings say of classes and their fields, as plain sentences."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import Any

_NOT_PROSE = ("Raises:", ">>>")
_SENTENCE_END = re.compile(r"(?<=\.)\s+(?=[A-Z*`])")


def prose(subject: Any) -> str:
    """Return what the docstring of a class or a module says, but for its errors and examples, in a document's words."""
    paragraphs = cleandoc(vars(subject).get("__doc__") or "").split("\n\n")
    said = "\n\n".join(" ".join(part.split()) for part in paragraphs if not part.startswith(_NOT_PROSE))
    return said.replace("`None`", "`null`")


def sentence(words: str) -> str:
    """Return *words* as a sentence."""
    return f"{words[0].upper()}{words[1:]}."


def said_of(name: str, cls: type[Any]) -> str:
    """Return the sentences of a class's docstring that speak of its field *name*; of most fields the name says it."""
    sentences = _SENTENCE_END.split(prose(cls))
    return " ".join(sentence for sentence in sentences if f"*{name}*" in sentence)
