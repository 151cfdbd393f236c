// Tooltips of the figures: by mouse and by keyboard, as text, from the marks' own data.
const box = document.createElement("div");
box.className = "tip";
box.setAttribute("role", "tooltip");
box.hidden = true;
document.body.append(box);

function show(mark) {
  box.textContent = mark.getAttribute("data-tip");
  box.hidden = false;
  const at = mark.getBoundingClientRect();
  const room = document.documentElement.clientWidth - box.offsetWidth - 8;
  const left = Math.max(8, Math.min(at.left + 160, room));
  const below = at.bottom + 6 + box.offsetHeight < window.innerHeight;
  box.style.left = left + "px";
  box.style.top = (below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + "px";
}

for (const mark of document.querySelectorAll("[data-tip]")) {
  for (const event of ["pointerenter", "focus"]) mark.addEventListener(event, () => show(mark));
  for (const event of ["pointerleave", "blur"]) mark.addEventListener(event, () => (box.hidden = true));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") box.hidden = true;
});
