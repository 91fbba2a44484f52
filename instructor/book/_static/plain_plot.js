// Plain pictures of curves, as SVG: axes with few round ticks, lines that tell apart by colour and dashes and carry
// their names at their ends, gaps where a curve jumps. It knows nothing of losses.
//
//   plainPlot.draw(host, { alt, width, height, x: { low, high, name }, y: { low, high }, lines, dots, uprights, bars })
//
// A line is { look, name, pieces }, its pieces made by plainPlot.pieces(f, low, high). A look is 0, 1, …: the style
// sheet has its colour and its dashes. Everything else is optional: dots { look, x, y }, uprights { x, kind }, levels,
// bars { x, share }, tangents { look, from, to }, texts { look, x, text, row }, in the units of the axes.
"use strict";

const plainPlot = (() => {
  const SIZE = 14; // of text, in dots of the screen
  const LINE = 17; // from one line of text to the next
  const STUB = 12; // between the frame and a name
  const FAR = 10_000; // dots beyond which no browser draws what it is told

  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map(); // of texts that were measured: asking for the font anew makes the browser lay out the page

  function textWidth(text) {
    if (!widths.size) pen.font = `600 ${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
    if (!widths.has(text)) widths.set(text, pen.measureText(text).width);
    return widths.get(text);
  }

  const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

  // Ticks -----------------------------------------------------------------------------------------------------------

  // Round numbers from low to high, about so many.
  function ticks(low, high, about) {
    const rough = (high - low) / about;
    const power = 10 ** Math.floor(Math.log10(rough));
    const far = (size) => Math.abs(Math.log(size / rough));
    const step = [1, 2, 5, 10]
      .map((digit) => digit * power)
      .reduce((best, size) => (far(size) < far(best) ? size : best));
    const found = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k += 1) {
      found.push(Number((k * step).toPrecision(12)));
    }
    return found;
  }

  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  // A short number for an axis, with a true minus sign.
  function tickText(x) {
    const size = Math.abs(x);
    if (size === 0 || (size < 1e7 && size >= 1e-4)) return String(x).replace("-", "−");
    const [mantissa, power] = x.toExponential().split("e");
    const raised = power
      .replace("+", "")
      .replace("-", "⁻")
      .replace(/\d/g, (digit) => RAISED[digit]);
    return `${mantissa.replace("-", "−")}·10${raised}`;
  }

  // Ticks whose texts leave room between them along so many dots.
  function ticksAlong(low, high, dots) {
    let about = 6;
    let found = ticks(low, high, about);
    const crowded = () => found.reduce((sum, tick) => sum + textWidth(tickText(tick)) + 14, 0) > dots;
    while (about > 1 && crowded()) {
      about -= 1;
      found = ticks(low, high, about);
    }
    return found;
  }

  // Curves ----------------------------------------------------------------------------------------------------------

  // The curve of f from low to high in pieces, lists of [x, f(x)]: one ends where f jumps or is no number.
  function pieces(f, low, high, count = 240, also = []) {
    const xs = [...Array.from({ length: count + 1 }, (_, k) => low + ((high - low) * k) / count), ...also]
      .filter((x) => x >= low && x <= high)
      .sort((a, b) => a - b);
    const points = xs.map((x) => [x, f(x)]);
    const [least, most] = extent([points], 0.02);
    const rounding = 1e-9 * Math.max(Math.abs(least), Math.abs(most));
    const large = Math.max(0.04 * (most - least), rounding); // a step that may be a jump
    const found = [[]];
    points.forEach((point, k) => {
      const before = points[k - 1];
      if (k && Math.abs(point[1] - before[1]) > large) {
        const jump = jumpBetween(f, before, point);
        if (jump) {
          found.at(-1).push(jump[0]);
          found.push([jump[1]]);
        }
      }
      if (Number.isFinite(point[1])) found.at(-1).push(point);
      else if (found.at(-1).length) found.push([]);
    });
    return found.filter((piece) => piece.length);
  }

  // The two sides of a jump between two points, found by halving; null if the curve is only steep.
  function jumpBetween(f, left, right) {
    const whole = Math.abs(right[1] - left[1]);
    let [a, b] = [left, right];
    for (let k = 0; k < 48; k += 1) {
      const x = (a[0] + b[0]) / 2;
      const middle = [x, f(x)];
      if (Math.abs(middle[1] - a[1]) > Math.abs(b[1] - middle[1])) b = middle;
      else a = middle;
    }
    return Number.isFinite(whole) && Math.abs(b[1] - a[1]) > whole / 2 ? [a, b] : null;
  }

  // From where to where the heights of curves lie, leaving out a share at both ends where they shoot up or down.
  function extent(curves, share = 0.1) {
    const heights = curves
      .flat()
      .map(([, y]) => y)
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    if (!heights.length) return [0, 1];
    const at = (part) => heights[Math.round(part * (heights.length - 1))];
    const room = 0.7 * (at(1 - share) - at(share));
    return [Math.max(heights[0], at(share) - room), Math.min(heights.at(-1), at(1 - share) + room)];
  }

  // Names -----------------------------------------------------------------------------------------------------------

  // A name in lines that fit a width.
  function wrapped(name, width) {
    const lines = [];
    for (const word of name.split(" ")) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && textWidth(longer) <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  // Places as near as possible to those that are wanted, so that blocks of these heights don't overlap.
  function spread(wanted, heights, low, high) {
    const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]);
    const tops = [];
    let free = low;
    for (const k of order) {
      tops[k] = Math.max(free, wanted[k] - heights[k] / 2);
      free = tops[k] + heights[k];
    }
    let limit = high;
    for (const k of [...order].reverse()) {
      tops[k] = Math.min(tops[k], limit - heights[k]);
      limit = tops[k];
    }
    return tops;
  }

  // Pictures --------------------------------------------------------------------------------------------------------

  // Where things are: the size of the picture, the frame in it, and what turns numbers into dots.
  function layout({ width, height, x, y, lines }) {
    const names = lines.filter((line) => line.name);
    const widest = width < 460 ? 92 : 150;
    const blocks = names.map((line) => wrapped(line.name, widest));
    const yTicks = ticks(y.low, y.high, Math.max(2, height / 55));
    const frame = {
      left: 12 + Math.max(...yTicks.map((tick) => textWidth(tickText(tick)))),
      right: width - (blocks.length ? STUB + Math.max(...blocks.flat().map(textWidth)) + 4 : 14),
      top: 8,
      bottom: height - (x.name ? 44 : 24),
    };
    const xTicks = ticksAlong(x.low, x.high, frame.right - frame.left);
    const toX = (value) => frame.left + ((value - x.low) / (x.high - x.low)) * (frame.right - frame.left);
    const toY = (value) => {
      const dots = frame.bottom - ((value - y.low) / (y.high - y.low)) * (frame.bottom - frame.top);
      return Math.min(Math.max(dots, -FAR), FAR);
    };
    return { width, height, frame, toX, toY, names, blocks, xTicks, yTicks };
  }

  // A piece of SVG; numbers with a tenth of a dot.
  function tag(name, given, inside = "") {
    const written = Object.entries(given).map(
      ([key, value]) => `${key}="${typeof value === "number" ? dots(value) : value}"`,
    );
    return `<${name} ${written.join(" ")}>${inside}</${name}>`;
  }

  const dots = (x) => Number(x.toFixed(1));

  function axes({ frame, toX, toY, xTicks, yTicks }, x) {
    const { left, right, top, bottom } = frame;
    const across = yTicks.map((tick) => {
      const text = { class: "plot-tick", x: left - 6, y: toY(tick), dy: "0.33em", "text-anchor": "end" };
      return horizontal("plot-grid", frame, toY(tick)) + tag("text", text, tickText(tick));
    });
    const along = xTicks.map((tick) => {
      const text = { class: "plot-tick", x: toX(tick), y: bottom + 17, "text-anchor": "middle" };
      return upright("plot-grid", toX(tick), top, bottom) + tag("text", text, tickText(tick));
    });
    const name = { class: "plot-name", x: (left + right) / 2, y: bottom + 37, "text-anchor": "middle" };
    return [...across, ...along, horizontal("plot-axis", frame, bottom), tag("text", name, escaped(x.name))].join("");
  }

  const horizontal = (look, { left, right }, y) =>
    tag("path", { class: look, d: `M${dots(left)} ${dots(y)}H${dots(right)}` });
  const upright = (look, x, from, to) => tag("path", { class: look, d: `M${dots(x)} ${dots(from)}V${dots(to)}` });

  function path(piece, { toX, toY }) {
    const [first, ...others] = piece.map(([x, y]) => `${dots(toX(x))} ${dots(toY(y))}`);
    return `M${first}${others.length ? `L${others.join("L")}` : "h0.1"}`;
  }

  // The last point of a line that lies in the frame, or nearest to it.
  function end(line, { toX, toY, frame }) {
    const points = line.pieces.flat();
    const seen = points.filter(([, y]) => toY(y) >= frame.top - 1 && toY(y) <= frame.bottom + 1);
    const [x, y] = seen.at(-1) ?? points.at(-1) ?? [0, 0];
    return { x: toX(x), y: Math.min(Math.max(toY(y), frame.top), frame.bottom) };
  }

  // The names of the lines, at the right, each tied to the end of its line.
  function names(at) {
    const { names: lines, blocks, frame } = at;
    const ends = lines.map((line) => end(line, at));
    const heights = blocks.map((block) => block.length * LINE + 4);
    const tops = spread(
      ends.map(({ y }) => y),
      heights,
      frame.top - 4,
      frame.bottom + 4,
    );
    const named = lines.map(({ look }, k) => {
      const { x, y } = ends[k];
      const far = x < frame.right - 2 ? " plot-far" : "";
      const tie = `M${dots(x)} ${dots(y)}L${dots(frame.right + STUB - 3)} ${dots(tops[k] + heights[k] / 2)}`;
      const rows = blocks[k].map((row, j) =>
        tag("tspan", { x: frame.right + STUB, y: tops[k] + 2 + LINE * (j + 0.78) }, escaped(row)),
      );
      const label = tag("text", { class: `plot-label plot-look-${look}` }, rows.join(""));
      return tag("path", { class: `plot-tie plot-look-${look}${far}`, d: tie }) + label;
    });
    return named.join("");
  }

  // What lies in the frame and is cut off there: bars, straight lines, curves.
  function marks(at, { lines, uprights = [], levels = [], bars = [], tangents = [] }) {
    const { frame, toX, toY } = at;
    const bar = ({ x, share }) => upright("plot-bar", toX(x), frame.bottom, frame.bottom - 4 - 26 * share);
    const curve = (kind, look, pieces) =>
      tag("path", { class: `${kind} plot-look-${look}`, d: pieces.map((piece) => path(piece, at)).join("") });
    return [
      ...bars.map(bar),
      ...levels.map((y) => horizontal("plot-level", frame, toY(y))),
      ...uprights.map(({ x, kind }) => upright(`plot-upright plot-${kind}`, toX(x), frame.top, frame.bottom)),
      ...tangents.map(({ look, from, to }) => curve("plot-tangent", look, [[from, to]])),
      ...lines.map(({ look, pieces: all }) => curve("plot-line", look, all)),
    ].join("");
  }

  function dotsOf({ frame, toX, toY }, points) {
    const seen = ({ y }) => Number.isFinite(y) && toY(y) >= frame.top - 2 && toY(y) <= frame.bottom + 2;
    const dot = ({ x, y, look }) =>
      tag("circle", { class: `plot-dot plot-look-${look}`, cx: toX(x), cy: toY(y), r: 6 });
    return points.filter(seen).map(dot).join("");
  }

  // Short texts at the top, each to the inner side of its place.
  function textsOf({ frame, toX }, { low, high }, texts) {
    const text = ({ x, text: words, look, row }) => {
      const left = x < (low + high) / 2;
      const place = {
        x: toX(x) + (left ? 12 : -12),
        y: frame.top + 12 + LINE * row,
        "text-anchor": left ? "start" : "end",
      };
      return tag("text", { class: `plot-label plot-look-${look}`, ...place }, escaped(words));
    };
    return texts.map(text).join("");
  }

  let count = 0; // of pictures: each has a frame of its own name

  // Draw a picture into a host, anew each time; return what turns dots from its left rim into the number on its x axis.
  function draw(host, given) {
    const what = { lines: [], ...given };
    const at = layout(what);
    const { frame, width, height } = at;
    const { left, right, top, bottom } = frame;
    count += 1;
    const rim = tag("rect", { x: left, y: top - 2, width: right - left, height: bottom - top + 4 });
    const clip = tag("clipPath", { id: `plot-clip-${count}` }, rim);
    const inside = tag("g", { "clip-path": `url(#plot-clip-${count})` }, marks(at, what));
    const above = dotsOf(at, what.dots ?? []) + textsOf(at, what.x, what.texts ?? []) + names(at);
    const svg = {
      class: "plot",
      role: "img",
      "aria-label": escaped(what.alt),
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
    };
    host.innerHTML = tag("svg", svg, clip + axes(at, what.x) + inside + above);
    return (dotsIn) => what.x.low + ((dotsIn - left) / (right - left)) * (what.x.high - what.x.low);
  }

  return { draw, pieces, extent, ticks };
})();
