"use strict";
// The first page: what is in the graph, and the ways into it.

const VIEW_HELP = "Choose a name here, or search for one, to read the facts and where they were found. The other views show the same facts as a network, by country, and over time.";
const overview = document.getElementById("overview");

function card(title, ...content) {
  return element("section", { class: "card" }, element("h2", {}, title), ...content);
}

function countRow(kind, count) {
  const open = button({ class: "link" }, () => change({ type: kind }), swatch(kind), kinds[kind].plural);
  return element("div", { class: "row" }, open, element("span", { class: "soft" }, count.toLocaleString("en")));
}

function predicateRow([predicate, count]) {
  return element("div", { class: "row" }, element("span", {}, relations.get(predicate)[0]), element("span", { class: "soft" }, count.toLocaleString("en")));
}

function connectedRow(index) {
  return element("div", { class: "row" }, entityButton(index), element("span", { class: "soft" }, plural(degree(index), "connection")));
}

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
}

function latestArticles(passing) {
  const cited = new Set();
  for (const { passages } of passing.statements) for (const { source } of passages) cited.add(source);
  return newestSources.filter((index) => !passing.isSifted || cited.has(index));
}

// The projects that most lately began, were signed or announced.
function latestProjects(passing) {
  const last = new Map();
  for (const { subject, target, predicate } of passing.statements) {
    if (isEntity(target) || nodes[subject].kind !== "Project") continue;
    if (!last.has(subject) || target > last.get(subject).target) last.set(subject, { predicate, target });
  }
  return [...last].sort(([one, { target: first }], [other, { target: second }]) => (first < second) - (first > second) || one - other);
}

function projectRow([index, { predicate, target }]) {
  return element("div", { class: "row" }, entityButton(index), element("span", { class: "soft" }, `${relations.get(predicate)[0]} ${dateWords(target)}`));
}

// What no browser could show.
function leftOut({ entities, facts, articles, passages, mentions }) {
  const several = (count, word) => (count === 1 ? word : plural(count, word));
  const missing = [
    entities && `${plural(entities, "entity", "entities")} of which least is said`,
    facts && plural(facts, "fact"),
    articles && plural(articles, "article"),
    passages && `all but the first ${several(passages, "passage")} of a fact`,
    mentions && `all but the first ${several(mentions, "article")} to mention an entity`,
  ].filter(Boolean);
  return missing.length ? [`Not on these pages, only in the graph: ${missing.join("; ")}. kg view makes pages of any part of it.`] : [];
}

function howBuilt() {
  const issued = sources.map((source) => source.issued).filter(Boolean).sort();
  const files = new Set(sources.map((source) => source.file).filter(Boolean)).size;
  const publishers = counted(sources.map((source) => source.publisher).filter(Boolean)).length;
  const extractors = new Set(statements.flatMap(({ passages }) => passages.flatMap((passage) => passage.extractors)));
  const merged = nodes.filter((node) => node.unions.length).length;
  const facts = [
    `${graph.leftOut.articles ? "Shown" : "Read"} from ${plural(files, "file")}: ${plural(sources.length, "article")}${publishers ? ` of ${plural(publishers, "publication")}` : ""}${issued.length ? `, dated ${dateWords(issued[0])} to ${dateWords(issued.at(-1))}` : ""}.`,
    `Facts were found by ${plural(extractors.size, "extractor")}${extractors.size ? ` (${[...extractors].sort().join(", ")})` : ""}; each keeps the sentence that states it.`,
    `${plural(merged, "entity", "entities")} joined under several names; why, stands with each of them.`,
    ...leftOut(graph.leftOut),
    "Belief tells how sure kgazette is that the articles say so; it says nothing about whether they are right.",
  ];
  return element("ul", { class: "plain" }, ...facts.map((fact) => element("li", {}, fact)));
}

function viewLink(page, title, text) {
  return element("li", {}, element("a", { href: `${page}${addressOf(state)}` }, element("strong", {}, title), element("span", {}, text)));
}

function viewLinks() {
  return element("ul", { class: "views" },
    viewLink("graph.html", "Network", "Who takes part in what, with whom"),
    viewLink("countries.html", "Countries", "Which countries share projects"),
    viewLink("timeline.html", "Timeline", "When projects were announced, signed, started and completed"));
}

function drawView(passing) {
  const shown = [...passing.nodes];
  const connected = shown.filter(degree); // in order of importance already
  overview.replaceChildren(
    element("p", { class: "lead" }, "Which institution takes part in which project, in which country, and when: as newspaper articles tell it, with the sentence behind every fact."),
    viewLinks(),
    element("div", { class: "cards" },
      card(leftOut(graph.leftOut).length ? "On these pages" : "In this graph", element("div", { class: "two" },
        list(counted(shown.map((index) => nodes[index].kind)), ([kind, count]) => countRow(kind, count), { className: "compact" }),
        list(counted(passing.statements.map(({ predicate }) => predicate)), predicateRow, { shown: 6, className: "compact" }))),
      card("Most connected", list(connected, connectedRow, { shown: 8, className: "compact" })),
      card("Latest in projects", list(latestProjects(passing), projectRow, { shown: 8, className: "compact" })),
      card("Latest articles", list(latestArticles(passing), articleItem, { shown: 8, className: "compact" })),
      card("How it was built", howBuilt())),
  );
  sayIfEmpty(!shown.length);
}

function viewOverview() {
  return [];
}

function viewActions() {
  return [];
}

function viewPicture() {
  return null; // this page is text
}

function startView() {}

function repaint() {}
