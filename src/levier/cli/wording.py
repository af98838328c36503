"""What the command line says in its own words, in French and English, as data."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from levier.display.languages import language_of
from levier.model.terms import Lang, Term

__all__ = ["Message", "asked_language", "is_worded", "system_message"]


class Message(Term):
    """
    The messages that the command line words itself, each whole in one language.

    What is wrong inside a document is told in English, and so is what stands around it on its line.
    """

    EXPECTED = (
        "expected",
        "{where}\u00a0: attendu {expected}, trouvé {found!r}",
        "{where}: expected {expected}, found {found!r}",
    )
    PROBLEM = "problem", "{where}\u00a0: {problem}", "{where}: {problem}"
    MORE = "more", "et {count} autre(s) problème(s)", "and {count} more problem(s)"
    LANGUAGE = "language", "fr ou en", "fr or en"
    DAY = "day", "un jour tel que '2019-06-14' (ISO 8601)", "a day such as '2019-06-14' (ISO 8601)"
    OUTPUT = "output", "un fichier en {suffixes} ou {last}", "a file that ends in {suffixes} or {last}"
    UNDATED = (
        "undated",
        "rien n’y est daté\u00a0; dites le jour avec --as-of 2019-06-14",
        "nothing in it is dated; say the day with --as-of 2019-06-14",
    )
    CATALOGUE = "catalogue", "le catalogue", "the catalogue"
    COMMAND_LINE = (
        "command-line",
        "levier\u00a0: ligne de commande non comprise\u00a0: {problem}",
        "levier: command line not understood: {problem}",
    )
    UNKNOWN_OPTION = "unknown-option", "option inconnue, {found}", "unknown option {found}"
    UNKNOWN_COMMAND = "unknown-command", "commande inconnue, {found}", "unknown command {found}"
    ONE_TOO_MANY = "one-too-many", "de trop, {found}", "too many arguments, {found}"
    WITHOUT_VALUE = "without-value", "il manque la valeur de {found}", "the value of {found} is missing"
    REPEATED = "repeated", "{found} est donné plus d’une fois", "{found} is given more than once"
    NEAR = "near", "{problem} (vouliez-vous dire {near}\u00a0?)", "{problem} (did you mean {near}?)"
    SEE_HELP = "see-help", "voir levier --help", "see levier --help"
    INTERNAL = (
        "internal",
        "levier\u00a0: erreur de levier lui-même, à signaler\u00a0: {problem}",
        "levier: an error of levier itself, please report it: {problem}",
    )
    STANDARD_OUTPUT = "standard-output", "sortie standard", "standard output"
    NOT_FOUND = "not-found", "aucun fichier ni dossier de ce nom", "No such file or directory"
    IS_FOLDER = "is-folder", "c’est un dossier", "Is a directory"
    NOT_FOLDER = "not-folder", "ce n’est pas un dossier", "Not a directory"
    NOT_ALLOWED = "not-allowed", "accès refusé", "Permission denied"
    NO_SPACE = "no-space", "plus de place sur le disque", "No space left on device"
    CLOSED = "closed", "elle est fermée", "it is closed"


_SYSTEM = MappingProxyType(
    {
        errno.ENOENT: Message.NOT_FOUND,
        errno.EISDIR: Message.IS_FOLDER,
        errno.ENOTDIR: Message.NOT_FOLDER,
        errno.EACCES: Message.NOT_ALLOWED,
        errno.ENOSPC: Message.NO_SPACE,
        errno.EBADF: Message.CLOSED,
    }
)


def is_worded(error: OSError) -> bool:
    """
    Say whether we have words of our own for what the system refused.

    >>> is_worded(FileNotFoundError(2, "No such file or directory")), is_worded(OSError("odd"))
    (True, False)
    """
    return error.errno in _SYSTEM


def system_message(error: OSError, lang: Lang) -> str:
    """
    Say what the system refused; what has no words of ours comes as the system tells it.

    >>> system_message(FileNotFoundError(2, "No such file or directory"), "fr")
    'aucun fichier ni dossier de ce nom'
    """
    known = None if error.errno is None else _SYSTEM.get(error.errno)
    return (error.strerror or str(error)) if known is None else known.label(lang)


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """
    Return the language that a command line asks for, or else the environment, whatever else is wrong with them.

    >>> asked_language(["report", "--lang", "fr"], {}), asked_language(["report", "--lang=de"], {"LANG": "fr_FR"})
    ('fr', 'fr')
    """
    words = [word for argument in arguments for word in argument.split("=", 1)]
    said = [after for word, after in pairwise(words) if word == "--lang"]
    if said and said[-1] in ("fr", "en"):
        return "fr" if said[-1] == "fr" else "en"
    return language_of(environment)
