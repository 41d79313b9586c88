#!/usr/bin/env python3
"""Gives exports to the programs that are to read them: rdflib, pySHACL, Graphviz, an XML parser.

    consumers.py FOLDER [--shapes FOLDER] [--no-dot]

Files of one name in one folder (`kg.ttl`, `kg.nq`, `kg.dot` …) are exports of one store. rdflib must find the same triples in
each RDF format (RDF/XML may have U+FFFD where XML cannot hold a character), in N-Quads and N-Triples as many as there are
lines; they must be valid against FOLDER/shapes.ttl (nanopublications apart); `dot -Tsvg` must draw every DOT; every SVG must be XML without scripts.
--shapes FOLDER  where shapes.ttl is (default: ontology beside this folder)
--no-dot         does not ask for Graphviz where it is not installed
Ends with 1 if anything is wrong, or if there is nothing to check.
"""

import argparse
import collections
import pathlib
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree

import rdflib

from check_rdf import FORMATS, validate

HERE = pathlib.Path(__file__).resolve().parent
SVG = "{http://www.w3.org/2000/svg}"


def triples(file):
    """The triples of all graphs in a file, and how often one stands in two of them."""
    data = rdflib.Dataset()
    data.parse(file, format=FORMATS[file.suffix])
    quads = list(data.quads())
    union = {(s, p, o) for s, p, o, _ in quads}
    return union, len(quads) - len(union)


def as_xml_can_hold(term):
    """What RDF/XML makes of a literal."""
    if not isinstance(term, rdflib.Literal):
        return term
    text = "".join(
        "\n" if c == "\r" else "\ufffd" if (c < " " and c not in "\t\n") or c in "\ufffe\uffff" else c
        for c in str(term))
    return rdflib.Literal(text, lang=term.language, datatype=term.datatype)


def profile(file):
    """The profile in a file's name: rdf12 of graph.rdf12.ttl."""
    return file.with_suffix("").suffix.removeprefix(".")


def check_rdf(files, shapes):
    """What is wrong with the RDF exports of one store."""
    wrong, found = [], {}
    for file in files:
        start = time.time()
        found[file], twice = triples(file)
        print(f"{file}: {len(found[file])} triples, {time.time() - start:.1f} s")
        if twice and profile(file) != "nanopub":
            wrong.append(f"{file}: {twice} triples stand in two graphs")
        if file.suffix in (".nq", ".nt"):
            lines = file.read_bytes().count(b"\n")
            if lines != len(found[file]):
                wrong.append(f"{file}: {lines} lines, but {len(found[file])} triples")
    first = next(file for file in files if file.suffix != ".rdf")
    for file, union in found.items():
        expected = found[first]
        if file.suffix == ".rdf":
            expected = {tuple(map(as_xml_can_hold, triple)) for triple in expected}
        if union != expected:
            wrong.append(f"{file}: not the triples of {first}: {len(union - expected)} more, {len(expected - union)} fewer")
            wrong.extend(f"  {side} {triple}" for side, some in (("more", union - expected), ("fewer", expected - union))
                         for triple in sorted(some)[:3])
    # A nanopublication tells of its publication besides, which the shapes of a store do not know (tests/interop checks it).
    if profile(first) == "nanopub":
        return wrong
    graph = rdflib.Graph()
    for triple in found[first]:
        graph.add(triple)
    conforms, text = validate(graph, shapes)
    print(f"{first}: {'valid' if conforms else 'NOT VALID'} against the shapes")
    return wrong if conforms else [*wrong, text]


def check_svg(name, text):
    """What is wrong with a picture."""
    try:
        root = xml.etree.ElementTree.fromstring(text)
    except xml.etree.ElementTree.ParseError as error:
        return [f"{name}: no XML: {error}"]
    wrong = [] if root.tag == SVG + "svg" else [f"{name}: no SVG"]
    for element in root.iter():
        links = [value for key, value in element.attrib.items() if key.endswith("href")]
        handlers = [key for key in element.attrib if key.lower().startswith("on")]
        if element.tag == SVG + "script" or handlers or any(not link.startswith(("https://www.wikidata.org/", "#")) for link in links):
            wrong.append(f"{name}: something active: {element.tag} {element.attrib}")
    return wrong


def check_dot(file):
    """What is wrong with a DOT file."""
    start = time.time()
    done = subprocess.run(["dot", "-Tsvg", file], capture_output=True, timeout=300)
    print(f"{file}: drawn in {time.time() - start:.1f} s")
    if done.returncode or done.stderr:
        return [f"{file}: dot ends with {done.returncode}: {done.stderr.decode(errors='replace')}"]
    return check_svg(f"{file} as SVG", done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--shapes", type=pathlib.Path, default=HERE.parent / "ontology")
    parser.add_argument("--no-dot", action="store_true")
    args = parser.parse_args()

    shapes = rdflib.Graph().parse(args.shapes / "shapes.ttl")
    stores, wrong, checked = collections.defaultdict(list), [], 0
    for file in sorted(path for path in args.folder.rglob("*") if path.is_file()):
        checked += 1
        if file.suffix in FORMATS and profile(file) == "rdf12":
            print(f"{file}: not read, rdflib knows no triple terms of RDF 1.2 (tests/interop reads it with pyoxigraph)")
        elif file.suffix in FORMATS:
            stores[file.with_suffix("")].append(file)
        elif file.suffix == ".svg":
            wrong += check_svg(file, file.read_bytes())
        elif file.suffix == ".dot" and shutil.which("dot"):
            wrong += check_dot(file)
        elif file.suffix == ".dot" and not args.no_dot:
            wrong.append(f"{file}: Graphviz is not installed; install it, or say --no-dot")
        else:
            checked -= 1
    for files in stores.values():
        wrong += check_rdf(files, shapes)
    if not checked:
        wrong.append(f"{args.folder}: no exports")
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{checked} exports checked, {len(wrong)} complaints")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
