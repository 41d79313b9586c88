#!/usr/bin/env python3
"""Macro F1 of PLOVER event types where source and target are given.

    scripts/event_score.py [--kilde BIN] [--ontology DIR] [--misses] FILE...

Each line of a FILE is a document as `kilde extract` reads it: `text`, `mentions` with the ids `source` and `target`, and `event`, the
type that it should get. What counts is the code of the surest claim from source to target; CONCEDE and RETREAT are one type.
No such file is part of the repository.
"""

import argparse
import collections
import json
import os
import subprocess
import sys

TYPES = (
    "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
).split()


def merged(code):
    """RETREAT counts as CONCEDE."""
    return "CONCEDE" if code == "RETREAT" else code


def read(files):
    """The documents of all files, each with an id of its own."""
    documents = []
    for name in files:
        with open(name, encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                document = json.loads(line)
                stem = os.path.splitext(os.path.basename(name))[0]
                document["id"] = f"{stem}-{document['id']}"
                documents.append(document)
    return documents


def predictions(documents, arguments):
    """The surest event code from source to target, by document."""
    command = [arguments.kilde, "extract", "-q", "-"]
    if arguments.ontology:
        command += ["--ontology", arguments.ontology]
    lines = "\n".join(
        json.dumps({key: value for key, value in document.items() if key != "event"})
        for document in documents
    )
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    best = {}
    for line in done.stdout.splitlines():
        claim = json.loads(line)
        ends = claim["subject"]["id"], claim["object"]["id"]
        known = best.get(claim["document"])
        if ends == ("source", "target") and claim["event"]:
            if known is None or claim["confidence"] > known["confidence"]:
                best[claim["document"]] = claim
    return {document: merged(claim["event"]) for document, claim in best.items()}


def report(documents, found, misses):
    """Prints the table."""
    pairs = collections.Counter()
    for document in documents:
        gold, given = merged(document["event"]), found.get(document["id"])
        pairs[gold, given] += 1
        if misses and gold != given:
            print(f"{gold} -> {given}  {document['id']}  {document['text']}")
    scores = []
    print(f"{'type':10}{'gold':>6}{'given':>6}{'right':>6}{'F1':>7}  taken for")
    for kind in TYPES:
        right = pairs[kind, kind]
        gold = sum(count for (one, _), count in pairs.items() if one == kind)
        given = sum(count for (_, one), count in pairs.items() if one == kind)
        if not gold:
            continue
        score = 2 * right / (gold + given)
        scores.append(score)
        others = sorted(
            (str(one), count) for (own, one), count in pairs.items() if own == kind and one != kind
        )
        wrong = ", ".join(f"{one} {count}" for one, count in others)
        print(f"{kind:10}{gold:6}{given:6}{right:6}{score:7.3f}  {wrong}")
    total, right = sum(pairs.values()), sum(pairs[kind, kind] for kind in TYPES)
    print(f"{total} sentences, macro F1 {sum(scores) / len(scores):.3f}, accuracy {right / total:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kilde", default="kilde", help="the program")
    parser.add_argument("--ontology", help="folder laid out as ontology/, in place of the program's")
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    documents = read(arguments.files)
    report(documents, predictions(documents, arguments), arguments.misses)


if __name__ == "__main__":
    main()
