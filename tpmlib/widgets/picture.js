// A chart's picture with its alternative text and the sentence that says what it shows.
function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "tpm";
  const figure = document.createElement("figure");
  const image = document.createElement("img");
  const caption = document.createElement("figcaption");
  const sentence = document.createElement("div");
  sentence.setAttribute("role", "status"); // not on the caption itself, where HTML forbids it
  caption.append(sentence);
  figure.append(image, caption);
  root.append(figure);
  el.append(root);
  let url = null;
  function show() {
    const old = url;
    figure.hidden = !model.get("png").byteLength;
    url = URL.createObjectURL(new Blob([model.get("png")], { type: "image/png" }));
    image.onload = () => old && URL.revokeObjectURL(old);
    image.src = url;
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
  return () => { model.off(changed, soon); URL.revokeObjectURL(url); };
}
export default { render };
