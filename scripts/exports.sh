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

# What the graph is in each profile, and what it holds.
for profile in edges rdf12; do
    "$kilde" export --store "$store" --profile "$profile" -f ttl -o "$folder/graph.$profile.ttl"
done
"$kilde" export --store "$store" --profile nanopub -f trig -o "$folder/graph.nanopub.trig"
"$kilde" export --store "$store" --describe --title 'Sample articles' --license https://spdx.org/licenses/MIT -f ttl -o "$folder/void.ttl"

# Graphs, tables, documents.
for format in graphml gexf cyjs cypher geojson bib; do
    "$kilde" export --store "$store" -f "$format" -o "$folder/graph.$format"
done
"$kilde" export --store "$store" -f ftm -o "$folder/graph.ftm.json"
"$kilde" export --store "$store" -f csl -o "$folder/graph.csl.json"
"$kilde" export --store "$store" -f csv -o "$folder/tables/"
"$kilde" export --store "$store" -f tsv -o "$folder/claims.tsv"
"$kilde" export --store "$store" -f neo4j -o "$folder/neo4j"
# Only a program built with Parquet writes it.
"$kilde" export --store "$store" -f parquet -o "$folder/claims.parquet" 2>/dev/null || true

# A picture as DOT and SVG.  draw NAME OPTION...
draw() {
    local name=$1 drawn=
    shift
    if [ -e "$folder/$name.svg" ] && [ -e "$folder/$name.dot" ]; then drawn=$(cksum <"$folder/$name.dot"); fi
    "$kilde" export --store "$store" "$@" -f dot -o "$folder/$name.dot"
    if [ "$drawn" != "$(cksum <"$folder/$name.dot")" ]; then
        "$kilde" export --store "$store" "$@" -f svg -o "$folder/$name.svg"
    fi
}
draw graph
draw graph.around-egypt --around egypt --hops 1
