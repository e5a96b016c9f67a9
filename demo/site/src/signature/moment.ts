import { type Html, html } from "../html.ts";
import { isoTime, japanTime } from "../japan-time.ts";
import type { Texts } from "../texts/index.ts";

/** A moment, readable by people and programs. */
export function moment(t: Texts, seconds: number): Html {
  const time = japanTime(seconds);
  return html`<time datetime="${isoTime(seconds)}">${t.dateTime(time)}</time>`;
}
