//= shared.js
// A table of texts from the kernel; everything is set as text.
export default {
  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-table", "netmeta-texts");
    el.tabIndex = 0;
    const say = sayer(model);
    const write = () => {
      const { head, rows, caption, numbers = [] } = JSON.parse(model.get("data"));
      el.hidden = rows.length === 0;
      el.setAttribute("role", "region");
      el.setAttribute("aria-label", caption || say("Table"));
      const cell = (text, at) =>
        at === 0
          ? node("th", { scope: "row", textContent: text })
          : node("td", { textContent: text, className: numbers[at] ? "netmeta-number" : text.length > 40 ? "netmeta-wide" : "" });
      const heads = head.map((text, at) =>
        node("th", { scope: "col", textContent: text, className: numbers[at] ? "netmeta-number" : "" }),
      );
      const lines = rows.map((row) => node("tr", {}, ...row.map(cell)));
      el.replaceChildren(
        node(
          "table",
          {},
          node("caption", { textContent: caption ?? "" }),
          node("thead", {}, node("tr", {}, ...heads)),
          node("tbody", {}, ...lines),
        ),
      );
    };
    write();
    model.on("change:data", write);
    return () => model.off("change:data", write);
  },
};
