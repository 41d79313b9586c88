#!/usr/bin/env bash
# Whether other programs can use what Kilde writes.  consumers.sh KILDE
# rdflib reads a store and every RDF export, pySHACL checks them against the shapes, Graphviz draws the DOT. The Python
# packages go into the cache folder. What cannot be had is skipped, said so, and fails if KILDE_REQUIRE_ALL is set.
set -euo pipefail
export PIP_ROOT_USER_ACTION=ignore
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

"$kilde" -q build seeds/articles --store "$folder/kg"
scripts/exports.sh "$kilde" "$folder/kg" "$folder/exports"

check() {
    PYTHONPATH=$packages "$python" tests/check_rdf.py "$@"
}

# counted FORMAT: how many statements rdflib finds in an export.
counted() {
    check "$folder/exports/graph.$1" | sed -n 's/.*: \([0-9]*\) statements$/\1/p'
}

# same_count FORMAT FORMAT...: the exports hold the same number of statements.
same_count() {
    local first count format
    first=$(counted "$1")
    for format in "$@"; do
        count=$(counted "$format")
        echo "graph.$format: $count statements"
        [ -n "$count" ] && [ "$count" = "$first" ] || { echo "consumers: graph.$1 holds $first statements" >&2; exit 1; }
    done
}

if fetch_packages; then
    check "$folder/kg" >/dev/null
    check "$folder/exports/graph.nq" --shapes ontology
    same_count nq trig jsonld
    same_count nt ttl rdf
    # Breaking it on purpose takes a check each, so a single article must do.
    "$kilde" -q build seeds/articles/en-09-cairo-reconciliation.txt --store "$folder/one"
    "$kilde" export --store "$folder/one" -f nq -o "$folder/one.nq"
    check "$folder/one.nq" --shapes ontology --break
else
    skipped "rdflib and pySHACL could not be fetched with pip: the RDF exports were not read by another program"
fi

if command -v dot >/dev/null; then
    dot -Tsvg "$folder/exports/graph.dot" -o "$folder/drawn.svg"
    echo "graph.dot: drawn by Graphviz, $(grep -c 'class="node"' "$folder/drawn.svg") nodes"
else
    skipped "Graphviz is not installed: the DOT export was not drawn"
fi
