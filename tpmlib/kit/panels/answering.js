// What a form and a board share: a button acts once, Python may be gone, and drafts outlive a cell.
//
// A click is a trait, so that it cannot overtake what was entered. Python gives its number back in
// `heard` once it has acted; until then no button acts. A click tried again has the same number, so
// it acts once even if the first was only late. What was entered and differs from `base` is a draft:
// it stays in this tab under the panel's `item`, and a cell that runs again gets it back, as long as
// nothing else has been kept since. It says for which item it was entered: what comes late, when a
// press has led to another item, is of no use to that one.
const DEBOUNCE = 500; // milliseconds: a press that follows the last one of its button sooner is no press
const PATIENCE = 4000; // milliseconds that an idle Python has for an answer
const filled = (text, places) => text.replace(/{(\w+)}/g, (_, name) => places[name]);
// the cells of a grid count, not the order in which they were filled
const sorted = (_, part) => (part?.constructor === Object ? Object.entries(part).sort() : part);
const same = (left, right) => JSON.stringify(left ?? null, sorted) === JSON.stringify(right ?? null, sorted);

// trait: holds what was entered, by id.   send(): all of it to Python.   show(): draw the panel anew.
function answering({ model, el }, { trait, send, show }) {
  const entered = () => model.get(trait);
  let unseen = {}; // what was entered and Python has not seen yet
  const words = model.get("words"); // in the course's language
  const kernel = () => model.widget_manager?.kernel, born = kernel()?.id;
  let isLost = false, notice = "", pressed = "", presses = {}, idle = 0, late = 0, timer = null;
  const lose = (_, status) => { isLost ||= /restarting|dead|terminating/.test(status); };
  const isGone = () => (lose(null, kernel()?.status), isLost || Boolean(born) && kernel()?.id !== born);
  const place = () => model.get("item") && `tpm ${model.get("item")}`;
  const isChanged = (id) => Boolean(place()) && !same(entered()[id], model.get("base")[id]);
  const changed = () => Object.keys({ ...model.get("base"), ...entered() }).filter(isChanged);
  const waits = () => (model.get("clicked").n || 0) > Math.max(model.get("heard"), late);
  const isBlocked = (id) => waits() || Date.now() - (presses[id] || 0) < DEBOUNCE;

  function stored() {
    try { return JSON.parse(sessionStorage.getItem(place())) || {}; } catch { return {}; }
  }
  function store() {
    if (!place()) return;
    const before = stored(), base = model.get("base"), now = entered();
    // a draft that did not change keeps its base: what was kept elsewhere meanwhile is newer
    const drafts = changed().map((id) => [id, same(before[id]?.[0], now[id]) ? before[id] : [now[id], base[id]]]);
    try {
      if (drafts.length) sessionStorage.setItem(place(), JSON.stringify(Object.fromEntries(drafts)));
      else sessionStorage.removeItem(place());
    } catch { /* a browser that stores nothing, or no more */ }
  }
  function handOver() {
    const fits = ([id, [value, base]]) => same(base, model.get("base")[id]) && !same(value, entered()[id]);
    const drafts = Object.entries(stored()).filter(fits);
    if (!drafts.length) return;
    model.set("drafted", Object.fromEntries(drafts.map(([id, [value]]) => [id, value ?? null])));
    model.save_changes();
    tell(words.back);
  }
  function tell(news, button = "") {
    if (notice === news && pressed === button) return;
    [notice, pressed] = [news, button];
    show();
  }
  const tellLost = (button) => tell(words.lost + (place() ? ` ${words.stays}` : ""), button);
  function enter(changes) {
    presses = {}; // a press after a change is no double click
    Object.assign(unseen, changes);
    model.set("entries", model.get("entries") + 1);
    model.set(trait, { ...entered(), ...changes });
    model.set("entered_for", model.get("item"));
    store();
    if (isGone()) tellLost();
    else tell("");
  }
  // a busy kernel's late echo of what was sent before must not undo what was entered since
  function arrived() {
    if (model.get("taken") >= model.get("entries")) unseen = {};
    const now = { ...entered(), ...unseen };
    if (!same(now, entered())) return void model.set(trait, now);
    store();
    show();
  }
  function begin() { // nothing entered before Python told of another item belongs to that one
    unseen = {};
    model.set(trait, model.get("base"));
  }
  function press(id) {
    const isRepeated = isBlocked(id);
    presses[id] = Date.now();
    setTimeout(show, DEBOUNCE + 10);
    if (isRepeated) return;
    if (isGone()) return tellLost(id);
    idle = Date.now();
    late = 0;
    model.set("clicked", { id, n: model.get("heard") + 1, time: idle });
    send();
    tell("", id);
    show();
    wait();
  }
  function wait() {
    clearTimeout(timer);
    if (!waits()) return;
    const { status, connectionStatus = "connected" } = kernel() || {};
    if (status === "busy" || connectionStatus !== "connected") idle = Date.now();
    if (isGone() || Date.now() - idle > PATIENCE) {
      late = model.get("clicked").n;
      return tellLost(pressed);
    }
    if (Date.now() - presses[pressed] > PATIENCE) tell(words.busy, pressed);
    timer = setTimeout(wait, 250);
  }
  function heard() {
    store();
    tell("");
    show();
  }
  // Whoever comes back to this page or notebook sees what was given elsewhere meanwhile. The first
  // panel asks for all panels of its Python: it puts a mark on the event.
  function look(event) {
    const home = el.closest(".jp-NotebookPanel") || document.body, mark = `tpm ${born}`;
    const stays = event.type === "focusin" && (!home.contains(event.target) || home.contains(event.relatedTarget));
    if (event[mark] || stays || document.hidden || !el.offsetParent || isGone()) return;
    event[mark] = true;
    model.set("looked", model.get("looked") + 1);
    model.save_changes();
  }
  const looks = [[document, "visibilitychange"], [document, "focusin"], [window, "focus"]];
  looks.forEach(([where, name]) => where.addEventListener(name, look));
  model.on(`change:${trait}`, arrived);
  model.on("change:heard", heard);
  model.on("change:base", store);
  kernel()?.statusChanged?.connect(lose);
  return {
    press, enter, begin, handOver, isBlocked, waits,
    pressed: () => pressed,
    // a text of Python's without what is no longer true; `here` stands the notice, if there is one
    words(text, isNew, here) {
      const isOld = here && notice.startsWith(words.lost);
      const now = isNew || isOld ? text.replace(words.kept, isNew ? words.changed : "") : text;
      return [here && notice, now.trim()].filter(Boolean).join("\n");
    },
    isChanged: (id) => (id ? isChanged(id) : changed().length > 0),
    off() {
      clearTimeout(timer);
      looks.forEach(([where, name]) => where.removeEventListener(name, look));
      model.off(`change:${trait}`, arrived);
      model.off("change:heard", heard);
      model.off("change:base", store);
      kernel()?.statusChanged?.disconnect(lose);
    },
  };
}
