"use strict";
// Projects over time: a row for each, with a mark for every date. A date that is only a year or a month is
// drawn as long as that lasts.

const VIEW_HELP = "Every row is a project, the latest first; its marks say when it was announced, signed, started and completed. An outline around a mark is as long as the date is vague: a year, or a month. Choose a row to read the sentences.";
const sheet = document.getElementById("sheet");
const ROW = 26;
const HEAD = 58;
const FIRST_ROWS = 150; // more are shown on demand
const FAR = 40; // years: what lies so much further off than the rest is set at the edge
const DATE_SHAPES = { announcedOn: "dot", signedOn: "diamond", startedOn: "triangle", completedOn: "square" };
let mostRows = FIRST_ROWS;

// Days of a partial date, as numbers: years with the day as a fraction.
function yearNumber(text) {
  const [year, month, day] = text.split("-").map(Number);
  return year + ((month ?? 1) - 1) / 12 + ((day ?? 1) - 1) / 372;
}

function datesIn(target) {
  const [year, month, day] = target.split("-").map(Number);
  const first = yearNumber(target);
  return { first, last: day ? first + 1 / 372 : month ? first + 1 / 12 : year + 1, isPartial: !day };
}

function rowsOf(passing) {
  const rows = new Map();
  for (const statement of passing.statements) {
    const { subject, target, predicate } = statement;
    if (!(predicate in DATE_SHAPES) || isEntity(target) || nodes[subject].kind !== "Project" || !/^\d{4}(-\d\d){0,2}$/.test(target)) continue;
    if (!rows.has(subject)) rows.set(subject, { project: subject, dates: [] });
    rows.get(subject).dates.push({ predicate, target, ...datesIn(target) });
  }
  for (const row of rows.values()) {
    row.dates.sort((one, other) => one.first - other.first || one.last - other.last);
    row.first = row.dates[0].first;
    row.last = Math.max(...row.dates.map(({ last }) => last));
  }
  return [...rows.values()].sort((one, other) => other.first - one.first || one.project - other.project);
}

// The years that the axis shows.
function axisRange(rows) {
  const firsts = rows.map((row) => row.first).sort((one, other) => one - other);
  const lasts = rows.map((row) => row.last).sort((one, other) => one - other);
  const usual = firsts[Math.floor(firsts.length * 0.05)];
  const late = lasts[Math.ceil(lasts.length * 0.95) - 1];
  const from = state.from ? yearNumber(state.from) : usual - firsts[0] > FAR ? usual - 2 : firsts[0];
  const to = state.to ? datesIn(state.to).last : lasts.at(-1) - late > FAR ? late + 2 : lasts.at(-1);
  return [Math.floor(from), Math.max(Math.ceil(to), Math.floor(from) + 1)];
}

function tickYears([from, to], width) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((years) => ((to - from) / years) * 46 <= width) ?? 500;
  const ticks = [];
  for (let year = Math.ceil(from / step) * step; year <= to; year += step) ticks.push(year);
  return ticks;
}

function drawView(passing, place) {
  const rows = rowsOf(passing);
  const shown = rows.slice(0, mostRows);
  const width = Math.max(sheet.clientWidth - 16, 320);
  const labelWidth = Math.min(240, width * 0.36);
  const range = rows.length ? axisRange(rows) : [2000, 2001];
  const inner = width - labelWidth - 36;
  const scaleX = (year) => labelWidth + 12 + Math.max(0, Math.min(1, (year - range[0]) / (range[1] - range[0]))) * inner;
  const height = HEAD + shown.length * ROW + 12;
  const svg = svgElement("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const chosen = place?.type === "entity" ? place.index : -1;
  const groups = shown.map((row, order) => rowGroup(row, { top: HEAD + order * ROW, width, labelWidth, scaleX, range, isChosen: row.project === chosen }));
  svg.append(gridLines(range, inner, scaleX, height), ...groups, axisGroup(range, inner, scaleX, width));
  makeRoving(groups, (order) => goTo(nodes[shown[order].project].key));
  sheet.replaceChildren(svg);
  if (shown.length < rows.length) {
    sheet.append(button({}, () => {
      mostRows += 4 * FIRST_ROWS;
      render({ focus: false });
    }, `Show more (${rows.length - shown.length})`));
  }
  document.getElementById("drawn").textContent = `${shown.length < rows.length ? `${shown.length} of ` : ""}${plural(rows.length, "project")} with dates`;
  showChosenRow(chosen);
  keepAxis();
  sayIfEmpty(!rows.length);
}

let lastChosen = -1;

// Scroll to the row of what was chosen elsewhere.
function showChosenRow(chosen) {
  if (chosen === lastChosen) return;
  lastChosen = chosen;
  const row = sheet.querySelector(".row-chosen");
  if (!row) return;
  const top = Number(row.getAttribute("y"));
  const isInSight = top >= sheet.scrollTop + HEAD && top + 2 * ROW <= sheet.scrollTop + sheet.clientHeight - 50;
  if (!isInSight) sheet.scrollTop = top - sheet.clientHeight / 2;
}

function gridLines(range, inner, scaleX, height) {
  const lines = tickYears(range, inner).map((year) => svgElement("line", { class: "grid", x1: scaleX(year), x2: scaleX(year), y1: HEAD - 6, y2: height }));
  return svgElement("g", {}, ...lines);
}

function axisGroup(range, inner, scaleX, width) {
  const ticks = tickYears(range, inner).map((year) => svgElement("text", { class: "soft small", x: scaleX(year), y: HEAD - 10, "text-anchor": "middle" }, String(year)));
  let x = 12;
  const legend = Object.entries(DATE_SHAPES).flatMap(([predicate, shape]) => {
    const words = relations.get(predicate)[0];
    const parts = [svgElement("path", { d: shapePath(shape, x + 6, 16, 5.5), class: `mark-${predicate}` }), svgElement("text", { x: x + 17, y: 20 }, words)];
    x += 32 + words.length * 6.6;
    return parts;
  });
  if (x + 120 < width) legend.push(svgElement("rect", { class: "partial", x, y: 9, width: 26, height: 14, rx: 6 }), svgElement("text", { x: x + 32, y: 20 }, "only year or month"));
  return svgElement("g", { class: "axis" }, svgElement("rect", { width, height: HEAD - 4, fill: "var(--back)" }), ...legend, ...ticks);
}

function shortened(text, width) {
  const most = Math.max(6, Math.floor(width / 6.7));
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

function rowGroup({ project, dates, first, last }, { top, width, labelWidth, scaleX, range, isChosen }) {
  const middle = top + ROW / 2;
  const words = `${nodes[project].name}: ${dates.map(({ predicate, target }) => `${relations.get(predicate)[0]} ${dateWords(target)}`).join(", ")}`;
  const parts = [svgElement("title", {}, words), svgElement("rect", { class: isChosen ? "row-chosen" : "row", x: 0, y: top, width, height: ROW, fill: isChosen ? undefined : "transparent" })];
  parts.push(svgElement("text", { x: labelWidth, y: middle + 4, "text-anchor": "end", class: isChosen ? "bold" : "" }, shortened(nodes[project].name, labelWidth - 8)));
  if (dates.length > 1) parts.push(svgElement("rect", { class: "span", x: scaleX(first), y: middle - 3, width: Math.max(1, scaleX(last) - scaleX(first)), height: 6 }));
  for (const date of dates) parts.push(...dateMarks(date, { middle, scaleX, range }));
  return svgElement("g", { class: "row-group" }, ...parts);
}

function dateMarks({ predicate, target, first, last, isPartial }, { middle, scaleX, range }) {
  const [from, to] = [scaleX(first), scaleX(last)];
  const parts = [];
  if (isPartial && to - from > 3) parts.push(svgElement("rect", { class: "partial", x: from, y: middle - 8, width: to - from, height: 16, rx: 7 }));
  parts.push(svgElement("path", { d: shapePath(DATE_SHAPES[predicate], (from + to) / 2, middle, 5.5), class: `mark-${predicate}` }));
  if (last < range[0]) parts.push(svgElement("text", { class: "small soft", x: from + 9, y: middle + 4 }, `◂ ${target.slice(0, 4)}`));
  if (first > range[1]) parts.push(svgElement("text", { class: "small soft", x: to - 9, y: middle + 4, "text-anchor": "end" }, `${target.slice(0, 4)} ▸`));
  return parts;
}

// The years stay in sight while the rows scroll.
function keepAxis() {
  sheet.querySelector(".axis")?.setAttribute("transform", `translate(0 ${Math.max(0, sheet.scrollTop)})`);
}

function viewOverview() {
  return [];
}

function viewActions() {
  return [];
}

function viewPicture() {
  const copy = sheet.querySelector("svg").cloneNode(true);
  copy.querySelector(".axis").removeAttribute("transform");
  return copy;
}

function startView() {
  sheet.addEventListener("scroll", keepAxis, { passive: true });
  let width = sheet.clientWidth;
  new ResizeObserver(() => {
    if (sheet.clientWidth === width) return;
    width = sheet.clientWidth;
    render({ focus: false });
  }).observe(sheet);
}

function repaint() {}
