import type { HandoffView } from "../handoff/handoff.js";
import type { Texts } from "../texts/index.js";
import type { End, ScreenText } from "../texts/texts.js";
import { h } from "./dom.js";
import { button, type Deeds, panel, type Screen, sentences, titleOf } from "./screen.js";

const spinner = () => h("span", { class: "spinner", "aria-hidden": "true" });

/** While the QR code is requested, or after a reload, until the server has said what became of the handoff. */
export function startingScreen(t: Texts, deeds: Deeds, { isLooking }: HandoffView): Screen {
  const said = isLooking === true ? t.looking : t.starting;
  const title = titleOf(said);
  const rest = isLooking === true ? onlyCancel(t, deeds) : h("div", { class: "blank" });
  return { root: panel(title, rest), focus: title, said };
}

const onlyCancel = (t: Texts, { cancel }: Deeds) =>
  h("div", { part: "actions" }, button(t.cancel, "link", cancel));

/** While the user goes on with the phone. */
export function phoneScreen(t: Texts, deeds: Deeds, { state }: HandoffView): Screen {
  const text = state === "numbered" ? t.numbered : t.authorizing;
  const title = titleOf(text.title);
  const time = h("p", { part: "time", role: "timer" });
  return {
    root: panel(
      title,
      h("p", { part: "text", class: "working" }, spinner(), h("span", {}, text.text)),
      time,
      onlyCancel(t, deeds),
    ),
    focus: title,
    said: sentences(text),
    time,
  };
}

/** Long enough to hear that the page goes on, and short enough not to wait. */
const pause = 1_000;
const holdOff = 3_000;

/** The form that turns the handoff into a login of this browser. It goes on by itself, and by its button. */
export function doneScreen(t: Texts, { claimUrl }: Deeds): Screen {
  const send = h("button", { part: "button", type: "submit" }, t.goOn);
  const form = h("form", { method: "post", action: claimUrl }, send);
  let sentAt = 0;
  // A second press is no second submission; a later one is, because the first may have failed on its way.
  form.addEventListener("submit", (event) => {
    if (Date.now() - sentAt < holdOff) event.preventDefault();
    else sentAt = Date.now();
  });
  return {
    root: panel(titleOf(t.done.title), h("p", { part: "text" }, t.done.text), form),
    focus: send,
    said: t.done.title,
    shown: () => {
      setTimeout(() => {
        if (form.isConnected && sentAt === 0) form.requestSubmit();
      }, pause);
    },
  };
}

function endText(t: Texts, state: End, { code, trouble }: HandoffView): ScreenText {
  if (code === "handoff-tries-exhausted") return { title: t.ends.refused.title, text: t.triesExhausted };
  return state === "failed" && trouble !== undefined ? t.notStarted : t.ends[state];
}

/** A handoff that has ended, and how to begin another. */
export function endScreen(t: Texts, deeds: Deeds, state: End, view: HandoffView): Screen {
  const text = endText(t, state, view);
  const title = titleOf(text.title);
  const restart = button(state === "lapsed" ? t.renew : t.again, "button", deeds.start);
  const { code } = view;
  const isExplained =
    state === "lapsed" || state === "cancelled" || code === undefined || code === "handoff-tries-exhausted";
  return {
    root: panel(
      title,
      h("p", { part: "text" }, text.text),
      ...(isExplained ? [] : [h("p", { part: "text" }, t.contact), h("p", { part: "code" }, t.code(code))]),
      h("div", { part: "actions" }, restart, h("a", { part: "link", href: deeds.hereUrl }, t.here)),
    ),
    focus: restart,
    said: sentences(text),
  };
}
