// The numbers behind a picture as a table, asked of the kernel only while it is open.
function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "tpm";
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = model.get("title");
  const sentence = document.createElement("p"), box = document.createElement("div");
  details.append(summary, sentence, box);
  root.append(details);
  el.append(root);
  details.open = model.get("opened");
  details.addEventListener("toggle", () => { model.set("opened", details.open); model.save_changes(); });
  function cell(tag, text, number, scope) {
    const node = document.createElement(tag);
    node.textContent = text;
    if (number) node.className = "number";
    if (scope) node.scope = scope;
    return node;
  }
  function show() {
    sentence.textContent = model.get("sentence");
    const [head, ...rows] = model.get("rows");
    if (!head) return box.replaceChildren();
    const table = document.createElement("table");
    const caption = table.createCaption();
    caption.textContent = model.get("caption");
    const top = table.createTHead().insertRow();
    head.forEach((text, column) => top.append(cell("th", text, column > 0, "col")));
    const body = table.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      row.forEach((text, column) => line.append(column ? cell("td", text, true) : cell("th", text, false, "row")));
    }
    box.replaceChildren(table);
  }
  const changed = "change:rows change:caption change:sentence";
  model.on(changed, show);
  show();
  const end = scrolling(box, model.get("title"));
  return () => { model.off(changed, show); end(); };
}
export default { render };
