"""One run of the ingest: everything is read, compared and resolved in memory before the first write.

A run that changes nothing writes its Run node and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from embeddings.encoder import Encoder
from ingest.pipeline import checks, retire
from ingest.pipeline.errors import InterruptedRunError, QuarantineError
from ingest.pipeline.facts import told
from ingest.pipeline.gather import Gathered, gather
from ingest.pipeline.identify import Identities
from ingest.pipeline.inputs import Inputs
from ingest.pipeline.ledger import Ledger
from ingest.pipeline.names import no_name_warnings
from ingest.pipeline.options import Options
from ingest.pipeline.plan import Plan, make_plan
from ingest.pipeline.refusals import Refusals, refuse
from ingest.pipeline.snapshot import Snapshot
from ingest.pipeline.totals import count_totals
from ingest.pipeline.weave import Weaver
from ingest.quarantine import write_quarantine
from ingest.record import MappedRow, Problem
from ingest.report import Clock, RunReport, Total, rows_by_code
from kg.reading import Reader
from kg.schema.model import Schema
from kg.store.base import GraphStore
from kg.wording import Sentence


def run(
    inputs: Inputs,
    store: GraphStore | None,
    encoder: Callable[[], Encoder],
    reader: Callable[[], Reader],
    schema: Schema,
    options: Options,
) -> RunReport:
    """Bring the rows of `inputs` into the store and say what happened.

    `store` may be None for a dry run where there is none yet. `encoder` is only called where something must
    be embedded or the store has vectors to compare with, `reader` where something must be read. Raises
    `MixRefusedError`, `EncoderMismatchError`, `QuarantinedError` (strict), `NothingLeftError` (complete) and
    what the inputs raise, all before the first write; `InterruptedRunError` after Ctrl-C, which keeps the
    batches written until then; any other failure leaves the embedded store as it was (a server keeps whole
    batches, and the same command completes them).
    """
    try:
        return _Run(inputs, store, encoder, reader, schema, options).go()
    except KeyboardInterrupt as exc:
        if store is not None and not options.dry_run:
            store.save()
        raise InterruptedRunError(
            Sentence(
                "导入被中断；此前写入的内容保留",
                "the run was interrupted; what was written until then is kept",
            ),
            remedy=Sentence(
                "再运行一次同样的命令，从中断处继续",
                "run the same command again: it goes on where this run stopped",
            ),
        ) from exc
    except Exception:  # whatever it was, the graph must be as it was before the run; then it goes on up
        if store is not None and not options.dry_run:
            store.rewind()
        raise


@dataclass
class _Run:
    inputs: Inputs
    store: GraphStore | None
    encoder: Callable[[], Encoder]
    reader: Callable[[], Reader]
    schema: Schema
    options: Options
    clock: Clock = field(default_factory=Clock)

    def go(self) -> RunReport:
        with self.clock.stage("read"):
            gathered = gather(self._counted())
        with self.clock.stage("compare"):
            identities, snapshot = Identities(self.schema), Snapshot(self.store, self.schema)
            identities.learn(snapshot.load(dict.fromkeys(gathered.sheets.values())))
            refusals = refuse(gathered, snapshot, self.store, self.schema)
        self._refuse(gathered)
        with self.clock.stage("compare"):
            plan = make_plan(gathered, identities, snapshot)
            complete = self.options.complete
            leaving = retire.departures(gathered, snapshot, refusals.forgotten) if complete else []
        ledger = self._ledger(gathered, plan, leaving)
        weaver = Weaver(self.schema, self.store, snapshot, plan, ledger, self.reader, self.clock)
        with self.clock.stage("resolve"):
            weaver.resolve()
        quarantine: list[str] = []
        if self.store is not None and not self.options.dry_run:
            quarantine = self._quarantine(gathered, ledger)
            self._write(self.store, weaver, leaving, refusals, ledger)
        with self.clock.stage("totals"):
            totals = count_totals(self.inputs.claims, self.store, self.schema, plan, leaving)
        warnings = [*gathered.warnings, *identities.warnings, *weaver.linker.warnings]
        warnings += no_name_warnings(plan, snapshot)
        warnings += retire.unsure_warnings(gathered) if complete else []
        return self._report(gathered, plan, leaving, weaver, warnings, quarantine, totals, ledger)

    def _report(
        self,
        gathered: Gathered,
        plan: Plan,
        leaving: Sequence[retire.Departure],
        weaver: Weaver,
        warnings: Sequence[tuple[Problem, ...]],
        quarantine: Sequence[str],
        totals: Sequence[Total],
        ledger: Ledger,
    ) -> RunReport:
        return RunReport(
            new=plan.new,
            changed=plan.changed,
            unchanged=plan.unchanged,
            gone=sum(item.retires for item in leaving),
            quarantined=gathered.quarantined,
            quarantine_files=tuple(quarantine),
            warnings=rows_by_code(warnings, self.inputs.warnings, self.inputs.row_counts),
            problems=_problems(gathered, [*warnings, self.inputs.warnings]),
            classified=tuple(row.place for row in gathered.classified),
            unresolved=tuple(weaver.linker.unresolved),
            totals=tuple(totals),
            seconds=self.clock.seconds,
            run=None if self.options.dry_run else ledger.id,
            gone_records=retire.gone(leaving),
            read_facts=None if self.options.dry_run else told(weaver.facts),
        )

    def _counted(self) -> Iterator[MappedRow]:
        total = self.inputs.count_hint
        done = 0
        for done, row in enumerate(self.inputs.rows(), 1):
            if done % 500 == 0:
                self.options.progress("read", done, total)
            yield row
        self.options.progress("read", done, done)

    def _refuse(self, gathered: Gathered) -> None:
        """All that stops the run while the graph is still as it was."""
        if self.options.strict:
            checks.refuse_held(gathered)
        if self.options.complete:
            checks.refuse_empty(gathered, self.inputs.sheets)
        if not self.options.mix:
            checks.refuse_mix(self.store, self.schema, gathered)
        known = self.store.index_info() if self.store is not None else None
        if known is not None:
            checks.refuse_encoder(known, self.encoder())

    def _ledger(self, gathered: Gathered, plan: Plan, leaving: Sequence[retire.Departure]) -> Ledger:
        now = self.options.now
        files = list(self.inputs.files)
        sources = sorted({source for source, _ in gathered.sheets})
        digest = hashlib.sha256("\x1f".join([now.isoformat(), *sources, *files]).encode()).hexdigest()
        return Ledger(
            id=f"run-{now:%Y%m%d-%H%M%S}-{digest[:8]}",
            date=now,
            sources=tuple(sources),
            files=tuple(files),
            synthetic=any(record.synthetic for record in gathered.records),
            counts={
                "new": plan.new,
                "changed": plan.changed,
                "unchanged": plan.unchanged,
                "gone": sum(item.retires for item in leaving),
                "quarantined": sum(gathered.quarantined.values()),
            },
        )

    def _quarantine(self, gathered: Gathered, ledger: Ledger) -> list[str]:
        with self.clock.stage("quarantine"):
            folder = self.options.quarantine_dir or _beside(self.store)
            try:
                files = write_quarantine(
                    gathered.held, self.inputs.tables, folder / ledger.id, self.options.lang
                )
            except OSError as exc:
                raise QuarantineError(
                    Sentence(
                        f"隔离文件写不了：{exc}；没有导入任何内容",
                        f"the quarantine cannot be written: {exc}; nothing was ingested",
                    ),
                    file=str(folder),
                    remedy=Sentence(
                        "腾出空间，或用 --quarantine-dir 换一个文件夹",
                        "make room, or name another folder with --quarantine-dir",
                    ),
                ) from exc
            return [str(path) for path in files]

    def _write(
        self,
        store: GraphStore,
        weaver: Weaver,
        leaving: Sequence[retire.Departure],
        refusals: Refusals,
        ledger: Ledger,
    ) -> None:
        refusals.record(store)  # first: a run that is stopped must not have forgotten them
        if weaver.embeds:
            checks.claim_encoder(store, self.encoder())
        weaver.write(store, self.encoder, self.options, leaving, refusals.forgotten)
        with self.clock.stage("save"):
            store.save(purge=bool(refusals.forgotten))


def _beside(store: GraphStore | None) -> Path:
    """The quarantine of an embedded store lies in its folder, that of a server in the working folder."""
    if store is not None and store.url.startswith("kglite://"):
        return Path(store.url.removeprefix("kglite://")) / "quarantine"
    return Path("quarantine")


def _problems(gathered: Gathered, warnings: Sequence[Sequence[Problem]]) -> tuple[Problem, ...]:
    held = [problem for row in gathered.held for problem in row.problems]
    return (*held, *(problem for row in warnings for problem in row))
