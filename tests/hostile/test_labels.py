"""Whatever a label holds, each form of a report has the structure of a plain one, and the label's own text in it."""

from __future__ import annotations

import json
import random
import time
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from levier import Indicator, Lever, Organisation, Portfolio, Project, Source
from levier.cli.problems import tell
from levier.cli.terminal import show
from levier.display.html import to_html
from levier.display.json import to_json
from levier.display.markdown import to_markdown
from levier.display.notebook import card
from levier.display.pages import Cell, Column, Report, Row, Section, Table
from levier.display.report import report
from levier.errors import InvalidValueError

pytestmark = pytest.mark.untraced

CONSTRUCTS = [
    "[a [b] c](http://evil.example)",
    "[a](<http://evil.example> 'title')",
    "[a][b]",
    "[a]: http://evil.example",
    "[^1]: note",
    "[[a](b)](c)",
    "[a]\\(b) [c\\](d) \\[e](f)",
    "![image](http://evil.example/pixel.png)",
    "[![x](y)](z)",
    "__x__",
    "_x_",
    "___x___",
    "a_b_c _d_e_ f__g__h",
    "_ _ _",
    "* * *",
    "- - -",
    "***",
    "---",
    "===",
    "___",
    "*x*",
    "**x**",
    "2 * 3 * 4",
    "*",
    "* a",
    "a *",
    "~x~",
    "~~x~~",
    "~~~",
    "``` code",
    "`x`",
    "``x`y``",
    "<b>x</b>",
    "<script>alert(1)</script>",
    "<!-- x -->",
    "<?x?>",
    "<![CDATA[x]]>",
    "<http://evil.example>",
    "<1@evil.example>",
    "<.a@evil.example>",
    "&amp; &#65; &#x41; &copy",
    "a | b",
    "\\| a \\\\| b",
    "| --- |",
    "# a",
    "#",
    "a #",
    "a ##",
    "a \\#",
    "C#",
    "> a",
    "1. a",
    "1) a",
    "123456789. a",
    "+ a",
    "+",
    "-",
    "a\\",
    "\\",
    "\\\\",
    "\\*",
    "a  \nb",
    "a\n\n# b",
    "a\n---",
    "    code",
    "\tcode",
    "[ ] task",
    "$x$ @name #1 :smile:",
    "' onmouseover='x' \" onload=\"y",
    "javascript:alert(1)",
    "{{ x }} {% y %}",
    "[red]x[/red] \x1b[31mx",
    "\u202eabc\u202c \u2066x\u2069",
    "a\u200bb\ufeffc\u2060d\u00ade",
    "«\u00a0a\u00a0» 10\u202f000\u00a0€",
    "👩\u200d🚀 ❤\ufe0f",
    "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg",
    "\ud800",
    "\U000e0041\U000e0042",
    "€_a_ §*b* ٣. x",
    "\u00a0* a",
]
PIECES = [*"[]()!_*~`<>&|\\#+-=1.):;/'\"@^$ \n\taé€\u00a0\u202f", " ", "](", "]:", "```", "amp;"]


def drawn(number: int) -> str:
    """Return the label of this number: constructs, marks and words in any order, or one of them many times."""
    chance = random.Random(number)
    if chance.random() < 0.05:
        return chance.choice([*PIECES, *CONSTRUCTS]) * chance.randint(2, 40)
    known = PIECES if chance.random() < 0.7 else [*PIECES, *CONSTRUCTS]
    return "".join(chance.choice(known) for _ in range(chance.randint(1, 12)))


def labels(count: int) -> Iterator[str]:
    """Yield every construct, then as many drawn labels, but for blank ones, which no field takes."""
    yield from CONSTRUCTS
    yield from (label for label in map(drawn, range(count)) if label.strip())


def readable(label: str) -> str:
    """Return a label in which each character that hides or commands is written as its code."""
    return "".join(map(seen, label))


def seen(character: str) -> str:
    """Return a character that people read, or else its code."""
    is_hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    if not is_hidden or character in "\n\t\u00ad\u200d\u2060":
        return character
    return character.encode("unicode_escape", "backslashreplace").decode()


def said(label: str) -> str:
    """Return what is read of a label on one line."""
    return " ".join(readable(label).split("\n")).strip()


def page(label: str) -> Report:
    """Return a report with a label in every place of it."""
    columns = [Column(id="a", label=label), Column(id="b", label=label, numeric=True)]
    cells = [Cell(text=label, value=label), Cell(text=label)]
    rows = [Row(id="r", cells=cells), Row(id="s", cells=cells)]
    table = Table(id="t", caption=label, columns=columns, rows=rows, notes=[label, label])
    section = Section(id="s", title=label, sentences=[label, label], tables=[table])
    return Report(title=label, lang="en", as_of="2019-06-14", sentences=[label, label], sections=[section])


# ---------------------------------------------------------------- Markdown

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def blocks(written: str) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield every block that a reader finds, with its inline parts: what each is, and its text."""
    for token in READER.parse(written):
        parts = [(part.type, part.content) for part in token.children or ()]
        yield f"{token.type} {token.tag}", tuple(merge(parts))


def merge(parts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield parts with neighbouring texts as one."""
    text = ""
    for kind, content in [*parts, ("end", "")]:
        if kind == "text":
            text += content
            continue
        if text:
            yield "text", text
        text = ""
        if kind != "end":
            yield kind, content


def read_back(label: str) -> None:
    """Assert that Markdown, read back, is that of a plain label with this label's text in its place."""
    expected = said(label)
    plain = [(block, parts) for block, parts in blocks(to_markdown(page("x")))]
    found = list(blocks(to_markdown(page(label))))
    assert [block for block, _ in found] == [block for block, _ in plain], ascii(label)
    for (block, parts), (_, model) in zip(found, plain, strict=True):
        wanted = tuple((kind, expected if kind == "text" else "") for kind, _ in model)
        assert parts == wanted, (block, ascii(label))


def test_markdown_is_read_back(effort: int) -> None:
    """A Markdown reader finds the very blocks of a plain report, and in each the label's text and nothing else."""
    for label in labels(1_000 * effort):
        read_back(label)


def test_long_labels_take_no_time() -> None:
    """A label of nothing but marks takes a time that grows with its length, and not with the square of that."""
    for construct in [*PIECES, *CONSTRUCTS]:
        label = "a" + construct * (50_000 // len(construct)) + "b"
        made = Report(title=label, lang="en", as_of="2019-06-14", sentences=[label], sections=[])
        before = time.process_time()
        to_markdown(made)
        assert time.process_time() - before < 2, ascii(construct)


# ---------------------------------------------------------------- HTML


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its texts."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.texts: list[str] = []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens, and start a text."""
        self.found.append((tag, attrs))
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note an element that closes, and start a text."""
        self.found.append(tag)
        self.texts.append("")

    def handle_comment(self, data: str) -> None:
        """Note a comment."""
        self.found.append(("comment", data))

    def handle_data(self, data: str) -> None:
        """Add to the text."""
        self.texts[-1:] = ["".join([*self.texts[-1:], data])]


def same_page(written: str, plain: str, label: str) -> None:
    """Assert that a page is a plain one with another label."""
    found, model = Elements(written), Elements(plain)
    assert found.found == model.found, ascii(label)
    wanted = [readable(label) if text == "LABEL" else text for text in model.texts]
    assert found.texts == wanted, ascii(label)


def test_html_is_read_back(effort: int) -> None:
    """A page has the elements and attributes of a plain one, and in each place the label's text."""
    plain = to_html(page("LABEL"))
    for label in labels(200 * effort):
        same_page(to_html(page(label)), plain, label)


def test_cards_are_read_back(effort: int) -> None:
    """A card in a notebook has the elements of a plain one."""
    plain = card(Project(id="p", label="LABEL"), "fr")
    for label in labels(1_000 * effort):
        try:
            project = Project(id="p", label=label)
        except InvalidValueError:
            continue
        same_page(card(project, "fr"), plain, label)


# ---------------------------------------------------------------- JSON and the terminal


def safe(written: str, label: str) -> None:
    """Assert that nothing in a text hides or commands."""
    assert readable(written) == written, ascii(label)


def test_json_is_read_back(effort: int) -> None:
    """JSON holds each label exactly, and no character that a terminal would not show."""
    for label in labels(1_000 * effort):
        written = to_json(page(label))
        safe(written, label)
        (row, _) = json.loads(written)["sections"]["s"]["tables"]["t"]["rows"]
        assert row["values"]["a"] == label


def test_the_terminal_is_sent_no_command(effort: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A report and a message on the terminal hold the words of a label, and no character that commands it."""
    for label in labels(50 * effort):
        show(page(label))
        tell([label])
        written = capsys.readouterr()
        safe(written.out, label)
        assert written.err.replace("\n", "").isprintable(), ascii(label)
        assert "".join(said(label).split()) in "".join(written.out.split()), ascii(label)


# ---------------------------------------------------------------- whole reports


def plan(label: str) -> Portfolio:
    """Return a portfolio in which every text is a label."""
    return Portfolio.of(
        Source(id="s", title=label, publisher=label, url="https://example.org/", published_on="2019-06-14"),
        Organisation(id="o", label=label, kind="ministry"),
        Lever(id="l", label=label),
        Project(id="p", label=label, owner_id="o", lever_ids=["l"]).moved_to(
            "experimentation", on="2019-06-01", because=label
        ),
        Indicator(id="i", label=label, unit="days", universe=label),
    )


def test_reports_keep_their_structure(effort: int) -> None:
    """A report of a portfolio has the blocks and the elements of one whose labels are plain."""

    def structure(written: str) -> list[tuple[str, list[str]]]:
        return [(block, [kind for kind, _ in parts]) for block, parts in blocks(written)]

    plain = report(plan("x"), as_of="2019-06-14", lang="fr")
    markdown, elements = structure(to_markdown(plain)), Elements(to_html(plain)).found
    for label in labels(40 * effort):
        try:
            made = report(plan(label), as_of="2019-06-14", lang="fr")
        except InvalidValueError:
            continue
        assert structure(to_markdown(made)) == markdown, ascii(label)
        assert Elements(to_html(made)).found == elements, ascii(label)
