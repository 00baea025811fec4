"use strict";
// What is chosen, and how it reaches the drawing and the panel. The part of the address after # says it, so
// the back button works and a link opens the same thing.

function goTo(key) {
  if (key === currentKey()) render();
  else location.hash = encodeURIComponent(key);
}

function currentKey() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // a link that was cut in the middle of an escape
  }
}

function endsOf(place) {
  if (place?.type === "entity") return [place.index];
  if (place?.type === "pair") return place.pair.split(" ").map(Number);
  return [];
}

function standingOut(place, ends) {
  if (place?.type === "entity") return new Set([...ends, ...neighboursOf[place.index]]);
  if (place?.type === "pair") return new Set(ends);
  if (place?.type === "article") return new Set(mentionsIn[place.index]);
  return null;
}

function showPlace(place) {
  if (place?.type === "entity") return showEntity(place.index);
  if (place?.type === "pair") return showPair(place.pair);
  if (place?.type === "article") return showArticle(place.index);
  return showOverview();
}

function render({ focus = true, animate = true } = {}) {
  const place = places.get(currentKey());
  const ends = endsOf(place);
  chosen = ends;
  const visible = passesFilters();
  ends.forEach((index) => visible.add(index)); // whatever the filters say, what was asked for is shown
  const lights = standingOut(place, ends);
  draw(visible, lights);
  network.setSelection({ nodes: ends, edges: [] }, { highlightEdges: false });
  if (lights?.size) fit([...lights].filter((index) => visible.has(index)), { animate });
  const heading = showPlace(place);
  document.title = `${place ? heading.textContent : "Knowledge graph"} – kgazette`;
  if (place && focus) heading.focus({ preventScroll: true });
}

function onFilter() {
  render({ focus: false });
  if (!places.has(currentKey())) fit(shown);
}

function reset() {
  resetFilters();
  goTo("");
  render({ focus: false });
  fit(shown);
}

function start() {
  const counts = [plural(nodes.length, "entity").replace("entitys", "entities"), plural(statements.length, "fact"), plural(sources.length, "article")];
  document.getElementById("counts").textContent = counts.join(" · ");
  if (!nodes.length) {
    const notice = document.getElementById("notice");
    notice.textContent = "This graph is empty: no entity was found in the articles.";
    notice.hidden = false;
  }
  applyColors();
  document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("reset").addEventListener("click", reset);
  document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.4));
  document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  document.getElementById("zoom-fit").addEventListener("click", () => fit(shown));
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("panel-title").focus();
  });
  window.addEventListener("hashchange", () => render());
  fit(passesFilters(), { animate: false });
  render({ focus: false, animate: false });
}

start();
