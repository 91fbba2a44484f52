"use strict";
// The quiz: a question at a time, a reason for every answer. The words are those of lossutils.widgets, and so is
// the judgement; tests compare both.
(() => {
  const { print, typed } = window.lossNumbers;
  const MANY = "many_choice";
  const NUMERIC = "numeric";

  function element(kind, properties = {}, ...inside) {
    const made = Object.assign(document.createElement(kind), properties);
    made.append(...inside);
    return made;
  }

  const escaped = (text) => element("span", { textContent: text }).innerHTML;

  // Whether a number is this answer, up to its width; 1e-12: one at its edge counts, however it was rounded
  function covers({ value, range, width }, number) {
    if (range) return range[0] <= number && number < range[1];
    return value !== null && Math.abs(number - value) <= width + 1e-12 * Math.abs(value);
  }

  // By which slip a wrong number is nearly right
  function slip(question, number) {
    const right = question.answers.find((answer) => answer.correct);
    const close = (x, y) => Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y));
    const nearly = (x) => covers(right, x) || question.coarse.some((one) => close(x, one));
    if (nearly(number)) return `This is right, but it has too few digits: give ${question.precision} of them.`;
    if (nearly(-number)) return "The size is right, the sign is not.";
    if (nearly(number / 100) && question.share) return "This is the right number in per cent: divide it by 100.";
    if (nearly(number * 100) && question.perCent) return "This is the right number as a share of 1: multiply it by 100.";
    return "";
  }

  function judgedNumber(question, text) {
    const { number, error } = typed(text.replace(/\s*(%|per cent)$/, ""));
    if (error) return { right: null, words: escaped(error) };
    const { answers } = question;
    const answer = answers.find((one) => covers(one, number)) ?? answers.find((one) => one.default);
    if (answer?.correct) return { right: true, words: question.right };
    const stored = answer && !answer.default && answer.why;
    const why = stored || slip(question, number) || answer?.why || "";
    const reading = /[\p{L}_]|,|\s/u.test(text.replace(/[% ]+$/, "")) ? `It was read as ${print(number)}. ` : "";
    return { right: false, words: `<p>Not ${escaped(text)}. ${reading}${why}</p>` };
  }

  function judgedOptions(question, letters) {
    const wrong = question.options.filter(({ letter, correct }) => letters.includes(letter) && !correct);
    const missing = question.options.filter(({ letter, correct }) => !letters.includes(letter) && correct).length;
    if (!wrong.length && !missing) return { right: true, words: question.right };
    const words = wrong.map(({ letter, why }) => `<p>Not ${letter}: ${why}</p>`);
    if (missing && question.type === MANY) words.push(`<p>Right answers still missing: ${missing}.</p>`);
    return { right: false, words: words.join("") };
  }

  // Return { right, words }; right is null when nothing was answered. `given` is a text, or letters
  function judged(question, given) {
    if (!given.length) return { right: null, words: "Answer first." };
    return question.type === NUMERIC ? judgedNumber(question, given) : judgedOptions(question, given);
  }

  class Quiz {
    constructor(root, { questions }) {
      this.questions = questions;
      this.key = root.dataset.live;
      this.firstTries = new Map();
      this.area = root.querySelector(".live-quiz");
      this.position = element("strong");
      this.text = element("div");
      this.answers = element("div", { className: "live-options" });
      this.feedback = element("div", { className: "live-feedback", role: "alert" });
      this.score = element("p");
      const button = (textContent, onclick) => element("button", { type: "button", textContent, onclick });
      this.check = button("Check my answer", () => this.judge());
      this.back = button("Question before", () => this.show(this.at - 1));
      this.on = button("Next question", () => this.show(this.at + 1));
      const steps = element("div", { className: "live-buttons" }, this.back, this.on);
      const parts = [this.position, this.text, this.answers, this.check, this.feedback, steps, this.score];
      this.area.replaceChildren(...parts);
      this.show(0);
    }

    get question() {
      return this.questions[this.at];
    }

    get given() {
      if (this.question.type === NUMERIC) return this.box.value.trim();
      return [...this.answers.querySelectorAll("input:checked")].map((input) => input.value);
    }

    show(at) {
      this.at = at;
      this.position.textContent = `Question ${at + 1} of ${this.questions.length}`;
      this.text.innerHTML = this.question.shown;
      this.answers.replaceChildren(...(this.question.type === NUMERIC ? this.number() : this.options()));
      this.feedback.innerHTML = "";
      this.back.disabled = at === 0;
      this.on.disabled = at === this.questions.length - 1;
      this.told();
      this.typeset(this.text, this.answers);
    }

    options() {
      const type = this.question.type === MANY ? "checkbox" : "radio";
      return this.question.options.map(({ letter, text }) => {
        const input = element("input", { type, name: `${this.key}-${this.at}`, value: letter });
        const words = element("span", { innerHTML: `<strong>${letter}:</strong> ${text}` });
        return element("label", {}, input, words);
      });
    }

    number() {
      this.box = element("input", { type: "text", placeholder: "such as 0.25, 1/4 or ln 2" });
      this.box.addEventListener("keydown", (event) => event.key === "Enter" && this.judge());
      return [element("label", {}, "Answer ", this.box, ` ${this.question.unit}`)];
    }

    judge() {
      const { right, words } = judged(this.question, this.given);
      if (right !== null && !this.firstTries.has(this.at)) this.firstTries.set(this.at, right);
      this.feedback.innerHTML = words;
      this.told();
      this.typeset(this.feedback);
    }

    told() {
      const right = [...this.firstTries.values()].filter(Boolean).length;
      this.score.textContent = `Right at the first try: ${right} of ${this.firstTries.size} answered`;
    }

    // MathJax may still be on its way
    typeset(...parts) {
      const set = () => window.MathJax?.typesetPromise?.(parts);
      if (window.MathJax?.startup?.promise) window.MathJax.startup.promise.then(set);
      else addEventListener("load", () => window.MathJax?.startup?.promise?.then(set), { once: true });
    }
  }

  Quiz.judged = judged;
  (window.lossKinds ??= {}).quiz = Quiz;
})();
