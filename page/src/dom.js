// Elements from code. Whatever is shown goes in as text; nothing is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

// el("button", { class: "x", onclick }, "text", child): attributes by name, listeners as on…, properties with a dot.
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key.startsWith(".")) element[key.slice(1)] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

// Text of unknown origin and direction, kept from turning what stands around it.
export function foreign(text, attributes = {}) {
  return el("bdi", attributes, text);
}

// On one line, without what moves the cursor or turns the direction of writing: for canvases, titles and names of controls.
export function clean(text) {
  return text.replace(/[\p{Cc}\s]+/gu, " ").replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, "").trim();
}

export function cut(text, most) {
  const characters = Array.from(text.slice(0, most * 4));
  return characters.length <= most ? text : characters.slice(0, most).join("").trimEnd() + "…";
}

// Calls once things have been quiet for a while.
export function later(delay, call) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...values), delay);
  };
}
