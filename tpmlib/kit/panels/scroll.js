// A box that scrolls where the page is narrower than what it holds; then the keyboard reaches it.
function scrolling(box, name, resized = () => {}) {
  const reached = { tabindex: 0, role: "group", "aria-label": name, "data-lm-suppress-shortcuts": true };
  box.className = "tpm-scroll";
  const observer = new ResizeObserver(() => {
    const wide = box.scrollWidth > box.clientWidth;
    for (const key in reached) wide ? box.setAttribute(key, reached[key]) : box.removeAttribute(key);
    resized();
  });
  observer.observe(box);
  return () => observer.disconnect();
}
