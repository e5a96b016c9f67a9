// Improvements of the pages with a script. The pages work without it.
import { chooseLaunch } from "honnin/launch";
import { wireToggles } from "./client/toggle-checks.ts";

/** The server knows only the user agent. The browser also knows pointer and display. */
function openSuitableWay(): void {
  const device = chooseLaunch() === "link" ? "phone" : "computer";
  for (const way of document.querySelectorAll<HTMLDetailsElement>("details[data-device]")) {
    way.open = way.dataset.device === device;
  }
  for (const part of document.querySelectorAll<HTMLElement>("[data-only]"))
    part.hidden = part.dataset.only !== device;
}

/** One tap starts one login or signature: a second tap would start another one. */
function guard(form: HTMLFormElement): void {
  let restore: (() => void) | undefined;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    const label = button?.querySelector("span");
    if (event.defaultPrevented || !button || !label) return;
    if (restore !== undefined || button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    const text = label.textContent;
    button.setAttribute("aria-disabled", "true");
    button.dataset.busyNow = "";
    label.textContent = button.dataset.busy ?? text;
    restore = () => {
      button.removeAttribute("aria-disabled");
      delete button.dataset.busyNow;
      label.textContent = text;
    };
  });
  // On return from the service's page, the browser may restore this page unchanged.
  window.addEventListener("pageshow", () => {
    restore?.();
    restore = undefined;
  });
}

openSuitableWay();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-guard]")) guard(form);
wireToggles(document);
