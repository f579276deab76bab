// Cards sorted into piles: drag them, or move the focused one with the arrow keys or a digit.
function render({ model, el }) {
  const words = model.get("words");
  const piles = [{ id: "", label: words.not_placed }, ...model.get("piles")];
  const cards = model.get("cards");
  const root = document.createElement("div");
  root.className = "tpm tpm-cards";
  const board = document.createElement("div");
  board.className = "tpm-board";
  // beyond five a card would be too narrow to read: two rows
  const columns = piles.length > 6 ? Math.ceil((piles.length - 1) / 2) : piles.length - 1;
  board.style.setProperty("--piles", columns);
  const live = document.createElement("div");
  live.className = "tpm-hidden";
  live.setAttribute("role", "status");
  const buttons = document.createElement("div");
  buttons.className = "tpm-buttons";
  const status = document.createElement("div");
  status.className = "tpm-status tpm-note";
  status.setAttribute("role", "status");
  root.append(board, buttons, status, live);
  for (const field of model.get("buttons")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = field.label;
    button.className = field.plain ? "plain" : "";
    button.dataset.lmSuppressShortcuts = "true";
    button.addEventListener("click", () => answers.press(field.id));
    buttons.append(button);
  }
  el.append(root);
  const send = () => model.save_changes();
  const answers = answering({ model, el }, { trait: "places", send, show: draw });
  const lists = {}, heads = {}, items = {};
  let held = null;
  const uid = Math.random().toString(36).slice(2, 9);
  const pileOf = (id) => model.get("places")[id] || "";
  const labelOf = (id) => piles.find((pile) => pile.id === id).label;

  piles.forEach((pile, at) => {
    const box = document.createElement("section");
    box.className = pile.id ? "tpm-pile" : "tpm-pile tpm-deck";
    const head = document.createElement("h3");
    head.id = `tpm-${uid}-${at}`;
    const list = document.createElement("ul");
    list.setAttribute("aria-labelledby", head.id);
    box.append(head, list);
    board.append(box);
    lists[pile.id] = list;
    heads[pile.id] = head;
    // a tap holds a card, a second tap on a pile puts it there: for touch, and for a slow hand
    box.addEventListener("click", (event) => {
      if (held && !event.target.closest("button")) place(held, pile.id);
    });
    box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
    box.addEventListener("dragleave", () => box.classList.remove("over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      box.classList.remove("over");
      place(event.dataTransfer.getData("text/plain"), pile.id);
    });
  });
  for (const card of cards) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const note = document.createElement("small");
    button.type = "button";
    button.draggable = true;
    button.textContent = card.text;
    button.title = card.help || "";
    button.dataset.lmSuppressShortcuts = "true";
    button.addEventListener("click", () => hold(held === card.id ? null : card.id));
    button.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", card.id));
    button.addEventListener("keydown", (event) => {
      const at = piles.findIndex((pile) => pile.id === pileOf(card.id));
      let to = null;
      if (event.key === "ArrowRight") to = Math.min(at + 1, piles.length - 1);
      else if (event.key === "ArrowLeft") to = Math.max(at - 1, 0);
      else if (/^[0-9]$/.test(event.key) && Number(event.key) < piles.length) to = Number(event.key);
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        event.stopPropagation();
        const next = event.key === "ArrowDown" ? item.nextElementSibling : item.previousElementSibling;
        if (next) next.querySelector("button").focus();
        return;
      }
      if (to === null) return;
      event.preventDefault();
      event.stopPropagation();
      const after = item.nextElementSibling || item.previousElementSibling;
      place(card.id, piles[to].id);
      // a digit deals the next card; an arrow keeps hold of this one
      (/^[0-9]$/.test(event.key) && at === 0 && after ? after.querySelector("button") : button).focus();
    });
    item.append(button, note);
    items[card.id] = { item, button, note, text: card.text };
  }
  function hold(id) {
    held = id;
    for (const card of cards) items[card.id].button.setAttribute("aria-pressed", String(card.id === held));
    if (held) live.textContent = filled(words.held, items[held]);
  }
  function place(id, pile) {
    if (!items[id] || pileOf(id) === pile) return;
    hold(null);
    answers.enter({ [id]: pile || undefined }); // which is sent as no place
    send();
    live.textContent = filled(words.moved, { text: items[id].text, label: labelOf(pile) });
  }
  function draw() {
    const counts = {};
    for (const card of cards) {
      const pile = pileOf(card.id), { item, button, note, text } = items[card.id];
      counts[pile] = (counts[pile] || 0) + 1;
      if (item.parentNode !== lists[pile]) lists[pile].append(item);
      const remark = model.get("notes")[card.id];
      note.textContent = remark ? remark.text : "";
      button.className = remark ? remark.tone : "";
      const placed = filled(words.placed, { text, label: labelOf(pile) });
      button.setAttribute("aria-label", [placed, ...(remark ? [remark.text] : [])].join(". "));
    }
    const text = answers.words(model.get("message"), answers.isChanged(), true);
    if (status.textContent !== text) status.textContent = text;
    model.get("buttons").forEach(({ id }, index) => buttons.children[index].setAttribute("aria-disabled", answers.isBlocked(id)));
    piles.forEach((pile, digit) => { heads[pile.id].textContent = `${digit} ${pile.label} (${counts[pile.id] || 0})`; });
  }
  const changed = "change:notes change:message";
  model.on(changed, draw);
  hold(null);
  draw();
  answers.handOver();
  return () => { answers.off(); model.off(changed, draw); };
}
export default { render };
