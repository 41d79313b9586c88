#!/usr/bin/env bash
# Whether other programs can use what Kilde writes.  consumers.sh KILDE
# rdflib reads a store and every RDF export, pySHACL checks them against the shapes, Graphviz draws the DOT. The Python
# packages go into the cache folder. What cannot be had is skipped, said so, and fails if KILDE_REQUIRE_ALL is set.
set -euo pipefail
kilde=$1
python=${PYTHON:-python3}
cache=${KILDE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kilde}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

skipped() {
    printf '\n*** SKIPPED: %s\n\n' "$1" >&2
    [ -z "${KILDE_REQUIRE_ALL:-}" ] || exit 1
}

# pip's --target needs neither a virtual environment nor rights over the system's Python.
fetch_packages() {
    local version key
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    key=$(cksum <tests/requirements.txt | cut -d' ' -f1)
    packages=$cache/python/consumers-$version-$key
    [ ! -e "$packages" ] || return 0
    mkdir -p "$cache/python"
    rm -rf "$packages.part"
    "$python" -m pip install --quiet --disable-pip-version-check --target "$packages.part" -r tests/requirements.txt || return 1
    mv "$packages.part" "$packages"
}

"$kilde" build seeds/articles --store "$folder/kg"
scripts/exports.sh "$kilde" "$folder/kg" "$folder/exports"

if fetch_packages; then
    export PYTHONPATH=$packages
    "$python" tests/check_rdf.py "$folder/kg" "$folder/exports/graph.nq" --shapes ontology --break
    for format in trig nt ttl rdf jsonld; do
        "$python" tests/check_rdf.py "$folder/exports/graph.$format"
    done
else
    skipped "rdflib and pySHACL could not be fetched with pip: the RDF exports were not read by another program"
fi

if command -v dot >/dev/null; then
    dot -Tsvg "$folder/exports/graph.dot" -o "$folder/drawn.svg"
    echo "graph.dot: drawn by Graphviz, $(grep -c 'class="node"' "$folder/drawn.svg") nodes"
else
    skipped "Graphviz is not installed: the DOT export was not drawn"
fi
