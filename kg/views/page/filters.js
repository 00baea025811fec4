"use strict";
// The legend, whose boxes are the filter by type, and the other filters. They combine: what is shown passes
// all of them.

const filterForm = document.getElementById("filters");
const kindBoxes = new Map();
let aloneBox = null;

function isAlone(index) {
  return degree(index) === 0;
}

// Only in the network do they stand in the way.
const showsAlone = !document.getElementById("drawing") || nodes.every((_, index) => isAlone(index));

// "2024" as the end of a span lasts until its end: every day of a year sorts before "2024~".
function passesDates({ when }) {
  if (!state.from && !state.to) return true;
  return when !== null && (!state.from || when[1] >= state.from) && (!state.to || when[0] <= `${state.to}~`);
}

function passesStatement(statement) {
  return statement.belief >= Number(state.belief || 0) && passesDates(statement);
}

function partNamed(key) {
  const place = key && places.get(key);
  return place?.type === "entity" ? partOf(place.index) : null;
}

// What passes the filters: which nodes, and which statements between them.
function passFilters() {
  const shownKinds = new Set(state.type ? state.type.split(",") : kindNames);
  const parts = [partNamed(state.country), partNamed(state.institution)].filter(Boolean);
  const isSifted = Boolean(state.from || state.to || Number(state.belief));
  const stated = statements.filter(passesStatement);
  const supported = new Set();
  if (isSifted) stated.forEach(({ subject, target }) => {
    supported.add(subject);
    if (isEntity(target)) supported.add(target);
  });
  const nodesPassing = new Set(byImportance.filter((index) => (
    shownKinds.has(nodes[index].kind)
    && (!isSifted || supported.has(index))
    && parts.every((part) => part.has(index))
    && (!isAlone(index) || isSifted || state.alone || showsAlone)
  )));
  const passingStatements = stated.filter(({ subject, target }) => (
    nodesPassing.has(subject) && (!isEntity(target) || nodesPassing.has(target))
  ));
  return { nodes: nodesPassing, statements: passingStatements, isSifted };
}

function addKindBoxes() {
  const box = document.getElementById("kinds");
  const add = (label, count, mark, onChange) => {
    const input = element("input", { type: "checkbox" });
    input.addEventListener("change", onChange);
    box.append(element("label", {}, input, mark, label, element("small", {}, count.toLocaleString("en"))));
    return input;
  };
  const changeKinds = () => {
    const checked = kindNames.filter((kind) => kindBoxes.get(kind).checked);
    change({ type: checked.length === kindNames.length ? "" : checked.join(",") || "none" });
  };
  for (const [kind, { plural: label }] of Object.entries(kinds)) {
    kindBoxes.set(kind, add(label, nodes.filter((node) => node.kind === kind).length, swatch(kind), changeKinds));
  }
  const alone = byImportance.filter(isAlone).length;
  if (alone && !showsAlone) {
    aloneBox = add("Unconnected", alone, "", () => change({ alone: aloneBox.checked ? "1" : "" }));
  }
}

function addEntities(select, kind) {
  const entities = byImportance.filter((index) => nodes[index].kind === kind && !isAlone(index));
  entities.sort((one, other) => (nodes[one].name < nodes[other].name ? -1 : 1));
  for (const index of entities) select.append(element("option", { value: nodes[index].key }, nodes[index].name));
}

function showFilters() {
  const shownKinds = new Set(state.type ? state.type.split(",") : kindNames);
  for (const [kind, input] of kindBoxes) input.checked = shownKinds.has(kind);
  if (aloneBox) aloneBox.checked = state.alone === "1";
  for (const id of ["country", "institution", "from", "to", "belief"]) {
    const field = document.getElementById(id);
    if (document.activeElement !== field || field.tagName === "SELECT") field.value = state[id];
  }
  const isFiltered = FILTERS.some((key) => state[key] !== DEFAULTS[key]);
  document.getElementById("filters-summary").textContent = isFiltered ? "Filters (on)" : "Filters";
  document.getElementById("reset").disabled = !isFiltered;
}

function startFilters() {
  addKindBoxes();
  addEntities(document.getElementById("country"), "Country");
  addEntities(document.getElementById("institution"), "Institution");
  for (const id of ["country", "institution", "belief"]) {
    document.getElementById(id).addEventListener("change", (event) => change({ [id]: event.target.value }));
  }
  for (const id of ["from", "to"]) {
    // A date that is still being typed filters nothing.
    document.getElementById(id).addEventListener("input", ({ target }) => {
      const value = target.value.trim();
      const isDate = /^(\d{4}(-\d\d(-\d\d)?)?)?$/.test(value);
      target.setAttribute("aria-invalid", String(!isDate));
      if (isDate) change({ [id]: value });
    });
  }
  filterForm.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("reset").addEventListener("click", () => {
    change(Object.fromEntries(FILTERS.map((key) => [key, DEFAULTS[key]])));
  });
  // On a phone the filters would fill the first screen, so they open on demand there.
  document.getElementById("more-filters").open = !matchMedia("(max-width: 760px)").matches;
}
