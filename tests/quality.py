#!/usr/bin/env python3
"""Measures what Kilde reads against gold claims, and ends with 1 if a figure lies below its floor.

    quality.py KILDE [--gold FOLDER]

FOLDER holds texts with gold claims and their scorer, score.py. It is no part of this repository (some of its texts may
not be published): by default it is ../shared/gold, and where that is not there nothing is measured and that is said.
Texts whose number divides by three are held out while rules are written; they are also reported on their own.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

# Path into the scorer's figures, and the least that is accepted.
FLOORS = {
    ("edges", "precision"): 0.80,
    ("language", "en", "f1"): 0.40,
    ("language", "nb", "f1"): 0.30,
    ("entities", "recall"): 0.85,
    ("entities", "linking"): 0.85,
}
HELD_OUT = "-(03|06|09|12|15|18|21|24)-"
PARTS = {"all texts": "", "held out": HELD_OUT, "not held out": f"^(?!.*{HELD_OUT})"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kilde", type=pathlib.Path)
    parser.add_argument("--gold", type=pathlib.Path, default=pathlib.Path("../shared/gold"))
    args = parser.parse_args()
    if not (args.gold / "score.py").is_file():
        print(f"\n*** SKIPPED: quality was not measured, there is no {args.gold}/score.py\n", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        read(args.kilde, args.gold, folder)
        results = {part: score(args.gold, folder, only) for part, only in PARTS.items()}
    for part, result in results.items():
        show(part, result)
    below = [f"{' '.join(path)} is {value(results['all texts'], path)}, below its floor of {floor}"
             for path, floor in FLOORS.items() if not value(results["all texts"], path) >= floor]
    for line in below:
        print(f"quality: {line}", file=sys.stderr)
    return 1 if below else 0


def read(kilde, gold, folder):
    """Has the gold's texts read into a store, and its claims and mentions written out."""
    store = folder / "kg"
    texts = sorted(gold.rglob("*.txt"))
    subprocess.run([kilde, "-q", "build", "--store", store, *texts], check=True)
    for what in ("claims", "mentions"):
        with open(folder / f"{what}.jsonl", "wb") as out:
            subprocess.run([kilde, what, "--store", store], stdout=out, check=True)


def score(gold, folder, only):
    command = [sys.executable, gold / "score.py", gold, folder / "claims.jsonl",
               "--mentions", folder / "mentions.jsonl", f"--only={only}", "--json"]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def value(result, path):
    """A figure of the scorer; 0 where it had nothing to measure."""
    for key in path:
        result = result.get(key, {})
    return result or 0


def show(part, result):
    print(f"quality, {part}:")
    rows = {"plain edges": result["edges"], "claims": result["claims"]}
    rows.update({f"claims, {language}": row for language, row in result["language"].items()})
    for name, row in rows.items():
        print("  {:<14} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}".format(name, **row))
    print("  entities       " + ", ".join(f"{name} {figure}" for name, figure in result["entities"].items()))


if __name__ == "__main__":
    sys.exit(main())
