// Native fields for questions and controls: real labels, real keys, text only ever as text.
let count = 0;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child));
  return node;
}

// JupyterLab takes arrow keys and letters from focused controls unless the control itself says no
const ours = { "data-lm-suppress-shortcuts": "true" };

function render({ model, el }) {
  const prefix = `tpm${++count}-${Math.random().toString(36).slice(2, 8)}`;
  const fields = make("div", { class: "tpm-fields" }), uploads = make("div"); // these come last
  const buttons = make("div", { class: "tpm-buttons" });
  const status = make("div", { class: "tpm-status tpm-note", role: "status" });
  const root = make("div", { class: `tpm tpm-${model.get("arrangement")}` }, fields, status, buttons, uploads);
  el.append(root);
  let parts = {}, below = [];

  const value = (id) => model.get("values")[id];
  let timer = null;
  function send() {
    clearTimeout(timer);
    model.save_changes();
  }
  let last = ["", 0]; // where the focus or the pointer was told to be, and when
  function near(id) {
    if (!model.get("hints") || (last[0] === id && Date.now() - last[1] < 1000)) return;
    last = [id, Date.now()];
    try { model.send({ near: id }); } catch { /* the kernel has ended, and needs no hint */ }
  }
  const answers = answering({ model, el }, { trait: "values", send, show });
  function enter(id, next, sets) {
    model.set("known", model.get("turn"));
    answers.enter({ ...sets, [id]: next });
  }
  function put(id, next, sets) {
    enter(id, next, sets);
    send();
  }
  const fieldOf = (id) => model.get("fields").find((field) => field.id === id);
  const offered = (id) => model.get("options")[id] || fieldOf(id)?.options || [];
  const setBy = (id, choice) => offered(id).find((one) => one.value === choice)?.sets || {};
  const choose = (id, choice) => put(id, choice, setBy(id, choice)); // here, so that a later move wins
  function putSoon(id, next) {
    clearTimeout(timer);
    enter(id, next);
    timer = setTimeout(send, 300);
  }

  const files = carrying(model);
  const kinds = {
    note(field) {
      const tag = field.heading ? "div" : "p";
      const node = make(tag, { class: field.heading ? "tpm-head" : "tpm-text", text: field.label });
      if (field.heading) Object.assign(node, { role: "heading", ariaLevel: "3" });
      return { node, show() {} };
    },
    choice(field) {
      const many = field.kind === "checks";
      const inputs = [], whys = [];
      const node = make("fieldset", { class: "tpm-field" }, make("legend", { text: field.label, class: field.above ? "tpm-hidden" : "" }));
      field.options.forEach((option) => {
        const input = make("input", { type: many ? "checkbox" : "radio", name: `${prefix}-${field.id}`, ...ours });
        const why = make("div", { class: "tpm-why", "aria-live": "polite", id: `${prefix}-${field.id}-why${option.value}`, hidden: true });
        input.addEventListener("change", () => {
          if (!many) return put(field.id, option.value);
          put(field.id, field.options.filter((_, at) => inputs[at].checked).map((one) => one.value));
        });
        inputs.push(input);
        whys.push(why);
        node.append(make("label", { class: "tpm-option" }, input, make("span", { text: option.label })), why);
      });
      function show() {
        const now = value(field.id);
        const said = (model.get("feedback")[field.id] || {}).options || {};
        field.options.forEach((option, at) => {
          inputs[at].checked = many ? (now || []).includes(option.value) : now === option.value;
          const why = said[option.value];
          whys[at].hidden = !why;
          whys[at].className = `tpm-why ${why ? why.tone : ""}`;
          whys[at].textContent = why ? why.text : "";
          if (why) inputs[at].setAttribute("aria-describedby", whys[at].id);
          else inputs[at].removeAttribute("aria-describedby");
        });
      }
      return { node, show };
    },
    range(field) {
      const id = `${prefix}-${field.id}`;
      const input = make("input", { type: "range", id, min: field.min, max: field.max, step: field.step, ...ours });
      const shown = make("output", { for: id, "aria-hidden": "true" });
      const words = (now) => now === undefined ? "" : (field.unit === "in 100" ? filled(model.get("words").in_100, { n: Math.round(now * 100) }) : `${now}${field.unit === "%" ? "%" : field.unit ? " " + unitOf(now) : ""}`);
      function unitOf(now) { // "hour a week" of 1
        const [first] = field.unit.split(" "), forms = model.get("words").unit.unit[first]?.n ?? {};
        return (forms[new Intl.PluralRules(model.get("words").language).select(now)] ?? first) + field.unit.slice(first.length);
      }
      input.addEventListener("input", () => { say(input.valueAsNumber); put(field.id, input.valueAsNumber); });
      function say(now) {
        shown.textContent = words(now);
        input.setAttribute("aria-valuetext", words(now));
      }
      return {
        node: make("div", { class: "tpm-field" }, make("label", { class: "tpm-label", for: id, text: field.label }), make("div", { class: "tpm-row" }, input, shown)),
        show() {
          input.disabled = answers.waits(); // what is moved now would belong to the step that follows
          if (input.valueAsNumber !== value(field.id)) input.value = value(field.id);
          say(value(field.id));
        },
      };
    },
    number(field) {
      const id = `${prefix}-${field.id}`;
      const { input, note, show } = numberInput(make, model.get("words"), { id, ...ours }, field, (now) => putSoon(field.id, now), (now) => put(field.id, now));
      return {
        node: make("div", { class: "tpm-field" }, make("label", { class: field.above ? "tpm-hidden" : "tpm-label", for: id, text: field.label }), make("div", { class: "tpm-row" }, input, make("span", { text: field.unit || "" })), note),
        show: () => show(value(field.id)),
      };
    },
    select(field) {
      const id = `${prefix}-${field.id}`;
      const input = make("select", { id, ...ours });
      let drawn = "";
      input.addEventListener("change", () => choose(field.id, JSON.parse(input.value)));
      return {
        node: make("div", { class: "tpm-field" }, make("label", { class: "tpm-label", for: id, text: field.label }), input),
        show() {
          // an option that sets other fields is what it says only while they stand so
          const isMoved = Object.entries(setBy(field.id, value(field.id))).some(([name, set]) => !fieldOf(name)?.loose && !same(value(name), set));
          const options = [...offered(field.id), ...(isMoved ? [{ value: null, label: model.get("words").own }] : [])];
          if (JSON.stringify(options) !== drawn) {
            drawn = JSON.stringify(options);
            input.replaceChildren(...options.map((one) => make("option", { value: JSON.stringify(one.value), text: one.label })));
          }
          input.value = JSON.stringify(isMoved ? null : value(field.id));
          if (input.selectedIndex < 0) input.selectedIndex = 0;
        },
      };
    },
    switch(field) {
      const input = make("input", { type: "checkbox", ...ours });
      input.addEventListener("change", () => put(field.id, input.checked));
      return {
        node: make("div", { class: "tpm-field" }, make("label", { class: "tpm-option" }, input, make("span", { text: field.label }))),
        show() { input.checked = Boolean(value(field.id)); },
      };
    },
    text(field) {
      const id = `${prefix}-${field.id}`;
      const input = make("textarea", { id, rows: field.rows || 3, maxlength: field.most, dir: "auto", ...ours });
      input.addEventListener("input", () => putSoon(field.id, input.value));
      return {
        node: make("div", { class: "tpm-field" }, make("label", { class: "tpm-label", for: id, text: field.label }), input),
        show() { if (document.activeElement !== input || !input.value) input.value = value(field.id) ?? ""; },
      };
    },
    grid(field) {
      const cells = [];
      const head = make("tr", {}, make("th", { scope: "col", text: field.corner }), ...field.columns.map((one) => make("th", { scope: "col", text: one.label })));
      const rows = field.rows.map((row) => make("tr", {}, make("th", { scope: "row", text: row.label, title: row.help }), ...field.columns.map((column) => {
        if (column.kind === "plain") return make("td", { text: row.cells[column.id] });
        const key = `${row.id}.${column.id}`, name = `${row.label}: ${column.label}`;
        const filled = (now) => ({ ...(value(field.id) || {}), [key]: now });
        if (column.kind === "number") {
          const { input, note, show } = numberInput(make, model.get("words"), { "aria-label": name, ...ours }, column, (now) => putSoon(field.id, filled(now)), (now) => put(field.id, filled(now)));
          cells.push([key, show]);
          return make("td", {}, input, note);
        }
        const input = make("select", { "aria-label": name, ...ours }, ...column.options.map((option) => make("option", { value: option.value, text: option.label })));
        input.addEventListener("change", () => put(field.id, filled(input.value)));
        cells.push([key, (now) => { input.value = now ?? ""; }]);
        return make("td", {}, input);
      })));
      return {
        node: make("div", { class: "tpm-field tpm-scroll" }, make("table", {}, make("caption", { text: field.label }), make("thead", {}, head), make("tbody", {}, ...rows))),
        show() {
          for (const [key, show] of cells) show((value(field.id) || {})[key]);
        },
      };
    },
    progress(field) {
      const id = `${prefix}-${field.id}`;
      const bar = make("progress", { id, max: field.max });
      return {
        node: make("div", { class: "tpm-field" }, make("label", { class: "tpm-label", for: id, text: field.label }), bar),
        show() { bar.value = value(field.id); },
      };
    },
    file(field) {
      const id = `${prefix}-${field.id}`;
      const input = make("input", { type: "file", id, accept: field.accept, ...ours });
      input.addEventListener("change", () => input.files[0] && files.hand(field.id, input.files[0], field.most));
      return { node: make("div", { class: "tpm-field" }, make("label", { class: "tpm-label", for: id, text: field.label }), input), show() {} };
    },
    button(field) {
      const node = make("button", { type: "button", text: field.label, class: field.plain ? "plain" : "", ...ours });
      // to the cell below: Python has nothing to do
      const onward = () => [...document.querySelectorAll(".jp-Cell")].find((cell) => el.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING)?.scrollIntoView({ block: "start", behavior: "smooth" });
      const press = () => (field.chooses ? choose(...field.chooses) : answers.press(field.id));
      node.addEventListener("click", () => (field.onward ? onward() : press()));
      // not `disabled`, which would take the focus from who uses the keyboard
      const show = () => node.setAttribute("aria-disabled", answers.isBlocked(field.id));
      return { node: make("div", {}, node), show };
    },
  };
  kinds.radio = kinds.checks = kinds.choice;

  const inside = (node) => (node ? [...node.querySelectorAll("input, select, textarea, button:not(.tpm-card)")] : []);
  // where the learner is: building anew must not take the focus from who uses the keyboard
  function place() {
    const groups = [["", buttons], ...Object.entries(parts).map(([id, part]) => [id, part.node])];
    for (const [id, node] of groups) {
      const at = inside(node).indexOf(document.activeElement);
      if (at >= 0) return { id, at };
    }
    return null;
  }
  function back(was) {
    const controls = was ? inside(was.id ? parts[was.id]?.node : buttons) : [];
    if (controls.length) controls[Math.min(was.at, controls.length - 1)].focus({ preventScroll: true });
    if (was && !was.id) [model.get("follows") ? buttons : root, el.closest(".tpm-beside")?.previousElementSibling].forEach((node) => node?.scrollIntoView({ block: "nearest" })); // last what stands above
  }
  function build() {
    const was = place();
    parts = {};
    for (const part of [fields, uploads]) part.replaceChildren();
    for (const field of model.get("fields")) {
      const part = kinds[field.kind](field), room = field.kind === "file" ? uploads : fields;
      const reply = make("div", { class: "tpm-status", role: "status" });
      if (field.help && model.get("arrangement") === "controls") part.node.title = field.help;
      else if (field.help) part.node.append(make("div", { class: "tpm-help", text: field.help }));
      part.node.classList.toggle("tpm-wide", Boolean(field.wide));
      part.node.classList.toggle("tpm-inline", Boolean(field.inline));
      for (const sign of ["focusin", "pointerenter"]) part.node.addEventListener(sign, () => near(field.id));
      room.append(part.node);
      const more = make("details", { hidden: true, "aria-live": "polite" }, make("summary"), make("p", { class: "tpm-text" }));
      if (field.kind !== "note" && model.get("arrangement") !== "controls") room.append(reply, more);
      parts[field.id] = { ...part, reply, more };
    }
    below = model.get("buttons").map((field) => kinds.button(field));
    buttons.replaceChildren(...below.map((button) => button.node.firstChild));
    buttons.hidden = !model.get("buttons").length;
    show();
    back(was);
  }
  function show() {
    const here = parts[answers.pressed()] ? answers.pressed() : "";  // of a notice
    for (const button of below) button.show();
    for (const [id, part] of Object.entries(parts)) {
      part.show();
      const feedback = model.get("feedback")[id] || {};
      const text = answers.words(feedback.text || "", answers.isChanged(id), here === id);
      if (part.reply.textContent !== text) part.reply.textContent = text;
      part.more.hidden = !feedback.more;
      [...part.more.children].forEach((node, at) => {
        const words = (feedback.more || [])[at] || "";
        if (node.textContent !== words) node.textContent = words;
      });
      part.reply.className = `tpm-status ${text ? `tpm-note ${feedback.tone || ""}` : ""}`;
    }
    const text = answers.words(model.get("message"), answers.isChanged(), here === "");
    if (status.textContent !== text) status.textContent = text;
  }
  const shown = ["feedback", "options", "message"].map((name) => `change:${name}`).join(" ");
  const built = "change:fields change:buttons";
  model.on(shown, show);
  model.on("change:item", answers.begin);
  model.on(built, build);
  build();
  answers.handOver();
  return () => { clearTimeout(timer); answers.off(); model.off(shown, show); model.off("change:item", answers.begin); model.off(built, build); files.off(); };
}
export default { render };
