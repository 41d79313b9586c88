#!/usr/bin/env bash
# Makes the page of `kilde export -f html` (page/) for build.rs to find: $KILDE_CACHE/page/HASH.html, named by the hash of its
# sources. The packages come from npm as package-lock.json pins them, into the cache folder; no script of theirs is run. Without
# Node.js and npm nothing is made: the program is then built without the page, and says so when it is asked for one.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${KILDE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kilde}

skipped() {
    printf '\n*** SKIPPED: %s: the program is built without the page of `export -f html`\n\n' "$1" >&2
    [ -z "${KILDE_REQUIRE_ALL:-}" ] || [ -n "${KILDE_WITHOUT_BROWSER:-}" ]
    exit
}

for tool in node npm; do
    command -v "$tool" >/dev/null || skipped "$tool is not installed"
done
node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || skipped "Node.js $(node --version) is too old (18 is needed)"

packages=$cache/node/page-$(cksum <page/package-lock.json | cut -d' ' -f1)
if [ ! -e "$packages/whole" ]; then
    rm -rf "$packages.part"
    mkdir -p "$packages.part"
    cp page/package.json page/package-lock.json "$packages.part/"
    npm ci --prefix "$packages.part" --ignore-scripts --no-audit --no-fund --loglevel=error || {
        rm -rf "$packages.part"
        skipped 'the packages could not be fetched from npm'
    }
    touch "$packages.part/whole"
    rm -rf "$packages"
    mv "$packages.part" "$packages"
fi
before=$(cat page/.made 2>/dev/null || true)
[ -e "$cache/page/${before:-none}" ] || before=
name=$(node page/build.mjs "$packages/node_modules" "$cache/page")
# So that cargo looks again (build.rs) where it had built without this page.
if [ "$name" != "$before" ]; then printf '%s\n' "$name" >page/.made; fi
