// The sample articles' page, used as a reader would: with the mouse, with the keyboard, as a table.

import assert from "node:assert/strict";
import fs from "node:fs";
import { accessible, drawn, open, set, settled } from "./browser.mjs";

const lines = (file) => fs.readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const text = (page, selector) => page.$eval(selector, (element) => element.textContent);

export async function quotes_stand_in_their_paragraphs(folder) {
  const claims = new Map(lines(`${folder}/sample.jsonl`).map((claim) => [claim.id, claim]));
  await open(`${folder}/sample.html`, async (page) => {
    const data = await page.$eval("#data", (element) => JSON.parse(element.textContent));
    assert.equal(data.claims.length, claims.size);
    for (const claim of data.claims) {
      const { evidence, polarity, speaker, date, document } = claims.get(claim.id);
      const paragraph = data.paragraphs[claim.paragraph];
      assert.equal(paragraph.text.slice(...claim.quote), evidence.text);
      assert.equal(Boolean(claim.denied), polarity === "negative");
      assert.equal(claim.speaker === undefined, speaker === null);
      assert.equal(claim.date ?? null, date);
      assert.equal(data.documents[paragraph.document].id, document);
    }
  });
}

export async function searching_finds_an_actor_and_its_words(folder) {
  await open(`${folder}/sample.html`, async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("hamas");
    await page.waitForFunction(() => document.querySelector(".actors li .name")?.textContent === "Hamas");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal(await text(page, ".detail h2"), "Hamas");
    await page.click(".detail .relation");
    await settled(page);
    const mark = await text(page, ".detail .claim mark");
    const quote = await text(page, ".detail .claim blockquote");
    assert.ok(mark.length > 5 && quote.includes(mark) && quote.length >= mark.length);
    assert.ok((await text(page, ".detail .claim .source")).length > 5);
    await page.click("text=Back");
    await settled(page);
    assert.equal(await text(page, ".detail h2"), "Hamas");
  });
}

export async function clicking_a_line_shows_its_quote(folder) {
  await open(`${folder}/sample.html`, async (page) => {
    const spots = await page.evaluate(() => {
      const box = document.querySelector(".stage").getBoundingClientRect();
      const cy = document.querySelector(".stage")._cyreg.cy;
      return cy.edges().map((edge) => ({ x: box.x + edge.renderedMidpoint().x, y: box.y + edge.renderedMidpoint().y }));
    });
    for (const spot of spots) {
      await page.mouse.click(spot.x, spot.y);
      await settled(page);
      if (await page.$(".detail .claim mark")) break;
      await page.keyboard.press("Escape");
      await settled(page);
    }
    assert.ok((await text(page, ".detail .claim mark")).length > 5);
    assert.ok((await drawn(page)).faint > 0);
  });
}

export async function filters_hide(folder) {
  await open(`${folder}/sample.html`, async (page) => {
    await set(page, "#top", 100);
    const all = await drawn(page);
    assert.equal(all.open, 0, "what is not told as fact is left out at first");
    await page.click("label[for=tone-3]");
    await settled(page);
    const peaceful = await drawn(page);
    assert.ok(peaceful.edges < all.edges);
    await page.click("text=Reset");
    await settled(page);
    await set(page, "#top", 100);
    assert.deepEqual(await drawn(page), all);
    for (const name of ["denied", "planned"]) await page.click(`label[for=told-${name}]`);
    await settled(page);
    assert.ok((await drawn(page)).open > 0);
    const look = await page.evaluate(() => document.querySelector(".stage")._cyreg.cy.edges(".open").map((edge) => edge.style("line-style")));
    assert.ok(look.every((style) => style === "dashed"));
    await page.click("label[for=told-asserted]");
    await settled(page);
    const only = await drawn(page);
    assert.ok(only.edges > 0 && only.open === only.edges);
    await page.click("text=Reset");
    await settled(page);
    await page.selectOption("#speaker", { index: 2 });
    await settled(page);
    await set(page, "#top", 100);
    assert.ok((await drawn(page)).edges < all.edges);
    await page.click("text=Reset");
    await settled(page);
    await set(page, "#top", 100);
    await page.focus(".handle.from");
    for (let step = 0; step < 5; step += 1) await page.keyboard.press("PageUp");
    await settled(page);
    assert.ok((await drawn(page)).edges < all.edges);
    await set(page, "#confidence", 100);
    assert.ok((await page.$eval(".note", (note) => note.hidden)) || (await text(page, ".note")).length > 0);
  });
}

export async function the_keyboard_is_enough(folder) {
  await open(`${folder}/sample.html`, async (page) => {
    await page.focus(".graph");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.waitForTimeout(400);
    assert.ok((await text(page, "[role=status]")).length > 3, "somebody is announced");
    await page.keyboard.press("Enter");
    await settled(page);
    const name = await text(page, ".detail h2");
    assert.ok(name.length > 1);
    await page.keyboard.press("Escape");
    await settled(page);
    assert.ok(await page.$eval(".detail", (detail) => detail.hidden));
    // From the beginning of the page everything is reached, and left again.
    const met = new Set();
    await page.evaluate(() => document.activeElement.blur());
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      met.add(await page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName));
    }
    for (const wanted of ["find", "told-asserted", "speaker", "graph", "top", "theme"]) assert.ok(met.has(wanted), `${wanted} of ${[...met]}`);
    await page.focus("#find");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.ok(!(await page.$eval(".detail", (detail) => detail.hidden)));
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H2", "what was opened has the focus");
  });
}

export async function the_table_says_the_same(folder) {
  await open(`${folder}/sample.html`, async (page) => {
    await set(page, "#top", 100);
    const { edges } = await drawn(page);
    await page.click("text=Table");
    while (await page.isVisible(".table > button")) await page.click(".table > button");
    assert.equal(await page.$$eval(".table tbody tr", (rows) => rows.length), edges);
    await page.click(".table th.who button");
    assert.equal(await page.$eval(".table th.who", (head) => head.getAttribute("aria-sort")), "ascending");
    await page.click(".table td.relation button");
    await settled(page);
    assert.ok(await page.$(".detail .claim mark"));
  });
}

export async function nothing_keeps_anybody_out(folder) {
  for (const scheme of ["light", "dark"]) {
    await open(`${folder}/sample.html`, async (page) => {
      await accessible(page, scheme);
      await page.click(".actors li button");
      await settled(page);
      await accessible(page, `${scheme}, an actor`);
      await page.click(".detail .relation");
      await settled(page);
      await accessible(page, `${scheme}, a relation`);
      for (const summary of await page.$$(".tone summary")) await summary.click();
      await page.click("text=Table");
      await accessible(page, `${scheme}, the table`);
      await page.click("text=About");
      await accessible(page, `${scheme}, about`);
      assert.ok((await text(page, "dialog pre")).includes("Permission is hereby granted"));
    }, { scheme });
  }
  await open(`${folder}/sample.html`, (page) => accessible(page, "a small screen"), { width: 390, height: 800 });
}

export async function colours_follow_the_system_and_the_switch(folder) {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  let light;
  await open(`${folder}/sample.html`, async (page) => {
    light = await ground(page);
    await page.selectOption("#theme", "dark");
    assert.notEqual(await ground(page), light);
  });
  await open(`${folder}/sample.html`, async (page) => {
    assert.notEqual(await ground(page), light);
    await page.selectOption("#theme", "light");
    assert.equal(await ground(page), light);
  }, { scheme: "dark" });
}

export async function it_speaks_norwegian(folder) {
  await open(`${folder}/norwegian.html`, async (page) => {
    assert.equal(await page.getAttribute("html", "lang"), "nb");
    assert.equal(await page.getAttribute("#find", "placeholder"), "Finn en aktør");
    assert.equal(await text(page, "h1"), "Hamas");
  });
}

export async function a_choice_has_an_address(folder) {
  await open(`${folder}/sample.html`, async (page) => assert.equal(await text(page, ".detail h2"), "Hamas"), { hash: "#actor=hamas" });
}
