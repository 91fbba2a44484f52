// Numbers as lossutils writes them, and as people type them: what lossutils/plot/texts.py and
// lossutils/widgets/typed.py do, with their sentences.
"use strict";

lossLab.words = (() => {
  const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

  // Digits and power of ten of a number; exactly halfway between two, the even digit wins, as in NumPy.
  function rounded(size, digits) {
    const [exact, power] = size.toExponential(60).split("e");
    const rest = exact.replace(".", "").slice(digits);
    const halfway = /^50*$/.test(rest) && Number(exact.replace(".", "")[digits - 1]) % 2 === 0;
    if (!halfway) return size.toExponential(digits - 1).split("e");
    const kept = exact.replace(".", "").slice(0, digits);
    return [`${kept[0]}${digits > 1 ? "." : ""}${kept.slice(1)}`, power];
  }

  // A number with so many significant digits and a true minus sign; powers of ten only where it is needed.
  function number(x, digits = 4) {
    if (Number.isNaN(x)) return "undefined";
    if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
    if (x === 0) return "0";
    const size = Math.abs(x);
    const [mantissa, power] = rounded(size, digits);
    const sign = x < 0 ? "−" : "";
    if (size < 1e-7 || size >= 1e12) {
      const raised = [...String(Number(power))].map((letter) => RAISED[letter]).join("");
      return `${sign}${Number(mantissa)} · 10${raised}`;
    }
    return sign + positional(mantissa, Number(power));
  }

  function positional(mantissa, power) {
    const digits = mantissa.replace(".", "");
    const whole = power < 0 ? "0" : digits.slice(0, power + 1).padEnd(power + 1, "0");
    const part = (power < 0 ? "0".repeat(-power - 1) + digits : digits.slice(power + 1)).replace(/0+$/, "");
    return part ? `${whole}.${part}` : whole;
  }

  const said = (sentence, parts) => sentence.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

  // What people type ------------------------------------------------------------------------------------------------

  const NAMES = { e: Math.E, pi: Math.PI, π: Math.PI };
  const FUNCTIONS = {
    ln: Math.log,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    lg: Math.log10,
    exp: Math.exp,
    sqrt: Math.sqrt,
  };
  const CALLED = { ln: "log", lg: "log10" }; // what a sentence calls them
  const LONGEST = 60;
  const SIGNS = {
    "−": "-",
    "–": "-",
    "·": "*",
    "×": "*",
    "÷": "/",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "^": "**",
    "√": " sqrt ",
  };
  const TOKEN = new RegExp(
    "\\s*(?:(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)" +
      "|(?<name>log(?:2|10)(?=\\s*\\(|\\s+[\\d.])|\\p{L}+)" + // log2 8 has a base, log2 is the logarithm of 2
      "|(?<sign>\\*\\*|[-+*/()]))",
    "uy",
  );

  class Refused extends Error {}

  function refuse(name, parts = {}) {
    throw new Refused(said(lossLab.facts.words[name], { text: "{text}", ...parts }));
  }

  // The number that a text is; an error says in a sentence why it is none.
  function typedNumber(text) {
    try {
      const value = parsed(withCalls(tokens(withPoints(plain(text)))));
      return Number.isFinite(value) ? value : refuse("tooLarge");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Refused(said(error.message, { text }));
    }
  }

  function plain(text) {
    if ([...text].length > LONGEST) refuse("noNumber");
    return [...text]
      .map((letter) => SIGNS[letter] ?? letter)
      .join("")
      .trim();
  }

  // Decimal points, and nothing between thousands: two marks of a kind, or one before the other kind, part these.
  function withPoints(text) {
    let made = text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, "");
    for (const [mark, point] of [",.", ".,"]) {
      const group = `\\d{1,3}(?:\\${mark}\\d{3})`;
      const thousands = `(?<![\\d.,])(?:${group}{2,}(?![\\d${mark}])|${group}+(?=\\${point}\\d))`;
      made = made.replace(new RegExp(thousands, "g"), (found) => found.replaceAll(mark, ""));
    }
    return made.replace(/,(?=\d)/g, ".");
  }

  function tokens(text) {
    const found = [];
    for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
      const { groups } = TOKEN.exec(text) ?? refuse("noNumber");
      const [kind, word] = Object.entries(groups).find(([, one]) => one !== undefined);
      found.push({ kind, word: word.toLowerCase() });
    }
    return found;
  }

  // Brackets around the number that a function takes, a sign where one multiplies.
  function withCalls(given) {
    const sign = (word) => ({ kind: "sign", word });
    const written = [];
    let before = sign("");
    let due = 0; // brackets that the next number closes
    given.forEach((token, k) => {
      const named = token.word in NAMES;
      if (
        (token.kind === "name" || token.word === "(") &&
        (before.kind === "number" || before.word === ")" || before.word in NAMES)
      ) {
        written.push(sign("*"));
      }
      written.push(token);
      if (token.kind === "number" || named) {
        for (; due > 0; due -= 1) written.push(sign(")"));
      }
      if (token.word in FUNCTIONS && given[k + 1]?.word !== "(") {
        written.push(sign("("));
        due += 1;
      } else if (token.kind === "number" && before.kind === "number") {
        refuse("noNumber");
      }
      before = token;
    });
    return written;
  }

  // Sums of products of signed powers, as Python reads them: a power binds tighter than the sign before it.
  function parsed(given) {
    let at = 0;
    const next = () => given[at]?.word;
    const take = (...words) => (words.includes(next()) ? given[at++].word : "");

    function sum() {
      let value = product();
      for (let sign = take("+", "-"); sign; sign = take("+", "-")) value += sign === "+" ? product() : -product();
      return value;
    }
    function product() {
      let value = signed();
      for (let sign = take("*", "/"); sign; sign = take("*", "/")) {
        const other = signed();
        if (sign === "/" && other === 0) refuse("dividesByZero");
        value = sign === "*" ? value * other : value / other;
      }
      return value;
    }
    function signed() {
      const sign = take("+", "-");
      return sign === "-" ? -signed() : sign ? signed() : power();
    }
    function power() {
      const base = atom();
      if (!take("**")) return base;
      const exponent = signed();
      if (base === 0 && exponent < 0) refuse("dividesByZero");
      return real("pow", base ** exponent, base);
    }
    function atom() {
      const token = given[at];
      at += 1;
      if (token?.kind === "number") return Number(token.word);
      if (token?.word in NAMES) return NAMES[token.word];
      if (token?.word === "inf") refuse("tooLarge");
      const applied = token?.kind === "name" ? (FUNCTIONS[token.word] ?? refuse("noNumber")) : null;
      if (!(applied ? take("(") : token?.word === "(")) refuse("noNumber");
      const inside = sum();
      if (!take(")")) refuse("noNumber");
      return applied ? real(CALLED[token.word] ?? token.word, applied(inside), inside) : inside;
    }

    const value = sum();
    if (at < given.length) refuse("noNumber");
    return value;
  }

  function real(name, result, first) {
    if (Number.isNaN(result) || result === -Infinity) {
      refuse("notReal", { function: name, number: String(Number(first.toPrecision(6))) });
    }
    return Number.isFinite(result) ? result : refuse("tooLarge");
  }

  // The places of a slider's handle, as lossutils/widgets/slider.py has them: round ends and a round step.
  function places(low, high) {
    const [fine, step] = [600, 100].map((steps) => roundStep((high - low) / steps));
    const decimals = Math.max(0, -Math.floor(Math.log10(fine)));
    const round = (x) => Number(x.toFixed(decimals));
    let first = Math.floor(low / fine + 1e-9) * fine;
    const last = Math.ceil(high / fine - 1e-9) * fine;
    if (low > 0 && first <= 0) first = low; // what must be positive stays so
    const inside = [];
    for (let k = Math.ceil(first / step); k <= Math.floor(last / step); k += 1) {
      if (k * step > first + step / 4 && k * step < last - step / 4) inside.push(round(k * step));
    }
    return [first === low ? first : round(first), ...inside, round(last)];
  }

  // The nearest of 1, 2 and 5 times a power of ten, in ratio.
  function roundStep(x) {
    const power = Math.floor(Math.log10(x));
    const steps = [power, power + 1].flatMap((p) => [1, 2, 5].map((digit) => Number(`${digit}e${p}`)));
    const distance = (step) => Math.abs(Math.log(step / x));
    return steps.reduce((best, step) => (distance(step) < distance(best) ? step : best));
  }

  return { number, said, typedNumber, places, Refused };
})();
