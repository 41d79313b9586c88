// Opens the pages that tests/page.sh wrote and uses them.  check.mjs PACKAGES BROWSER FOLDER

import fs from "node:fs";
import path from "node:path";
import { launch, version } from "./browser.mjs";
import * as reading from "./reading.mjs";
import * as hostile from "./hostile.mjs";
import * as speed from "./speed.mjs";

const [packages, executable, folder] = process.argv.slice(2);
const browser = await launch(packages, executable);
let failed = 0;
for (const [name, check] of [...Object.entries(reading), ...Object.entries(hostile), ...Object.entries(speed)]) {
  if (process.env.KILDE_ONLY && !name.includes(process.env.KILDE_ONLY)) continue;
  const began = Date.now();
  try {
    const said = await check(folder);
    console.log(`page: ${name}: as it should be (${((Date.now() - began) / 1000).toFixed(1)} s)${said ? `: ${said}` : ""}`);
  } catch (error) {
    failed += 1;
    console.error(`page: ${name}: WRONG: ${error.stack}`);
  }
}
await browser.close();
if (process.env.KILDE_RESULTS) {
  const axe = JSON.parse(fs.readFileSync(path.join(packages, "node_modules/axe-core/package.json"), "utf8")).version;
  fs.writeFileSync(process.env.KILDE_RESULTS, JSON.stringify({ browser: version, axe }));
}
process.exit(failed ? 1 : 0);
