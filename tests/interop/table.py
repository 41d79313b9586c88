"""Puts the results of check.py into a page, between its two marks.  table.py PAGE RESULTS"""

import json
import pathlib
import re
import sys

page, results = map(pathlib.Path, sys.argv[1:])
rows = ["| Format | Profile, options | Read by | What was compared |", "| --- | --- | --- | --- |"]
for row in json.loads(results.read_text()):
    rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
text = page.read_text()
begin, end = "<!-- interop: begin -->", "<!-- interop: end -->"
made = re.sub(f"{begin}.*{end}", lambda _: begin + "\n" + "\n".join(rows) + "\n" + end, text, flags=re.S)
if made != text:
    page.write_text(made)
    print(f"{page}: {len(rows) - 2} rows")
