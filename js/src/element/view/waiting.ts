import type { HandoffView } from "../handoff/handoff.js";
import type { Texts } from "../texts/index.js";
import { h } from "./dom.js";
import { drawQr } from "./qr.js";
import { type Deeds, otherWays, panel, type Screen, sentences, titleOf } from "./screen.js";

/** The QR code with the time left, and what comes next. */
export function waitingScreen(t: Texts, deeds: Deeds, { url = "" }: HandoffView): Screen {
  const title = titleOf(t.waiting.title);
  const time = h("p", { part: "time", role: "timer" });
  const place = h("div", { class: "blank" });
  const root = panel(
    title,
    h("p", { part: "text" }, t.waiting.text),
    h("div", { class: "code" }, place, time),
    h("ol", { part: "steps" }, ...t.steps.map((step) => h("li", {}, step))),
    otherWays(t, deeds),
  );
  return {
    root,
    focus: title,
    said: sentences(t.waiting),
    time,
    shown: () => {
      drawQr(url, t.qr).then(
        (code) => place.replaceWith(code),
        // The encoder could not be loaded, for example because not all files of a new version are there.
        () => place.replaceWith(h("p", { part: "problem" }, t.notStarted.title)),
      );
    },
  };
}
