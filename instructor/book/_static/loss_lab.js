// The page of the lab: controls, pictures, numbers and lines of code for the state that the address names.
"use strict";

(() => {
  const { number, Refused } = lossLab.words;
  const { losses, data, looks } = lossLab.facts;
  const { meanOf, meanOfRow, ofNumbers, ofRows, oneHot } = lossLab.constants;
  const states = lossLab.state;
  const { element, menu, slider, sample, tick } = lossLab.controls;
  const LATER = 250; // milliseconds before the address follows a slider; browsers refuse more than a few changes a second

  const host = document.getElementById("loss-lab");
  let state;
  let parts; // of the page: what is redrawn
  let point = {}; // the controls of the target and of the prediction

  // What is shown ---------------------------------------------------------------------------------------------------

  // The losses that are shown: the chosen one, and the one beside it.
  function shown() {
    const both = [{ name: state.loss, self: state.own }, { name: state.beside, self: state.besideOwn }];
    return both.filter(({ name }) => name).map((one, look) => ({
      ...one, look, about: losses[one.name], formulas: lossLab.formulas[one.name], label: labelOf(one),
    }));
  }

  function labelOf({ name, self }) {
    const values = losses[name].parameters
      .filter((one) => self[one.name] !== null)
      .map((one) => `${one.letter} = ${number(self[one.name])}`);
    return [losses[name].name, ...values].join(", ");
  }

  const isRow = () => states.rowWise(state);
  const here = () => (isRow() ? state.row[state.along] : state.p);
  const targetRow = () => (Array.isArray(state.y) ? state.y : oneHot(state.y, state.row.length));

  // How the row moves with its part: of probabilities, the others give way.
  function direction() {
    if (states.kind(state) !== "probabilities") return oneHot(state.along, state.row.length);
    const others = states.proportions(state.row, state.along);
    return others.map((share, k) => (k === state.along ? 1 : -share));
  }

  // Value, slope or bend along the axis of the pictures, at a place t.
  function along({ formulas, self }, what) {
    if (!isRow()) return (t) => formulas[what](self, t, state.y);
    const target = targetRow();
    if (what === "value") return (t) => formulas.value(self, states.moved(state, state.along, t), target);
    const way = direction().map((part) => (what === "slope" ? part : part * part)); // no two parts bend each other
    return (t) => {
      const each = formulas[what](self, states.moved(state, state.along, t), target);
      return way.reduce((total, part, k) => (part === 0 ? total : total + part * each[k]), 0);
    };
  }

  function sharesOf(name) {
    const { values, counts } = data[name];
    const total = counts.reduce((sum, n) => sum + n, 0);
    return { values, shares: counts.map((n) => n / total), total };
  }

  // The best constant and its mean loss, kept as long as loss, parameters and data are the same.
  const kept = new Map();
  function best({ name, self, about, formulas }) {
    const key = JSON.stringify([name, self, state.data]);
    if (!kept.has(key)) {
      if (kept.size > 500) kept.clear();
      const measured = sharesOf(state.data);
      kept.set(key, isRow() ? ofRows(formulas, self, measured) : ofNumbers(about, formulas, self, measured));
    }
    return kept.get(key);
  }

  // Words -----------------------------------------------------------------------------------------------------------

  const unit = () => data[state.data]?.unit ?? "";
  const withUnit = (text, of) => (of ? `${text} ${text === "1" ? of.replace(/^([a-z]+)s\b/, "$1") : of}` : text); // 1 death

  // The unit of a loss, in that of the data.
  function unitOf({ about }) {
    if (!about.unit.startsWith("the target's unit")) return about.unit.startsWith("none") ? "" : about.unit.split(/[,;]/)[0];
    const its = unit();
    if (!its || about.unit.includes("power")) return "";
    if (!about.unit.endsWith("squared")) return its;
    return /[ /]/.test(its) ? `(${its})²` : `${its}²`;
  }

  const CALLED = { // what lies on the axis of the pictures
    value: () => "prediction", log: () => "score z, the log of the mean", score: () => "score z",
    probability: () => "probability p",
    scores: () => `score of ${partName(state.along)}`, probabilities: () => `probability of ${partName(state.along)}`,
    mask: () => `probability of ${partName(state.along)}`,
  };
  const axisUnit = () => (states.kind(state) === "value" ? unit() : "");
  const sliderName = () => ({ value: "prediction", probability: "p" }[states.kind(state)] ?? "score z");
  const spokenName = () => (states.kind(state) === "probability" ? "probability" : sliderName());
  const axisName = () => CALLED[states.kind(state)]();

  function partName(k) {
    return states.kind(state) === "mask" ? `pixel ${k + 1}` : data[state.data].labels[k];
  }

  function targetWords() {
    if (!isRow()) return `the target ${withUnit(number(state.y), unit())}`;
    if (states.kind(state) === "mask") return `the mask ${state.y.join(" ")}`;
    return `the right class ${partName(state.y)}`;
  }

  function pointWords() {
    const { value, slope, bend } = numbersHere(shown()[0]);
    const first = shown()[0];
    const second = shown()[1];
    const costs = (one, { value: v }) => withUnit(number(v), unitOf(one));
    const more = second ? `; ${second.label} costs ${costs(second, numbersHere(second))}` : "";
    return `A ${isRow() ? axisName() : spokenName()} of ${withUnit(number(here()), axisUnit())} for ${targetWords()}: ${first.label} costs `
      + `${costs(first, { value })}, its slope is ${number(slope)}, its curvature ${number(bend)}${more}.`;
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
    const all = shown().map((one) => `${constantWords(one).found} under ${one.label}`);
    return ` Best constant for ${sharesOf(state.data).total} ${data[state.data].things}: ${all.join("; ")}.`;
  }

  function numbersHere(one) {
    return Object.fromEntries(["value", "slope", "bend"].map((what) => [what, along(one, what)(here())]));
  }

  // Pictures --------------------------------------------------------------------------------------------------------

  const TALL = 250;
  const WHAT = { value: "Loss", slope: "Slope", bend: "Curvature" };

  function drawCurves(what) {
    const { low, high } = states.predictionRange(state);
    const also = isRow() ? [] : [state.y];
    const all = shown();
    const lines = all.map((one) => ({ look: one.look, name: one.label.replaceAll(" = ", "\u00a0=\u00a0"), pieces: plainPlot.pieces(along(one, what), low, high, 240, also) }));
    const dots = all.map((one) => ({ look: one.look, x: here(), y: along(one, what)(here()) }));
    const y = heights(what, lines.map(({ pieces }) => pieces), dots);
    const tangents = what === "value" ? all.map((one, k) => tangent(one, dots[k], high - low)).filter(Boolean) : [];
    const infinite = all.flatMap((one) => [low, high].filter((x) => along(one, what)(x) === Infinity)
      .map((x) => ({ x, text: "∞", look: one.look, row: one.look })));
    inverse[what] = plainPlot.draw(parts[what], {
      alt: `${WHAT[what]} against the ${axisName()}: ${dots.map((dot, k) => `${all[k].label} ${number(dot.y)} at ${number(dot.x)}`).join("; ")}.`,
      height: TALL, x: { low, high, name: withUnitInBrackets(axisName(), axisUnit()) }, y, lines, dots, tangents, texts: infinite,
      levels: y.low < 0 && y.high > 0 ? [0] : [],
      uprights: [{ x: here(), kind: "here" }, ...(states.kind(state) === "value" ? [{ x: state.y, kind: "target" }] : [])],
    });
  }

  const inverse = {}; // of each picture: from dots to numbers

  // A finger or a mouse on a picture takes the prediction with it.
  function follows(what) {
    const place = parts[what];
    const take = (event) => {
      if (event.type === "pointermove" && !event.buttons) return;
      const asked = inverse[what](event.clientX - place.getBoundingClientRect().left);
      const { places } = states.predictionRange(state);
      moveHere(places.reduce((best, one) => (Math.abs(one - asked) < Math.abs(best - asked) ? one : best)));
    };
    place.addEventListener("pointerdown", take);
    place.addEventListener("pointermove", take);
  }

  // Another prediction, or another number in the part of the row that moves.
  function moveHere(value) {
    if (isRow()) {
      state = states.withPart(state, state.along, value);
      point.row.forEach((one, k) => one.show(state.row[k]));
      move({});
    } else {
      point.prediction.show(value);
      move({ p: value });
    }
  }

  const withUnitInBrackets = (text, of) => (of ? `${text} (${of})` : text);

  // A piece of the straight line that has the curve's slope at the dot.
  function tangent(one, dot, width) {
    const slope = along(one, "slope")(dot.x);
    if (!Number.isFinite(slope) || !Number.isFinite(dot.y)) return null;
    const reach = 0.11 * width;
    return { look: one.look, from: [dot.x - reach, dot.y - reach * slope], to: [dot.x + reach, dot.y + reach * slope] };
  }

  // From where to where the axis goes: all of the curves, but for one that is much higher than another.
  function heights(what, curves, dots) {
    const ranges = curves.map((curve) => plainPlot.extent(curve));
    let low = Math.min(...ranges.map(([least]) => least));
    let high = Math.max(...ranges.map(([, most]) => most));
    const lowest = Math.min(...ranges.map(([, most]) => most));
    if (what === "value" && low >= 0 && lowest > 0) high = Math.min(high, 4 * lowest);
    for (const { y } of dots) {
      if (Number.isFinite(y) && y < high + 2 * (high - low)) [low, high] = [Math.min(low, y), Math.max(high, y)];
    }
    if (low > 0 && low < 0.6 * high) low = 0;
    if (what !== "value") [low, high] = [Math.min(low, 0), Math.max(high, 0)];
    const room = 0.06 * (high - low) || Math.max(Math.abs(high), 1) * 0.5;
    return { low: low - room, high: high + room };
  }

  // The mean loss over the data, against the constant that is predicted for all of them.
  function drawValley(one, place) {
    const { low, high } = valleyRange();
    const measured = sharesOf(state.data);
    const { constant, mean } = best(one);
    const lowest = Array.isArray(constant) ? constant[state.along] : constant;
    const finite = [constant].flat().every(Number.isFinite);
    const f = isRow() ? meanAlong(one, constant, measured) : (c) => meanOf(one.formulas.value, one.self, c, measured);
    const pieces = finite ? plainPlot.pieces(f, low, high, 160, [lowest]) : [];
    const [least, most] = plainPlot.extent([pieces.flat()]);
    const room = 0.07 * (most - least) || 0.5;
    const bars = ["value", "probability"].includes(states.kind(state))
      ? measured.values.map((x, k) => ({ x, share: measured.shares[k] / Math.max(...measured.shares) })) : [];
    plainPlot.draw(place, {
      alt: `Mean ${one.label} loss against the constant: least, ${number(mean)}, at ${number(lowest)}.`,
      height: TALL, x: { low, high, name: withUnitInBrackets(isRow() ? axisName() : constantName(), axisUnit()) },
      y: { low: Math.min(least, mean) - room, high: most + room },
      lines: [{ look: one.look, name: "", pieces }], dots: finite ? [{ look: one.look, x: lowest, y: mean }] : [],
      uprights: finite ? [{ x: lowest, kind: "best" }] : [], bars,
    });
  }

  const constantName = () => (states.kind(state) === "value" ? "constant prediction" : `constant ${axisName()}`);

  // What the picture of the mean loss shows: most of the data and the best constants; all data where there are several
  // valleys.
  function valleyRange() {
    if (states.kind(state) !== "value") return states.predictionRange(state);
    const measured = sharesOf(state.data);
    const all = shown().map((one) => best(one));
    const share = all.some(({ valleys }) => valleys > 1) ? 0 : FEWEST;
    const [least, most] = [quantile(measured, share), quantile(measured, 1 - share)];
    const from = Math.min(least, ...all.map(({ constant }) => constant));
    const to = Math.max(most, ...all.map(({ constant }) => constant));
    const room = (share ? 0.3 : 0.05) * (to - from);
    const lowest = Math.max(...shown().map(({ about }) => about.prediction.low ?? -Infinity));
    return { low: Math.max(from - room, lowest), high: to + room };
  }

  const FEWEST = 0.05; // of the data, which may lie outside of the picture on either side

  function quantile({ values, shares }, part) {
    let below = 0;
    return values.find((_, k) => (below += shares[k]) >= part - 1e-12) ?? values.at(-1);
  }

  function outsideWords() {
    if (states.kind(state) !== "value") return "";
    const { low, high } = valleyRange();
    const { values, counts } = data[state.data];
    const outside = counts.reduce((sum, n, k) => (values[k] < low || values[k] > high ? sum + n : sum), 0);
    return outside ? ` (${outside} of ${sharesOf(state.data).total} lie${outside === 1 ? "s" : ""} outside)` : "";
  }

  // The mean loss when one part of the best row moves.
  function meanAlong({ formulas, self }, constant, measured) {
    const from = { ...state, row: constant };
    return (t) => meanOfRow(formulas, self, states.moved(from, state.along, t), measured);
  }

  function drawData() {
    const all = state.data ? shown() : [];
    parts.valleys.forEach(({ figure, place, head }, k) => {
      figure.hidden = !all[k];
      if (!all[k]) return;
      const { found, mean } = constantWords(all[k]);
      head.replaceChildren(sample(k), `Mean loss, ${all[k].label}: best constant `, element("b", {}, found), `, which costs ${mean}${outsideWords()}`);
      drawValley(all[k], place);
    });
  }

  // Numbers ---------------------------------------------------------------------------------------------------------

  function drawTable() {
    const all = shown();
    const rows = all.map((one) => {
      const { value, slope, bend } = numbersHere(one);
      const told = [["loss", withUnit(number(value), unitOf(one))], ["slope", number(slope)], ["curvature", number(bend)]];
      if (isRow()) {
        const each = one.formulas.slope(one.self, state.row, targetRow());
        told.push(...each.map((part, k) => [`slope in ${partName(k)} alone`, number(part)]));
      }
      if (!state.data) return told;
      const { found, mean } = constantWords(one);
      return [...told, ["best constant", found], ["its mean loss", mean]];
    });
    const head = element("tr", {}, element("td", {}), ...all.map((one) => element("th", { scope: "col" }, sample(one.look), one.label)));
    const body = rows[0].map(([what], k) =>
      element("tr", {}, element("th", { scope: "row" }, what), ...rows.map((told) => element("td", {}, told[k][1]))));
    parts.numbers.replaceChildren(element("thead", {}, head), element("tbody", {}, ...body));
  }

  // Formula and code ------------------------------------------------------------------------------------------------

  let carded = ""; // the losses whose cards are laid out
  function drawCards() {
    const names = shown().map(({ name }) => name).join();
    if (names === carded) {
      drawCode();
      return;
    }
    carded = names;
    parts.cards.replaceChildren(...shown().map((one) => cardOf(one)));
    if (window.MathJax?.typesetPromise) {
      MathJax.startup.promise.then(() => MathJax.typesetPromise([parts.cards])).catch(() => {});
    }
  }

  function cardOf(one) {
    const { about, look } = one;
    const says = element("p", {});
    says.innerHTML = about.says;
    const title = element("h2", {}, sample(look), about.name[0].toUpperCase() + about.name.slice(1));
    const formulas = element("dl", { class: "lab-formulas" });
    for (const [what, tex] of Object.entries(about.formulas)) {
      const told = element("dd", {});
      tex.forEach((part) => told.append(element("span", { class: "math" }, `\\(${part}\\)`)));
      formulas.append(element("dt", {}, what), told);
    }
    const learns = element("p", {});
    if (about.predicts) learns.innerHTML = `A constant learns: ${about.predicts}.`;
    const code = element("dl", { class: "lab-code" });
    code.append(element("dt", {}, "here"), element("dd", {}, codeOf(hereCode(one))));
    for (const { library, code: line, differs } of about.elsewhere) {
      const told = element("dd", {});
      if (line) told.append(codeOf(withNumbers(line, one)));
      if (differs.length) {
        const list = element("ul", {});
        list.innerHTML = differs.map((sentence) => `<li>${sentence}</li>`).join("");
        told.append(list);
      }
      code.append(element("dt", {}, library), told);
    }
    const more = element("p", {}, element("a", { href: `losses/${one.name}.html` }, `All about ${about.name}`));
    return element("section", { class: "lab-card" }, title, says, formulas, ...(about.predicts ? [learns] : []), code, more);
  }

  // A line of code that may break after a point, a bracket or a comma.
  function codeOf(line) {
    const pieces = line.split(/(?<=[.,(=])/);
    return element("code", {}, ...pieces.flatMap((piece, k) => (k ? [element("wbr"), piece] : [piece])));
  }

  const asCode = (value) => (value === null ? "None" : String(value));

  function hereCode({ name, self, about }) {
    const given = about.parameters.filter((one) => self[one.name] !== null).map((one) => `${one.name}=${asCode(self[one.name])}`);
    return `${name}(${given.join(", ")})(${about.letter}, y)`;
  }

  // A line of another library with the parameters' values for their letters; the name of an argument stays a name.
  function withNumbers(line, { self, about }) {
    return about.parameters.reduce((text, one) =>
      text.replace(new RegExp(`(?<![\\p{L}\\d_.])${one.inCode}(?![\\p{L}\\d_]|=(?!=))`, "gu"), asCode(self[one.name])), line);
  }

  // Controls --------------------------------------------------------------------------------------------------------

  function menus() {
    const families = [...new Set(Object.values(losses).map(({ family }) => family))];
    const groups = (unfit) => families.map((title) => ({
      title,
      options: Object.entries(losses).filter(([, about]) => about.family === title)
        .map(([value, about]) => ({ value, text: about.name, disabled: unfit(value) })),
    }));
    const sets = Object.entries(data).map(([value, about]) => ({ value, text: about.title, disabled: !states.suits(value, state.loss) }));
    const alone = { title: "", options: [{ value: "", text: "none" }] };
    const others = groups((loss) => !states.suitsAll(state, loss)).filter(({ options }) => options.some(({ disabled }) => !disabled));
    return [
      menu("Loss", groups(() => false), state.loss, (loss) => go(states.withLoss(state, loss))),
      menu("Beside it", [alone, ...others], state.beside, (loss) => go(states.withBeside(state, loss))),
      menu("Data", state.data ? [{ title: "", options: sets }] : [{ title: "", options: [{ value: "", text: "none has masks" }] }],
        state.data, (name) => go(states.withData(state, name))),
    ];
  }

  function parameterSliders(loss, own, look, change) {
    return losses[loss].parameters.map((parameter) => {
      const range = states.parameterRange(parameter, state.data);
      const now = () => state[own][parameter.name];
      return slider(parameter.letter, { value: now(), places: range.places, look },
        (text) => states.read(text, range, now(), parameter.start === null),
        (value) => change({ [own]: { ...state[own], [parameter.name]: value } })).made;
    });
  }

  function pointControls() {
    if (isRow()) return rowControls();
    const isLabel = ["score", "probability"].includes(states.kind(state));
    const prediction = pointSlider(sliderName(), () => state.p, () => states.predictionRange(state), (p) => move({ p }));
    point = { prediction };
    if (isLabel) {
      const options = [0, 1].map((y) => ({ value: String(y), text: String(y) }));
      const target = menu("target y", [{ title: "", options }], String(state.y), (y) => move({ y: Number(y) }));
      return [target, prediction.made];
    }
    const target = pointSlider("target y", () => state.y, () => states.targetRange(state), (y) => {
      state = states.withTarget(state, y);
      const renewed = pointSlider(sliderName(), () => state.p, () => states.predictionRange(state), (p) => move({ p }));
      point.prediction.made.replaceWith(renewed.made);
      point.prediction = renewed;
      move({});
    });
    return [target.made, prediction.made];
  }

  function pointSlider(label, now, range, change) {
    return slider(label, { value: now(), places: range().places }, (text) => states.read(text, range(), now()), change);
  }

  function rowControls() {
    const isMask = states.kind(state) === "mask";
    const made = state.row.map((_, k) => slider(partName(k), { value: state.row[k], places: states.predictionRange(state).places },
      (text) => states.read(text, states.predictionRange(state), state.row[k]),
      (value) => {
        state = states.withPart(state, k, value);
        made.forEach((one, j) => { if (j !== k) one.show(state.row[j]); });
        parts.along.value = String(k);
        move({});
      }));
    const options = state.row.map((_, k) => ({ value: String(k), text: partName(k) }));
    const along = menu("The pictures move", [{ title: "", options }], String(state.along), (k) => move({ along: Number(k) }));
    parts.along = along.querySelector("select");
    point = { row: made };
    const target = isMask
      ? element("fieldset", { class: "lab-mask" }, element("legend", {}, "The true mask has"), ...state.y.map((one, k) => tick(partName(k), one === 1, (on) =>
        move({ y: state.y.map((old, j) => (j === k ? Number(on) : old)) }))))
      : menu("Right class", [{ title: "", options }], String(state.y), (y) => move({ y: Number(y) }));
    return [target, along, ...made.map((one) => one.made)];
  }

  const KEPT = { // what stays where it is while one part of a row moves
    scores: "The sliders are the scores of one sample. In the pictures one score moves and the others keep their place.",
    probabilities: "The sliders are the probabilities of one sample. In the pictures one moves and the others give way in "
      + "proportion, so that the sum stays 1; slope and curvature are those along this way.",
    mask: "The sliders are the probabilities of one mask. In the pictures one pixel moves and the others keep their place.",
  };
  const FEW = 4; // so many sliders may stay in view while the page scrolls

  function layControls() {
    parts.menus.replaceChildren(...menus());
    const own = parameterSliders(state.loss, "own", 0, (changed) => move(changed));
    const others = state.beside ? parameterSliders(state.beside, "besideOwn", 1, (changed) => move(changed)) : [];
    parts.sliders.replaceChildren(...own, ...others, ...pointControls());
    parts.sliders.classList.toggle("lab-stays", parts.sliders.children.length <= FEW);
    parts.keeps.textContent = KEPT[states.kind(state)] ?? "";
  }

  // Together --------------------------------------------------------------------------------------------------------

  function build() {
    const figure = (place) => {
      const head = element("figcaption", {});
      return { figure: element("figure", {}, head, place), place, head };
    };
    parts = {
      menus: element("div", { class: "lab-menus" }),
      sliders: element("div", { class: "lab-sliders" }),
      keeps: element("p", { class: "lab-keeps" }),
      notice: element("div", { class: "lab-notice", role: "alert" }),
      said: element("p", { class: "lab-said", role: "status", "aria-live": "polite" }),
      numbers: element("table", { class: "lab-numbers" }),
      cards: element("div", { class: "lab-cards" }),
      valleys: [0, 1].map(() => figure(element("div", {}))),
    };
    const curves = Object.entries(WHAT).map(([what, title]) => {
      const made = figure(element("div", {}));
      made.head.textContent = title;
      parts[what] = made.place;
      made.place.className = "lab-follows";
      follows(what);
      return made.figure;
    });
    const [loss, slope, curvature] = curves;
    const copied = element("span", { role: "status" });
    const copy = element("button", { type: "button", class: "lab-copy" }, "Copy link");
    copy.addEventListener("click", () => copyLink().then((words) => { copied.textContent = words; }));
    host.replaceChildren(
      parts.notice, parts.menus, parts.sliders, parts.keeps,
      element("div", { class: "lab-pictures" }, loss, slope, ...parts.valleys.map((one) => one.figure), curvature,
        element("div", {}, parts.said, element("p", { class: "lab-link" }, copy, copied))),
      parts.numbers, parts.cards,
    );
    for (const theme of ["light", "dark"]) {
      looks[theme].forEach(({ line, text }, k) => {
        document.documentElement.style.setProperty(`--plot-line-${k}-${theme}`, line);
        document.documentElement.style.setProperty(`--plot-text-${k}-${theme}`, text);
      });
    }
    looks.dashes.forEach((dashes, k) => host.style.setProperty(`--plot-dashes-${k}`, dashes || "none"));
  }

  function draw() {
    Object.keys(WHAT).forEach(drawCurves);
    drawData();
    drawTable();
    parts.said.textContent = pointWords() + dataWords();
  }

  let later;
  function follow() {
    clearTimeout(later);
    later = setTimeout(() => history.replaceState(null, "", states.toAddress(state)), LATER);
  }

  // Some numbers are others: what is drawn changes, the controls stay.
  function move(changed) {
    Object.assign(state, changed);
    draw();
    drawCode();
    follow();
  }

  // The lines of code have the parameters' numbers; the formulas stay.
  function drawCode() {
    shown().forEach((one, k) => {
      const codes = [...parts.cards.children[k].querySelectorAll(".lab-code > dd > code")];
      const lines = [hereCode(one), ...one.about.elsewhere.filter(({ code }) => code).map(({ code }) => withNumbers(code, one))];
      codes.forEach((code, j) => code.replaceWith(codeOf(lines[j])));
    });
  }

  // Another state: everything is laid anew, and the menu that was used keeps the focus.
  function go(changed, told = []) {
    const focused = [...host.querySelectorAll("select")].indexOf(document.activeElement);
    state = changed;
    layControls();
    draw();
    drawCards();
    parts.notice.replaceChildren(...told.map((sentence) => element("p", {}, sentence)));
    if (focused >= 0) host.querySelectorAll("select")[focused]?.focus();
    follow();
  }

  async function copyLink() {
    const address = location.href.replace(/#.*$/, "") + states.toAddress(state);
    try {
      await navigator.clipboard.writeText(address);
      return "The link is copied.";
    } catch {
      history.replaceState(null, "", states.toAddress(state));
      return "This browser doesn't let a page copy; the link stands in the address bar.";
    }
  }

  function restore(address) {
    const { state: read, told } = states.fromAddress(new URL(address).hash);
    go(read, told);
  }

  build();
  restore(location.href);
  window.addEventListener("hashchange", (event) => restore(event.newURL)); // follow() may have changed location since
  new ResizeObserver(() => draw()).observe(host);
  document.querySelectorAll(".lab-still").forEach((one) => { one.hidden = true; });
})();
