"use strict";
// The panel: what is known about the entity, the relation or the article that was chosen.

const panel = document.getElementById("panel");

function fillPanel(title, before, after, { copied = [], place } = {}) {
  const heading = element("h2", { id: "panel-title", tabindex: "-1" }, name(title));
  const extras = [...viewActions(place), ...pageLinks(place), ...copyButtons(copied, place)];
  const actions = extras.length ? [element("div", { class: "actions" }, ...extras)] : [];
  panel.replaceChildren(...before, heading, ...actions, ...after);
  panel.scrollTop = 0;
  // On a phone the panel stands below the drawing; whoever read far down in it is brought back to its top.
  if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView();
  return heading;
}

function overviewButton() {
  return button({ class: "link back" }, () => change({ at: "", view: state.view === "near" ? "" : state.view }), "Overview");
}

// On the other pages, the way to the network of what is chosen.
function pageLinks(place) {
  if (place?.type !== "entity" || document.getElementById("drawing")) return [];
  return [element("a", { class: "action", href: `graph.html${addressOf({ ...state, view: "near" })}` }, "See it in the network")];
}

function section(title, content) {
  return [element("h3", {}, title), content];
}

const SHORT_MONTHS = MONTHS.map((month) => `${month}|${month.slice(0, 3)}\\.?`);

// How a sentence may write a date: as exactly, or only in part.
function datePatterns(text) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) return [];
  const [, year, month, day] = match;
  const named = month && `(?:${SHORT_MONTHS[Number(month) - 1]})`;
  const number = day && `${Number(day)}(?:st|nd|rd|th)?`;
  return [
    day && `${number}(?: of)? ${named},? ${year}`, day && `${named} ${number},? ${year}`, text,
    month && `${named},? ${year}`, day && `${named} ${number}`, day && `${number} ${named}`, `\\b${year}\\b`,
  ].filter(Boolean);
}

// The quoted sentence with what the fact joins marked in it.
function quoteWithMarks(quote, statement) {
  const ends = [statement.subject, statement.target].filter(isEntity).map((index) => nodes[index]);
  const names = ends.flatMap((node) => [node.name, ...node.aliases]).filter((text) => text.trim());
  names.sort((one, other) => other.length - one.length);
  const patterns = names.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!isEntity(statement.target)) patterns.push(...datePatterns(statement.target));
  const parts = patterns.length ? quote.split(new RegExp(`(${patterns.join("|")})`)) : [quote];
  return parts.map((part, index) => (index % 2 ? element("mark", {}, part) : part));
}

function passageElement(passage, statement, { cite = true } = {}) {
  const source = sources[passage.source];
  const where = [];
  if (source?.issued && cite) where.push(dateWords(source.issued));
  const inFile = ["page", "line", "character"].filter((unit) => passage[unit]).map((unit) => `${unit} ${passage[unit]}`);
  const place = [cite && source?.file, ...inFile].filter(Boolean);
  if (place.length) where.push(place.join(", "));
  if (passage.extractors.length) where.push(`found by ${passage.extractors.join(" and ")}`);
  const citation = element("cite", {});
  if (source && cite) citation.append(sourceButton(passage.source), element("br"));
  citation.append(name(where.join(" · ")));
  return element("blockquote", {}, element("p", { dir: "auto" }, ...quoteWithMarks(passage.quote, statement)), citation);
}

function beliefElement(statement) {
  const percent = `${Math.round(statement.belief * 100)} %`;
  return element("span", { class: "belief", title: "How sure kgazette is of this fact" }, `belief ${percent}`);
}

// A list that is as long as the page allows may go on in the graph (see kg/views/limits.py).
function maybeMore(items, most) {
  return items.length === most ? [element("p", { class: "soft" }, "The graph may have more of these.")] : [];
}

function evidence(statement, options) {
  const { passages } = statement;
  return [...passages.map((passage) => passageElement(passage, statement, options)), ...maybeMore(passages, graph.leftOut.passages)];
}

function targetElement(target) {
  return isEntity(target) ? entityButton(target) : element("strong", {}, dateWords(target));
}

function statementSentence(statement) {
  return element(
    "div", { class: "sentence" }, beliefElement(statement),
    entityButton(statement.subject), ` ${relations.get(statement.predicate)[0]} `, targetElement(statement.target),
  );
}

// The statements of an entity in groups by what they say of it, in the order of the vocabulary.
function groupsOf(index, stated) {
  const groups = new Map();
  for (const outgoing of [true, false]) {
    for (const [predicate, [asSubject, asObject]] of relations) {
      for (const statement of stated) {
        if (statement.predicate !== predicate || (statement.subject === index) !== outgoing) continue;
        const words = outgoing ? asSubject : asObject;
        if (!groups.has(words)) groups.set(words, []);
        groups.get(words).push({ statement, other: outgoing ? statement.target : statement.subject });
      }
    }
  }
  return groups;
}

function unionElement({ left, right, reason, score }) {
  const why = [reason, `score ${Math.round(score * 100)} %`].filter(Boolean).join(", ");
  return element("div", {}, name(left), " = ", name(right), element("span", { class: "soft" }, ` (${why})`));
}

function registryElement({ registryKey, iri }) {
  if (!/^https?:\/\//.test(iri)) return element("span", {}, name(registryKey));
  return element("a", { href: iri, rel: "noreferrer noopener", target: "_blank" }, name(registryKey));
}

function showEntity(index) {
  const node = nodes[index];
  const badge = element("span", { class: "badge" }, swatch(node.kind), [kinds[node.kind].singular, ...node.subtypes].join(" · "));
  const after = [];
  if (node.aliases.length) {
    const names = node.aliases.flatMap((alias) => [", ", name(alias)]).slice(1);
    after.push(element("p", { class: "soft" }, "Also: ", ...names));
  }
  if (node.links.length) after.push(element("p", { class: "soft registries" }, "Registries: ", ...node.links.flatMap((link) => [", ", registryElement(link)]).slice(1)));
  const stated = statementsOf[index].filter(passesStatement);
  const groups = groupsOf(index, stated);
  for (const [words, items] of groups) {
    const title = items.length > 1 ? `${words} (${items.length})` : words;
    const item = ({ statement, other }) => element("div", {}, beliefElement(statement), targetElement(other), ...evidence(statement));
    after.push(...section(title, list(items, item)));
  }
  const sifted = statementsOf[index].length - stated.length;
  if (sifted) after.push(element("p", { class: "soft" }, `${plural(sifted, "fact")} did not pass the filters.`));
  else if (!groups.size) after.push(element("p", { class: "soft" }, "The articles name it, but state no fact about it that was found."));
  if (node.unions.length) after.push(...section("Names taken for one", list(node.unions, unionElement, { className: "compact" })));
  if (node.sources.length) {
    after.push(...section("Mentioned in", list(node.sources, articleItem, { className: "compact" })), ...maybeMore(node.sources, graph.leftOut.mentions));
  }
  return fillPanel(node.name, [overviewButton(), badge], after, { copied: stated, place: { type: "entity", index } });
}

function showPair(pair) {
  const between = statementsBetween.get(pair);
  const title = `${nodes[between[0].subject].name} – ${nodes[between[0].target].name}`;
  const item = (statement) => element("div", {}, statementSentence(statement), ...evidence(statement));
  const badge = element("span", { class: "badge" }, plural(between.length, "fact"));
  return fillPanel(title, [overviewButton(), badge], [list(between, item)], { copied: between });
}

function showArticle(index) {
  const source = sources[index];
  const issued = source.issued && dateWords(source.issued);
  const about = [source.creator && `by ${source.creator}`, source.publisher, source.section, issued].filter(Boolean);
  const ownPassages = (statement) => statement.passages.filter((passage) => passage.source === index);
  const item = (statement) => element(
    "div", {}, statementSentence(statement),
    ...ownPassages(statement).map((passage) => passageElement(passage, statement, { cite: false })),
  );
  const after = [element("p", { class: "soft" }, name(about.join(" · "))), element("p", { class: "soft" }, name(source.file))];
  if (source.also.length) after.push(element("p", { class: "soft" }, "The same story: ", ...source.also.flatMap((file) => [", ", name(file)]).slice(1)));
  const stated = statementsFrom[index];
  if (stated.length) after.push(...section(`States (${stated.length})`, list(stated, item)));
  const mentioned = [...mentionsIn[index]].sort(byDegree);
  if (mentioned.length) after.push(...section(`Mentions (${mentioned.length})`, list(mentioned, entityButton, { shown: 20, className: "compact" })));
  return fillPanel(source.title, [overviewButton(), element("span", { class: "badge" }, "Article")], after, { copied: stated });
}

function articleItem(index) {
  const { issued } = sources[index];
  return element("div", { class: "row" }, sourceButton(index), element("span", { class: "soft" }, dateWords(issued)));
}

function showOverview() {
  const after = [
    element("p", {}, "Who takes part in which project, where, and when, as newspaper articles tell it. Every fact comes with the sentence that states it."),
    element("p", {}, VIEW_HELP),
  ];
  const copied = statements.filter(passesStatement);
  after.push(...viewOverview());
  if (document.getElementById("overview")) return fillPanel("What this is", [], after, { copied }); // the rest stands beside it
  const connected = byImportance.slice(0, 10).filter(degree);
  const item = (index) => element("div", { class: "row" }, entityButton(index), element("span", { class: "soft", title: "connections" }, String(degree(index))));
  if (connected.length) after.push(...section("Most connected", list(connected, item, { shown: 10, className: "compact" })));
  if (newestSources.length) after.push(...section(`Articles (${newestSources.length})`, list(newestSources, articleItem, { shown: 12, className: "compact" })));
  return fillPanel("What this is", [], after, { copied });
}
