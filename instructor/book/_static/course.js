"use strict";

// From a disk a browser may not read the pages that a search has found, only name them.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

// A formula in a line cannot be broken: where it is wider than its line, it gets one of its own that scrolls.
const markWide = () => {
  for (const formula of document.querySelectorAll(".bd-article mjx-container:not([display])")) {
    formula.classList.remove("wide");
    const line = formula.closest("p, li, td, dd, summary") ?? formula.parentElement;
    formula.classList.toggle("wide", formula.getBoundingClientRect().width > line.clientWidth);
  }
};
addEventListener("load", () => window.MathJax?.startup?.promise.then(markWide));
addEventListener("resize", markWide);

// The search shows a piece of a page's text, without the menus above it and what moves in it. Nobody draws formulas
// there: a letter or a number stands for itself, and what is longer is left out.
addEventListener("DOMContentLoaded", () => {
  if (typeof Search === "undefined") return;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const article = page.querySelector(".bd-article");
    const text = (anchor && article?.querySelector(anchor)) || article;
    text?.querySelectorAll(".headerlink, script, style, svg, .live, h1").forEach((part) => part.remove());
    text?.querySelectorAll(".math").forEach((formula) => {
      const tex = formula.textContent.trim().slice(2, -2);
      formula.textContent = /[\\{}^_]/.test(tex) ? "…" : tex;
    });
    return text?.textContent.replace(/\s+/g, " ") ?? "";
  };
});
