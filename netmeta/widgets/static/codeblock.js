// Code from the kernel: set as text, selected as a whole by Ctrl+A inside, copied by a button.
const SHOWN = 1800;

function selected(box) {
  const range = document.createRange();
  range.selectNodeContents(box);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

// Pages that do not come by HTTPS have no clipboard; there the older command serves.
async function copied(text, box) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    selected(box);
    const done = document.execCommand("copy");
    if (done) getSelection().removeAllRanges();
    return done;
  }
}

export default {
  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-code");
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.className = "lm-Widget jupyter-widgets jupyter-button widget-button";
    const said = Object.assign(document.createElement("span"), { className: "netmeta-copied" });
    said.setAttribute("role", "status");
    const box = Object.assign(document.createElement("pre"), { tabIndex: 0 });
    box.setAttribute("role", "region");
    let timer = 0;
    const write = () => {
      box.textContent = model.get("text");
      box.setAttribute("aria-label", model.get("label"));
      button.textContent = model.get("copy_words");
    };
    const copy = async () => {
      const done = await copied(model.get("text"), box);
      said.textContent = model.get(done ? "copied_words" : "refused_words");
      clearTimeout(timer);
      timer = setTimeout(() => (said.textContent = ""), SHOWN * (done ? 1 : 4));
    };
    const pressed = (event) => {
      if (event.key.toLowerCase() !== "a" || !(event.ctrlKey || event.metaKey)) return;
      selected(box);
      event.preventDefault();
      event.stopPropagation();
    };
    write();
    button.addEventListener("click", copy);
    box.addEventListener("keydown", pressed);
    const bar = Object.assign(document.createElement("div"), { className: "netmeta-codebar" });
    bar.append(button, said);
    el.append(bar, box);
    for (const name of ["text", "label", "copy_words"]) model.on(`change:${name}`, write);
    return () => {
      clearTimeout(timer);
      for (const name of ["text", "label", "copy_words"]) model.off(`change:${name}`, write);
    };
  },
};
