"use strict";
// The legend, whose boxes are the filter by type, and the filter by country. They are filled before the
// drawing is made: it keeps the size that it finds.

const country = document.getElementById("country");
const kindBoxes = new Map();
let aloneBox = null;

function isAlone(index) {
  return degree(index) === 0;
}

function passesFilters() {
  const part = country.value && partOfCountry(Number(country.value));
  return new Set(byImportance.filter((index) => {
    if (!kindBoxes.get(nodes[index].kind).checked) return false;
    if (isAlone(index) && aloneBox && !aloneBox.checked) return false;
    return !part || part.has(index);
  }));
}

function addKindBoxes() {
  const box = document.getElementById("kinds");
  const add = (label, count, mark, checked) => {
    const input = element("input", { type: "checkbox" });
    input.checked = checked;
    input.addEventListener("change", onFilter);
    box.append(element("label", {}, input, mark, label, element("small", {}, count.toLocaleString("en"))));
    return input;
  };
  for (const [kind, { plural: label }] of Object.entries(kinds)) {
    kindBoxes.set(kind, add(label, nodes.filter((node) => node.kind === kind).length, swatch(kind), true));
  }
  const alone = byImportance.filter(isAlone).length;
  if (alone) aloneBox = add("Unconnected", alone, "", alone === nodes.length);
}

function addCountries() {
  const countries = byImportance.filter((index) => nodes[index].kind === "Country");
  countries.sort((one, other) => nodes[one].name.localeCompare(nodes[other].name));
  for (const index of countries) country.append(element("option", { value: String(index) }, nodes[index].name));
  country.addEventListener("change", onFilter);
}

function resetFilters() {
  for (const input of kindBoxes.values()) input.checked = true;
  if (aloneBox) aloneBox.checked = nodes.every((_, index) => isAlone(index));
  country.value = "";
}

addKindBoxes();
addCountries();
