#!/usr/bin/env bash
# Whether the programs that Kilde writes for read what it writes.  run.sh KILDE
# The sample articles' graph, a graph of hostile texts and an empty one are exported in every format and read back; the
# table in docs/exports.md is made anew. Python packages go into the cache folder: the ones of requirements.txt with hashes
# (pip-compile --generate-hashes requirements.in), if it is there, else those pinned in requirements.in. What cannot be had
# is skipped, said so, and fails if KILDE_REQUIRE_ALL is set.
set -euo pipefail
export PIP_ROOT_USER_ACTION=ignore
kilde=$1
python=${PYTHON:-python3}
cache=${KILDE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kilde}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

requirements=(-r tests/interop/requirements.in)
if [ -e tests/interop/requirements.txt ]; then requirements=(--require-hashes -r tests/interop/requirements.txt); fi
key=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-$(cksum <"${requirements[-1]}" | cut -d" " -f1)
venv=$cache/python/interop-$key
if [ ! -e "$venv/whole" ]; then
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "${requirements[@]}" || {
        rm -rf "$venv"
        printf '\n*** SKIPPED: the Python packages could not be fetched: no export was read by another program\n\n' >&2
        [ -z "${KILDE_REQUIRE_ALL:-}" ]
        exit
    }
    touch "$venv/whole"
fi

"$kilde" -q build seeds/articles --store "$folder/sample"
"$venv/bin/python" tests/interop/hostile.py "$folder/input" "${KILDE_SEED:-1}"
"$kilde" -q import "$folder/input/claims.jsonl" --articles "$folder/input/articles.jsonl" --maker 'tests' --store "$folder/hostile"
: >"$folder/none.jsonl"
"$kilde" -q import "$folder/none.jsonl" --store "$folder/empty"

wrong=0
for store in sample hostile empty; do
    labels=()
    [ "$store" != hostile ] || labels=(--hostile "$folder/input/labels.json")
    "$venv/bin/python" tests/interop/check.py "$kilde" "$folder/$store" "$folder/work-$store" "${labels[@]}" --results "$folder/$store.json" || wrong=1
done
if [ "$wrong" = 0 ]; then
    "$venv/bin/python" tests/interop/table.py docs/exports.md "$folder/sample.json"
fi
exit "$wrong"
