"use strict";
// What is chosen and filtered reaches the stage and the panel.

function showPlace(place) {
  if (place?.type === "entity") return showEntity(place.index);
  if (place?.type === "pair") return showPair(place.pair);
  if (place?.type === "article") return showArticle(place.index);
  if (place?.type === "countries") return showCountries(place.ends);
  return showOverview();
}

// For screen readers: what happened where they do not look.
function say(text) {
  document.getElementById("said").textContent = text;
}

function sayIfEmpty(isEmpty) {
  const notice = document.getElementById("notice");
  notice.textContent = nodes.length ? "Nothing passes all filters." : "This graph is empty: no entity was found in the articles.";
  notice.hidden = !isEmpty;
}

let rendered = null; // what was chosen when the page was last drawn

function render({ focus = true } = {}) {
  const place = chosenPlace();
  const passing = passFilters();
  showFilters();
  drawView(passing, place);
  const heading = showPlace(place);
  const pageTitle = document.querySelector("h1").textContent;
  document.title = `${place ? heading.textContent : pageTitle} – kgazette`;
  for (const link of document.querySelectorAll("nav a")) link.hash = addressOf({ ...state, open: "", shut: "" });
  if (place && focus && rendered !== state.at) heading.focus({ preventScroll: true });
  rendered = state.at;
}

function followAddress() {
  state = readAddress();
  render();
}

function paintKinds() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  for (const { kind, color, dark } of graph.kinds) document.documentElement.style.setProperty(`--${kind}`, isDark ? dark : color);
}

function start() {
  paintKinds();
  document.getElementById("counts").textContent = [plural(nodes.length, "entity", "entities"), plural(statements.length, "fact"), plural(sources.length, "article")].join(" · ");
  startFilters();
  startPicture();
  startView();
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("panel-title").focus();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    paintKinds();
    repaint();
  });
  window.addEventListener("hashchange", followAddress);
  render({ focus: false });
}

start();
