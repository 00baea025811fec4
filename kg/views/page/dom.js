"use strict";
// Making elements. Text goes in as text nodes only, so nothing from an article can become markup.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function button(attributes, onClick, ...children) {
  const made = element("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", onClick);
  return made;
}

const SWATCH_PATHS = {
  dot: "M8 2a6 6 0 1 0 0.001 0z",
  diamond: "M8 1l7 7-7 7-7-7z",
  square: "M2.5 2.5h11v11h-11z",
  triangle: "M8 2l7 12H1z",
};

function swatch(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SWATCH_PATHS[kinds[kind].shape]);
  path.setAttribute("class", `fill-${kind}`);
  svg.append(path);
  return svg;
}

// Names may be written from right to left, or hold marks that turn the text around them: keep each to itself.
function name(text) {
  return element("bdi", {}, text);
}

function entityButton(index) {
  return button({ class: "link" }, () => goTo(nodes[index].key), swatch(nodes[index].kind), name(nodes[index].name));
}

function sourceButton(index) {
  return button({ class: "link" }, () => goTo(sources[index].key), name(sources[index].title));
}

// A list that shows its first items and offers the rest.
function list(items, makeItem, { shown = 8, className = "" } = {}) {
  const made = element("ul", { class: className });
  const add = (some) => made.append(...some.map((item) => element("li", {}, makeItem(item))));
  // One more than the limit is shown at once: a button for a single item helps nobody.
  const cut = items.length > shown + 1 ? shown : items.length;
  add(items.slice(0, cut));
  if (cut < items.length) {
    const more = button({}, () => {
      rest.remove();
      add(items.slice(cut));
      made.children[cut].querySelector("button")?.focus();
    }, `Show ${items.length - cut} more`);
    const rest = element("li", {}, more);
    made.append(rest);
  }
  return made;
}

// Many things of one kind in a drawing: one of them is a stop of the Tab key, the arrow keys go on from there.
function makeRoving(items, open) {
  items.forEach((item, place) => {
    item.setAttribute("tabindex", place ? "-1" : "0");
    item.setAttribute("role", "button");
    item.addEventListener("click", () => open(place));
    item.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (event.key === "Enter" || event.key === " ") open(place);
      else if (step) {
        const next = items[(place + step + items.length) % items.length];
        item.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
      } else return;
      event.preventDefault();
    });
  });
}
