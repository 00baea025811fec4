"use strict";
// The search box: a combobox over every name and alias, as the ARIA Authoring Practices describe it.

const MOST_MATCHES = 12;
const query = document.getElementById("query");
const matches = document.getElementById("matches");
const searchable = nodes.map((node) => [node.name, ...node.aliases].map((text) => ({ text, folded: folded(text) })));
let found = [];
let active = -1;

// Lower is better: the whole name, its start, the start of a word in it, anywhere in it.
function rank(text, wanted) {
  const at = text.indexOf(wanted);
  if (at < 0) return Infinity;
  if (text === wanted) return 0;
  if (at === 0) return 1;
  return text.includes(` ${wanted}`) || text.includes(`-${wanted}`) ? 2 : 3;
}

function search(text) {
  const wanted = folded(text);
  if (!wanted) return [];
  const hits = [];
  searchable.forEach((names, index) => {
    let best = { score: Infinity };
    for (const { text: shown, folded: other } of names) {
      const score = rank(other, wanted);
      if (score < best.score) best = { score, index, shown };
    }
    if (best.score < Infinity) hits.push(best);
  });
  hits.sort((one, other) => one.score - other.score || byDegree(one.index, other.index));
  return hits.slice(0, MOST_MATCHES);
}

function showMatches() {
  found = search(query.value);
  const options = found.map(({ index, shown }, position) => {
    const node = nodes[index];
    const also = shown === node.name ? "" : shown;
    const option = element("li", { role: "option", id: `match-${position}` }, swatch(node.kind), name(node.name), element("small", {}, name(also)));
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(position));
    return option;
  });
  if (!options.length && query.value.trim()) options.push(element("li", { role: "presentation" }, "No such name"));
  matches.replaceChildren(...options);
  matches.hidden = !options.length;
  query.setAttribute("aria-expanded", String(!matches.hidden));
  setActive(found.length ? 0 : -1);
}

function setActive(position) {
  active = position;
  [...matches.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === position)));
  if (position < 0) query.removeAttribute("aria-activedescendant");
  else {
    query.setAttribute("aria-activedescendant", `match-${position}`);
    matches.children[position].scrollIntoView({ block: "nearest" });
  }
}

function hideMatches() {
  matches.hidden = true;
  query.setAttribute("aria-expanded", "false");
  query.removeAttribute("aria-activedescendant");
}

function choose(position) {
  const { index } = found[position];
  query.value = "";
  hideMatches();
  query.blur();
  goTo(nodes[index].key);
}

function onSearchKey(event) {
  if (event.key === "Escape") {
    query.value = "";
    hideMatches();
    query.blur();
  } else if (event.key === "Enter" && active >= 0) choose(active);
  else if (event.key === "ArrowDown" && found.length) setActive((active + 1) % found.length);
  else if (event.key === "ArrowUp" && found.length) setActive((active + found.length - 1) % found.length);
  else return;
  event.preventDefault();
}

function onPageKey(event) {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    query.focus();
  }
}

query.addEventListener("input", showMatches);
query.addEventListener("focus", showMatches);
query.addEventListener("blur", hideMatches);
query.addEventListener("keydown", onSearchKey);
document.addEventListener("keydown", onPageKey);
