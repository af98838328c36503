"""Cards in notebooks, without a word of HTML in the model."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from IPython.core.interactiveshell import InteractiveShell

from levier import Indicator, LevierError, Portfolio, Project
from levier.compute.budget.execution import budget_year
from levier.display import notebook
from levier.display.notebook import card
from levier.errors import InvalidValueError
from levier.indicators import Definition


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """A shell of its own, which no other test sees."""
    made = InteractiveShell()
    yield made
    made.history_manager.end_session()
    InteractiveShell.clear_instance()


def shown(shell: InteractiveShell, value: object) -> str | None:
    """Return what a shell shows of a value in HTML."""
    form: dict[str, str] = shell.display_formatter.format(value)[0]
    return form.get("text/html")


def test_nothing_is_shown_before(shell: InteractiveShell, example: Portfolio) -> None:
    """The model itself offers no HTML."""
    assert shown(shell, example) is None
    assert not hasattr(example, "_repr_html_")


def test_register_shows_every_kind(shell: InteractiveShell, example: Portfolio) -> None:
    """A portfolio, a project, an indicator and a budget year show as cards, and the text form stays."""
    notebook.register(shell, lang="fr")
    values = [
        example,
        example.projects["one-stop-desk"],
        example.indicators["waiting-time"],
        budget_year(example, 999, 2024),
    ]
    for value, said in zip(
        values, ["Indicateurs", "Déploiement", "trimestrielle", "42\u202f800\u202f000\u00a0€"], strict=True
    ):
        form = shown(shell, value)
        assert form is not None
        assert said in form
        assert shell.display_formatter.format(value)[0]["text/plain"] == repr(value) or value is example


def test_the_extension_is_loaded_and_unloaded(
    shell: InteractiveShell, example: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`%load_ext` shows cards in the language of the environment; `%unload_ext` shows none any more."""
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    shell.run_line_magic("load_ext", "levier.display.notebook")
    form = shown(shell, example)
    assert form is not None
    assert 'lang="fr"' in form
    shell.run_line_magic("unload_ext", "levier.display.notebook")
    assert shown(shell, example) is None
    notebook.unload_ipython_extension(shell)


def test_importing_tells_the_running_shell() -> None:
    """In a running shell the import is enough, as in a notebook; without one it changes nothing."""
    program = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
from levier import Project
from levier.display import notebook
assert "levier-card" in shell.display_formatter.format(Project(id="p", label="P"))[0]["text/html"]
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    alone = "import sys, levier.display.notebook; assert 'IPython' not in sys.modules"
    subprocess.run([sys.executable, "-c", alone], check=True)


def test_register_needs_a_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a shell to tell, register says what to do."""
    monkeypatch.setitem(sys.modules, "IPython", None)
    with pytest.raises(LevierError, match="no IPython shell is running"):
        notebook.register()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_cards_escape_everything(hostile: str, hostile_plan: Portfolio, lang: str) -> None:
    """A label full of markup stays text in every card."""
    values = [hostile_plan.projects["p"], hostile_plan.indicators["i"], Project(id="q", label=hostile)]
    for value in values:
        form = card(value, lang)  # type: ignore[arg-type]
        read: list[str] = []
        parser = HTMLParser()
        parser.handle_data = read.append  # type: ignore[method-assign]
        parser.feed(form)
        assert "<script" not in form
        assert hostile in "".join(read)


def test_missing_things_have_a_reason(budget_plan: Portfolio) -> None:
    """A card says what is not known, in words."""
    bare = card(Project(id="p", label="P"), "en")
    assert "Framing (no dated step)" in bare
    assert "<em>no calendar</em>" in bare
    assert "<em>not published</em>" in card(budget_year(budget_plan, 349, 2020), "en")
    versions = Indicator(id="i", label="I", unit="%", periodicity_months=None)
    assert "<em>not given</em>" in card(versions, "en")


def test_rates_of_a_card_name_their_denominator(budget_plan: Portfolio) -> None:
    """Both rates of a year stand on its card, each with what it is of."""
    form = card(budget_year(budget_plan, 349, 2021), "en")
    assert "voted appropriations" in form
    assert "417.5%" in form
    assert "39.0%" in form


def test_versions_of_a_definition_are_counted() -> None:
    """An indicator whose definition changed says how many versions it has."""
    versions = [Definition(version=number, text="x") for number in (1, 2)]
    assert "Versions of the definition" in card(Indicator(id="i", label="I", unit="%", definitions=versions), "en")


def test_other_values_have_no_card() -> None:
    """What has no card is refused with what has one."""
    with pytest.raises(InvalidValueError, match="a portfolio, a project, an indicator or a budget year"):
        card("project", "en")  # type: ignore[arg-type]
