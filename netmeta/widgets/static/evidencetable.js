//= shared.js
// The grid for entering data. Every cell is a named text box; what is typed goes to the kernel as a message, and what
// the kernel cannot take stays in its box, marked, with the reason in words. All text is set as text.
export default {
  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-table", "netmeta-entry");
    const say = sayer(model);
    let columns = JSON.parse(model.get("columns"));
    let active = [0, 0];
    let leaving = false;
    let rows = [];

    const box = (row, column) => el.querySelector(`[data-at="${row}:${column}"]`);
    const width = columns.length + 1;

    const reach = (row, column) => {
      const found = box(row, column);
      found?.focus();
      found?.select?.();
    };

    // One tab stop: the cell that has or had the focus.
    const reached = (event) => {
      const cell = event.target.closest("[data-at]");
      if (!cell) return;
      el.querySelectorAll("[data-at][tabindex='0']").forEach((one) => (one.tabIndex = -1));
      active = cell.dataset.at.split(":").map(Number);
      cell.tabIndex = 0;
    };

    const commit = (input) => {
      if (input.value === input.dataset.stored) return;
      input.dataset.stored = input.value;
      model.send({ kind: "edit", id: rows[input.dataset.at.split(":")[0]].id, field: input.dataset.field, text: input.value });
    };

    const step = (event, row, column) => {
      event.preventDefault();
      event.stopPropagation();
      reach(row, column);
    };

    const pressed = (event) => {
      const cell = event.target.closest("[data-at]");
      if (!cell || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
      const [row, column] = cell.dataset.at.split(":").map(Number);
      const text = cell.tagName === "INPUT";
      const start = !text || (cell.selectionStart === 0 && (cell.selectionEnd === 0 || cell.selectionEnd === cell.value.length));
      const end = !text || (cell.selectionEnd === cell.value.length && (cell.selectionStart === 0 || cell.selectionStart === cell.value.length));
      const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
      const gone = leaving;
      leaving = false;
      if (event.key === "ArrowDown" && row < rows.length - 1) step(event, row + 1, column);
      else if (event.key === "ArrowUp" && row > 0) step(event, row - 1, column);
      else if (event.key === "ArrowLeft" && start && column > 0 && !event.shiftKey) step(event, row, column - 1);
      else if (event.key === "ArrowRight" && end && column < width - 1 && !event.shiftKey) step(event, row, column + 1);
      else if (event.key === "Enter" && text) {
        commit(cell);
        if (row < rows.length - 1) step(event, row + 1, column);
        else if (!event.repeat) {
          event.preventDefault();
          model.send({ kind: "add" });
        }
      } else if (event.key === "Tab" && !gone) {
        const next = row * width + column + (event.shiftKey ? -1 : 1);
        if (next >= 0 && next < rows.length * width) step(event, Math.floor(next / width), next % width);
      } else if (event.key === "Escape" && text) {
        event.stopPropagation();
        if (cell.value === cell.dataset.stored) leaving = true;
        else cell.value = cell.dataset.stored;
      } else if (undo && text && cell.value === cell.dataset.stored) {
        event.preventDefault();
        model.send({ kind: event.shiftKey ? "redo" : "undo" });
      }
    };

    const pasted = (event) => {
      const input = event.target.closest("input[data-at]");
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!input || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
      event.preventDefault();
      // What was typed here and not sent yet is overwritten by the block, as in a spreadsheet.
      input.dataset.stored = input.value;
      model.send({ kind: "paste", id: rows[input.dataset.at.split(":")[0]].id, field: input.dataset.field, text });
    };

    const cell = (at, row, [field, text], column) => {
      const input = attributes(node("input", { type: "text", autocomplete: "off", spellcheck: false, tabIndex: -1 }), {
        "data-at": `${at}:${column}`,
        "data-field": field,
        "aria-label": say("{text}, row {at}", { text, at: row.at }),
      });
      input.addEventListener("change", () => commit(input));
      return attributes(node("td", { className: `netmeta-in-${field}` }, input), { role: "gridcell" });
    };

    const line = (row, at) => {
      const remove = attributes(node("button", { type: "button", className: "netmeta-more", textContent: say("Delete") }), {
        "data-at": `${at}:${columns.length}`,
      });
      remove.tabIndex = -1;
      remove.addEventListener("click", () => model.send({ kind: "delete", id: rows[at].id }));
      const head = attributes(node("th", { scope: "row", textContent: String(row.at) }), { role: "rowheader" });
      const last = attributes(node("td", {}, remove), { role: "gridcell" });
      const tr = attributes(node("tr", {}, head, ...columns.map((one, column) => cell(at, row, one, column)), last), { role: "row" });
      const why = attributes(node("td", { id: `${model.get("scope")}-why-${at}`, colSpan: columns.length + 2 }), { role: "gridcell" });
      return [tr, attributes(node("tr", { className: "netmeta-why", hidden: true }, why), { role: "row" })];
    };

    const build = () => {
      const names = [say("Row"), ...columns.map(([, text]) => text), ""];
      const heads = names.map((text) => attributes(node("th", { scope: "col" }, text || node("span", { className: "netmeta-hidden", textContent: say("Delete") })), { role: "columnheader" }));
      const body = node("tbody", {}, ...rows.flatMap(line));
      const caption = node("caption");
      const thead = node("thead", {}, attributes(node("tr", {}, ...heads), { role: "row" }));
      el.replaceChildren(attributes(node("table", {}, caption, thead, body), { role: "grid", "aria-label": say("Edit the data") }));
    };

    const patch = () => {
      el.querySelector("caption").textContent = model.get("caption");
      rows.forEach((row, at) => {
        const reasons = [...new Set(Object.values(row.wrong))];
        const why = el.querySelector(`[id="${model.get("scope")}-why-${at}"]`);
        why.textContent = reasons.join(" ") || row.hint;
        why.parentElement.hidden = !why.textContent;
        why.parentElement.classList.toggle("netmeta-bad", reasons.length > 0);
        columns.forEach(([field, text], column) => {
          const input = box(at, column);
          const typing = input === document.activeElement && input.value !== input.dataset.stored;
          input.dataset.stored = row.cells[column];
          if (!typing) input.value = row.cells[column];
          input.setAttribute("aria-label", say("{text} of {name}, row {at}", { text, name: row.name, at: row.at }));
          const bad = field in row.wrong;
          input.setAttribute("aria-invalid", String(bad));
          bad || row.hint ? input.setAttribute("aria-describedby", why.id) : input.removeAttribute("aria-describedby");
        });
        box(at, columns.length).setAttribute("aria-label", say("Delete {name}, row {at}", row));
      });
    };

    const write = () => {
      const inside = el.contains(document.activeElement);
      const before = rows.length;
      rows = JSON.parse(model.get("rows"));
      if (rows.length !== before || !el.firstChild) {
        build();
        patch();
        active = [Math.max(0, Math.min(active[0], rows.length - 1)), active[1]];
        if (inside) reach(...active);
      } else patch();
      const here = box(...active);
      if (here) here.tabIndex = 0;
    };

    const reworded = () => {
      columns = JSON.parse(model.get("columns"));
      el.replaceChildren();
      write();
    };

    const jump = () => {
      const [row, column] = model.get("focus");
      reach(row, column);
    };

    write();
    el.addEventListener("keydown", pressed);
    el.addEventListener("paste", pasted);
    el.addEventListener("focusin", reached);
    model.on("change:rows", write);
    model.on("change:words", reworded);
    model.on("change:focus", jump);
    return () => {
      model.off("change:rows", write);
      model.off("change:words", reworded);
      model.off("change:focus", jump);
      el.removeEventListener("keydown", pressed);
      el.removeEventListener("paste", pasted);
      el.removeEventListener("focusin", reached);
    };
  },
};
