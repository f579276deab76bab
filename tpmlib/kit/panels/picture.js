// A chart's picture with its alternative text and the sentence that says what it shows. Pictures are
// kept by the values of the form that made them: a kept one is painted in the task in which a
// control moves, and Python's answer (ahead.py) only confirms it.
// In the address itself: a blob would be fetched from another process, at twice the time.
const MOTION = 600; // milliseconds that the marks take from one step of a stage to the next
const LONGEST = 3000; // milliseconds after which a motion that never ends is given up
function address(png) {
  const bytes = new Uint8Array(png.buffer, png.byteOffset, png.byteLength);
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return `data:image/png;base64,${btoa(text)}`;
}
function hint(model, message) {
  try { model.send(message); } catch { /* the kernel has ended, and needs no hint */ }
}
const known = (key) => JSON.stringify(key ?? null);

// What all views of one picture share: what is kept, and what is on show.
function pictures(model) {
  const kept = new Map(), turns = new Map(), views = new Set();
  let form = null, turn = 0, era = model.get("made").era ?? 0;
  const answer = () => ({ key: known(model.get("made").key), src: address(model.get("png")), alt: model.get("alt"), sentence: model.get("sentence"), empty: !model.get("png").byteLength });
  let shown = answer();
  function show(frame) {
    shown = frame;
    if (!clock) views.forEach((paint) => paint(shown));
  }

  // The pictures of a motion come one by one, the last picture after them, as an answer. So they
  // wait here, and are shown at an even pace; what is new beside them is shown at the end.
  let waiting = [], clock = null, passed = 0, begun = 0, ended = false;
  function end() {
    clearInterval(clock);
    [clock, waiting] = [null, []];
    show(shown);
  }
  function move(motion, png) {
    if (!motion || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    waiting.push(png);
    if (clock) return;
    views.forEach((paint) => paint.reveal()); // on a narrow page the button stands below it
    [passed, begun, ended] = [0, performance.now(), false];
    clock = setInterval(() => {
      const next = waiting.shift(), src = next && address(next);
      if (next) views.forEach((paint) => paint({ src }));
      passed += next ? 1 : 0;
      if (passed >= motion || performance.now() - begun > LONGEST || (ended && !waiting.length)) end();
    }, MOTION / motion);
  }

  function moved() {
    const values = form.get("values"), key = known(form.get("fields").map(({ id }) => values[id]));
    turns.set(key, ++turn);
    if (kept.has(key)) show(kept.get(key));
  }
  function answered() {
    const { key: list, era: now, keep, has } = model.get("made"), key = known(list);
    if ((now ?? 0) !== era) [kept, turns].forEach((map) => map.clear());
    era = now ?? 0;
    if (has && !kept.has(key)) return void hint(model, { lacks: true }); // this page is a new one
    const frame = kept.get(key) || answer(); // a draft never takes the place of a kept one
    if (keep) kept.set(key, frame);
    ended = true;
    // a late answer to an earlier move must not take the picture back
    if ((turns.get(key) ?? turn) >= (turns.get(shown.key) ?? 0)) show(frame);
  }
  let due = false;
  model.on("change:png change:sentence change:alt change:made", () => {
    if (due) return;
    due = true;
    queueMicrotask(() => { due = false; answered(); });
  });
  model.on("msg:custom", ({ motion, frame, era: of, drop }, [png] = []) => {
    if (motion) move(motion, png);
    if (drop) kept.delete(known(drop));
    if (frame && of === era) kept.set(known(frame.key), { ...frame, key: known(frame.key), src: address(png) });
  });
  async function link() {
    if (!model.get("form")) return;
    form = await model.widget_manager.get_model(model.get("form").slice("IPY_MODEL_".length));
    form.on("change:values", moved);
  }
  model.on("change:form", link);
  link();
  return { views, now: () => shown };
}

function render({ model, el }, { views, now }) {
  const root = document.createElement("div");
  root.className = "tpm";
  const figure = document.createElement("figure");
  const box = document.createElement("div");
  const frame = document.createElement("div");
  frame.className = "tpm-frame";
  const image = document.createElement("img");
  const layer = document.createElement("div");
  layer.ariaHidden = "true"; // the options beside the picture are the same control, with names
  const caption = document.createElement("figcaption");
  const sentence = document.createElement("div");
  sentence.setAttribute("role", "status"); // not on the caption itself, where HTML forbids it
  caption.append(sentence);
  frame.append(image, layer);
  box.append(frame);
  figure.append(box, caption);
  root.append(figure);
  el.append(root);

  function paint({ src, alt, sentence: words, empty }) {
    if (image.src !== src) image.src = src;
    if (alt === undefined) return; // on the way to a picture
    figure.hidden = Boolean(empty);
    image.alt = alt;
    image.width = model.get("width");
    if (sentence.textContent !== words) sentence.textContent = words;
  }
  function pins() {
    layer.replaceChildren(...model.get("places").map(({ id, label, box: [left, top, width, height] }) => {
      const spot = document.createElement("div");
      spot.className = `tpm-spot ${id === model.get("pin") ? "chosen" : ""} ${left + width > 0.95 ? "edge" : ""}`;
      Object.assign(spot, { title: label }).dataset.you = model.get("words").you;
      Object.assign(spot.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });
      spot.addEventListener("click", () => { model.set("pin", id); model.save_changes(); });
      return spot;
    }));
  }
  paint.reveal = () => { // and the sentence of the step, which stands above
    const above = figure.closest(".tpm-beside")?.previousElementSibling;
    for (const node of [figure, above]) node?.scrollIntoView({ block: "nearest", inline: "start" });
  };
  model.on("change:places change:pin", pins);
  views.add(paint);
  paint(now());
  pins();
  // How wide the picture stands here, and how fine the screen is: the kernel draws for these pixels.
  // It starts from a full width on a plain screen, so that it hears only of another one.
  let told = `${model.get("width")} 1`, timer = null;
  function tell() {
    const page = { width: image.clientWidth, ratio: window.devicePixelRatio };
    if (!page.width || told === `${page.width} ${page.ratio}`) return;
    told = `${page.width} ${page.ratio}`;
    hint(model, { page });
  }
  const end = scrolling(box, model.get("words").wide, () => {
    clearTimeout(timer);
    timer = setTimeout(tell, 300); // once the page has its size
  });
  return () => {
    clearTimeout(timer);
    end();
    views.delete(paint);
    model.off("change:places change:pin", pins);
  };
}
export default () => { // once for each model, so that all its views share what is kept
  let shared;
  return { initialize({ model }) { shared = pictures(model); }, render: (view) => render(view, shared) };
};
