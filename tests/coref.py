#!/usr/bin/env python3
"""Measures coreference of named entities against a CoNLL-U corpus with `Entity=` annotation (GUM, NARC).

    coref.py --kilde PATH_TO_KILDE --lang en|nb|nn CORPUS.conllu ... [--by-document]

Each document's plain text goes through `kilde extract --mentions`; its chains are compared with the gold chains.
Gold chains are those that name a person, organisation or place at least once (a mention whose head is a proper
noun). Mentions are matched by head: a mention of the program that holds the gold head word, the closest in extent,
each used once. Chains of one mention are left out on both sides, as in the CoNLL shared tasks, and so are the
program's mentions that are adjectives ("Norwegian"), which neither corpus marks.
Prints MUC (Vilain et al. 1995), B3 (Bagga and Baldwin 1998), CEAF-e (Luo 2005) and their mean.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import tempfile

NAMED_TYPES = {"person", "organization", "place"}


class Document:
    def __init__(self, name):
        self.id, self.date, self.text, self.tokens = name, None, "", []
        self.mentions = []  # (chain, first token, last token, entity type, head token)
        self.paragraph = True

    def add_sentence(self, rows):
        if self.text:
            self.text += "\n" if self.paragraph else " "
        self.paragraph = False
        base = len(self.tokens)
        for row in rows:
            start = len(self.text)
            self.text += row[1]
            head = base + int(row[6]) - 1 if row[6] not in ("0", "_") else None
            self.tokens.append({"start": start, "end": len(self.text), "pos": row[3], "head": head, "misc": row[9]})
            if "SpaceAfter=No" not in row[9]:
                self.text += " "
        self.text = self.text.rstrip()


def documents(path):
    found, rows = [], []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id"):
            found.append(Document(line.split("=", 1)[1].strip()))
            date = re.search(r"(20\d\d|19\d\d)(\d\d)(\d\d)", found[-1].id)
            found[-1].date = "-".join(date.groups()) if date else None
        elif line.startswith("# meta::dateCreated"):
            date = line.split("=", 1)[1].strip()
            found[-1].date = date if re.fullmatch(r"\d{4}(-\d\d){0,2}", date) else None
        elif line.startswith("# newpar"):
            found[-1].paragraph = True
        elif line and not line.startswith("#"):
            row = line.split("\t")
            if row[0].isdigit():
                rows.append(row)
        elif not line and rows:
            found[-1].add_sentence(rows)
            rows = []
    for document in found:
        read_chains(document)
    return found


def read_chains(document):
    """`(id-type-...` opens a mention, `id)` closes it; `(id-...)` does both."""
    open_mentions = collections.defaultdict(list)
    for at, token in enumerate(document.tokens):
        field = re.search(r"(?:^|\|)Entity=([^|]*)", token["misc"])
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", field.group(1)) if field else []:
            bare = part.strip("()")
            if part.startswith("("):
                pieces = bare.split("-")
                entry = (pieces[0], at, pieces[1] if len(pieces) > 1 else "")
                if part.endswith(")"):
                    close(document, entry, at)
                else:
                    open_mentions[pieces[0]].append(entry)
            elif open_mentions[bare]:
                close(document, open_mentions[bare].pop(), at)


def close(document, entry, last):
    chain, first, kind = entry
    inside = range(first, last + 1)
    head = next((i for i in inside if document.tokens[i]["head"] not in inside), last)
    document.mentions.append((chain, first, last, kind, head))


def gold_chains(document):
    chains = collections.defaultdict(dict)
    named = set()
    for chain, first, last, kind, head in document.mentions:
        chains[chain].setdefault(head, (first, last))
        token = document.tokens[head]
        name = re.search(r"(?:^|\|)name=[BI]-(\w+)", token["misc"])
        typed = kind in NAMED_TYPES or bool(name) and name.group(1)[:3] in {"PER", "ORG", "GPE", "LOC"}
        if token["pos"] == "PROPN" and typed:
            named.add(chain)
    return {c: m for c, m in chains.items() if c in named}


def match(document, gold, ours):
    """Gives every mention of the program a name: the gold head that it matches, or one of its own."""
    heads = {head: span for chain in gold.values() for head, span in chain.items()}
    pairs = []
    for at, mention in enumerate(ours):
        for head, (first, last) in heads.items():
            token = document.tokens[head]
            if mention["start"] <= token["start"] and token["end"] <= mention["end"] + 1 or \
                    token["start"] <= mention["start"] and mention["end"] <= token["end"]:
                low, high = document.tokens[first]["start"], document.tokens[last]["end"]
                pairs.append((abs(mention["start"] - low) + abs(mention["end"] - high), at, head))
    named, used = {}, set()
    for _, at, head in sorted(pairs):
        if at not in named and head not in used:
            named[at] = head
            used.add(head)
    return [named.get(at, f"own-{at}") for at in range(len(ours))]


def our_chains(document, gold, mentions):
    adjective = {t["end"] for t in document.tokens if t["pos"] == "ADJ"}
    ours = [m for m in mentions if m["end"] not in adjective]
    spans = collections.Counter((m["start"], m["end"]) for m in ours)
    ours = [m for m in ours if spans[m["start"], m["end"]] == 1]  # "the two" are two entities, no chain's
    chains = collections.defaultdict(set)
    for name, mention in zip(match(document, gold, ours), ours):
        chains[mention["entity"]["id"]].add(name)
    return chains


def plural(chains):
    return [set(c) for c in chains if len(c) > 1]


class Tally:
    def __init__(self):
        self.sums = collections.defaultdict(lambda: [0.0, 0.0])

    def add(self, measure, right, total):
        self.sums[measure][0] += right
        self.sums[measure][1] += total

    def rate(self, measure):
        right, total = self.sums[measure]
        return right / total if total else 0.0

    def f1(self, name):
        p, r = self.rate(name + " P"), self.rate(name + " R")
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def add_scores(tally, key, response):
    for side, one, other in (("R", key, response), ("P", response, key)):
        where = {m: i for i, chain in enumerate(other) for m in chain}
        for chain in one:
            parts = len({where[m] for m in chain if m in where}) + sum(m not in where for m in chain)
            tally.add(f"MUC {side}", len(chain) - parts, len(chain) - 1)
            for mention in chain:
                same = other[where[mention]] if mention in where else set()
                tally.add(f"B3 {side}", len(chain & same) / len(chain), 1)
    best = assign([[2 * len(a & b) / (len(a) + len(b)) for b in response] for a in key])
    tally.add("CEAFe R", best, len(key))
    tally.add("CEAFe P", best, len(response))


def assign(scores):
    """The largest sum of a one-to-one assignment (Hungarian method, with potentials)."""
    if not scores or not scores[0]:
        return 0.0
    size = max(len(scores), len(scores[0]))
    cost = [[-(scores[i][j] if i < len(scores) and j < len(scores[0]) else 0.0) for j in range(size)] for i in range(size)]
    u, v, owner = [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1)
    way = [0] * (size + 1)
    for i in range(1, size + 1):
        owner[0], column = i, 0
        least, seen = [float("inf")] * (size + 1), [False] * (size + 1)
        while True:
            seen[column] = True
            row, delta, following = owner[column], float("inf"), 0
            for j in range(1, size + 1):
                if not seen[j]:
                    current = cost[row - 1][j - 1] - u[row] - v[j]
                    if current < least[j]:
                        least[j], way[j] = current, column
                    if least[j] < delta:
                        delta, following = least[j], j
            for j in range(size + 1):
                if seen[j]:
                    u[owner[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if owner[column] == 0:
                break
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return v[0]


def run(kilde, lang, found):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with open(folder / "in.jsonl", "w", encoding="utf-8") as file:
            for document in found:
                record = {"id": document.id, "text": document.text, "lang": lang, "date": document.date}
                file.write(json.dumps({k: v for k, v in record.items() if v}) + "\n")
        command = [kilde, "extract", "-q", str(folder / "in.jsonl"), "--mentions", str(folder / "m.jsonl")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        mentions = collections.defaultdict(list)
        for line in open(folder / "m.jsonl", encoding="utf-8"):
            mention = json.loads(line)
            mentions[mention["document"]].append(mention)
        return mentions


def report(name, tally, count):
    rows = [tally.f1(measure) for measure in ("MUC", "B3", "CEAFe")]
    cells = "  ".join(f"{m} {p:.3f}/{r:.3f}/{f:.3f}" for m, (p, r, f) in zip(("MUC", "B3", "CEAFe"), rows))
    print(f"{name}: {count} documents  {cells}  mean {sum(f for _, _, f in rows) / 3:.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kilde", required=True)
    parser.add_argument("--lang", required=True)
    parser.add_argument("--by-document", action="store_true")
    parser.add_argument("corpus", nargs="+", type=pathlib.Path)
    args = parser.parse_args()
    found = [document for path in args.corpus for document in documents(path)]
    mentions = run(args.kilde, args.lang, found)
    total = Tally()
    for document in found:
        gold = gold_chains(document)
        ours = our_chains(document, gold, mentions[document.id])
        key, response = plural(c.keys() for c in gold.values()), plural(ours.values())
        for tally in [total] + ([Tally()] if args.by_document else []):
            add_scores(tally, key, response)
            if tally is not total:
                report(document.id, tally, 1)
    report("all (P/R/F1)", total, len(found))


if __name__ == "__main__":
    main()
