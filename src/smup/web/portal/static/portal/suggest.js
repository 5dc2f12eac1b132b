// @ts-check
// Suggestions under search fields: a listbox by the ARIA combobox pattern. Without this module the
// form still works.

const PAUSE = 90; // ms between the last key and the question

/** @typedef {{name: string, note: string, href: string}} Suggestion */

/** @param {HTMLFormElement} form @param {number} index */
function attach(form, index) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${index}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  list.hidden = true;
  form.append(list);
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

  /** @param {Suggestion[]} found */
  const show = (found) => {
    shown = found;
    list.replaceChildren(...found.map((one, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = one.name;
      if (one.note) {
        const note = document.createElement("span");
        note.textContent = one.note;
        item.append(note);
      }
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        location.assign(one.href);
      });
      return item;
    }));
    chosen = -1;
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
  };

  const ask = async () => {
    const words = input.value.trim();
    const turn = ++asked;
    if (words.length < 2) return close();
    const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`);
    if (!answer.ok || turn !== asked || document.activeElement !== input) return;
    show((await answer.json()).suggestions);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
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

document.querySelectorAll("form[data-suggest]").forEach((form, index) => {
  attach(/** @type {HTMLFormElement} */ (form), index);
});
