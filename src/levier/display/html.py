"""A report as one self-contained HTML page; the only door to Jinja2."""

from __future__ import annotations

from levier.display.pages import Report
from levier.errors import MissingExtraError
from levier.serialization.document import GENERATOR
from levier.wording.messages import message

try:
    from jinja2 import Environment, PackageLoader, StrictUndefined
except ModuleNotFoundError as error:  # pragma: no cover  # the tests have the extra; a subprocess proves the message
    raise MissingExtraError("writing HTML", "report") from error

__all__ = ["to_html"]


def to_html(report: Report) -> str:
    """
    Return a report as an HTML page that needs nothing else: no script, no font, no image.

    Everything of the portfolio is escaped.

    >>> page = to_html(Report(title="<Plan>", lang="en", as_of="2019-06-14", sections=[]))
    >>> "<h1>&lt;Plan&gt;</h1>" in page, '<html lang="en">' in page
    (True, True)
    """
    contents, written_by = message("Contents"), message("Written by {program}.", program=GENERATOR)
    words = {"contents": contents.say(report.lang), "written_by": written_by.say(report.lang)}
    template = _environment().get_template("report.html.j2")
    return template.render(report=report, generator=GENERATOR, **words)


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("levier.display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
