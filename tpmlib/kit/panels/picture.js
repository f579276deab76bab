// A chart's picture with its alternative text and the sentence that says what it shows.
// In the address itself: a blob would be fetched from another process, at twice the time.
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
  const image = document.createElement("img");
  const caption = document.createElement("figcaption");
  const sentence = document.createElement("div");
  sentence.setAttribute("role", "status"); // not on the caption itself, where HTML forbids it
  caption.append(sentence);
  box.append(image);
  figure.append(box, caption);
  root.append(figure);
  el.append(root);
  function show() {
    figure.hidden = !model.get("png").byteLength;
    image.src = address(model.get("png"));
    image.alt = model.get("alt");
    image.width = model.get("width");
    if (sentence.textContent !== model.get("sentence")) sentence.textContent = model.get("sentence");
  }
  const changed = "change:png change:sentence change:alt";
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => { waiting = false; show(); });
  };
  model.on(changed, soon);
  show();
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
  return () => { model.off(changed, soon); end(); clearTimeout(timer); };
}
export default { render };
