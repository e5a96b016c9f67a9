import type { HandoffView } from "../handoff/handoff.js";
import type { Texts } from "../texts/index.js";
import type { ScreenText } from "../texts/texts.js";
import { h } from "./dom.js";

/** One screen of the element. It stays while its parts change. */
export interface Screen {
  readonly root: HTMLElement;
  /** Where the focus goes if the screen before had it. */
  readonly focus: HTMLElement;
  /** Takes the focus although the screen before did not have it, because the user must type. */
  readonly isUrgent?: boolean;
  /** What a screen reader says when the screen appears; empty for nothing. */
  readonly said: string;
  /** Where the time left is shown. */
  readonly time?: HTMLElement;
  update?(view: HandoffView): void;
  /** Called once, when the screen is on the page. */
  shown?(): void;
}

/** What the user can do. */
export interface Deeds {
  readonly start: () => void;
  readonly cancel: () => void;
  readonly sendNumber: (text: string) => void;
  /** 「この端末で続ける」 as a link. */
  readonly hereUrl: string;
  readonly claimUrl: string;
}

export function sentences({ title, text }: ScreenText): string {
  return `${title}${/[。.]$/.test(title) ? "" : /[^ -~]/.test(title) ? "。" : ". "}${text}`;
}

/** A title that can have the focus, without a place in the order of the Tab key. */
export function titleOf(text: string): HTMLElement {
  return h("p", { part: "title", tabindex: "-1" }, text);
}

export function button(label: string, part: string, pressed: () => void): HTMLButtonElement {
  const made = h("button", { part, type: "button" }, label);
  made.addEventListener("click", pressed);
  return made;
}

/** The frame of a screen: a group that its title names. */
export function panel(title: HTMLElement, ...children: readonly (Node | string)[]): HTMLElement {
  title.id = "title";
  return h("div", { part: "screen panel", role: "group", "aria-labelledby": "title" }, title, ...children);
}

/** 「中止」 and the correction of a wrong guess of the device. */
export function otherWays(t: Texts, { cancel, hereUrl }: Deeds): HTMLElement {
  return h(
    "div",
    { part: "actions" },
    button(t.cancel, "link", cancel),
    h("a", { part: "link", href: hereUrl }, t.here),
  );
}
