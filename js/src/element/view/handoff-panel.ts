import type { HandoffView } from "../handoff/handoff.js";
import type { Texts } from "../texts/index.js";
import { h, setText } from "./dom.js";
import { numberScreen, problemText } from "./number.js";
import { doneScreen, endScreen, phoneScreen, startingScreen } from "./other-screens.js";
import type { Deeds, Screen } from "./screen.js";
import { waitingScreen } from "./waiting.js";

/** Shows the handoff: one screen at a time, the troubles, the time left; says once what is new. */
export class HandoffPanel {
  readonly #place: HTMLElement;
  readonly #say: (text: string) => void;
  readonly #trouble = h("p", { part: "trouble", hidden: true });
  #screen: Screen | undefined;
  #shown = "";
  #view: HandoffView = { state: "idle" };
  #texts: Texts | undefined;
  #tick: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement, say: (text: string) => void) {
    this.#place = place;
    this.#say = say;
  }

  show(t: Texts, view: HandoffView, deeds: Deeds): void {
    const before = this.#view;
    this.#view = view;
    this.#texts = t;
    const { state, url, code } = view;
    const shown = [state, state === "waiting" ? url : code, t.next, deeds.hereUrl].join(" ");
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#swap(screenFor(t, view, deeds));
    }
    this.#screen?.update?.(view);
    this.#showTrouble(t, view, before);
    const problem = problemText(t, view);
    if (problem !== "" && view.problem !== before.problem) this.#say(problem);
    this.#showTime();
  }

  leave(): void {
    clearTimeout(this.#tick);
  }

  #swap(next: Screen): void {
    const tree = this.#place.getRootNode() as ShadowRoot;
    const hadFocus = tree.activeElement !== null && this.#place.contains(tree.activeElement);
    this.#screen = next;
    const frame = h("div", { part: "screen" }, next.root, this.#trouble);
    this.#place.replaceChildren(frame);
    next.shown?.();
    if (hadFocus || (next.isUrgent === true && !isTyping())) {
      next.focus.focus();
      // The focus shows a title, and the code or a button under it may be below the window.
      frame.scrollIntoView({ block: "nearest" });
    }
    this.#say(next.said);
  }

  #showTrouble(t: Texts, { trouble, state }: HandoffView, before: HandoffView): void {
    // A handoff that could not start says so by itself.
    const text = trouble === undefined || state === "failed" ? "" : t.trouble[trouble];
    setText(this.#trouble, text);
    this.#trouble.hidden = text === "";
    if (state !== before.state || trouble === before.trouble) return;
    this.#say(text === "" ? t.trouble.over : text);
  }

  /** Not part of the live region: nobody wants to hear every second. */
  #showTime(): void {
    clearTimeout(this.#tick);
    const time = this.#screen?.time;
    const { deadline } = this.#view;
    if (time === undefined || deadline === undefined || this.#texts === undefined) return;
    const left = Math.max(0, deadline - Date.now());
    const seconds = Math.ceil(left / 1_000);
    setText(time, this.#texts.left(Math.floor(seconds / 60), seconds % 60));
    if (seconds > 0) this.#tick = setTimeout(() => this.#showTime(), left % 1_000 || 1_000);
  }
}

function screenFor(t: Texts, view: HandoffView, deeds: Deeds): Screen {
  switch (view.state) {
    case "idle":
    case "starting":
      return startingScreen(t, deeds, view);
    case "waiting":
      return waitingScreen(t, deeds, view);
    case "scanned":
      return numberScreen(t, deeds);
    case "numbered":
    case "authorizing":
      return phoneScreen(t, deeds, view);
    case "done":
      return doneScreen(t, deeds);
    default:
      return endScreen(t, deeds, view.state, view);
  }
}

/** Whether the user is typing somewhere else on the page. */
function isTyping(): boolean {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return (
    active instanceof HTMLElement &&
    (active.isContentEditable || active.matches("input, textarea, select")) &&
    active.getAttribute("part") !== "number"
  );
}
