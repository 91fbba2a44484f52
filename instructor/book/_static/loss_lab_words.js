// What the lab says and reads: numbers by numbers.js, the sentences of lossutils, and the places of a slider's handle.
"use strict";

lossLab.words = (() => {
  const { print: number, typed } = window.lossNumbers;
  const said = (sentence, parts) => sentence.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

  class Refused extends Error {}

  // The number that a text is; an error says in a sentence why it is none.
  function typedNumber(text) {
    const { number, error } = typed(text);
    if (error) throw new Refused(error);
    return number;
  }

  // The places of a slider's handle, as lossutils/widgets/slider.py has them: round ends and a round step.
  function places(low, high) {
    const [fine, step] = [600, 100].map((steps) => roundStep((high - low) / steps));
    const decimals = Math.max(0, -Math.floor(Math.log10(fine)));
    const round = (x) => Number(x.toFixed(decimals));
    let first = Math.floor(low / fine + 1e-9) * fine;
    const last = Math.ceil(high / fine - 1e-9) * fine;
    if (low > 0 && first <= 0) first = low; // what must be positive stays so
    const inside = [];
    for (let k = Math.ceil(first / step); k <= Math.floor(last / step); k += 1) {
      if (k * step > first + step / 4 && k * step < last - step / 4) inside.push(round(k * step));
    }
    return [first === low ? first : round(first), ...inside, round(last)];
  }

  // The nearest of 1, 2 and 5 times a power of ten, in ratio.
  function roundStep(x) {
    const power = Math.floor(Math.log10(x));
    const steps = [power, power + 1].flatMap((p) => [1, 2, 5].map((digit) => Number(`${digit}e${p}`)));
    const distance = (step) => Math.abs(Math.log(step / x));
    return steps.reduce((best, step) => (distance(step) < distance(best) ? step : best));
  }

  return { number, said, typedNumber, places, Refused };
})();
