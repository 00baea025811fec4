"use strict";
// The picture that the page shows, as a file: SVG, and PNG made from that.

const SVG = "http://www.w3.org/2000/svg";

function svgElement(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

// One path for a shape around a point.
function shapePath(shape, x, y, size) {
  const point = ([dx, dy]) => `${(x + dx * size).toFixed(1)} ${(y + dy * size).toFixed(1)}`;
  if (shape === "dot") return `M${point([-1, 0])}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`;
  const corners = { square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]], diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]], triangle: [[0, -1.1], [1.1, 0.9], [-1.1, 0.9]] }[shape];
  return `M${corners.map(point).join("L")}z`;
}

// A copy that needs no style sheet beside it: the colours of the page go with it.
function standalone(svg) {
  const copy = svg.cloneNode(true);
  const style = getComputedStyle(document.documentElement);
  const names = ["back", "card", "text", "soft", "line", "edge", "accent", ...kindNames];
  const variables = names.map((key) => `--${key}:${style.getPropertyValue(`--${key}`).trim()}`).join(";");
  const rules = document.getElementById("picture-style").textContent;
  copy.setAttribute("xmlns", SVG);
  copy.prepend(svgElement("style", {}, `svg{${variables};background:var(--back)}${rules}`));
  return copy;
}

function pictureText() {
  return new XMLSerializer().serializeToString(standalone(viewPicture()));
}

function download(blob, suffix) {
  const link = element("a", { href: URL.createObjectURL(blob), download: `kgazette.${suffix}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function saveSvg() {
  download(new Blob([pictureText()], { type: "image/svg+xml" }), "svg");
}

async function pngBlob() {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictureText())}`;
  await picture.decode();
  // Twice as sharp as the screen, within what browsers can hold.
  const scale = Math.min(2, 8000 / Math.max(picture.width, picture.height, 1));
  const canvas = element("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

async function savePng() {
  download(await pngBlob(), "png");
}

function startPicture() {
  for (const made of document.querySelectorAll("[data-picture]")) {
    const kind = made.dataset.picture;
    made.setAttribute("aria-label", `Save the picture as ${kind.toUpperCase()}`);
    made.addEventListener("click", kind === "svg" ? saveSvg : savePng);
  }
}
