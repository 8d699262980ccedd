"""A pytest plugin: what the run counted, on lines of their own after pytest's.

The contract suite has one line per store (`store kglite: N passed, M skipped`, and neo4j's), M being what
could not run because that store was missing; they come last. Before them stand the tests on real records,
those on a second version of Neo4j, and why anything was skipped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

CONTRACT = ("store kglite", "store neo4j")
REAL = "real records"
OTHER = "other tests"


@dataclass
class Tally:
    """Outcomes of one group of tests, why some were skipped, and counts that they report (`said`)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    def counted(self) -> str:
        failed = f", {self.outcomes['failed']} failed" if self.outcomes["failed"] else ""
        return f"{self.outcomes['passed']} passed, {self.outcomes['skipped']} skipped{failed}"

    def why(self) -> str:
        return "; ".join(sorted(self.reasons))

    def summed(self) -> str:
        """Counts with the reasons; no counts where nothing could run."""
        if not self.outcomes["passed"] and not self.outcomes["failed"]:
            return f"skipped, {self.why()}"
        return self.counted() + (f" ({self.why()})" if self.reasons else "")


class Summary:
    """Counts outcomes by the group that each test was put into when it was collected."""

    def __init__(self) -> None:
        self.tallies: defaultdict[str, Tally] = defaultdict(Tally)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            item.user_properties.append(("group", _group_of(item)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        group = dict(report.user_properties).get("group")
        if not isinstance(group, str) or hasattr(report, "wasxfail"):
            return
        if report.when == "call" or report.outcome != "passed":
            tally = self.tallies[group]
            tally.outcomes[report.outcome] += 1
            if report.skipped and isinstance(report.longrepr, tuple):
                tally.reasons[report.longrepr[2].removeprefix("Skipped: ")] += 1
            tally.said += [str(words) for name, words in report.user_properties if name == "said"]

    def lines(self) -> Iterator[str]:
        """The lines to print: reasons and other groups first, the two of the contract suite last."""
        other = self.tallies.get(OTHER, Tally())
        if other.reasons:
            yield f"{OTHER}: {other.outcomes['skipped']} skipped: {other.why()}"
        for name in sorted(set(self.tallies) - {*CONTRACT, OTHER}, key=lambda name: (name != REAL, name)):
            yield from (f"{name}: {words}" for words in self.tallies[name].said)
            yield f"{name}: {self.tallies[name].summed()}"
        if set(CONTRACT) & set(self.tallies):
            counted = [(name, self.tallies.get(name, Tally())) for name in CONTRACT]
            yield from (f"{name} could not run: {tally.why()}" for name, tally in counted if tally.reasons)
            yield from (f"{name}: {tally.counted()}" for name, tally in counted)


def _group_of(item: pytest.Item) -> str:
    if "real_data" in getattr(item, "fixturenames", ()):
        return REAL
    marker = item.get_closest_marker("store")
    spec = getattr(item, "callspec", None)
    store = marker.args[0] if marker else (spec.params.get("backend") if spec else None)
    if store is None:
        return OTHER
    return f"store {store}" if f"store {store}" in CONTRACT else f"second version, {store}"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "store(name): a test of the contract suite that needs this store")
    config.pluginmanager.register(Summary(), "zhongshi-summary")


def pytest_unconfigure(config: pytest.Config) -> None:
    summary = config.pluginmanager.getplugin("zhongshi-summary")
    reporter = config.pluginmanager.getplugin("terminalreporter")
    if isinstance(summary, Summary) and reporter is not None:
        for line in summary.lines():
            reporter.write_line(line)
