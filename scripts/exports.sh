#!/usr/bin/env bash
# Writes a store in every format.  exports.sh KILDE STORE FOLDER
# The same store gives the same bytes. Only the picture depends on the machine (Graphviz's version, its fonts): it is
# drawn again only when the graph that it shows has changed.
set -euo pipefail
kilde=$1 store=$2 folder=$3
mkdir -p "$folder"

"$kilde" claims --store "$store" >"$folder/claims.jsonl"
"$kilde" export --store "$store" -f ttl -o "$folder/graph.ttl"
"$kilde" export --store "$store" -f nt -o "$folder/graph.nt"
"$kilde" export --store "$store" -f nq -o "$folder/graph.nq"
"$kilde" export --store "$store" -f trig -o "$folder/graph.trig"
"$kilde" export --store "$store" -f rdfxml -o "$folder/graph.rdf"
"$kilde" export --store "$store" -f jsonld -o "$folder/graph.jsonld"

drawn=
if [ -e "$folder/graph.svg" ] && [ -e "$folder/graph.dot" ]; then drawn=$(cksum <"$folder/graph.dot"); fi
"$kilde" export --store "$store" -f dot -o "$folder/graph.dot"
if [ "$drawn" != "$(cksum <"$folder/graph.dot")" ]; then
    "$kilde" export --store "$store" -f svg -o "$folder/graph.svg"
fi
