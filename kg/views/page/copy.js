"use strict";
// What the panel shows, as text for other programs: a query, the facts as RDF, the facts as a table.

const PREFIXES = [
  ["kg", graph.ontology], ["rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"], ["xsd", "http://www.w3.org/2001/XMLSchema#"],
];
const HEADERS = ["subject", "predicate", "object", "belief", "quote", "article", "published", "file", "line", "subject_iri", "object_iri"];

// An IRI in angle brackets; what may not stand there is escaped, so that no name can end it.
function iri(key) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(key) ? key : graph.base + key;
  const escaped = whole.replace(/[\0-\x20<>"{}|^`\\]/g, (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `<${escaped}>`;
}

function turtleText(text) {
  const escaped = text.replace(/[\0-\x1f"\\\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `"${escaped}"`;
}

function objectTerm(target) {
  if (isEntity(target)) return iri(nodes[target].key);
  const datatype = { 4: "gYear", 7: "gYearMonth", 10: "date" }[/^\d{4}(-\d\d){0,2}$/.test(target) ? target.length : 0];
  return turtleText(target) + (datatype ? `^^xsd:${datatype}` : "");
}

function asTurtle(stated) {
  const lines = PREFIXES.map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .`);
  for (const { key, subject, predicate, target, belief, passages } of stated) {
    const [one, other] = [iri(nodes[subject].key), objectTerm(target)];
    lines.push("", `${one} kg:${predicate} ${other} .`);
    lines.push(`${iri(key)} a kg:Fact , rdf:Statement ;`, `    rdf:subject ${one} ; rdf:predicate kg:${predicate} ; rdf:object ${other} ;`, `    kg:belief ${belief.toFixed(4)} .`);
    for (const { quote, source } of passages) {
      const article = sources[source] ? ` (${sources[source].title})` : "";
      lines.push(`# ${(quote + article).replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, " ")}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

// RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe before it.
function csvCell(value) {
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function asCsv(stated) {
  const rows = stated.flatMap(({ subject, predicate, target, belief, passages }) => (passages.length ? passages : [{ quote: "", source: -1, line: 0 }]).map(({ quote, source, line }) => {
    const { title = "", issued = "", file = "" } = sources[source] ?? {};
    const names = [nodes[subject].name, predicate, isEntity(target) ? nodes[target].name : target];
    const iris = [iri(nodes[subject].key).slice(1, -1), isEntity(target) ? iri(nodes[target].key).slice(1, -1) : ""];
    return [...names, belief, quote, title, issued, file, line || "", ...iris];
  }));
  return [HEADERS, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function asSparql(stated, place) {
  const which = [];
  if (place?.type === "entity") {
    which.push(`  VALUES ?entity { ${iri(nodes[place.index].key)} }`, "  FILTER(?subject = ?entity || ?object = ?entity)");
  } else if (state.at && stated.length) which.push(`  VALUES ?fact { ${stated.map(({ key }) => iri(key)).join(" ")} }`);
  if (Number(state.belief)) which.push(`  FILTER(?belief >= ${Number(state.belief)})`);
  return [
    ...PREFIXES.slice(0, 2).map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>`),
    "SELECT ?subject ?predicate ?object ?belief ?quote WHERE {", ...which,
    "  ?fact a kg:Fact ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kg:belief ?belief .",
    "  OPTIONAL { ?fact kg:evidence/kg:quote ?quote }",
    "} ORDER BY ?subject ?predicate ?object", "",
  ].join("\n");
}

async function copyText(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Some browsers keep the clipboard from pages that were opened as files; the old way works there.
    const field = element("textarea", { "aria-hidden": "true", class: "unseen" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  say(`Copied ${what}`);
}

function copyButtons(stated, place) {
  if (!stated.length) return [];
  const formats = { SPARQL: asSparql, Turtle: asTurtle, CSV: asCsv };
  const buttons = Object.entries(formats).map(([format, write]) => button(
    { "aria-label": `Copy as ${format}`, title: `Copy as ${format}` },
    (event) => {
      copyText(write(stated, place), `${format}, ${plural(stated.length, "fact")}`);
      event.currentTarget.textContent = `${format} ✓`;
    },
    format,
  ));
  return [element("span", { class: "copies", role: "group", "aria-label": "Copy these facts" }, element("span", { class: "soft" }, "Copy "), ...buttons)];
}
