#!/usr/bin/env bash
# cargo with what the build with RocksDB needs, in a target folder of its own:
#
#     scripts/rocksdb.sh build --release --locked --features rocksdb
#
# bindgen, which that build runs, needs libclang: unless LIBCLANG_PATH says where one is, that of a Python package is fetched into the
# cache folder, which holds nothing but the library. The first build takes 22 minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${KILDE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kilde}
export CARGO_TARGET_DIR=$cache/target-rocksdb
if [ -z "${LIBCLANG_PATH:-}" ]; then
    folder=$cache/libclang
    if [ ! -e "$folder/clang/native/libclang.so" ]; then
        mkdir -p "$cache"
        rm -rf "$folder.part"
        "${PYTHON:-python3}" -m pip install --quiet --target "$folder.part" libclang==18.1.1
        rm -rf "$folder"
        mv "$folder.part" "$folder"
    fi
    export LIBCLANG_PATH=$folder/clang/native BINDGEN_EXTRA_CLANG_ARGS="-I$(gcc -print-file-name=include)"
fi
exec cargo "$@"
