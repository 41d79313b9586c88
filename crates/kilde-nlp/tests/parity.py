"""Compares this runtime with real spaCy on any text, and prints how many tokens differ, layer by layer.

    python crates/kilde-nlp/tests/parity.py PIPELINE_FOLDER FILE... [--show N] [--dump PROGRAM]

A file is plain text with one paragraph a line, or CoNLL-U, of which the `# text =` lines are taken. The Python must have spaCy 3.8.
Without --dump the program is built and run by cargo. Exits with 1 if anything differs.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import spacy

sys.path.insert(0, str(Path(__file__).parent / "golden"))
from make import token_rows  # noqa: E402

# Column of a row of make.py's; the runtime's rows have no prefix, suffix and shape, which the network alone sees.
SPACY_COLUMNS = [0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 15]
LAYERS = {"norm": 3, "tag": 4, "pos": 5, "morph": 6, "head": 7, "label": 8, "lemma": 9, "entity": (10, 11), "sentence": 12}


def paragraphs(paths):
    """The texts of all files, in order."""
    for path in paths:
        conllu = path.suffix == ".conllu"
        for line in path.read_text(encoding="utf8").split("\n"):
            if conllu and line.startswith("# text = "):
                yield line.removeprefix("# text = ")
            elif not conllu and line:
                yield line


def ours(program, folder, texts):
    """The rows of all texts from the Rust program."""
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    run = subprocess.run([*program, folder], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in run.stdout.split("\n") if line]


def value(row, columns):
    """One layer's value: a column, or several."""
    return row[columns] if isinstance(columns, int) else [row[column] for column in columns]


def compare(doc, mine, differing, show):
    """Counts the tokens of one text that differ, and prints the first ones."""
    theirs = [[row[column] for column in SPACY_COLUMNS] for row in token_rows(doc)]
    if [row[:3] for row in theirs] != [row[:3] for row in mine]:
        known = {tuple(row[:3]) for row in mine}
        missing = [row for row in theirs if tuple(row[:3]) not in known]
        note(differing, "tokens", show, f"{doc.text[:80]!r}", theirs and missing, mine and None, max(1, len(missing)))
        return
    for token, row, answer in zip(doc, theirs, mine):
        for layer, columns in LAYERS.items():
            expected, found = value(row, columns), value(answer, columns)
            if expected != found:
                note(differing, layer, show, f"{token.text!r} in {doc.text[:80]!r}", expected, found)


def note(differing, layer, show, where, expected, found, count=1):
    if differing[layer] < show:
        print(f"{layer}: {where}: spaCy {expected!r}, here {found!r}")
    differing[layer] += count


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", help="a pipeline directory")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N differences of each layer")
    parser.add_argument("--dump", metavar="PROGRAM", help="the compiled example `dump`")
    arguments = parser.parse_args()
    cargo = ["cargo", "run", "--release", "--quiet", "-p", "kilde-nlp", "--example", "dump", "--"]
    texts = list(paragraphs(arguments.files))
    answers = ours([arguments.dump] if arguments.dump else cargo, arguments.folder, texts)
    if len(answers) != len(texts):
        sys.exit(f"parity: {len(texts)} texts went in, {len(answers)} answers came out")
    differing, count = Counter(), 0
    for doc, mine in zip(spacy.load(arguments.folder).pipe(texts), answers):
        count += len(doc)
        compare(doc, mine, differing, arguments.show)
    print(f"{len(texts)} texts, {count} tokens of spaCy's")
    for layer in ["tokens", *LAYERS]:
        print(f"{layer:10}{differing[layer]:8} differ  {differing[layer] / max(count, 1):9.4%}")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
