"use strict";
// The network: which part of it is drawn, and where its nodes stand. What draws it is in draw-vis.js or
// draw-force.js; each gives makeRenderer and readFigures.

const MOST_TELLING = 48; // entities that the page opens with: as many names as a window holds
const PARTNERS = 12; // of one project, in that first view
const MOST_NEAR = 120; // entities in the surroundings of one
const CLOSEST = 1.15; // no fit zooms in further

const VIEW_HELP = "Click a shape or a line in the drawing, or search for a name, to read the facts and where they were found. A double click on a shape brings in its neighbours.";
const stage = document.getElementById("drawing");
const { figures, edges } = readFigures(readJson("drawing-data"));
let colors = {};
let drawn = { shown: new Map(), edges: [], lit: null, chosen: [] };
let fitted = null; // nodes that the view was last fitted to, until somebody moves it
let lastArranged = { key: "", positions: null };
let renderer = null;

function readColors() {
  const style = getComputedStyle(document.documentElement);
  const names = ["back", "text", "soft", "edge", "accent", ...kindNames];
  colors = Object.fromEntries(names.map((key) => [key, style.getPropertyValue(`--${key}`).trim()]));
}

// The edge that each statement belongs to, looked up once: filters need it for all of them.
const edgeOf = new Int32Array(statements.length).fill(-1);
edges.forEach(({ from, to }, edge) => {
  for (const { index } of statementsBetween.get(pairOf(from, to))) edgeOf[index] = edge;
});

// The edges that some passing statement supports.
function edgesIn(passing) {
  const stated = new Uint8Array(edges.length);
  for (const { index } of passing.statements) if (edgeOf[index] >= 0) stated[edgeOf[index]] = 1;
  return edges.filter((_, edge) => stated[edge]);
}

// Node -> its neighbours, the best connected first.
function neighboursIn(passing, stated) {
  const neighbours = new Map([...passing.nodes].map((index) => [index, []]));
  for (const { from, to } of stated) {
    neighbours.get(from).push(to);
    neighbours.get(to).push(from);
  }
  for (const list of neighbours.values()) if (list.length > 1) list.sort((one, other) => importance[one] - importance[other]);
  return neighbours;
}

// The most telling part: the projects with the most partners first (other entities where there are no
// projects), each with its best connected partners, as long as there is room.
function mostTelling(passing, neighbours) {
  const joined = [...passing.nodes].filter((index) => neighbours.get(index).length);
  if (joined.length <= MOST_TELLING) return new Set(joined.length ? joined : [...passing.nodes].slice(0, MOST_TELLING));
  const projects = joined.filter((index) => nodes[index].kind === "Project");
  const seeds = (projects.length ? projects : joined).sort((one, other) => neighbours.get(other).length - neighbours.get(one).length || byDegree(one, other));
  const part = new Set();
  for (const seed of seeds) {
    const group = [seed, ...neighbours.get(seed).slice(0, PARTNERS)].filter((index) => !part.has(index));
    if (part.size + group.length <= MOST_TELLING) group.forEach((index) => part.add(index));
  }
  return part;
}

// What is joined to `centre` by at most `hops` lines: the nearest first, the best connected before others.
function surroundings(centre, hops, neighbours) {
  const part = new Set([centre]);
  let ring = [centre];
  for (let hop = 0; hop < hops; hop += 1) {
    ring = [...new Set(ring.flatMap((index) => neighbours.get(index) ?? []))].filter((index) => !part.has(index)).sort(byDegree);
    ring.forEach((index) => part.add(index));
  }
  return part;
}

// The nodes to draw as steps: each is arranged around those before it.
function stepsOf(passing, neighbours, place, ends) {
  const steps = [];
  if (state.view === "near" && place?.type === "entity") {
    const all = surroundings(place.index, Number(state.hops) || 1, neighbours);
    steps.push(new Set([...all].slice(0, MOST_NEAR)));
    steps.total = all.size;
  } else steps.push(mostTelling(passing, neighbours));
  const have = new Set(steps[0]);
  const add = (index) => {
    const fresh = [index, ...(neighbours.get(index) ?? []).slice(0, MOST_TELLING)].filter((other) => !have.has(other));
    if (!fresh.length) return;
    fresh.forEach((other) => have.add(other));
    steps.push(new Set(fresh));
  };
  for (const key of keysIn(state.open)) if (places.get(key)?.type === "entity") add(places.get(key).index);
  if (place?.type === "article") mentionsIn[place.index].filter((index) => passing.nodes.has(index)).slice(0, MOST_NEAR).forEach((index) => { if (!have.has(index)) { have.add(index); steps.push(new Set([index])); } });
  else ends.filter((index) => !have.has(index)).forEach(add);
  return steps;
}

// Send away what hangs on the chosen nodes alone.
function withoutShut(members, neighbours, ends) {
  for (const key of keysIn(state.shut)) {
    const shut = places.get(key);
    if (shut?.type !== "entity" || !members.has(shut.index)) continue;
    for (const other of neighbours.get(shut.index) ?? []) {
      const stays = (neighbours.get(other) ?? []).some((third) => third !== shut.index && members.has(third));
      if (!stays && !ends.includes(other)) members.delete(other);
    }
  }
  return members;
}

function arrangeSteps(steps, neighbours) {
  const key = JSON.stringify(steps.map((step) => [...step]));
  if (lastArranged.key === key) return lastArranged.positions;
  let positions = new Map();
  const members = new Set();
  for (const step of steps) {
    step.forEach((index) => members.add(index));
    const pairs = [...members].flatMap((index) => (neighbours.get(index) ?? []).filter((other) => index < other && members.has(other)).map((other) => [index, other]));
    positions = arrange(members, pairs, positions);
    if (members.size > MOST_ARRANGED) break;
  }
  lastArranged = { key, positions };
  return positions;
}

function positionsFor(passing, neighbours, place, ends) {
  if (state.view === "all") {
    const members = withoutShut(new Set([...passing.nodes, ...ends]), neighbours, ends);
    return { positions: new Map([...members].map((index) => [index, figures[index]])), total: members.size };
  }
  const steps = stepsOf(passing, neighbours, place, ends);
  const positions = arrangeSteps(steps, neighbours);
  const members = withoutShut(new Set(positions.keys()), neighbours, ends);
  return { positions: new Map([...positions].filter(([index]) => members.has(index))), total: steps.total ?? members.size };
}

function standingOut(place, ends) {
  if (place?.type === "entity") return new Set([...ends, ...neighboursOf[place.index]]);
  if (place?.type === "pair" || place?.type === "countries") return new Set(ends);
  if (place?.type === "article") return new Set(mentionsIn[place.index]);
  return null;
}

function endsOf(place) {
  if (place?.type === "entity") return [place.index];
  if (place?.type === "pair") return place.pair.split(" ").map(Number);
  return place?.ends ?? [];
}

let fittedView = "";

function drawView(passing, place) {
  const ends = endsOf(place);
  const stated = edgesIn(passing);
  const neighbours = neighboursIn(passing, stated);
  const { positions, total } = positionsFor(passing, neighbours, place, ends);
  const visible = stated.filter(({ from, to }) => positions.has(from) && positions.has(to));
  const lit = state.view === "near" ? null : standingOut(place, ends);
  drawn = { shown: positions, edges: visible, lit, chosen: ends };
  renderer.draw(drawn);
  const view = JSON.stringify([state.view, state.hops, state.view === "near" && state.at, state.open, ...FILTERS.map((key) => state[key])]);
  const litShown = lit ? [...lit].filter((index) => positions.has(index)) : [];
  if (litShown.length && (view === fittedView || !fittedView)) fit(litShown);
  else if (view !== fittedView) fit([...positions.keys()]);
  fittedView = view;
  sayWhatIsDrawn(passing, neighbours, positions, total);
}

function sayWhatIsDrawn(passing, neighbours, positions, total) {
  const joined = [...neighbours.values()].filter((list) => list.length).length;
  const near = state.view === "near" && chosenPlace()?.type === "entity";
  for (const made of document.querySelectorAll("[data-view]")) {
    made.setAttribute("aria-pressed", String(made.dataset.view === (near || state.view !== "near" ? state.view : "")));
    if (made.dataset.view === "near") made.hidden = !near;
  }
  const whole = state.view === "all" ? plural(positions.size, "entity", "entities") : `${positions.size} of ${plural(near ? total : Math.max(joined, positions.size), near ? "entity nearby" : "connected entity", near ? "entities nearby" : "connected entities")}`;
  const rule = !near && state.view !== "all" && joined > MOST_TELLING ? ": projects with the most partners" : "";
  document.getElementById("drawn").textContent = whole + rule;
  sayIfEmpty(!positions.size);
}

// Bring these nodes into view, with room for their names at the edges.
function fit(indices, { animate = true } = {}) {
  fitted = indices.filter((index) => drawn.shown.has(index));
  if (!fitted.length) return;
  const xs = fitted.map((index) => drawn.shown.get(index).x);
  const ys = fitted.map((index) => drawn.shown.get(index).y);
  const [left, right, top, bottom] = [xs, xs, ys, ys].map((list, side) => list.reduce((one, other) => (side % 2 ? Math.max(one, other) : Math.min(one, other))));
  const room = { x: stage.clientWidth * 0.84, y: stage.clientHeight * 0.84 - 30 };
  const scale = Math.min(CLOSEST, room.x / Math.max(right - left, 1), room.y / Math.max(bottom - top, 1));
  const still = !animate || drawn.shown.size > 1000 || matchMedia("(prefers-reduced-motion: reduce)").matches;
  renderer.moveTo({ x: (left + right) / 2, y: (top + bottom) / 2 }, scale, !still);
}

function forgetFit() {
  fitted = null;
}

function refit() {
  if (fitted) fit(fitted, { animate: false });
}

function labelsNow(context) {
  const { origin, scale } = renderer.camera();
  const onScreen = (index) => {
    const { x, y } = drawn.shown.get(index);
    return { x: (x - origin.x) * scale, y: (y - origin.y) * scale };
  };
  const window = { width: stage.clientWidth, height: stage.clientHeight, origin, scale, onScreen };
  return { labels: chooseLabels(context, { ...drawn, ...window }), ...window };
}

function drawLabels(context) {
  if (!renderer) return; // a library may draw once while it is being made
  const { labels, ...window } = labelsNow(context);
  writeLabels(context, labels, window);
}

const onDrawing = {
  node: (index) => goTo(nodes[index].key),
  line: ({ from, to }) => goTo(statementsBetween.get(pairOf(from, to))[0].key),
  nothing: () => goTo(""),
  open: (index) => toggleOpen(index),
  moved: forgetFit,
  resized: refit,
  afterDrawing: drawLabels,
};

function toggleOpen(index) {
  const { key } = nodes[index];
  const open = keysIn(state.open);
  const changed = open.includes(key) ? open.filter((other) => other !== key) : [...open, key];
  change({ open: changed.join(" "), shut: keysIn(state.shut).filter((other) => other !== key).join(" ") });
}

function toggleShut(index) {
  const { key } = nodes[index];
  const shut = keysIn(state.shut);
  const changed = shut.includes(key) ? shut.filter((other) => other !== key) : [...shut, key];
  change({ shut: changed.join(" "), open: keysIn(state.open).filter((other) => other !== key).join(" ") });
}

// What the panel offers for an entity, beside its facts.
function viewActions(place) {
  if (place?.type !== "entity") return [];
  const { index } = place;
  const { key } = nodes[index];
  const missing = [...neighboursOf[index]].filter((other) => !drawn.shown.has(other)).length;
  const actions = [1, 2, 3].map((hops) => button(
    { "aria-pressed": String(state.view === "near" && (state.hops || "1") === String(hops)) },
    () => change({ view: "near", at: key, hops: hops === 1 ? "" : String(hops) }),
    hops === 1 ? "Only its neighbours" : `${hops} steps`,
  ));
  if (missing || keysIn(state.open).includes(key)) {
    actions.push(button({}, () => toggleOpen(index), missing ? `Expand (${missing} more)` : "Collapse"));
  }
  const isShut = keysIn(state.shut).includes(key);
  if (isShut || degree(index) > 1) actions.push(button({ "aria-pressed": String(isShut) }, () => toggleShut(index), isShut ? "Bring back what hangs on it" : "Hide what hangs on it"));
  return actions;
}

function onStageKey(event) {
  const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
  if (step) renderer.panBy(...step);
  else if (event.key === "+" || event.key === "=") zoomBy(1.4);
  else if (event.key === "-") zoomBy(1 / 1.4);
  else if (event.key === "0") fit([...drawn.shown.keys()]);
  else return;
  event.preventDefault();
}

function zoomBy(factor) {
  forgetFit();
  renderer.zoomBy(factor);
}

function startView() {
  readColors();
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-label", "Drawing of the network. Arrow keys move it, plus and minus zoom, 0 fits it. Search and panel reach everything in it.");
  renderer = makeRenderer(stage, onDrawing);
  stage.addEventListener("keydown", onStageKey);
  document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.4));
  document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  document.getElementById("zoom-fit").addEventListener("click", () => fit([...drawn.shown.keys()]));
  for (const made of document.querySelectorAll("[data-view]")) {
    made.addEventListener("click", () => change({ view: made.dataset.view, open: "", shut: "", hops: "" }));
  }
}

function repaint() {
  readColors();
  renderer.recolor();
}

function viewOverview() {
  return [];
}

// What the window shows, drawn anew, so that both libraries give the same picture.
function viewPicture() {
  const context = document.createElement("canvas").getContext("2d");
  const { labels, origin, scale, onScreen, width, height } = labelsNow(context);
  const svg = svgElement("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const isDim = (index) => drawn.lit && !drawn.lit.has(index);
  for (const { from, to } of drawn.edges) {
    const [one, other] = [onScreen(from), onScreen(to)];
    const isChosen = drawn.chosen.includes(from) || drawn.chosen.includes(to);
    const classes = ["line", isChosen && "chosen", (isDim(from) || isDim(to)) && "dim"].filter(Boolean).join(" ");
    svg.append(svgElement("line", { class: classes, x1: one.x.toFixed(1), y1: one.y.toFixed(1), x2: other.x.toFixed(1), y2: other.y.toFixed(1) }));
  }
  for (const index of drawn.shown.keys()) {
    const { x, y } = onScreen(index);
    const { kind } = nodes[index];
    const classes = [`fill-${kind}`, drawn.chosen.includes(index) && "ring", isDim(index) && "dim"].filter(Boolean).join(" ");
    svg.append(svgElement("path", { class: classes, d: shapePath(kinds[kind].shape, x, y, Math.max(1.5, figures[index].size * scale)) }));
  }
  for (const { lines, x, top, size, weight, color } of labels) {
    lines.forEach((line, row) => {
      const classes = ["ringed", color === "soft" && "soft small", weight === "bold" && "bold", size > 12 && "big"].filter(Boolean).join(" ");
      svg.append(svgElement("text", { class: classes, x: x.toFixed(1), y: (top + size + row * size * 1.15).toFixed(1), "text-anchor": "middle" }, line));
    });
  }
  return svg;
}
