#!/usr/bin/env python3
"""Measures what Kilde does with large stores, and prints a table for docs/performance.md.

    stores.py KILDE EXAMPLES STORE [--do load,queries,…] [--peer OXIGRAPH] [--actors ACTOR OTHER] [--times N]

KILDE is the program, EXAMPLES the folder with the examples `generate` and `queries`, both built with the feature `rocksdb`;
STORE is a store that `generate` made. Processor seconds are those that the system counts for the whole process; on a machine
with other work they say more than the clock. What is measured:

    load      filling the index from nothing, beside `oxigraph load` of the same N-Quads if --peer names that command
    open      opening the store with its index and a trivial query, median of 10
    queries   the named queries in one process, warm
    change    adding an article and forgetting it, medians of 5, with the index followed
    exports   the whole graph in several formats
    report    a report
    diff      against a copy by hard links of which one document is forgotten
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

FORMATS = [["-f", "ttl"], ["-f", "nq"], ["-f", "graphml"], ["-f", "csv"], ["-f", "dot", "--top", "200"]]
QUERY = "SELECT (COUNT(*) AS ?n) WHERE { ?s a owl:Ontology }"
ARTICLE = "Norland accused Vestia of piracy on Monday. Vestia denied it.\n"


def run(*command, expected=(0,)):
    """Seconds, processor seconds and the greatest memory (MB) of a command."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in expected:
        sys.exit(f"stores: {command[0]} {command[1]} failed")
    return {"wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024}


def medians(rows):
    """Of each figure its median."""
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def show(what, figures, note=""):
    """A row of the table."""
    print(f"| {what} | {figures['wall']:.2f} s | {figures['cpu']:.2f} s | {figures['memory']:.0f} MB | {note} |", flush=True)


def size(path):
    """Bytes of a folder's files."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def load(kilde, store, peer):
    """Filling the index beside oxigraph's own command."""
    shutil.rmtree(store / "index", ignore_errors=True)
    own = run(kilde, "query", "--store", store, QUERY)
    show("filling the index from nothing", own, f"{size(store / 'index') / 1e6:,.0f} MB")
    if not peer:
        return
    with tempfile.TemporaryDirectory(dir=store.parent) as folder:
        folder = pathlib.Path(folder)
        with (folder / "all.nq").open("wb") as out:
            for file in sorted((store / "documents").rglob("*.nq")):
                out.write(file.read_bytes())
        other = run(peer, "load", "--location", folder / "graph", "--file", folder / "all.nq")
        show("`oxigraph load` of the same documents", other, f"{size(folder / 'graph') / 1e6:,.0f} MB")
    print(f"| ratio | {own['wall'] / other['wall']:.2f} | {own['cpu'] / other['cpu']:.2f} | | 1.2 |")


def change(kilde, store):
    """Adding an article, taking it into the index, forgetting it."""
    added, taken, forgotten = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        article = pathlib.Path(folder) / "one.txt"
        for number in range(5):
            article.write_text(f"---\nid: bench-{number}\nlang: en\n---\n{ARTICLE}")
            added.append(run(kilde, "build", "-q", article, "--store", store))
            taken.append(run(kilde, "query", "--store", store, QUERY))
            forgotten.append(run(kilde, "forget", "-q", f"bench-{number}", "--store", store))
    show("adding an article", medians(added), "300 ms")
    show("the next query, which takes it into the index", medians(taken))
    show("forgetting it, index included", medians(forgotten), "300 ms")


def diff(kilde, store):
    """Against a copy that holds one document less. Files are linked, and never changed in place."""
    copy = store.parent / f"{store.name}-copy"
    subprocess.run(["cp", "-al", store, copy], check=True)
    try:
        shutil.rmtree(copy / "index", ignore_errors=True)
        next((copy / "documents").rglob("*.nq")).unlink()
        show("`kilde diff`, one document less", run(kilde, "diff", "-q", store, copy, expected=(0, 1)), "20 s")
    finally:
        shutil.rmtree(copy)


def queries(examples, store, actors, times):
    """The named queries."""
    told = subprocess.run([examples / "queries", store, *actors, str(times)], check=True, capture_output=True, text=True).stdout
    for line in map(json.loads, told.splitlines()):
        if "query" in line:
            actor = f"with {line['rows']} rows, an actor named" if line["actor"] else f"{line['rows']} rows, whole graph"
            print(f"| `{line['query']}`, {actor} | {line['median']:.0f} ms | {line['processor']:.0f} ms | | {'20 ms' if line['actor'] else '2 s'} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kilde", type=pathlib.Path)
    parser.add_argument("examples", type=pathlib.Path)
    parser.add_argument("store", type=pathlib.Path)
    parser.add_argument("--do", default="load,open,queries,change,exports,report,diff")
    parser.add_argument("--peer", type=pathlib.Path, metavar="OXIGRAPH")
    parser.add_argument("--actors", nargs=2, default=["hamas-17", "israel-3"], metavar=("ACTOR", "OTHER"))
    parser.add_argument("--times", type=int, default=50)
    arguments = parser.parse_args()
    kilde, store, wanted = arguments.kilde, arguments.store, arguments.do.split(",")
    print("| what | clock | processor | memory | target, note |\n|---|---|---|---|---|")
    if "load" in wanted:
        load(kilde, store, arguments.peer)
    if "open" in wanted:
        show("opening and a trivial query", medians([run(kilde, "query", "--store", store, QUERY) for _ in range(10)]), "50 ms")
    if "queries" in wanted:
        queries(arguments.examples, store, arguments.actors, arguments.times)
    if "change" in wanted:
        change(kilde, store)
    if "exports" in wanted:
        for options in FORMATS:
            show(f"`kilde export {' '.join(options)}`", run(kilde, "export", "-q", "--store", store, *options), "300 MB")
    if "report" in wanted:
        show("`kilde report`", run(kilde, "report", "-q", "--store", store, "-o", os.devnull), "30 s")
    if "diff" in wanted:
        diff(kilde, store)


main()
