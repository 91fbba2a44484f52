// The best constant: the prediction with the least mean loss over data, found as in
// lossutils/engine/fallback_constant.py. A grid over the targets and far beyond finds the valleys; the sign of the
// mean slope finds the bottom of each from both sides, so that the middle of a flat bottom comes out. For a row-wise
// loss the library's own formula is asked.
"use strict";

lossLab.constants = (() => {
  const { change } = lossLab.rows;
  const VALLEYS = 9; // of which the bottoms are compared
  const MANY = 100; // different targets: so many lie close enough to one another

  // The mean over data of f, a loss's value or slope, at a constant c; infinity where it can't be computed.
  function meanOf(f, self, c, { values, shares }) {
    let total = 0;
    for (let i = 0; i < values.length; i += 1) total += shares[i] * f(self, c, values[i]);
    return Number.isNaN(total) ? Infinity : total;
  }

  const spaced = (low, high, n) => Array.from({ length: n }, (_, k) => low + ((high - low) * k) / (n - 1));

  function legal(c, { low, openLow, high, openHigh }) {
    if (low !== null && (openLow ? c <= low : c < low)) return false;
    return high === null || (openHigh ? c < high : c <= high);
  }

  // Legal constants in order: evenly over the targets' range, at and between targets, and ever further out.
  function grid(domain, ofScores, values) {
    let [low, high] = [values[0], values.at(-1)];
    let span = Math.max(high - low, 1e-3 * Math.abs(low), 1e-3);
    const points = [...spaced(low, high, 101), ...values];
    for (const share of values.length > MANY ? [] : [0.25, 0.5, 0.75]) {
      for (let i = 1; i < values.length; i += 1) points.push((1 - share) * values[i - 1] + share * values[i]);
    }
    if (ofScores) {
      // far enough out that every label is settled
      points.push(...spaced(-40, 40, 401));
      [low, high, span] = [Math.min(low, -40), Math.max(high, 40), Math.max(span, 40)];
    }
    for (let power = -8; power < 24; power += 1) points.push(low - span * 2 ** power, high + span * 2 ** power);
    let inside = points.filter((c) => legal(c, domain));
    for (const end of [domain.low, domain.high]) {
      // towards the edge of the domain, and on it where that is legal
      if (end === null) continue;
      const nearest = inside.reduce((best, c) => (Math.abs(c - end) < Math.abs(best - end) ? c : best));
      for (let k = 1; k < 12; k += 1) inside.push(end + (nearest - end) * 4 ** -k);
      inside.push(end);
    }
    inside = [...new Set(inside.filter((c) => legal(c, domain)))];
    return Float64Array.from(inside).sort();
  }

  // First and last place on the grid of the lowest local minima, from left to right; equal neighbours are one.
  function valleys(risks) {
    const least = Math.min(...risks);
    const same = (risk) => 1e-14 * Math.max(Math.abs(least), Math.abs(risk)); // but for rounding
    const runs = [];
    risks.forEach((risk, i) => {
      if (Number.isFinite(risk) && Math.abs(risk - risks[i - 1]) <= same(risk)) runs.at(-1).last = i;
      else runs.push({ first: i, last: i, height: risk });
    });
    const height = (k) => runs[k]?.height ?? Infinity;
    const low = runs.filter(
      (run, k) => run.height < Infinity && run.height <= height(k - 1) && run.height <= height(k + 1),
    );
    return low
      .sort((a, b) => a.height - b.height)
      .slice(0, VALLEYS)
      .sort((a, b) => a.first - b.first);
  }

  // The middle of all constants of a valley where the mean slope is 0.
  function bottom({ value, slope }, self, points, { first, last }, data) {
    const at = (i) => points[Math.min(Math.max(i, 0), points.length - 1)];
    const [low, left, right, high] = [at(first - 1), at(first), at(last), at(last + 1)];
    const asLow = (c, goal) => meanOf(value, self, c, data) <= meanOf(value, self, goal, data) * (1 + 1e-14);
    if (last === points.length - 1 || first === 0) {
      // where the loss levels out, and that is where it is best
      return last === points.length - 1
        ? change((c) => asLow(c, left), low, left)
        : -change((c) => asLow(-c, right), -high, -right);
    }
    const sizes = [low, left, high].map((c) => meanOf((...given) => Math.abs(slope(...given)), self, c, data));
    const rounding = 1e-12 * Math.max(0, ...sizes.filter(Number.isFinite));
    const side = (c) => {
      const steep = meanOf(slope, self, c, data);
      if (Math.abs(steep) > rounding) return Math.sign(steep);
      return asLow(c, left) ? 0 : Math.sign(c - left);
    };
    const inside = side(left);
    const [from, to] = inside < 0 ? [left, high] : [low, left];
    const begins = side(from) >= 0 ? from : change((c) => side(c) >= 0, from, to);
    const [start, end] = inside > 0 ? [low, left] : [left, high];
    const ends = side(end) <= 0 ? end : change((c) => side(c) > 0, start, end);
    return nearTarget(begins / 2 + ends / 2, ends - begins, data.values);
  }

  // A constant that is a target up to rounding is that target.
  function nearTarget(middle, width, values) {
    const nearest = values.reduce((best, y) => (Math.abs(y - middle) < Math.abs(best - middle) ? y : best));
    const close = Math.max(4 * Number.EPSILON * Math.abs(middle), 1e-12 * width);
    return Math.abs(nearest - middle) <= close ? nearest : middle;
  }

  // The constant with the least mean loss, a number, that mean, and how many valleys there are.
  function ofNumbers(about, formulas, self, data) {
    const points = grid(about.prediction, about.kind !== "value", data.values);
    const risks = points.map((c) => meanOf(formulas.value, self, c, data));
    const found = valleys(risks);
    const candidates = found.flatMap((valley) => {
      const middle = bottom(formulas, self, points, valley, data);
      const closest = [...data.values].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)).slice(0, 2);
      return [middle, points[valley.first], ...closest].filter((c) => legal(c, about.prediction));
    });
    const depths = candidates.map((c) => meanOf(formulas.value, self, c, data));
    const least = Math.min(...depths);
    const best = depths.findIndex((depth) => depth <= least + 1e-14 * Math.abs(least));
    return { constant: candidates[best], mean: depths[best], valleys: found.length };
  }

  const oneHot = (k, length) => Array.from({ length }, (_, j) => Number(j === k));

  // The mean loss of one row for all samples, whose targets are classes.
  function meanOfRow(formulas, self, row, { values, shares }) {
    return values.reduce((total, k, i) => total + shares[i] * formulas.value(self, row, oneHot(k, row.length)), 0);
  }

  // The row with the least mean loss, and that mean.
  function ofRows(formulas, self, data) {
    const constant = formulas.constant(self, data.values, data.shares);
    return { constant, mean: meanOfRow(formulas, self, constant, data) };
  }

  return { meanOf, meanOfRow, ofNumbers, ofRows, oneHot, spaced };
})();
