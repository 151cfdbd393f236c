// What the scripts of several widgets share; the kernel puts it before each that begins with "//= shared.js".

// The page's own words in the reader's language: the kernel sends those that are not English.
const word = (text) => text;
const sayer = (model) => (text, values = {}) => {
  const words = JSON.parse(model.get("words") || "{}");
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (_place, name) => String(values[name] ?? ""));
};

function node(tag, props = {}, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
}

function attributes(made, given) {
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  return made;
}

// Bytes from the kernel become a file of the reader's, through no host.
function saved({ name, mime }, buffers) {
  const href = URL.createObjectURL(new Blob([buffers[0]], { type: mime }));
  const link = node("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}


// A button in the looks of ipywidgets; returns what takes it off the page.
function pressable({ model, el, press, primary = false }) {
  const shown = ["description", "tooltip", "disabled"];
  const className = `lm-Widget jupyter-widgets jupyter-button widget-button${primary ? " mod-primary" : ""}`;
  const button = node("button", { type: "button", className });
  const write = () => {
    button.textContent = model.get("description");
    button.title = model.get("tooltip");
    button.disabled = model.get("disabled");
  };
  write();
  button.addEventListener("click", press);
  el.append(button);
  for (const name of shown) model.on(`change:${name}`, write);
  return () => {
    for (const name of shown) model.off(`change:${name}`, write);
  };
}
