// What the lab reads off for a state: its losses, their numbers at a point and on data, and both in words.
"use strict";

lossLab.reading = (() => {
  const { number } = lossLab.words;
  const { losses, data } = lossLab.facts;
  const { ofNumbers, ofRows, oneHot } = lossLab.constants;
  const states = lossLab.state;
  const MOST = 500; // best constants that are kept, by loss, parameters and data
  const kept = new Map();

  function sharesOf(name) {
    const { values, counts } = data[name];
    const total = counts.reduce((sum, n) => sum + n, 0);
    return { values, shares: counts.map((n) => n / total), total };
  }

  const one = (unit) => unit.replace(/^([a-z]+)s\b/, "$1"); // 1 death a year
  const withUnit = (text, unit) => (unit ? `${text} ${text === "1" ? one(unit) : unit}` : text);
  const inBrackets = (text, of) => (of ? `${text} (${of})` : text);

  function labelOf({ name, self }) {
    const values = losses[name].parameters
      .filter((one) => self[one.name] !== null)
      .map((one) => `${one.letter} = ${number(self[one.name])}`);
    return [losses[name].name, ...values].join(", ");
  }

  // Everything that can be read off for a state.
  function of(state) {
    const kind = states.kind(state);
    const measured = state.data ? sharesOf(state.data) : null;
    const isRow = states.rowWise(state);

    // The losses that are shown: the chosen one, and the one beside it.
    const all = (() => {
      const both = [
        { name: state.loss, self: state.own },
        { name: state.beside, self: state.besideOwn },
      ];
      return both
        .filter(({ name }) => name)
        .map((one, look) => ({
          ...one,
          look,
          about: losses[one.name],
          formulas: lossLab.formulas[one.name],
          label: labelOf(one),
        }));
    })();

    const here = () => (isRow ? state.row[state.along] : state.p);
    const targetRow = () => (Array.isArray(state.y) ? state.y : oneHot(state.y, state.row.length));

    // How the row moves with its part: of probabilities, the others give way.
    function direction() {
      if (kind !== "probabilities") return oneHot(state.along, state.row.length);
      const others = states.proportions(state.row, state.along);
      return others.map((share, k) => (k === state.along ? 1 : -share));
    }

    // Value, slope or bend along the axis of the pictures, at a place t.
    function along({ formulas, self }, what) {
      if (!isRow) return (t) => formulas[what](self, t, state.y);
      const target = targetRow();
      if (what === "value") return (t) => formulas.value(self, states.moved(state, state.along, t), target);
      const way = direction().map((part) => (what === "slope" ? part : part * part)); // no two parts bend each other
      return (t) => {
        const each = formulas[what](self, states.moved(state, state.along, t), target);
        return way.reduce((total, part, k) => (part === 0 ? total : total + part * each[k]), 0);
      };
    }

    // The best constant and its mean loss.
    function best({ name, self, about, formulas }) {
      const key = JSON.stringify([name, self, state.data]);
      if (!kept.has(key)) {
        if (kept.size > MOST) kept.clear();
        kept.set(key, isRow ? ofRows(formulas, self, measured) : ofNumbers(about, formulas, self, measured));
      }
      return kept.get(key);
    }

    // Words ---------------------------------------------------------------------------------------------------------

    const unit = () => data[state.data]?.unit ?? "";

    // The unit of a loss, in that of the data.
    function unitOf({ about }) {
      if (about.unit.startsWith("none")) return "";
      if (!about.unit.startsWith("the target's unit")) return about.unit.split(/[,;]/)[0];
      const its = unit();
      if (!its || about.unit.includes("power")) return "";
      if (!about.unit.endsWith("squared")) return its;
      return /[ /]/.test(its) ? `(${its})²` : `${its}²`;
    }

    const CALLED = {
      // what lies on the axis of the pictures
      value: () => "prediction",
      log: () => "score z, the log of the mean",
      score: () => "score z",
      probability: () => "probability p",
      scores: () => `score of ${partName(state.along)}`,
      probabilities: () => `probability of ${partName(state.along)}`,
      mask: () => `probability of ${partName(state.along)}`,
    };
    const axisUnit = () => (kind === "value" ? unit() : "");
    const sliderName = () => ({ value: "prediction", probability: "p" })[kind] ?? "score z";
    const spokenName = () => (kind === "probability" ? "probability" : sliderName());
    const axisName = () => CALLED[kind]();

    function partName(k) {
      return kind === "mask" ? `pixel ${k + 1}` : data[state.data].labels[k];
    }

    function targetWords() {
      if (!isRow) return `the target ${withUnit(number(state.y), unit())}`;
      if (kind === "mask") return `the mask ${state.y.join(" ")}`;
      return `the right class ${partName(state.y)}`;
    }

    function pointWords() {
      const [first, second] = all;
      const costs = (one) => `${one.label} costs ${withUnit(number(numbersHere(one).value), unitOf(one))}`;
      const { slope, bend } = numbersHere(first);
      const place = `${isRow ? axisName() : spokenName()} of ${withUnit(number(here()), axisUnit())}`;
      return (
        `A ${place} for ${targetWords()}: ${costs(first)}, its slope is ${number(slope)}, its curvature ` +
        `${number(bend)}${second ? `; ${costs(second)}` : ""}.`
      );
    }

    function constantWords(one) {
      const { constant, mean } = best(one);
      const found = Array.isArray(constant)
        ? constant.map((part, k) => `${partName(k)} ${number(part)}`).join(", ")
        : withUnit(number(constant), axisUnit());
      return { found, mean: withUnit(number(mean), unitOf(one)) };
    }

    function dataWords() {
      if (!state.data) return " There is no best constant: no data set here has masks.";
      const found = all.map((one) => `${constantWords(one).found} under ${one.label}`);
      return ` Best constant for ${measured.total} ${data[state.data].things}: ${found.join("; ")}.`;
    }

    function numbersHere(one) {
      return Object.fromEntries(["value", "slope", "bend"].map((what) => [what, along(one, what)(here())]));
    }

    return {
      all,
      isRow,
      kind,
      measured,
      here,
      targetRow,
      along,
      best,
      numbersHere,
      partName,
      axisName,
      axisUnit,
      sliderName,
      withUnit,
      unitOf,
      constantWords,
      words: () => pointWords() + dataWords(),
    };
  }

  return { of, inBrackets };
})();
