import type { HandoffView } from "../handoff/handoff.js";
import { readNumber } from "../handoff/number.js";
import type { Texts } from "../texts/index.js";
import { h, setText } from "./dom.js";
import { type Deeds, otherWays, panel, type Screen, sentences, titleOf } from "./screen.js";

/** What is wrong with the number; empty if nothing is. */
export function problemText(t: Texts, { problem, triesLeft }: HandoffView): string {
  if (problem === undefined) return "";
  return problem === "wrong" ? t.wrong(triesLeft) : t[problem];
}

/** The field for the number that the phone shows. */
export function numberScreen(t: Texts, deeds: Deeds): Screen {
  const time = h("p", { part: "time", role: "timer" });
  const problem = h("p", { part: "problem", id: "problem", hidden: true });
  const field = h("input", {
    part: "number",
    id: "number",
    type: "text",
    inputmode: "numeric",
    autocomplete: "one-time-code",
    enterkeyhint: "next",
    autocapitalize: "off",
    spellcheck: "false",
    // No pattern and no maxlength: they would cut or refuse what is pasted with spaces.
    "aria-describedby": "problem hint",
  });
  const send = h("button", { part: "button", type: "submit" }, t.next);
  const form = h(
    "form",
    { novalidate: true },
    h("label", { part: "label", for: "number" }, t.numberLabel),
    problem,
    h("div", { class: "row" }, field, send),
    h("p", { part: "hint", id: "hint" }, t.numberHint),
  );
  const tidy = () => {
    const read = readNumber(field.value);
    if (read !== field.value) field.value = read;
  };
  // While an input method composes, its text is not ours to change.
  field.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) tidy();
  });
  field.addEventListener("compositionend", tidy);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    deeds.sendNumber(field.value);
  });
  let last: HandoffView["problem"];
  return {
    root: panel(
      titleOf(t.scanned.title),
      h("p", { part: "text" }, t.scanned.text),
      form,
      time,
      otherWays(t, deeds),
    ),
    focus: field,
    isUrgent: true,
    said: sentences(t.scanned),
    time,
    update: (view) => {
      const text = problemText(t, view);
      setText(problem, text);
      problem.hidden = text === "";
      setText(send, view.isSending === true ? t.sending : t.next);
      if (view.isSending === true) send.setAttribute("aria-disabled", "true");
      else send.removeAttribute("aria-disabled");
      const isWrong = view.problem === "wrong" || view.problem === "malformed";
      field.setAttribute("aria-invalid", String(isWrong));
      if (view.problem !== undefined && last === undefined) {
        if (view.problem === "wrong") field.value = "";
        field.focus();
      }
      last = view.problem;
    },
  };
}
