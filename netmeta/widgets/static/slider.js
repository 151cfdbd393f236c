// A number on a line with a field beside it: native controls, so that both have a name and answer the keyboard.
function round(value, { min, max, step }) {
  const kept = Math.min(max, Math.max(min, value));
  return Number((min + Math.round((kept - min) / step) * step).toFixed(6));
}

export default {
  render({ model, el }) {
    el.classList.add("netmeta", "netmeta-slider");
    const name = document.createElement("span");
    const line = document.createElement("input");
    const field = document.createElement("input");
    line.type = "range";
    field.type = "number";
    const limits = () => ({ min: model.get("min"), max: model.get("max"), step: model.get("step") });
    const show = () => {
      name.textContent = model.get("label");
      for (const control of [line, field]) {
        Object.assign(control, { ...limits(), value: model.get("value") });
        control.setAttribute("aria-label", model.get("label"));
      }
    };
    const take = (value) => {
      if (Number.isFinite(value)) model.set("value", round(value, limits()));
      model.save_changes();
    };
    line.addEventListener("input", () => {
      field.value = line.value;
      take(line.valueAsNumber);
    });
    // Whoever undoes needs to know when a drag is over; the value goes along, since a change of it may still wait.
    const rest = () => model.send({ kind: "rest", value: model.get("value") });
    line.addEventListener("change", rest);
    const typed = () => {
      take(field.valueAsNumber);
      show();
      rest();
    };
    field.addEventListener("change", typed);
    // In a notebook the Enter key does not always bring a change about.
    field.addEventListener("keydown", (event) => event.key === "Enter" && typed());
    show();
    const traits = ["label", "min", "max", "step", "value"].map((trait) => `change:${trait}`).join(" ");
    model.on(traits, show);
    el.append(name, line, field);
    return () => model.off(traits, show);
  },
};
