// A number as people type it. A comma and a point both stand before decimals; what may mean two
// numbers, or none, is refused in words, and what was understood stands in the field afterwards.
function parseNumber(text, words) {
  const typed = text.trim().replace(/^\+/, "").replace(/^\u2212/, "-");
  const plain = typed.replace(/(\d)[\s'\u2019](?=\d{3}(?!\d))/g, "$1"); // 1 200, 1'200
  if (!plain) return { number: null, problem: "" };
  if (/^-?[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) {
    const whole = plain.replace(/[.,]/, ""), part = Number(plain.replace(",", "."));
    const clear = part === Math.round(part) ? `${part}.0` : part * 100 % 1 ? `${part}0` : part;
    return { number: null, problem: filled(words.two_numbers, { typed, whole, part: clear }) };
  }
  const groups = /^-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/.exec(plain);
  const digits = groups ? plain.replaceAll(groups[1], "") : plain;
  if (/^-?(\d+[.,]?\d*|[.,]\d+)$/.test(digits)) return { number: Number(digits.replace(",", ".")), problem: "" };
  return { number: null, problem: filled(words.no_number, { typed }) };
}

// `soon` takes the number while it is typed, null if there is none; `put` the one that counts.
// While it is typed it may lie outside its range, and the kernel counts it cut to the range. Once
// the learner leaves the field, or presses Enter, the field shows and sends the cut number.
function numberInput(make, words, attributes, { min, max }, soon, put) {
  const input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", ...attributes });
  const note = make("div", { class: "tpm-status tpm-note wrong", role: "status" });
  function refuse(problem) {
    note.textContent = problem;
    input.setAttribute("aria-invalid", Boolean(problem));
  }
  refuse("");
  input.addEventListener("input", () => { refuse(""); soon(parseNumber(input.value, words).number); });
  input.addEventListener("change", () => {
    const { number, problem } = parseNumber(input.value, words);
    refuse(problem);
    if (number === null) return;
    input.value = Math.min(Math.max(number, min), max);
    if (Number(input.value) !== number) put(Number(input.value));
  });
  function show(now) {
    if (document.activeElement === input || (note.textContent && now == null)) return;
    refuse("");
    input.value = now ?? "";
  }
  return { input, note, show };
}
