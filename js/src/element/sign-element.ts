import { BaseElement } from "./base-element.js";
import type { Texts } from "./texts/index.js";
import type { HonninSign } from "./types.js";
import { h } from "./view/dom.js";
import { signView } from "./view/sign.js";

/** The fields of the signing route, by attribute. */
const fieldNames: Readonly<Record<string, string>> = {
  document: "document",
  digest: "digest",
  "document-name": "name",
  "document-type": "type",
  "document-size": "size",
  "return-to": "return_to",
};

/** The class of `<honnin-sign>`. */
export class SignElement extends BaseElement implements HonninSign {
  static readonly observedAttributes: readonly string[] = [
    ...["action", "lang", "launch"],
    ...Object.keys(fieldNames),
  ];

  declare document: string;
  declare digest: string;
  declare documentName: string;
  declare documentType: string;
  declare documentSize: string;
  #drawn = "";

  protected ordinaryAction(): string {
    return "/auth/sign";
  }

  protected override released(): void {
    this.#drawn = "";
  }

  protected render(t: Texts): void {
    const isPhone = this.chooseLaunch("redirect") === "link";
    const isInApp = this.warnInApp(isPhone);
    const drawn = `${this.language} ${this.action} ${isPhone} ${isInApp}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const send = (form: HTMLFormElement, event: Event) => {
      const fields = this.#fields();
      if (fields.has("document") || fields.has("digest")) {
        form.querySelectorAll("input").forEach((input) => {
          input.remove();
        });
        for (const [name, value] of fields) form.append(h("input", { type: "hidden", name, value }));
        return true;
      }
      event.preventDefault();
      this.announce(t.documentMissing);
      this.reportError("document-invalid");
      return false;
    };
    this.place.replaceChildren(signView(t, { action: this.action, isPhone, isInApp, send }));
  }

  /** Those of the form in the element's content, then those of the attributes. */
  #fields(): Map<string, string> {
    const fields = new Map<string, string>();
    const form = this.querySelector("form");
    for (const [name, value] of form === null ? [] : new FormData(form))
      if (typeof value === "string") fields.set(name, value);
    for (const [attribute, name] of Object.entries(fieldNames)) {
      const value = this.getAttribute(attribute);
      if (value !== null && value !== "") fields.set(name, value);
    }
    return fields.set("lang", this.language);
  }
}
