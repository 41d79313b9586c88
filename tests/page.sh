#!/usr/bin/env bash
# Whether the page of `export -f html` does what it should, in a browser without a screen.  page.sh KILDE
# Pages of the sample articles, of hostile texts, of nothing, of a thousand claims and of five thousand edges are opened in
# Chromium (KILDE_CHROMIUM, or the one that is installed), driven by playwright-core and looked at by axe-core, which npm fetches
# into the cache folder as tests/page/package-lock.json pins them. What cannot be had is skipped, said so, and fails if
# KILDE_REQUIRE_ALL is set. KILDE_SHOTS=FOLDER keeps pictures of what the browser showed, KILDE_RESULTS=FILE what was found.
set -euo pipefail
kilde=$(realpath "$1")
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
cache=${KILDE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kilde}

skipped() {
    printf '\n*** SKIPPED: %s: the page was not tried in a browser\n\n' "$1" >&2
    [ -z "${KILDE_REQUIRE_ALL:-}" ] || [ -n "${KILDE_WITHOUT_BROWSER:-}" ]
    exit
}

for tool in node npm; do
    command -v "$tool" >/dev/null || skipped "$tool is not installed"
done
browser=${KILDE_CHROMIUM:-}
for name in chromium chromium-browser google-chrome; do
    [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
[ -n "$browser" ] || skipped 'Chromium is not installed (Debian: chromium)'

packages=$cache/node/page-tests-$(cksum <tests/page/package-lock.json | cut -d' ' -f1)
if [ ! -e "$packages/whole" ]; then
    rm -rf "$packages.part"
    mkdir -p "$packages.part"
    cp tests/page/package.json tests/page/package-lock.json "$packages.part/"
    npm ci --prefix "$packages.part" --ignore-scripts --no-audit --no-fund --loglevel=error || {
        rm -rf "$packages.part"
        skipped 'playwright-core and axe-core could not be fetched from npm'
    }
    touch "$packages.part/whole"
    rm -rf "$packages"
    mv "$packages.part" "$packages"
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
: >"$folder/none.jsonl"
"$kilde" -q import "$folder/none.jsonl" --store "$folder/empty"
if said=$("$kilde" export --store "$folder/empty" -f html 2>&1 >/dev/null); then :; else
    [[ $said != *'built without the page'* ]] || skipped 'the program was built without the page'
fi
"$kilde" -q build seeds/articles --store "$folder/sample"
"$python" tests/interop/hostile.py "$folder/input" "${KILDE_SEED:-1}"
"$kilde" -q import "$folder/input/claims.jsonl" --articles "$folder/input/articles.jsonl" --maker 'tests' --store "$folder/hostile"
for crowd in 'thousand 300 700 1000' 'crowd 2000 5000 6000'; do
    read -r name actors edges claims <<<"$crowd"
    node tests/page/crowd.mjs "$folder/$name.input" "$actors" "$edges" "$claims"
    "$kilde" -q import "$folder/$name.input/claims.jsonl" --articles "$folder/$name.input/articles.jsonl" --maker 'tests' --store "$folder/$name"
done
write() { "$kilde" -q export --store "$folder/$1" -o "$folder/$2.html" "${@:3}"; }
for name in sample hostile empty thousand crowd; do write "$name" "$name"; done
write sample again
cmp "$folder/sample.html" "$folder/again.html" || { echo 'the same graph gives another page' >&2; exit 1; }
write sample norwegian --labels nb --around hamas
for name in sample hostile; do "$kilde" claims --store "$folder/$name" >"$folder/$name.jsonl"; done

node tests/page/check.mjs "$packages" "$browser" "$folder"
