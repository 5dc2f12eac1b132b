// Every table of numbers is searched and sorted in place; without this script it is a plain table.
"use strict";
for (const part of document.querySelectorAll(".all-numbers")) {
  const table = part.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const texts = rows.map((row) => fold(row.textContent));
  const form = part.querySelector(".find");
  const [input, told] = [form.querySelector("input"), form.querySelector("output")];
  form.hidden = false;
  input.addEventListener("input", () => narrow(fold(input.value).split(/\s+/)));
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head, at));
  });
  narrow([]);

  /** @param {string[]} words all of which a row has */
  function narrow(words) {
    let seen = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      seen += Number(!row.hidden);
    });
    told.textContent = form.dataset.shown.replace("{n}", seen).replace("{all}", rows.length);
  }

  /** Rows without a number stand last in both directions. */
  function sort(head, at) {
    const up = head.ariaSort !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.ariaSort = up ? "ascending" : "descending";
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const keyed = rows.map((row) => {
      const cell = row.cells[at];
      return { row, number: cell.dataset.value, text: cell.textContent };
    });
    const numbers = keyed.some((one) => one.number !== undefined);
    keyed.sort((a, b) => {
      if (numbers && (a.number === undefined || b.number === undefined)) {
        return Number(a.number === undefined) - Number(b.number === undefined);
      }
      const by = numbers ? Number(a.number) - Number(b.number) : order.compare(a.text, b.text);
      return up ? by : -by;
    });
    body.append(...keyed.map((one) => one.row));
  }
}

/** Letters without their signs: „zolc” finds „żółć”. */
function fold(text) {
  return text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
}
