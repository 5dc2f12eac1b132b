// @ts-check
// Marks of a chart by mouse and keyboard: one stop of the Tab key a chart, arrows move between
// marks, the name and value of a mark are shown beside it and read out. A mark is whatever holds a
// <title>; without this script the browser shows the same words on hover.

/** @typedef {{ mark: Element, words: string, x: number, y: number }} Mark */

const REACH = 40; // px from which the nearest mark is meant

/** @type {WeakMap<Element, Mark[]>} */
const found = new WeakMap();

/** The marks of a chart in reading order, without the chart's own title.
 * @param {Element} plot @returns {Mark[]} */
function marksOf(plot) {
  const known = found.get(plot);
  if (known) return known;
  const marks = [...plot.querySelectorAll("svg svg title, svg g title, svg rect title, svg circle title, svg polygon title")]
    .map((title) => ({ mark: /** @type {Element} */ (title.parentNode), words: title.textContent ?? "", x: 0, y: 0 }));
  found.set(plot, marks);
  return marks;
}

/** Where the marks are now: the chart is as wide as its place.
 * @param {Element} plot @param {Mark[]} marks */
function measure(plot, marks) {
  const frame = plot.getBoundingClientRect();
  for (const one of marks) {
    const target = one.mark.querySelector(".c-cross") ?? one.mark;
    const box = target.getBoundingClientRect();
    one.x = box.left + box.width / 2 - frame.left;
    one.y = box.top + box.height / 2 - frame.top;
  }
  return frame;
}

/** @param {Element} plot @param {Mark | undefined} chosen @param {boolean} aloud */
function tell(plot, chosen, aloud) {
  const told = /** @type {HTMLElement} */ (plot.querySelector(".told"));
  plot.querySelector(".c-now")?.classList.remove("c-now");
  told.textContent = chosen ? chosen.words : "";
  told.setAttribute("aria-live", aloud ? "polite" : "off");
  if (!chosen) return;
  chosen.mark.classList.add("c-now");
  const { width } = plot.getBoundingClientRect();
  const left = Math.min(Math.max(chosen.x - told.offsetWidth / 2, 0), width - told.offsetWidth);
  const above = chosen.y - told.offsetHeight - 14;
  told.style.translate = `${left}px ${above < -20 ? chosen.y + 14 : above}px`;
}

/** @param {PointerEvent} event */
function point(event) {
  const target = /** @type {Element} */ (event.target);
  const plot = target.closest(".plot");
  for (const other of document.querySelectorAll(".plot:has(.c-now)")) {
    if (other !== plot && other !== document.activeElement) tell(other, undefined, false);
  }
  if (!plot) return;
  const marks = marksOf(plot);
  const frame = measure(plot, marks);
  const x = event.clientX - frame.left;
  const y = event.clientY - frame.top;
  let nearest;
  let least = REACH;
  for (const one of marks) {
    const inside = one.mark.contains(target);
    const distance = inside ? 0 : Math.hypot(one.x - x, one.y - y);
    if (distance < least) [nearest, least] = [one, distance];
  }
  tell(plot, nearest, false);
}

/** @param {KeyboardEvent} event */
function step(event) {
  const plot = /** @type {Element} */ (event.target);
  if (!plot.matches?.(".plot")) return;
  const marks = marksOf(plot);
  const now = marks.findIndex((one) => one.mark.classList.contains("c-now"));
  const last = marks.length - 1;
  /** @type {Record<string, number>} */
  const to = {
    ArrowRight: now < 0 ? 0 : Math.min(now + 1, last),
    ArrowDown: now < 0 ? 0 : Math.min(now + 1, last),
    ArrowLeft: now < 0 ? last : Math.max(now - 1, 0),
    ArrowUp: now < 0 ? last : Math.max(now - 1, 0),
    Home: 0,
    End: last,
  };
  if (event.key === "Escape") tell(plot, undefined, true);
  if (!(event.key in to) || last < 0) return;
  event.preventDefault();
  measure(plot, marks);
  tell(plot, marks[to[event.key]], true);
}

/** Charts that have marks can be reached; a part of the page may bring new ones.
 * @param {ParentNode} within */
function prepare(within) {
  for (const plot of within.querySelectorAll(".plot:not([tabindex])")) {
    const svg = plot.querySelector("svg");
    if (!svg || !marksOf(plot).length) continue;
    plot.setAttribute("tabindex", "0");
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-label", `${svg.querySelector("title")?.textContent}. ${plot.getAttribute("data-help")}`);
  }
}

document.addEventListener("pointermove", point);
document.addEventListener("pointerdown", point);
document.addEventListener("keydown", step);
document.addEventListener("focusout", (event) => {
  const plot = /** @type {Element} */ (event.target);
  if (plot.matches(".plot")) tell(plot, undefined, false);
});
document.addEventListener("htmx:load", (event) => prepare(/** @type {Element} */ (event.target)));
prepare(document);
