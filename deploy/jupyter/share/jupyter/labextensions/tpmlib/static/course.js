// Keys pressed in an output of the course never reach the notebook, where x or d d delete a cell.
// JupyterLab looks for a key's command from the document, before any listener of ours in the page,
// and leaves a key alone only if what has the focus says so itself. So it is told on the way there.
const isOurs = (node) => /\btpm(lib\b|\.)/.test(node?.textContent); // of a hidden cell its first line
function keys(event) {
  const output = event.target.closest?.(".jp-OutputArea-output");
  if (!isOurs(output?.closest(".jp-Notebook"))) return; // of somebody else
  event.target.dataset.lmSuppressShortcuts = "true";
}

// A cell whose input is hidden has no [*]: while it runs or waits, a word and a bar say so.
const MARK = `.tpm-running .jp-InputPlaceholder { box-shadow: inset 3px 0 #b84a00; }
.tpm-running .jp-Placeholder-contentContainer::after { content: "working ..."; margin-left: 1em; color: var(--jp-content-font-color2); }`;
const AGAIN = 200; // milliseconds from one look at the cells to the next
const looks = new WeakMap();
function mark(notebook) {
  clearTimeout(looks.get(notebook));
  if (notebook.isDisposed) return;
  for (const cell of notebook.widgets) cell.toggleClass("tpm-running", runs(cell));
  if (notebook.widgets.some(runs)) looks.set(notebook, setTimeout(mark, AGAIN, notebook));
}
const runs = (cell) => cell.model.executionState === "running";

// Run All leaves JupyterLab at the end of the notebook: here the reader stays at its top, or at the
// cell that was read, until all has run or the reader moves.
const REST = 700, LONGEST = 120000; // milliseconds
const MOVES = ["wheel", "touchstart", "keydown", "pointerdown"];
const frameOf = (notebook) => notebook.node.querySelector(".jp-WindowedPanel-outer");
const firstOf = (notebook) => notebook.widgets.find((cell) => cell.model.type === "code");
const places = new WeakMap(), held = new WeakSet();
// What JupyterLab scrolls as it begins to run counts as little as what the reader only passed.
function scrolled({ target }) {
  if (!target.matches?.(".jp-WindowedPanel-outer")) return;
  places.set(target, { rested: placeOf(target), time: performance.now(), last: target.scrollTop });
}
function placeOf(frame) {
  const { rested, time, last } = places.get(frame) ?? { last: 0, time: -REST };
  return performance.now() - time < REST ? rested : last;
}
function stay(notebook) {
  const frame = frameOf(notebook), first = firstOf(notebook);
  if (!frame || !first || held.has(notebook)) return;
  held.add(notebook);
  const place = placeOf(frame), begun = performance.now();
  const top = (cell) => cell.node.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop;
  const above = notebook.widgets.filter((cell) => cell.node.isConnected && top(cell) <= place);
  const home = place < frame.clientHeight / 2 ? first : above.at(-1) ?? first;
  const off = place - top(home), touched = new AbortController();
  let rest = Infinity;
  for (const move of MOVES) {
    document.addEventListener(move, () => touched.abort(), { capture: true, passive: true, signal: touched.signal });
  }
  // a screen reader puts the focus into a panel without any of these
  const enters = ({ target }) => target.closest?.(".jp-OutputArea-output") && touched.abort();
  document.addEventListener("focusin", enters, { capture: true, signal: touched.signal });
  (function hold() {
    if (!touched.signal.aborted && !notebook.isDisposed && performance.now() < Math.min(rest + REST, begun + LONGEST)) {
      const wanted = home === first ? 0 : top(home) + off;
      if (Math.abs(frame.scrollTop - wanted) > 2) frame.scrollTop = wanted;
      notebook.activeCellIndex = notebook.widgets.indexOf(home);
      if (notebook.widgets.some(runs)) rest = performance.now();
      return requestAnimationFrame(hold); // before each picture of the page: nothing is seen to jump
    }
    held.delete(notebook);
    touched.abort();
  })();
}

function follow({ NotebookActions }) {
  const style = document.createElement("style");
  style.textContent = MARK;
  document.head.append(style);
  let begun = []; // the cells that begin to run together
  NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
    if (begun.push(cell) > 1) return;
    requestAnimationFrame(() => {
      const cells = begun.splice(0);
      if (!isOurs(notebook.node)) return;
      mark(notebook);
      if (cells.length > 2 && cells.includes(firstOf(notebook))) stay(notebook);
    });
  });
}

let shared; // the modules that JupyterLab shares with its extensions
const extension = {
  id: "tpmlib:course",
  autoStart: true,
  activate: ({ commands, shell }) => {
    window.addEventListener("keydown", keys, true);
    document.addEventListener("scroll", scrolled, true);
    commands.commandExecuted.connect((_, { id }) => {
      const notebook = id === "notebook:run-all-cells" && shell.currentWidget?.content;
      if (notebook && isOurs(notebook.node)) stay(notebook);
    });
    // where they have another form, the notebook does what it always does
    Promise.resolve(Object.values(shared?.["@jupyterlab/notebook"] ?? {})[0]?.get())
      .then((module) => module && follow(module()))
      .catch(console.warn);
  },
};
// what a bundler would write around it
(window._JUPYTERLAB ??= {}).tpmlib = { init: (scope) => { shared = scope; }, get: async () => () => extension };
