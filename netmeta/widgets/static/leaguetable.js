//= shared.js
// The league table: a real table that is moved through by arrow keys, each cell said in words under it. All text is
// set as text. Downloads come as messages with bytes.
const HINT = word("Point at a cell, or move with the arrow keys, to read it in words. The name of a column puts it first; once more, and the order is as before.");
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export default {
  // Once for the widget, however often it is on the page: one click, one file.
  initialize({ model }) {
    const save = (message, buffers) => message.kind === "download" && saved(message, buffers);
    model.on("msg:custom", save);
    return () => model.off("msg:custom", save);
  },

  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-league");
    const scope = model.get("scope");
    const say = sayer(model);
    const said = attributes(node("p", { className: "netmeta-said", textContent: say(HINT) }), { "aria-live": "polite" });
    const chosen = attributes(node("div", { className: "netmeta-chosen" }), { "aria-live": "polite" });
    let data = { names: [], labels: [], cells: [] };
    // The cell that has or had the focus, by the names of its row (none for headings) and its column.
    let active = ["", ""];

    const at = (row, column) => el.querySelector(`[data-at="${row}:${column}"]`);
    const place = (cell) => cell.dataset.at.split(":").map(Number);
    const cellOf = (event) => event.target.closest?.("[data-at]");
    const words = (cell) => cell?.dataset.tip || say(HINT);
    // A plus sign stays with what is before it.
    const bound = (label) => label.replaceAll(" + ", "\u00a0+ ");
    const here = () => at(data.names.indexOf(active[0]), Math.max(0, data.names.indexOf(active[1])));

    const heading = (name, column) => {
      const label = data.labels[column];
      const button = attributes(node("button", { type: "button", textContent: bound(label), tabIndex: -1 }), {
        "aria-pressed": String(name === data.first),
        "data-at": `-1:${column}`,
        "data-tip": say(name === data.first ? word("{label} stands first: press again for the order before.") : word("Press to put {label} first and the others by their effect against it."), { label }),
      });
      button.addEventListener("click", () => model.send({ kind: "order", first: name }));
      return attributes(node("th", { scope: "col" }, button), { role: "columnheader" });
    };

    const cell = (found, row, column) => {
      const tip = found?.tip ?? say("{label} against itself.", { label: data.labels[row] });
      const td = attributes(node("td", { tabIndex: -1, title: found ? tip : "" }), { role: "gridcell", "data-at": `${row}:${column}`, "data-tip": tip });
      if (!found) {
        td.className = "netmeta-itself";
        td.setAttribute("aria-label", tip);
        return td;
      }
      td.className = found.favours ? `netmeta-favours-${found.favours}` : found.span ? "" : "netmeta-nothing";
      td.append(node("span", { className: "netmeta-estimate", textContent: found.estimate }));
      if (found.span) td.append(" ", node("span", { className: "netmeta-span", textContent: found.span }));
      td.addEventListener("click", () => choose(td));
      return td;
    };

    const choose = (td) => {
      const [row, column] = place(td);
      if (row !== column) model.send({ kind: "cell", row: data.names[row], column: data.names[column] });
    };

    const line = (label, row) => {
      const head = attributes(node("th", { scope: "row", textContent: bound(label) }), { role: "rowheader" });
      return attributes(node("tr", {}, head, ...data.cells[row].map((found, column) => cell(found, row, column))), { role: "row" });
    };

    const write = () => {
      const inside = el.querySelector("table")?.contains(document.activeElement);
      const box = el.querySelector(".netmeta-league-box");
      const before = data.names.join();
      data = JSON.parse(model.get("data"));
      // In another order what is looked at stands elsewhere: the table starts at its corner again.
      const same = data.names.join() === before;
      const scrolled = box && same ? [box.scrollLeft, box.scrollTop] : [0, 0];
      el.hidden = data.names.length === 0;
      if (el.hidden) return el.replaceChildren();
      const corner = attributes(node("th", { scope: "col" }, node("span", { className: "netmeta-hidden", textContent: say("Row against column") })), { role: "columnheader" });
      const head = attributes(node("tr", {}, corner, ...data.names.map(heading)), { role: "row" });
      const table = node("table", {}, node("thead", {}, head), node("tbody", {}, ...data.labels.map(line)));
      attributes(table, { role: "grid", "aria-label": data.title, "aria-describedby": `${scope}-words`, "aria-readonly": "true" });
      el.replaceChildren(
        node("p", { id: `${scope}-words`, textContent: data.words }),
        node("div", { className: "netmeta-league-box" }, table),
        said,
        chosen,
        ...data.notes.map((text) => node("p", { className: "netmeta-aside", textContent: text })),
      );
      el.querySelector(".netmeta-league-box").scrollTo(...scrolled);
      const cell = here();
      cell.tabIndex = 0;
      said.textContent = inside ? words(cell) : say(HINT);
      if (inside) cell.focus({ preventScroll: same });
    };

    const reached = (event) => {
      const cell = cellOf(event);
      if (!cell) return;
      el.querySelectorAll("[data-at][tabindex='0']").forEach((one) => (one.tabIndex = -1));
      cell.tabIndex = 0;
      const [row, column] = place(cell);
      active = [data.names[row] ?? "", data.names[column]];
      said.textContent = words(cell);
    };

    const pointed = (event) => {
      const cell = cellOf(event);
      if (cell) said.textContent = words(cell);
    };

    const left = () => {
      said.textContent = el.contains(document.activeElement) ? words(cellOf({ target: document.activeElement })) : say(HINT);
    };

    // A cell that is moved to must not end up under the headings that stay in place; measured when it is on the page.
    const clear = () => {
      const corner = el.querySelector("th");
      el.querySelector(".netmeta-league-box").style.scrollPadding = `${corner.offsetHeight}px 0 0 ${corner.offsetWidth}px`;
    };

    const pressed = (event) => {
      const cell = cellOf(event);
      if (!cell || event.altKey || event.metaKey) return;
      clear();
      const [row, column] = place(cell);
      const last = data.names.length - 1;
      const step = STEPS[event.key];
      let next = null;
      if (step) next = [row + step[0], column + step[1]];
      else if (event.key === "Home") next = [event.ctrlKey ? 0 : row, 0];
      else if (event.key === "End") next = [event.ctrlKey ? last : row, last];
      else if ((event.key === "Enter" || event.key === " ") && row >= 0) choose(cell);
      else return;
      if (next) at(...next)?.focus();
      event.preventDefault();
      event.stopPropagation();
    };

    const tell = () => chosen.replaceChildren(...JSON.parse(model.get("chosen")).map((text) => node("p", { textContent: text })));

    write();
    tell();
    const heard = { keydown: pressed, focusin: reached, focusout: left, mouseover: pointed, mouseleave: left };
    for (const [name, answer] of Object.entries(heard)) el.addEventListener(name, answer);
    model.on("change:data", write);
    model.on("change:words", write);
    model.on("change:chosen", tell);
    return () => {
      model.off("change:data", write);
      model.off("change:words", write);
      model.off("change:chosen", tell);
      for (const [name, answer] of Object.entries(heard)) el.removeEventListener(name, answer);
    };
  },
};
