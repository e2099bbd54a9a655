/** Rectangles that may be tilted: the shape of a line of text in a picture. Lengths are pixels, angles radians. */

export interface Point {
  x: number;
  y: number;
}

export interface RotatedRect {
  centre: Point;
  /** Along the reading direction. */
  width: number;
  /** Across the reading direction. */
  height: number;
  /** Of the reading direction, clockwise from the x axis, in (-π/4, π/4]. */
  angle: number;
}

/**
 * The smallest rectangle around pixels: one side of it lies along an edge of their convex hull.
 * A point names a pixel of side 1 by its column and row: (3, 4) alone gives a rectangle of 1 × 1 around (3.5, 4.5).
 */
export function minAreaRect(points: readonly Point[]): RotatedRect {
  const hull = convexHull(points);
  let best: RotatedRect | null = null;
  for (let i = 0; i < hull.length; i++) {
    const from = hull[i] as Point;
    const to = hull[(i + 1) % hull.length] as Point;
    const rect = boundsAlong(hull, Math.atan2(to.y - from.y, to.x - from.x));
    if (best === null || rect.width * rect.height < best.width * best.height) best = rect;
  }
  return best ?? { centre: { x: 0, y: 0 }, width: 0, height: 0, angle: 0 };
}

/**
 * Grows a shrunken text region back to the size of the text, as the DB paper does (arXiv 1911.08947, section 3.5):
 * every side moves out by `area * ratio / perimeter`.
 */
export function unclip(rect: RotatedRect, ratio: number): RotatedRect {
  const distance = (rect.width * rect.height * ratio) / (2 * (rect.width + rect.height));
  return { ...rect, width: rect.width + 2 * distance, height: rect.height + 2 * distance };
}

/** The same rectangle in a picture that is `scaleX` times as wide and `scaleY` times as high. */
export function scaleRect(rect: RotatedRect, scaleX: number, scaleY: number): RotatedRect {
  const along = { x: Math.cos(rect.angle) * scaleX, y: Math.sin(rect.angle) * scaleY };
  const across = { x: -Math.sin(rect.angle) * scaleX, y: Math.cos(rect.angle) * scaleY };
  return {
    centre: { x: rect.centre.x * scaleX, y: rect.centre.y * scaleY },
    width: rect.width * Math.hypot(along.x, along.y),
    height: rect.height * Math.hypot(across.x, across.y),
    angle: Math.atan2(along.y, along.x),
  };
}

/** The bounding rectangle whose sides lie along `direction`, turned so that its angle is in (-π/4, π/4]. */
function boundsAlong(points: readonly Point[], direction: number): RotatedRect {
  const angle = direction - (Math.PI / 2) * Math.ceil((direction - Math.PI / 4) / (Math.PI / 2));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    const u = x * cos + y * sin;
    const v = y * cos - x * sin;
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const [u, v] = [(minU + maxU) / 2, (minV + maxV) / 2];
  return {
    centre: { x: u * cos - v * sin + 0.5, y: u * sin + v * cos + 0.5 },
    width: maxU - minU + 1,
    height: maxV - minV + 1,
    angle,
  };
}

/** Andrew's monotone chain; the hull's corners in order, without repeats. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const lower = halfHull(sorted);
  const upper = halfHull(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function halfHull(sorted: readonly Point[]): Point[] {
  const chain: Point[] = [];
  for (const point of sorted) {
    while (chain.length >= 2 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop();
    chain.push(point);
  }
  return chain;
}

/** Positive when a → b → c turns one way, negative the other, 0 on a line. */
function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
