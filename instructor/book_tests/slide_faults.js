// What is wrong with the slide that is shown, as sentences: cut off, on top of each other, too small to be read.
// `inFigures` is the size of the smallest letters of a figure, in its own dots.
(inFigures) => {
  const faults = [], slide = Reveal.getCurrentSlide(), all = [...slide.querySelectorAll("*")];
  const hidden = (e) => e.closest("aside, mjx-assistive-mml") || !e.getClientRects().length;
  const named = (e) => `${e.tagName} "${e.textContent.trim().slice(0, 40)}"`;
  for (const e of all.filter((e) => !hidden(e) && !e.closest("svg *"))) {
    const box = e.getBoundingClientRect();
    if (box.left < 0 || box.top < 0 || box.right > 1200 || box.bottom > 800) faults.push(`cut off: ${named(e)}`);
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).display !== "inline")
      faults.push(`wider than its place: ${named(e)}`);
    if (e.tagName === "LI" && box.left < 70) faults.push(`its mark hangs out: ${named(e)}`);
    const words = [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const size = parseFloat(getComputedStyle(e).fontSize);
    if ((words || e.tagName === "MJX-CONTAINER") && size < 24) faults.push(`letters of ${size}: ${named(e)}`);
    if (e.tagName === "IMG" && (box.width / e.naturalWidth) * inFigures < 24)
      faults.push(`letters of the figure: ${e.alt}`);
  }
  if (slide.scrollHeight > 800) faults.push(`${slide.scrollHeight} high`);
  const stack = [...slide.querySelectorAll(".block")].filter((e) => !hidden(e)).map((e) => e.getBoundingClientRect());
  for (let k = 1; k < stack.length; k++)
    if (stack[k].top < stack[k - 1].bottom - 1) faults.push(`block ${k + 1} lies on block ${k}`);
  const number = document.querySelector(".slide-number").getBoundingClientRect(), range = document.createRange();
  range.selectNodeContents(slide.querySelector("h1, h2"));
  for (const line of range.getClientRects())
    if (line.right > number.left && line.top < number.bottom) faults.push("the heading runs into the slide's number");
  return faults;
}
