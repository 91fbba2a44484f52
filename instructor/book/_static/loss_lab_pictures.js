// The pictures of the lab: loss, slope and curvature along one axis, and the mean loss over data.
"use strict";

lossLab.pictures = (() => {
  const { number } = lossLab.words;
  const { meanOf, meanOfRow } = lossLab.constants;
  const { inBrackets } = lossLab.reading;
  const states = lossLab.state;
  const TITLES = { value: "Loss", slope: "Slope", bend: "Curvature" };
  const FEWEST = 0.05; // of the data, which may lie outside of the picture on either side
  const HIGHEST = 4; // times the lower of two curves: what is higher leaves the picture

  // Curves ----------------------------------------------------------------------------------------------------------

  // Draw value, slope or bend of the losses; return what turns dots in the picture into numbers.
  function curves(what, state, view, place, size) {
    const { low, high } = states.predictionRange(state);
    const at = view.here();
    const fs = view.all.map((one) => view.along(one, what));
    const lines = view.all.map(({ look, label }, k) => ({
      look,
      name: label.replaceAll(" = ", "\u00a0=\u00a0"),
      pieces: plainPlot.pieces(fs[k], low, high, 240, view.isRow ? [] : [state.y]),
    }));
    const dots = view.all.map(({ look }, k) => ({ look, x: at, y: fs[k](at) }));
    const y = heights(
      what,
      lines.map(({ pieces }) => pieces),
      dots,
    );
    const told = dots.map((dot, k) => `${view.all[k].label} ${number(dot.y)} at ${number(at)}`).join("; ");
    const upright = view.kind === "value" ? [{ x: state.y, kind: "target" }] : [];
    return plainPlot.draw(place, {
      alt: `${TITLES[what]} against the ${view.axisName()}: ${told}.`,
      ...size,
      x: { low, high, name: inBrackets(view.axisName(), view.axisUnit()) },
      y,
      lines,
      dots,
      tangents: what === "value" ? tangents(view, dots, high - low) : [],
      texts: view.all.flatMap(({ look }, k) =>
        [low, high].filter((x) => fs[k](x) === Infinity).map((x) => ({ x, text: "∞", look, row: look })),
      ),
      levels: y.low < 0 && y.high > 0 ? [0] : [],
      uprights: [{ x: at, kind: "here" }, ...upright],
    });
  }

  // Pieces of the straight lines that have the curves' slopes at the dots.
  function tangents(view, dots, width) {
    const reach = 0.11 * width;
    return dots
      .map((dot, k) => ({ ...dot, slope: view.along(view.all[k], "slope")(dot.x) }))
      .filter(({ y, slope }) => Number.isFinite(y) && Number.isFinite(slope))
      .map(({ look, x, y, slope }) => ({
        look,
        from: [x - reach, y - reach * slope],
        to: [x + reach, y + reach * slope],
      }));
  }

  // From where to where the axis goes: all of the curves, but for one that is much higher than another.
  function heights(what, curves, dots) {
    const ranges = curves.map((curve) => plainPlot.extent(curve));
    let low = Math.min(...ranges.map(([least]) => least));
    let high = Math.max(...ranges.map(([, most]) => most));
    const lowest = Math.min(...ranges.map(([, most]) => most));
    if (what === "value" && low >= 0 && lowest > 0) high = Math.min(high, HIGHEST * lowest);
    for (const { y } of dots) {
      if (Number.isFinite(y) && y < high + 2 * (high - low)) [low, high] = [Math.min(low, y), Math.max(high, y)];
    }
    if (low > 0 && low < 0.6 * high) low = 0;
    if (what !== "value") [low, high] = [Math.min(low, 0), Math.max(high, 0)];
    const room = 0.06 * (high - low) || Math.max(Math.abs(high), 1) * 0.5;
    return { low: low - room, high: high + room };
  }

  // Data ------------------------------------------------------------------------------------------------------------

  // Draw the mean loss over the data, against the constant that is predicted for all of them.
  function valley(one, state, view, place, size) {
    const { low, high } = valleyRange(state, view);
    const { constant, mean } = view.best(one);
    const lowest = Array.isArray(constant) ? constant[state.along] : constant;
    const finite = [constant].flat().every(Number.isFinite);
    const pieces = finite ? plainPlot.pieces(meanLoss(one, state, view, constant), low, high, 160, [lowest]) : [];
    const [least, most] = plainPlot.extent([pieces.flat()]);
    const room = 0.07 * (most - least) || 0.5;
    plainPlot.draw(place, {
      alt: `Mean loss against the constant under ${one.label}: least, ${number(mean)}, at ${number(lowest)}.`,
      ...size,
      x: { low, high, name: inBrackets(constantName(view), view.axisUnit()) },
      y: { low: Math.min(least, mean) - room, high: most + room },
      lines: [{ look: one.look, name: "", pieces }],
      dots: finite ? [{ look: one.look, x: lowest, y: mean }] : [],
      uprights: finite ? [{ x: lowest, kind: "best" }] : [],
      bars: ["value", "probability"].includes(view.kind) ? bars(view.measured) : [],
    });
  }

  // The mean loss as a function of the constant; of a row, of the part that moves, with the others at their best.
  function meanLoss({ formulas, self }, state, view, constant) {
    if (!view.isRow) return (c) => meanOf(formulas.value, self, c, view.measured);
    const from = { ...state, row: constant };
    return (t) => meanOfRow(formulas, self, states.moved(from, state.along, t), view.measured);
  }

  function constantName(view) {
    if (view.isRow) return view.axisName();
    return view.kind === "value" ? "constant prediction" : `constant ${view.axisName()}`;
  }

  function bars({ values, shares }) {
    const most = Math.max(...shares);
    return values.map((x, k) => ({ x, share: shares[k] / most }));
  }

  // Most of the data and the best constants; all data where there are several valleys.
  function valleyRange(state, view) {
    if (view.kind !== "value") return states.predictionRange(state);
    const found = view.all.map((one) => view.best(one));
    const share = found.some(({ valleys }) => valleys > 1) ? 0 : FEWEST;
    const from = Math.min(quantile(view.measured, share), ...found.map(({ constant }) => constant));
    const to = Math.max(quantile(view.measured, 1 - share), ...found.map(({ constant }) => constant));
    const room = (share ? 0.3 : 0.05) * (to - from);
    const lowest = Math.max(...view.all.map(({ about }) => about.prediction.low ?? -Infinity));
    return { low: Math.max(from - room, lowest), high: to + room };
  }

  function quantile({ values, shares }, part) {
    let below = 0;
    return values.find((_, k) => (below += shares[k]) >= part - 1e-12) ?? values.at(-1);
  }

  // How many of the data the picture of the mean loss leaves out.
  function outsideWords(state, view) {
    if (view.kind !== "value") return "";
    const { low, high } = valleyRange(state, view);
    const { values, shares, total } = view.measured;
    const share = shares.reduce((sum, one, k) => (values[k] < low || values[k] > high ? sum + one : sum), 0);
    const outside = Math.round(share * total);
    return outside ? ` (${outside} of ${total} lie${outside === 1 ? "s" : ""} outside)` : "";
  }

  return { TITLES, curves, valley, outsideWords };
})();
