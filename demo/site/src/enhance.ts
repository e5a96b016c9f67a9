// What the pages gain with a script. Everything works without it.
import { chooseLaunch } from "honnin/launch";

/** The server guesses by the user agent alone; here pointer and display are known, too. */
function openSuitableWay(): void {
  const device = chooseLaunch() === "link" ? "phone" : "computer";
  for (const way of document.querySelectorAll<HTMLDetailsElement>("details[data-device]")) {
    way.open = way.dataset.device === device;
  }
}

/** One tap is one login: a second one would begin another and waste the first. */
function guardLogin(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[data-busy]");
  const label = button?.querySelector("span");
  if (!button || !label) return;
  const text = label.textContent;
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    label.textContent = button.dataset.busy ?? text;
  });
  // Back from the service's page, the browser may show this one as it was left.
  window.addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    label.textContent = text;
  });
}

function wireToggle(button: HTMLButtonElement): void {
  const checks = button.closest("section")?.querySelectorAll<HTMLDetailsElement>(".check details") ?? [];
  const expand = button.textContent ?? "";
  const collapse = button.dataset.collapse ?? expand;
  let open = false;
  button.hidden = false;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    open = !open;
    for (const check of checks) check.open = open;
    button.textContent = open ? collapse : expand;
    button.setAttribute("aria-expanded", String(open));
  });
}

openSuitableWay();
for (const form of document.querySelectorAll<HTMLFormElement>("form.login")) guardLogin(form);
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-toggle-checks]"))
  wireToggle(button);
