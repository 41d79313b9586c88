// Light and dark: as the system says, or as chosen here.

import { el } from "./dom.js";
import { t } from "./words.js";

const NIGHT = matchMedia("(prefers-color-scheme: dark)");

export class Theme {
  constructor(changed) {
    this.asked = remembered();
    this.select = el("select", { id: "theme", onchange: () => {
      this.asked = this.select.value;
      try {
        localStorage.setItem("kilde-theme", this.asked);
      } catch {
        // A page without a place of its own remembers nothing.
      }
      this.apply();
      changed();
    } }, ...["auto", "light", "dark"].map((name) => el("option", { value: name, ".selected": name === this.asked }, t(name))));
    this.element = el("span", { class: "field" }, el("label", { class: "away", for: "theme" }, t("theme")), this.select);
    NIGHT.addEventListener("change", () => {
      this.apply();
      changed();
    });
    this.apply();
  }

  get dark() {
    return this.asked === "dark" || (this.asked === "auto" && NIGHT.matches);
  }

  apply() {
    document.documentElement.dataset.theme = this.dark ? "dark" : "light";
  }
}

function remembered() {
  try {
    const name = localStorage.getItem("kilde-theme");
    return ["light", "dark"].includes(name) ? name : "auto";
  } catch {
    return "auto";
  }
}
