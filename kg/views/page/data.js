"use strict";
// What the page knows: the data that was put into it, and a few ways to look things up in it.

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

// The page keeps its data short (see kg/views/data.py); here it becomes objects again.
const graph = readJson("graph-data");
const kinds = Object.fromEntries(graph.kinds.map((style) => [style.kind, style]));
const kindNames = graph.kinds.map((style) => style.kind);
// Predicate -> what it says of its subject, what it says of its object, whether that is a date; in the order
// to show them in.
const relations = new Map(graph.relations.map(([predicate, ...words]) => [predicate, words]));
const predicateNames = graph.relations.map(([predicate]) => predicate);
const nodes = graph.nodes.map(([key, name, kind, subtypes, aliases, sources, unions, links]) => ({
  key, name, kind: kindNames[kind], subtypes, aliases, sources,
  unions: unions.map(([left, right, reason, score]) => ({ left, right, reason, score })),
  links: links.map(([registryKey, iri]) => ({ registryKey, iri })),
}));
const statements = graph.statements.map(([key, subject, predicate, target, belief, when, passages], index) => ({
  index, key, subject, predicate: predicateNames[predicate], target, belief, when,
  passages: passages.map(([source, quote, page, line, character, extractors]) => ({
    source, quote: graph.texts[quote], page, line, character, extractors: extractors.map((extractor) => graph.texts[extractor]),
  })),
}));
const { sources } = graph;

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
const importance = new Int32Array(nodes.length); // the place in that order
byImportance.forEach((index, place) => { importance[index] = place; });
const mentionsIn = sources.map(() => []);
nodes.forEach((node, index) => node.sources.forEach((source) => mentionsIn[source].push(index)));

// The part of the graph of a country or an institution: what is joined to it, and what that is joined to. The neighbours of
// countries and places stay out, or two countries that cooperate would show each other's whole part.
function partOf(index) {
  const part = new Set([index]);
  for (const near of neighboursOf[index]) {
    part.add(near);
    if (nodes[near].kind === "Project" || nodes[near].kind === "Institution") for (const far of neighboursOf[near]) part.add(far);
  }
  return part;
}

function byNewest(one, other) {
  const [first, second] = [sources[one].issued, sources[other].issued];
  return (first < second) - (first > second) || one - other;
}

const newestSources = sources.map((_, index) => index).sort(byNewest);

const MONTHS = "January February March April May June July August September October November December".split(" ");

// "2025-03-14" -> "14 March 2025"; anything that is not such a date stays as it is.
function dateWords(text) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) return text;
  const [, year, month, day] = match;
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

function spanWords([first, last]) {
  const [from, to] = [first.slice(0, 4), last.slice(0, 4)];
  return from === to ? from : `${from} – ${to}`;
}

// For searching: no accents, no case, single spaces.
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

function plural(count, word, several = `${word}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? word : several}`;
}
