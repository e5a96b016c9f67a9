import type { Texts } from "../texts/index.js";
import { h, setText } from "./dom.js";
import { cardIcon } from "./icons.js";

/** What the form needs. */
export interface Sign {
  readonly action: string;
  readonly isPhone: boolean;
  readonly isInApp: boolean;
  /** Fills the form. @returns whether it may go */
  readonly send: (form: HTMLFormElement, event: Event) => boolean;
}

/** A start costs two requests to the service, so a second press is no second signature. */
const holdOff = 3_000;

/** The form of the signing route: a real submission, because the browser has to go to the service. */
export function signView(t: Texts, { action, isPhone, isInApp, send }: Sign): HTMLElement {
  const label = h("span", {}, t.sign);
  const button = h("button", { part: "button", type: "submit" }, cardIcon(), label);
  const problem = h("p", { part: "problem", hidden: true });
  const form = h("form", { method: "post", action }, problem, button);
  let sentAt = 0;
  form.addEventListener("submit", (event) => {
    if (Date.now() - sentAt < holdOff) {
      event.preventDefault();
      return;
    }
    const isSent = send(form, event);
    problem.hidden = isSent;
    setText(problem, isSent ? "" : t.documentMissing);
    if (!isSent) return;
    sentAt = Date.now();
    setText(label, t.leaving);
    setTimeout(() => setText(label, isInApp ? t.stay : t.sign), holdOff);
  });
  if (isInApp) {
    button.setAttribute("part", "secondary");
    button.replaceChildren(label);
    setText(label, t.stay);
  }
  return h(
    "div",
    { part: "screen", class: "outside" },
    form,
    ...(isPhone && !isInApp ? [h("p", { part: "hint" }, t.privateWindow)] : []),
  );
}
