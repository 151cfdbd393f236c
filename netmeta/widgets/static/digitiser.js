//= shared.js
// A figure on which axis marks and curves are clicked. The image stays in this page: only pixel places are sent.
const SVG = "http://www.w3.org/2000/svg";
const LARGEST_FILE = 20e6;
const LARGEST_SIDE = 10000;
const LARGEST_AREA = 60e6;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const CORNERS = {
  x1: word("Time axis, first mark"),
  x2: word("Time axis, second mark"),
  y1: word("Survival axis, lower mark"),
  y2: word("Survival axis, upper mark"),
};

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// What a file is, its first bytes say; its name says nothing. Width and height are read before anything is decoded.
function measured(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const png = [137, 80, 78, 71, 13, 10, 26, 10];
  if (bytes.length > 24 && png.every((byte, at) => bytes[at] === byte)) return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
  if (!(bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) { at += 1; continue; }
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += marker === 0xff ? 1 : (marker >= 0xd0 && marker <= 0xd9) || marker === 1 ? 2 : 2 + view.getUint16(at + 2);
  }
  return null;
}

async function opened(file, say) {
  if (file.size > LARGEST_FILE) throw new Error(word("The file is larger than 20 MB: save the figure alone as PNG or JPEG."));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = measured(bytes);
  if (!found) throw new Error(word("This is not a PNG or JPEG picture. Of an SVG or PDF take a screenshot."));
  const { type, width, height } = found;
  if (!width || !height || Math.max(width, height) > LARGEST_SIDE || width * height > LARGEST_AREA) throw Object.assign(new Error(word("The picture is {width} by {height} pixels: make it smaller.")), { values: { width, height } });
  const image = node("img", { alt: say("The figure that is digitised"), draggable: false });
  image.src = URL.createObjectURL(new Blob([bytes], { type }));
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(image.src);
    throw new Error(word("The picture is damaged: it cannot be drawn."));
  }
  return image;
}

class Board {
  constructor(model, el, kept) {
    Object.assign(this, { model, el, kept, tool: "x1", chosen: null, aim: null, zoom: 1, past: [] });
    this.say = sayer(model);
    el.classList.add("netmeta", "netmeta-digitiser");
    this.file = node("input", { type: "file", accept: "image/png,image/jpeg", className: "netmeta-file" });
    this.file.addEventListener("change", () => this.file.files[0] && this.load(this.file.files[0]));
    this.told = node("p", { className: "netmeta-aside" });
    this.told.setAttribute("role", "status");
    this.tools = node("div", { className: "netmeta-tools" });
    this.tools.setAttribute("role", "radiogroup");
    this.stage = node("div", { className: "netmeta-stage", tabIndex: 0 });
    this.stage.setAttribute("role", "application");
    this.frame = node("div", { className: "netmeta-frame" }, this.stage);
    this.loupe = node("canvas", { className: "netmeta-loupe", width: 130, height: 130, hidden: true });
    this.loupe.setAttribute("aria-hidden", "true");
    this.table = node("div", { className: "netmeta-readings netmeta-table" });
    this.ask = node("span");
    el.append(node("label", { className: "netmeta-pickfile" }, this.ask, " ", this.file), this.told, this.tools, this.frame, this.loupe, this.table);
    this.stage.addEventListener("click", (event) => this.click(event));
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("pointermove", (event) => this.look(this.place(event), event));
    this.stage.addEventListener("pointerleave", () => (this.loupe.hidden = true));
    this.onMarks = () => this.saving || this.draw();
    this.onDrawn = () => this.draw();
    this.onWords = () => { this.name(); this.draw(); };
    this.name();
    model.on("change:marks", this.onMarks);
    model.on("change:drawn", this.onDrawn);
    model.on("change:words", this.onWords);
    if (kept.image) this.show(kept.image);
    else this.draw();
  }

  name() {
    this.ask.textContent = this.say("Figure (stays on this machine):");
    this.file.setAttribute("aria-label", this.say("Figure, PNG or JPEG"));
    this.tools.setAttribute("aria-label", this.say("What the next click sets"));
    this.stage.setAttribute("aria-label", this.say("The figure. Arrow keys move the cross by a pixel, with Shift by ten; Enter sets a point there. Tab goes to the points: arrow keys move one, Delete removes it."));
  }

  get marks() {
    const read = JSON.parse(this.model.get("marks") || "{}");
    return { arms: [[], []], ...read };
  }

  get drawn() {
    return { names: ["experimental", "control"], curves: [[], []], readings: [[], []], ...JSON.parse(this.model.get("drawn") || "{}") };
  }

  async load(file) {
    this.told.textContent = "";
    this.told.className = "netmeta-aside";
    try {
      const image = await opened(file, this.say);
      if (this.kept.image) URL.revokeObjectURL(this.kept.image.src);
      this.kept.image = image;
      this.kept.name = String(file.name).slice(0, 80);
      this.tool = "x1";
      this.save({ arms: [[], []] });
      this.past = [];
      this.show(image);
    } catch (error) {
      this.told.className = "netmeta-error";
      this.told.textContent = this.say(error.message, error.values);
    } finally {
      this.file.value = "";
    }
  }

  show(image) {
    this.size = [image.naturalWidth, image.naturalHeight];
    this.svg = shape("svg", { viewBox: `0 0 ${this.size[0]} ${this.size[1]}` });
    this.stage.replaceChildren(image, this.svg);
    this.aim = [this.size[0] / 2, this.size[1] / 2];
    this.draw();
  }

  // While a point is dragged the kernel hears of it some seven times a second, and of the end at once.
  save(marks, soon = false) {
    const before = this.held ?? this.model.get("marks");
    if (!soon && before !== JSON.stringify(marks)) this.past.push(before);
    this.held = soon ? before : null;
    this.write(marks, soon);
  }

  undo() {
    if (!this.past.length) return;
    this.chosen = null;
    this.write(JSON.parse(this.past.pop() || "{}"));
  }

  write(marks, soon = false) {
    this.saving = true;
    this.model.set("marks", JSON.stringify(marks));
    this.saving = false;
    const now = () => { clearTimeout(this.waiting); this.waiting = null; this.model.save_changes(); };
    if (!soon) now();
    else this.waiting ??= setTimeout(now, 140);
    this.draw();
  }

  place(event) {
    const box = this.stage.getBoundingClientRect();
    if (!this.size || !box.width) return null;
    return [((event.clientX - box.left) / box.width) * this.size[0], ((event.clientY - box.top) / box.height) * this.size[1]];
  }

  inside([x, y]) {
    const hold = (value, most) => Math.round(Math.min(most, Math.max(0, value)) * 10) / 10;
    return [hold(x, this.size[0]), hold(y, this.size[1])];
  }

  click(event) {
    const ended = this.dragged;
    this.dragged = null;
    if (ended && Math.hypot(event.clientX - ended[0], event.clientY - ended[1]) < 2) return;
    if (!this.size || event.target.closest?.("[data-mark]")) return;
    this.set(this.place(event));
  }

  set(place) {
    const marks = this.marks;
    const at = this.inside(place);
    if (this.tool in CORNERS) {
      marks[this.tool] = at;
      const order = Object.keys(CORNERS);
      this.tool = order.find((name) => !marks[name]) ?? "arm0";
    } else marks.arms[Number(this.tool.at(-1))].push(at);
    this.save(marks);
  }

  // Marks may lie on one another: the origin is on both axes, and curves start at the upper mark and meet.
  other(id) {
    return this.tool in CORNERS ? this.tool !== id : !id.startsWith(this.tool);
  }

  // A mark's id is "x1" or "arm0:3".
  get(marks, id) {
    if (id in CORNERS) return marks[id];
    const [arm, at] = id.slice(3).split(":").map(Number);
    return marks.arms[arm]?.[at];
  }

  put(marks, id, place) {
    if (id in CORNERS) marks[id] = place;
    else {
      const [arm, at] = id.slice(3).split(":").map(Number);
      marks.arms[arm][at] = place;
    }
  }

  move(id, [right, down], soon) {
    const marks = this.marks;
    const [x, y] = this.get(marks, id);
    this.put(marks, id, this.inside([x + right, y + down]));
    this.save(marks, soon);
    this.look(this.get(marks, id));
  }

  remove(id) {
    const marks = this.marks;
    if (id in CORNERS) { delete marks[id]; this.tool = id; }
    else {
      const [arm, at] = id.slice(3).split(":").map(Number);
      marks.arms[arm].splice(at, 1);
      this.chosen = marks.arms[arm].length ? `arm${arm}:${Math.min(at, marks.arms[arm].length - 1)}` : null;
    }
    this.save(marks);
    if (!this.el.contains(document.activeElement) || document.activeElement === document.body) this.stage.focus();
  }

  drag(id, event) {
    event.stopPropagation();
    this.chosen = id;
    const dot = event.currentTarget;
    const grabbed = this.place(event);
    const from = this.get(this.marks, id);
    let moved = false;
    const move = (next) => {
      const [x, y] = this.place(next);
      if (!moved && Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) < 2) return;
      moved = true;
      const marks = this.marks;
      this.put(marks, id, this.inside([from[0] + x - grabbed[0], from[1] + y - grabbed[1]]));
      this.save(marks, true);
      this.look(this.get(marks, id), next);
    };
    const stop = (end) => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", stop);
      // The click that ends a press is no new point, even where the point was drawn anew under the pointer; one
      // elsewhere is the next press, however soon it comes.
      this.dragged = [end.clientX, end.clientY];
      setTimeout(() => (this.dragged = null), 0);
      if (moved) this.save(this.marks);
      else if (this.other(id)) this.set(grabbed);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", stop);
    dot.focus();
  }

  key(event) {
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    else this.steer(event);
    if (event.defaultPrevented || event.key !== "z") return;
    event.preventDefault();
    event.stopPropagation();
  }

  steer(event) {
    const id = event.target.dataset?.mark;
    const far = event.shiftKey ? 10 : 1;
    if (event.key in MOVES && this.size) {
      const step = MOVES[event.key].map((part) => part * far);
      if (id) this.move(id, step);
      else { this.aim = this.inside([this.aim[0] + step[0], this.aim[1] + step[1]]); this.draw(); this.look(this.aim); }
    } else if ((event.key === "Delete" || event.key === "Backspace") && id) this.remove(id);
    else if ((event.key === "Enter" || event.key === " ") && !id && this.size) this.set(this.aim);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Eight times larger what is under the pointer or the key: a pixel is then a square that one can see.
  look(place, event) {
    if (!place || !this.kept.image) return;
    const pen = this.loupe.getContext("2d");
    pen.imageSmoothingEnabled = false;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 130, 130);
    const half = 130 / 16;
    pen.drawImage(this.kept.image, place[0] - half, place[1] - half, 2 * half, 2 * half, 0, 0, 130, 130);
    pen.strokeStyle = "#c5283d";
    pen.strokeRect(61, 61, 8, 8);
    this.loupe.hidden = false;
    if (!event) return;
    const box = this.el.getBoundingClientRect();
    this.loupe.style.left = `${Math.min(event.clientX - box.left + 24, box.width - 140)}px`;
    this.loupe.style.top = `${event.clientY - box.top + 24}px`;
  }

  draw() {
    const here = this.el.contains(document.activeElement) ? document.activeElement : null;
    const focus = here?.dataset?.mark ?? (here?.dataset?.remove ? this.chosen : null);
    const row = Boolean(here?.dataset?.remove);
    const marks = this.marks;
    this.drawTools(marks);
    this.frame.hidden = !this.size;
    if (this.size) this.drawMarks(marks);
    this.drawTable(marks);
    if (focus) this.el.querySelector(row ? `[data-remove="${focus}"]` : `[data-mark="${focus}"]`)?.focus();
    if (!this.size && marks.arms.some((arm) => arm.length)) this.told.textContent = this.say("The points are kept; the figure is not (it never left its page). Loading one starts anew.");
    else if (this.kept.name && this.told.className === "netmeta-aside") this.told.textContent = this.kept.name;
  }

  drawTools(marks) {
    const names = this.drawn.names;
    const tools = [...Object.entries(CORNERS).map(([id, text]) => [id, this.say(text), Boolean(marks[id])]), ...names.map((name, arm) => [`arm${arm}`, this.say("Curve: {name}", { name }), marks.arms[arm].length])];
    this.tools.hidden = !this.size;
    const focused = this.tools.contains(document.activeElement);
    this.tools.replaceChildren(...tools.map(([id, text, done]) => {
      const radio = node("input", { type: "radio", name: this.group ??= `netmeta-tool-${Math.random()}`, checked: this.tool === id, value: id });
      radio.addEventListener("change", () => { this.tool = id; this.drawTools(this.marks); });
      const count = typeof done === "number" ? (done ? ` (${done})` : "") : done ? " ✓" : "";
      const label = node("label", { className: this.tool === id ? "netmeta-now" : "" }, radio, `${text}${count}`);
      label.dataset.arm = id.startsWith("arm") ? id.at(-1) : "";
      return label;
    }), ...this.buttons());
    if (focused) this.tools.querySelector("input:checked")?.focus();
  }

  buttons() {
    const clear = node("button", { type: "button", className: "netmeta-more", textContent: this.say("Clear this curve") });
    clear.disabled = !this.tool.startsWith("arm");
    clear.addEventListener("click", () => { const marks = this.marks; marks.arms[Number(this.tool.at(-1))] = []; this.save(marks); });
    const zoom = node("button", { type: "button", className: "netmeta-more", textContent: this.say(this.zoom === 1 ? word("Zoom in") : word("Zoom out")) });
    zoom.addEventListener("click", () => { this.zoom = this.zoom === 1 ? 2 : 1; this.draw(); });
    const undo = node("button", { type: "button", className: "netmeta-more", textContent: this.say("Undo"), disabled: !this.past.length });
    undo.addEventListener("click", () => this.undo());
    return [undo, clear, zoom];
  }

  drawMarks(marks) {
    this.stage.style.width = `${this.size[0] * this.zoom}px`;
    this.stage.style.maxWidth = this.zoom === 1 ? "100%" : "none";
    const unit = Math.max(1, this.size[0] / 900) / this.zoom;
    const parts = this.drawn.curves.map((curve, arm) => {
      const steps = curve.map(([x, y], at) => (at ? `H${x}V${y}` : `M${x},${y}`)).join("");
      return shape("path", { d: steps || "M0,0", class: "netmeta-overlay", "data-arm": arm, "stroke-width": 1.2 * unit });
    });
    for (const [id, words] of Object.entries(CORNERS)) if (marks[id]) parts.push(this.dot(id, marks[id], this.say(words), unit));
    marks.arms.forEach((arm, number) => arm.forEach((place, at) => parts.push(this.dot(`arm${number}:${at}`, place, this.say("Point {at} of {name}", { at: at + 1, name: this.drawn.names[number] }), unit))));
    const [x, y] = this.aim;
    parts.push(shape("path", { d: `M${x - 9 * unit},${y}H${x + 9 * unit}M${x},${y - 9 * unit}V${y + 9 * unit}`, class: "netmeta-aim", "stroke-width": unit }));
    this.svg.replaceChildren(...parts);
  }

  dot(id, [x, y], words, unit) {
    const made = shape("g", { tabindex: 0, role: "button", "data-mark": id, "data-arm": id.startsWith("arm") ? id[3] : "axis", "aria-label": words, class: this.chosen === id ? "netmeta-dot netmeta-chosen" : "netmeta-dot" });
    made.append(shape("circle", { cx: x, cy: y, r: 6 * unit, class: "netmeta-grip" }), shape("circle", { cx: x, cy: y, r: 3.2 * unit, "stroke-width": 1.4 * unit }));
    made.addEventListener("pointerdown", (event) => this.drag(id, event));
    made.addEventListener("focus", () => { this.chosen = id; });
    return made;
  }

  drawTable(marks) {
    const { names, readings } = this.drawn;
    const lists = marks.arms.map((arm, number) => {
      const rows = arm.map((_place, at) => [at, readings[number][at] ?? ["", ""]]).sort((a, b) => marks.arms[number][a[0]][0] - marks.arms[number][b[0]][0]);
      const body = rows.map(([at, [time, level]]) => {
        const id = `arm${number}:${at}`;
        const gone = node("button", { type: "button", className: "netmeta-more", textContent: this.say("Remove") });
        gone.dataset.remove = id;
        gone.setAttribute("aria-label", this.say("Remove point {at} of {name}", { at: at + 1, name: names[number] }));
        gone.addEventListener("click", () => this.remove(id));
        return node("tr", {}, node("td", { textContent: time }), node("td", { textContent: level }), node("td", {}, gone));
      });
      const head = node("tr", {}, ...[word("Time"), word("Survival"), ""].map((text) => node("th", { textContent: this.say(text), scope: "col" })));
      return node("table", {}, node("caption", { textContent: this.say("{name}: {count} points", { name: names[number], count: arm.length }) }), node("thead", {}, head), node("tbody", {}, ...body));
    });
    const before = [...this.table.querySelectorAll("details")].some((one) => one.open);
    const count = marks.arms.flat().length;
    const details = node("details", { open: before }, node("summary", { textContent: this.say("Table of points ({count})", { count }) }), node("div", { className: "netmeta-lists" }, ...lists));
    this.table.replaceChildren(...(count ? [details] : []));
  }

  stop() {
    clearTimeout(this.waiting);
    this.model.off("change:marks", this.onMarks);
    this.model.off("change:drawn", this.onDrawn);
    this.model.off("change:words", this.onWords);
  }
}

// The image is kept beside the model, in this page, so that a view that is drawn again still has it.
export default () => {
  const kept = {};
  return {
    render({ model, el }) {
      const board = new Board(model, el, kept);
      return () => board.stop();
    },
  };
};
