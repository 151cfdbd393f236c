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
    return pressable({ model, el, press: () => model.send({ kind: "press" }) });
  },
};
