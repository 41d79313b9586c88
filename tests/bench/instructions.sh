#!/usr/bin/env bash
# Counts the instructions with which some of the sample articles are read, and fails where they are 5 % more than what
# instructions.txt beside this file says. A count says nothing of caches and waiting, but it is the same on a busy machine.
#
#     tests/bench/instructions.sh KILDE [--write]
#
# Two figures: "understand" is all that follows the language runtime (names, claims, checks); "rest" is everything else of
# the process (starting, tokenizer, parser) but the matrix kernels and vector loops. These are left out because they are
# chosen by what the processor can do; what is left is the same wherever AVX2 is (valgrind has nothing above it).
# Another compiler or C library gives other counts: --write puts new figures into the file; commit it with what made them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kilde=${1:?usage: instructions.sh KILDE [--write]}
known=$here/instructions.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$here/../.."

valgrind --tool=callgrind --callgrind-out-file="$folder/out" "$kilde" extract --quiet -j1 seeds/articles/{en,nb}-0*.txt \
    >"$folder/claims" 2>"$folder/log" || { tail -n 20 "$folder/log" >&2; exit 1; }
[ -s "$folder/claims" ] || { echo 'no claims were read' >&2; exit 1; }

# Thousands of instructions of lines that match (or, with !, do not).
count() {
    callgrind_annotate --auto=no --threshold=100 "$1" "$folder/out" |
        awk -v wanted="$2" -v without="$3" '
            /PROGRAM TOTALS/ { next }
            $1 ~ /^[0-9,]+$/ {
                if ($0 !~ wanted || (without != "" && $0 ~ without)) next
                gsub(",", "", $1); sum += $1
            }
            END { printf "%d\n", sum / 1000 }'
}

understand=$(count --inclusive=yes ':kilde::pipeline::understand( |$)' '')
[ "$understand" -gt 0 ] || { echo 'the profile names no kilde::pipeline::understand; were symbols stripped?' >&2; exit 1; }
all=$(count --inclusive=no '.' 'gemm_|pulp::|kilde_nlp::layers|kilde_nlp::tok2vec|kilde_nlp::components::transition')
rest=$((all - understand))

if [ "${2:-}" = --write ]; then
    printf '# Thousands of instructions; see instructions.sh.\nunderstand %d\nrest %d\n' "$understand" "$rest" >"$known"
    cat "$known"
    exit
fi
failed=0
check() {
    local allowed
    allowed=$(awk -v name="$1" '$1 == name { print $2 }' "$known")
    awk -v name="$1" -v now="$2" -v then="$allowed" 'BEGIN {
        printf "%-10s %9d thousand instructions, %9d allowed for: %+.1f %%\n", name, now, then, 100 * (now / then - 1)
        exit now > 1.05 * then
    }' || failed=1
}
check understand "$understand"
check rest "$rest"
[ $failed = 0 ] || { echo 'more than 5 % over; if that is meant: tests/bench/instructions.sh KILDE --write' >&2; exit 1; }
