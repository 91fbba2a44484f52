// The card of a loss: what it is, its formulas, and its line of code here and in other libraries.
"use strict";

lossLab.cards = (() => {
  const { element, sample } = lossLab.controls;

  function card(one) {
    const { about, look, name } = one;
    const title = element("h2", {}, sample(look), about.name[0].toUpperCase() + about.name.slice(1));
    const learns = about.predicts ? [withHtml("p", `A constant learns: ${about.predicts}.`)] : [];
    const more = element("p", {}, element("a", { href: `losses/${name}.html` }, `All about ${about.name}`));
    return element(
      "section",
      { class: "lab-card" },
      title,
      withHtml("p", about.says),
      formulas(about),
      ...learns,
      code(one),
      more,
    );
  }

  // An element with a sentence of the library's own card, which has formulas and code in it.
  function withHtml(tag, html) {
    const made = element(tag);
    made.innerHTML = html;
    return made;
  }

  function formulas(about) {
    const list = element("dl", { class: "lab-formulas" });
    for (const [what, tex] of Object.entries(about.formulas)) {
      const parts = tex.map((part) => element("span", { class: "math" }, `\\(${part}\\)`));
      list.append(element("dt", {}, what), element("dd", {}, ...parts));
    }
    return list;
  }

  function code(one) {
    const list = element("dl", { class: "lab-code" });
    list.append(element("dt", {}, "here"), element("dd", {}, lineOf(hereCode(one))));
    for (const { library, code: line, differs } of one.about.elsewhere) {
      const remarks = differs.length
        ? [element("ul", {}, ...differs.map((sentence) => withHtml("li", sentence)))]
        : [];
      const written = line ? [lineOf(withNumbers(line, one))] : [];
      list.append(element("dt", {}, library), element("dd", {}, ...written, ...remarks));
    }
    return list;
  }

  // Write the parameters' present numbers into the lines of code of a card.
  function renew(made, one) {
    const elsewhere = one.about.elsewhere
      .filter(({ code: line }) => line)
      .map(({ code: line }) => withNumbers(line, one));
    const lines = [hereCode(one), ...elsewhere];
    made.querySelectorAll(".lab-code > dd > code").forEach((old, k) => old.replaceWith(lineOf(lines[k])));
  }

  // A line of code that may break after a point, a bracket or a comma.
  function lineOf(text) {
    const pieces = text.split(/(?<=[.,(=])/);
    return element("code", {}, ...pieces.flatMap((piece, k) => (k ? [element("wbr"), piece] : [piece])));
  }

  const asCode = (value) => (value === null ? "None" : String(value));

  function hereCode({ name, self, about }) {
    const given = about.parameters
      .filter((one) => self[one.name] !== null)
      .map((one) => `${one.name}=${asCode(self[one.name])}`);
    return `${name}(${given.join(", ")})(${about.letter}, y)`;
  }

  // A line of another library with the parameters' values for their letters; the name of an argument stays a name.
  function withNumbers(line, { self, about }) {
    const letter = (one) => new RegExp(`(?<![\\p{L}\\d_.])${one.inCode}(?![\\p{L}\\d_]|=(?!=))`, "gu");
    return about.parameters.reduce((text, one) => text.replace(letter(one), asCode(self[one.name])), line);
  }

  return { card, renew };
})();
