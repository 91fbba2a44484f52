// The page of the lab: controls, pictures, numbers and lines of code for the state that the address names.
"use strict";

(() => {
  const { number } = lossLab.words;
  const { losses, data, looks } = lossLab.facts;
  const { state: states, reading, pictures, cards } = lossLab;
  const { TITLES } = pictures;
  const { element, menu, slider, sample, tick } = lossLab.controls;
  const LATER = 250; // milliseconds before the address follows a slider: browsers refuse too many changes
  const TALL = 250; // dots: a picture
  const NARROWEST = 240;

  const host = document.getElementById("loss-lab");
  let state;
  let view; // what can be read off for it
  let parts; // of the page: what is redrawn
  let point = {}; // the controls of the prediction, or of the row
  const inverse = {}; // of each picture of curves: from dots to numbers

  // Controls --------------------------------------------------------------------------------------------------------

  function menus() {
    const families = [...new Set(Object.values(losses).map(({ family }) => family))];
    const groups = (unfit) =>
      families.map((title) => ({
        title,
        options: Object.entries(losses)
          .filter(([, about]) => about.family === title)
          .map(([value, about]) => ({ value, text: about.name, disabled: unfit(value) })),
      }));
    const others = groups((loss) => !states.suitsAll(state, loss)).filter(({ options }) =>
      options.some(({ disabled }) => !disabled),
    );
    const sets = Object.entries(data).map(([value, { title }]) => ({
      value,
      text: title,
      disabled: !states.suits(value, state.loss),
    }));
    const noSet = { value: "", text: "none has masks" };
    return [
      menu(
        "Loss",
        groups(() => false),
        state.loss,
        (loss) => go(states.withLoss(state, loss)),
      ),
      menu("Beside it", [plainGroup([{ value: "", text: "none" }]), ...others], state.beside, (loss) =>
        go(states.withBeside(state, loss)),
      ),
      menu("Data", [plainGroup(state.data ? sets : [noSet])], state.data, (name) => go(states.withData(state, name))),
    ];
  }

  const plainGroup = (options) => ({ title: "", options });

  function parameterSliders(loss, own, look, change) {
    return losses[loss].parameters.map((parameter) => {
      const range = states.parameterRange(parameter, state.data);
      const now = () => state[own][parameter.name];
      return slider(
        parameter.letter,
        { value: now(), places: range.places, look },
        (text) => states.read(text, range, now(), parameter.start === null),
        (value) => change({ [own]: { ...state[own], [parameter.name]: value } }),
      ).made;
    });
  }

  function pointControls() {
    if (view.isRow) return rowControls();
    const isLabel = ["score", "probability"].includes(view.kind);
    const prediction = predictionSlider();
    point = { prediction };
    if (isLabel) {
      const options = [0, 1].map((y) => ({ value: String(y), text: String(y) }));
      const target = menu("target y", [plainGroup(options)], String(state.y), (y) => move({ y: Number(y) }));
      return [target, prediction.made];
    }
    const target = pointSlider(
      "target y",
      () => state.y,
      () => states.targetRange(state),
      (y) => {
        move(states.withTarget(state, y));
        const renewed = predictionSlider();
        point.prediction.made.replaceWith(renewed.made);
        point.prediction = renewed;
      },
    );
    return [target.made, prediction.made];
  }

  const predictionSlider = () =>
    pointSlider(
      view.sliderName(),
      () => state.p,
      () => states.predictionRange(state),
      (p) => move({ p }),
    );

  function pointSlider(label, now, range, change) {
    return slider(
      label,
      { value: now(), places: range().places },
      (text) => states.read(text, range(), now()),
      change,
    );
  }

  function rowControls() {
    const range = states.predictionRange(state);
    const made = state.row.map((_, k) =>
      slider(
        view.partName(k),
        { value: state.row[k], places: range.places },
        (text) => states.read(text, range, state.row[k]),
        (value) => {
          move(states.withPart(state, k, value));
          made.forEach((one, j) => {
            if (j !== k) one.show(state.row[j]);
          });
          parts.along.value = String(k);
        },
      ),
    );
    const options = state.row.map((_, k) => ({ value: String(k), text: view.partName(k) }));
    const along = menu("The pictures move", [plainGroup(options)], String(state.along), (k) =>
      move({ along: Number(k) }),
    );
    parts.along = along.querySelector("select");
    point = { row: made };
    const target =
      view.kind === "mask"
        ? maskControls()
        : menu("Right class", [plainGroup(options)], String(state.y), (y) => move({ y: Number(y) }));
    return [target, along, ...made.map((one) => one.made)];
  }

  function maskControls() {
    const pixels = state.y.map((one, k) =>
      tick(view.partName(k), one === 1, (on) => move({ y: state.y.map((old, j) => (j === k ? Number(on) : old)) })),
    );
    return element("fieldset", { class: "lab-mask" }, element("legend", {}, "The true mask has"), ...pixels);
  }

  const KEPT = {
    // what stays where it is while one part of a row moves
    scores:
      "The sliders are the scores of one sample. In the pictures one score moves and the others keep their place.",
    probabilities:
      "The sliders are the probabilities of one sample. In the pictures one moves and the others give way in " +
      "proportion, so that the sum stays 1; slope and curvature are those along this way.",
    mask:
      "The sliders are the probabilities of one mask. " +
      "In the pictures one pixel moves and the others keep their place.",
  };
  const FEW = 4; // so many sliders may stay in view while the page scrolls

  function layControls() {
    parts.menus.replaceChildren(...menus());
    const own = parameterSliders(state.loss, "own", 0, (changed) => move(changed));
    const others = state.beside ? parameterSliders(state.beside, "besideOwn", 1, (changed) => move(changed)) : [];
    parts.sliders.replaceChildren(...own, ...others, ...pointControls());
    parts.sliders.classList.toggle("lab-stays", parts.sliders.children.length <= FEW);
    parts.keeps.textContent = KEPT[view.kind] ?? "";
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
    const curves = Object.entries(TITLES).map(([what, title]) => {
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
    copy.addEventListener("click", () =>
      copyLink().then((words) => {
        copied.textContent = words;
      }),
    );
    host.replaceChildren(
      parts.notice,
      parts.menus,
      parts.sliders,
      parts.keeps,
      element(
        "div",
        { class: "lab-pictures" },
        loss,
        slope,
        ...parts.valleys.map((one) => one.figure),
        curvature,
        element("div", {}, parts.said, element("p", { class: "lab-link" }, copy, copied)),
      ),
      parts.numbers,
      parts.cards,
    );
    for (const theme of ["light", "dark"]) {
      looks[theme].forEach(({ line, text }, k) => {
        document.documentElement.style.setProperty(`--plot-line-${k}-${theme}`, line);
        document.documentElement.style.setProperty(`--plot-text-${k}-${theme}`, text);
      });
    }
    looks.dashes.forEach((dashes, k) => host.style.setProperty(`--plot-dashes-${k}`, dashes || "none"));
  }

  // Draw what belongs to the state. All places are measured before the first picture is drawn.
  function draw() {
    const many = state.data ? view.all.length : 0;
    parts.valleys.forEach(({ figure }, k) => {
      figure.hidden = k >= many;
    });
    const places = [...Object.keys(TITLES).map((what) => parts[what]), ...parts.valleys.map(({ place }) => place)];
    const sizes = new Map(
      places.map((place) => [place, { width: Math.max(NARROWEST, place.clientWidth), height: TALL }]),
    );
    for (const what of Object.keys(TITLES)) {
      inverse[what] = pictures.curves(what, state, view, parts[what], sizes.get(parts[what]));
    }
    drawData(many, sizes);
    drawTable();
    parts.said.textContent = view.words();
  }

  let drawnData = ""; // what the pictures of the data show: a move of the prediction changes nothing in them

  function drawData(many, sizes) {
    const { loss, own, beside, besideOwn, data: set, along } = state;
    const now = JSON.stringify([
      loss,
      own,
      beside,
      besideOwn,
      set,
      along,
      ...[...sizes.values()].map(({ width }) => width),
    ]);
    if (now === drawnData) return;
    drawnData = now;
    view.all.slice(0, many).forEach((one, k) => {
      const { place, head } = parts.valleys[k];
      const { found, mean } = view.constantWords(one);
      const costs = `, which costs ${mean}${pictures.outsideWords(state, view)}`;
      head.replaceChildren(sample(k), `Mean loss, ${one.label}: best constant `, element("b", {}, found), costs);
      pictures.valley(one, state, view, place, sizes.get(place));
    });
  }

  function drawTable() {
    const rows = view.all.map((one) => {
      const { value, slope, bend } = view.numbersHere(one);
      const told = [
        ["loss", view.withUnit(number(value), view.unitOf(one))],
        ["slope", number(slope)],
        ["curvature", number(bend)],
      ];
      if (view.isRow) {
        const each = one.formulas.slope(one.self, state.row, view.targetRow());
        told.push(...each.map((part, k) => [`slope in ${view.partName(k)} alone`, number(part)]));
      }
      if (!state.data) return told;
      const { found, mean } = view.constantWords(one);
      return [...told, ["best constant", found], ["its mean loss", mean]];
    });
    const names = view.all.map(({ look, label }) => element("th", { scope: "col" }, sample(look), label));
    const head = element("tr", {}, element("td", {}), ...names);
    const body = rows[0].map(([what], k) =>
      element("tr", {}, element("th", { scope: "row" }, what), ...rows.map((told) => element("td", {}, told[k][1]))),
    );
    parts.numbers.replaceChildren(element("thead", {}, head), element("tbody", {}, ...body));
  }

  let carded = ""; // the losses whose cards are laid out

  // Lay out the cards of the losses, or, if they are the same as before, only their lines of code.
  function drawCards() {
    const names = view.all.map(({ name }) => name).join();
    if (names === carded) {
      view.all.forEach((one, k) => cards.renew(parts.cards.children[k], one));
      return;
    }
    carded = names;
    parts.cards.replaceChildren(...view.all.map((one) => cards.card(one)));
    if (window.MathJax?.startup) MathJax.startup.promise.then(() => MathJax.typesetPromise([parts.cards]));
  }

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
    if (view.isRow) {
      move(states.withPart(state, state.along, value));
      point.row.forEach((one, k) => one.show(state.row[k]));
    } else {
      move({ p: value });
      point.prediction.show(value);
    }
  }

  // Changes ---------------------------------------------------------------------------------------------------------

  function set(changed) {
    state = changed;
    view = reading.of(state);
  }

  let later;
  function follow() {
    clearTimeout(later);
    later = setTimeout(() => history.replaceState(null, "", states.toAddress(state)), LATER);
  }

  // Some numbers are others: what is drawn changes, the controls stay.
  function move(changed) {
    set({ ...state, ...changed });
    draw();
    drawCards();
    follow();
  }

  // Another state: everything is laid anew, and the menu that was used keeps the focus.
  function go(changed, told = []) {
    const focused = [...host.querySelectorAll("select")].indexOf(document.activeElement);
    set(changed);
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
  document.querySelectorAll(".lab-still").forEach((one) => {
    one.hidden = true;
  });
})();
