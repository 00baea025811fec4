"use strict";
// What the page knows: the data that was put into it, and a few ways to look things up in it.

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

const graph = readJson("graph-data");
const drawing = readJson("drawing-data");
const { nodes, statements, sources } = graph;
const kinds = Object.fromEntries(graph.kinds.map((style) => [style.kind, style]));
// Predicate -> what it says of its subject, what it says of its object; in the order to show them in.
const relations = new Map(graph.relations.map(([predicate, ...words]) => [predicate, words]));

// Statements by the node, the pair of nodes, and the article that they belong to.
const statementsOf = nodes.map(() => []);
const statementsBetween = new Map();
const statementsFrom = sources.map(() => []);
const neighboursOf = nodes.map(() => new Set());
// Everything that a link to the page can name. A Map, since names from the data must not meet prototypes.
const places = new Map();

function pairOf(one, other) {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

function isEntity(target) {
  return typeof target === "number";
}

function indexStatement(statement) {
  const { subject, target } = statement;
  statementsOf[subject].push(statement);
  if (isEntity(target) && target !== subject) {
    statementsOf[target].push(statement);
    neighboursOf[subject].add(target);
    neighboursOf[target].add(subject);
    const pair = pairOf(subject, target);
    if (!statementsBetween.has(pair)) statementsBetween.set(pair, []);
    statementsBetween.get(pair).push(statement);
    places.set(statement.key, { type: "pair", pair });
  }
  const from = new Set(statement.passages.map((passage) => passage.source));
  for (const source of from) if (source >= 0) statementsFrom[source].push(statement);
}

statements.forEach(indexStatement);
sources.forEach((source, index) => places.set(source.key, { type: "article", index }));
nodes.forEach((node, index) => places.set(node.key, { type: "entity", index }));

function degree(index) {
  return neighboursOf[index].size;
}

function byDegree(one, other) {
  return degree(other) - degree(one) || one - other;
}

const byImportance = nodes.map((_, index) => index).sort(byDegree);
const mentionsIn = sources.map(() => []);
nodes.forEach((node, index) => node.sources.forEach((source) => mentionsIn[source].push(index)));

// A country's part of the graph: what is joined to it, and what that is joined to. The neighbours of other
// countries stay out, or two countries that cooperate would show each other's whole part.
function partOfCountry(country) {
  const part = new Set([country]);
  for (const near of neighboursOf[country]) {
    part.add(near);
    if (nodes[near].kind !== "Country") for (const far of neighboursOf[near]) part.add(far);
  }
  return part;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

// "2025-03-14" -> "14 March 2025"; anything that is not such a date stays as it is.
function dateWords(text) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) return text;
  const [, year, month, day] = match;
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

// For searching: no accents, no case, single spaces.
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

function plural(count, word) {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}
