// @ts-check
// The year slider of a map: moves, plays, keeps the address. The map itself is drawn by map.js.

const PAUSE = 1000; // milliseconds a year is shown while playing

/** @param {HTMLElement} slider */
function attach(slider) {
  const box = /** @type {HTMLElement} */ (document.getElementById(slider.dataset.of ?? ""));
  const range = /** @type {HTMLInputElement} */ (slider.querySelector("input"));
  const play = /** @type {HTMLButtonElement} */ (slider.querySelector("button"));
  const shown = /** @type {HTMLOutputElement} */ (slider.querySelector("output"));
  const below = document.querySelector("[data-other-year]");
  const years = (slider.dataset.years ?? "").split(" ").map(Number);
  const own = Number(range.value);
  let year = own;
  let timer = 0;

  /** @param {number} wanted */
  const valuesOf = (wanted) => {
    const address = new URL(box.dataset.values ?? "", location.href);
    address.searchParams.set("rok", String(wanted));
    return address.pathname + address.search;
  };
  /** @param {number} wanted */
  const go = (wanted) => {
    year = years.reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best));
    box.dispatchEvent(new CustomEvent("mapyear", { detail: { year, address: valuesOf(year) } }));
  };
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    play.setAttribute("aria-pressed", "false");
    play.textContent = play.dataset.play ?? "";
  };
  const next = () => years[years.indexOf(year) + 1];

  /** Has the years beside the one shown fetched before they are asked for. */
  const ahead = () => {
    for (const near of [next(), years[years.indexOf(year) - 1]]) {
      if (near) box.dispatchEvent(new CustomEvent("mapahead", { detail: valuesOf(near) }));
    }
  };

  slider.addEventListener("pointerenter", ahead);
  slider.addEventListener("focusin", ahead);
  range.addEventListener("input", () => { stop(); go(Number(range.value)); });
  play.addEventListener("click", () => {
    if (timer) return stop();
    play.setAttribute("aria-pressed", "true");
    play.textContent = play.dataset.pause ?? "";
    timer = setTimeout(() => go(next() ?? years[0]), 0);
  });
  box.addEventListener("mapshown", (event) => {
    const now = /** @type {CustomEvent} */ (event).detail.year;
    range.value = shown.value = String(now);
    const address = new URL(location.href);
    address.searchParams.set("rok", String(now));
    history.replaceState(null, "", address);
    below?.toggleAttribute("hidden", now === own);
    below?.querySelector("a")?.setAttribute("href", address.pathname + address.search);
    ahead();
    const after = next();
    if (timer && after) timer = setTimeout(() => go(after), PAUSE);
    else if (timer) stop();
  });

  slider.hidden = false;
  play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
}

document.querySelectorAll("[data-years]").forEach((slider) => attach(/** @type {HTMLElement} */ (slider)));
