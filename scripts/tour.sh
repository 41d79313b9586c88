#!/usr/bin/env bash
# Walks through all commands on the sample articles and writes docs/tour.md with what they really say.
#   tour.sh KILDE > docs/tour.md
# The same program writes the same page: no clock, no path of this machine is in it.
set -euo pipefail
kilde=$(realpath "$1")
articles=$(realpath "$(dirname "$0")/../seeds/articles")
models=$(realpath "${KILDE_MODELS:-$(dirname "$0")/../models}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export KILDE_MODELS=$models NO_COLOR=1
mkdir bin && ln -s "$kilde" bin/kilde
PATH=$folder/bin:$PATH
cp -r "$articles" news

# say TEXT...: a paragraph.
say() { printf '\n%s\n' "$*"; }

# show COMMAND: the command, and at most $lines lines of what it writes and says (exit code last, if it is not 0).
lines=14
show() {
    local code=0 out
    out=$(bash -c "$1" 2>&1) || code=$?
    printf '\n```console\n$ %s\n' "$1"
    if [ -n "$out" ]; then
        # cut counts bytes, and may leave half a letter.
        printf '%s\n' "$out" | cut -c1-200 | iconv -c -f utf-8 -t utf-8 | sed -n "1,${lines}p"
        local all
        all=$(printf '%s\n' "$out" | wc -l)
        if [ "$all" -gt "$lines" ]; then printf '… %d lines more\n' $((all - lines)); fi
    fi
    if [ $code != 0 ]; then printf '(exit code %d)\n' $code; fi
    printf '```\n'
}

cat <<'PAGE'
# A walk through Kilde

Every command, on the sample articles of this repository, with what it really writes. `make tour` walks again and writes
this page anew; long output is cut. The folder `news` is a copy of `seeds/articles`.
PAGE

printf '\n## Read\n'
say 'A folder of articles becomes a store, `kg` unless another is named.'
show 'kilde build news'
say 'The same again: nothing is read that was read before with the same program, knowledge and model.'
show 'kilde build news'
say 'Without a store: claims as they come.'
show 'echo "Egypt accused Sudan of delaying the talks, Reuters reported." | kilde extract --lang en | cut -c1-180'
say 'And the grammar below them.'
show 'echo "Egypt accused Sudan." | kilde parse --lang en'

printf '\n## Ask\n'
lines=12
say 'SPARQL, with the usual prefixes declared already.'
show "kilde query 'SELECT ?a ?b { ?a kilde:accuses ?b } ORDER BY ?a ?b LIMIT 6'"
say 'Queries that have names.'
show 'kilde queries'
show 'kilde query --named between --set a=hamas --set b=israel -f csv'
say 'Claims and mentions as JSON Lines.'
show 'kilde claims --about hamas | head -n 2 | cut -c1-160'
show 'kilde mentions --document nb-10-hurdal | head -n 2'
claim=$(kilde claims --about hamas --document en-08-november-truce | sed -n 1p | cut -c8-39)
say 'What a claim rests on, and why it was read so.'
show "kilde explain ${claim:0:12}"

printf '\n## As it was known, and when it happened\n'
say 'Only what had been reported by a day, or only what is about a time. `claims`, `query`, `export`, `disputes`, `path` and `report` take both.'
show "kilde query --as-of 2012-12-31 --named documents -f csv | cut -d, -f1-3"
show "kilde claims --during 2011-01..2011-12 | cut -c1-120"
show 'kilde claims --as-of 1999'

printf '\n## Write\n'
say 'In all formats; a picture with `-f svg` or `-f dot`.'
lines=8
show 'kilde export -f ttl | tail -n 6 | cut -c1-120'
show 'kilde export -f dot --around norway | head -n 4'
show 'kilde export -o monday.nq && wc -l < monday.nq'

printf '\n## Understand\n'
lines=16
say 'How two actors are connected, with the words of each step.'
show 'kilde path egypt hamas --max 3 --ways 2'
say 'What some affirm and others deny, and what cannot both be so. Here two papers print one story, and a third knows better.'
cat >disputed.jsonl <<'NEWS'
{"id":"morning","lang":"en","date":"2024-03-01","text":"Egypt attacked Libya on Monday, Sudan said in a short statement that was read out in Khartoum late at night."}
{"id":"evening","lang":"en","date":"2024-03-01","text":"KHARTOUM: Egypt attacked Libya on Monday, Sudan said in a short statement that was read out in Khartoum late at night."}
{"id":"weekly","lang":"en","date":"2024-03-04","text":"Nothing of the kind happened. Egypt did not attack Libya, Qatar said."}
NEWS
show 'kilde build -q disputed.jsonl --store disputed; kilde disputes --store disputed'
say 'A report: main actors, communities, who is with and against whom, what changed. With `-o report.html` as a page with plots.'
lines=30
show 'kilde report --top 5'
lines=12

printf '\n## Prove\n'
say 'Every quote stands in its text, every edge follows from its claims, every shape holds.'
show 'kilde verify'
say 'A lock is what the store held, in a few lines to be kept elsewhere.'
show 'kilde lock -o monday.lock && head -n 4 monday.lock'
show 'kilde verify --against monday.lock'

printf '\n## Change\n'
say 'An article is rewritten, one is withdrawn, one is new.'
sed -i 's/took effect on Wednesday/may take effect on Wednesday/' news/en-08-november-truce.txt
rm news/en-23-seoul-vote.txt
cat >news/late.txt <<'NEWS'
---
lang: en
date: 2024-06-01
---
Norway recognised the State of Palestine on Tuesday. Israel condemned Norway, and recalled its ambassador.
NEWS
show 'kilde build news --prune'
say 'What that changed, compared with the export of Monday; `--json` and `--patch` write it for programs.'
show 'kilde diff monday.nq kg'
show 'kilde diff monday.nq kg --patch | cut -c1-100 | head -n 4'
show 'kilde verify --against monday.lock'
say 'Forgetting is exact: what remains is what there would be if the article had never been read.'
show 'kilde forget --before 2010 --dry-run'
show 'kilde forget late'

printf '\n## Correct\n'
say 'The least certain claims, one after the other; the decisions are corrections, a line each.'
lines=40
show 'printf "a\nIt is known.\nr\n\nq\n" | kilde review --author Kari --date 2026-01-02 --limit 2'
lines=12
show 'cat kg/corrections/review.toml'
say 'Others are written by hand: an actor that is another one, in all documents or in some; another type.'
cat >kg/corrections/actors.toml <<'FIX'
corrections = [
  { retype = "rafah", type = "Territory", author = "Kari", date = 2026-01-02, reason = "Here it is the governorate." },
]
FIX
show 'cat kg/corrections/actors.toml'
show 'kilde corrections | sed "s/(.*//"'
say 'The graph follows at once; deleting a line undoes it. The files of the documents stay as they were read.'
show "kilde query 'SELECT ?type { ent:rafah a ?type }' -f csv"
show "kilde query 'SELECT ?what ?who ?why { ?c kilde:corrects ?what ; kilde:correctedBy ?who ; kilde:because ?why } ORDER BY ?why' -f csv"
show 'kilde verify'
say 'What makes no sense is told with file and line, and changes nothing.'
sed -i 's/"rafah"/"rafa"/' kg/corrections/actors.toml
show 'kilde corrections > /dev/null'
sed -i 's/type = "Territory"/type = "Planet"/' kg/corrections/actors.toml
show 'kilde claims'
rm kg/corrections/actors.toml

printf '\n## The meaning of words\n'
say 'Frames say what words mean; their examples are tests.'
show 'kilde rules list accuse | head -n 3 | cut -c1-120'
show 'kilde rules test en/accuse'

printf '\n## The rest\n'
say '`kilde completions SHELL` writes completions, `kilde man` the manual page, `kilde help COMMAND` says more of each.'
show 'kilde --help'
