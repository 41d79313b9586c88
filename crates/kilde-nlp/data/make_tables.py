"""Writes unicode.txt, symbols.tsv and base_norms.tsv beside this script.

Run it with a Python 3.11 that has spaCy 3.8: the tables then hold exactly what that Python and that spaCy answer.

    python crates/kilde-nlp/data/make_tables.py

unicode.txt: one class a line, `name range range ...`, code points in hexadecimal, both ends included. `lower` has
`first-last/step:shift` items: every step-th code point of the range moves by shift. Python 3.11 knows Unicode 14; the standard
library of Rust knows a later version, so that letters added since then (for example Garay, U+10D50) would otherwise get other
shapes and norms than spaCy gives them. Final sigma and the dotted capital I are left to the program.
"""

import sys
import unicodedata
from pathlib import Path

from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS

FOLDER = Path(__file__).parent
SURROGATES = range(0xD800, 0xE000)
CHARACTERS = [chr(c) for c in range(sys.maxunicode + 1) if c not in SURROGATES]

CLASSES = {
    "alpha": str.isalpha,
    "alnum": str.isalnum,
    "decimal": str.isdecimal,
    "digit": str.isdigit,
    "space": str.isspace,
    "upper": str.isupper,
}


def ranges(predicate):
    found = []
    for character in CHARACTERS:
        if predicate(character):
            code = ord(character)
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return found


def lower_items():
    items = []
    for character in CHARACTERS:
        lowered = character.lower()
        if lowered == character or len(lowered) != 1:
            continue
        code, shift = ord(character), ord(lowered) - ord(character)
        if items:
            first, last, step, last_shift = items[-1]
            gap = code - last
            if shift == last_shift and gap in (1, 2) and step in (0, gap):
                items[-1] = (first, code, gap, shift)
                continue
        items.append((code, code, 0, shift))
    return [(first, last, step or 1, shift) for first, last, step, shift in items]


def main():
    lines = [f"# Python {sys.version.split()[0]}, Unicode {unicodedata.unidata_version}; made by make_tables.py"]
    for name, predicate in CLASSES.items():
        lines.append(" ".join([name] + [f"{a:x}-{b:x}" for a, b in ranges(predicate)]))
    lines.append(" ".join(["lower"] + [f"{a:x}-{b:x}/{s}:{d}" for a, b, s, d in lower_items()]))
    (FOLDER / "unicode.txt").write_text("\n".join(lines) + "\n", encoding="utf8")
    symbols = sorted((value, name) for name, value in IDS.items() if name)
    (FOLDER / "symbols.tsv").write_text("".join(f"{v}\t{n}\n" for v, n in symbols), encoding="utf8")
    norms = "".join(f"{word}\t{norm}\n" for word, norm in BASE_NORMS.items())
    (FOLDER / "base_norms.tsv").write_text(norms, encoding="utf8")


main()
