// Vega for the whole page, once: unpacked by whoever brings it first, awaited by every chart.
const ENGINE = Symbol.for("netmeta.engine");

function engine() {
  if (!globalThis[ENGINE]) {
    const slot = {};
    slot.ready = new Promise((resolve) => (slot.resolve = resolve));
    globalThis[ENGINE] = slot;
  }
  return globalThis[ENGINE];
}

async function unpack(packed) {
  const bytes = new Uint8Array(packed.buffer, packed.byteOffset ?? 0, packed.byteLength);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const url = URL.createObjectURL(new Blob([await new Response(stream).text()], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

export default {
  async initialize({ model }) {
    const slot = engine();
    if (slot.loading) return;
    slot.loading = true;
    slot.resolve(await unpack(model.get("bundle")));
  },
};
