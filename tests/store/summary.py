"""A pytest plugin: after the run, one line for each store with the counts of the contract suite."""

from __future__ import annotations

from collections import Counter

import pytest

ALWAYS = ("kglite", "neo4j")


class Summary:
    """Counts outcomes of tests that are marked with the store they ran on."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            store = _store_of(item)
            if store:
                item.user_properties.append(("store", store))
                self.counts.setdefault(store, Counter())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        store = dict(report.user_properties).get("store")
        if not isinstance(store, str):
            return
        if report.when == "call" or report.outcome != "passed":
            self.counts[store][report.outcome] += 1

    def lines(self) -> list[str]:
        """`store NAME: N passed, M skipped`, with failures where there are any."""
        if not self.counts:
            return []
        found: list[str] = []
        for name in (*ALWAYS, *sorted(set(self.counts) - set(ALWAYS))):
            count = self.counts.get(name, Counter())
            failed = f", {count['failed']} failed" if count["failed"] else ""
            found.append(f"store {name}: {count['passed']} passed, {count['skipped']} skipped{failed}")
        return found


def _store_of(item: pytest.Item) -> str | None:
    marker = item.get_closest_marker("store")
    if marker:
        return str(marker.args[0])
    spec = getattr(item, "callspec", None)
    chosen = spec.params.get("backend") if spec else None
    return str(chosen) if chosen else None


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "store(name): a test of the contract suite that needs this store")
    config.pluginmanager.register(Summary(), "zhongshi-store-summary")


def pytest_unconfigure(config: pytest.Config) -> None:
    summary = config.pluginmanager.getplugin("zhongshi-store-summary")
    reporter = config.pluginmanager.getplugin("terminalreporter")
    if isinstance(summary, Summary) and reporter is not None:
        for line in summary.lines():
            reporter.write_line(line)
