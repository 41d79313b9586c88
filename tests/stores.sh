#!/usr/bin/env bash
# Whether a store comes out the same whatever made it.  stores.sh KILDE [OTHER]
# The sample articles are read twice: in order with all threads, and backwards with one. Stores and exports must be the
# same byte for byte. OTHER is a second build of the program (with RocksDB): each must read what the other made.
set -euo pipefail
kilde=$1 other=${2:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mapfile -t forwards < <(ls seeds/articles/*.txt)
mapfile -t backwards < <(ls -r seeds/articles/*.txt)
one=()
if command -v taskset >/dev/null; then one=(taskset -c 0); fi

# same WHAT A B
same() {
    cmp "$2" "$3" || { echo "stores: $1: the exports differ" >&2; exit 1; }
    [ -s "$2" ] || { echo "stores: $1: the export is empty" >&2; exit 1; }
    echo "stores: $1: same bytes"
}

"$kilde" -q build --store "$folder/a" "${forwards[@]}"
"${one[@]}" "$kilde" -q build --threads 1 --store "$folder/b" "${backwards[@]}"
diff -r "$folder/a/documents" "$folder/b/documents"
"$kilde" export --store "$folder/a" -f nq -o "$folder/a.nq"
"$kilde" export --store "$folder/b" -f nq -o "$folder/b.nq"
same "another order, one thread" "$folder/a.nq" "$folder/b.nq"

if [ -n "$other" ]; then
    "$other" export --store "$folder/a" -f nq -o "$folder/a-by-other.nq"
    same "read by the other build" "$folder/a.nq" "$folder/a-by-other.nq"
    "$kilde" export --store "$folder/a" -f nq -o "$folder/a-again.nq"
    same "read again after the other build" "$folder/a.nq" "$folder/a-again.nq"
    "$other" -q build --store "$folder/c" "${forwards[@]}"
    diff -r "$folder/a/documents" "$folder/c/documents"
    "$kilde" export --store "$folder/c" -f nq -o "$folder/c.nq"
    same "made by the other build" "$folder/a.nq" "$folder/c.nq"
fi
