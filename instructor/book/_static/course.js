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
