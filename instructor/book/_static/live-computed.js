"use strict";
// The twins that compute: two chapters have buttons that lead anywhere, so no table could hold their states. Each class
// says what chapters 08 and 09 of lossutils say, and draws the marks that move with the looks and at the places that
// Matplotlib gave them. Tests compare both with Python in many states.
(() => {
  const { print, fixed } = window.lossNumbers;
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const mean = (values) => sum(values) / values.length;
  const at = ([zero, one], value) => zero + one * value; // a place on an axis, in the picture's own steps
  const path = (d) => `<path d="${d}"/>`;
  const looking = (look, inside) => `<g class="${look}">${inside}</g>`;
  const pairs = (points) => points.map(([x, y]) => `${Math.round(x)} ${Math.round(y)}`);
  const line = (points) => `M${pairs(points).join(" ")}`;
  const bar = (x, width, low, high) => path(`${line([[x, low], [x + width, low], [x + width, high], [x, high]])}z`);

  // What both have in common: the controls by name, and pieces in the order of the picture's slots
  class Computed {
    constructor(data, controls) {
      Object.assign(this, { data, controls });
    }

    moved() {}

    shown(drawn, sentence, idle) {
      const { data, controls } = this;
      return { pieces: data.slots.map((name) => drawn[name]), sentence, idle, used: controls.map((_, k) => k), texts: [] };
    }
  }

  // Chapter 08 -----------------------------------------------------------------------------------------------------

  const f = Math.fround; // float32, as two of the programs compute
  const HIGHEST = 100; // a bar of an infinite loss is drawn so high
  const CUT = 100; // where PyTorch's BCELoss cuts the loss
  const TINY = f(1e-12); // what it keeps p (1 - p) above when it divides by it
  const SQUARED = 3;
  const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
  const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

  function roundedProbability(z, y) {
    const p = f(1 / f(1 + f(Math.exp(-f(z)))));
    return [p, y === 1 ? p : f(1 - p), f(p * f(1 - p))];
  }

  // Probability, loss and slope in the score of one label; in the order of the menu
  const PROGRAMS = [
    (z, y) => [sigmoid(z), y === 1 ? softplus(-z) : softplus(z), sigmoid(z) - y],
    (z, y) => {
      const [p, happened, through] = roundedProbability(z, y);
      return [p, Math.min(f(-Math.log(happened)), CUT), f(f(f(p - y) / Math.max(through, TINY)) * through)];
    },
    (z, y) => {
      const [p, happened, through] = roundedProbability(z, y);
      return [p, f(-Math.log(happened)), f(f((1 - 2 * y) / happened) * through)];
    },
    (z, y) => [sigmoid(z), (sigmoid(z) - y) ** 2, 2 * (sigmoid(z) - y) * sigmoid(z) * sigmoid(-z)],
  ];
  const STEPS = [20, 1000]; // of the buttons
  const RATE = 2;
  const CURVE = 151; // points
  const ROUND_STEPS = [1, 2, 5, 10]; // times a power of ten, between the ticks of an axis
  const PARTS = 4; // of an axis, at most

  class TwoClasses extends Computed {
    score(x, w = this.w, b = this.b) {
      return b + w * (x - this.data.centre);
    }

    computed(w, b) {
      const { x, y } = this.data;
      return x.map((place, k) => PROGRAMS[this.program](this.score(place, w, b), y[k]));
    }

    state() {
      [this.w, this.b, this.program] = [this.controls[0].value, this.controls[1].value, this.controls[2].place];
      const found = this.computed(this.w, this.b);
      const [p, loss, slope] = [0, 1, 2].map((part) => found.map((row) => row[part]));
      const [w, b] = this.step(this.w, this.b);
      const idle = !Number.isFinite(w) || (w === this.w && b === this.b);
      return this.shown(this.drawn(p, loss), this.said(p, loss, slope), [idle, idle]);
    }

    said(p, loss, slope) {
      const { y } = this.data;
      const squares = `mean squared error ${print(mean(p.map((value, k) => (value - y[k]) ** 2)))}`;
      const means = this.program === SQUARED ? squares : `mean cross-entropy ${print(mean(loss))}, ${squares}`;
      const said = `w = ${print(this.w, 3)}, b = ${print(this.b, 3)}: ${means}. ${this.highest(loss)}`;
      if (slope.some(Number.isNaN)) return `${said} The slope is nan: one step would make both weights nan, so the buttons take none.`;
      const silent = p.filter((value, k) => Math.abs(value - y[k]) > 0.5 && Math.abs(slope[k]) < 1e-3).length;
      return silent ? `${said} Slope 0 in ${silent} of the wrong labels.` : said;
    }

    highest(loss) {
      const { x, y, names, unit } = this.data;
      const k = loss.indexOf(Math.max(...loss));
      const total = sum(loss);
      const share = Number.isFinite(total) ? `, ${print((100 * loss[k]) / total, 2)} % of all` : "";
      return `Highest: ${`${print(x[k], 3)} ${unit}`.trim()}, ${names[y[k]]}, ${print(loss[k])}${share}.`;
    }

    drawn(p, loss) {
      const { data } = this;
      const { x, y, above, looks } = data;
      const [low, high] = data.shown;
      const grid = Array.from({ length: CURVE }, (_, k) => low + ((high - low) * k) / (CURVE - 1));
      const curve = grid.map((place) => [at(above.x, place), at(above.y, sigmoid(this.score(place)))]);
      const errors = x.map((place, k) => path(line([y[k], p[k]].map((height) => [at(above.x, place), at(above.y, height)]))));
      return { curve: looking(looks.curve, path(line(curve))), errors: looking(looks.errors, errors.join("")), ...this.costs(loss) };
    }

    // The bars of equal labels at one x stand on top of each other
    costs(loss) {
      const { x, y, order, bars, below, looks, axis } = this.data;
      const tops = {};
      const stacked = order.map((k) => {
        const place = [x[k], y[k]];
        const begin = tops[place] ?? 0;
        tops[place] = begin + Math.min(loss[k], HIGHEST);
        return [begin, tops[place]];
      });
      const top = 1.08 * Math.max(this.program === SQUARED ? 1 : 3, ...Object.values(tops));
      const scale = [below.zero, -below.tall / top];
      const drawn = order.map((k, place) => {
        const shape = bar(...bars[place], ...stacked[place].map((value) => at(scale, value)));
        return looking(looks.bars[y[k]], shape) + (loss[k] === Infinity ? looking(looks.stripes, shape) : "");
      });
      return { bars: drawn.join(""), axis: this.ticks(axis, top, scale, loss.includes(Infinity)) };
    }

    ticks(axis, top, scale, endless) {
      const power = 10 ** Math.floor(Math.log10(top / PARTS));
      const step = ROUND_STEPS.map((digit) => digit * power).find((size) => size >= top / PARTS);
      const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      const ticks = Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, k) => k * step);
      const drawn = ticks.map((tick) => {
        const y = Math.round(at(scale, tick));
        const number = `<text text-anchor="end" x="${axis.right}" y="${y + axis.down}">${tick.toFixed(decimals)}</text>`;
        const mark = `<use href="${axis.mark}" x="${axis.x}" y="${y}"/>`;
        return looking(axis.grid, path(line([[axis.from, y], [axis.to, y]]))) + mark + looking(axis.look, number);
      });
      const text = axis.labels[this.program === SQUARED ? "squared" : endless ? "endless" : "entropy"];
      const [x, y] = axis.label;
      return drawn.join("") + looking(axis.look, `<text x="${x}" y="${y}">${text}</text>`);
    }

    // A step of gradient descent, taken in x in units of its standard deviation
    step(w, b) {
      const { x, centre } = this.data;
      const middle = mean(x);
      const variance = mean(x.map((place) => (place - middle) ** 2));
      const slope = this.computed(w, b).map((row) => row[2]);
      return [w - (RATE * mean(slope.map((value, k) => value * (x[k] - centre)))) / variance, b - RATE * mean(slope)];
    }

    press(button) {
      let weights = [this.w, this.b];
      for (let step = 0; step < STEPS[button]; step += 1) weights = this.step(...weights);
      if (weights.every(Number.isFinite)) weights.forEach((weight, k) => this.controls[k].set(weight));
    }
  }

  // Chapter 09 -----------------------------------------------------------------------------------------------------

  const CORNERS = [[0, 0], [0.5, Math.sqrt(0.75)], [1, 0]];
  const READERS = 6;
  const WALK = 20; // steps of the button
  const NEAR = 0.08; // prediction and target have no arrow between them
  const [CERTAIN, SMOOTHED] = [0, 1];

  function logSoftmax(z) {
    const top = Math.max(...z);
    const whole = Math.log(sum(z.map((score) => Math.exp(score - top)))) + top;
    return z.map((score) => score - whole);
  }

  // With three decimals; what rounds to 0 has no sign
  const three = (values) => values.map((value) => fixed(Math.abs(value) < 5e-4 ? 0 : value, 3));

  class ThreeClasses extends Computed {
    // The target of an image of the first class: certain, smoothed, or as six readers see it
    target() {
      const [, , , , kind, readers, epsilon] = this.controls;
      if (kind.place === CERTAIN) return [1, 0, 0];
      if (kind.place === SMOOTHED) return [1, 0, 0].map((one) => (1 - epsilon.value) * one + epsilon.value / 3);
      return [(READERS - readers.value) / READERS, 0, readers.value / READERS];
    }

    state() {
      const [z, temperature, q] = [this.controls.slice(0, 3).map((score) => score.value), this.controls[3].value, this.target()];
      const logs = logSoftmax(z.map((score) => score / temperature));
      const p = logs.map(Math.exp);
      const slopes = p.map((share, k) => (share - q[k]) / temperature);
      const loss = -sum(q.map((share, k) => share * logs[k]));
      const floor = -sum(q.map((share) => (share ? share * Math.log(share) : 0)));
      const sentence =
        `p = ${three(p).join(", ")}. Cross-entropy ${print(loss)} = floor ${print(floor)} + distance ` +
        `${print(Math.max(0, loss - floor))}. Slopes ${three(slopes).join(", ")}: their sum is 0.`;
      return this.shown(this.drawn(p, q, slopes), sentence, [false, false]);
    }

    drawn(p, q, slopes) {
      const { share, bars, axis, triangle, marks, bands } = this.data;
      const columns = ({ look, x, width }, shares) =>
        looking(look, shares.map((value, k) => bar(x[k], width, at(share, 0), at(share, value))).join(""));
      const place = (shares) => [0, 1].map((part) => sum(shares.map((value, k) => value * CORNERS[k][part])));
      const [from, to] = [place(p), place(q)];
      const point = ([u, v]) => [at(triangle.x, u), at(triangle.y, v)];
      const mark = (href, [x, y]) => `<use href="${href}" x="${Math.round(x)}" y="${Math.round(y)}"/>`;
      const texts = three(slopes).map((text, k) => `<text text-anchor="middle" x="${axis.x[k]}" y="${axis.y}">${text}</text>`);
      const [, , , , kind, readers, epsilon] = this.controls;
      return {
        goal: columns(bars[0], q),
        said: columns(bars[1], p),
        axis: axis.rest + looking(axis.look, texts.join("")),
        bands: bands[kind.place][[0, epsilon.place, readers.place][kind.place]],
        arrow: Math.hypot(to[0] - from[0], to[1] - from[1]) > NEAR ? this.arrow(point(from), point(to)) : "",
        to: mark(marks[0], point(to)),
        from: mark(marks[1], point(from)),
      };
    }

    arrow([x0, y0], [x1, y1]) {
      const { looks, head, from, to } = this.data.arrow;
      const length = Math.hypot(x1 - x0, y1 - y0);
      const [along, across] = [(x1 - x0) / length, (y1 - y0) / length];
      const shaft = line([[x0 + from * along, y0 + from * across], [x1 - to * along, y1 - to * across]]);
      const turn = `translate(${Math.round(x1)} ${Math.round(y1)}) rotate(${((Math.atan2(across, along) * 180) / Math.PI).toFixed(1)})`;
      return looking(looks[0], path(shaft)) + looking(looks[1], `<path transform="${turn}" d="${head}"/>`);
    }

    press(button) {
      let z = this.controls.slice(0, 3).map((score) => score.value);
      if (button === 0) z = z.map((score) => score + 1);
      const [temperature, q] = [this.controls[3].value, this.target()];
      for (let step = 0; button === 1 && step < WALK; step += 1) {
        const logs = logSoftmax(z.map((score) => score / temperature));
        z = z.map((score, k) => score - (Math.exp(logs[k]) - q[k]) / temperature);
      }
      z.forEach((score, k) => this.controls[k].set(score));
    }
  }

  window.lossComputes = { twoClasses: TwoClasses, threeClasses: ThreeClasses };
})();
