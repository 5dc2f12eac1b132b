// @ts-check
// Draws a map from two answers: the shape (kept by the browser for ever) and the classes of units.
// Years are changed by years.js, which speaks to a map by the events "mapyear", "mapahead" and "mapshown".

const SVG = "http://www.w3.org/2000/svg";
const PATTERNS = /** @type {Record<string, [number, string, string]>} */ ({
  n: [8, "M-1,7L7,-1M5,9L9,5M-1,1L1,-1", "hatch"],
  c: [8, "M-1,7L7,-1M5,9L9,5M-1,1L1,-1M-1,1L7,9M5,-1L9,3", "cross"],
  a: [6, "M2,2h2v2h-2z", "dots"],
});
const STEP = 1.5; // of a zoom
const CLOSEST = 40; // times
const ARROWS = /** @type {Record<string, number[]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});

/** @typedef {{viewBox: number[], codes: string[], names: string[], paths: string[], points: number[], border: string}} Shape */
/** @typedef {{year: number, title: string, subtitle: string, finding: string, palette: string, keys: string, words: string[], counts: number[], radii?: number[], key?: [number, string][]}} Values */

/** @type {Map<string, Promise<any>>} Answers by address: two maps share a shape, a year is asked for once. */
const answers = new Map();

/** @param {string} address @returns {Promise<any>} */
function load(address) {
  let answer = answers.get(address);
  if (!answer) {
    answer = fetch(address).then((found) => {
      if (!found.ok) throw new Error(String(found.status));
      return found.json();
    });
    answer.catch(() => answers.delete(address));
    answers.set(address, answer);
  }
  return answer;
}

/** @param {string} name @param {Record<string, string|number>} attributes @param {Element[]} children */
function make(name, attributes, children = []) {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, String(attributes[key]));
  element.append(...children);
  return /** @type {SVGElement} */ (element);
}

class Drawing {
  /** @param {HTMLElement} box @param {Shape} shape @param {Values} values */
  constructor(box, shape, values) {
    this.shape = shape;
    this.id = box.id;
    this.whole = shape.viewBox;
    this.values = values;
    this.keys = "";
    this.units = shape.paths.map((d, i) => make("path", { d, "data-i": i }));
    this.circles = this.#circles();
    this.patterns = Object.values(PATTERNS).map(([size, d, name]) =>
      make("pattern", { id: `${this.id}-${name}`, width: size, height: size, patternUnits: "userSpaceOnUse" }, [
        make("rect", { class: "m-ground", width: size, height: size }),
        make("path", { class: name === "dots" ? "m-ink m-dot" : "m-ink", d }),
      ]));
    this.lines = [
      make("g", { class: "m-units" }, this.units),
      make("path", { class: "m-border", d: shape.border, fill: "none" }),
    ];
    // Above all units, in nobody's way.
    this.pointed = ["m-halo", "m-pointed"].map((name) => make("path", { class: name, d: "" }));
    const chosen = shape.codes.indexOf(box.dataset.chosen ?? "");
    const above = chosen < 0 ? [] : ["m-halo", "m-chosen"].map((name) => make("path", { class: name, d: shape.paths[chosen] }));
    this.key = make("g", { class: "m-keys" }, this.#key());
    this.svg = make("svg", {
      class: "map", tabindex: 0, role: "application", "aria-roledescription": box.dataset.role ?? "",
      "aria-label": `${values.title}. ${box.dataset.keys}`,
    }, [make("defs", {}, this.patterns), ...this.lines, make("g", { class: "m-circles" }, this.#largestFirst()),
      ...above, ...this.pointed, this.key]);
    this.look(this.whole);
    this.show(values);
  }

  #circles() {
    const { radii } = this.values;
    if (!radii) return [];
    const { points } = this.shape;
    return radii.map((r, i) => make("circle", { cx: points[2 * i], cy: points[2 * i + 1], r, "data-i": i }));
  }

  /** So that no small circle is hidden below a large one. */
  #largestFirst() {
    const radii = this.values.radii ?? [];
    return radii.map((_, i) => i).sort((a, b) => radii[b] - radii[a]).map((i) => this.circles[i]);
  }

  #key() {
    const [left, top, width, height] = this.whole;
    const size = width / 45;
    const key = this.values.key ?? [];
    const foot = top + height - 3 * size;
    const largest = key[0]?.[0] ?? 0;
    return key.flatMap(([r, words], i) => {
      const text = make("text", {
        class: "c-note", "font-size": size, x: left + 1.5 * size + 2 * largest,
        y: foot - (key.length - 1 - i) * 1.25 * size,
      });
      text.textContent = words;
      return [make("circle", { class: "m-key", cx: left + size + largest, cy: foot - r, r }), text];
    });
  }

  /** Recolours what differs and nothing else. @param {Values} values */
  show(values) {
    const { keys, palette, radii } = values;
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === this.keys[i]) continue;
      const key = radii && keys[i] >= "0" && keys[i] <= "4" ? "g" : keys[i];
      const unit = this.units[i];
      unit.setAttribute("class", `m-${palette}${key}`);
      if (PATTERNS[key]) unit.setAttribute("fill", `url(#${this.id}-${PATTERNS[key][2]})`);
      else if (PATTERNS[this.keys[i]]) unit.removeAttribute("fill");
    }
    radii?.forEach((r, i) => {
      if (r !== this.values.radii?.[i]) this.circles[i].setAttribute("r", String(r));
    });
    this.keys = keys;
    this.values = values;
  }

  /** Shows a part of the map; lines and patterns keep their width on the screen. @param {number[]} part */
  look(part) {
    const [left, top, width, height] = this.whole;
    const w = Math.min(width, Math.max(width / CLOSEST, part[2]));
    const h = (w * height) / width;
    const x = Math.min(left + width - w, Math.max(left, part[0] + (part[2] - w) / 2));
    const y = Math.min(top + height - h, Math.max(top, part[1] + (part[3] - h) / 2));
    this.part = [x, y, w, h];
    const pixel = w / 720;
    this.svg.setAttribute("viewBox", this.part.join(" "));
    this.svg.classList.toggle("zoomed", w < width);
    this.key.toggleAttribute("hidden", w < width);
    this.lines.forEach((line, i) => line.setAttribute("stroke-width", String(pixel * (i ? 0.9 : 0.4))));
    this.patterns.forEach((pattern) => pattern.setAttribute("patternTransform", `scale(${pixel})`));
  }

  /** Zooms about a point, which stays where it is. @param {number} times @param {number[]} [about] */
  zoom(times, about) {
    const [x, y, w, h] = this.part;
    const [px, py] = about ?? [x + w / 2, y + h / 2];
    this.look([px - (px - x) / times, py - (py - y) / times, w / times, h / times]);
  }

  /** Fills the map with the units whose codes begin so; the whole map for "". @param {string} region */
  region(region) {
    const inside = this.shape.codes.flatMap((code, i) => (region && code.startsWith(region) ? [i] : []));
    if (!inside.length) return this.look(this.whole);
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const i of inside) {
      const { x, y, width, height } = /** @type {SVGGraphicsElement} */ (this.units[i]).getBBox();
      [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + width), Math.max(y1, y + height)];
    }
    const ratio = this.whole[2] / this.whole[3];
    const w = 1.08 * Math.max(x1 - x0, (y1 - y0) * ratio);
    this.look([(x0 + x1 - w) / 2, (y0 + y1 - w / ratio) / 2, w, w / ratio]);
  }

  /** The place on the map below the pointer. @param {MouseEvent} event */
  place(event) {
    const frame = this.svg.getBoundingClientRect();
    const [x, y, w, h] = this.part;
    return [x + ((event.clientX - frame.left) / frame.width) * w, y + ((event.clientY - frame.top) / frame.height) * h];
  }

  /** The unit nearest to a place, or nearest to a unit in a direction. @param {number[]} from @param {number[]} [way] */
  nearest([x, y], way) {
    const { points } = this.shape;
    let best = -1;
    let least = Infinity;
    for (let i = 0; i < points.length / 2; i++) {
      const [dx, dy] = [points[2 * i] - x, points[2 * i + 1] - y];
      const along = way ? dx * way[0] + dy * way[1] : Math.hypot(dx, dy);
      const aside = way ? Math.abs(dx * way[1]) + Math.abs(dy * way[0]) : 0;
      if (way && (along <= 0 || aside > 2 * along)) continue;
      if (along + 2 * aside < least) [best, least] = [i, along + 2 * aside];
    }
    return best;
  }

  /** @param {number} i */
  outline(i) {
    this.pointed.forEach((line) => line.setAttribute("d", this.shape.paths[i]));
    const [px, py] = [this.shape.points[2 * i], this.shape.points[2 * i + 1]];
    const [x, y, w, h] = this.part;
    return px > x && px < x + w && py > y && py < y + h;
  }
}

/** @param {HTMLElement} box @param {Shape} shape @param {Values} values */
function begin(box, shape, values) {
  const figure = /** @type {HTMLElement} */ (box.closest("figure"));
  const told = /** @type {HTMLElement} */ (figure.querySelector(".map-told"));
  const drawing = new Drawing(box, shape, values);
  let pointed = -1;
  /** @param {number} i */
  const address = (i) => (box.dataset.link ?? "").replace("CODE", shape.codes[i]);
  const tell = () => {
    if (pointed < 0) return;
    const name = document.createElement("a");
    name.href = address(pointed);
    name.textContent = shape.names[pointed];
    told.replaceChildren(name, `: ${drawing.values.words[pointed]}`);
  };
  /** @param {number} i */
  const point = (i) => document.dispatchEvent(new CustomEvent("mappoint", { detail: { code: shape.codes[i] } }));
  document.addEventListener("mappoint", (event) => {
    const i = shape.codes.indexOf(/** @type {CustomEvent} */ (event).detail.code);
    if (i < 0) return;
    pointed = i;
    drawing.outline(i);
    tell();
  });
  box.addEventListener("mapyear", async (event) => {
    const wanted = /** @type {CustomEvent} */ (event).detail;
    box.dataset.wanted = String(wanted.year);
    try {
      const next = await load(wanted.address);
      if (box.dataset.wanted !== String(wanted.year)) return; // another was asked for since
      drawing.show(next);
      head(figure, next);
      tell();
      box.dispatchEvent(new CustomEvent("mapshown", { detail: wanted }));
    } catch {
      told.textContent = box.dataset.failed ?? "";
    }
  });
  box.addEventListener("mapahead", (event) => { load(/** @type {CustomEvent} */ (event).detail).catch(() => {}); });
  box.querySelector(":scope > svg")?.replaceWith(drawing.svg);
  box.append(buttons(box, drawing));
  if (box.dataset.region) drawing.region(box.dataset.region);
  box.addEventListener("mapregion", (event) => drawing.region(/** @type {CustomEvent} */ (event).detail));
  told.textContent = told.dataset.hint ?? "";
  const chosen = shape.codes.indexOf(box.dataset.chosen ?? "");
  if (chosen >= 0) {
    pointed = chosen;
    tell();
  }
  byPointer(drawing, point, (i) => location.assign(address(i)));
  byKeys(drawing, () => pointed, point, (i) => location.assign(address(i)));
}

/** Words around the map that belong to its year. @param {HTMLElement} figure @param {Values} values */
function head(figure, values) {
  for (const part of /** @type {const} */ (["title", "subtitle", "finding"])) {
    const place = figure.querySelector(`[data-${part}]`);
    if (place) place.textContent = values[part];
  }
  figure.querySelectorAll(".legend dd").forEach((place, i) => { place.textContent = String(values.counts[i]); });
}

/** @param {HTMLElement} box @param {Drawing} drawing */
function buttons(box, drawing) {
  const row = document.createElement("div");
  row.className = "map-zoom";
  const { zoomIn, zoomOut, zoomAll } = box.dataset;
  /** @type {[string, string | undefined, () => void][]} */
  const all = [
    ["+", zoomIn, () => drawing.zoom(STEP)],
    ["−", zoomOut, () => drawing.zoom(1 / STEP)],
    ["↺", zoomAll, () => drawing.look(drawing.whole)],
  ];
  for (const [sign, name, act] of all) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = name ?? "";
    button.setAttribute("aria-label", name ?? "");
    button.addEventListener("click", act);
    row.append(button);
  }
  return row;
}

/** @param {Drawing} drawing @param {(i: number) => void} point @param {(i: number) => void} open */
function byPointer(drawing, point, open) {
  const { svg } = drawing;
  /** @param {Event} event */
  const unit = (event) => Number(/** @type {Element} */ (event.target).getAttribute("data-i") ?? -1);
  /** @type {number[] | null} */ let held = null;
  let moved = false;
  let touched = -1;
  svg.addEventListener("pointerover", (event) => { if (unit(event) >= 0 && !moved) point(unit(event)); });
  svg.addEventListener("pointerdown", (event) => { held = drawing.place(event); moved = false; });
  svg.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons || !svg.classList.contains("zoomed")) return;
    const [x, y] = drawing.place(event);
    const [left, top, w, h] = drawing.part;
    if (!moved && Math.hypot(x - held[0], y - held[1]) < w / 120) return;
    if (!moved) svg.setPointerCapture(event.pointerId);
    moved = true;
    drawing.look([left + held[0] - x, top + held[1] - y, w, h]);
  });
  svg.addEventListener("pointerup", () => { held = null; });
  svg.addEventListener("click", (event) => {
    const i = unit(event);
    const dragged = moved;
    moved = false;
    if (i < 0 || dragged) return;
    // A finger cannot point before it clicks: its first touch tells, its second opens.
    const first = /** @type {PointerEvent} */ (event).pointerType === "touch" && touched !== i;
    touched = i;
    if (first) point(i);
    else open(i);
  });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    drawing.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, drawing.place(event));
  }, { passive: false });
}

/** @param {Drawing} drawing @param {() => number} current @param {(i: number) => void} point @param {(i: number) => void} open */
function byKeys(drawing, current, point, open) {
  const { points, codes } = drawing.shape;
  /** @param {number} i */
  const go = (i) => {
    if (i < 0) return;
    const [, , w, h] = drawing.part;
    if (!drawing.outline(i)) drawing.look([points[2 * i] - w / 2, points[2 * i + 1] - h / 2, w, h]);
    point(i);
  };
  drawing.svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const i = current();
    const [x, y, w, h] = drawing.part;
    if (ARROWS[event.key]) {
      go(i < 0 ? drawing.nearest([x + w / 2, y + h / 2]) : drawing.nearest([points[2 * i], points[2 * i + 1]], ARROWS[event.key]));
    } else if (event.key === "Home") go(0);
    else if (event.key === "End") go(codes.length - 1);
    else if (event.key === "Enter" && i >= 0) open(i);
    else if (event.key === "+" || event.key === "=") drawing.zoom(STEP, i < 0 ? undefined : [points[2 * i], points[2 * i + 1]]);
    else if (event.key === "-") drawing.zoom(1 / STEP);
    else if (event.key === "0") drawing.look(drawing.whole);
    else return;
    event.preventDefault();
  });
}

/** @param {HTMLElement} box */
async function attach(box) {
  const { map = "", values = "", failed = "" } = box.dataset;
  try {
    const [shape, first] = await Promise.all([load(map), load(values)]);
    begin(box, shape, first);
  } catch {
    const told = box.closest("figure")?.querySelector(".map-told");
    if (told) told.textContent = failed;
  }
}

document.querySelectorAll("[data-map]").forEach((box) => attach(/** @type {HTMLElement} */ (box)));

const region = /** @type {HTMLSelectElement | null} */ (document.querySelector("select[name=obszar]"));
region?.addEventListener("change", () => document.querySelectorAll("[data-map]").forEach((box) =>
  box.dispatchEvent(new CustomEvent("mapregion", { detail: region.value }))));
