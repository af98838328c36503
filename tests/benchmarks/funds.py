"""
Load and dump long tables with levier and with its peers: the journal of a fund, and observations.

The fund has 50,000 entries over 500 awards; the tables have 20,000 observations, whose values repeat or are all
distinct. A document is read again and again, or (*new*) once: then nobody gains from values that were seen before.
For the contestants and what they check, see `codecs.py`; here they also check the money of the fund.

    python tests/benchmarks/funds.py [--quick] [--json FILE]
"""

from __future__ import annotations

import random
from decimal import Decimal

from contestants.tables import describe, finish, memory, tables
from rows import Row, parser_of

from levier import (
    Award,
    Day,
    Euros,
    Fund,
    Indicator,
    JournalEntry,
    Observation,
    Period,
    Portfolio,
    Source,
    Sourced,
    Territory,
    dumps,
)
from levier.catalogue import territories
from levier.fund import Call, EntryKind

PEERS = ("pydantic", "Struct", "Struct, pendulum")
ENTRIES, AWARDS, OBSERVATIONS = 50_000, 500, 20_000
KINDS = (EntryKind.COMMITMENT, EntryKind.COMMITMENT, EntryKind.PAYMENT, EntryKind.DECOMMITMENT)
FIRST_DAY = Day(2019, 1, 1).toordinal()


def a_fund(entries: int, awards: int, seed: int) -> bytes:
    """Return the document of a fund: its entries in the order of their days, their amounts to the cent."""
    draws = random.Random(seed)
    journal = [
        JournalEntry(
            award_id=f"award-{number % awards}",
            kind=KINDS[number // awards % len(KINDS)],
            amount=Euros.of_cents(draws.randrange(10_000_000, 20_000_000) // (1 if number // awards % 4 < 2 else 4)),
            on=Day.fromordinal(FIRST_DAY + 1400 * number // entries),
        )
        for number in range(entries)
    ]
    granted = [
        Award(id=f"award-{n}", label=f"Projet n° {n}", call_id="2018-1", amount=10**9, contracted_on="2018-09-01")
        for n in range(awards)
    ]
    fund = Fund(
        id="fund",
        label="Fonds",
        allocation=Sourced(value=Euros(10**12), source_id="act"),
        calls=[Call(id="2018-1", label="Premier appel")],
        awards=granted,
        entries=journal,
    )
    return dumps(Portfolio.of(fund, Source(id="act", title="Loi de finances")))


def observations(number: int, seed: int, *, distinct: bool) -> bytes:
    """Return the document of a table of observations, a hundred to a series, whose values repeat or are distinct."""
    draws = random.Random(seed)
    values = draws.sample(range(10_000_000), number) if distinct else [draws.randrange(500) for _ in range(number)]
    departments = [held for held in territories().values() if held.parent_id is not None][:100]
    series = [Indicator(id=f"indicator-{n}", label=f"Indicateur n° {n}", unit="%") for n in range(-(-number // 100))]
    table = [
        Observation(
            indicator_id=f"indicator-{place // 100}",
            territory_id=departments[place % 100].id,
            period=Period(f"{2015 + place // 100 % 10}-{place % 12 + 1:02d}"),
            kind="actual",
            value=Decimal(value) / 100,
            source_id="report",
        )
        for place, value in enumerate(values)
    ]
    places = [Territory(id=held.id, label=held.label) for held in departments]
    return dumps(Portfolio.of(*series, *places, Source(id="report", title="Rapport"), *table))


def measured(rounds: int) -> list[Row]:
    """Measure, print the tables, and return what has a limit."""
    small_fund, small_table = a_fund(200, 20, 0), observations(200, 0, distinct=True)
    funds = [a_fund(ENTRIES, AWARDS, seed) for seed in range(2 * rounds)]
    distinct = [observations(OBSERVATIONS, seed, distinct=True) for seed in range(2 * rounds)]
    few = observations(OBSERVATIONS, 0, distinct=False)
    print(f"a fund of {ENTRIES} entries, {len(funds[0]) / 1e6:.1f} MB; {OBSERVATIONS} observations")
    print(f"medians of {rounds} rounds; {describe()}")
    rows = tables("a fund", funds[:1], small_fund, PEERS, rounds=rounds)
    rows += tables("a new fund", funds, small_fund, PEERS, rounds=rounds)
    rows += tables("observations, few values", [few], small_table, PEERS, rounds=rounds)
    rows += tables("observations, distinct values", distinct[:1], small_table, PEERS, rounds=rounds)
    rows += tables("new observations, distinct values", distinct, small_table, PEERS, rounds=rounds)
    rows += memory("a fund", funds[0])
    rows += memory("observations, few values", few)
    return rows + memory("observations, distinct values", distinct[0])


if __name__ == "__main__":
    options = parser_of(__doc__, quick="finish within a minute").parse_args()
    finish(measured(rounds=3 if options.quick else 9), options.json)
