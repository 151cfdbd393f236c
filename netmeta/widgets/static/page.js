// What a page needs once: the style sheet, and JupyterLab's shortcuts kept out of netmeta's own controls.
const PAGE = Symbol.for("netmeta.page");

function shield(event) {
  const target = event.target;
  // Lab looks at the focused element itself: on an ancestor the attribute does nothing.
  if (target instanceof Element && target.closest(".netmeta")) target.setAttribute("data-lm-suppress-shortcuts", "true");
}

export default {
  initialize({ model }) {
    if (globalThis[PAGE]) return;
    globalThis[PAGE] = true;
    document.addEventListener("focusin", shield, true);
    const style = document.createElement("style");
    style.dataset.netmeta = "page";
    style.textContent = model.get("css");
    document.head.append(style);
  },
};
