// What NumPy does with a number, or with one row of numbers, under the names that lossbook/lab/translate.py writes.
// A row is an array, a column (one number a row) is a number; a comparison gives true or false, which count 1 and 0.
"use strict";

const lossLab = { formulas: {} };

lossLab.numbers = {
  clip: (x, low, high) => Math.min(Math.max(x, low), high),
  copysign: (size, sign) => (sign < 0 || Object.is(sign, -0) ? -Math.abs(size) : Math.abs(size)),
  fmin: (a, b) => (Number.isNaN(a) ? b : Math.min(a, b)),
  square: (x) => x * x,
};

lossLab.rows = (() => {
  const each = (f) => (x) => (Array.isArray(x) ? x.map((one) => f(one)) : f(x));
  const pairs = (f) => (a, b) => {
    if (Array.isArray(a)) return a.map((one, k) => f(one, Array.isArray(b) ? b[k] : b));
    return Array.isArray(b) ? b.map((one) => f(a, one)) : f(a, b);
  };
  const part = (x, k) => (Array.isArray(x) ? x[k] : x);
  const row = (x) => (Array.isArray(x) ? x : [x]);

  const add = pairs((a, b) => a + b);
  const multiply = pairs((a, b) => a * b);
  const sum = (x) => row(x).reduce((total, one) => total + one, 0);
  const max = (x) => Math.max(...row(x));
  const exponent = (x) => {
    let power = 0;
    for (; x >= 1; x /= 2) power += 1;
    for (; x < 0.5 && x > 0; x *= 2) power -= 1;
    return power;
  };

  return {
    exp: each(Math.exp),
    expm1: each(Math.expm1),
    log: each(Math.log),
    log1p: each(Math.log1p),
    negative: each((x) => -x),

    add,
    subtract: pairs((a, b) => a - b),
    multiply,
    divide: pairs((a, b) => a / b),
    power: pairs((a, b) => a ** b),
    maximum: pairs((a, b) => Math.max(a, b)),
    less: pairs((a, b) => a < b),
    atMost: pairs((a, b) => a <= b),
    greater: pairs((a, b) => a > b),
    atLeast: pairs((a, b) => a >= b),
    equal: pairs((a, b) => a === b),

    sum,
    max,
    argmax: (x) => x.indexOf(max(x)),
    dot: (a, b) => sum(multiply(a, b)),
    first: (x) => part(x, 0),
    chosen: (x, mask) => x.filter((_, k) => part(mask, k)),
    where: (test, yes, no) => (Array.isArray(test) ? test.map((one, k) => part(one ? yes : no, k)) : test ? yes : no),

    // x = mantissa * 2 ** power, the mantissa from 0.5 to 1
    frexp: (x) => [x / 2 ** exponent(x), exponent(x)],
    ldexp: (x, power) => x * 2 ** power,

    // The sum of all the other numbers: the whole sum minus the own one would lose digits.
    sumOfOthers: (x) => x.map((_, k) => sum(x.filter((__, j) => j !== k))),

    // The weight of each class number, 0 to the largest one.
    bincount: (y, w) => {
      const weights = new Array(Math.max(...y) + 1).fill(0);
      y.forEach((k, i) => {
        weights[k] += w[i];
      });
      return weights;
    },

    // The different numbers in order, the place of each number among them, and how often each occurs.
    unique: (x) => {
      const values = [...new Set(x)].sort((a, b) => a - b);
      const which = x.map((one) => values.indexOf(one));
      return [values, which, values.map((_, k) => which.filter((place) => place === k).length)];
    },

    // Where a question turns true between low, where it is false, and high, by halving to the last digit.
    change: (isRight, low, high) => {
      for (;;) {
        const middle = low / 2 + high / 2;
        if (!(low < middle && middle < high)) return high;
        if (isRight(middle)) high = middle;
        else low = middle;
      }
    },
  };
})();
