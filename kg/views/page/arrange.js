"use strict";
// Where the nodes of a small part stand: by force direction (Fruchterman and Reingold, 1991), begun from where
// they stand in the drawing of everything, then moved apart until no name covers another. Parts that nothing
// joins stand in rows, the largest first. There is no chance in it, so a link shows everybody the same picture.
// Its work grows with the square of the nodes.

const MOST_ARRANGED = 220;
const NEAR = 78; // about the length of a line, in pixels at zoom 1
const FAR_OFF = 3 * NEAR; // what is further away does not push, or parts joined by one line would drift apart
const WIDE = 1.5; // labels are wider than high, and so are windows
const ROUNDS = 220;
const PUSHES = 80;
const GAP = 26;

function boxOf(index) {
  const { lines, size } = figures[index];
  const width = Math.max(...lines.map((line) => line.length)) * 6.8;
  return { width: Math.max(width, 2 * size) + 14, height: 2 * size + lines.length * 14 + 12 };
}

// Positions (index -> {x, y}) for `members`, joined by `pairs`; those in `fixed` stay where they are.
function arrange(members, pairs, fixed = new Map()) {
  if (fixed.size) return arrangePart([...members], pairs, fixed);
  const parts = partsOf(members, pairs).map((part) => {
    const inside = new Set(part);
    return boxed(arrangePart(part, pairs.filter(([one]) => inside.has(one))));
  });
  return pack(parts);
}

function arrangePart(members, pairs, fixed = new Map()) {
  const all = members.sort((one, other) => one - other);
  const spots = startingSpots(all, pairs, fixed);
  const free = spots.filter((spot) => !fixed.has(spot.index));
  const byIndex = new Map(spots.map((spot) => [spot.index, spot]));
  const counts = new Map(members.map((index) => [index, 0]));
  for (const index of pairs.flat()) counts.set(index, counts.get(index) + 1);
  // Where everything is joined to everything, springs as strong as elsewhere would pull it into a lump.
  const strength = ([one, other]) => 1 / Math.sqrt(Math.max(1, Math.min(counts.get(one), counts.get(other)) / 2));
  const springs = pairs.map((pair) => [byIndex.get(pair[0]), byIndex.get(pair[1]), strength(pair)]);
  for (let round = 0; round < ROUNDS; round += 1) settle(spots, free, springs, NEAR * 0.9 * (1 - round / ROUNDS) + 1);
  pushApart(spots.map((spot) => ({ ...boxOf(spot.index), spot, isFixed: fixed.has(spot.index) })));
  return new Map(spots.map(({ index, x, y }) => [index, { x: Math.round(x), y: Math.round(y) }]));
}

// The connected parts, the one with the most nodes first.
function partsOf(members, pairs) {
  const neighbours = new Map([...members].map((index) => [index, []]));
  for (const [one, other] of pairs) {
    neighbours.get(one).push(other);
    neighbours.get(other).push(one);
  }
  const seen = new Set();
  const parts = [];
  for (const start of [...members].sort((one, other) => one - other)) {
    if (seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (const index of part) { // grows as it goes
      for (const other of neighbours.get(index)) {
        if (seen.has(other)) continue;
        seen.add(other);
        part.push(other);
      }
    }
    parts.push(part);
  }
  return parts.sort((one, other) => other.length - one.length);
}

// A part with its size, moved so that it begins at the top left corner.
function boxed(spots) {
  const boxes = [...spots].map(([index, { x, y }]) => ({ x, y, size: figures[index].size, ...boxOf(index) }));
  const left = Math.min(...boxes.map(({ x, width }) => x - width / 2));
  const top = Math.min(...boxes.map(({ y, size }) => y - size));
  return {
    spots: [...spots].map(([index, { x, y }]) => [index, { x: x - left, y: y - top }]),
    width: Math.max(...boxes.map(({ x, width }) => x + width / 2)) - left,
    height: Math.max(...boxes.map(({ y, height }) => y + height / 2)) - top,
  };
}

function pack(parts) {
  const area = parts.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const rowWidth = Math.max(Math.sqrt(area * WIDE) * 1.1, ...parts.map(({ width }) => width));
  const placed = new Map();
  let [x, y, rowHeight] = [0, 0, 0];
  for (const { spots, width, height } of parts) {
    if (x > 0 && x + width > rowWidth) [x, y, rowHeight] = [0, y + rowHeight + GAP, 0];
    for (const [index, spot] of spots) placed.set(index, { x: Math.round(x + spot.x), y: Math.round(y + spot.y) });
    x += width + GAP;
    rowHeight = Math.max(rowHeight, height);
  }
  return placed;
}

function startingSpots(all, pairs, fixed) {
  const near = new Map();
  for (const [one, other] of pairs) {
    if (fixed.has(one)) near.set(other, one);
    if (fixed.has(other)) near.set(one, other);
  }
  const xs = all.map((index) => figures[index].x);
  const ys = all.map((index) => figures[index].y);
  const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1);
  const shrink = (NEAR * Math.sqrt(all.length)) / span;
  return all.map((index, order) => {
    if (fixed.has(index)) return { index, ...fixed.get(index) };
    // The golden angle keeps apart what would begin on one spot.
    const [turn, reach] = [order * 2.39996, 12 * Math.sqrt(order + 1)];
    const home = near.has(index) ? fixed.get(near.get(index)) : { x: figures[index].x * shrink, y: figures[index].y * shrink };
    const away = near.has(index) ? NEAR / 2 : 0;
    return { index, x: home.x + (reach + away) * Math.cos(turn), y: home.y + (reach + away) * Math.sin(turn) };
  });
}

function settle(spots, free, springs, longestStep) {
  for (const spot of spots) Object.assign(spot, { forceX: 0, forceY: 0 });
  for (let i = 0; i < spots.length; i += 1) {
    for (let j = i + 1; j < spots.length; j += 1) {
      const [dx, dy] = [(spots[i].x - spots[j].x) / WIDE, spots[i].y - spots[j].y];
      const square = dx * dx + dy * dy;
      if (square > FAR_OFF * FAR_OFF) continue;
      const push = (NEAR * NEAR) / Math.max(square, 25);
      spots[i].forceX += dx * push; spots[i].forceY += dy * push;
      spots[j].forceX -= dx * push; spots[j].forceY -= dy * push;
    }
  }
  for (const [one, other, strength] of springs) {
    const [dx, dy] = [(one.x - other.x) / WIDE, one.y - other.y];
    const pull = (strength * Math.hypot(dx, dy)) / NEAR;
    one.forceX -= dx * pull; one.forceY -= dy * pull;
    other.forceX += dx * pull; other.forceY += dy * pull;
  }
  for (const spot of free) {
    // A weak pull to the middle, or long chains would reach far.
    const [forceX, forceY] = [spot.forceX - (0.12 * spot.x) / WIDE, spot.forceY - 0.12 * spot.y];
    const length = Math.hypot(forceX, forceY) || 1;
    const step = Math.min(length, longestStep) / length;
    spot.x += forceX * step * WIDE;
    spot.y += forceY * step;
  }
}

function pushApart(boxes) {
  for (let round = 0; round < PUSHES; round += 1) {
    let moved = false;
    for (let i = 0; i < boxes.length; i += 1) {
      for (let j = i + 1; j < boxes.length; j += 1) {
        const [one, other] = [boxes[i], boxes[j]];
        if (one.isFixed && other.isFixed) continue;
        const [dx, dy] = [other.spot.x - one.spot.x, other.spot.y - one.spot.y];
        const overX = (one.width + other.width) / 2 - Math.abs(dx);
        const overY = (one.height + other.height) / 2 - Math.abs(dy);
        if (overX <= 0.5 || overY <= 0.5) continue;
        moved = true;
        const axis = overX < overY ? "x" : "y";
        const shift = axis === "x" ? overX * (dx < 0 ? -1 : 1) : overY * (dy < 0 ? -1 : 1);
        const share = one.isFixed ? 0 : other.isFixed ? 1 : 0.5;
        one.spot[axis] -= shift * share;
        other.spot[axis] += shift * (1 - share);
      }
    }
    if (!moved) return;
  }
}
