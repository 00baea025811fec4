"use strict";
// Drawing with force-graph, which is for graphs too large for vis-network. Its forces are off: positions come
// from the page.

function readFigures({ nodes: shapes, edges: lines }) {
  return {
    figures: shapes.map(([label, size, x, y], id) => ({ id, lines: label.split("\n"), size, x, y })),
    edges: lines.map(([from, to, arrows], id) => ({ id, from, to, arrows })),
  };
}

function tracePath(context, shape, { x, y, size }) {
  context.beginPath();
  if (shape === "dot") context.arc(x, y, size, 0, 2 * Math.PI);
  else {
    const corners = { square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]], diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]], triangle: [[0, -1.1], [1.1, 0.9], [-1.1, 0.9]] }[shape];
    corners.forEach(([dx, dy]) => context.lineTo(x + dx * size, y + dy * size));
    context.closePath();
  }
}

function makeRenderer(stage, on) {
  const force = new ForceGraph(stage);
  let current = { shown: new Map(), edges: [], lit: null, chosen: [] };
  let chosenSet = new Set();
  const points = figures.map(({ id, size, x, y }) => ({ id, size, x, y, fx: x, fy: y, kind: nodes[id].kind }));
  const isLit = (id) => !current.lit || current.lit.has(id);
  const lineState = ({ from, to }) => (isLit(from) && isLit(to) && (!chosenSet.size || chosenSet.has(from) || chosenSet.has(to)) ? "lit" : "dim");

  const drawShape = (point, context, scale) => {
    // Far out, shapes keep a size that can be seen.
    const spot = { x: point.x, y: point.y, size: Math.max(point.size, 2.2 / scale) };
    context.globalAlpha = isLit(point.id) ? 1 : 0.18;
    context.fillStyle = colors[point.kind];
    tracePath(context, kinds[point.kind].shape, spot);
    context.fill();
    if (chosenSet.has(point.id)) {
      context.lineWidth = 3 / scale;
      context.strokeStyle = colors.text;
      context.stroke();
    }
    context.globalAlpha = 1;
  };

  const draw = (wanted) => {
    current = wanted;
    chosenSet = new Set(wanted.chosen);
    const shownPoints = [];
    for (const [id, { x, y }] of wanted.shown) shownPoints.push(Object.assign(points[id], { x, y, fx: x, fy: y }));
    // force-graph looks for the ends of a line only when it simulates, so they are given here.
    const shownLines = wanted.edges.map((line) => ({ ...line, source: points[line.from], target: points[line.to] }));
    force.graphData({ nodes: shownPoints, links: shownLines });
  };

  for (const name of ["charge", "link", "center"]) force.d3Force(name, null);
  force
    .cooldownTicks(0).warmupTicks(0).enableNodeDrag(false).autoPauseRedraw(true)
    .minZoom(0.005).maxZoom(12)
    .nodeLabel(() => "") // its tooltip reads text as markup
    .linkLabel(() => "")
    .nodeCanvasObject(drawShape)
    .nodePointerAreaPaint((point, color, context) => {
      context.fillStyle = color;
      tracePath(context, "dot", { ...point, size: point.size + 2 });
      context.fill();
    })
    .linkColor((line) => (chosenSet.size && lineState(line) === "lit" ? colors.accent : lineState(line) === "dim" ? colors.faint : colors.thin))
    .linkWidth((line) => (chosenSet.size && lineState(line) === "lit" ? 1.8 : 1))
    .onNodeClick(({ id }, event) => (event.detail > 1 ? on.open(id) : on.node(id)))
    .onLinkClick(on.line)
    .onBackgroundClick(on.nothing)
    .onRenderFramePost((context) => on.afterDrawing(context));

  const resize = () => force.width(stage.clientWidth).height(stage.clientHeight);
  resize();
  new ResizeObserver(() => {
    resize();
    on.resized();
  }).observe(stage);
  stage.addEventListener("wheel", on.moved, { passive: true });
  stage.addEventListener("pointerdown", on.moved);

  const recolor = () => {
    // Thousands of lines would cover the shapes.
    colors.thin = edges.length > 2000 ? `${colors.edge}80` : colors.edge;
    colors.faint = `${colors.edge}28`;
    force.backgroundColor(colors.back);
  };
  recolor();

  return {
    draw,
    recolor,
    camera: () => ({ scale: force.zoom(), origin: force.screen2GraphCoords(0, 0) }),
    moveTo: ({ x, y }, scale, animate) => {
      force.centerAt(x, y, animate ? 350 : 0);
      force.zoom(scale, animate ? 350 : 0);
    },
    zoomBy: (factor) => force.zoom(force.zoom() * factor),
    panBy: (dx, dy) => {
      const { x, y } = force.centerAt();
      force.centerAt(x + dx / force.zoom(), y + dy / force.zoom());
    },
    hits: (index) => force.graph2ScreenCoords(drawn.shown.get(index).x, drawn.shown.get(index).y),
  };
}
