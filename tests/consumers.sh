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

# The exports of the samples, and those that the test suite leaves behind: stores made for odd labels and many actors.
consumed() {
    local graphviz=()
    command -v dot >/dev/null || { graphviz=(--no-dot); skipped "Graphviz is not installed: the DOT exports were not drawn"; }
    local suite=${CARGO_TARGET_DIR:-target}/tmp/exports
    for folder_of_exports in "$folder/exports" "$suite"; do
        [ ! -d "$folder_of_exports" ] || PYTHONPATH=$packages "$python" tests/consumers.py "$folder_of_exports" "${graphviz[@]}"
    done
}

if fetch_packages; then
    check "$folder/kg" >/dev/null
    check "$folder/exports/graph.nq" --shapes ontology
    consumed
    # Breaking it on purpose takes a check each, so a single article must do.
    "$kilde" -q build seeds/articles/en-09-cairo-reconciliation.txt --store "$folder/one"
    "$kilde" export --store "$folder/one" -f nq -o "$folder/one.nq"
    check "$folder/one.nq" --shapes ontology --break
else
    skipped "rdflib and pySHACL could not be fetched with pip: the RDF exports were not read by another program"
fi
