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
    this.reflect("action", value);
  }

  /** The path of your site to return to; empty for the handler's own. */
  get returnTo(): string {
    return this.getAttribute("return-to") ?? "";
  }

  set returnTo(value: string) {
    this.reflect("return-to", value);
  }

  /** Takes precedence over the guess of the device: `link`, `redirect` or `qr`. */
  get launch(): Launch | "" {
    return (this.getAttribute("launch") as Launch | null) ?? "";
  }

  set launch(value: Launch | "") {
    this.reflect("launch", value);
  }

  protected abstract ordinaryAction(): string;
  /** Draws into `place`. Called again after every change. */
  protected abstract render(t: Texts): void;
  /** The names of the properties that reflect attributes. */
  protected abstract properties(): readonly string[];
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

  /** Frameworks set `undefined` or `null` for a property that is no longer there. */
  protected reflect(name: string, value: string | number | null | undefined): void {
    if (value === null || value === undefined || value === "") this.removeAttribute(name);
    else this.setAttribute(name, String(value));
  }

  protected chooseLaunch(onComputer: "redirect" | "qr"): Launch {
    const override = this.launch;
    return chooseLaunch({ onComputer, ...(override === "" ? {} : { override }) });
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

  /** What is said again, such as the same mistake, must change the text: otherwise, it is not heard. */
  protected announce(text: string): void {
    this.#live.textContent = this.#live.textContent === text ? `${text}\u00a0` : text;
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
    for (const name of this.properties()) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}
