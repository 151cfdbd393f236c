//= shared.js
// The columns of a table that is being loaded: name, first values, the field it is taken for, and why. All text from
// the table is set as text; a choice goes to the kernel as a message.
export default {
  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-table", "netmeta-columns");
    const say = sayer(model);
    let groups = JSON.parse(model.get("fields"));
    let shape = "";

    const choice = (row, at) => {
      const made = node(
        "select",
        {},
        ...groups.map(([title, fields]) => {
          const options = fields.map(([field, text]) => node("option", { value: field, textContent: text }));
          return title ? node("optgroup", { label: title }, ...options) : node("option", { value: "", textContent: fields[0][1] });
        }),
      );
      made.setAttribute("aria-label", say("Column {name} is taken for", row));
      made.addEventListener("change", () => model.send({ kind: "choose", at, column: row.name, field: made.value }));
      return made;
    };

    const line = (row, at) =>
      node(
        "tr",
        {},
        node("th", { scope: "row", textContent: row.name }),
        node("td", { className: "netmeta-sample", textContent: row.sample }),
        node("td", {}, choice(row, at)),
        node("td", { className: "netmeta-reason" }),
      );

    const build = (rows) => {
      const heads = [word("Column"), word("First values"), word("Taken for"), word("Why")].map((text) => node("th", { scope: "col", textContent: say(text) }));
      const table = node("table", {}, node("caption"), node("thead", {}, node("tr", {}, ...heads)), node("tbody", {}, ...rows.map(line)));
      el.replaceChildren(table);
    };

    const write = () => {
      const rows = JSON.parse(model.get("rows"));
      // A table of the same columns is changed in place, so that the focus stays where it is.
      const now = JSON.stringify(rows.map((row) => [row.name, row.sample]));
      if (now !== shape) build(rows);
      shape = now;
      el.hidden = rows.length === 0;
      if (el.hidden) return;
      el.querySelector("caption").textContent = model.get("caption");
      el.querySelectorAll("tbody tr").forEach((tr, at) => {
        tr.querySelector("select").value = rows[at].field;
        tr.querySelector(".netmeta-reason").textContent = rows[at].why;
        tr.classList.toggle("netmeta-out", !rows[at].field);
      });
    };

    const reworded = () => {
      groups = JSON.parse(model.get("fields"));
      shape = "";
      write();
    };

    write();
    model.on("change:rows", write);
    model.on("change:words", reworded);
    return () => {
      model.off("change:rows", write);
      model.off("change:words", reworded);
    };
  },
};
