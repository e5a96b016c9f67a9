import type { Texts } from "../texts/index.js";
import { h } from "./dom.js";
import { cardIcon } from "./icons.js";
import { button } from "./screen.js";

/** What the first view offers. */
export interface Start {
  /** The login route. */
  readonly url: string;
  readonly isPhone: boolean;
  /** In an app's own browser the warning comes first, and this is the way on all the same. */
  readonly isInApp: boolean;
  /** Requests the QR code; without it, the button is a link to the login route. */
  readonly start?: () => void;
  /** 「スマートフォンで読み取る」 on a device that was taken for a phone. */
  readonly byPhone?: () => void;
}

/** The button before anything has happened. App links open the app on a tap only, so on a phone it is a real link. */
export function startView(t: Texts, { url, isPhone, isInApp, start, byPhone }: Start): HTMLElement {
  const main =
    start === undefined
      ? h("a", { part: isInApp ? "secondary" : "button", href: url }, ...(isInApp ? [t.stay] : face(t)))
      : h("button", { part: "button", type: "button" }, ...face(t));
  if (start !== undefined) main.addEventListener("click", start);
  const others = [
    ...(start === undefined ? [] : [h("a", { part: "link", href: url }, t.here)]),
    ...(byPhone === undefined ? [] : [button(t.byPhone, "link", byPhone)]),
  ];
  return h(
    "div",
    { part: "screen", class: "outside" },
    main,
    ...(isPhone && !isInApp ? [h("p", { part: "hint" }, t.privateWindow)] : []),
    ...(others.length === 0 ? [] : [h("div", { part: "actions" }, ...others)]),
  );
}

const face = (t: Texts) => [cardIcon(), h("span", {}, t.login)];
