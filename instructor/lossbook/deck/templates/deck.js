// A slide is 1200 × 800 wherever it is shown; what fits there fits on every screen.
Reveal.initialize({
  width: 1200,
  height: 800,
  margin: 0,
  center: false,
  hash: true,
  slideNumber: "c/t",
  controlsLayout: "edges",
  controlsTutorial: false,
  transition: "none",
  pdfSeparateFragments: false,
  plugins: [RevealNotes],
});
