"""A graph whose every text is as bad as can be: an article and claims about it, to be taken in with `kilde import`.

    hostile.py FOLDER [SEED]

Writes FOLDER/articles.jsonl and FOLDER/claims.jsonl. Labels: each bad text by name, then texts drawn at random from an
alphabet of bad pieces. The evidence holds a bad text too. Nothing here is a real name.
"""

import json
import pathlib
import random
import sys

NAMED = [
    'quote " and \' and ` quote', "back\\slash \\n \\u0041 \\", "two\nlines\r\nand\ra tab\there", "right \u202eto left\u202c حركة حماس \u2067",
    "<script>alert('1')</script>", "&amp; &#34; <B> ]]> --> <![CDATA[", "} ; { ] ) DROP GRAPH <x> ; digraph { a -> b }",
    "=cmd()", "+1", "-1", "@SUM(A1)", "\t=1+1", "zero\u200bwidth\u200c\u200d\ufeffjoined", "combining e\u0301\u0302 \U0001f1f3\U0001f1f4 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "control \x01\x1f\x7f\x85 end", "line\u2028separator\u2029", "long " + "å" * 9994 + "x", " leading and trailing ", "comma, semicolon; pipe| tab", "$math$ %percent #hash ~ ^ _under {brace}",
    "http://example.org/?a=b&c=d#e", "NULL", "NA", "true", "1.0", "\U0010ffff \ufffd \ue000",
]
PIECES = ['"', "'", "\\", "\n", "\r", "\t", "<", ">", "&", ";", "}", "{", "]", "=", "@", "`", "$", "%", "|", ",", "\u202e", "\u200b", "\ufeff",
          "\u2028", "\x01", "a", "Ø", "حماس", "中", "\U0001f600", " ", "--", "]]>", "&lt;", "\\u0000", "#", "^^", "''", '"""']


def main():
    folder, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(seed)
    labels = NAMED + ["".join(dice.choice(PIECES) for _ in range(dice.randint(1, 40))) for _ in range(150)]
    # A label of white space alone is none.
    labels = [label if label.strip() else f"x{label}" for label in labels]
    text, claims = "", []
    for number, label in enumerate(labels):
        # What lies between the two names stands in the evidence. A text's line breaks and marks of order are the reader's
        # business, so it gets the label without what a reader may tidy.
        middle = "".join(c for c in label[:200] if c not in "\r\n\ufeff\x01\x1f\x85\u2028\u2029").strip()
        start = len(text)
        sentence = f"Alpha{number} met [{middle}] Beta{number}"
        text += sentence + ".\n"
        claims.append({
            "document": "hostile", "property": "consultsWith", "polarity": "positive", "modality": "asserted", "confidence": 0.75,
            "subject": {"id": f"alpha-{number}", "label": label, "type": "State", "mention": {"text": f"Alpha{number}", "start": start, "end": start + len(f"Alpha{number}")}},
            "object": {"id": f"beta-{number}", "label": f"Beta {number}", "type": "Person", "mention": {"text": f"Beta{number}", "start": start + len(sentence) - len(f"Beta{number}"), "end": start + len(sentence)}},
            "act": label, "date": f"20{number % 25:02d}", "evidence": {"text": sentence, "start": start, "end": start + len(sentence)}, "rule": "generated"})
    (folder / "articles.jsonl").write_text(json.dumps({"id": "hostile", "text": text, "lang": "en", "title": NAMED[0] + NAMED[4], "date": "2024-05-06",
                                                       "publisher": NAMED[19], "url": "https://example.org/a?b=c&d=%20#e"}) + "\n")
    (folder / "claims.jsonl").write_text("".join(json.dumps(claim) + "\n" for claim in claims))
    (folder / "labels.json").write_text(json.dumps({f"alpha-{number}": label for number, label in enumerate(labels)}))


main()
