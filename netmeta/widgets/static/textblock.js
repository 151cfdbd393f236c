// Sentences that come from the kernel: set as text, never as HTML; said aloud when they change.
export default {
  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-text");
    el.setAttribute("role", "status");
    el.setAttribute("aria-live", model.get("urgent") ? "assertive" : "polite");
    const write = () => {
      const lines = JSON.parse(model.get("lines"));
      el.replaceChildren(
        ...lines.map(({ kind, text }) => {
          const line = document.createElement(kind === "head" ? "h3" : "p");
          line.className = `netmeta-${kind}`;
          line.textContent = text;
          return line;
        }),
      );
      el.hidden = lines.length === 0;
    };
    write();
    model.on("change:lines", write);
    return () => model.off("change:lines", write);
  },
};
