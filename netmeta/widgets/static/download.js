//= shared.js
// A button under which a file lies: the kernel makes it when it is pressed, and the page saves it.
export default {
  // Once for the widget, however often it is on the page: one press, one file.
  initialize({ model }) {
    const save = (message, buffers) => message.kind === "file" && saved(message, buffers);
    model.on("msg:custom", save);
    return () => model.off("msg:custom", save);
  },

  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-download");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lm-Widget jupyter-widgets jupyter-button widget-button";
    button.addEventListener("click", () => model.send({ kind: "press" }));
    const write = () => {
      button.textContent = model.get("description");
      button.title = model.get("tooltip");
      button.disabled = model.get("disabled");
    };
    write();
    el.append(button);
    for (const name of ["description", "tooltip", "disabled"]) model.on(`change:${name}`, write);
    return () => {
      for (const name of ["description", "tooltip", "disabled"]) model.off(`change:${name}`, write);
    };
  },
};
