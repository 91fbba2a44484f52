"use strict";
// Numbers as the course prints them, and as people type them: what lossutils.plot.texts.number and
// lossutils.widgets.typed do in Python. Tests compare both on many inputs.
(() => {
  const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((digit, k) => [k, digit])) };

  const EXACT = 60; // digits: what lies in the middle between two shorter numbers has fewer

  // Whether a text of digits lies in the middle between two that are `more` digits shorter, the lower one being even;
  // Python then rounds down, and JavaScript up
  const roundsDown = (exact, more) => /^[02468]50*$/.test(exact.replace(".", "").slice(-more - 1));

  // The digits of a number, rounded to so many, and the power of ten of the first one
  function rounded(x, digits) {
    const size = Math.abs(x);
    const [exact, below] = size.toExponential(EXACT).split("e");
    const down = roundsDown(exact, EXACT + 1 - digits);
    const [mantissa, power] = down ? [exact.slice(0, digits + (digits > 1)), below] : size.toExponential(digits - 1).split("e");
    return [mantissa.replace(".", "").replace(/0+$/, ""), Number(power)];
  }

  function positional(digits, power) {
    if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`;
    const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
    return digits.length > power + 1 ? `${whole}.${digits.slice(power + 1)}` : whole;
  }

  function print(x, digits = 4) {
    if (!Number.isFinite(x)) return Number.isNaN(x) ? "undefined" : x > 0 ? "∞" : "−∞";
    if (x === 0) return "0";
    const [figures, power] = rounded(x, digits);
    const size = Math.abs(x);
    const raised = [...String(power)].map((letter) => RAISED[letter]).join("");
    const text = size >= 1e-7 && size < 1e12 ? positional(figures, power) : `${positional(figures, 0)} · 10${raised}`;
    return x < 0 ? `−${text}` : text;
  }

  // A number with so many decimals and a true minus sign
  function fixed(x, decimals) {
    const exact = x.toFixed(EXACT);
    const text = roundsDown(exact, EXACT - decimals) ? exact.slice(0, decimals - EXACT) : x.toFixed(decimals);
    return text.replace("-", "−");
  }

  // ---------------------------------------------------------------------------------------------------------------

  const LONGEST = 60;
  const CONSTANTS = { __proto__: null, e: Math.E, pi: Math.PI, π: Math.PI };
  const FUNCTIONS = {
    __proto__: null,
    ln: Math.log,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    lg: Math.log10,
    exp: Math.exp,
    sqrt: Math.sqrt,
  };
  const PYTHON_NAMES = { ln: "log", lg: "log10" };
  const SIGNS = { "−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "\u00a0": " ", "\u202f": " ", "\u2009": " " };
  const TOKEN =
    /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>log(?:2|10)(?=\s*\(|\s+[\d.])|\p{L}+)|(?<sign>\*\*|[-+*/()]))/uy;

  class NoNumber extends Error {}
  const unreadable = () => new NoNumber("; write it as in 0.25, 1/4, ln 2 or 2.5e-3");
  const tooLarge = () => new NoNumber(": it is too large to be computed");

  // As Python's format :g has it
  function general(x) {
    if (x === 0) return Object.is(x, -0) ? "-0" : "0";
    const [figures, power] = rounded(x, 6);
    const mark = power < 0 ? "-" : "+";
    const far = power < -4 || power >= 6;
    const text = far ? `${positional(figures, 0)}e${mark}${String(Math.abs(power)).padStart(2, "0")}` : positional(figures, power);
    return x < 0 ? `-${text}` : text;
  }

  function withPoints(text) {
    let made = text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, "");
    for (const [mark, point] of [",.", ".,"]) {
      const groups = `\\d{1,3}(?:\\${mark}\\d{3})`;
      const thousands = new RegExp(`(?<![\\d.,])(?:${groups}{2,}(?![\\d${mark}])|${groups}+(?=\\${point}\\d))`, "g");
      made = made.replace(thousands, (found) => found.replaceAll(mark, ""));
    }
    return made.replace(/,(?=\d)/g, ".");
  }

  function tokens(text) {
    const found = [];
    for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
      const match = TOKEN.exec(text);
      if (!match) throw unreadable();
      const [kind, word] = Object.entries(match.groups).find(([, part]) => part !== undefined);
      found.push({ kind, text: word.toLowerCase() });
    }
    return found;
  }

  // Brackets around the number that a function takes, a sign where one multiplies
  function withCalls(read) {
    const written = [];
    let before = { kind: "sign", text: "" };
    let due = 0; // the brackets that the next number closes
    const sign = (text) => written.push({ kind: "sign", text });
    read.forEach((token, k) => {
      const ends = before.kind === "number" || before.text === ")" || before.text in CONSTANTS;
      if ((token.kind === "name" || token.text === "(") && ends) sign("*");
      written.push(token);
      if (token.kind === "number" || token.text in CONSTANTS) for (; due > 0; due -= 1) sign(")");
      if (token.text in FUNCTIONS && read[k + 1]?.text !== "(") {
        sign("(");
        due += 1;
      } else if (token.kind === "number" && before.kind === "number") throw unreadable();
      before = token;
    });
    for (; due > 0; due -= 1) sign(")");
    return written;
  }

  function real(name, result, first) {
    if (Number.isNaN(result)) throw new NoNumber(`: ${name} of ${general(first)} is no real number`);
    return result;
  }

  function power(base, exponent) {
    if (base === 0 && exponent < 0) throw new NoNumber(": it divides by 0");
    const result = real("pow", base ** exponent, base);
    if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) throw tooLarge();
    return result;
  }

  function finite(x) {
    if (!Number.isFinite(x)) throw tooLarge();
    return x;
  }

  function divided(x, by) {
    if (by === 0) throw new NoNumber(": it divides by 0");
    return x / by;
  }

  function named(name) {
    if (name === "inf") throw tooLarge();
    if (!(name in CONSTANTS)) throw unreadable();
    return CONSTANTS[name];
  }

  function call(name, inside) {
    if (!(name in FUNCTIONS)) throw unreadable();
    const x = inside();
    const called = PYTHON_NAMES[name] ?? name;
    if (name !== "sqrt" && name !== "exp" && x === 0) real(called, NaN, x);
    const result = real(called, FUNCTIONS[name](x), x);
    if (name === "exp" && result === Infinity) throw tooLarge();
    return result;
  }

  // Reads the whole text before anything is computed, as Python does: each part becomes a function.
  // sum = product (+|- product)*, product = signed (*|/ signed)*, signed = (+|-) signed | atom (** signed)?
  class Reader {
    constructor(read) {
      this.read = read;
      this.at = 0;
    }

    next(...wanted) {
      const token = this.read[this.at];
      if (token?.kind !== "sign" || !wanted.includes(token.text)) return null;
      this.at += 1;
      return token.text;
    }

    all() {
      const result = this.sum();
      if (this.at < this.read.length) throw unreadable();
      return result;
    }

    sum() {
      let result = this.product();
      for (let sign; (sign = this.next("+", "-")); ) {
        const [left, right, plus] = [result, this.product(), sign === "+"];
        result = () => (plus ? left() + right() : left() - right());
      }
      return result;
    }

    product() {
      let result = this.signed();
      for (let sign; (sign = this.next("*", "/")); ) {
        const [left, right] = [result, this.signed()];
        result = sign === "*" ? () => left() * right() : () => divided(left(), right());
      }
      return result;
    }

    signed() {
      const sign = this.next("+", "-");
      if (sign) {
        const inside = this.signed();
        return sign === "-" ? () => -inside() : inside;
      }
      const base = this.atom();
      if (!this.next("**")) return base;
      const exponent = this.signed();
      return () => power(base(), exponent());
    }

    atom() {
      if (this.next("(")) return this.closed();
      const token = this.read[this.at++];
      if (token?.kind === "number") return () => finite(Number(token.text));
      if (token?.kind !== "name") throw unreadable();
      if (!this.next("(")) return () => named(token.text);
      const inside = this.closed();
      return () => call(token.text, inside);
    }

    closed() {
      const inside = this.sum();
      if (!this.next(")")) throw unreadable();
      return inside;
    }
  }

  // Return { number }, or { error }: a sentence that says why it is none
  function typed(text) {
    try {
      if ([...text].length > LONGEST) throw unreadable();
      const plain = [...text].map((letter) => SIGNS[letter] ?? letter).join("");
      const python = withPoints(plain.replaceAll("^", "**").replaceAll("√", " sqrt ").trim());
      return { number: finite(new Reader(withCalls(tokens(python))).all()()) };
    } catch (problem) {
      if (!(problem instanceof NoNumber)) throw problem;
      return { error: `${text} is not a number${problem.message}.` };
    }
  }

  window.lossNumbers = { print, fixed, typed };
})();
