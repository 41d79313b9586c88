// Texts as bad as can be are text, and a graph of nothing is a page that says so.

import assert from "node:assert/strict";
import fs from "node:fs";
import { accessible, open, set, settled } from "./browser.mjs";

export async function hostile_texts_are_text(folder) {
  const labels = JSON.parse(fs.readFileSync(`${folder}/input/labels.json`, "utf8"));
  const claims = fs.readFileSync(`${folder}/hostile.jsonl`, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  await open(`${folder}/hostile.html`, async (page) => {
    assert.equal(await page.$$eval("script", (scripts) => scripts.length), 2);
    const data = await page.$eval("#data", (element) => JSON.parse(element.textContent));
    const found = Object.fromEntries(data.actors.map((actor) => [actor.id, actor.label]));
    for (const [id, label] of Object.entries(labels)) assert.equal(found[id], label);
    const quotes = new Map(claims.map((claim) => [claim.id, claim.evidence.text]));
    for (const claim of data.claims) assert.equal(data.paragraphs[claim.paragraph].text.slice(...claim.quote), quotes.get(claim.id));
    await set(page, "#top", 100);
    for (const [id, label] of Object.entries(labels).slice(0, 40)) {
      await page.fill("#find", id);
      await page.waitForTimeout(150);
      await page.$$eval(".actors li button", (buttons, label) => buttons.find((one) => one.querySelector(".name").textContent === label).click(), label);
      await settled(page);
      assert.equal(await page.$eval(".detail h2", (element) => element.textContent), label);
      assert.equal(await page.$eval(".detail h2", (element) => element.querySelectorAll("*").length), 1);
      await page.click(".detail .relation");
      await settled(page);
      const mark = await page.$eval(".detail .claim mark", (element) => element.textContent);
      assert.ok([...quotes.values()].includes(mark));
      const wide = await page.$eval(".detail", (element) => element.scrollWidth - element.clientWidth);
      assert.ok(wide <= 0, `${id}: words run out of the page by ${wide} px`);
    }
    assert.equal(await page.$$eval("script, iframe, object, img", (elements) => elements.length), 2);
    await page.click("text=Table");
    await accessible(page, "hostile texts");
  });
}

export async function nothing_is_a_page_too(folder) {
  await open(`${folder}/empty.html`, async (page) => {
    assert.equal(await page.$eval(".empty h2", (element) => element.textContent), "The graph is empty.");
    await accessible(page, "nothing");
  });
}
