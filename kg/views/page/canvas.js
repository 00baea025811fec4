"use strict";
// The drawing: vis-network draws shapes and lines; names are set here, as many as fit without touching.

const LABEL_SIZE = 12; // CSS pixels, at every zoom
const HUB_LABEL_SIZE = 14;
const LINE_LABEL_SIZE = 11;
const CLOSEST = 1.15; // no fit zooms in further

const stage = document.getElementById("drawing");
// Names are drawn below, so vis-network gets none.
const shapes = new vis.DataSet(drawing.nodes.map(({ label, ...shape }) => shape));
const lines = new vis.DataSet(drawing.edges);
const network = new vis.Network(stage, { nodes: shapes, edges: lines }, drawing.options);
const labelLines = new Map(drawing.nodes.map((shape) => [shape.id, shape.label.split("\n")]));
const lineWidths = new Map();
const radius = new Map(drawing.nodes.map((shape) => [shape.id, shape.size]));

let shown = new Set(); // nodes that are drawn
let lit = null; // nodes that stand out, or null when all do
let chosen = []; // nodes whose names come first
let colors = {};
let fitted = null; // nodes that the view was last fitted to, until somebody moves it

function readColors() {
  const style = getComputedStyle(document.documentElement);
  colors = Object.fromEntries(["back", "text", "soft", "edge", "accent"].map((key) => [key, style.getPropertyValue(`--${key}`).trim()]));
}

function applyColors() {
  readColors();
  network.setOptions({
    nodes: { color: { border: colors.back }, chosen: { node: chosenNode } },
    edges: { color: { color: colors.edge, highlight: colors.accent, hover: colors.accent, inherit: false } },
  });
}

function chosenNode(values, id, selected) {
  if (selected) {
    values.borderColor = colors.text;
    values.borderWidth = 3;
  }
}

// What the lines at the chosen entity say, where there is room for it.
function lineWords(line) {
  const words = statementsBetween.get(pairOf(line.from, line.to)).map((statement) => relations.get(statement.predicate)[0]);
  const distinct = [...new Set(words)];
  return distinct.length > 2 ? `${distinct[0]} …` : distinct.join(", ");
}

// The width of a line of text at a font size of one pixel; measuring is slow, so each is measured once.
function lineWidth(context, line) {
  if (!lineWidths.has(line)) {
    context.font = "bold 100px system-ui, sans-serif";
    lineWidths.set(line, context.measureText(line).width / 100);
  }
  return lineWidths.get(line);
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

// Names are set in screen space, the most important first; one that would touch another stays out.
function drawLabels(context) {
  const scale = network.getScale();
  const origin = network.DOMtoCanvas({ x: 0, y: 0 });
  const positions = network.getPositions();
  const taken = [];
  const onScreen = (index) => ({
    x: (positions[index].x - origin.x) * scale,
    y: (positions[index].y - origin.y) * scale,
  });
  const write = (lines, x, top, { size, weight = "normal", color = colors.text, reserve = 0, always = false }) => {
    const half = (Math.max(...lines.map((line) => lineWidth(context, line))) * size) / 2 + 4;
    const box = { left: x - half, right: x + half, top: top - reserve, bottom: top + lines.length * size * 1.15 + 3 };
    if (box.right < 0 || box.bottom < 0 || box.left > stage.clientWidth || box.top > stage.clientHeight) return;
    if (!always && taken.some((other) => overlap(box, other))) return;
    taken.push(box);
    context.font = `${weight} ${size / scale}px system-ui, sans-serif`;
    context.fillStyle = color;
    lines.forEach((line, row) => {
      const place = [origin.x + x / scale, origin.y + (top + row * size * 1.15) / scale];
      context.strokeText(line, ...place);
      context.fillText(line, ...place);
    });
  };
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.strokeStyle = colors.back;
  context.lineWidth = 3.5 / scale;
  for (const index of new Set([...chosen, ...byImportance])) {
    if (!shown.has(index) || (lit && !lit.has(index))) continue;
    const { x, y } = onScreen(index);
    const height = radius.get(index) * scale;
    const always = chosen.includes(index);
    const size = always || degree(index) > 7 ? HUB_LABEL_SIZE : LABEL_SIZE;
    write(labelLines.get(index), x, y + height + 2, { size, weight: always ? "bold" : "normal", reserve: 2 * height, always });
  }
  if (!chosen.length) return;
  for (const line of drawing.edges) {
    if (line.hidden || !touchesChosen(line) || (lit && !(lit.has(line.from) && lit.has(line.to)))) continue;
    const [one, other] = [onScreen(line.from), onScreen(line.to)];
    write([lineWords(line)], (one.x + other.x) / 2, (one.y + other.y) / 2 - 6, { size: LINE_LABEL_SIZE, color: colors.soft });
  }
}

// Draw these nodes and the lines between them; let some of them stand out.
function draw(visible, standingOut) {
  shown = visible;
  lit = standingOut;
  const changedShapes = [];
  for (const shape of drawing.nodes) {
    const hidden = !visible.has(shape.id);
    const opacity = !lit || lit.has(shape.id) ? 1 : 0.15;
    if ((shape.hidden ?? false) === hidden && (shape.opacity ?? 1) === opacity) continue;
    Object.assign(shape, { hidden, opacity });
    changedShapes.push({ id: shape.id, hidden, opacity });
  }
  const changedLines = [];
  for (const line of drawing.edges) {
    const hidden = !visible.has(line.from) || !visible.has(line.to);
    const opacity = !lit || (lit.has(line.from) && lit.has(line.to) && touchesChosen(line)) ? 1 : 0.12;
    const width = chosen.length && opacity === 1 ? 1.8 : 1;
    if ((line.hidden ?? false) === hidden && (line.opacity ?? 1) === opacity && (line.width ?? 1) === width) continue;
    Object.assign(line, { hidden, opacity, width });
    changedLines.push({ id: line.id, hidden, width, color: { opacity } });
  }
  shapes.update(changedShapes);
  lines.update(changedLines);
}

function touchesChosen(line) {
  return !chosen.length || chosen.includes(line.from) || chosen.includes(line.to);
}

// Bring these nodes into view, with room for their names at the edges.
function fit(indices, { animate = true } = {}) {
  fitted = [...indices];
  if (!fitted.length) return;
  const positions = network.getPositions(fitted);
  const xs = Object.values(positions).map((position) => position.x);
  const ys = Object.values(positions).map((position) => position.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = { x: stage.clientWidth * 0.86, y: stage.clientHeight * 0.86 };
  const scale = Math.min(CLOSEST, room.x / Math.max(right - left, 1), room.y / Math.max(bottom - top, 1));
  const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale,
    animation: still ? false : { duration: 350, easingFunction: "easeInOutQuad" },
  });
}

function forgetFit() {
  fitted = null;
}

function refit() {
  if (fitted) fit(fitted, { animate: false });
}

function zoomBy(factor) {
  forgetFit();
  network.moveTo({ scale: network.getScale() * factor });
}

function onCanvasClick({ nodes: [node], edges: [line] }) {
  if (node !== undefined) goTo(nodes[node].key);
  else if (line !== undefined) {
    const { from, to } = lines.get(line);
    goTo(statementsBetween.get(pairOf(from, to))[0].key);
  } else goTo("");
}

network.on("afterDrawing", drawLabels);
network.on("click", onCanvasClick);
network.on("dragStart", forgetFit);
network.on("zoom", forgetFit);
network.on("resize", () => setTimeout(refit)); // vis-network first puts back the view that it had
network.on("hoverNode", () => { stage.style.cursor = "pointer"; });
network.on("hoverEdge", () => { stage.style.cursor = "pointer"; });
network.on("blurNode", () => { stage.style.cursor = ""; });
network.on("blurEdge", () => { stage.style.cursor = ""; });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyColors);
