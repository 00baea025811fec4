"use strict";
// Which countries share projects. A project belongs to a country that it involves or stands in, and to the
// countries in which the institutions that take part in it stand; each of these is a fact with its sentence.

const TIES = new Set(["involvesCountry", "locatedIn"]);

function isCountry(target) {
  return isEntity(target) && nodes[target].kind === "Country";
}

// Project -> country -> the statements that tie it to that country.
function countriesOfProjects(stated) {
  const homes = new Map(); // institution -> statements that name its country
  for (const statement of stated) {
    const { subject, predicate, target } = statement;
    if (predicate !== "locatedIn" || nodes[subject].kind !== "Institution" || !isCountry(target)) continue;
    if (!homes.has(subject)) homes.set(subject, []);
    homes.get(subject).push(statement);
  }
  const found = new Map();
  const tie = (project, country, reasons) => {
    if (!found.has(project)) found.set(project, new Map());
    const countries = found.get(project);
    if (!countries.has(country)) countries.set(country, []);
    countries.get(country).push(...reasons);
  };
  for (const statement of stated) {
    const { subject, predicate, target } = statement;
    if (!isEntity(target)) continue;
    if (nodes[subject].kind === "Project" && TIES.has(predicate) && isCountry(target)) tie(subject, target, [statement]);
    if (nodes[subject].kind === "Institution" && nodes[target].kind === "Project") {
      for (const home of homes.get(subject) ?? []) tie(target, home.target, [statement, home]);
    }
  }
  return found;
}

// Pairs of countries, as { ends, projects, agreements: statements }, by their text.
function countryPairs(stated) {
  const pairs = new Map();
  const pairFor = (one, other) => {
    const text = pairOf(one, other);
    if (!pairs.has(text)) pairs.set(text, { ends: [Math.min(one, other), Math.max(one, other)], projects: [], agreements: [] });
    return pairs.get(text);
  };
  for (const [project, countries] of countriesOfProjects(stated)) {
    const members = [...countries.keys()];
    members.forEach((one, order) => members.slice(order + 1).forEach((other) => {
      pairFor(one, other).projects.push(project);
    }));
  }
  for (const statement of stated) {
    if (statement.predicate === "cooperatesWith" && isCountry(statement.target)) pairFor(statement.subject, statement.target).agreements.push(statement);
  }
  return pairs;
}

function pairKey([one, other]) {
  return `${nodes[one].key} ${nodes[other].key}`;
}

function pairWeight({ projects, agreements }) {
  return projects.length + agreements.length / 1000;
}

function pairSummary({ projects, agreements }) {
  const parts = [projects.length && plural(projects.length, "project"), agreements.length && "cooperation"];
  return parts.filter(Boolean).join(", ");
}

function countryPairButton(pair) {
  const [one, other] = pair.ends;
  const open = button({ class: "link" }, () => change({ at: pairKey(pair.ends) }), name(nodes[one].name), " – ", name(nodes[other].name));
  return element("div", { class: "row" }, open, element("span", { class: "soft" }, pairSummary(pair)));
}

function datesOfProject(project) {
  return statementsOf[project].filter(({ target }) => !isEntity(target)).map(({ predicate, target }) => `${relations.get(predicate)[0]} ${dateWords(target)}`);
}

function sharedProject({ project, reasons }) {
  const dates = datesOfProject(project);
  const taking = statementsOf[project].filter(({ subject, target }) => target === project && nodes[subject].kind === "Institution");
  const partners = [...new Set(taking.map(({ subject }) => subject))];
  const parts = [element("strong", {}, entityButton(project))];
  if (dates.length) parts.push(element("p", { class: "soft" }, dates.join(" · ")));
  if (partners.length) parts.push(element("div", { class: "soft" }, "Institutions: ", ...partners.flatMap((index) => [", ", entityButton(index)]).slice(1)));
  for (const statement of reasons) parts.push(element("div", {}, statementSentence(statement), ...evidence(statement)));
  return element("div", {}, ...parts);
}

function showCountries(ends) {
  const stated = statements.filter(passesStatement);
  const pair = countryPairs(stated).get(pairOf(...ends)) ?? { ends, projects: [], agreements: [] };
  const after = [];
  const ties = countriesOfProjects(stated);
  const shared = pair.projects.map((project) => ({ project, reasons: [...new Set(ends.flatMap((end) => ties.get(project).get(end)))] }));
  if (shared.length) after.push(...section(`Shared projects (${shared.length})`, list(shared, sharedProject)));
  const item = (statement) => element("div", {}, statementSentence(statement), ...evidence(statement));
  if (pair.agreements.length) after.push(...section("Cooperation", list(pair.agreements, item)));
  if (!after.length) after.push(element("p", { class: "soft" }, "No project that passes the filters is shared by these two."));
  const used = new Set([...shared.flatMap(({ reasons }) => reasons), ...pair.agreements]);
  const badge = element("span", { class: "badge" }, swatch("Country"), "Two countries");
  return fillPanel(`${nodes[ends[0]].name} – ${nodes[ends[1]].name}`, [overviewButton(), badge], after, { copied: [...used] });
}
