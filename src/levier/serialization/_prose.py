"""The descriptions of classes and fields in their docstrings, as plain sentences for the JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from inspect import cleandoc
from typing import Any

from levier._once import once

_NOT_PROSE = ("Attributes:", "Raises:", ">>>")
_SENTENCE_END = re.compile(r"(?<=\.)\s+(?=[A-Z*`])")


def prose(subject: Any) -> str:
    """
    Return the docstring of a class or a module without fields, errors and examples, with `null` for `None`.

    `python -OO` removes docstrings; the text is then taken from the shipped schema.
    """
    docstring = vars(subject).get("__doc__")
    if docstring is None:
        return _shipped().get(getattr(subject, "__qualname__", ""), "")
    paragraphs = cleandoc(docstring).split("\n\n")
    said = "\n\n".join(" ".join(part.split()) for part in paragraphs if not part.startswith(_NOT_PROSE))
    return said.replace("`None`", "`null`")


@once
def _shipped() -> Mapping[str, str]:
    """Return the descriptions of the shipped schema by class name; that of the document under the empty text."""
    found = json.loads(files("levier.serialization").joinpath("data/document-1.schema.json").read_bytes())
    return {name: said["description"] for name, said in found["$defs"].items()} | {"": found["description"]}


def sentence(words: str) -> str:
    """Return *words* with a capital letter and a full stop."""
    return f"{words[0].upper()}{words[1:]}."


def said_of(name: str, cls: type[Any]) -> str:
    """Return the sentences of a class's docstring that name its field as *name*; empty for most fields."""
    sentences = _SENTENCE_END.split(prose(cls))
    return " ".join(sentence for sentence in sentences if f"*{name}*" in sentence)
