"""One report, three forms: each complete, each safe from what a label may hold."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from levier import Portfolio, catalogue
from levier.display.html import to_html
from levier.display.json import to_json
from levier.display.markdown import to_markdown
from levier.display.pages import Cell, Column, Report, Row, Section, Table
from levier.display.report import report

VOID = {"meta", "link", "br"}


class Outline(HTMLParser):
    """What a page is made of: its elements with their attributes, and whether they nest."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that an element closes the one that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def outline(page: str) -> Outline:
    """Read a page to its end."""
    read = Outline()
    read.feed(page)
    read.close()
    assert read.open == []
    return read


@pytest.fixture
def made(example: Portfolio) -> Report:
    """The report of the ministry's plan, in English."""
    return report(example, as_of="2025-04-30", lang="en")


@pytest.fixture
def tiny() -> Report:
    """A report of one table, with a value, a missing one and a link."""
    cells = [Cell(text="A|b", value="a"), Cell(text="none"), Cell(text="https://x.fr", value="u", href="https://x.fr")]
    columns = [Column(id="a", label="A"), Column(id="b", label="B", numeric=True), Column(id="c", label="C")]
    rows = [Row(id="r2", cells=cells), Row(id="r1", cells=cells)]
    table = Table(id="t", caption="Caption", columns=columns, rows=rows, notes=["1. note"])
    section = Section(id="s", title="Section", sentences=["+ sentence"], tables=[table])
    return Report(title="# Title", lang="en", as_of="2019-06-14", sentences=["As of."], sections=[section])


def test_html_is_accessible(made: Report) -> None:
    """The page names its language, every table its caption, every head its scope; every region can be reached."""
    page = outline(to_html(made))
    tables = [table for section in made.sections for table in section.tables]
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("table")) == len(page.all("caption")) == len(tables)
    assert {head.get("scope") for head in page.all("th")} == {"col", "row"}
    assert len(page.all("h1")) == 1
    assert len(page.all("h2")) == len(made.sections)
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    assert {link["href"] for link in page.all("a")} >= {f"#{section.id}" for section in made.sections}
    labels = {attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes}
    assert labels <= set(identifiers)


def test_html_needs_nothing_else(made: Report) -> None:
    """The page loads nothing: no script, no image, no font, no style of another place."""
    page = outline(to_html(made))
    assert {name for name, _ in page.elements}.isdisjoint({"script", "img", "link", "iframe", "object"})
    assert "@import" not in to_html(made)
    assert "url(" not in to_html(made)


def test_html_says_which_text_is_french(made: Report) -> None:
    """French labels in an English page are marked, so that they are read aloud as French."""
    page = outline(to_html(made))
    assert any(cell.get("lang") == "fr" for cell in [*page.all("td"), *page.all("th")])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_html_escapes_everything(hostile_plan: Portfolio, hostile: str, lang: str) -> None:
    """A label full of markup stays text, and an address that is a script is no link."""
    written = to_html(report(hostile_plan, as_of="2019-06-14", lang=lang))  # type: ignore[arg-type]
    page = outline(written)
    assert "<script" not in written
    assert hostile in " ".join(page.text)
    assert not any((link["href"] or "").startswith("javascript") for link in page.all("a"))


def test_markdown_escapes_everything(hostile_plan: Portfolio) -> None:
    """A label full of marks stays text: no tag, no emphasis, no cell too many."""
    written = to_markdown(report(hostile_plan, as_of="2019-06-14", lang="en"))
    assert "<script" not in written.replace("\\<", "")
    rows = [line for line in written.splitlines() if line.startswith("| \\<script")]
    heads = {"levers": 6, "projects": 8}
    assert len(rows) >= len(heads)
    assert all("\\*stars\\*" in row for row in rows)
    assert all("\\| \\*stars" in row for row in rows)


def test_markdown_has_one_heading_a_section(made: Report) -> None:
    """Sections and tables have headings of their level, and every row has the cells of its head."""
    lines = to_markdown(made).splitlines()
    assert [line for line in lines if line.startswith("## ")] == [f"## {section.title}" for section in made.sections]
    for before, rule in pairwise(lines):
        if rule.startswith("| ---"):
            assert before.count(" | ") == rule.count(" | ")


def test_markdown_forms(tiny: Report) -> None:
    """Pipes are escaped, numbers line up on the right, reasons are in italics, links are links."""
    lines = to_markdown(tiny).splitlines()
    assert lines[0] == "# # Title"
    assert "\\+ sentence" in lines
    assert "1\\. note" in lines
    assert "| --- | ---: | --- |" in lines
    assert "| A\\|b | *none* | <https://x.fr> |" in lines


def test_markdown_takes_no_broken_link() -> None:
    """An address with spaces is written as text."""
    cell = Cell(text="https://x.fr/a b", value="u", href="https://x.fr/a b")
    table = Table(id="t", caption="T", columns=[Column(id="a", label="A")], rows=[Row(id="r", cells=[cell])])
    page = Report(title="T", lang="en", as_of="2019-06-14", sections=[Section(id="s", title="S", tables=[table])])
    assert "| https://x.fr/a b |" in to_markdown(page)


def test_json_is_exact_and_sorted(tiny: Report) -> None:
    """Values are exact, missing ones null with their reason, rows in the order of their paths."""
    document = json.loads(to_json(tiny))
    rows = document["sections"]["s"]["tables"]["t"]["rows"]
    assert [row["id"] for row in rows] == ["r1", "r2"]
    assert rows[0]["values"] == {"a": "a", "b": None, "c": "u"}
    assert rows[0]["reasons"] == {"b": "none"}
    assert (document["format"], document["version"], document["as_of"]) == ("levier-report", 1, "2019-06-14")


def test_json_can_be_compared(example: Portfolio) -> None:
    """Exact values do not depend on the language, and two reports of one portfolio are the same bytes."""
    fr, en = (json.loads(to_json(report(example, as_of="2025-04-30", lang=lang))) for lang in ("fr", "en"))

    def numbers(document: dict[str, object]) -> list[object]:
        budget = document["sections"]["budget"]["tables"]["budget-999"]  # type: ignore[index]
        return [row["values"] for row in budget["rows"]]

    assert numbers(fr) == numbers(en)
    again = report(example, as_of="2025-04-30", lang="fr")
    assert to_json(again) == to_json(report(example, as_of="2025-04-30", lang="fr"))
    assert to_json(again).endswith("}\n")


@pytest.mark.parametrize("shipped", [True, False], ids=["catalogue", "example"])
def test_rows_have_paths_of_their_own(example: Portfolio, shipped: bool) -> None:
    """No two rows of a table share a path, and no two tables a name, so that a difference has a place."""
    plan = catalogue.action_publique_2022() if shipped else example
    made = report(plan, as_of="2026-07-31", lang="en")
    names = [table.id for section in made.sections for table in section.tables]
    assert len(names) == len(set(names))
    for section in made.sections:
        for table in section.tables:
            paths = [row.id for row in table.rows]
            assert len(paths) == len(set(paths)), table.id


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("23.7% of 2", "23.7% of 2"),
        ("2. two", "2\\. two"),
        ("2) two", "2\\) two"),
        ("-12% and - so", "-12% and - so"),
        ("- item", "\\- item"),
        ("* inferred", "\\* inferred"),
        ("# head", "\\# head"),
        ("#1", "#1"),
        ("> said", "\\> said"),
        ("---", "\\---"),
        ("snake_case_word and _stress_", "snake_case_word and \\_stress\\_"),
        ("3 < 4 & 5 > 2 * 2", "3 < 4 & 5 > 2 * 2"),
        ("<b> &amp; [a](b) [c] `d` ~~e~~", "\\<b> \\&amp; \\[a](b) [c] \\`d\\` \\~\\~e\\~\\~"),
        ("C:\\dir \\*", "C:\\dir \\\\\\*"),
    ],
)
def test_markdown_escapes_no_more_than_it_must(text: str, line: str) -> None:
    """A paragraph is escaped where Markdown would take a mark in it for one, and nowhere else."""
    page = Report(title="T", lang="en", as_of="2019-06-14", sentences=[text], sections=[])
    assert to_markdown(page) == f"# T\n\n{line}\n"


@pytest.mark.parametrize("text", ["23.7%", "1. note", "+ 2", "- 3", "# 4", "12 500 € *", "(a)", "l’an [2]"])
def test_cells_of_markdown_are_left_alone(text: str) -> None:
    """In a cell nothing opens a list or a heading, so that numbers and signs stand as they are read."""
    table = Table(
        id="t",
        caption="T #",
        columns=[Column(id="a", label="A")],
        rows=[Row(id="r", cells=[Cell(text=text, value=text)])],
    )
    page = Report(title="T", lang="en", as_of="2019-06-14", sections=[Section(id="s", title="S", tables=[table])])
    assert f"\n| {text} |\n" in to_markdown(page)
    assert "### T \\#\n" in to_markdown(page)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_markdown_of_the_catalogue_has_no_stray_backslash(lang: str) -> None:
    """Reports of real data hold a backslash only before a star that would open a list."""
    written = to_markdown(report(catalogue.action_publique_2022(), as_of="2025-12-31", lang=lang))  # type: ignore[arg-type]
    assert {written[place : place + 3] for place, mark in enumerate(written) if mark == "\\"} <= {"\\* "}
