//= shared.js
// A chart whose specification is embedded once; afterwards only rows and signals are pushed to it.
const ENGINE = Symbol.for("netmeta.engine");
const PATIENCE = 2500;
const BOLD = new Set(["head", "pooled", "group", "subtotal"]);
const NUDGES = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] };

function engine(model) {
  if (!globalThis[ENGINE]) {
    const slot = {};
    slot.ready = new Promise((resolve) => (slot.resolve = resolve));
    globalThis[ENGINE] = slot;
  }
  // A host that does not start undisplayed widgets (marimo) never runs the engine's own: ask the kernel for it.
  model.on("msg:custom", (content, buffers) => content?.kind === "engine" && unpack(buffers[0]));
  setTimeout(() => globalThis[ENGINE].loading || model.send({ kind: "engine" }), PATIENCE);
  return globalThis[ENGINE].ready;
}

async function unpack(packed) {
  const slot = globalThis[ENGINE];
  if (slot.loading) return;
  slot.loading = true;
  const bytes = new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength);
  const script = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  slot.resolve(await import(url));
  URL.revokeObjectURL(url);
}

function isDark(el) {
  const told = document.body.dataset.jpThemeLight;
  if (told !== undefined) return told === "false";
  const rgb = getComputedStyle(el).color.match(/\d+(\.\d+)?/g)?.map(Number) ?? [0, 0, 0];
  return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] > 140;
}

function colours(model, el) {
  const palettes = JSON.parse(model.get("palettes"));
  return { ...palettes[isDark(el) ? "dark" : "light"], ground: "transparent" };
}

// Column widths in the page's own font: the kernel can only estimate them.
function measured(model, tables, font) {
  const pen = document.createElement("canvas").getContext("2d");
  const widths = {};
  for (const [signal, { table, field, most }] of Object.entries(JSON.parse(model.get("measures")))) {
    let widest = 0;
    for (const row of tables[table] ?? []) {
      if (row.kind === "note") continue;
      pen.font = `${BOLD.has(row.kind) ? 600 : 400} 13px ${font}`;
      widest = Math.max(widest, pen.measureText(row[field] ?? "").width);
    }
    widths[signal] = Math.ceil(Math.min(widest, most)) + 1;
  }
  return widths;
}

function filled(model, el, space) {
  const spec = JSON.parse(model.get("spec"));
  const { tables, signals } = JSON.parse(model.get("data"));
  const picked = model.get("picked") ?? "";
  const values = { ...signals, ...measured(model, tables, spec.config?.font), ...colours(model, el), space, picked };
  spec.datasets = tables;
  for (const param of spec.params ?? []) if (param.name in values) param.value = values[param.name];
  return spec;
}

class Live {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.cursor = -1;
    this.pushing = null;
    this.again = false;
    this.places = {};
    this.build();
  }

  build() {
    this.el.classList.add("netmeta", "netmeta-live");
    this.figure = document.createElement("div");
    this.figure.className = "netmeta-figure";
    this.told = document.createElement("div");
    this.told.className = "netmeta-hidden";
    this.told.setAttribute("aria-live", "polite");
    this.el.append(this.figure, this.told);
    this.figure.tabIndex = 0;
    this.figure.setAttribute("role", "application");
    this.figure.setAttribute("aria-roledescription", sayer(this.model)("chart"));
    this.name();
  }

  async start() {
    const { vegaEmbed } = await engine(this.model);
    if (this.gone) return;
    const holder = document.createElement("div");
    this.figure.append(holder);
    const options = { mode: "vega-lite", renderer: "svg", actions: false, ast: false };
    const sent = this.model.get("data");
    this.font = JSON.parse(this.model.get("spec")).config?.font;
    const embedded = await vegaEmbed(holder, filled(this.model, this.el, this.space()), options);
    this.view = embedded.view;
    this.finalize = embedded.finalize;
    if (this.gone) return this.finalize();
    // Before the picture is fitted: a quick reader clicks as soon as there is a line to click.
    this.listen();
    this.fit();
    await this.view.runAsync();
    this.figure.querySelector("svg")?.setAttribute("aria-hidden", "true");
    this.model.send({ kind: "painted" });
    if (sent !== this.model.get("data")) this.push();
  }

  listen() {
    this.presses();
    this.figure.addEventListener("keydown", (event) => this.key(event));
    this.figure.addEventListener("blur", () => this.point(-1));
    this.onData = () => {
      this.places = this.held ? { [this.held]: this.places[this.held] } : {};
      this.push();
    };
    this.model.on("change:data", this.onData);
    this.onPicked = () => this.mark();
    this.model.on("change:picked", this.onPicked);
    this.brushes();
    this.theme = new MutationObserver(() => this.repaint());
    this.theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
    this.size = new ResizeObserver(() => this.resize());
    this.size.observe(this.el);
  }

  // JupyterLab scrolls a cell that becomes active, between press and release: then no click reaches the line.
  presses() {
    let pressed = null;
    let picked = 0;
    const far = (event) => Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) >= 6;
    this.view.addEventListener("pointerdown", (event, item) => {
      const node = this.node(item?.datum?.id);
      pressed = { id: item?.datum?.id, x: event.clientX, y: event.clientY, shift: event.shiftKey, node };
    });
    const released = (event) => {
      if (this.held) {
        picked = performance.now();
        this.dragged(this.held);
      } else if (pressed?.id && !far(event)) {
        picked = performance.now();
        this.pick(pressed.id, pressed.shift);
      }
      pressed = this.held = null;
    };
    const moved = (event) => {
      if (!pressed?.node || !(this.held || far(event))) return;
      event.stopPropagation();
      this.held = pressed.id;
      const { node, x, y } = pressed;
      this.drag(node, (event.clientX - x) / this.view.width(), (event.clientY - y) / this.view.height());
    };
    const broken = (event) => {
      if (!this.held) pressed = null;
      released(event);
    };
    this.hands = { pointerup: released, pointercancel: broken, pointermove: moved };
    for (const [kind, heard] of Object.entries(this.hands)) window.addEventListener(kind, heard, true);
    if (this.value("drag")) this.figure.style.userSelect = "none";
    // A finger on a node moves the node, not the page.
    this.figure.addEventListener("touchstart", (event) => pressed?.node && event.preventDefault(), { passive: false });
    this.view.addEventListener("click", (event, item) => {
      if (performance.now() - picked > 300) this.pick(item?.datum?.id, event.shiftKey);
    });
  }

  space() {
    return Math.max(320, Math.floor(this.el.clientWidth || 900) - 40);
  }

  name() {
    const { label, help } = JSON.parse(this.model.get("data"));
    this.figure.setAttribute("aria-label", [label, help].filter(Boolean).join(" "));
  }

  // The shift key asks for the mark in every plot, whatever a plain click does here.
  pick(id, shift) {
    if (id) this.model.send({ kind: shift ? "point" : "pick", id });
  }

  // The parameter `drag` names the data set whose rows can be moved about; they have places x and y from 0 to 1.
  node(id) {
    const rows = JSON.parse(this.model.get("data")).tables[this.value("drag")] ?? [];
    const row = id && rows.find((one) => one.id === id);
    return row && { x: row.x, y: row.y, ...this.places[id], id };
  }

  drag(node, dx, dy) {
    const within = (place) => Math.round(Math.min(0.98, Math.max(0.02, place)) * 1e4) / 1e4;
    this.view.tooltip()?.(null, null, null, null);
    this.places[node.id] = { x: within(node.x + dx), y: within(node.y + dy) };
    this.push();
  }

  dragged(id) {
    this.model.send({ kind: "drag", id, ...this.places[id] });
  }

  // Lines and areas name the nodes that they hang on in `from` and `to`.
  placed(rows) {
    if (!Object.keys(this.places).length) return rows;
    return rows.map((row) => {
      const end = this.places[row.to];
      return { ...row, ...this.places[row.from ?? row.id], ...(end && { x2: end.x, y2: end.y }) };
    });
  }

  // A region is told when the hand rests, not at every move.
  brushes() {
    this.resting = {};
    for (const param of JSON.parse(this.model.get("spec")).params ?? []) {
      if ((param.select?.type ?? param.select) !== "interval") continue;
      this.view.addSignalListener(param.name, (name, region) => {
        clearTimeout(this.resting[name]);
        this.resting[name] = setTimeout(() => this.model.send({ kind: "brush", name, region: { ...region } }), 80);
      });
    }
  }

  async mark() {
    this.set({ picked: this.model.get("picked") ?? "" });
    await this.view.runAsync();
  }

  choices() {
    return JSON.parse(this.model.get("data")).choices ?? [];
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const node = (event.ctrlKey || event.altKey) && event.key in NUDGES && this.node(this.choices()[this.cursor]?.id);
    if (node) {
      this.drag(node, ...NUDGES[event.key]);
      this.dragged(node.id);
    } else if (event.key in steps) {
      const last = this.choices().length - 1;
      const from = this.cursor < 0 && steps[event.key] < 0 ? last + 1 : this.cursor;
      this.point(Math.min(last, Math.max(0, from + steps[event.key])));
    } else if ((event.key === "Enter" || event.key === " ") && this.cursor >= 0) {
      this.pick(this.choices()[this.cursor]?.id, event.shiftKey);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  point(at) {
    this.cursor = at;
    const choice = this.choices()[at];
    this.told.textContent = (choice?.label ?? "").replaceAll("\n", ", ");
    this.set({ focused: choice?.id ?? "" });
    this.view.runAsync();
  }

  set(signals) {
    for (const [name, value] of Object.entries(signals)) {
      try {
        this.view.signal(name, value);
      } catch {
        // The specification does not use this signal.
      }
    }
  }

  fit() {
    for (const side of ["width", "height"]) {
      const size = this.value(`total_${side}`);
      if (size) this.view[side](size);
    }
  }

  // A signal that the specification may lack: it then has the size of its own.
  value(name) {
    try {
      return this.view.signal(name);
    } catch {
      return undefined;
    }
  }

  // Several changes while one is drawn: keep the newest, drop the rest.
  push() {
    this.again = true;
    this.pushing ??= this.drain().finally(() => (this.pushing = null));
  }

  async drain() {
    while (this.again && !this.gone) {
      this.again = false;
      const { tables, signals } = JSON.parse(this.model.get("data"));
      for (const [name, rows] of Object.entries(tables)) this.view.data(name, this.placed(rows));
      const { space, focused, picked, ...rest } = signals;
      this.set({ ...rest, ...measured(this.model, tables, this.font) });
      await this.view.runAsync();
      await this.widen();
      this.name();
    }
  }

  async widen() {
    const before = [this.view.width(), this.view.height()].join();
    this.fit();
    if ([this.view.width(), this.view.height()].join() !== before) await this.view.runAsync();
  }

  async repaint() {
    this.set(colours(this.model, this.el));
    await this.view.runAsync();
  }

  async resize() {
    if ([undefined, this.space()].includes(this.value("space"))) return;
    this.set({ space: this.space() });
    await this.view.runAsync();
    await this.widen();
  }

  stop() {
    this.gone = true;
    this.theme?.disconnect();
    this.size?.disconnect();
    if (this.onData) this.model.off("change:data", this.onData);
    if (this.onPicked) this.model.off("change:picked", this.onPicked);
    for (const timer of Object.values(this.resting ?? {})) clearTimeout(timer);
    for (const [kind, heard] of Object.entries(this.hands ?? {})) window.removeEventListener(kind, heard, true);
    this.finalize?.();
  }
}

export default {
  render({ model, el }) {
    const live = new Live(model, el);
    live.start().catch((error) => {
      el.textContent = sayer(model)("The chart cannot be drawn: {why}", { why: error.message });
      throw error;
    });
    return () => live.stop();
  },
};
