// What the lab shows, as one object, and as the address of the page: losses, their parameters, data, and the point at
// which they are read off. What an address says wrongly is told in a sentence, and the page goes on without it.
//
//   { loss, own, beside, besideOwn, data, y, p, row, along }
//
// own and besideOwn are parameters by name. Element-wise losses have a target y and a prediction p. Row-wise ones have
// a row, of which the part `along` moves, and y, the right class or the mask, a list.
"use strict";

lossLab.state = (() => {
  const { number, said, typedNumber, places, Refused } = lossLab.words;
  const { losses, data, words } = lossLab.facts;
  const ROWS = ["scores", "probabilities", "mask"];
  const FIRST = { value: "copper", log: "deaths", probability: "damage", score: "damage" }; // data that suit most
  const START_ROWS = {
    scores: { row: [1, 0.5, -0.5], y: 0, along: 0 },
    probabilities: { row: [0.5, 0.3, 0.2], y: 0, along: 0 },
    mask: { row: [0.8, 0.6, 0.3, 0.1], y: [1, 1, 0, 0], along: 1 },
  };
  const REACH = 6; // how far predictions go from the target, in sizes of the data
  const SCORES = 5; // how far scores go from 0

  const kind = (state) => losses[state.loss].kind;
  const rowWise = (state) => ROWS.includes(kind(state));
  const suits = (name, loss) => data[name].suits.includes(loss);
  const same = (a, b) => losses[a].kind === losses[b].kind;

  // Ranges ----------------------------------------------------------------------------------------------------------

  // Where a parameter may lie, with the data's size in mind, and where it begins.
  function parameterRange(parameter, name) {
    const factor = (data[name]?.scale ?? 1) ** parameter.grows;
    const begins = parameter.start === null ? null : parameter.start * factor;
    const ends = [parameter.low * factor, parameter.high * factor];
    if (begins === null) return { low: ends[0], high: ends[1], start: null, places: null };
    const all = places(Math.min(ends[0], begins), Math.max(ends[1], begins));
    return { low: all[0], high: all.at(-1), start: begins, places: all };
  }

  function mean(name) {
    const { values, counts } = data[name];
    return values.reduce((total, y, k) => total + y * counts[k], 0) / counts.reduce((total, n) => total + n, 0);
  }

  // Where the target may lie.
  function targetRange(state) {
    if (kind(state) === "score" || kind(state) === "probability") return ends([0, 1]);
    const { values } = data[state.data];
    return ends(places(values[0], values.at(-1)));
  }

  // Where the prediction may lie, which is what the pictures show.
  function predictionRange(state) {
    const { prediction } = losses[state.loss];
    const legal = [prediction, state.beside ? losses[state.beside].prediction : prediction];
    switch (kind(state)) {
      case "probability":
      case "probabilities":
      case "mask":
        return ends(places(0, 1));
      case "score":
      case "scores":
        return ends(places(-SCORES, SCORES));
      case "log": {
        const middle = Math.round(Math.log(mean(state.data)));
        return ends(places(middle - 4, middle + 3));
      }
      default: {
        const reach = REACH * data[state.data].scale;
        const lowest = Math.max(...legal.map(({ low }) => (low === null ? -Infinity : low + 0.01 * reach)));
        return ends(places(Math.max(state.y - reach, lowest), state.y + reach));
      }
    }
  }

  const ends = (all) => ({ low: all[0], high: all.at(-1), places: all });

  // Beginnings ------------------------------------------------------------------------------------------------------

  function startParameters(loss, name) {
    return Object.fromEntries(losses[loss].parameters.map((one) => [one.name, parameterRange(one, name).start]));
  }

  function startData(loss) {
    const first = FIRST[losses[loss].kind];
    if (first && suits(first, loss)) return first;
    return Object.keys(data).find((name) => suits(name, loss)) ?? "";
  }

  // The target and the prediction to begin with.
  function startPoint(state) {
    if (rowWise(state)) return { ...structuredClone(START_ROWS[kind(state)]), p: null };
    const { middle, values, scale } = data[state.data];
    switch (kind(state)) {
      case "probability":
        return { y: 1, p: 0.3 };
      case "score":
        return { y: 1, p: -1 };
      case "log": {
        const near = values.reduce((best, y) =>
          Math.abs(y - mean(state.data)) < Math.abs(best - mean(state.data)) ? y : best,
        );
        return { y: near, p: Math.round(Math.log(mean(state.data))) + 1 };
      }
      default:
        return { y: middle, p: tidy(middle + 1.5 * scale) };
    }
  }

  const tidy = (x) => Number(x.toPrecision(12));

  // Another loss, alone: with its data, its parameters and a point of its own where the old ones don't fit.
  function withLoss(old, loss) {
    const fits = old && old.data && suits(old.data, loss);
    const state = { loss, beside: "", besideOwn: {}, data: fits ? old.data : startData(loss) };
    state.own = startParameters(loss, state.data);
    if (old && same(old.loss, loss) && state.data === old.data) {
      Object.assign(state, { y: old.y, p: old.p, row: old.row, along: old.along });
      if (old.beside && suitsAll(state, old.beside))
        Object.assign(state, { beside: old.beside, besideOwn: old.besideOwn });
      return clamped(state);
    }
    return { ...state, ...startPoint(state) };
  }

  const suitsAll = (state, loss) => same(state.loss, loss) && (!state.data || suits(state.data, loss));

  function withBeside(state, loss) {
    return clamped({ ...state, beside: loss, besideOwn: loss ? startParameters(loss, state.data) : {} });
  }

  // Other data: parameters in the target's unit begin anew where the data are of another size.
  function withData(old, name) {
    const state = { ...old, data: name };
    if (!suits(name, old.beside)) Object.assign(state, { beside: "", besideOwn: {} });
    state.own = kept(old.own, state.loss, old.data, name);
    if (state.beside) state.besideOwn = kept(old.besideOwn, state.beside, old.data, name);
    return rowWise(state) ? state : { ...state, ...startPoint(state) };
  }

  function kept(own, loss, before, name) {
    const changed = data[before].scale !== data[name].scale;
    const begins = startParameters(loss, name);
    const grows = (one) => losses[loss].parameters.find(({ name: its }) => its === one).grows > 0;
    return Object.fromEntries(
      Object.entries(own).map(([one, value]) => [one, changed && grows(one) ? begins[one] : value]),
    );
  }

  // Another target: the prediction of a value goes with it, so that the error stays.
  function withTarget(state, y) {
    const p = kind(state) === "value" ? tidy(state.p + (y - state.y)) : state.p;
    return clamped({ ...state, y, p });
  }

  function clamped(state) {
    if (rowWise(state)) return state;
    const { low, high } = predictionRange(state);
    return { ...state, p: Math.min(Math.max(state.p, low), high) };
  }

  // Another number in the row; of probabilities, the others keep their proportions, so that the sum stays 1.
  function withPart(state, k, value) {
    return { ...state, row: moved(state, k, value), along: k };
  }

  function moved(state, k, value) {
    if (kind(state) !== "probabilities") return state.row.map((one, j) => (j === k ? value : one));
    const others = proportions(state.row, k);
    return state.row.map((_, j) => (j === k ? value : (1 - value) * others[j]));
  }

  // The shares of the other parts in what the k-th one leaves; equal where it leaves nothing.
  function proportions(row, k) {
    const rest = row.reduce((total, one, j) => (j === k ? total : total + one), 0);
    return row.map((one, j) => (j === k ? 0 : rest > 0 ? one / rest : 1 / (row.length - 1)));
  }

  function start() {
    return withBeside({ ...withLoss(null, "SquaredError"), p: 5 }, "Huber");
  }

  // The address -----------------------------------------------------------------------------------------------------

  function toAddress(state) {
    const parts = [["loss", state.loss], ...written(state.own, "")];
    if (state.beside) parts.push(["beside", state.beside], ...written(state.besideOwn, "beside."));
    if (state.data) parts.push(["data", state.data]);
    parts.push(["y", String(state.y)]);
    if (rowWise(state)) parts.push(["row", state.row.map(tidy).join(",")], ["along", String(state.along)]);
    else parts.push(["p", String(state.p)]);
    return `#${parts.map(([name, value]) => `${name}=${value}`).join("&")}`;
  }

  const written = (own, before) =>
    Object.entries(own)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [before + name, String(value)]);

  // The state that an address means, and sentences about what in it is wrong.
  function fromAddress(hash) {
    const given = new Map(new URLSearchParams(hash.replace(/^#/, "").replaceAll("+", "%2B")));
    const told = [];
    if (!given.size) return { state: start(), told };
    const take = (name) => {
      const value = given.get(name);
      given.delete(name);
      return value;
    };
    const loss = chosen(take("loss"), Object.keys(losses), "loss", told) ?? start().loss;
    let state = readData(withLoss(null, loss), take("data"), told);
    state = readBeside(state, take("beside"), told);
    state.own = readParameters(state, state.loss, state.own, "", take, told);
    state.besideOwn = readParameters(state, state.beside, state.besideOwn, "beside.", take, told);
    state = rowWise(state) ? readRow(state, take, told) : readPoint(state, take, told);
    for (const name of given.keys()) told.push(`This page knows nothing called ${name}, which the link gives.`);
    return { state, told };
  }

  function chosen(name, known, what, told) {
    if (!name || known.includes(name)) return name;
    const near = known.find((one) => one.toLowerCase() === name.toLowerCase());
    if (near) return near;
    told.push(`There is no ${what} called ${name}; the menu has all of them.`);
    return undefined;
  }

  function readData(state, asked, told) {
    const name = chosen(asked, Object.keys(data), "data set", told);
    if (!name || name === state.data) return state;
    if (suits(name, state.loss)) return { ...withData(state, name) };
    told.push(`${losses[state.loss].name} doesn't take ${data[name].title}: ${whyNot(state.loss)}.${shown(state)}`);
    return state;
  }

  function whyNot(loss) {
    if (losses[loss].kind === "mask") return "it needs masks, and no data set has any";
    return `its target is ${losses[loss].target.words}`;
  }

  const shown = (state) => (state.data ? ` You see ${data[state.data].title}.` : "");

  function readBeside(state, asked, told) {
    const loss = chosen(asked, Object.keys(losses), "loss", told);
    if (!loss) return state;
    if (suitsAll(state, loss)) return withBeside(state, loss);
    const why = same(state.loss, loss)
      ? `it doesn't take ${data[state.data].title}`
      : "the two don't predict the same thing";
    told.push(`${losses[loss].name} can't stand beside ${losses[state.loss].name}: ${why}.`);
    return state;
  }

  function readParameters(state, loss, own, before, take, told) {
    const read = { ...own };
    for (const parameter of loss ? losses[loss].parameters : []) {
      const text = take(before + parameter.name);
      if (text === undefined) continue;
      const range = parameterRange(parameter, state.data);
      read[parameter.name] = attempt(
        before + parameter.name,
        text,
        range,
        own[parameter.name],
        told,
        parameter.start === null,
      );
    }
    return read;
  }

  // A number of the address, or the one that stood there before, with a sentence.
  function attempt(name, text, range, before, told, mayBeNone = false) {
    try {
      return read(text, range, before, mayBeNone);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told.push(`In the link, ${name}: ${error.message}`);
      return before;
    }
  }

  // What is typed as a number within a range; otherwise an error whose sentence says why, and that the value stays.
  function read(text, { low, high, open = false }, before, mayBeNone = false) {
    if (mayBeNone && /^(|none)$/i.test(text.trim())) return null;
    const stays = ` ${said(words.stays, { value: before === null ? "none" : number(before, 6) })}`;
    let value;
    try {
      value = typedNumber(text);
    } catch (error) {
      throw error instanceof Refused ? new Refused(error.message + stays) : error;
    }
    for (const end of [low, high]) {
      if (Math.abs(value - end) <= 1e-12 * Math.abs(end)) value = end; // 3 · 0.1 is the end 0.3, but for rounding
    }
    const outside = value < low || value > high || ((open || mayBeNone) && (value === low || value === high));
    if (!outside) return value;
    const beyond = mayBeNone
      ? `${number(value, 6)} is not a number between ${number(low)} and ${number(high)}.`
      : said(words.beyond, { typed: number(value, 6), low: number(low), high: number(high) });
    throw new Refused(beyond + stays);
  }

  function readPoint(state, take, told) {
    const [target, prediction] = [take("y"), take("p")];
    let read = state;
    if (target !== undefined) {
      const y = attempt("y", target, targetRange(state), state.y, told);
      const isLabel = ["score", "probability"].includes(kind(state));
      if (isLabel && y !== 0 && y !== 1)
        told.push(`In the link, y: the target here is 0 or 1. ${said(words.stays, { value: state.y })}`);
      else read = withTarget(state, y);
    }
    if (prediction === undefined) return read;
    return { ...read, p: attempt("p", prediction, predictionRange(read), read.p, told) };
  }

  function readRow(state, take, told) {
    const read = { ...state };
    const n = state.row.length;
    const range = predictionRange(state);
    const [row, target, along] = [take("row"), take("y"), take("along")];
    if (row !== undefined) read.row = rowOf(row, state, range, told);
    if (target !== undefined)
      read.y = kind(state) === "mask" ? maskOf(target, state, told) : placeOf("y", target, state.y, n, told);
    if (along !== undefined) read.along = placeOf("along", along, state.along, n, told);
    return read;
  }

  function rowOf(text, state, range, told) {
    const parts = text.split(",");
    if (parts.length !== state.row.length) {
      told.push(`In the link, row: it needs ${state.row.length} numbers with commas between, not ${parts.length}.`);
      return state.row;
    }
    const row = parts.map((part, k) => attempt("row", part, range, state.row[k], told));
    const total = row.reduce((sum, one) => sum + one, 0);
    if (kind(state) !== "probabilities" || Math.abs(total - 1) < 1e-6) return row;
    told.push(`In the link, row: probabilities sum to 1, these to ${number(total)}. They stay as they were.`);
    return state.row;
  }

  function placeOf(name, text, before, n, told) {
    if (/^\d+$/.test(text) && Number(text) < n) return Number(text);
    told.push(
      `In the link, ${name}: ${text} is no whole number from 0 to ${n - 1}. ${said(words.stays, { value: before })}`,
    );
    return before;
  }

  function maskOf(text, state, told) {
    const parts = text.split(",");
    if (parts.length === state.y.length && parts.every((one) => one === "0" || one === "1")) return parts.map(Number);
    told.push(
      `In the link, y: a mask here has ${state.y.length} numbers 0 or 1 with commas between. It stays as it was.`,
    );
    return state.y;
  }

  return {
    kind,
    rowWise,
    suits,
    suitsAll,
    start,
    withLoss,
    withBeside,
    withData,
    withTarget,
    withPart,
    moved,
    proportions,
    parameterRange,
    targetRange,
    predictionRange,
    toAddress,
    fromAddress,
    read,
    whyNot,
  };
})();
