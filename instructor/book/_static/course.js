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

// The search shows a piece of a page's text, without the menus above it, what moves in it, and the words of its scripts.
addEventListener("DOMContentLoaded", () => {
  if (typeof Search === "undefined") return;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const article = page.querySelector(".bd-article");
    const text = (anchor && article?.querySelector(anchor)) || article;
    text?.querySelectorAll(".headerlink, script, style, svg, .live, h1").forEach((part) => part.remove());
    return text?.textContent.replace(/\s+/g, " ") ?? "";
  };
});
