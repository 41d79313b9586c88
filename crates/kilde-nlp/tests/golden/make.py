"""Writes what real spaCy says of a text file: the golden set that the Rust tests compare with.

    python make.py PIPELINE_FOLDER TEXT_FILE OUTPUT.jsonl [FIRST_PARAGRAPHS]

One paragraph (a line that is not empty; `\\t`, `\\n`, `\\uXXXX` in it are escapes) is one document and one line of output:
{"text": ..., "tokens": [[start, end, space, norm, prefix, suffix, shape, tag, pos, morph, head, dep, lemma, iob, type, sent], ...]}
Offsets are bytes of UTF-8. iob is "O", "B" or "I". Made with spaCy 3.8.18; the pipelines are those of `make models` and models/nb.
"""

import json
import re
import sys
from pathlib import Path

import spacy

ESCAPE = re.compile(r"\\(?:t|n|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")


def paragraphs(path):
    """The paragraphs of a text file, with their escapes resolved."""
    for line in Path(path).read_text(encoding="utf8").split("\n"):
        if line:
            yield ESCAPE.sub(lambda match: json.loads(f'"{long_escape(match.group())}"'), line)


def long_escape(escape):
    if not escape.startswith("\\U"):
        return escape
    units = chr(int(escape[2:], 16)).encode("utf-16-be").hex()
    return "".join(f"\\u{units[place:place + 4]}" for place in range(0, len(units), 4))


def token_rows(doc):
    """What spaCy says of each token, as lists in the order that the module's text names."""
    offsets = [0]
    for character in doc.text:
        offsets.append(offsets[-1] + len(character.encode("utf8")))
    return [
        [
            offsets[token.idx],
            offsets[token.idx + len(token)],
            bool(token.whitespace_),
            token.norm_,
            token.prefix_,
            token.suffix_,
            token.shape_,
            token.tag_,
            token.pos_,
            str(token.morph),
            token.head.i,
            token.dep_,
            token.lemma_,
            token.ent_iob_ or "O",
            token.ent_type_,
            bool(token.is_sent_start),
        ]
        for token in doc
    ]


def main():
    folder, source, target, *limit = sys.argv[1:]
    nlp = spacy.load(folder)
    texts = list(paragraphs(source))[: int(limit[0]) if limit else None]
    count = 0
    with open(target, "w", encoding="utf8") as out:
        for doc in map(nlp, texts):
            line = {"text": doc.text, "tokens": token_rows(doc)}
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += len(doc)
    print(f"{len(texts)} paragraphs, {count} tokens", file=sys.stderr)


if __name__ == "__main__":
    main()
