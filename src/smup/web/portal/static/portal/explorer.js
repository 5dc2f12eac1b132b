// @ts-check
// Comfort of the explorer: a list of years shows its result at once, a short link is copied. Without
// this module buttons and the address bar do the same.

document.addEventListener("change", (event) => {
  const control = event.target;
  if (control instanceof HTMLSelectElement && control.id === "lata") control.form?.requestSubmit();
});

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
  if (!(button instanceof HTMLButtonElement)) return;
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy ?? ""));
  field.select();
  await navigator.clipboard.writeText(field.value);
  button.textContent = button.dataset.copied ?? "";
});

/** Buttons that need the clipboard appear where there is one. @param {ParentNode} part */
function offerCopying(part) {
  if (!navigator.clipboard) return;
  for (const button of part.querySelectorAll("[data-copy]")) button.removeAttribute("hidden");
}

offerCopying(document);
document.addEventListener("htmx:load", () => offerCopying(document));

// A link that removed itself leaves the focus nowhere: it goes on from the result.
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement === document.body) document.getElementById("wynik")?.focus();
});

// An answer that refuses has the same part with the reason in words; another page is gone to.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (detail.xhr.status < 400) return;
  if (detail.serverResponse.includes(`id="${detail.target.id}"`)) detail.shouldSwap = true;
  else location.assign(detail.pathInfo.finalRequestPath);
});
