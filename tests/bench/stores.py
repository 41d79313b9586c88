#!/usr/bin/env python3
"""Measures what Kilde does with large stores, and writes the tables of docs/performance.md.

    stores.py LIGHT ROCKSDB EXAMPLES [--stores DIR] [--do small,index,large] [--times N] [--write FILE]

LIGHT and ROCKSDB are the program without and with the feature `rocksdb`, EXAMPLES the folder with the examples `generate` and
`queries`, built with it. Stores are made from the sample articles by `generate` in the folder --stores, where they stay (20 GB in
all): 3,000 claims (200,000 statements), 150,000 (10 million) and a million. Processor seconds are those that the system counts for
the whole process. What is measured:

    small     opening the small store, light build, with a trivial query, median of 10
    index     filling the index of the second one from nothing, beside `oxigraph load` of the same statements (its command comes by
              pip); opening it; the named queries in one process, warm
    large     of the million: adding an article and forgetting it, medians of 5 (the index follows if there is one); exports; a
              report; a diff against a copy by hard links of which one document is gone
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile

import common
from common import medians, run

SIZES = {"small": 3_000, "index": 150_000, "large": 1_000_000}
OXIGRAPH = "0.5.13"
FORMATS = [["ttl"], ["nq"], ["dot", "--top", "200"], ["csv"], ["graphml", "--per-claim"]]
TRIVIAL = "SELECT (COUNT(*) AS ?n) WHERE { ?s a owl:Ontology }"
ARTICLE = "Norland accused Vestia of piracy on Monday. Vestia denied it.\n"


def row(what, figures, note="", target=""):
    """A row of the table."""
    digits = 2 if figures["wall"] < 10 else 0
    return (what, f"{figures['wall']:.{digits}f} s", f"{figures['cpu']:.{digits}f} s", f"{figures['memory']:.0f} MB", note, target)


def size(path):
    """Bytes of a folder's files."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def made(arguments, name):
    """The store of this size, made if it is not there."""
    store = arguments.stores / f"claims-{SIZES[name]}"
    if not store.is_dir():
        arguments.stores.mkdir(parents=True, exist_ok=True)
        samples, part = arguments.stores / "samples", store.with_suffix(".part")
        for old in (samples, part):
            shutil.rmtree(old, ignore_errors=True)
        run(arguments.light, "build", "-q", "--models", arguments.models, "seeds/articles", "--store", samples)
        run(arguments.examples / "generate", samples, part, SIZES[name])
        part.rename(store)
    return store


def opening(kilde, store, target):
    """Opening a store with a trivial query."""
    return row("opening, with a trivial query", medians([run(kilde, "query", "--store", store, TRIVIAL) for _ in range(10)]), "", target)


def load(arguments, store):
    """Filling the index beside oxigraph's own command, which can merge what it loaded in a second step."""
    shutil.rmtree(store / "index", ignore_errors=True)
    own = run(arguments.rocksdb, "query", "--store", store, TRIVIAL)
    rows = [row("filling the index from nothing, merging included", own, f"{size(store / 'index') / 1e6:,.0f} MB")]
    package = common.fetched("oxigraph", OXIGRAPH)
    if not package:
        return rows
    with tempfile.TemporaryDirectory(dir=arguments.stores) as folder:
        graph, statements = pathlib.Path(folder) / "graph", pathlib.Path(folder) / "all.nq"
        with statements.open("wb") as out:
            for file in sorted((store / "documents").rglob("*.nq")):
                out.write(file.read_bytes())
        command = package / "bin" / "oxigraph"
        loaded = run(command, "load", "--location", graph, "--file", statements)
        merged = run(command, "optimize", "--location", graph)
        rows += [row("`oxigraph load` of the same documents", loaded, f"{size(graph) / 1e6:,.0f} MB"), row("`oxigraph optimize`", merged)]
    both = {key: loaded[key] + merged[key] for key in ("wall", "cpu")}
    ratio = lambda other: f"{own['wall'] / other['wall']:.2f} by the clock, {own['cpu'] / other['cpu']:.2f} of the processor"
    return [*rows, ("beside loading alone", "", "", "", ratio(loaded), "1.2"), ("beside loading and merging", "", "", "", ratio(both), "")]


def queries(arguments, store):
    """The named queries."""
    command = [arguments.examples / "queries", store, *arguments.actors, str(arguments.times)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for line in map(json.loads, told.splitlines()):
        if "query" in line:
            about, target = ("an actor named", "20 ms") if line["actor"] else ("whole graph", "2 s")
            yield (f"`{line['query']}`, {about}, {line['rows']:,} rows", f"{line['median']:,.0f} ms", f"{line['processor']:,.0f} ms", "", "", target)


def change(kilde, store):
    """Adding an article, taking it into the index, forgetting it."""
    added, taken, forgotten, indexed = [], [], [], (store / "index" / "catalog").exists()
    with tempfile.TemporaryDirectory() as folder:
        article = pathlib.Path(folder) / "one.txt"
        for number in range(5):
            article.write_text(f"---\nid: bench-{number}\nlang: en\n---\n{ARTICLE}")
            added.append(run(kilde, "build", "-q", article, "--store", store))
            if indexed:
                taken.append(run(kilde, "query", "--store", store, TRIVIAL))
            forgotten.append(run(kilde, "forget", "-q", f"bench-{number}", "--store", store))
    rows = [row("adding an article", medians(added), "", "300 ms")]
    if indexed:
        rows.append(row("the next query, which takes it into the index", medians(taken)))
    return [*rows, row("forgetting it", medians(forgotten), "index included" if indexed else "there is no index", "300 ms")]


def diff(kilde, store):
    """Against a copy that holds one document less. Files are linked, and never changed in place."""
    copy = store.parent / f"{store.name}-copy"
    subprocess.run(["cp", "-al", store, copy], check=True)
    try:
        shutil.rmtree(copy / "index", ignore_errors=True)
        next((copy / "documents").rglob("*.nq")).unlink()
        return row("`kilde diff`, one document less", run(kilde, "diff", "-q", store, copy, expected=(0, 1)), "", "20 s")
    finally:
        shutil.rmtree(copy)


def exports(kilde, store):
    """The whole graph in several formats."""
    for options in FORMATS:
        figures = run(kilde, "export", "-q", "--store", store, "-f", *options)
        yield row(f"`kilde export -f {' '.join(options)}`", figures, "", "300 MB")


def report(kilde, store):
    """A report, three times."""
    with tempfile.TemporaryDirectory() as folder:
        took = [run(kilde, "report", "-q", "--store", store, "-o", pathlib.Path(folder) / "report.md") for _ in range(3)]
    walls = ", ".join(f"{one['wall']:.0f}" for one in took)
    return row("`kilde report`, median of three", {key: statistics.median(one[key] for one in took) for key in took[0]}, f"{walls} s", "30 s")


def measure(arguments, wanted):
    """The rows of all parts that are wanted."""
    head = lambda name, store: (f"**{SIZES[name]:,} claims**, {size(store / 'documents') / 1e9:.1f} GB", "", "", "", "", "")
    if "small" in wanted:
        store = made(arguments, "small")
        yield from [head("small", store), opening(arguments.light, store, "1 s")]
    if "index" in wanted:
        store = made(arguments, "index")
        yield from [head("index", store), *load(arguments, store), opening(arguments.rocksdb, store, "50 ms"), *queries(arguments, store)]
    if "large" in wanted:
        store, kilde = made(arguments, "large"), arguments.rocksdb
        yield from [head("large", store), *change(kilde, store), *exports(kilde, store), report(kilde, store), diff(kilde, store)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("light", "rocksdb", "examples"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path(os.environ.get("KILDE_MODELS") or "models"))
    parser.add_argument("--stores", type=pathlib.Path, default=common.CACHE / "bench" / "stores")
    parser.add_argument("--do", default="small,index,large")
    parser.add_argument("--actors", nargs=2, default=["hamas-17", "israel-3"], metavar=("ACTOR", "OTHER"))
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--write", type=pathlib.Path, metavar="FILE")
    arguments = parser.parse_args()
    lines = common.table(["what", "clock", "processor", "memory", "", "target"], list(measure(arguments, arguments.do.split(","))))
    common.publish(arguments.write, "large stores", "\n".join([f"{common.machine()[0].upper()}{common.machine()[1:]}.", "", *lines]))


main()
