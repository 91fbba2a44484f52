"use strict";
// Moves the twins of the widgets. Each picture is a list of slots; `lossLive` says which piece of SVG stands in which
// slot, and which sentence is said, for every place of the controls. A classic script: from disk, others may not run.
(() => {
  const NOTHING = -1;
  const IDLE = "This button changes nothing here.";

  function element(kind, properties = {}, ...inside) {
    const made = Object.assign(document.createElement(kind), properties);
    made.append(...inside);
    return made;
  }

  // One control with its name: a slider with its number, a menu, or a box to tick. `place` is where it stands.
  class Control {
    constructor({ name, kind, texts, start }, id, moved) {
      this.texts = texts;
      this.place = start;
      const label = element("label", { htmlFor: id, textContent: name });
      if (kind === "select") {
        const options = texts.map((text, k) => element("option", { value: k, textContent: text }));
        this.input = element("select", { id }, ...options);
      } else if (kind === "check") {
        this.input = element("input", { id, type: "checkbox" });
      } else {
        this.input = element("input", { id, type: "range", min: 0, max: texts.length - 1, step: 1 });
        this.number = element("output", { htmlFor: id });
      }
      this.input.hidden = kind === "range" && texts.length === 1; // it stands still
      this.input.addEventListener("input", () => {
        this.place = kind === "check" ? Number(this.input.checked) : Number(this.input.value);
        moved();
      });
      this.row = element("div", { className: `live-control live-${kind}` }, label, this.input, ...(this.number ? [this.number] : []));
    }

    show(text = this.texts[this.place]) {
      if (this.input.type === "checkbox") this.input.checked = this.place === 1;
      else this.input.value = this.place;
      if (!this.number) return;
      this.number.value = text;
      this.input.setAttribute("aria-valuetext", text);
    }
  }

  class Twin {
    constructor(root, data) {
      this.root = root;
      this.data = data;
      this.svg = root.querySelector("svg");
      this.slots = [...root.querySelectorAll("[data-slot]")];
      this.sentence = root.querySelector(".live-sentence");
      this.landing = NOTHING; // the state between the places that a button has led to
      this.build();
      this.shown = this.pieces();
      this.show();
    }

    get branch() {
      return this.data.branches[this.menu ? this.menu.place : 0];
    }

    build() {
      const { controls, menu, buttons, branches } = this.data;
      const moved = () => {
        this.landing = NOTHING;
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
      const rows = order.map((k) => this.controls[k].row);
      const area = this.root.querySelector(".live-controls");
      area.append(...(menu ? [this.menu.row] : []), ...rows);
      if (buttons.length) area.append(element("div", { className: "live-buttons" }, ...this.buttons));
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

    pieces() {
      const landing = this.data.landings[this.landing];
      return landing ? landing.slots : this.branch.slots.map((column) => this.read(column));
    }

    show() {
      const { data, branch } = this;
      const landing = data.landings[this.landing];
      const pieces = this.pieces();
      const empty = pieces[0] === NOTHING; // nothing to draw: the picture before stays, and looks so
      this.svg.classList.toggle("live-before", empty);
      if (!empty) {
        pieces.forEach((piece, k) => {
          if (piece !== this.shown[k]) this.slots[k].innerHTML = data.pieces[piece];
        });
        this.shown = pieces;
      }
      const sentence = data.sentences[landing ? landing.said : this.read(branch.said)];
      this.sentence.textContent = sentence;
      this.svg.setAttribute("aria-label", sentence);
      this.menu?.show();
      this.controls.forEach((control, k) => {
        const at = branch.controls.indexOf(k);
        control.row.hidden = at < 0;
        control.show(landing && at >= 0 ? landing.texts[at] : undefined);
      });
      this.buttons.forEach((button, k) => {
        const idle = landing ? landing.then[k] === this.landing : this.read(branch.buttons[k].idle) === 1;
        button.setAttribute("aria-disabled", idle);
        button.title = idle ? IDLE : "";
      });
    }

    press(k) {
      const { branch } = this;
      if (this.buttons[k].getAttribute("aria-disabled") === "true") return;
      const put = (places) => branch.controls.forEach((number, at) => (this.controls[number].place = places[at]));
      const from = this.data.landings[this.landing];
      const { lands, to } = branch.buttons[k];
      const end = from ? from.then[k] : this.read(lands);
      if (Array.isArray(end)) {
        put(end);
        this.landing = NOTHING;
      } else if (end !== NOTHING) {
        put(this.data.landings[end].places);
        this.landing = end;
      } else {
        put(branch.controls.map((number, at) => (at in to ? this.read(to[at]) : this.controls[number].place)));
      }
      this.show();
    }
  }

  document.querySelectorAll("[data-live]:not([data-runs])").forEach((root) => {
    const data = window.lossLive?.[root.dataset.live];
    if (!data) return;
    root.dataset.runs = "";
    root.twin = new Twin(root, data);
  });
})();
