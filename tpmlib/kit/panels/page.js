// Cards behind the numbers and words of a lesson, and its ways on; without Python there are none.
const NUMBER = /\b[CFL]\d{2}[a-z]?\b/g;
const WHERE = ".jp-RenderedMarkdown, .jp-OutputArea-output";
const NOT = "a, button, label, select, textarea, input, summary, svg, code, pre, h1, h2, h3, .tpm-popup, .tpm-advert, .tpm-own";
const AFTER = 300; // milliseconds that the page stands still before it is looked through
const SOON = 200, LATER = 300; // milliseconds from the pointer's coming to the card, and from its going
const GAP = 6; // CSS pixels between a word and its card
let number = 0;

function render({ model, el }) {
  const told = model.get("words"), cards = model.get("cards"), id = `tpm-popup-${++number}`;
  const make = (tag, text, className = "") => Object.assign(document.createElement(tag), { textContent: text, className });
  const popup = Object.assign(make("div", "", "tpm tpm-popup"), { id, role: "tooltip", hidden: true });
  const own = make("div", "", "tpm tpm-own");
  document.body.append(popup);
  el.append(own);
  const ended = new AbortController(), options = { signal: ended.signal };
  let root = null, opened = null, home = null, timer = null;

  // Words of the glossary: the first time that each stands in the lesson. Numbers: every time.
  const words = Object.entries(model.get("forms")).map(([word, forms]) => {
    const parts = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const isShort = /[A-Z].*[A-Z]/.test(word); // PM is a word, pm is none
    return [word, new RegExp(`(?<![\\p{L}\\d-])(?:${parts.join("|")})s?(?![\\p{L}\\d-])`, isShort ? "u" : "iu")];
  });
  function spans(node, open) {
    const isApart = node.parentElement.closest("legend, details, .tpm-fields, .tpm-board"), text = node.data;
    const all = [...text.matchAll(NUMBER)].filter(([name]) => cards[name]).map((hit) => [hit.index, hit[0], hit[0]]);
    for (const [word, form] of isApart ? [] : open) {
      const hit = form.exec(text);
      if (hit) all.push([hit.index, hit[0], word]);
    }
    all.sort((left, right) => left[0] - right[0] || right[1].length - left[1].length);
    return all.filter(([start], place) => !place || start >= all[place - 1][0] + all[place - 1][1].length);
  }
  // "(F03)." stays on one line: a browser would break it before and behind the button
  function keepTogether(button) {
    const box = make("span", "", "tpm-whole"), before = button.previousSibling, after = button.nextSibling;
    const head = /[([]*$/.exec(before.data)[0], tail = /^[\])]*[.,;:]?/.exec(after.data)[0];
    button.replaceWith(box);
    box.append(head, button, tail);
    before.data = before.data.slice(0, before.length - head.length);
    after.data = after.data.slice(tail.length);
  }
  function markAll(box) {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent.closest(WHERE) && !parent.closest(NOT)) nodes.push(walker.currentNode);
    }
    const there = new Set([...root.querySelectorAll(".tpm-card")].map((button) => button.dataset.card));
    for (const node of nodes) {
      for (const [start, text, card] of spans(node, words.filter(([word]) => !there.has(word))).reverse()) {
        const button = Object.assign(make("button", text, "tpm-card"), { type: "button" });
        Object.assign(button.dataset, { card, lmSuppressShortcuts: "true" });
        node.splitText(start).splitText(text.length);
        node.nextSibling.replaceWith(button);
        if (cards[text]) keepTogether(button);
        there.add(card);
      }
    }
  }

  function open(button) {
    clearTimeout(timer);
    if (opened === button) return;
    const { text, source, url, trust } = cards[button.dataset.card];
    popup.replaceChildren(make("b", button.dataset.card), make("p", text));
    if (source) {
      const [before, after] = told.source.split("{source}"), line = make("p", before);
      line.append(url ? Object.assign(make("a", source), { href: url, target: "_blank", rel: "noopener" }) : source);
      line.append(trust ? `${after}. ${trust}` : after);
      popup.append(source && !trust ? make("p", source) : line);
    }
    opened?.removeAttribute("aria-describedby");
    [opened, home] = [button, button.closest(WHERE)];
    button.setAttribute("aria-describedby", id);
    popup.hidden = false;
    place();
  }
  function place() {
    const { left, top, bottom } = opened.getBoundingClientRect(), seen = root.getBoundingClientRect();
    if (bottom < Math.max(seen.top, 0) || top > Math.min(seen.bottom, innerHeight)) return close();
    const isBelow = bottom + GAP + popup.offsetHeight < innerHeight || top < innerHeight / 2;
    popup.style.left = `${Math.max(GAP, Math.min(left, innerWidth - popup.offsetWidth - 2 * GAP))}px`;
    popup.style.top = `${isBelow ? bottom + GAP : Math.max(GAP, top - GAP - popup.offsetHeight)}px`;
  }
  function close() {
    clearTimeout(timer);
    opened?.removeAttribute("aria-describedby");
    [opened, popup.hidden] = [null, true];
  }
  // A panel that was drawn anew has another button for the same card.
  function again() {
    const twin = [...home.querySelectorAll(".tpm-card")].find((one) => one.dataset.card === opened.dataset.card);
    if (!twin) return close();
    if (document.activeElement === document.body) twin.focus({ preventScroll: true });
    open(twin);
  }
  const after = (time, act) => { clearTimeout(timer); timer = setTimeout(act, time); };
  const cardOf = (node) => (root?.contains(node) && node.closest?.(".tpm-card")) || null;
  const on = (name, hear) => document.addEventListener(name, hear, { ...options, capture: true });
  // a page that scrolls below a pointer at rest asks for no card
  on("pointermove", ({ target, pointerType }) => {
    const button = pointerType === "mouse" && cardOf(target);
    if (button && button !== opened) after(SOON, () => open(button));
  });
  on("pointerover", ({ target }) => {
    if (popup.contains(target) || (opened && cardOf(target) === opened)) clearTimeout(timer);
    else if (opened && opened !== document.activeElement) after(LATER, close);
    else if (!opened) clearTimeout(timer);
  });
  on("focusin", ({ target }) => {
    if (cardOf(target)) open(target);
    else if (opened && !popup.contains(target)) close();
  });
  on("click", ({ target }) => {
    if (cardOf(target)) open(cardOf(target));
    else if (opened && !popup.contains(target)) close();
  });
  on("scroll", ({ target }) => { if (opened && !popup.contains(target)) place(); });
  // The card stands at the end of the page, but the Tab key finds its link next to its word.
  on("keydown", (event) => {
    if (!opened) return;
    const link = popup.querySelector("a"), inside = popup.contains(event.target), button = opened;
    if (event.key === "Escape") {
      close();
      if (inside) { button.focus(); close(); }
    } else if (event.key === "Tab" && inside) {
      button.focus();
      if (!event.shiftKey) return close(); // and on from there
    } else if (event.key === "Tab" && !event.shiftKey && link && event.target === button) link.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // JupyterLab resolves links of notebooks in plain HTML only, so a link here clicks one of those.
  function linkTo({ file, words }) {
    const known = [...root.querySelectorAll("a[href]")].find((link) => decodeURI(link.href).split(/[?#]/)[0].endsWith(`/${file.split("/").pop()}`));
    const link = Object.assign(make("a", words), { href: known?.href ?? file });
    link.addEventListener("click", (event) => { if (root !== document.body && known?.isConnected) { event.preventDefault(); known.click(); } });
    return link;
  }
  function ways() {
    if (!root) return;
    own.replaceChildren();
    const back = model.get("back"), following = model.get("following");
    const title = [...root.querySelectorAll(".jp-RenderedMarkdown :is(h1, h2, h3)")].find((one) => one.textContent.replace("¶", "").trim() === back);
    if (back && title) {
      const button = Object.assign(make("button", told.go_there, "plain"), { type: "button" });
      button.dataset.lmSuppressShortcuts = "true";
      button.addEventListener("click", () => {
        title.tabIndex = -1;
        title.focus({ preventScroll: true });
        title.scrollIntoView();
      });
      const line = make("p", `${told.were_at.replace("{heading}", () => back)} `);
      line.append(button);
      own.append(line);
    }
    root.querySelectorAll(".tpm-following").forEach((one) => one.remove());
    const last = [...root.querySelectorAll(".jp-RenderedMarkdown p")].findLast((one) => one.textContent.startsWith(told.next_line));
    if (last) last.hidden = Boolean(following.file || following.end); // one way on, and no other beside it
    if (!last || !following.file) return;
    const [before, after] = told.on_path.split("{lesson}"), line = make("p", before, "tpm-following");
    line.append(linkTo(following), after);
    last.after(line);
  }

  // The parts that a workshop leaves out are folded, once; a click on their heading opens them.
  function fold() {
    for (const title of root.querySelectorAll(".jp-RenderedMarkdown :is(h2, h3)")) {
      if (!model.get("skipped").includes(title.textContent.replace("¶", "").trim())) continue;
      const cell = title.closest(".jp-MarkdownCell:not(.jp-MarkdownHeadingCollapsed)");
      cell?.querySelector(".jp-collapseHeadingButton")?.click();
    }
  }

  // A page of Voila opens each link in a tab of its own, which would hold a Python more.
  function stayHere() {
    if (root !== document.body) return;
    root.querySelectorAll('a[href$=".ipynb"]').forEach((link) => link.removeAttribute("target"));
  }

  const dirty = new Set();
  let due = null;
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) dirty.add(target.nodeType === Node.TEXT_NODE ? target.parentElement : target);
    due ??= setTimeout(() => {
      due = null;
      for (const box of dirty) if (box?.isConnected && !el.contains(box)) markAll(box);
      dirty.clear();
      stayHere();
      if (opened && !opened.isConnected) again();
      if (!root.querySelector(".tpm-following")) ways();
      observer.takeRecords();
    }, AFTER);
  });
  function begin() {
    root = el.closest(".jp-NotebookPanel") ?? document.body;
    for (const box of root.querySelectorAll(".jp-RenderedMarkdown")) markAll(box); // first where words are explained
    markAll(root);
    ways();
    fold();
    stayHere();
    observer.observe(root, { childList: true, subtree: true, characterData: true });
  }
  // an output is put into the page after its widget was drawn; then it has a width
  const arrival = new ResizeObserver(() => { if (el.isConnected && !root) begin(); });
  arrival.observe(el);
  model.on("change:back change:following", ways);
  return () => {
    ended.abort();
    arrival.disconnect();
    observer.disconnect();
    clearTimeout(timer);
    clearTimeout(due);
    popup.remove();
    root?.querySelectorAll(".tpm-following").forEach((one) => { one.previousElementSibling.hidden = false; one.remove(); });
    model.off("change:back change:following", ways);
  };
}
export default { render };
