"use strict";
// The chooser: buttons through a tree, whose places are found by their path. The arrow keys walk from button to button.
(() => {
  const BETWEEN = " → ";
  const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

  class Chooser {
    constructor(root, { places, back, again }) {
      this.places = places;
      this.path = [];
      this.status = root.querySelector(".live-status");
      this.area = document.createElement("div");
      this.area.className = "live-answers";
      root.querySelector("ul").replaceWith(this.area);
      this.back = this.button(back, () => this.go(this.path.slice(0, -1)));
      this.again = this.button(again, () => this.go([]));
      root.addEventListener("keydown", (event) => this.walk(event));
      this.show();
    }

    button(text, act) {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      made.addEventListener("click", act);
      return made;
    }

    go(path) {
      this.path = path;
      this.show();
      this.area.querySelector("button:not([disabled])").focus();
    }

    show() {
      const { page, answers } = this.places[this.path.join(BETWEEN)];
      this.status.innerHTML = page;
      const buttons = answers.map((answer) => this.button(answer, () => this.go([...this.path, answer])));
      const steps = document.createElement("div");
      steps.className = "live-buttons";
      this.back.disabled = this.again.disabled = this.path.length === 0;
      steps.append(this.back, this.again);
      this.area.replaceChildren(...buttons, steps);
    }

    walk(event) {
      const all = [...this.area.querySelectorAll("button:not([disabled])")];
      const at = all.indexOf(document.activeElement);
      if (!(event.key in STEPS) || at < 0) return;
      event.preventDefault();
      all[(at + STEPS[event.key] + all.length) % all.length].focus();
    }
  }

  (window.lossKinds ??= {}).chooser = Chooser;
})();
