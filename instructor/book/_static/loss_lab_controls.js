// The controls of the lab: menus, and numbers, each with a box that takes what people type and a slider beside it.
"use strict";

lossLab.controls = (() => {
  const { number, Refused } = lossLab.words;

  function element(tag, given = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name in made && typeof value !== "string") made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...inside);
    return made;
  }

  let count = 0;
  const newId = () => `lab-${(count += 1)}`;

  // A menu with a label. groups: [{ title, options: [{ value, text, disabled }] }]
  function menu(label, groups, value, whenChosen) {
    const id = newId();
    const select = element("select", { id });
    for (const { title, options } of groups) {
      const made = options.map((one) => {
        const option = element("option", { value: one.value }, one.text);
        option.disabled = Boolean(one.disabled);
        option.selected = one.value === value;
        return option;
      });
      select.append(...(title ? [element("optgroup", { label: title }, ...made)] : made));
    }
    select.addEventListener("change", () => whenChosen(select.value));
    return element("div", { class: "lab-menu" }, element("label", { for: id }, label), select);
  }

  // A number with a box and, where it has places, a slider. What can't be taken stays in the box, with a sentence; the
  // value stays what it was. read(text) returns a number or raises Refused.
  function slider(label, { value, places, look }, read, whenMoved) {
    const id = newId();
    const box = element("input", { id, type: "text", autocomplete: "off", inputmode: "text", spellcheck: "false" });
    const told = element("p", { class: "lab-told", role: "alert", id: newId() });
    box.setAttribute("aria-describedby", told.id);
    const handle =
      places &&
      element("input", { type: "range", min: "0", max: String(places.length - 1), step: "1", "aria-label": label });

    function show(now) {
      box.value = now === null ? "none" : number(now, 6);
      told.textContent = "";
      box.removeAttribute("aria-invalid");
      if (!handle) return;
      handle.value = String(nearest(places, now));
      handle.setAttribute("aria-valuetext", box.value);
    }

    box.addEventListener("change", () => {
      try {
        const now = read(box.value);
        show(now);
        whenMoved(now);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        told.textContent = error.message;
        box.setAttribute("aria-invalid", "true");
      }
    });
    handle?.addEventListener("input", () => {
      const now = places[Number(handle.value)];
      show(now);
      whenMoved(now);
    });
    show(value);
    const mark = look === undefined ? [] : [sample(look)];
    const made = element(
      "div",
      { class: "lab-slider" },
      element("label", { for: id }, ...mark, label),
      box,
      ...(handle ? [handle] : []),
      told,
    );
    return { made, show };
  }

  const nearest = (places, value) =>
    places.reduce((best, place, k) => (Math.abs(place - value) < Math.abs(places[best] - value) ? k : best), 0);

  // A short line in the look of a curve.
  function sample(look) {
    const made = element("span", { class: "lab-sample", "aria-hidden": "true" });
    made.innerHTML = `<svg width="26" height="8"><path class="plot-line plot-look-${look}" d="M0 4H26"/></svg>`;
    return made;
  }

  function tick(label, checked, whenChanged) {
    const id = newId();
    const box = element("input", { id, type: "checkbox" });
    box.checked = checked;
    box.addEventListener("change", () => whenChanged(box.checked));
    return element("div", { class: "lab-tick" }, box, element("label", { for: id }, label));
  }

  return { element, menu, slider, sample, tick };
})();
