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

// On a phone, cards, tables that end in code and those of three columns that are too wide put the last cell of a row
// below the others (course.css). The parts of a table that is laid out otherwise say themselves what they are.
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", th: "columnheader", td: "cell" };
const markStacks = () => {
  for (const table of document.querySelectorAll(".bd-article .pst-scrollable-table-container > table")) {
    const heads = [...(table.rows[0]?.cells ?? [])];
    const columns = heads.length;
    const card = columns === 2 && !heads.some((head) => head.textContent.trim());
    const wide = table.parentElement.scrollWidth > table.parentElement.clientWidth + 1;
    const endsInCode = table.querySelector("td:last-child code");
    table.classList.toggle("card", card);
    if (!card && !(columns <= 4 && endsInCode) && !(columns <= 3 && wide)) continue;
    table.classList.add("stacks");
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) {
      part.setAttribute("role", ROLES[part.localName]);
    }
  }
};

// What goes on beyond its frame fades out on that side.
const markEdges = (frame) => {
  frame.classList.toggle("more-left", frame.scrollLeft > 1);
  frame.classList.toggle("more-right", frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 1);
};
const markAllEdges = () => {
  document.querySelectorAll(".bd-article .pst-scrollable-table-container, .bd-article div.highlight pre").forEach(markEdges);
};
document.addEventListener("scroll", (event) => event.target.matches?.("div, pre") && markEdges(event.target), true);

addEventListener("DOMContentLoaded", markStacks);
addEventListener("load", markAllEdges);
addEventListener("load", () => window.MathJax?.startup?.promise.then(markWide).then(markAllEdges));
addEventListener("resize", () => {
  markWide();
  markAllEdges();
});

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
