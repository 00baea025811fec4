"use strict";
// Countries as nodes; a line for every pair that shares projects, the wider the more of them.

const VIEW_HELP = "Every line joins two countries that share projects: both are involved in them, host them, or are home to institutions that take part. Choose a line or a pair to see the projects, their institutions and dates.";
const sheet = document.getElementById("sheet");
const MARGIN = 80;
const MOST_PAIRS = 250; // lines; more could not be told apart
let sortedPairs = [];

const figures = []; // by node, for arrange.js
const positions = arrangeCountries();

function arrangeCountries() {
  const pairs = [...countryPairs(statements).values()].map(({ ends }) => ends);
  const joined = [...new Set(pairs.flat())];
  joined.forEach((index, order) => {
    const turn = (order / joined.length) * 2 * Math.PI;
    const label = nodes[index].name;
    figures[index] = { x: 300 * Math.cos(turn), y: 200 * Math.sin(turn), size: 13, lines: [label.length > 24 ? `${label.slice(0, 23)}…` : label] };
  });
  return joined.length ? arrange(joined, pairs) : new Map();
}

// The countries of what is chosen: both of a pair, all of a project.
function chosenCountries(place, passing) {
  if (place?.type === "countries") return place.ends;
  if (place?.type !== "entity") return [];
  if (nodes[place.index].kind === "Country") return [place.index];
  const ties = countriesOfProjects(passing.statements).get(place.index);
  return ties ? [...ties.keys()] : [];
}

function drawView(passing, place) {
  const all = [...countryPairs(passing.statements).values()].filter(({ ends }) => ends.every((end) => passing.nodes.has(end)));
  sortedPairs = all.sort((one, other) => pairWeight(other) - pairWeight(one));
  const sharing = new Set(all.flatMap(({ ends }) => ends));
  const chosen = chosenCountries(place, passing).filter((index) => sharing.has(index));
  // Of one country every line, of several those between them.
  const isChosen = ({ ends }) => (chosen.length === 1 ? ends.includes(chosen[0]) : ends.every((end) => chosen.includes(end)));
  const pairs = all.filter((pair, order) => order < MOST_PAIRS || isChosen(pair));
  const lit = chosen.length ? new Set([...chosen, ...pairs.filter(isChosen).flatMap(({ ends }) => ends)]) : null;

  const lines = pairs.map((pair) => lineGroup(pair, { isChosen: isChosen(pair), isDim: lit !== null && !isChosen(pair) }));
  const shapes = [...sharing].sort((one, other) => one - other).map((index) => countryGroup(index, { isChosen: chosen.includes(index), isDim: lit !== null && !lit.has(index) }));
  makeRoving(lines, (order) => change({ at: pairKey(pairs[order].ends) }));
  const box = boundsOf([...positions.values()]);
  sheet.replaceChildren(svgElement("svg", { viewBox: `${box.left} ${box.top} ${box.width} ${box.height}` }, ...lines, ...shapes));
  scaleSheet();
  sayWhatIsDrawn(passing, sharing, pairs.length);
  sayIfEmpty(!pairs.length);
}

function sayWhatIsDrawn(passing, sharing, drawnPairs) {
  const pairWords = plural(sortedPairs.length, "pair");
  const alone = [...passing.nodes].filter((index) => nodes[index].kind === "Country" && !sharing.has(index)).length;
  document.getElementById("drawn").textContent = [
    plural(sharing.size, "country", "countries"),
    `, ${drawnPairs < sortedPairs.length ? `the ${drawnPairs} of ${pairWords} that share most` : pairWords}`,
    alone ? `; ${plural(alone, "more country shares", "more countries share")} none` : "",
  ].join("");
}

function boundsOf(spots) {
  const xs = spots.map(({ x }) => x);
  const ys = spots.map(({ y }) => y);
  const [left, top] = [Math.min(0, ...xs) - MARGIN, Math.min(0, ...ys) - MARGIN / 2];
  return { left, top, width: Math.max(0, ...xs) + MARGIN - left, height: Math.max(0, ...ys) + MARGIN - top };
}

function lineGroup(pair, { isChosen, isDim }) {
  const [one, other] = pair.ends.map((end) => positions.get(end));
  const ends = { x1: one.x, y1: one.y, x2: other.x, y2: other.y };
  const width = pair.projects.length ? 1 + 1.5 * Math.sqrt(pair.projects.length) : 1.5;
  const words = `${nodes[pair.ends[0]].name} – ${nodes[pair.ends[1]].name}: ${pairSummary(pair)}`;
  const classes = ["line", isChosen && "chosen", !pair.projects.length && "stated"].filter(Boolean).join(" ");
  const parts = [
    svgElement("title", {}, words),
    svgElement("line", { ...ends, class: classes, "stroke-width": width.toFixed(1) }),
    svgElement("line", { ...ends, class: "target" }),
  ];
  if (pair.projects.length > 1 || isChosen) {
    parts.push(svgElement("text", { class: "small soft ringed", x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 + 4, "text-anchor": "middle" }, String(pair.projects.length || "")));
  }
  return svgElement("g", { class: isDim ? "pair dim" : "pair" }, ...parts);
}

function countryGroup(index, { isChosen, isDim }) {
  const { x, y } = positions.get(index);
  const made = svgElement("g", { class: isDim ? "country dim" : "country" },
    svgElement("path", { d: shapePath(kinds.Country.shape, x, y, figures[index].size), class: `fill-Country${isChosen ? " ring" : ""}` }),
    svgElement("text", { class: isChosen ? "bold ringed" : "ringed", x, y: y + figures[index].size + 13, "text-anchor": "middle" }, figures[index].lines[0]));
  made.addEventListener("click", () => goTo(nodes[index].key));
  return made;
}

// As large as the window allows, but never so small that names cannot be read: then the sheet scrolls.
function scaleSheet() {
  const svg = sheet.querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  const scale = Math.max(0.7, Math.min(1.5, (sheet.clientWidth - 18) / width, (sheet.clientHeight - 62) / height));
  svg.setAttribute("width", Math.floor(width * scale));
  svg.setAttribute("height", Math.floor(height * scale));
}

function viewOverview() {
  return sortedPairs.length ? section("Pairs of countries", list(sortedPairs, countryPairButton, { shown: 12, className: "compact" })) : [];
}

function viewActions() {
  return [];
}

function viewPicture() {
  return sheet.querySelector("svg");
}

function startView() {
  new ResizeObserver(() => sheet.querySelector("svg") && scaleSheet()).observe(sheet);
}

function repaint() {}
