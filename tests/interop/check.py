"""Reads what Kilde wrote with the programs that it is written for, and compares it with what was put in.

    check.py KILDE STORE WORK [--hostile LABELS] [--results FILE]

STORE is exported in every format to WORK and read back. What there is to find comes from `kilde claims`, which is JSON. A
line per format with consumer, version and what was compared goes to FILE. Ends with 1 if anything differs.
"""

import argparse
import collections
import contextlib
import csv
import importlib.metadata
import io
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zipfile

os.environ.setdefault("FTM_COMPARE_MODEL", "")
csv.field_size_limit(10_000_000)
KILDE = "https://w3id.org/kilde/ns#"
ENT = "https://w3id.org/kilde/id/entity/"
RESULTS, WRONG = [], []


def version(package):
    return f"{package} {importlib.metadata.version(package)}"


def xml(text):
    """What XML can hold of a text."""
    return "".join("\ufffd" if (c < " " and c not in "\t\n\r") or c in "\ufffe\uffff" else c for c in text)


class Store:
    """A store, its claims and its exports."""

    def __init__(self, kilde, store, work, hostile):
        self.kilde, self.store, self.work = kilde, store, work
        self.name = store.name
        work.mkdir(parents=True, exist_ok=True)
        lines = subprocess.run([kilde, "claims", "--store", store], stdout=subprocess.PIPE).stdout.decode()
        self.claims = [json.loads(line) for line in lines.split("\n") if line]
        self.labels = json.loads(hostile.read_text()) if hostile else None
        self.nodes = set()
        for claim in self.claims:
            self.nodes |= {claim["subject"]["id"], claim["object"]["id"]}

    def export(self, file, *options):
        path = self.work / file
        done = subprocess.run([self.kilde, "-q", "export", "--store", self.store, "-o", path, *options], stderr=subprocess.PIPE)
        if done.returncode:
            raise AssertionError(f"export ends with {done.returncode}: {done.stderr.decode()}")
        return path

    def label(self, id, found):
        """Compares a label with what was put in."""
        return not self.labels or id not in self.labels or self.labels[id] == found


def equal(what, found, expected):
    if found != expected:
        if isinstance(found, (set, collections.Counter)):
            more, fewer = found - expected, expected - found
            raise AssertionError(f"{what}: {str(more)[:300]} more, {str(fewer)[:300]} fewer")
        raise AssertionError(f"{what}: {str(found)[:300]} and not {str(expected)[:300]}")


def compare_labels(store, found, fit=lambda text: text):
    if store.labels:
        expected = {id: fit(label) for id, label in store.labels.items()}
        wrong = {id: (found.get(id), label) for id, label in expected.items() if found.get(id) != label}
        assert not wrong, f"{len(wrong)} labels differ, the first: {str(next(iter(wrong.items())))[:400]}"


# ---- RDF ------------------------------------------------------------------------------------------------------------

RDF = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "rdf": "xml", "jsonld": "json-ld"}


def union(path, kind):
    import rdflib
    rdflib.NORMALIZE_LITERALS = False
    data = rdflib.Dataset()
    data.parse(path, format=kind)
    return data, {(s, p, o) for s, p, o, _ in data.quads()}


def prefixed_labels(triples):
    import rdflib
    label = rdflib.SKOS.prefLabel
    return {str(s).removeprefix(ENT): str(o) for s, p, o in triples if p == label and o.language == "en"}


def rdf_formats(store):
    import rdflib
    expected = None
    for extension, kind in RDF.items():
        path = store.export(f"claims.{extension}")
        data, triples = union(path, kind)
        count = sum(1 for _ in data.quads())
        equal(f"{extension}: triples in two graphs", count, len(triples))
        if expected is None:
            expected = triples
            if store.claims:
                found = {str(s).rsplit("/", 1)[1] for s in data.subjects(rdflib.RDF.type, rdflib.URIRef(KILDE + "Claim"))} or {
                    str(s).rsplit("/", 1)[1] for s, p, o in triples if p == rdflib.RDF.type and o == rdflib.URIRef(KILDE + "Claim")}
                equal("claims", found, {claim["id"] for claim in store.claims})
            compare_labels(store, prefixed_labels(triples))
        else:
            fit = (lambda t: t) if extension != "rdf" else (lambda t: rdflib.Literal(xml(str(t)).replace("\r\n", "\n\n").replace("\r", "\n"), lang=t.language, datatype=t.datatype) if isinstance(t, rdflib.Literal) else t)
            wanted = {tuple(map(fit, triple)) for triple in expected}
            if extension == "rdf":
                same = lambda triples: {tuple(str(t) for t in triple) for triple in triples}
                equal(extension, same(triples), same(wanted))
            else:
                equal(extension, triples, wanted)
        if extension in ("nt", "nq"):
            equal(f"{extension} lines", path.read_bytes().count(b"\n"), count)
    return [(name, "claims", version("rdflib"), "the same triples in all six formats; every label and claim") for name in ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF/XML", "JSON-LD")]


def rdf_edges(store):
    import rdflib
    _, triples = union(store.export("edges.ttl", "--profile", "edges"), "turtle")
    # A finer relation makes the edge of its broader one as well, and a symmetric one goes both ways: at least these.
    plain = {(claim["subject"]["id"], claim["property"], claim["object"]["id"]) for claim in store.claims if claim["edge"]}
    found = {(str(s).removeprefix(ENT), str(p).removeprefix(KILDE), str(o).removeprefix(ENT)) for s, p, o in triples if str(p).startswith(KILDE)}
    assert plain <= found, plain - found
    ends = {frozenset((s, o)) for s, _, o in found}
    equal("pairs", ends, {frozenset((s, o)) for s, _, o in plain})
    return [("Turtle", "edges", version("rdflib"), "an edge for each claim that makes one, and between no others")]


def rdf_shapes(store):
    import rdflib
    from pyshacl import validate
    shapes = rdflib.Graph().parse("ontology/shapes.ttl")
    for options in ((), ("--infer",), ("--no-text",)):
        _, triples = union(store.export("shapes.nq", *options), "nquads")
        if options == ("--infer",):
            # The shapes want one type of an entity; those of other vocabularies are what was added.
            triples = {(s, p, o) for s, p, o in triples if not (str(s).startswith(ENT) and p == rdflib.RDF.type and not str(o).startswith(KILDE))}
        graph = rdflib.Graph()
        for triple in triples:
            graph.add(triple)
        conforms, _, text = validate(graph, shacl_graph=shapes)
        assert conforms, text[:1000]
    return [("N-Quads", "claims, --infer, --no-text", version("pyshacl"), "no violation of the SHACL shapes")]


def rdf12(store):
    import pyoxigraph
    pairs = {(ENT + c["subject"]["id"], KILDE + c["property"], ENT + c["object"]["id"], c["id"]) for c in store.claims}
    for extension, kind in (("ttl", pyoxigraph.RdfFormat.TURTLE), ("nt", pyoxigraph.RdfFormat.N_TRIPLES), ("trig", pyoxigraph.RdfFormat.TRIG), ("nq", pyoxigraph.RdfFormat.N_QUADS)):
        path = store.export(f"rdf12.{extension}", "--profile", "rdf12")
        found = set()
        for quad in pyoxigraph.parse(path=str(path), format=kind):
            if quad.predicate.value.endswith("#reifies"):
                s, p, o = quad.object.subject, quad.object.predicate, quad.object.object
                found.add((s.value, p.value, o.value, quad.subject.value.rsplit("/", 1)[1]))
        equal(extension, found, pairs)
    return [(name, "rdf12", version("pyoxigraph"), "each claim reifies the triple term of its subject, property and object") for name in ("Turtle", "N-Triples", "TriG", "N-Quads")]


def nanopubs(store):
    import logging
    import rdflib
    from nanopub import Nanopub, NanopubConf
    logging.disable(logging.CRITICAL)
    data = rdflib.Dataset()
    data.parse(store.export("nanopub.trig", "--profile", "nanopub"), format="trig")
    has = rdflib.URIRef("http://www.nanopub.org/nschema#hasAssertion")
    graphs = collections.defaultdict(list)
    for s, p, o, g in data.quads():
        graphs[str(g)].append((s, p, o))
    heads = [(s, g) for s, p, o, g in data.quads() if p == has]
    equal("nanopublications", len(heads), len(store.claims))
    for name, head in heads[:60]:
        own = rdflib.Dataset()
        for part in ("Head", "assertion", "provenance", "pubinfo"):
            graph = own.graph(rdflib.URIRef(f"{name}#{part}"))
            for triple in graphs[f"{name}#{part}"]:
                graph.add(triple)
        np = Nanopub(rdf=own, conf=NanopubConf())
        assert np.is_valid, name
    return [("TriG", "nanopub", version("nanopub"), "as many as claims; head, assertion, provenance and publication info are valid")]


def jsonld(store):
    import rdflib
    from pyld import jsonld as pyld
    document = json.loads(store.export("claims.jsonld").read_text())
    published = json.loads(pathlib.Path("ontology/context.jsonld").read_text())["@context"]
    own = {key: value for key, value in document["@context"].items()}
    equal("context", own, published)
    # PyLD normalises; its N-Quads are read by rdflib again.
    text = pyld.to_rdf(document, {"format": "application/n-quads"})
    data = rdflib.Dataset()
    data.parse(data=text, format="nquads")
    _, expected = union(store.export("claims.nq"), "nquads")
    # PyLD writes numbers in their canonical form, as Kilde does.
    equal("triples", {(s, p, o) for s, p, o, _ in data.quads()}, expected)
    framed = pyld.frame(document, json.loads(pathlib.Path("ontology/frame.jsonld").read_text()) | {"@context": published}, {"omitGraph": False})
    claims = [one for one in framed.get("graph", []) if one.get("type") == "Claim"]
    equal("framed claims", {one["id"].removeprefix("claim:") for one in claims}, {claim["id"] for claim in store.claims})
    return [("JSON-LD", "claims", version("PyLD"), "the published context; the same triples as N-Quads; framed by ontology/frame.jsonld into claims")]


def infer(store):
    import owlrl
    import rdflib
    if store.labels:
        return []
    ontology = rdflib.Graph()
    for name in ("kilde", "alignments"):
        ontology.parse(f"ontology/{name}.ttl")
    _, plain = union(store.export("edges.nt", "--profile", "edges"), "nt")
    _, more = union(store.export("inferred.nt", "--profile", "edges", "--infer"), "nt")
    graph = rdflib.Graph() + ontology
    for triple in plain:
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = [o for s, p, o in graph if "ErrorMessage" in str(p) or "ErrorMessage" in str(o)]
    assert not errors, errors[:3]
    assert not list(graph.subjects(rdflib.RDF.type, rdflib.OWL.Nothing))
    close = set(ontology.objects(None, rdflib.SKOS.closeMatch))
    close |= {rdflib.URIRef(str(one).replace("/entity/", "/prop/direct/")) for one in close}
    strict = {(s, p, o) for s, p, o in more - plain if p not in close and o not in close}
    unfounded = {triple for triple in strict if triple not in graph}
    assert not unfounded, list(unfounded)[:3]
    assert strict or not plain
    return [("ontology", "kilde.ttl, alignments.ttl", version("owlrl"), "consistent under OWL 2 RL together with the graph"),
            ("N-Triples", "edges, --infer", version("owlrl"), f"all {len(strict)} triples that follow from classes, properties and inverses are entailed")]


def described(store):
    import rdflib
    graph = rdflib.Graph().parse(store.export("void.ttl", "--describe", "--license", "https://spdx.org/licenses/MIT"))
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset = next(graph.subjects(rdflib.RDF.type, void.Dataset))
    _, triples = union(store.export("claims.nq"), "nquads")
    equal("triples", int(graph.value(dataset, void.triples)), len(triples))
    counts = collections.Counter(str(p) for _, p, _ in triples)
    found = {str(graph.value(part, void.property)): int(graph.value(part, void.triples)) for part in graph.objects(dataset, void.propertyPartition)}
    equal("property partitions", found, dict(counts))
    classes = collections.Counter(str(o) for _, p, o in triples if p == rdflib.RDF.type)
    found = {str(graph.value(part, void["class"])): int(graph.value(part, void.entities)) for part in graph.objects(dataset, void.classPartition)}
    equal("class partitions", found, dict(classes))
    return [("Turtle", "--describe (VoID, DCAT)", version("rdflib"), "counts, class and property partitions are those of the graph")]


def jena(store):
    folder = pathlib.Path("/usr/share/java")
    if not shutil.which("java") or not (folder / "jena-cmds.jar").exists():
        raise Skip("Apache Jena is not installed (Debian: libapache-jena-java)")
    # Debian's jena-core.jar has the messages of the Xerces in it where that does not look for them.
    messages = store.work / "jena"
    with zipfile.ZipFile(folder / "jena-core.jar") as jar:
        for name in jar.namelist():
            if "/ext/xerces/" in name and not name.endswith("/"):
                path = messages / name.partition("/ext/")[2]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(jar.read(name))
    # One way to log, so that warnings are seen.
    bad = ("maven", "log4j", "slf4j-log4j12", "slf4j-jdk14", "slf4j-jcl", "jcl-over", "jul-to", "slf4j-nop", "slf4j-migrator")
    jars = [str(jar) for jar in folder.glob("*.jar") if not any(word in jar.name for word in bad)]
    run = lambda *args: subprocess.run(["java", "-cp", ":".join([str(messages), *jars]), *args], capture_output=True, text=True)
    started = run("riotcmd.riot", "--version")
    if started.returncode:
        first = next((line for line in started.stderr.splitlines() if "xception" in line), "no word why")
        raise Skip(f"Apache Jena as Debian packages it here does not start ({first.strip()[:120]})")
    for extension in ("ttl", "nq", "trig", "rdf"):
        path = store.export(f"claims.{extension}")
        done = run("riotcmd.riot", "--count", str(path))
        # Jena ends with 1 also where it only warns, and it warns of characters that a text may well hold.
        said = (done.stdout + done.stderr).splitlines()
        odd = ("Unicode replacement character U+FFFD", "String not in Unicode Normal Form C")
        complaints = [line for line in said if line.startswith("[") and (" WARN " in line or " ERROR " in line) and not any(one in line for one in odd)]
        assert not complaints and done.returncode in (0, 1), complaints[:3]
        _, triples = union(path, RDF[extension])
        # Of nothing it gives no number.
        assert not triples or any(line.replace(",", "").endswith(f" = {len(triples)}") for line in said), said[-3:]
    number = started.stdout.partition("VERSION:")[2].split()[0]
    return [("Turtle, N-Quads, TriG, RDF/XML", "claims", f"Apache Jena {number}", "as many triples")]


# ---- graphs ---------------------------------------------------------------------------------------------------------

def expected_edges(store):
    """(from, to, property, number of claims), of relations that go both ways with the smaller id first."""
    rows = csv.DictReader(store.export("edges.csv", "--table", "edges").open(newline=""))
    edges = collections.Counter()
    for row in rows:
        edges[(row["source"], row["target"], row["property"])] += int(row["claims"])
    claims = collections.Counter(frozenset((c["subject"]["id"], c["object"]["id"], c["property"])) for c in store.claims)
    equal("edges.csv", collections.Counter({frozenset(key): n for key, n in edges.items()}) if len({frozenset(k) for k in edges}) == len(edges) else claims, claims)
    return edges


def graphml(store):
    import igraph
    import networkx
    edges = expected_edges(store)
    path = store.export("graph.graphml", "--labels", "en")
    graph = networkx.read_graphml(path, force_multigraph=True)
    equal("nodes", set(graph.nodes), store.nodes)
    compare_labels(store, {id: data.get("label", "") for id, data in graph.nodes(data=True)}, xml)
    equal("edges", collections.Counter({(s, t, d["property"]): d["weight"] for s, t, d in graph.edges(data=True)}), edges)
    quotes = {xml(claim["evidence"]["text"]) for claim in store.claims}
    assert all(any(quote in data["quotes"] for quote in quotes) for _, _, data in graph.edges(data=True))
    rows = [("GraphML", "an edge per relation", version("networkx"), "nodes, labels, edges, numbers of claims, quotes; types of the keys")]
    if store.claims:
        assert all(isinstance(d["weight"], int) and isinstance(d["plain"], bool) for _, _, d in graph.edges(data=True))
    read = igraph.Graph.Read_GraphML(str(path))
    equal("igraph", (read.vcount(), read.ecount()), (graph.number_of_nodes(), graph.number_of_edges()))
    if store.claims:
        compare_labels(store, dict(zip(read.vs["id"], read.vs["label"])), xml)
        equal("igraph weights", sum(read.es["weight"]), sum(edges.values()))
    rows.append(("GraphML", "an edge per relation", version("igraph"), "nodes, labels, edges, numbers of claims"))
    graph = networkx.read_graphml(store.export("claims.graphml", "--per-claim"), force_multigraph=True)
    equal("claims", collections.Counter((s, t, d["property"], d["quote"]) for s, t, d in graph.edges(data=True)),
          collections.Counter((c["subject"]["id"], c["object"]["id"], c["property"], xml(c["evidence"]["text"])) for c in store.claims))
    rows.append(("GraphML", "--per-claim", version("networkx"), "each claim's ends, property and quote"))
    return rows


def gexf(store):
    import networkx
    edges = expected_edges(store)
    graph = networkx.read_gexf(store.export("graph.gexf"), version="1.3")
    equal("nodes", set(graph.nodes), store.nodes)
    compare_labels(store, {id: data["label"] for id, data in graph.nodes(data=True)}, xml)
    found = collections.Counter()
    for source, target, data in graph.edges(data=True):
        found[frozenset((source, target, data["property"]))] += int(data["weight"])
    expected = collections.Counter()
    for key, number in edges.items():
        expected[frozenset(key)] += number
    equal("edges", found, expected)
    if store.labels:
        # The first claim is of 2000; Gephi's timeline wants days.
        spells = [d["spells"] for s, t, d in graph.edges(data=True) if "alpha-0" in (s, t)]
        equal("spells", spells, [[("2000-01-01", "2000-12-31")]])
    return [("GEXF 1.3", "with time", version("networkx"), "nodes, labels, edges, numbers of claims; intervals of dates")]


def cytoscape(store):
    import networkx
    data = json.loads(store.export("graph.cyjs").read_text())
    if store.claims:
        graph = networkx.cytoscape_graph(data)
        equal("nodes", set(graph.nodes), store.nodes)
        compare_labels(store, {id: one["label"] for id, one in graph.nodes(data=True)})
        quotes = collections.Counter(claim["quote"] for _, _, one in graph.edges(data=True) for claim in one["claims"])
        equal("quotes", quotes, collections.Counter(claim["evidence"]["text"] for claim in store.claims))
    return [("Cytoscape JSON", "", version("networkx"), "nodes, labels, every quote")]


def dot(store):
    if not shutil.which("dot"):
        raise Skip("Graphviz is not installed")
    done = subprocess.run(["dot", "-V"], capture_output=True, text=True)
    path = store.export("graph.dot", "--all", "--top", "100000")
    # No layout: only whether it is read as it was meant.
    read = subprocess.run(["nop", path], capture_output=True, text=True)
    assert not read.returncode and not read.stderr, read.stderr[:300]
    read = subprocess.run(["dot", "-Kneato", "-n2", "-Tdot_json", path], capture_output=True, text=True)
    graph = json.loads(read.stdout)
    equal("nodes", len(graph.get("objects", [])), len(store.nodes))
    equal("edges", len(graph.get("edges", [])), sum(1 for _ in expected_edges(store)))
    if len(store.nodes) < 400 and store.claims:
        for extension, start in (("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")):
            image = store.export(f"graph.{extension}").read_bytes()
            assert image.startswith(start) and len(image) > 1000, extension
            assert b"<script" not in image
    return [("DOT, SVG, PNG, PDF", "pictures", done.stderr.strip().replace("dot - ", ""), "nodes and edges; images are drawn, nothing in them is active")]


def page(store):
    # tests/page.sh has graphs of its own, so once is enough.
    if store.name != "sample":
        return []
    found = store.work / "page.json"
    script = pathlib.Path(__file__).resolve().parent.parent / "page.sh"
    done = subprocess.run([script, store.kilde], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "KILDE_RESULTS": str(found.resolve())})
    if "*** SKIPPED: " in done.stdout:
        raise Skip(done.stdout.partition("*** SKIPPED: ")[2].partition("\n")[0])
    assert not done.returncode, done.stdout[-1500:]
    used = json.loads(found.read_text())
    return [("HTML", "a page to explore", f"{used['browser']}, axe-core {used['axe']}", "each quote in its paragraph; search, filters, keyboard, table; nothing fetched; hostile texts are text; nothing serious for axe-core, light and dark")]


# ---- tables ---------------------------------------------------------------------------------------------------------

COLUMNS = ("claim", "source", "target", "property", "quote", "act", "confidence", "plain", "start")


def of_claim(c):
    return (c["id"], c["subject"]["id"], c["object"]["id"], c["property"], c["evidence"]["text"], c["act"], c["confidence"], c["edge"], c["evidence"]["start"])


def tables(store):
    import pandas
    folder = store.work / "tables"
    folder.mkdir(exist_ok=True)
    store.export("tables", "-f", "csv")
    expected = {of_claim(claim) for claim in store.claims}
    frame = pandas.read_csv(folder / "claims.csv", keep_default_na=False, lineterminator="\n" if False else None)
    equal("pandas", {tuple(row[name] for name in COLUMNS) for row in frame.to_dict("records")}, expected)
    typed = lambda row: tuple(float(row[n]) if n == "confidence" else row[n] == "true" if n == "plain" else int(row[n]) if n == "start" else row[n] for n in COLUMNS)
    equal("csv", {typed(row) for row in csv.DictReader((folder / "claims.csv").open(newline=""))}, expected)
    nodes = list(csv.DictReader((folder / "nodes.csv").open(newline="")))
    compare_labels(store, {row["id"]: row["label"] for row in nodes})
    assert store.nodes <= {row["id"] for row in nodes}
    expected_edges(store)
    plain = lambda text: text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t")
    unescaped = lambda text: "\\".join(plain(part) for part in text.split("\\\\"))
    lines = store.export("claims.tsv").read_text(newline="").split("\n")[:-1] if sys.version_info >= (3, 13) else store.export("claims.tsv").read_bytes().decode().split("\n")[:-1]
    header = lines[0].split("\t")
    rows = [dict(zip(header, map(unescaped, line.split("\t")))) for line in lines[1:]]
    equal("tsv", {typed(row) for row in rows}, expected)
    safe = list(csv.DictReader(store.export("safe.csv", "--table", "nodes", "--spreadsheet-safe").open(newline="")))
    risky = [row for row in safe if row["label"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert not risky, risky[:2]
    return [("CSV", "claims, nodes, edges", version("pandas") + ", Python's csv", "every field of every claim; labels"),
            ("TSV", "claims", "Python", "every field of every claim, escapes undone"),
            ("CSV", "--spreadsheet-safe", "Python's csv", "no field begins as a formula")]


def parquet(store):
    import pandas
    import pyarrow.parquet
    try:
        path = store.export("claims.parquet")
    except AssertionError as error:
        if "--features parquet" in str(error):
            raise Skip("this build of Kilde has no Parquet (cargo build --features parquet)") from error
        raise
    table = pyarrow.parquet.read_table(path)
    expected = {of_claim(claim) for claim in store.claims}
    equal("pyarrow", {tuple(row[name] for name in COLUMNS) for row in table.to_pylist()}, expected)
    frame = pandas.read_parquet(path)
    equal("pandas", len(frame), len(expected))
    nodes = pyarrow.parquet.read_table(store.export("nodes.parquet", "--table", "nodes")).to_pylist()
    compare_labels(store, {row["id"]: row["label"] for row in nodes})
    return [("Parquet", "claims, nodes", version("pyarrow") + ", " + version("pandas"), "every field of every claim; labels; types of columns")]


# ---- property graphs, investigations, maps, references ----------------------------------------------------------------

def cypher(store):
    try:
        import pysqlite3
        sys.modules["sqlite3"] = pysqlite3
    except ImportError:
        pass
    import graphqlite
    connection = graphqlite.connect(":memory:")
    # GraphQLite breaks down over a statement of more than some thousand characters: what has such texts is left to Neo4j.
    lines = store.export("graph.cypher").read_text().split("\n")
    long = {claim[end]["id"] for claim in store.claims for end in ("subject", "object") if len(claim[end]["label"] or "") > 2000}
    for line in lines:
        # Its dialect has no constraints.
        if line and not line.startswith("CREATE CONSTRAINT") and len(line) < 5000:
            connection.cypher(line.rstrip(";"))
    rows = list(connection.cypher("MATCH (a)-[r]->(b) RETURN a.id AS a, r.claim AS claim, b.id AS b, r.quote AS quote")) if store.claims else []
    equal("claims", {(row["a"], row["claim"], row["b"], row["quote"]) for row in rows},
          {(c["subject"]["id"], c["id"], c["object"]["id"], c["evidence"]["text"]) for c in store.claims if c["subject"]["id"] not in long})
    rows = list(connection.cypher("MATCH (n:Entity) RETURN n.id AS id, n.label AS label")) if store.claims else []
    compare_labels(store, {row["id"]: row["label"] for row in rows} | {id: store.labels[id] for id in long if store.labels})
    return [("Cypher", "script", version("graphqlite") + " (openCypher; no Neo4j)", "each claim's ends and quote; labels")]


def neo4j(store):
    import pandas
    store.export("neo", "-f", "neo4j")
    nodes = pandas.read_csv(store.work / "neo/nodes.csv", keep_default_na=False)
    relationships = pandas.read_csv(store.work / "neo/relationships.csv", keep_default_na=False)
    assert set(relationships[":START_ID"]) | set(relationships[":END_ID"]) <= set(nodes["id:ID"])
    equal("quotes", collections.Counter(relationships["quote:string"]), collections.Counter(c["evidence"]["text"] for c in store.claims))
    compare_labels(store, dict(zip(nodes["id:ID"], nodes["label:string"])))
    return [("Neo4j import CSV", "nodes, relationships", version("pandas") + " (no Neo4j)", "ends exist; labels; every quote")]


def ftm(store):
    from followthemoney import model
    entities = {}
    for line in store.export("graph.ftm.json").read_text().split("\n"):
        if line:
            data = json.loads(line)
            proxy = model.get_proxy(data)
            proxy.schema.validate(data)
            entities[proxy.id] = (proxy, data)
    links = {id: one for id, one in entities.items() if id.startswith("claim-")}
    equal("claims", len(links), len(store.claims))
    for proxy, data in entities.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                target = entities.get(value)
                assert target and target[0].schema.is_a(prop.range), (proxy.schema.name, prop.name, value)
        lost = {name for name in data["properties"] if not proxy.get(name)}
        assert not lost, (data["id"], lost)
    return [("FollowTheMoney", "JSON lines", version("followthemoney"), "every entity is valid, every link leads to one of its range, a link per claim")]


def geo(store):
    import geojson
    data = geojson.loads(store.export("graph.geojson").read_text())
    assert data.is_valid, data.errors()
    known = {line.split(",")[0] for line in pathlib.Path("seeds/places/coordinates.csv").read_text().splitlines()[1:]}
    placed = {claim["id"] for claim in store.claims if claim["place"] and claim["place"]["id"] in known}
    found = {claim["claim"] for feature in data["features"] for claim in feature["properties"]["claims"]}
    equal("claims", found, placed)
    return [("GeoJSON", "events", version("geojson"), f"valid; every claim at a place with coordinates ({len(placed)} of the sample's)")]


def references(store):
    import bibtexparser
    from citeproc.source.json import CiteProcJSON
    from pybtex.database import parse_string
    documents = {claim["document"] for claim in store.claims}
    items = json.loads(store.export("graph.csl.json").read_text())
    assert documents <= {item["id"] for item in items}
    source = CiteProcJSON(items)
    equal("CSL", len(source), len(items))
    text = store.export("graph.bib").read_text()
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks, library.failed_blocks[:1]
    equal("BibTeX", len(library.entries), len(items))
    equal("pybtex", len(parse_string(text, "bibtex").entries), len(items))
    if store.labels:
        equal("title", items[0]["title"], "quote \" and ' and ` quote<script>alert('1')</script>")
    return [("CSL-JSON", "documents", version("citeproc-py"), "as many items as documents"),
            ("BibTeX", "documents", version("bibtexparser") + ", " + version("pybtex"), "as many entries as documents, none refused")]


def back(store):
    """Export, import, export."""
    if not store.claims:
        return []
    for extension in ("nq", "trig"):
        first = store.export(f"first.{extension}")
        other = store.work / f"again-{extension}"
        shutil.rmtree(other, ignore_errors=True)
        subprocess.run([store.kilde, "-q", "import", first, "--store", other], check=True)
        second = store.work / f"second.{extension}"
        subprocess.run([store.kilde, "-q", "export", "--store", other, "-o", second], check=True)
        assert first.read_bytes() == second.read_bytes(), extension
    first = store.export("first.jsonl")
    other = store.work / "again-jsonl"
    shutil.rmtree(other, ignore_errors=True)
    articles = store.work / "articles.jsonl"
    with articles.open("w") as out:
        documents, _ = union(store.export("claims.nq"), "nquads")
        import rdflib
        schema = rdflib.Namespace("https://schema.org/")
        for document in {s for s, p, o, _ in documents.quads() if p == rdflib.RDF.type and o == schema.NewsArticle}:
            facts = {p: o for s, p, o, _ in documents.quads((document, None, None, None))}
            date = facts.get(schema.datePublished)
            fields = {"id": facts[rdflib.DCTERMS.identifier], "text": facts[schema.text], "lang": facts[rdflib.DCTERMS.language],
                      "title": facts.get(schema.headline), "date": date, "publisher": facts.get(schema.publisher), "url": facts.get(schema.url)}
            out.write(json.dumps({key: str(value) for key, value in fields.items() if value is not None}) + "\n")
    subprocess.run([store.kilde, "-q", "import", first, "--store", other, "--articles", articles], check=True)
    second = store.work / "second.jsonl"
    subprocess.run([store.kilde, "-q", "export", "--store", other, "-o", second], check=True)
    assert first.read_bytes() == second.read_bytes(), "jsonl"
    return [("N-Quads, TriG, JSON Lines", "export, import, export", "kilde import", "the same bytes")]


# ---- other stores -----------------------------------------------------------------------------------------------------

def virtuoso(store):
    """A server of its own, filled in both ways, compared graph by graph."""
    from rdflib import Dataset
    if not shutil.which("virtuoso-t"):
        raise Skip("Virtuoso is not installed (Debian: virtuoso-opensource)")
    home = store.work / "virtuoso"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    sql, http = free_port(), free_port()
    (home / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=http))
    server = subprocess.Popen(["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"], cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        allow = 'grant SPARQL_UPDATE to "SPARQL"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET (\'nobody\', 7);'
        for _ in range(120):
            time.sleep(0.5)
            done = subprocess.run(["isql-vt", str(sql), "dba", "dba", "VERBOSE=OFF", f"EXEC={allow}"], capture_output=True, text=True)
            if not done.returncode and "Error" not in done.stderr:
                break
        else:
            raise AssertionError(f"the server does not start: {done.stderr[:300]}")
        expected = collections.defaultdict(set)
        data = Dataset()
        data.parse(store.export("claims.nq"), format="nquads")
        for s, p, o, g in data.quads():
            expected[str(g or "")].add((s, p, o))
        for way, path in ((), "sparql-graph-crud"), (("--update",), "sparql"):
            default = f"https://example.org/{store.name}{len(way)}"
            push = ["push", "--store", store.store, "--endpoint", f"http://127.0.0.1:{http}/{path}", "--default-graph", default, *way]
            first = told(store, *push, "--everything")
            for graph, triples in expected.items():
                name = graph if graph.startswith("https://w3id.org/kilde/") else default
                equal(f"{path}: {name}", held(http, name), len(triples))
            again = told(store, *push)
            assert " 0 graphs sent" in f" {again}", (first, again)
        version = subprocess.run(["virtuoso-t", "-?"], capture_output=True, text=True)
        number = next((word for word in (version.stdout + version.stderr).split() if word.startswith(("07.", "7."))), "7")
    finally:
        server.terminate()
        server.wait()
    return [("push", "Graph Store Protocol, SPARQL Update", f"Virtuoso {number}", "as many triples in each graph; a second time nothing is sent")]


def oxigraph(store):
    """The server in memory, filled in both ways, compared graph by graph."""
    command = pathlib.Path(sys.executable).with_name("oxigraph")
    counts = []
    for way, path in ((), "store"), (("--update",), "update"):
        http = free_port()
        server = subprocess.Popen([command, "serve", "--bind", f"127.0.0.1:{http}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(120):
                time.sleep(0.25)
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", http), 1):
                    break
            else:
                raise AssertionError("the server does not start")
            # Each server is new, so that everything has to go to it.
            push = ["push", "--store", store.store, "--endpoint", f"http://127.0.0.1:{http}/{path}", *way]
            first = told(store, *push, "--everything")
            counts.append(sorted(of_graphs(http)))
            again = told(store, *push)
            assert " 0 graphs sent" in f" {again}", (first, again)
        finally:
            server.terminate()
            server.wait()
    expected = collections.Counter()
    from rdflib import Dataset
    data = Dataset()
    data.parse(store.export("claims.nq"), format="nquads")
    for _, _, _, graph in data.quads():
        name = str(graph or "")
        expected["" if name == "urn:x-rdflib:default" else name] += 1
    for way in counts:
        equal("graphs", way, sorted(expected.items()))
    return [("push", "Graph Store Protocol, SPARQL Update", f"{version('oxigraph')} (server)", "as many triples in each graph; a second time nothing is sent")]


def of_graphs(port):
    """How many triples each graph of the server has, the default graph under an empty name."""
    query = "SELECT ?g (COUNT(*) AS ?n) { { ?s ?p ?o BIND('' AS ?g) } UNION { GRAPH ?g { ?s ?p ?o } } } GROUP BY ?g"
    address = f"http://127.0.0.1:{port}/query?{urllib.parse.urlencode({'query': query})}"
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": "text/csv"})) as answer:
        rows = list(csv.reader(io.TextIOWrapper(answer, "utf-8")))[1:]
    return [(graph, int(count)) for graph, count in rows]


def told(store, *arguments):
    done = subprocess.run([store.kilde, *arguments], capture_output=True, text=True)
    assert not done.returncode, done.stderr[:500]
    return (done.stdout + done.stderr).strip()


def held(port, graph):
    """How many triples a graph of the server has."""
    query = urllib.parse.urlencode({"query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", "format": "text/csv"})
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql?{query}") as answer:
        return int(answer.read().split()[-1])


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
ServerThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
MaxClientConnections = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


class Skip(Exception):
    """What cannot be checked here."""


CHECKS = [rdf_formats, rdf_edges, rdf_shapes, rdf12, nanopubs, jsonld, infer, described, jena, virtuoso, oxigraph, graphml, gexf, cytoscape, dot, page, tables, parquet, cypher,
          neo4j, ftm, geo, references, back]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kilde", type=pathlib.Path)
    parser.add_argument("store", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--hostile", type=pathlib.Path)
    parser.add_argument("--results", type=pathlib.Path)
    parser.add_argument("--only")
    args = parser.parse_args()
    store = Store(args.kilde.resolve(), args.store, args.work, args.hostile)
    failed = 0
    for check in CHECKS:
        if args.only and check.__name__ not in args.only.split(","):
            continue
        try:
            rows = check(store)
            RESULTS.extend(rows)
            print(f"{store.name}: {check.__name__}: same", flush=True)
        except (Skip, ImportError) as reason:
            print(f"\n*** SKIPPED: {store.name}: {check.__name__}: {reason}\n", file=sys.stderr, flush=True)
            RESULTS.append((check.__name__, "", "", f"SKIPPED: {reason}"))
            failed += bool(os.environ.get("KILDE_REQUIRE_ALL"))
        except Exception as error:  # whatever a consumer throws is a finding
            failed += 1
            print(f"{store.name}: {check.__name__}: WRONG: {type(error).__name__}: {str(error)[:1500]}", file=sys.stderr, flush=True)
            if args.only:
                raise
    if args.results:
        args.results.write_text(json.dumps(RESULTS))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
