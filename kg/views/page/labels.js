"use strict";
// Names in the drawing: as many as fit without touching, the most important first, in letters of the same
// size at every zoom. The library that draws gives the context; its units are those of the drawing.

const LABEL_SIZE = 12; // CSS pixels
const HUB_LABEL_SIZE = 14;
const LINE_LABEL_SIZE = 11;
const MOST_LABELS = 260; // more could not be read, and measuring them takes time

const lineWidths = new Map();

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

// What the line between two nodes says, where there is room for it.
function lineWords({ from, to }) {
  const words = statementsBetween.get(pairOf(from, to)).map((statement) => relations.get(statement.predicate)[0]);
  const distinct = [...new Set(words)];
  return distinct.length > 2 ? `${distinct[0]} …` : distinct.join(", ");
}

// The labels to write, as { lines, x, top, size, weight, color }, in CSS pixels from the top left corner.
function chooseLabels(context, { shown, lit, chosen, edges, onScreen, width, height, scale }) {
  const taken = [];
  const labels = [];
  const add = (lines, x, top, { size, weight = "normal", color = "text", reserve = 0, always = false }) => {
    const half = (Math.max(...lines.map((line) => lineWidth(context, line))) * size) / 2 + 4;
    const box = { left: x - half, right: x + half, top: top - reserve, bottom: top + lines.length * size * 1.15 + 3 };
    if (box.right < 0 || box.bottom < 0 || box.left > width || box.top > height) return;
    if (!always && taken.some((other) => overlap(box, other))) return;
    taken.push(box);
    labels.push({ lines, x, top, size, weight, color });
  };
  for (const index of new Set([...chosen, ...byImportance])) {
    if (labels.length >= MOST_LABELS) break;
    if (!shown.has(index) || (lit && !lit.has(index))) continue;
    const { x, y } = onScreen(index);
    if (x < -200 || y < -60 || x > width + 200 || y > height + 60) continue;
    const radius = figures[index].size * scale;
    const always = chosen.includes(index);
    const size = always || degree(index) > 7 ? HUB_LABEL_SIZE : LABEL_SIZE;
    add(figures[index].lines, x, y + radius + 2, { size, weight: always ? "bold" : "normal", reserve: 2 * radius, always });
  }
  for (const edge of chosen.length ? edges : []) {
    if (!(chosen.includes(edge.from) || chosen.includes(edge.to)) || (lit && !(lit.has(edge.from) && lit.has(edge.to)))) continue;
    const [one, other] = [onScreen(edge.from), onScreen(edge.to)];
    add([lineWords(edge)], (one.x + other.x) / 2, (one.y + other.y) / 2 - 6, { size: LINE_LABEL_SIZE, color: "soft" });
  }
  return labels;
}

function writeLabels(context, labels, { origin, scale }) {
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.strokeStyle = colors.back;
  context.lineWidth = 3.5 / scale;
  for (const { lines, x, top, size, weight, color } of labels) {
    context.font = `${weight} ${size / scale}px system-ui, sans-serif`;
    context.fillStyle = colors[color];
    lines.forEach((line, row) => {
      const place = [origin.x + x / scale, origin.y + (top + row * size * 1.15) / scale];
      context.strokeText(line, ...place);
      context.fillText(line, ...place);
    });
  }
}
