"""
Display: reports, pages and cards, in French and English; one module stands before each optional package.

`levier.display.report.report` gives a portfolio's report as a value; `html.to_html`, `markdown.to_markdown` and
`json.to_json` give its text, `files.write` a file. `notebook.card` is a compact piece of HTML for one portfolio,
project, indicator or budget year, and `%load_ext levier.display.notebook` shows these by themselves in a notebook.
`diagrams.life_cycle_diagram` draws the phases.

>>> from levier import Lever, Portfolio
>>> from levier.display.markdown import to_markdown
>>> from levier.display.report import report
>>> plan = Portfolio.of(Lever(id="digital", label="Numérique"))
>>> print(to_markdown(report(plan, as_of="2019-06-14", lang="en")).splitlines()[0])
# Status of the transformation
"""
