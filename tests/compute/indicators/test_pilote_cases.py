"""
The Government's own formulas: every formula case, in the PILOTE ruleset, within 1e-9.

The cases (`pilote_cases.json`) were obtained by running the SQL of DITP's tool, or are stated in its tests; each names
its source. They are figures only, so that a clone of this repository proves the formulas by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from levier import Indicator, Observation, Organisation, Portfolio, Reform, Territory, catalogue
from levier.compute.indicators.alerts import alerts
from levier.compute.indicators.positions import Gap, Trend, gap, rank, summary, trend
from levier.compute.indicators.rulesets import Cutoffs
from levier.compute.indicators.series import Series, series_of
from levier.errors import InvalidValueError, UnknownAggregationError
from levier.indicators import (
    ComparableRule,
    IndicatorWeight,
    Progress,
    Proposal,
    RollUp,
    Ruleset,
    TrendDirection,
    WeightedProgress,
    aggregate_of,
    comparable_values,
    compare_confidence,
    confidence_counts,
    freshness,
    latest_statement_day,
    previous_reform_progress_of,
    progress,
    progress_of,
    proposed_progress,
    reform_progress_of,
    reform_status_of,
)
from levier.model.periods import Day
from levier.plans import ConfidenceLevel, ConfidenceRating

CASES_FILE = Path(__file__).with_name("pilote_cases.json")
GIVEN_FILE = Path(__file__).parents[4] / "shared" / "data" / "pilote" / "cases.json"
WITHIN = Fraction("1e-9")
TODAY = "2026-12-31"
PILOTE = Ruleset.PILOTE

DIRECTIONS = {"HAUSSE": "increase", "BAISSE": "decrease", "STABLE": "stable"}
TRENDS = {"HAUSSE": "rising", "BAISSE": "falling", "STAGNATION": "level"}
CONFIDENCE = {
    "SOLEIL": "secured",
    "COUVERT": "attainable",
    "NUAGE": "support-needed",
    "ORAGE": "compromised",
    "NON_RENSEIGNEE": "not-given",
}
KINDS = {"vi": "baseline", "va": "actual", "vc": "target"}

ELSEWHERE = {
    "import-01": "dates of the exchange file",
    "import-02": "dates of the exchange file",
    "import-04": "lines of the exchange file",
    "import-06": "lines of the exchange file",
    "import-07": "user accounts: out of scope",
    "import-09": "levels of the exchange file",
}
"""Cases that belong to the reader of the exchange file, or to nobody here."""


def cases_of(file: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the cases of a file by identifier."""
    return {case["id"]: case for case in json.loads(file.read_text(encoding="utf-8"))["cases"]}


CASES = cases_of(CASES_FILE)


def number(value: Any) -> Decimal | None:
    """Return a number of the file as it is written there."""
    return None if value is None else Decimal(str(value))


def near(found: Decimal | None, expected: Any) -> bool:
    """Return whether a number is the expected one, within 1e-9."""
    if found is None or expected is None:
        return found is None and expected is None
    return abs(Fraction(found) - Fraction(str(expected))) <= WITHIN


def zone(code: str) -> str:
    """Return our code of a PILOTE zone."""
    return "FR" if code == "FRANCE" else code.removeprefix("D")


def row(kind: str, when: str, value: Any, place: str = "FR", recorded: str | None = None, **more: Any) -> Observation:
    """Return one observation of the indicator under test; an empty value is one not collected."""
    blank = value in (None, "null")
    return Observation(
        indicator_id=more.pop("indicator", "IND-001"),
        territory_id=place,
        period=when,
        kind=kind,
        value=None if blank else number(value),
        state="not-collected" if blank else "measured",
        recorded_on=recorded,
        **more,
    )


def places(tree: Mapping[str, list[str]]) -> list[Territory]:
    """Return the nation, the regions and the departments of a tree."""
    found = [Territory(id="FR", label="France")]
    for region, departments in tree.items():
        found.append(Territory(id=region, label=region, parent_id="FR"))
        found += [Territory(id=zone(code), label=code, parent_id=region) for code in departments]
    return found


def plan(*things: Any, direction: str | None = "increase", aggregation: str | None = None) -> Portfolio:
    """Return a portfolio of one indicator, the nation unless territories are given, and these things."""
    indicator = Indicator(id="IND-001", label="Indicator", unit="count", direction=direction, aggregation=aggregation)
    nation = [] if any(isinstance(thing, Territory) for thing in things) else [Territory(id="FR", label="France")]
    return Portfolio.of(indicator, *nation, *things)


# ---------------------------------------------------------------- one check a case


def stats_01(inputs: Any, expected: Any) -> bool:
    """The mean ignores blanks."""
    values = {str(place): number(value) for place, value in enumerate(inputs["valeurs"])}
    return near(summary(values).mean, expected)


def blanks_only(inputs: Any, expected: Any) -> bool:
    """Of blanks only, or of nothing, there is no mean and no median."""
    made = [summary({str(place): None for place, _ in enumerate(values)}) for values in inputs["listes"]]
    return [one.mean for one in made] == expected and [one.median for one in made] == expected


def stats_06(inputs: Any, expected: Any) -> bool:
    """Minimum, median and maximum of an even number; blanks are ignored."""
    made = summary({str(place): number(value) for place, value in enumerate(inputs["ta_dept"])}, ruleset=PILOTE)
    found = (made.minimum, made.median, made.maximum)
    return all(near(one, expected[name]) for one, name in zip(found, ("min", "mediane", "max"), strict=True))


def gap_01(inputs: Any, expected: Any) -> bool:
    """The gap is the progress minus the median of the level."""
    peers = [number(value) for value in inputs["ta"].values()]
    found = {place: gap(number(value), peers, ruleset=PILOTE).value for place, value in inputs["ta"].items()}
    return all(near(found[place], value) for place, value in expected.items())


def gap_02(inputs: Any, expected: Any) -> bool:
    """A gap is shown to one decimal, coloured by its rounded sign, and is never minus zero."""
    sides = {"vert": "ahead", "rouge": "behind", "bleu": "level"}
    for value, wanted in zip(inputs["ecarts"], expected, strict=True):
        shown = Gap(value=number(value), median=Decimal(50))
        if wanted is None:
            assert shown.rounded is None
            assert shown.side is None
        else:
            assert near(shown.rounded, wanted["arrondi"])
            assert str(shown.rounded) != "-0.0"
            assert shown.side == sides[wanted["couleur"]]
    return True


def trend_01(inputs: Any, expected: Any) -> bool:
    """The trend is the sign of the change; without a previous value PILOTE says level."""
    found = [trend(number(one["ta"]), number(one["prec"]), ruleset=PILOTE).direction for one in inputs["cas"]]
    return found == [TRENDS.get(name) for name in expected]


def territories_01(_: Any, expected: Any) -> bool:
    """A reform is followed in every department and region; without a row, no progress, confidence not given."""
    full = catalogue.action_publique_2022()
    reform = Reform(id="CH-001", label="Reform", indicator_ids=["IND-001"])
    held = plan(reform, *full.territories.values(), *full.sources.values(), *full.organisations.values())
    by_level = {level: [t for t in held.territories.values() if t.level == level] for level in ("department", "region")}
    for found in by_level.values():
        standing = reform_status_of(held, "CH-001", found[0].id, as_of=TODAY, ruleset=PILOTE)
        assert standing.progress.value is None
        assert "no-confidence" in [alert.kind for alert in standing.alerts]
    return (len(by_level["department"]), len(by_level["region"])) == (expected["n_dept"], expected["n_reg"])


def alerts_01(inputs: Any, expected: Any) -> bool:
    """A gap below −10, strictly, is an alert."""
    raised = [alerts(gap=Gap(value=number(value), median=Decimal(50))) for value in inputs["ecarts"]]
    return [bool(one) for one in raised] == expected


def alerts_02(inputs: Any, expected: Any) -> bool:
    """A falling trend is an alert."""
    ways = [None if name is None else TrendDirection(TRENDS[name]) for name in inputs["tendances"]]
    return [bool(alerts(trend=Trend(direction=way))) for way in ways] == expected


def alerts_04(inputs: Any, expected: Any) -> bool:
    """A confidence not given is an alert."""
    return [bool(alerts(confidence=CONFIDENCE[name])) for name in inputs["meteos"]] == expected


def confidence_01(inputs: Any, expected: Any) -> bool:
    """Confidence is counted level by level, blanks ignored."""
    counts = confidence_counts(name and CONFIDENCE[name] for name in inputs["meteos"])
    return {name: counts[ConfidenceLevel(CONFIDENCE[name])] for name in expected} == expected


def confidence_02(inputs: Any, expected: Any) -> bool:
    """Compromised < support needed < attainable < secured."""
    pairs = [(CONFIDENCE[left], CONFIDENCE[right]) for left, right in inputs["paires"]]
    return [compare_confidence(left, right) for left, right in pairs] == expected


def ranking_01(inputs: Any, expected: Any) -> bool:
    """Reforms are ranked from the highest progress to the lowest, those without any last."""
    return list(rank({name: number(value) for name, value in inputs["ta"].items()})) == expected


def dates_01(inputs: Any, expected: Any) -> bool:
    """The qualitative date is the last thing said, the quantitative one the last value's."""
    said = [day for one in inputs["syntheses"] for day in one.values()]
    rows = [row("actual", when, 1) for when in inputs["dates_va"]]
    last = progress_of(plan(*rows), "IND-001", as_of=TODAY, ruleset=PILOTE).actual
    return (str(latest_statement_day(said)), str(last.period)) == (
        expected["qualitative"],
        expected["quantitative"],
    )


def annual_01(inputs: Any, expected: Any) -> bool:
    """A year's target and its progress are those of the year asked, else none."""
    for one, wanted in zip(inputs["cas"], expected, strict=True):
        year = {"courante": 2026, "courante+1": 2027}[one["annee_vca"]]
        rows = (row("baseline", "2024-01", 0), row("actual", "2026-06", 10 * one["taa"]))
        held = plan(*rows, row("target", f"{year}-12", one["vca"]))
        found = progress_of(held, "IND-001", as_of=TODAY, ruleset=PILOTE, horizon="year")
        assert near(found.value, wanted["taa"])
        assert near(found.target and found.target.value, wanted["vca"])
    return True


def measure(line: Mapping[str, Any]) -> Progress:
    """Return the progress of one line of the truth table, in the PILOTE ruleset."""
    return progress(
        baseline=number(line["vi"]),
        actual=number(line["va"]),
        target=number(line["vc"]),
        direction=DIRECTIONS.get(line["tendance"]),
        ruleset=PILOTE,
    )


def indicator_01(inputs: Any, expected: Any) -> bool:
    """The truth table of an indicator's progress, bounded and not."""
    made = [measure(line) for line in inputs["lignes"]]
    pairs = zip(made, expected, strict=True)
    return all(near(one.value, wanted["ta"]) and near(one.unbounded, wanted["non_borne"]) for one, wanted in pairs)


def indicator_02(inputs: Any, expected: Any) -> bool:
    """Without a direction there is no progress."""
    found = measure(inputs)
    return expected == {"n_lignes": 0} and found.value is None and found.reason == "no-direction"


def indicator_04(inputs: Any, expected: Any) -> bool:
    """The first actual value never stands in for a missing baseline."""
    held = plan(row("actual", "2024-05", inputs["va"]), row("target", "2026-12", inputs["vc"]))
    found = progress_of(held, "IND-001", as_of=TODAY, ruleset=PILOTE)
    return found.baseline is expected["vig"] and found.value is expected["ta"] and found.reason == "no-baseline"


def reform_plan(weights: list[int], rows: list[Observation], **more: Any) -> Portfolio:
    """Return a portfolio of one reform whose indicators IND-001, IND-002… have these weights at a level."""
    names = [f"IND-00{place}" for place, _ in enumerate(weights, 1)]
    level, excluded = more.get("level", "nation"), more.get("excluded", {})
    declared = [
        IndicatorWeight(indicator_id=name, level=level, weight=weight, except_in=excluded.get(name, ()))
        for name, weight in zip(names, weights, strict=True)
    ]
    indicators = [Indicator(id=name, label=name, unit="count", direction="increase") for name in names]
    reform = Reform(id="CH-001", label="Reform", indicator_ids=names, weights=declared)
    tree = more.get("places", [Territory(id="FR", label="France")])
    return Portfolio.of(reform, *indicators, *tree, *rows)


def reform_rows(values: list[Any], place: str = "FR") -> list[Observation]:
    """Return the observations that give each indicator its progress; without a target where it has none."""
    rows: list[Observation] = []
    for place_number, value in enumerate(values, 1):
        name = f"IND-00{place_number}"
        rows.append(row("baseline", "2024-01", 0, place, indicator=name))
        rows.append(row("actual", "2024-06", 10 if value is None else value, place, indicator=name))
        rows += [] if value is None else [row("target", "2026-12", 100, place, indicator=name)]
    return rows


def matches(found: WeightedProgress, expected: Mapping[str, Any]) -> bool:
    """Return whether a reform's progress, its date and its counts are those expected."""
    measured = [part for part in found.contributions if part.detail is not None and part.detail.actual is not None]
    dated = None if found.value is None or found.period is None else f"{found.period}-01"
    counts = (len(measured), len(found.contributions))
    return near(found.value, expected["ta"]) and (dated, *counts) == (
        expected["date_ta"],
        expected["n"],
        expected["n_attendu"],
    )


def reform(inputs: Any, expected: Any) -> bool:
    """Σ progress × weight, renormalised; missing if one weighted is; none where all weights are zero."""
    held = reform_plan(inputs["poids"], reform_rows(inputs["ta"]))
    found = reform_progress_of(held, "CH-001", as_of=TODAY, ruleset=PILOTE)
    return matches(found, expected["today"]) if expected else found.value is None and found.reason == "no-weight"


def reform_09(inputs: Any, expected: Any) -> bool:
    """An indicator that does not apply in a department does not count there."""
    excluded = {f"IND-00{rank}": ["75"] for rank, applies in enumerate(inputs["applicable_D75"], 1) if not applies}
    held = reform_plan(
        inputs["poids_dept"],
        reform_rows(inputs["ta"], "75"),
        level="department",
        excluded=excluded,
        places=places({"R11": ["D75"]}),
    )
    return matches(reform_progress_of(held, "CH-001", "75", as_of=TODAY, ruleset=PILOTE), expected["today"])


def reform_11(inputs: Any, expected: Any) -> bool:
    """A date brought by an indicator without weight makes PILOTE's previous progress the current one."""
    rows = []
    for name, values in inputs["va"].items():
        rows += [row("baseline", "2024-01", 0, indicator=name), row("target", "2026-12", 100, indicator=name)]
        rows += [row("actual", when, value, indicator=name) for when, value in values.items()]
    held = reform_plan(inputs["poids"], rows)
    now = reform_progress_of(held, "CH-001", as_of=TODAY, ruleset=PILOTE)
    before = previous_reform_progress_of(held, "CH-001", as_of=TODAY, ruleset=PILOTE)
    return before is not None and matches(now, expected["today"]) and matches(before, expected["prev_month"])


def aggregation(inputs: Any, expected: Any) -> bool:
    """Departments roll up to regions and to the nation by sum or plain mean, month by month, blanks skipped."""
    operation = {"DEPT/sum": "sum", "DEPT/avg": "mean"}[inputs["reg"]]
    rows = [row(KINDS[one["type"]], one["date"], one["valeur"], zone(one["zone"])) for one in inputs["mesures"]]
    held = plan(*places(inputs["territoires"]), *rows, aggregation=operation)
    kinds = {KINDS[one["type"]] for one in inputs["mesures"]}
    for wanted in expected:
        kind = (
            "target" if any(one["type"] == "vc" for one in inputs["mesures"]) and wanted["mois"] > "2025" else "actual"
        )
        assert kind in kinds
        found = aggregate_of(
            held, "IND-001", zone(wanted["zone"]), as_of=TODAY, kind=kind, month=wanted["mois"], ruleset=PILOTE
        )
        assert near(found.value, wanted["valeur"])
    return True


def aggregation_04(inputs: Any, _: Any) -> bool:
    """The sentinel of an unsupported operation is a problem here: a typed error, never −1.212121."""
    name = inputs["reg"].removeprefix("DEPT/")
    with pytest.raises(InvalidValueError):
        plan(aggregation=name)
    with pytest.raises(UnknownAggregationError):
        RollUp(actual=name)
    return True


def aggregation_09(inputs: Any, expected: Any) -> bool:
    """In PILOTE the sum of the departments' targets, even partial, replaces the nation's typed one."""
    rows = [row(KINDS[one["type"]], one["date"], one["valeur"], zone(one["zone"])) for one in inputs["mesures"]]
    held = plan(*places(inputs["territoires"]), *rows, aggregation="sum")
    for wanted in expected:
        found = progress_of(held, "IND-001", zone(wanted["zone"]), as_of=TODAY, ruleset=PILOTE)
        assert near(found.target.value, wanted["valeur"])
    return True


def aggregation_11(inputs: Any, expected: Any) -> bool:
    """The last month alone makes PILOTE's total: who reported a month before is lost."""
    rows = []
    for code in ("D75", "D91"):
        said = inputs[code]
        rows += [row("baseline", "2024-01", said["vi"], zone(code)), row("target", "2026-12", said["vc"], zone(code))]
        rows += [row("actual", when, value, zone(code)) for when, value in said["va"].items()]
    held = plan(*places({"R11": ["D75", "D91"]}), *rows, aggregation=inputs["op"])
    for code, wanted in expected.items():
        found = progress_of(held, "IND-001", zone(code), as_of=TODAY, ruleset=PILOTE)
        assert near(found.value, wanted["ta"])
        assert near(found.actual.value, wanted["va"])
        assert str(found.actual.period) == wanted["mois"]
    return True


def resolved(rows: list[Observation]) -> Series:
    """Return what the observations of one series say today."""
    return series_of(rows, Day(2026, 12, 31))


def selection(inputs: Any, expected: Any) -> bool:
    """One value a month: the latest import wins, and an empty value erases the month."""
    rows = []
    for number_, one in enumerate(inputs["mesures"]):
        recorded = f"2024-07-{number_ + 10:02d}" if "11:00" in one["import_"] else one["import_"][:10]
        rows.append(row("actual", one["date"], one["valeur"], recorded=recorded, source_id=f"import-{number_}"))
    (wanted,) = expected
    values = [found.value for found in resolved(rows).actuals if str(found.period)[:7] == wanted["mois"]]
    return not values if wanted["valeur"] is None else len(values) == 1 and near(values[0], wanted["valeur"])


def baseline_01(inputs: Any, expected: Any) -> bool:
    """The baseline is the latest imported; of one import, the oldest."""
    rows = [
        row("baseline", one["date"], one["valeur"], recorded=one.get("import", "2023-01-01")) for one in inputs["vi"]
    ]
    found = progress_of(plan(*rows), "IND-001", as_of=TODAY, ruleset=PILOTE)
    return near(found.baseline.value, expected)


def targets_04(inputs: Any, expected: Any) -> bool:
    """The final target is the latest up to the cut-off, a year's the latest of that year."""
    held = plan(*(row("target", when, value) for when, value in inputs["vc"].items()))
    final = progress_of(held, "IND-001", as_of=TODAY, ruleset=PILOTE).target
    years = {
        year: progress_of(
            held, "IND-001", as_of=TODAY, ruleset=PILOTE, horizon="year", cutoffs=Cutoffs(year=int(year))
        ).target
        for year in expected["vca"]
    }
    return near(final.value, expected["vcg"]) and all(
        near(found.value, expected["vca"][year]) for year, found in years.items()
    )


def targets_06(inputs: Any, expected: Any) -> bool:
    """Without a target for this year there is no annual progress; the final one does not change."""
    rows = [row("baseline", "2024-01", inputs["vi"])]
    rows += [row("actual", when, value) for when, value in inputs["va"].items()]
    rows += [row("target", when, value) for when, value in inputs["vc"].items()]
    held, day = plan(*rows), f"{inputs['annee_courante']}-12-31"
    annual = progress_of(held, "IND-001", as_of=day, ruleset=PILOTE, horizon="year")
    final = progress_of(held, "IND-001", as_of=day, ruleset=PILOTE)
    return annual.value is expected["taa_courant"] and near(final.value, expected["tag"])


def comparable(inputs: Any, expected: Any) -> bool:
    """Decumulation, then the value itself or a sum or mean over a window."""
    window = inputs.get("fenetre", "_")
    rule = ComparableRule(
        decumulation={"_": "none", "from_year_start": "year"}[inputs.get("decumul", "_")],
        window={"_": "current", "from_year_start": "year"}.get(window, "months"),
        months=int(window.partition("::")[2] or 12),
        operation={"sum": "sum", "moy": "mean", "current_value": "sum"}[inputs["op"]],
    )
    values = {when: number(value) for when, value in inputs["va"].items()}
    found = comparable_values(values, rule, ruleset=PILOTE)
    return all(near(one.value, wanted) for one, wanted in zip(found, expected, strict=True))


def comparable_11(inputs: Any, expected: Any) -> bool:
    """In PILOTE a target-only row between two actual values breaks the decumulation: counted twice."""
    rule = ComparableRule(decumulation="since", window="since", since="2018-01", operation="sum")
    values = {when: number(value) for when, value in inputs["va_cumulees"].items()}
    found = comparable_values(values, rule, targets=inputs["vc"], ruleset=PILOTE)
    return all(near(one.value, wanted) for one, wanted in zip(found, expected, strict=True))


def anomaly_01(inputs: Any, expected: Any) -> bool:
    """PILOTE's dated annual progress of a downward indicator uses the upward formula."""
    rows = [row("baseline", "2023-01", inputs["vi"]), row("actual", "2024-06", inputs["va"])]
    rows += [row("target", when, value) for when, value in inputs["vc"].items()]
    held, day = plan(*rows, direction="decrease"), f"{inputs['annee_courante']}-12-31"
    horizons = {"taa_adate": "own-year", "taa_courant": "year", "tag": "final"}
    found = {
        name: progress_of(held, "IND-001", as_of=day, ruleset=PILOTE, horizon=horizon).value
        for name, horizon in horizons.items()
    }
    return all(near(found[name], value) for name, value in expected.items())


def proposal_01(inputs: Any, expected: Any) -> bool:
    """The latest pending proposal gives a progress that stands beside the official one."""
    statuses = {"EN_COURS": "pending", "REFUSE": "refused"}
    proposals = [
        Proposal(value=number(value), on=day, status=statuses[status]) for value, day, status in inputs["propositions"]
    ]
    rows = (row("baseline", "2024-01", inputs["vi"]), row("target", "2026-12", inputs["vc"]))
    held = plan(*rows, row("actual", "2024-06", inputs["va"]))
    official = progress_of(held, "IND-001", as_of=TODAY, ruleset=PILOTE)
    proposed = proposed_progress(official, proposals)
    assert proposed is not None
    found = (proposed.actual.value, official.value, proposed.value)
    return all(near(one, expected[name]) for one, name in zip(found, ("vacp", "tag", "tap_global"), strict=True))


def freshness_01(inputs: Any, expected: Any) -> bool:
    """The next value is a period later, the next update a delay after that, at the end of the month."""
    months = {
        "Mensuelle": 1,
        "Trimestrielle": 3,
        "Semestrielle": 6,
        "Annuelle": 12,
        "Bi-annuelle": 24,
        "3 ans": 36,
        "6 ans": 72,
    }
    for (name, delay), wanted in zip(inputs["cas"], expected, strict=True):
        found = freshness(inputs["derniere_va"], periodicity_months=months.get(name), lag_months=delay, as_of=TODAY)
        said = [None if day is None else str(day) for day in (found.next_value, found.next_update)]
        assert said == wanted
    return True


def replication_01(inputs: Any, expected: Any) -> bool:
    """In a solidary reform the departments take the values of their region; what they typed takes no part."""
    rows = []
    for code, said in inputs.items():
        kinds = (("baseline", "2024-01", "vi"), ("actual", "2024-06", "va"), ("target", "2026-12", "vc"))
        rows += [row(kind, when, said[name], zone(code)) for kind, when, name in kinds]
    levels = ("region", "department")
    solidary = Reform(
        id="CH-001",
        label="Reform",
        indicator_ids=["IND-001"],
        weights=[IndicatorWeight(indicator_id="IND-001", level=level, weight=100) for level in levels],
        solidary_from="region",
    )
    held = plan(solidary, *places({"R11": ["D75", "D91"]}), *rows)
    found = {
        code: reform_progress_of(held, "CH-001", zone(code), as_of=TODAY, ruleset=PILOTE).value for code in expected
    }
    return all(near(found[code], value) for code, value in expected.items())


CHECKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "stats-01": stats_01,
    "stats-02": blanks_only,
    "stats-04": blanks_only,
    "stats-06": stats_06,
    "stats-07": stats_06,
    "ecart-01": gap_01,
    "ecart-02": gap_02,
    "tendance-01": trend_01,
    "territoires-01": territories_01,
    "alertes-01": alerts_01,
    "alertes-02": alerts_02,
    "alertes-04": alerts_04,
    "meteo-01": confidence_01,
    "meteo-02": confidence_02,
    "tri-01": ranking_01,
    "dates-01": dates_01,
    "annuel-01": annual_01,
    "ta_indicateur-01": indicator_01,
    "ta_indicateur-02": indicator_02,
    "ta_indicateur-04": indicator_04,
    **dict.fromkeys([f"ta_chantier-0{rank}" for rank in (1, 2, 4, 6, 7)], reform),
    "ta_chantier-09": reform_09,
    "ta_chantier-11": reform_11,
    **dict.fromkeys([f"agregation-0{rank}" for rank in (1, 2, 6, 7)], aggregation),
    "agregation-04": aggregation_04,
    "agregation-09": aggregation_09,
    "agregation-11": aggregation_11,
    **dict.fromkeys([f"selection_mesures-0{rank}" for rank in (1, 2, 4)], selection),
    "cibles-01": baseline_01,
    "cibles-02": baseline_01,
    "cibles-04": targets_04,
    "cibles-06": targets_06,
    **dict.fromkeys([f"valeur_comparable-0{rank}" for rank in (1, 2, 4, 6, 7, 9)], comparable),
    "valeur_comparable-11": comparable_11,
    "anomalies-01": anomaly_01,
    "proposition-01": proposal_01,
    "fraicheur-01": freshness_01,
    "replication-01": replication_01,
}


@pytest.mark.parametrize("name", CHECKS)
def test_formula_case(name: str) -> None:
    """The PILOTE ruleset gives what DITP's tool gives."""
    case = CASES[name]
    assert CHECKS[name](case["inputs"], case["expected"]), case["source"]


def test_every_case_is_proven() -> None:
    """No case of the file is forgotten."""
    assert set(CHECKS) == set(CASES)
    assert len(CHECKS) == 52


@pytest.mark.skipif(not GIVEN_FILE.exists(), reason="../shared/data/pilote/cases.json is not there")
def test_the_cases_are_those_that_were_given() -> None:
    """Inputs and expected figures are the given ones; six cases belong elsewhere, by name."""
    given = cases_of(GIVEN_FILE)
    assert set(given) == set(CASES) | set(ELSEWHERE)
    for name, case in CASES.items():
        assert (case["inputs"], case["expected"]) == (given[name]["inputs"], given[name]["expected"])


def test_confidence_is_that_of_the_day_and_the_place() -> None:
    """A rating counts from the day it was said, in the territory it names."""
    ditp = Organisation(id="ditp", label="DITP", kind="interministerial-directorate")
    said = [("attainable", "2019-01-02", None), ("secured", "2019-07-02", None), ("compromised", "2019-01-02", "46")]
    ratings = [ConfidenceRating(level=level, on=on, by_id="ditp", territory_id=where) for level, on, where in said]
    reform_held = Reform(id="CH-001", label="Reform", ratings=ratings)
    nation = Territory(id="FR", label="France")
    held = Portfolio.of(ditp, reform_held, nation, Territory(id="46", label="Lot"))
    levels = [
        reform_status_of(held, "CH-001", place, as_of=day).confidence.level
        for place, day in (("FR", "2019-06-14"), ("FR", "2019-07-14"), ("46", "2019-07-14"))
    ]
    assert levels == ["attainable", "secured", "compromised"]
