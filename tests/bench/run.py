#!/usr/bin/env python3
"""Measures how fast Kilde is beside spaCy, and writes the tables of docs/performance.md.

    run.py KILDE [--text FILE] [--words N] [--rounds N] [--peers VERSIONS] [--write FILE]

The text is plain, a paragraph a line, or CoNLL-U, of which the sentences of a paragraph are joined. By default it is
../shared/corpora/en, which is no part of this repository, and the sample articles where that is not there. Commands take
turns, round by round, and medians are printed: whatever else a machine does then falls on all of them. Processor seconds
are those that the system counts for the whole process (for spaCy: without loading); they tell more than seconds on a
machine that does other work. spaCy is fetched with pip into the cache folder; a version that cannot be had is left out,
and that is said.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import common
from common import medians, paragraphs

HERE = pathlib.Path(__file__).resolve().parent
# Without it, pip takes a newer numpy than the old spaCy was compiled for.
ALSO = {"3.7.5": ["numpy<2"]}


def take(files, words):
    """Paragraphs of the files, in order, until there are so many words; from the beginning again if there are fewer."""
    all_of_them = [paragraph for file in files for paragraph in paragraphs(file)]
    taken, count = [], 0
    while count < words:
        for paragraph in all_of_them:
            taken.append(paragraph)
            count += len(paragraph.split())
            if count >= words:
                break
    return taken, count


def articles(texts, path, copies=1):
    """Articles of three paragraphs each, as JSON Lines; every copy under names of its own."""
    groups = [texts[at : at + 3] for at in range(0, len(texts), 3)]
    with path.open("w", encoding="utf8") as out:
        for number in range(len(groups) * copies):
            article = {"id": f"a{number}", "lang": "en", "text": "\n".join(groups[number % len(groups)])}
            out.write(json.dumps(article) + "\n")
    return len(groups) * copies


def run(*command):
    """Figures of a command. 1: not all could be read or stored, which is no matter here."""
    return common.run(*command, expected=(0, 1))


def pair(*command):
    """Seconds that two of the same command take, side by side: what the machine gives to two threads at most."""
    start = time.perf_counter()
    both = [subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL) for _ in range(2)]
    for process in both:
        process.wait()
    return {"wall": time.perf_counter() - start}


def peer(version, model, text):
    """spaCy of this version on the text; `None` if it cannot be had."""
    packages = common.fetched("spacy", version, ALSO.get(version, []))
    if not packages:
        return None
    environment = {**os.environ, "PYTHONPATH": str(packages)}
    answer = subprocess.run([sys.executable, HERE / "peer.py", model, text], env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(answer.stdout)


def measure(arguments, folder):
    """All figures, by what was run."""
    kilde, model = arguments.kilde, arguments.models / "en"
    texts, words = take(arguments.text, arguments.words)
    plain, lines, more = folder / "text.txt", folder / "articles.jsonl", folder / "more.jsonl"
    plain.write_text("\n".join(texts) + "\n", encoding="utf8")
    count, count_more = articles(texts, lines), articles(texts, more, copies=3)
    short = folder / "short.jsonl"
    articles(["Hamas accused Israel of breaking the truce, Ismail Haniyeh said in Gaza on Thursday."], short)
    models = ["--models", arguments.models, "--quiet"]
    parse, extract = [kilde, "parse", "--lang", "en", *models, plain], [kilde, "extract", *models, lines]
    commands = {
        "parse": lambda: run(*parse, "-j1"),
        "parse, two threads": lambda: run(*parse, "-j2"),
        "parse, two processes": lambda: pair(*parse, "-j1"),
        "extract": lambda: run(*extract, "-j1"),
        "extract, two threads": lambda: run(*extract, "-j2"),
        "build": lambda: run(kilde, "build", *models, lines, "--store", folder / f"store-{time.monotonic_ns()}", "-j1"),
        **{f"spaCy {version}": lambda version=version: peer(version, model, plain) for version in arguments.peers},
    }
    rounds = []
    for number in range(arguments.rounds):
        print(f"bench: round {number + 1} of {arguments.rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        rounds.append({name: command() for name, command in commands.items()})
    figures = {name: medians([row[name] for row in rounds]) for name in commands if rounds[0][name]}
    starts = [run(kilde, "extract", *models, short) for _ in range(20)]
    figures["start"] = {**medians(starts), "least": min(one["wall"] for one in starts)}
    figures["many"] = run(kilde, "extract", *models, more, "-j1")
    figures["many, two threads"] = run(kilde, "extract", *models, more, "-j2")
    return figures, {"words": words, "articles": count, "more": count_more}


def tables(figures, sizes, arguments):
    """The tables, as Markdown."""
    words = sizes["words"]
    speed = lambda name: words / figures[name]["cpu"]
    cpu = lambda one, other: figures[one]["cpu"] / figures[other]["cpu"]
    wall = lambda one, other: figures[one]["wall"] / figures[other]["wall"]
    rows = [(f"`kilde parse` beside {name}, words per processor second", f"{speed('parse'):,.0f} / {speed(name):,.0f}", f"{cpu(name, 'parse'):.1f}x", "8x" if name == "spaCy 3.8.18" else "5x")
            for name in figures if name.startswith("spaCy")]
    rows += [
        ("parse with two threads, by the clock", f"{figures['parse']['wall']:.2f} s / {figures['parse, two threads']['wall']:.2f} s", f"{wall('parse', 'parse, two threads'):.2f}", "1.85"),
        ("two parsing processes at once: what the machine gave", f"{figures['parse, two processes']['wall']:.2f} s", f"{2 * wall('parse', 'parse, two processes'):.2f}", ""),
        ("processor time of two threads to one", f"{figures['parse']['cpu']:.2f} s / {figures['parse, two threads']['cpu']:.2f} s", f"{cpu('parse, two threads', 'parse'):.2f}", ""),
        ("`kilde extract`, share of parse's words per processor second", f"{speed('extract'):,.0f}", f"{cpu('parse', 'extract'):.2f}", "0.6"),
        (f"`kilde build`, share of extract's, {sizes['articles']:,} articles", f"{speed('build'):,.0f}", f"{cpu('extract', 'build'):.2f}", "0.8"),
        ("start to the end of one short article, median of 20, by the clock", f"{1000 * figures['start']['wall']:.0f} ms", f"least {1000 * figures['start']['least']:.0f} ms", "150 ms"),
        ("the same in processor time", f"{1000 * figures['start']['cpu']:.0f} ms", "", ""),
        (f"peak memory, one thread, {sizes['articles']:,} / {sizes['more']:,} articles", f"{figures['extract']['memory']:.0f} / {figures['many']['memory']:.0f} MB", "", "200 MB"),
        ("the same, two threads", f"{figures['extract, two threads']['memory']:.0f} / {figures['many, two threads']['memory']:.0f} MB", "", "300 MB"),
    ]
    loads = ", ".join(f"{name} {figures[name]['load']:.1f} s" for name in figures if name.startswith("spaCy"))
    rates = ", ".join(f"{figures[name]['gigaflops']:.0f}" for name in figures if name.startswith("spaCy"))
    text = ", ".join(file.name for file in arguments.text)
    return "\n".join([
        f"{words:,} words ({text}), rounds: {arguments.rounds}, medians; {common.machine()}.",
        "",
        *common.table(["what", "measured", "ratio", "target"], rows),
        "",
        *([f"Loading: {loads}, by the clock. numpy's matrix product on one thread: {rates} GFLOP a second."] if loads else []),
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kilde", type=pathlib.Path)
    parser.add_argument("--text", type=pathlib.Path, action="append")
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path(os.environ.get("KILDE_MODELS") or "models"))
    parser.add_argument("--words", type=int, default=110_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", nargs="*", default=["3.8.18", "3.7.5"], metavar="VERSION")
    parser.add_argument("--write", type=pathlib.Path, metavar="FILE", help="replace the tables in this file")
    arguments = parser.parse_args()
    arguments.text = arguments.text or common.texts()
    with tempfile.TemporaryDirectory() as folder:
        figures, sizes = measure(arguments, pathlib.Path(folder))
    common.publish(arguments.write, "make bench", tables(figures, sizes, arguments))


main()
