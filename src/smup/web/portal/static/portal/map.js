// @ts-check
// Draws a map from two answers: the shape (kept by the browser for ever) and the classes of units.

const SVG = "http://www.w3.org/2000/svg";
const PATTERNS = /** @type {Record<string, [number, string, boolean]>} */ ({
  n: [8, "M-1,7L7,-1M5,9L9,5M-1,1L1,-1", false],
  c: [8, "M-1,7L7,-1M5,9L9,5M-1,1L1,-1M-1,1L7,9M5,-1L9,3", false],
  a: [6, "M2,2h2v2h-2z", true],
});
const NAMES = /** @type {Record<string, string>} */ ({ n: "m-hatch", c: "m-cross", a: "m-dots" });

/** @typedef {{viewBox: number[], codes: string[], names: string[], paths: string[], border: string}} Shape */
/** @typedef {{year: number, palette: string, keys: string, words: string[]}} Values */

/** @param {string} name @param {Record<string, string|number>} attributes @param {Element[]} children */
function make(name, attributes, children = []) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** @param {number} scale */
function patterns(scale) {
  return make("defs", {}, Object.entries(PATTERNS).map(([key, [size, d, filled]]) =>
    make("pattern", {
      id: NAMES[key], width: size, height: size, patternUnits: "userSpaceOnUse",
      patternTransform: `scale(${scale})`,
    }, [
      make("rect", { class: "m-ground", width: size, height: size }),
      make("path", filled ? { class: "m-ink", d } : { class: "m-ink", d, fill: "none" }),
    ])));
}

/** @param {Shape} shape @param {Values} values @param {string} title */
function draw(shape, values, title) {
  const width = shape.viewBox[2];
  const units = shape.paths.map((d, i) => {
    const key = values.keys[i];
    const path = make("path", { d, class: `m-${values.palette}${key}`, "data-i": i });
    if (NAMES[key]) path.setAttribute("fill", `url(#${NAMES[key]})`);
    return path;
  });
  return make("svg", {
    class: "map", viewBox: shape.viewBox.join(" "), role: "img", "aria-label": title,
  }, [
    patterns(width / 720),
    make("g", { class: "m-units", "stroke-width": (width / 720) * 0.4 }, units),
    make("path", { class: "m-border", d: shape.border, fill: "none", "stroke-width": (width / 720) * 0.9 }),
  ]);
}

/** @param {HTMLElement} box */
async function attach(box) {
  const told = /** @type {HTMLElement} */ (box.parentElement?.querySelector(".map-told"));
  const { map, values: classes, link, failed, title } = /** @type {Record<string, string>} */ (box.dataset);
  try {
    const [shape, values] = await Promise.all([map, classes].map(async (address) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }));
    const svg = draw(shape, values, title);
    const outline = make("path", { class: "m-pointed" }); // above all units, in nobody's way
    svg.append(outline);
    box.replaceChildren(svg);
    told.textContent = told.dataset.hint ?? "";
    svg.addEventListener("pointerover", (event) => {
      const index = /** @type {Element} */ (event.target).getAttribute("data-i");
      if (index === null) return;
      outline.setAttribute("d", shape.paths[index]);
      told.textContent = `${shape.names[index]}: ${values.words[index]}`;
    });
    svg.addEventListener("click", (event) => {
      const index = /** @type {Element} */ (event.target).getAttribute("data-i");
      if (index !== null) location.assign(link.replace("CODE", shape.codes[index]));
    });
  } catch {
    told.textContent = failed;
  }
}

document.querySelectorAll("[data-map]").forEach((box) => attach(/** @type {HTMLElement} */ (box)));
