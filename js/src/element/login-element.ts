import { loginUrl, readScopes } from "./attributes.js";
import { BaseElement } from "./base-element.js";
import { Handoff, type HandoffView } from "./handoff/handoff.js";
import { browserPlatform } from "./handoff/platform.js";
import type { Texts } from "./texts/index.js";
import type { HonninLogin, HonninState } from "./types.js";
import { HandoffPanel } from "./view/handoff-panel.js";
import { startView } from "./view/start.js";

/** The class of `<honnin-login>`. */
export class LoginElement extends BaseElement implements HonninLogin {
  static readonly observedAttributes: readonly string[] = [
    "action",
    "return-to",
    "scopes",
    "handoff",
    "lang",
    "launch",
    "autostart",
  ];

  /** The element of this page to which the tab's handoff belongs. */
  static #owner: LoginElement | undefined;

  declare scopes: string;
  declare handoff: string;
  #handoff: Handoff | undefined;
  /** The path of the handoff's routes. */
  #base = "";
  #view: HandoffView = { state: "idle" };
  #panel: HandoffPanel | undefined;
  /** What the view before the start was drawn for: it keeps the focus if nothing changed. */
  #drawn = "";
  /** The user's correction of the guess. */
  #isByPhone = false;

  get state(): HonninState {
    return this.#view.state;
  }

  get autostart(): boolean {
    return this.hasAttribute("autostart");
  }

  set autostart(value: boolean) {
    this.toggleAttribute("autostart", Boolean(value));
  }

  start(): void {
    const handoff = this.#newHandoff();
    if (handoff === undefined) return;
    this.#handoff?.stop();
    this.#handoff = handoff;
    LoginElement.#owner = this;
    void handoff.start();
  }

  /** Whether this tab has a handoff of before its page was loaded again. */
  #resume(): boolean {
    const handoff = LoginElement.#owner === undefined ? this.#newHandoff() : undefined;
    if (handoff === undefined) return false;
    this.#handoff = handoff;
    if (!handoff.resume()) {
      this.#handoff = undefined;
      return false;
    }
    LoginElement.#owner = this;
    return true;
  }

  #newHandoff(): Handoff | undefined {
    const base = this.pathOf("handoff");
    if (base === undefined) return undefined;
    this.#base = base;
    return new Handoff(
      {
        base,
        lang: this.language,
        returnTo: this.returnTo === "" ? undefined : this.returnTo,
        scopes: this.scopes === "" ? undefined : readScopes(this.scopes),
      },
      browserPlatform(),
      (view) => this.#change(view),
      (code) => this.reportError(code),
    );
  }

  cancel(): void {
    void this.#handoff?.cancel();
  }

  protected ordinaryAction(): string {
    return "/auth/login";
  }

  protected override released(): void {
    this.#handoff?.stop();
    this.#handoff = undefined;
    this.#view = { state: "idle" };
    this.#dropPanel();
    if (LoginElement.#owner === this) LoginElement.#owner = undefined;
  }

  #dropPanel(): void {
    this.#panel?.leave();
    this.#panel = undefined;
    this.#drawn = "";
  }

  protected render(t: Texts): void {
    const hasHandoff = this.pathOf("handoff") !== undefined;
    const guess = this.chooseLaunch(hasHandoff ? "qr" : "redirect");
    const isQr = hasHandoff && (guess === "qr" || this.#isByPhone);
    const isInApp = this.warnInApp(guess === "link" && this.#view.state === "idle" && !this.#isByPhone);
    if (this.#view.state === "idle" && this.#handoff === undefined) {
      if (this.#resume()) return;
      if (isQr && this.autostart) {
        // A page that is rendered in advance may never be seen, and its code would end that of another tab.
        if (!(document as { readonly prerendering?: boolean }).prerendering) {
          this.start();
          return;
        }
        document.addEventListener("prerenderingchange", () => this.requestRender());
      }
    }
    const url = loginUrl(this.action, {
      returnTo: this.returnTo,
      scopes: this.scopes,
      lang: this.language,
    });
    if (this.#view.state !== "idle") {
      this.#showPanel(t, url);
      return;
    }
    const isPhone = guess === "link";
    const drawn = `${url} ${guess} ${hasHandoff} ${isInApp}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const byPhone = () => {
      this.#isByPhone = true;
      this.start();
    };
    this.place.replaceChildren(
      startView(t, {
        url,
        isPhone,
        isInApp,
        ...(isQr ? { start: () => this.start() } : {}),
        ...(hasHandoff && !isQr ? { byPhone } : {}),
      }),
    );
  }

  #showPanel(t: Texts, hereUrl: string): void {
    this.#drawn = "";
    this.#panel ??= new HandoffPanel(this.place, (text) => this.announce(text));
    this.#panel.show(t, this.#view, {
      hereUrl,
      // Of the handoff that was started: the attribute may have changed since.
      claimUrl: `${this.#base}/claim?lang=${this.language}`,
      start: () => this.start(),
      cancel: () => this.cancel(),
      sendNumber: (text) => void this.#handoff?.sendNumber(text),
    });
  }

  #change(view: HandoffView): void {
    const isNews = view.state !== this.#view.state;
    this.#view = view;
    if (view.state === "idle") {
      this.#handoff = undefined;
      this.#dropPanel();
    }
    this.render(this.texts);
    if (isNews) this.reportState(view.state);
  }
}
