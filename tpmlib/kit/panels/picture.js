// A chart's picture with its alternative text and the sentence that says what it shows.
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
function render({ model, el }) {
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

  // The pictures of a motion come one by one, the last picture after them, as the trait png. So
  // they wait here, and are shown at an even pace; what is new beside them is shown at the end.
  let waiting = [], clock = null, shown = 0, begun = 0, ended = false;
  function move({ motion }, [png]) {
    if (!motion || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    waiting.push(png);
    if (clock) return;
    figure.scrollIntoView({ block: "nearest" }); // on a narrow page the button stands below it
    [shown, begun, ended] = [0, performance.now(), false];
    clock = setInterval(() => {
      const next = waiting.shift();
      if (next) image.src = address(next);
      shown += next ? 1 : 0;
      const over = performance.now() - begun > LONGEST || (ended && !waiting.length);
      if (shown < motion && !over) return;
      clearInterval(clock);
      [clock, waiting] = [null, []];
      show();
    }, MOTION / motion);
  }

  function show() {
    figure.hidden = !model.get("png").byteLength;
    image.src = address(model.get("png"));
    image.alt = model.get("alt");
    image.width = model.get("width");
    if (sentence.textContent !== model.get("sentence")) sentence.textContent = model.get("sentence");
  }
  function pins() {
    layer.replaceChildren(...model.get("places").map(({ id, label, box: [left, top, width, height] }) => {
      const spot = document.createElement("div");
      spot.className = id === model.get("pin") ? "tpm-spot chosen" : "tpm-spot";
      spot.title = label;
      Object.assign(spot.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });
      spot.addEventListener("click", () => { model.set("pin", id); model.save_changes(); });
      return spot;
    }));
  }
  const changed = "change:png change:sentence change:alt";
  let due = false;
  const soon = () => {
    ended = true;
    if (due || clock) return;
    due = true;
    queueMicrotask(() => { due = false; show(); });
  };
  model.on(changed, soon);
  model.on("change:places change:pin", pins);
  model.on("msg:custom", move);
  show();
  pins();
  // How wide the picture stands here, and how fine the screen is: the kernel draws for these pixels.
  // It starts from a full width on a plain screen, so that it hears only of another one.
  let told = `${model.get("width")} 1`, timer = null;
  function tell() {
    const page = { width: image.clientWidth, ratio: window.devicePixelRatio };
    if (!page.width || told === `${page.width} ${page.ratio}`) return;
    told = `${page.width} ${page.ratio}`;
    model.send({ page });
  }
  const end = scrolling(box, "The picture, wider than the page", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, 300); // once the page has its size
  });
  return () => {
    clearInterval(clock);
    clearTimeout(timer);
    end();
    model.off(changed, soon);
    model.off("change:places change:pin", pins);
    model.off("msg:custom", move);
  };
}
export default { render };
