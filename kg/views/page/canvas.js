"use strict";
// The drawing: vis-network draws shapes and lines; names are set here, as many as fit without touching.

const LABEL_SIZE = 12; // CSS pixels, at every zoom
const HUB_LABEL_SIZE = 14;
const MARGIN = { x: 70, y: 40 }; // CSS pixels
const CLOSEST = 1.15; // no fit zooms in further

const stage = document.getElementById("drawing");
// Names are drawn below, so vis-network gets none.
const shapes = new vis.DataSet(drawing.nodes.map(({ label, ...shape }) => shape));
const lines = new vis.DataSet(drawing.edges);
const network = new vis.Network(stage, { nodes: shapes, edges: lines }, drawing.options);
const labelLines = new Map(drawing.nodes.map((shape) => [shape.id, shape.label.split("\n")]));
const radius = new Map(drawing.nodes.map((shape) => [shape.id, shape.size]));

let shown = new Set(); // nodes that are drawn
let lit = null; // nodes that stand out, or null when all do
let chosen = []; // nodes whose names come first
let colors = {};

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

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

// Names are set in screen space, the most important first; one that would touch another stays out.
function drawLabels(context) {
  const scale = network.getScale();
  const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
  const taken = [];
  const order = [...chosen, ...byImportance];
  const drawn = new Set();
  const positions = network.getPositions();
  const { clientWidth, clientHeight } = stage;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const index of order) {
    if (!shown.has(index) || drawn.has(index) || (lit && !lit.has(index))) continue;
    const x = (positions[index].x - left) * scale;
    const y = (positions[index].y - top) * scale + radius.get(index) * scale + 2;
    if (x < -100 || y < -40 || x > clientWidth + 100 || y > clientHeight + 40) continue;
    const first = chosen.includes(index);
    const size = first || degree(index) > 7 ? HUB_LABEL_SIZE : LABEL_SIZE;
    const text = labelLines.get(index);
    const half = (Math.max(...text.map((line) => line.length)) * size * 0.55) / 2;
    const bottom = y + text.length * size * 1.15;
    const box = { left: x - half - 4, right: x + half + 4, top: y - 2 * radius.get(index) * scale, bottom: bottom + 3 };
    if (!first && taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    drawn.add(index);
    context.font = `${first ? "bold " : ""}${size / scale}px system-ui, sans-serif`;
    context.strokeStyle = colors.back;
    context.fillStyle = colors.text;
    context.lineWidth = 3.5 / scale;
    text.forEach((line, row) => {
      const place = [left + x / scale, top + (y + row * size * 1.15) / scale];
      context.strokeText(line, ...place);
      context.fillText(line, ...place);
    });
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
    if ((line.hidden ?? false) === hidden && (line.opacity ?? 1) === opacity) continue;
    Object.assign(line, { hidden, opacity });
    changedLines.push({ id: line.id, hidden, color: { opacity } });
  }
  shapes.update(changedShapes);
  lines.update(changedLines);
}

function touchesChosen(line) {
  return !chosen.length || chosen.includes(line.from) || chosen.includes(line.to);
}

// Bring these nodes into view, with room for their names at the edges.
function fit(indices, { animate = true } = {}) {
  const positions = network.getPositions([...indices]);
  const xs = Object.values(positions).map((position) => position.x);
  const ys = Object.values(positions).map((position) => position.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(
    CLOSEST,
    Math.max(stage.clientWidth - 2 * MARGIN.x, 100) / Math.max(right - left, 1),
    Math.max(stage.clientHeight - 2 * MARGIN.y, 100) / Math.max(bottom - top, 1),
  );
  const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale,
    animation: still ? false : { duration: 350, easingFunction: "easeInOutQuad" },
  });
}

function zoomBy(factor) {
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
network.on("hoverNode", () => { stage.style.cursor = "pointer"; });
network.on("hoverEdge", () => { stage.style.cursor = "pointer"; });
network.on("blurNode", () => { stage.style.cursor = ""; });
network.on("blurEdge", () => { stage.style.cursor = ""; });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyColors);
