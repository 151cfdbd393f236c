//= shared.js
// The trials as a table: a tick to pool, a button to unfold a row. Everything is text from the kernel.
const COLUMNS = [
  ["label", word("Trial")],
  ["comparison", word("Comparison")],
  ["n", "N"],
  ["effect", word("HR as printed")],
  ["reader", word("Read by")],
  ["status", word("Status")],
];

function link(text) {
  const doi = text.match(/^10\.\d{4,9}\/\S+$/);
  const nct = text.match(/^NCT\d{8}$/);
  const href = doi ? `https://doi.org/${encodeURI(text)}` : nct ? `https://clinicaltrials.gov/study/${text}` : "";
  return href ? node("a", { href, target: "_blank", rel: "noopener noreferrer", textContent: text }) : text;
}

function facts(row) {
  const list = node("dl");
  for (const [name, text] of row.facts) list.append(node("dt", { textContent: name }), node("dd", {}, link(text)));
  return list;
}

export default {
  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-table");
    const open = new Set();
    const say = sayer(model);

    const tick = (row) => {
      const box = node("input", { type: "checkbox", checked: row.included, disabled: !row.usable });
      box.setAttribute("aria-label", say(row.usable ? word("Pool {label}") : word("{label} cannot be pooled: {why}"), row));
      box.addEventListener("change", () => {
        const now = new Set(model.get("included"));
        box.checked ? now.add(row.id) : now.delete(row.id);
        const order = JSON.parse(model.get("rows")).filter(({ usable }) => usable).map(({ id }) => id);
        model.set("included", order.filter((id) => now.has(id)));
        model.save_changes();
      });
      return box;
    };

    const unfold = (row, at) => {
      const id = `${model.get("scope")}-${at}`;
      const more = node("button", { type: "button", className: "netmeta-more", textContent: say(open.has(row.id) ? word("Hide") : word("Show")) });
      more.setAttribute("aria-label", say("Source and details of {label}", row));
      more.setAttribute("aria-expanded", String(open.has(row.id)));
      more.setAttribute("aria-controls", id);
      more.addEventListener("click", () => {
        open.has(row.id) ? open.delete(row.id) : open.add(row.id);
        write(row.id);
      });
      return [more, id];
    };

    const line = (row, at) => {
      const [more, id] = unfold(row, at);
      const cells = COLUMNS.map(([name]) => {
        const cell = node(name === "label" ? "th" : "td", { textContent: row[name], className: `netmeta-${name}` });
        if (name === "label") cell.scope = "row";
        if (name === "status" && row.mark) cell.append(node("div", { textContent: row.mark, className: "netmeta-mark" }));
        return cell;
      });
      const tr = node("tr", { title: row.hint }, node("td", {}, tick(row)), ...cells, node("td", {}, more));
      tr.dataset.id = row.id;
      tr.className = row.usable ? (row.included ? "" : "netmeta-out") : "netmeta-left";
      if (!open.has(row.id)) return [tr];
      const wide = node("td", { colSpan: COLUMNS.length + 2, id }, facts(row));
      return [tr, node("tr", { className: "netmeta-facts" }, wide)];
    };

    const mark = () => {
      const picked = model.get("picked") ?? "";
      for (const tr of el.querySelectorAll("tr[data-id]")) {
        tr.classList.toggle("netmeta-chosen", picked !== "" && tr.dataset.id === picked);
      }
    };

    const write = (focus) => {
      const rows = JSON.parse(model.get("rows"));
      const here = el.contains(document.activeElement) ? document.activeElement : null;
      const kept = focus ?? here?.closest("tr")?.dataset.id;
      const box = here?.type === "checkbox";
      const head = node("tr", {}, node("th", { textContent: say("Pool") }), ...COLUMNS.map(([, text]) => node("th", { textContent: say(text), scope: "col" })), node("th", { textContent: say("Source") }));
      const caption = node("caption", { textContent: model.get("caption") });
      el.replaceChildren(node("table", {}, caption, node("thead", {}, head), node("tbody", {}, ...rows.flatMap(line))));
      mark();
      if (!kept) return;
      const again = [...el.querySelectorAll("tr")].find((tr) => tr.dataset.id === kept);
      again?.querySelector(box ? "input" : "button")?.focus();
    };

    const redraw = () => write();
    write();
    const redrawn = ["change:rows", "change:words"];
    for (const name of redrawn) model.on(name, redraw);
    model.on("change:picked", mark);
    return () => {
      for (const name of redrawn) model.off(name, redraw);
      model.off("change:picked", mark);
    };
  },
};
