"use strict";
// Drawing with vis-network, from what pyvis wrote. Names are set in labels.js, so vis-network gets none.

function readFigures({ nodes: shapes, edges: lines, options }) {
  return {
    figures: shapes.map(({ label, ...shape }) => ({ ...shape, lines: label.split("\n") })),
    edges: lines,
    options,
  };
}

function makeRenderer(stage, on) {
  const { options } = readJson("drawing-data");
  options.interaction.keyboard.enabled = false; // the keys of the stage are those of every renderer
  const shapes = new vis.DataSet(figures.map(({ lines, ...shape }) => ({ ...shape, hidden: true })));
  const lines = new vis.DataSet(edges.map((line) => ({ ...line, hidden: true })));
  const network = new vis.Network(stage, { nodes: shapes, edges: lines }, options);
  const shapeStates = new Map();
  const lineStates = new Map();

  const changed = (states, id, wanted) => {
    const text = JSON.stringify(wanted);
    if (states.get(id) === text) return false;
    states.set(id, text);
    return true;
  };

  const chosenNode = (values, id, selected) => {
    if (selected) Object.assign(values, { borderColor: colors.text, borderWidth: 3 });
  };

  const colorAll = () => {
    network.setOptions({
      nodes: { chosen: { node: chosenNode } },
      edges: { color: { color: colors.edge, highlight: colors.accent, hover: colors.accent, inherit: false } },
    });
    shapes.update(figures.map(({ id }) => {
      const background = colors[nodes[id].kind];
      return { id, color: { background, border: colors.back, highlight: { background, border: colors.text }, hover: { background, border: colors.text } } };
    }));
  };

  const draw = ({ shown, edges: visible, lit, chosen }) => {
    const shapeChanges = [];
    for (const { id } of figures) {
      const spot = shown.get(id);
      const wanted = spot ? { id, hidden: false, x: spot.x, y: spot.y, opacity: !lit || lit.has(id) ? 1 : 0.18 } : { id, hidden: true };
      if (changed(shapeStates, id, wanted)) shapeChanges.push(wanted);
    }
    const standing = new Set(visible.map(({ id }) => id));
    const lineChanges = [];
    for (const { id, from, to } of edges) {
      const isChosen = chosen.includes(from) || chosen.includes(to);
      const opacity = !lit || (lit.has(from) && lit.has(to) && (isChosen || !chosen.length)) ? 1 : 0.15;
      const wanted = standing.has(id) ? { id, hidden: false, width: chosen.length && isChosen ? 1.8 : 1, color: { opacity } } : { id, hidden: true };
      if (changed(lineStates, id, wanted)) lineChanges.push(wanted);
    }
    shapes.update(shapeChanges);
    lines.update(lineChanges);
    network.setSelection({ nodes: chosen.filter((id) => shown.has(id)), edges: [] }, { highlightEdges: false });
  };

  network.on("afterDrawing", on.afterDrawing);
  network.on("click", ({ nodes: [node], edges: [line] }) => {
    if (node !== undefined) on.node(node);
    else if (line !== undefined) on.line(lines.get(line));
    else on.nothing();
  });
  network.on("doubleClick", ({ nodes: [node] }) => { if (node !== undefined) on.open(node); });
  network.on("dragStart", on.moved);
  network.on("zoom", on.moved);
  network.on("resize", () => setTimeout(on.resized)); // vis-network first puts back the view that it had
  for (const [event, cursor] of [["hoverNode", "pointer"], ["hoverEdge", "pointer"], ["blurNode", ""], ["blurEdge", ""]]) {
    network.on(event, () => { stage.style.cursor = cursor; });
  }
  // Its own canvas wrapper takes the focus on a click; the stage is what the keyboard reaches.
  stage.querySelector(".vis-network")?.removeAttribute("tabindex");
  colorAll();

  return {
    draw,
    recolor: colorAll,
    camera: () => ({ scale: network.getScale(), origin: network.DOMtoCanvas({ x: 0, y: 0 }) }),
    moveTo: (position, scale, animate) => network.moveTo({ position, scale, animation: animate ? { duration: 350, easingFunction: "easeInOutQuad" } : false }),
    zoomBy: (factor) => network.moveTo({ scale: network.getScale() * factor }),
    panBy: (dx, dy) => {
      const { x, y } = network.getViewPosition();
      network.moveTo({ position: { x: x + dx / network.getScale(), y: y + dy / network.getScale() } });
    },
    hits: (index) => network.canvasToDOM(drawn.shown.get(index)),
  };
}
