"""`python -m ingest.enrich.fields train --data DIR --out FILE`: trains, measures and writes the model."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, replace
from pathlib import Path

from embeddings.encoder import open_encoder
from ingest.enrich.fields import known_words
from ingest.enrich.fields.examples import read_disciplines, read_examples, seeds
from ingest.enrich.fields.report import report
from ingest.enrich.fields.scheme import load_scheme
from ingest.enrich.fields.training import Settings, in_test, train
from kg.errors import ZhongshiError


def main() -> int:
    """Train, write the model, and print its figures on the held-out part as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m ingest.enrich.fields")
    command = parser.add_subparsers(required=True).add_parser("train", help="train the model of fields")
    command.add_argument("--data", type=Path, required=True, help="the folder of achievements.jsonl.gz")
    command.add_argument("--out", type=Path, required=True, help="the model file to write (.npz)")
    asked = parser.parse_args()
    try:
        sys.stdout.write(_train(asked.data, asked.out))
    except ZhongshiError as exc:
        sys.stderr.write(f"{exc.message.en}\n{exc.remedy.en if exc.remedy else ''}\n")
        return exc.exit_code
    return 0


def _train(data: Path, out: Path) -> str:
    scheme, settings, encoder = load_scheme(), Settings(), open_encoder()
    examples = read_examples(data, scheme)
    seen = [example for example in examples if not in_test(example, settings)]
    held_out = [e for e in examples if in_test(e, settings) and e.kind == "coded"]
    model = train([*seen, *seeds(scheme)], scheme, lambda texts: encoder.encode(known_words(texts)), settings)
    about = {"encoder": encoder.fingerprint, "examples": len(seen), "settings": asdict(settings)}
    model = replace(model, about=about)
    model.save(out)
    parts = [report(model, held_out, encoder.encode, "Held-out records with codes")]
    disciplines = read_disciplines(data, scheme)
    if disciplines:
        parts.append(report(model, disciplines, encoder.encode, "Records with a discipline, another source"))
    return "\n".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
