// What the pages gain with a script. Everything here works without it.
import { chooseLaunch } from "honnin/launch";
import { wireToggles } from "./client/toggle-checks.ts";

/** The server guesses by the user agent alone; here pointer and display are known, too. */
function openSuitableWay(): void {
  const device = chooseLaunch() === "link" ? "phone" : "computer";
  for (const way of document.querySelectorAll<HTMLDetailsElement>("details[data-device]")) {
    way.open = way.dataset.device === device;
  }
}

/** One tap is one login or signature: a second one would begin another and waste the first. */
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
  // Back from the service's page, the browser may show this one as it was left.
  window.addEventListener("pageshow", () => {
    restore?.();
    restore = undefined;
  });
}

openSuitableWay();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-guard]")) guard(form);
wireToggles(document);
