/**
 * `honnin/element`: the elements `<honnin-login>` and `<honnin-sign>`. The import defines them; where there are no elements, as on a
 * server, it does nothing. No framework, no WebAssembly; the encoder of QR codes is loaded when a computer needs one.
 *
 * @packageDocumentation
 */
export type { Launch } from "../launch/choose-launch.js";
export type {
  HandoffState,
  HonninElement,
  HonninElementAttributes,
  HonninElementEventMap,
  HonninElements,
  HonninErrorDetail,
  HonninLogin,
  HonninLoginAttributes,
  HonninSign,
  HonninSignAttributes,
  HonninState,
  HonninStateDetail,
} from "./types.js";

import { type ElementClass, reflectAttributes } from "./base-element.js";
import { LoginElement } from "./login-element.js";
import { SignElement } from "./sign-element.js";
import type { HonninElementEventMap, HonninLogin, HonninSign } from "./types.js";

declare global {
  interface HTMLElementTagNameMap {
    "honnin-login": HonninLogin;
    "honnin-sign": HonninSign;
  }
  interface HTMLElementEventMap extends HonninElementEventMap {}
  interface DocumentEventMap extends HonninElementEventMap {}
}

function define(name: string, element: ElementClass): void {
  // A page may load the module twice, for example in two versions.
  if (customElements.get(name)) return;
  reflectAttributes(element);
  customElements.define(name, element);
}

if (typeof customElements !== "undefined") {
  define("honnin-login", LoginElement);
  define("honnin-sign", SignElement);
}
