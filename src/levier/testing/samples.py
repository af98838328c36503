"""
Samples: invented, plausible, of any size, and the same for the same seed on every machine and Python.

They show the shape of real data, never its values.
"""

from __future__ import annotations

from levier.errors import InvalidValueError
from levier.model.fund import Fund
from levier.model.portfolio import Portfolio
from levier.testing.draws import Draws
from levier.testing.inventing import budgets, by_hand, documents, funds, instruments, measures, plans

__all__ = ["DAY", "fund", "portfolio", "small"]

DAY = documents.DAY
"""The day on which to ask a sample: all of its documents are published by then."""


def portfolio(projects: int = 2000, seed: int = 7) -> Portfolio:
    """
    Return an invented portfolio with this number of projects, each with its indicators and its money.

    A project has 3 indicators of 12 observations, an owner, levers, milestones, steps, and 5 budget lines, in
    budget programmes of at most 20 projects. Reforms group the projects, programmes the reforms; a fund finances some.
    There are also two indicators followed in every department, instruments of every kind, a survey and the documents.
    Asked on the day `DAY`, every public function has an answer to something of it, from one project on. As in real
    plans, some values are missing, with the reason; targets and forecasts are revised, counts restated, some projects
    stopped, some milestones late, and some series broken by a new definition.
    The same *projects* and *seed* give the same bytes of `levier.dumps`, on every machine and Python.

    Raises:
        InvalidValueError: If *projects* is not a whole number of at least zero, or *seed* not a whole number.

    >>> plan = portfolio(projects=2)
    >>> len(plan.projects), len(plan.reforms), len(plan.indicators), len(plan.observations)
    (2, 1, 8, 280)
    """
    _check("portfolio", "projects", projects, least=0)
    _check("portfolio", "seed", seed)
    draws = Draws(seed)
    organisations = list(plans.organisations(min(50, projects + 3)))
    owners = [body.id for body in organisations]
    carried = [plans.project(draws, number, owners) for number in range(1, projects + 1)]
    reforms = list(plans.reforms(draws, carried, owners))
    numbered = list(enumerate(carried, start=1))
    return Portfolio(
        sources=documents.documents(),
        territories=plans.territories(),
        organisations=organisations,
        objectives=measures.objectives(),
        levers=plans.levers(carried),
        methods=plans.methods(),
        dimensions=measures.dimensions(),
        indicators=[
            *measures.common_indicators(),
            *(one for number, project in numbered for one in measures.indicators(draws, project, number)),
        ],
        surveys=measures.surveys(draws, owners[0]),
        programmes=plans.programmes(draws, len(reforms), owners),
        reforms=reforms,
        projects=carried,
        instruments=instruments.instruments(draws, 8 + projects // 10, owners, [reform.id for reform in reforms]),
        budget_programmes=budgets.budget_programmes(draws, carried, owners),
        funds=[funds.linked(draws, funds.fund(draws, _awards(projects)), carried, owners)] if carried else [],
        observations=[
            *measures.common_observations(draws),
            *(row for number, project in numbered for row in measures.observations(draws, project, number)),
        ],
    )


def _awards(projects: int) -> int:
    return max(5, projects // 40)


def small() -> Portfolio:
    """
    Return a small portfolio, always the same and written by hand, whose numbers can be checked on paper.

    A reform of two projects, of which one is stopped, has an indicator that is three quarters of the way to its target
    and one that nobody collected; ten million euros are voted, and one award of a fund is half paid.

    >>> from levier import budget, fund, indicators
    >>> plan = small()
    >>> list(plan.reforms), list(plan.projects), list(plan.indicators)
    (['accueil'], ['borne', 'maison'], ['delai', 'en-ligne'])
    >>> indicators.progress_of(plan, "delai", as_of=DAY).value  # from 40 days to 20, and now 25
    Decimal('75.00')
    >>> budget.year(plan, 100, 2020).execution_rate("commitment", over="voted").explain("en")
    '90.0% = €9,000,000 committed / €10,000,000 voted (initial budget act 2020)'
    >>> fund.returns(plan, "fonds", savings="achieved", cost="fund").value
    Decimal('0.25')
    """
    return by_hand.small()


def fund(awards: int = 50, seed: int = 7) -> Fund:
    """
    Return an invented fund with this number of awards, all under contract, with their instalments and a journal.

    The first award is committed and has no payment; the others are committed in part or whole, and paid in part.
    It refers to nothing outside itself, so any portfolio can hold it.

    Raises:
        InvalidValueError: If *awards* is not a whole number of at least one, or *seed* not a whole number.

    >>> sample = fund(awards=2)
    >>> first = sample.awards[0]
    >>> sample.committed(first.id) == sample.outstanding(first.id) == first.amount
    True
    """
    _check("fund", "awards", awards, least=1)
    _check("fund", "seed", seed)
    return funds.fund(Draws(seed), awards)


def _check(sample: str, name: str, found: object, least: int | None = None) -> None:
    if type(found) is not int or (least is not None and found < least):
        expected = "a whole number" if least is None else f"a whole number of at least {least}"
        raise InvalidValueError(f"samples.{sample}", found, expected, name)


def __dir__() -> list[str]:
    return __all__
