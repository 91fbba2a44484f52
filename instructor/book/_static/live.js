"use strict";
// Moves the twins of the widgets. A picture is a list of slots; what stands in them, and which sentence is said, comes
// from a table that the course's library filled, or, where buttons lead anywhere, is computed by a file of its own.
// A classic script: in a page that is opened from disk, others may not run.
(() => {
  const NOTHING = -1;
  const IDLE = "This button changes nothing here.";

  function element(kind, properties = {}, ...inside) {
    const made = Object.assign(document.createElement(kind), properties);
    made.append(...inside);
    return made;
  }

  // One control with its name: a slider with its number, a menu, or a box to tick. `place` is where it stands. Where
  // `values` are known, numbers can be typed, and `value` may lie between the places.
  class Control {
    constructor({ name, kind, texts, start, values }, id, moved) {
      Object.assign(this, { name, kind, texts, values, moved });
      this.place = start;
      this.value = values?.[start];
      this.row = element("div", { className: `live-control live-${kind}` }, element("label", { htmlFor: id, textContent: name }));
      this.input = this.made(id);
      this.input.hidden = kind === "range" && texts.length === 1; // it stands still
      this.input.addEventListener("input", () => {
        this.put(kind === "check" ? Number(this.input.checked) : Number(this.input.value));
        moved();
      });
      this.row.append(this.input, ...this.beside(id));
    }

    made(id) {
      if (this.kind === "check") return element("input", { id, type: "checkbox" });
      if (this.kind === "range") return element("input", { id, type: "range", min: 0, max: this.texts.length - 1, step: 1 });
      const options = this.texts.map((text, k) => element("option", { value: k, textContent: text }));
      return element("select", { id }, ...options);
    }

    beside(id) {
      if (this.kind !== "range") return [];
      if (!this.values) return [(this.number = element("output", { htmlFor: id }))];
      this.number = element("input", { type: "text", inputMode: "decimal", ariaLabel: `${this.name}, typed` });
      this.told = element("div", { className: "live-told", role: "alert" });
      this.number.addEventListener("change", () => this.read(this.number.value));
      return [this.number, this.told];
    }

    put(place) {
      this.place = place;
      this.value = this.values?.[place];
    }

    // Keeps a number between the ends; the handle goes to the nearest place
    set(number) {
      const apart = this.values.map((value) => Math.abs(value - number));
      this.place = apart.indexOf(Math.min(...apart));
      this.value = Math.min(Math.max(number, this.values[0]), this.values.at(-1));
    }

    read(text) {
      const { print, typed } = window.lossNumbers;
      const { number, error } = typed(text);
      const [low, high] = [this.values[0], this.values.at(-1)];
      const whole = this.values.every(Number.isInteger) && !Number.isInteger(number);
      const wrong = whole ? "is no whole number." : number < low || number > high ? `is not from ${print(low)} to ${print(high)}.` : "";
      if (error ?? wrong) {
        this.told.textContent = `${error ?? `${print(number, 6)} ${wrong}`} It stays at ${print(this.value, 6)}.`;
        return;
      }
      this.set(number);
      this.moved();
    }

    show(text = this.values && this.kind === "range" ? window.lossNumbers.print(this.value, 6) : this.texts[this.place]) {
      if (this.kind === "check") this.input.checked = this.place === 1;
      else this.input.value = this.place;
      if (this.told) this.told.textContent = "";
      if (!this.number) return;
      this.number.value = text;
      this.input.setAttribute("aria-valuetext", text);
    }
  }

  // What a widget showed in each state: a branch for each line of its menu, and states between the places
  class Table {
    constructor(data, controls, menu) {
      Object.assign(this, { data, controls, menu });
      this.landing = NOTHING; // the state between the places that a button has led to
    }

    get branch() {
      return this.data.branches[this.menu ? this.menu.place : 0];
    }

    // What a column of the table says of the places where the controls stand
    read([axes, numbers]) {
      let at = 0;
      for (const axis of axes) {
        const control = this.controls[this.branch.controls[axis]];
        at = at * control.texts.length + control.place;
      }
      return numbers[at];
    }

    moved() {
      this.landing = NOTHING;
    }

    state() {
      const { data, branch } = this;
      const landing = data.landings[this.landing];
      const numbers = landing ? landing.slots : branch.slots.map((column) => this.read(column));
      return {
        pieces: numbers[0] === NOTHING ? null : numbers.map((number) => data.pieces[number]),
        sentence: data.sentences[landing ? landing.said : this.read(branch.said)],
        used: branch.controls,
        texts: landing?.texts ?? [],
        idle: branch.buttons.map((button, k) => (landing ? landing.then[k] === this.landing : this.read(button.idle) === 1)),
      };
    }

    press(k) {
      const { branch, data } = this;
      const put = (places) => branch.controls.forEach((number, at) => this.controls[number].put(places[at]));
      const from = data.landings[this.landing];
      const { lands, to } = branch.buttons[k];
      const end = from ? from.then[k] : this.read(lands);
      this.landing = Array.isArray(end) ? NOTHING : end;
      if (Array.isArray(end)) put(end);
      else if (end !== NOTHING) put(data.landings[end].places);
      else put(branch.controls.map((number, at) => (at in to ? this.read(to[at]) : this.controls[number].place)));
    }
  }

  class Twin {
    constructor(root, data) {
      this.root = root;
      this.svg = root.querySelector("svg");
      this.slots = [...root.querySelectorAll("[data-slot]")];
      this.sentence = root.querySelector(".live-sentence");
      this.build(data);
      const Source = data.computes ? window.lossComputes[data.computes] : Table;
      this.source = new Source(data, this.controls, this.menu);
      this.shown = this.source.state().pieces;
      this.show();
    }

    build({ controls, menu, buttons, branches = [] }) {
      const moved = () => {
        this.source.moved();
        this.show();
      };
      const id = (k) => `live-${this.root.dataset.live}-${k}`;
      if (menu) this.menu = new Control({ ...menu, kind: "select", start: 0 }, id("menu"), moved);
      this.controls = controls.map((control, k) => new Control(control, id(k), moved));
      const everywhere = (k) => branches.every((branch) => branch.controls.includes(k));
      const order = controls.map((_, k) => k).sort((a, b) => everywhere(a) - everywhere(b) || a - b);
      this.buttons = buttons.map((text, k) => {
        const button = element("button", { type: "button", textContent: text });
        button.addEventListener("click", () => this.press(k));
        return button;
      });
      const area = this.root.querySelector(".live-controls");
      area.append(...(menu ? [this.menu.row] : []), ...order.map((k) => this.controls[k].row));
      if (buttons.length) area.append(element("div", { className: "live-buttons" }, ...this.buttons));
    }

    show() {
      const { pieces, sentence, used, texts, idle } = this.source.state();
      this.svg.classList.toggle("live-before", !pieces); // nothing to draw: the picture before stays, and looks so
      pieces?.forEach((piece, k) => {
        if (piece !== this.shown[k]) this.slots[k].innerHTML = piece;
      });
      this.shown = pieces ?? this.shown;
      this.sentence.textContent = sentence;
      this.svg.setAttribute("aria-label", sentence);
      this.menu?.show();
      this.controls.forEach((control, k) => {
        const at = used.indexOf(k);
        control.row.hidden = at < 0;
        control.show(at < 0 ? undefined : texts[at]);
      });
      this.buttons.forEach((button, k) => {
        button.setAttribute("aria-disabled", idle[k]);
        button.title = idle[k] ? IDLE : "";
      });
    }

    press(k) {
      if (this.buttons[k].getAttribute("aria-disabled") === "true") return;
      this.source.press(k);
      this.show();
    }
  }

  document.querySelectorAll("[data-live]:not([data-runs])").forEach((root) => {
    const data = window.lossLive?.[root.dataset.live];
    if (!data) return;
    root.dataset.runs = "";
    const Kind = window.lossKinds?.[data.kind] ?? Twin;
    root.twin = new Kind(root, data);
  });
})();
