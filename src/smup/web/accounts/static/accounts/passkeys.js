// @ts-check
// Says in words when a passkey could not be used; without support for passkeys hides what needs it.

const trouble = document.getElementById("klucz-nie-dziala");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (trouble) trouble.hidden = false;
});

if (!window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) {
    if (part instanceof HTMLElement) part.hidden = true;
  }
}
