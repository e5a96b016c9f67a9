import { chooseLaunch, type Launch } from "../launch/choose-launch.js";
import { detectInAppBrowser, type InAppBrowser } from "../launch/detect-in-app-browser.js";
import { isSitePath } from "./attributes.js";
import { type Language, languageAt } from "./language.js";
import { type Texts, texts } from "./texts/index.js";
import type { HonninErrorDetail, HonninState, HonninStateDetail } from "./types.js";
import { h } from "./view/dom.js";
import { sheetOf, styleSheet } from "./view/styles.js";

/** Where pages are rendered on a server there are no elements: a class that nobody creates makes the import possible. */
const Base: typeof HTMLElement =
  typeof HTMLElement === "undefined" ? (class {} as typeof HTMLElement) : HTMLElement;

/** What `<honnin-login>` and `<honnin-sign>` share: language, device, the warning in an app's own browser, the live region. */
export abstract class BaseElement extends Base {
  declare returnTo: string;
  declare launch: Launch | "";
  readonly #frame: HTMLElement;
  readonly #notice: HTMLElement;
  readonly #live: HTMLElement;
  /** Where the subclass draws. */
  protected readonly place: HTMLElement;
  #noticeFor = "";
  #isRequested = false;
  #observer: MutationObserver | undefined;

  constructor() {
    super();
    // First: a browser without constructed style sheets throws here, and goes on showing the content of the element.
    const sheet = styleSheet();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.#notice = h("div", { class: "advice" });
    this.place = h("div");
    this.#live = h("p", { class: "live", role: "status", "aria-live": "polite" });
    this.#frame = h("div", { class: "frame" }, this.#notice, this.place, this.#live);
    root.append(this.#frame);
  }

  connectedCallback(): void {
    this.#adoptProperties();
    // The language of a page may change without a reload.
    this.#observer = new MutationObserver(() => this.requestRender());
    this.#observer.observe(document.documentElement, { attributeFilter: ["lang"], subtree: true });
    this.#renderAll();
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    // An element that is only moved is connected again at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.released();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if ((name === "action" || name === "handoff") && after !== null && !isSitePath(after))
      this.reportError("options-invalid");
    this.requestRender();
  }

  override focus(options?: FocusOptions): void {
    this.place.querySelector<HTMLElement>("input, a, button")?.focus(options);
  }

  /** The path of the login or signing route. */
  get action(): string {
    return this.pathOf("action") ?? this.ordinaryAction();
  }

  set action(value: string) {
    reflect(this, "action", value);
  }

  protected abstract ordinaryAction(): string;
  /** Draws into `place`. Called again after every change. */
  protected abstract render(t: Texts): void;
  /** The element left the page. */
  protected released(): void {}

  protected get language(): Language {
    return languageAt(this);
  }

  protected get texts(): Texts {
    return texts[this.language];
  }

  protected pathOf(name: string): string | undefined {
    const value = this.getAttribute(name);
    return value !== null && isSitePath(value) ? value : undefined;
  }

  protected chooseLaunch(onComputer: "redirect" | "qr"): Launch {
    // An empty one is ignored, as any other that is none.
    return chooseLaunch({ onComputer, override: this.launch as Launch });
  }

  /** Several changes at a time are one. */
  protected requestRender(): void {
    if (this.#isRequested) return;
    this.#isRequested = true;
    queueMicrotask(() => {
      this.#isRequested = false;
      if (this.isConnected) this.#renderAll();
    });
  }

  #renderAll(): void {
    this.#frame.lang = this.language;
    this.render(this.texts);
  }

  /** Shows the warning where it applies. @returns whether it does */
  protected warnInApp(applies: boolean): boolean {
    const app = applies ? detectInAppBrowser(navigator.userAgent) : undefined;
    const shown = app === undefined ? "" : `${app} ${this.language} ${location.href}`;
    if (shown !== this.#noticeFor) {
      this.#noticeFor = shown;
      if (app === undefined) this.#notice.replaceChildren();
      else void this.#fillNotice(app, shown);
    }
    return app !== undefined;
  }

  async #fillNotice(app: InAppBrowser, shown: string): Promise<void> {
    try {
      // Loaded here, because few visitors need it.
      const { inAppNotice, inAppStyle } = await import("./view/in-app.js");
      const notice = inAppNotice(this.language, app, (text) => this.announce(text));
      if (shown !== this.#noticeFor) return;
      const tree = this.#frame.getRootNode() as ShadowRoot;
      tree.adoptedStyleSheets = [styleSheet(), sheetOf(inAppStyle)];
      this.#notice.replaceChildren(notice);
    } catch {
      // Advice only: the button works without it.
    }
  }

  /** Also the same text again, such as that of the same mistake: a screen reader reads it again. */
  protected announce(text: string): void {
    this.#live.textContent = text;
  }

  protected reportState(state: HonninState): void {
    this.#emit("honnin-state", { state });
  }

  protected reportError(code: string): void {
    this.#emit("honnin-error", { code });
  }

  #emit(name: string, detail: HonninStateDetail | HonninErrorDetail): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Properties that were set before the element was defined hide the accessors of the class. */
  #adoptProperties(): void {
    for (const name of (this.constructor as ElementClass).observedAttributes.map(propertyOf)) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}

/** A class of an element. */
export interface ElementClass extends CustomElementConstructor {
  readonly observedAttributes: readonly string[];
}

function propertyOf(attribute: string): string {
  // biome-ignore lint/plugin: the attributes are written in this folder
  return attribute.replace(/-./g, (part) => part.slice(1).toUpperCase());
}

/** Gives the class a property of text for each attribute that has none: `lang` is the platform's, and others are written out. */
export function reflectAttributes({ observedAttributes, prototype }: ElementClass): void {
  for (const attribute of observedAttributes) {
    const name = propertyOf(attribute);
    if (name in prototype) continue;
    Object.defineProperty(prototype, name, {
      get(this: HTMLElement) {
        return this.getAttribute(attribute) ?? "";
      },
      set(this: HTMLElement, value: unknown) {
        reflect(this, attribute, value);
      },
    });
  }
}

/** Frameworks set `undefined` or `null` for a property that is no longer there. */
function reflect(element: HTMLElement, attribute: string, value: unknown): void {
  if (value === null || value === undefined || value === "") element.removeAttribute(attribute);
  else element.setAttribute(attribute, value as string);
}
