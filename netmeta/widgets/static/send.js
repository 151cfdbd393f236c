//= shared.js
// A button that takes along what stands in fields of ipywidgets: the page sends the later letters of a field only when
// the kernel has answered the earlier ones, and a press would overtake them.
const PATIENCE = 20_000;
const unsent = (field) => field._pending_msgs > 0 || Boolean(field._msg_buffer);
// A pasted table is not sent twice.
const LONG = 100_000;
const text = (field) => (String(field.get("value")).length > LONG ? null : field.get("value"));
const pause = () => new Promise((done) => setTimeout(done, 10));

async function filled(model) {
  return Promise.all(model.get("of").map((id) => model.widget_manager.get_model(id)));
}

async function sent(fields) {
  const end = performance.now() + PATIENCE;
  while (fields.some(unsent) && performance.now() < end) await pause();
}

export default {
  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-send");
    let waiting = false;
    const press = async () => {
      if (waiting) return;
      waiting = true;
      try {
        const fields = await filled(model);
        await sent(fields);
        model.send({ kind: "press", values: fields.map(text) });
      } finally {
        waiting = false;
      }
    };
    return pressable({ model, el, press, primary: true });
  },
};
