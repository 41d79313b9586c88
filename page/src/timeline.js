// Claims over time, cooperation above conflict, and two handles that cut out a part of it.

import { el, svg } from "./dom.js";
import { days, isoOfDay } from "./model.js";
import { count, date, shortMonth, t } from "./words.js";

const HIGH = 46;
// No more bars than this.
const BARS = 320;

export class Timeline {
  constructor(data, state, changed) {
    Object.assign(this, { data, state, changed });
    const dated = data.claims.filter((claim) => claim.first !== undefined);
    this.undated = data.claims.length - dated.length;
    this.bins = dated.length ? bins(dated) : [];
    this.toneOf = new Map();
    for (const edge of data.edges) for (const claim of edge.told) this.toneOf.set(claim, edge.tone);
    this.plot = svg("svg", { class: "bars", role: "img", "aria-label": t("timeline"), preserveAspectRatio: "none" });
    this.axis = el("div", { class: "axis", "aria-hidden": "true" });
    this.title = el("output", { class: "small" });
    const last = Math.max(0, this.bins.length - 1);
    this.low = this.handle("from", 0, last, 0);
    this.high = this.handle("until", 0, last, last);
    const box = el("input", { type: "checkbox", id: "undated", ".checked": state.undated, onchange: () => {
      state.undated = box.checked;
      this.changed();
    } });
    this.box = box;
    this.element = el("section", { class: "timeline", "aria-labelledby": "time-title" },
      el("div", { class: "line" }, el("h2", { id: "time-title" }, t("time")), this.title, el("span", { class: "gap" }), this.undated > 0 && el("span", { class: "check" }, box, el("label", { for: "undated" }, t("undated", count(this.undated))))),
      this.bins.length > 0 && el("div", { class: "track" }, this.plot, this.low, this.high), this.bins.length > 0 && this.axis);
  }

  handle(name, min, max, value) {
    const input = el("input", { type: "range", class: `handle ${name}`, min, max, step: 1, ".value": value, "aria-label": t(name), oninput: () => this.moved(input) });
    return input;
  }

  moved(input) {
    let [low, high] = [Number(this.low.value), Number(this.high.value)];
    if (low > high) {
      if (input === this.low) low = high;
      else high = low;
      input.value = input === this.low ? low : high;
    }
    const whole = low === 0 && high === this.bins.length - 1;
    this.state.since = low === 0 ? null : this.bins[low].first;
    this.state.until = high === this.bins.length - 1 ? null : this.bins[high].last;
    if (whole) this.state.since = this.state.until = null;
    this.tell();
    this.changed();
  }

  reset() {
    [this.low.value, this.high.value] = [0, Math.max(0, this.bins.length - 1)];
    this.box.checked = true;
    this.tell();
  }

  tell() {
    if (!this.bins.length) return;
    const [low, high] = [Number(this.low.value), Number(this.high.value)];
    const [since, until] = [date(isoOfDay(this.bins[low].first)), date(isoOfDay(this.bins[high].last))];
    this.low.setAttribute("aria-valuetext", since);
    this.high.setAttribute("aria-valuetext", until);
    const whole = this.state.since === null && this.state.until === null;
    this.title.textContent = whole ? `${date(isoOfDay(this.bins[0].first))} – ${date(isoOfDay(this.bins.at(-1).last))}` : `${since} – ${until}`;
  }

  // Bars of the claims that pass the filters; what lies outside the handles is pale.
  show(seen, colours) {
    if (!this.bins.length) return;
    this.tell();
    const heights = this.bins.map(() => colours.tones.map(() => 0));
    for (const one of seen.passing) {
      for (const claim of one.claims) {
        if (claim.first === undefined) continue;
        // "In 2007" is as much in May as in June.
        const [from, to] = [this.place(claim.first), this.place(claim.last)].map((bin) => Math.max(0, bin));
        for (let bin = from; bin <= to; bin += 1) heights[bin][one.edge.tone] += 1 / (to - from + 1);
      }
    }
    const most = Math.max(1, ...heights.map((tones) => tones.reduce((sum, number) => sum + number, 0)));
    this.plot.setAttribute("viewBox", `0 0 ${this.bins.length} ${HIGH}`);
    const [low, high] = [Number(this.low.value), Number(this.high.value)];
    this.plot.replaceChildren(...heights.flatMap((tones, bin) => {
      let top = HIGH;
      return tones.map((number, tone) => {
        if (!number) return null;
        const tall = (number / most) * (HIGH - 2);
        top -= tall;
        return svg("rect", { x: bin + 0.08, width: 0.84, y: Math.max(0, top), height: tall, fill: colours.tones[tone].line, opacity: bin < low || bin > high ? 0.25 : 1 });
      }).filter(Boolean);
    }));
    this.drawAxis();
  }

  drawAxis() {
    const labels = [];
    let lastAt = -100;
    const room = Math.max(4, (56 / Math.max(300, this.element.clientWidth)) * this.bins.length);
    this.bins.forEach((bin, at) => {
      if (!bin.name || at - lastAt < room || at > this.bins.length - room / 2) return;
      lastAt = at;
      const label = el("span", {}, bin.name);
      label.style.left = `${(at / this.bins.length) * 100}%`;
      labels.push(label);
    });
    this.axis.replaceChildren(...labels);
  }

  place(day) {
    let [low, high] = [0, this.bins.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.bins[middle].first <= day) low = middle;
      else high = middle - 1;
    }
    return day >= this.bins[low].first ? low : -1;
  }
}

// Years, months or days, whichever are fine enough and not too many. Dates far from the rest share the outermost bars.
function bins(claims) {
  const firsts = claims.map((claim) => claim.first).sort((one, other) => one - other);
  let [from, to] = [firsts[0], Math.max(...claims.map((claim) => claim.last))];
  const near = firsts[Math.floor(firsts.length * 0.02)];
  if (to - from > 365 * 40 && to - near < (to - from) / 2) from = near;
  const [one, other] = [isoOfDay(from), isoOfDay(to)].map((iso) => iso.split("-").map(Number));
  const months = (other[0] - one[0]) * 12 + other[1] - one[1] + 1;
  const out = [];
  if (to - from < 62) {
    for (let day = from; day <= to; day += 1) out.push({ first: day, last: day, name: name(day, isoOfDay(day)) });
  } else if (months <= BARS && to - from < 365 * 27) {
    for (let month = one[1] - 1; month < one[1] - 1 + months; month += 1) out.push(span(one[0] + Math.floor(month / 12), month % 12, months <= 30));
  } else {
    const step = Math.max(1, Math.ceil((other[0] - one[0] + 1) / BARS));
    for (let year = one[0]; year <= other[0]; year += step) {
      out.push({ first: days(pad(year))[0], last: days(pad(year + step - 1))[1], name: String(year) });
    }
  }
  out[0].first = Math.min(out[0].first, firsts[0]);
  return out;
}

function span(year, month, fine) {
  const [first, last] = days(`${pad(year)}-${String(month + 1).padStart(2, "0")}`);
  return { first, last, name: month === 0 ? String(year) : fine && month % 3 === 0 ? shortMonth(month) : "" };
}

function name(day, iso) {
  const [, month, number] = iso.split("-").map(Number);
  return number === 1 || day % 7 === 0 ? `${number} ${shortMonth(month - 1)}` : "";
}

function pad(year) {
  return String(year).padStart(4, "0");
}
