"use strict";
// What is chosen and what is filtered. All of it stands in the part of the address after #, so that the back
// button works and a link opens the same view, on this page and on the others.

// Only what differs from these stands in the address.
const DEFAULTS = {
  at: "", // what is chosen: the key of an entity, a fact, an article, or of two countries
  type: "", // the kinds that are shown, joined by commas; none stands for all
  alone: "", // "1": also what is joined to nothing
  country: "", institution: "", // keys
  from: "", to: "", // dates as exact as one likes
  belief: "", // the least, 0 to 1
  view: "", // of the network: the most telling part, or "all", or "near" what is chosen
  hops: "", // how near
  open: "", shut: "", // entities whose neighbours were brought in or sent away, joined by spaces
};
const FILTERS = ["type", "alone", "country", "institution", "from", "to", "belief"];

let state = readAddress();

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(Object.entries(DEFAULTS).map(([key, usual]) => [key, given.get(key) ?? usual]));
}

function addressOf(wanted) {
  const parts = Object.keys(DEFAULTS)
    .filter((key) => wanted[key] !== DEFAULTS[key])
    .map((key) => `${key}=${encodeURIComponent(wanted[key]).replaceAll("%2F", "/").replaceAll("%2C", ",")}`);
  return `#${parts.join("&")}`;
}

// Change the view; what hears of a new address draws it.
function change(changes) {
  const address = addressOf({ ...state, ...changes });
  if (address === addressOf(readAddress())) render();
  else location.hash = address;
}

function goTo(key) {
  change(state.view === "near" && places.get(key)?.type === "entity" ? { at: key } : { at: key, view: state.view === "near" ? "" : state.view });
}

function keysIn(text) {
  return text.split(" ").filter(Boolean);
}

// What the chosen key names. A pair of countries need not be joined by a fact, so it has no key in the data.
function chosenPlace() {
  const known = places.get(state.at);
  if (known) return known;
  const pair = keysIn(state.at).map((key) => places.get(key));
  if (pair.length === 2 && pair.every((place) => place?.type === "entity" && nodes[place.index].kind === "Country")) {
    return { type: "countries", ends: pair.map(({ index }) => index) };
  }
  return undefined;
}
