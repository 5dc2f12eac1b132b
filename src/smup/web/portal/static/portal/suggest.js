// @ts-check
// Suggestions under search fields: a listbox by the ARIA combobox pattern. Without this module the
// form still works.

const PAUSE = 90; // ms between the last key and the question

/** @typedef {{kind: string, kind_name: string, name: string, value?: string, note: string,
 *   href: string}} Suggestion */

/** A piece of text in an element of its own, where there is any.
 * @param {string} tag @param {string | undefined} text */
function piece(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text ?? "";
  return text ? [made] : [];
}

/** @param {HTMLFormElement} form @param {number} index */
function attach(form, index) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${index}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  list.hidden = true;
  const told = document.createElement("div"); // how many there are, for screen readers
  told.className = "unseen";
  told.setAttribute("role", "status");
  form.append(list, told);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id],
    ["aria-autocomplete", "list"],
  ]) input.setAttribute(name, value);

  /** @type {Suggestion[]} */ let shown = [];
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    told.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  /** @param {number} next */
  const choose = (next) => {
    chosen = next;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === next)));
    if (next < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[next].id);
    list.children[next].scrollIntoView({ block: "nearest" });
  };

  /** @param {Suggestion} one @param {number} i */
  const option = (one, i) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${i}`;
    item.className = one.kind;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(one.name, ...piece("b", one.value),
      ...piece("span", [one.kind_name, one.note].filter(Boolean).join(" · ")));
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      location.assign(one.href);
    });
    return item;
  };

  /** @param {Suggestion[]} found */
  const show = (found) => {
    shown = found;
    list.replaceChildren(...found.map(option));
    chosen = -1;
    list.hidden = found.length === 0;
    told.textContent = (form.dataset.count ?? "").replace("{n}", String(found.length));
    input.setAttribute("aria-expanded", String(found.length > 0));
  };

  const ask = async () => {
    const words = input.value.trim();
    const turn = ++asked;
    if (words.length < 2) return close();
    const address = new URL(form.dataset.suggest ?? "", location.href);
    address.searchParams.set("q", words);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || turn !== asked || document.activeElement !== input) return;
    show((await answer.json()).suggestions);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = shown.length;
      choose(chosen < 0 ? (step > 0 ? 0 : count - 1) : (chosen + step + count) % count);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(shown[chosen].href);
    }
  });
}

let attached = 0;

/** Fields of the page, and those that a swap of a part brings. */
function prepare() {
  document.querySelectorAll("form[data-suggest]:not([data-ready])").forEach((form) => {
    form.setAttribute("data-ready", "");
    attach(/** @type {HTMLFormElement} */ (form), attached++);
  });
}

prepare();
document.addEventListener("htmx:load", prepare);
