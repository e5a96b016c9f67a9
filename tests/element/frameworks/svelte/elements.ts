import type { HonninElements } from "honnin/element";
import type { HTMLAttributes, SvelteHTMLElements } from "svelte/elements";

type Props<Name extends keyof HonninElements> = HTMLAttributes<HTMLElement> & HonninElements[Name];

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "honnin-login": Props<"honnin-login">;
    "honnin-sign": Props<"honnin-sign">;
  }
}

// What the checker of Svelte compares the attributes of Page.svelte with.
export const login: SvelteHTMLElements["honnin-login"] = {
  lang: "en",
  class: "login",
  "return-to": "/account",
  handoff: "/auth/handoff",
  autostart: true,
  "onhonnin-state": ({ detail }) => detail.state,
};
// @ts-expect-error: no such launch
export const sign: SvelteHTMLElements["honnin-sign"] = { launch: "app" };
