#!/usr/bin/env python3
"""Reads a store or RDF files with rdflib, and checks them against the SHACL shapes.

    check_rdf.py PATH... [--shapes FOLDER] [--break]

PATH is a store (all of its documents are read) or an RDF file (.nq .trig .nt .ttl .rdf .jsonld). Of N-Quads and
N-Triples rdflib must count as many statements as there are lines; of a store, its files must be sorted.
--shapes FOLDER  checks everything against FOLDER/shapes.ttl (pySHACL)
--break          also breaks the data on purpose, one way after another; each must be found (needs --shapes)
Ends with 1 if anything is wrong.
"""

import argparse
import pathlib
import sys

import rdflib
from rdflib.namespace import RDF, SKOS

KILDE = rdflib.Namespace("https://w3id.org/kilde/ns#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SCHEMA = rdflib.Namespace("https://schema.org/")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
DCTERMS = rdflib.Namespace("http://purl.org/dc/terms/")
FORMATS = {".nq": "nquads", ".trig": "trig", ".nt": "nt", ".ttl": "turtle", ".rdf": "xml", ".jsonld": "json-ld"}
# Literals come back as they were written, not as rdflib would write them.
rdflib.NORMALIZE_LITERALS = False


def files(path):
    return sorted((path / "documents").rglob("*.nq")) if path.is_dir() else [path]


def read(paths):
    """All statements as one dataset, and what is wrong with the files."""
    data, wrong = rdflib.Dataset(), []
    for path in paths:
        for file in files(path):
            one = rdflib.Dataset()
            one.parse(file, format=FORMATS[file.suffix])
            count = sum(1 for _ in one.quads())
            if file.suffix in (".nq", ".nt"):
                lines = file.read_bytes().removesuffix(b"\n").split(b"\n")
                if count != len(lines):
                    wrong.append(f"{file}: {len(lines)} lines, but rdflib counts {count} statements")
                if path.is_dir() and lines != sorted(set(lines)):
                    wrong.append(f"{file}: the lines are not sorted, or not each there once")
            print(f"{file}: {count} statements")
            for quad in one.quads():
                data.add(quad)
    return data, wrong


def together(data):
    """The union of all graphs but the ontology's own."""
    union = rdflib.Graph()
    for subject, predicate, object, graph in data.quads():
        if not str(graph).startswith("https://w3id.org/kilde/") or "/id/" in str(graph):
            union.add((subject, predicate, object))
    return union


def validate(graph, shapes):
    from pyshacl import validate

    conforms, _, text = validate(graph, shacl_graph=shapes)
    return conforms, text


def first(graph, kind):
    return min(graph.subjects(RDF.type, kind))


def swap(graph, subject, predicate, value):
    graph.remove((subject, predicate, None))
    if value is not None:
        graph.add((subject, predicate, value))


def breakages():
    """What is done to the data, and how."""
    on_claim = {
        "a claim without subject": (KILDE.subject, None),
        "a claim without predicate": (KILDE.predicate, None),
        "a claim with a text as object": (KILDE.object, rdflib.Literal("Vestia")),
        "a claim of no polarity": (KILDE.polarity, None),
        "a claim of a strange modality": (KILDE.modality, KILDE.Sworn),
        "a claim surer than sure": (KILDE.confidence, rdflib.Literal("1.5", datatype=rdflib.XSD.decimal)),
        "a claim without rule": (KILDE.rule, None),
        "a claim without evidence": (PROV.wasDerivedFrom, None),
        "a claim without the words of its subject": (KILDE.subjectMention, None),
        "a date that is a text": (KILDE.eventDate, rdflib.Literal("last May")),
    }
    for name, (predicate, value) in on_claim.items():
        yield name, lambda g, p=predicate, v=value: swap(g, first(g, KILDE.Claim), p, v)

    def itself(g):
        claim = first(g, KILDE.Claim)
        swap(g, claim, KILDE.object, g.value(claim, KILDE.subject))

    yield "a claim about itself", itself
    yield "a document without id", lambda g: swap(g, first(g, SCHEMA.NewsArticle), DCTERMS.identifier, None)
    yield "a document in an unknown language", lambda g: swap(
        g, first(g, SCHEMA.NewsArticle), DCTERMS.language, rdflib.Literal("xx"))
    yield "a text that does not hold the quotes", lambda g: swap(
        g, first(g, SCHEMA.NewsArticle), SCHEMA.text, rdflib.Literal("Something else altogether."))
    yield "a quote that was changed", lambda g: swap(
        g, first(g, OA.TextQuoteSelector), OA.exact, rdflib.Literal("Never said."))
    yield "a position without end", lambda g: swap(g, first(g, OA.TextPositionSelector), OA.end, None)
    yield "a position that ends before it begins", lambda g: swap(
        g, first(g, OA.TextPositionSelector), OA.end, rdflib.Literal(0))
    yield "a mention of nobody", lambda g: swap(g, first(g, KILDE.Mention), KILDE.refersTo, None)
    yield "a mention with other words", lambda g: swap(
        g, first(g, KILDE.Mention), OA.exact, rdflib.Literal("Nobody"))
    yield "a record without type", lambda g: swap(g, first(g, KILDE.EntityRecord), KILDE.entityType, None)
    yield "evidence in no document", lambda g: swap(g, first(g, OA.SpecificResource), OA.hasSource, None)


def entity_breakages():
    """The same for derived entities, which a store's files alone do not hold."""
    yield "an entity without label", lambda g: swap(g, first(g, KILDE.State), SKOS.prefLabel, None)
    yield "an entity that matches no item", lambda g: swap(
        g, first(g, KILDE.State), SKOS.exactMatch, rdflib.URIRef("https://www.wikidata.org/wiki/Q1"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    parser.add_argument("--shapes", type=pathlib.Path)
    parser.add_argument("--break", dest="broken", action="store_true")
    args = parser.parse_args()

    data, wrong = read(args.paths)
    if args.shapes:
        shapes = rdflib.Graph().parse(args.shapes / "shapes.ttl")
        graph = together(data)
        conforms, text = validate(graph, shapes)
        print(f"shapes: {len(graph)} statements, {'valid' if conforms else 'NOT VALID'}")
        if not conforms:
            wrong.append(text)
        if args.broken:
            entities = entity_breakages() if (None, SKOS.prefLabel, None) in graph else ()
            for name, change in (*breakages(), *entities):
                copy = rdflib.Graph()
                for triple in graph:
                    copy.add(triple)
                change(copy)
                found = not validate(copy, shapes)[0]
                print(f"broken on purpose: {name}: {'found' if found else 'NOT FOUND'}")
                if not found:
                    wrong.append(f"the shapes do not find {name}")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
