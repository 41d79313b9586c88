// A page opened in Chromium, with whatever it complains of or fetches noted, and the questions that every page is asked.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

let chromium, axe, browser;
export let version;

export async function launch(packages, executablePath) {
  const require = createRequire(path.join(packages, "none.js"));
  ({ chromium } = require("playwright-core"));
  axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  // Without the sandbox it also starts as root.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  version = `Chromium ${browser.version()}`;
  return browser;
}

// Opens a page, lets `visit` use it, and fails if it complained or fetched anything.
export async function open(file, visit, { scheme = "light", hash = "", width = 1440, height = 900 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.stack}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => request.url() !== `file://${file}` && !request.url().startsWith(`file://${file}#`) && wrong.push(`fetched: ${request.url().slice(0, 200)}`));
  await page.goto(`file://${file}${hash}`);
  await settled(page);
  try {
    await visit(page);
  } finally {
    if (process.env.KILDE_SHOTS) {
      fs.mkdirSync(process.env.KILDE_SHOTS, { recursive: true });
      await page.screenshot({ path: path.join(process.env.KILDE_SHOTS, `${path.basename(file, ".html")}-${scheme}.png`) });
    }
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

// Once what was asked is shown.
export async function settled(page) {
  // What is asked is answered a little later.
  await page.waitForTimeout(120);
  await page.waitForSelector("#app[data-ready], .empty", { timeout: 120_000 });
}

// What axe-core finds that is serious or critical.
export async function accessible(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const bad = violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${what}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
  assert.deepEqual(bad, []);
}

// The graph as it is drawn: cytoscape leaves itself on its element.
export function drawn(page) {
  return page.evaluate(() => {
    const cy = document.querySelector(".stage")._cyreg.cy;
    return { actors: cy.nodes().length, edges: cy.edges().length, open: cy.edges(".open").length, faint: cy.elements(".faint").length };
  });
}

export async function set(page, selector, value) {
  await page.$eval(selector, (input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, String(value));
  await settled(page);
}
