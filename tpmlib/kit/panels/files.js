// Files between the page and Python. A server closes the connection at a message too long for it,
// so a chosen file travels in slices; as text, since not every kernel takes bytes. Python asks for
// each slice, which keeps a slow kernel's queue short; a slice that nobody answers is sent again.
function carrying(model) {
  const SLICE = 3 * 2 ** 18, PATIENCE = 10000; // milliseconds
  let going = null, timer = null;

  const base64 = (blob) => new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1] || "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
  function stop() {
    clearTimeout(timer);
    going = null;
  }
  async function send(start, patience = PATIENCE) {
    clearTimeout(timer);
    const { told, file } = (going = { ...going, start });
    try {
      const slice = await base64(file.slice(start, start + SLICE));
      if (going?.file !== file || going.start !== start) return; // another file, or answered meanwhile
      model.send({ ...told, start, base64: slice });
      timer = setTimeout(() => send(start, 2 * patience), patience);
    } catch {
      stop();
      model.send({ ...told, start: -1 });
    }
  }
  function hand(id, file, most) {
    const told = { file: id, size: file.size };
    stop();
    if (file.size > most) return model.send(told);
    going = { told, file, start: 0 };
    send(0);
  }
  function take(message) {
    const bytes = message.base64 && Uint8Array.from(atob(message.base64), (sign) => sign.charCodeAt(0));
    const url = URL.createObjectURL(new Blob([bytes || message.text], { type: message.type || "text/plain" }));
    const link = make("a", { href: url, download: message.download });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }
  function heard(message) {
    if (message?.download) take(message);
    if (!going || message?.file !== going.told.file) return;
    if (message.from >= going.file.size) stop();
    else if (message.from !== going.start) send(message.from);
  }
  model.on("msg:custom", heard);
  return { hand, off() { stop(); model.off("msg:custom", heard); } };
}
