"""What a result about a programme or a reform covers, in words: the sub-programmes, and how many things below."""

from __future__ import annotations

from levier.compute._wording import colon, label_of, number
from levier.model.belonging import Subtree
from levier.model.terms import Lang

__all__ = ["below_said", "sub_programmes_said"]


def sub_programmes_said(covers: Subtree, lang: Lang) -> str:
    """
    Name the programmes below the one asked; nothing where there are none.

    >>> from levier import Programme
    >>> both = [Programme(id=name, label=name.title(), kind="national") for name in ("plan", "axis")]
    >>> sub_programmes_said(Subtree(programmes=both), "en")
    'sub-programmes included: Axis'
    """
    names = ", ".join(label_of(programme, lang) for programme in covers.programmes[1:])
    word = "sous-programmes compris" if lang == "fr" else "sub-programmes included"
    return f"{word}{colon(lang)}{names}" if names else ""


def below_said(covers: Subtree, lang: Lang) -> str:
    """
    Name the programmes below the one asked, and say how many reforms and projects are covered.

    >>> below_said(Subtree(), "en")
    'reforms: 0, projects: 0'
    """
    words = ("réformes", "projets") if lang == "fr" else ("reforms", "projects")
    counts = zip(words, (covers.reforms, covers.projects), strict=True)
    said = ", ".join(f"{word}{colon(lang)}{number(len(things), lang)}" for word, things in counts)
    return ", ".join(part for part in (sub_programmes_said(covers, lang), said) if part)
