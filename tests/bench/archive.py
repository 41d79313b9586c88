#!/usr/bin/env python3
"""Measures reading a whole archive: 20,000 articles, and the memory that 100,000 take.

    archive.py KILDE [--rocksdb KILDE] [--articles N] [--short N] [--write FILE]

The articles are put together anew from the paragraphs of ../shared/corpora/en (else of the samples): three paragraphs for each of
the 20,000, one for each of the 100,000, no article twice as long as there are paragraphs for that. `--rocksdb` is the program built with
that feature: its index is filled by the first query, which counts as part of building. One thread; processor seconds are those of the
whole process.
"""

import argparse
import json
import os
import pathlib
import shutil
import tempfile

import common
from common import CACHE, run

TRIVIAL = "ASK {}"


def articles(path, paragraphs, count, parts):
    """So many articles of so many paragraphs each, as JSON Lines. Gives back how many words they have."""
    seen, words, number = set(), 0, 0
    with path.open("w", encoding="utf8") as out:
        while len(seen) < count:
            turn = number // len(paragraphs)
            steps = [number * (6 * part + 1) + part * (4 * turn + 1) for part in range(parts)]
            text = "\n".join(paragraphs[step % len(paragraphs)] for step in steps)
            number += 1
            # One paragraph alone comes again; what it is told by is then its number.
            key = text if parts > 1 else number
            if key in seen:
                continue
            seen.add(key)
            words += len(text.split())
            out.write(json.dumps({"id": f"a{len(seen)}", "lang": "en", "text": text}) + "\n")
    return words


def build(kilde, models, lines, folder, threads=("-j1",)):
    """Figures of building a store."""
    return run(kilde, "build", *models, lines, "--store", folder, *threads, expected=(0, 1))


def measure(arguments, folder):
    """Rows of the table, and how many words were read."""
    paragraphs = [paragraph for file in arguments.text for paragraph in common.paragraphs(file)]
    many, short = folder / "many.jsonl", folder / "short.jsonl"
    words = articles(many, paragraphs, arguments.articles, 3)
    short_words = articles(short, paragraphs, arguments.short, 1)
    models, kilde = ["--models", arguments.models, "--quiet"], arguments.kilde
    extract = run(kilde, "extract", *models, many, "-j1")
    light = build(kilde, models, many, folder / "light")
    rows = [
        (f"`kilde extract`, {arguments.articles:,} articles", extract, "", "200 MB"),
        ("`kilde build`, its files", light, f"{extract['cpu'] / light['cpu']:.2f} of extract's throughput", "0.8"),
    ]
    if arguments.rocksdb:
        files = build(arguments.rocksdb, models, many, folder / "rocksdb")
        index = run(arguments.rocksdb, "query", "--store", folder / "rocksdb", TRIVIAL)
        both = {"wall": files["wall"] + index["wall"], "cpu": files["cpu"] + index["cpu"], "memory": max(files["memory"], index["memory"])}
        rows += [
            ("the same with RocksDB, its files", files, f"{extract['cpu'] / files['cpu']:.2f}", ""),
            ("files and index", both, f"{extract['cpu'] / both['cpu']:.2f}", "0.8"),
        ]
        shutil.rmtree(folder / "rocksdb")
    shutil.rmtree(folder / "light")
    plain = folder / "short.txt"
    with short.open(encoding="utf8") as lines, plain.open("w", encoding="utf8") as out:
        out.writelines(json.loads(line)["text"] + "\n" for line in lines)
    for command, *options, file in (["parse", "--lang", "en", plain], ["extract", short]):
        for threads, target in (("-j1", "200 MB"), ("-j2", "300 MB")):
            figures = run(kilde, command, *options, *models, file, threads)
            rows.append((f"`kilde {command} {threads}`, {arguments.short:,} short articles", figures, "", target))
    return rows, words, short_words


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kilde", type=pathlib.Path)
    parser.add_argument("--rocksdb", type=pathlib.Path, metavar="KILDE")
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path(os.environ.get("KILDE_MODELS") or "models"))
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--short", type=int, default=100_000)
    parser.add_argument("--write", type=pathlib.Path, metavar="FILE")
    arguments = parser.parse_args()
    arguments.text = common.texts()
    (CACHE / "bench").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE / "bench") as folder:
        rows, words, short_words = measure(arguments, pathlib.Path(folder))
    cells = [(what, f"{one['wall']:.1f} s", f"{one['cpu']:.1f} s", f"{one['memory']:.0f} MB", note, target) for what, one, note, target in rows]
    lines = common.table(["what", "clock", "processor", "memory", "", "target"], cells)
    about = f"{words:,} words in {arguments.articles:,} articles, {short_words:,} in {arguments.short:,}; {common.machine()}."
    common.publish(arguments.write, "an archive", "\n".join([about, "", *lines]))


main()
