import type { Step } from "honnin";
import { type Language, type LoginResult, type PageContext, type ServiceKind } from "../src/index.ts";

export const assets = {
  styles: "/assets/styles.1.css",
  script: "/assets/enhance.1.js",
  icon: "/assets/icon.1.svg",
  sign: "/assets/sign.1.js",
  verify: "/assets/verify.1.js",
  wasm: "/assets/honnin.1.wasm",
  sample: "/assets/sample.1.pdf",
};

export function contextOf(lang: Language, service: ServiceKind = "emulator"): PageContext {
  return { lang, service, assets };
}

export const steps: readonly Step[] = [
  { id: "size", status: "passed", reference: "honnin: maxTokenBytes", detail: "900 bytes of at most 65536" },
  {
    id: "signature",
    status: "passed",
    reference: "OpenID Connect Core 1.0 §3.1.3.7 (6)",
    detail: "made by this key",
  },
  { id: "not-before", status: "skipped", reference: "RFC 7519 §4.1.5", detail: "the token has no nbf" },
];

const everything = ["openid", "name", "address", "birthdate", "gender"];

export function loginOf(changes: Partial<LoginResult> = {}): LoginResult {
  return {
    sub: "a-pairwise-subject",
    issuer: "http://127.0.0.1:8080/api/realms/main",
    requestedScopes: everything,
    grantedScopes: everything,
    user: {
      name: "架空　花子",
      address: { raw: "見本県見本市１－２－３", text: "見本県見本市１－２－３" },
      birthdate: { raw: "19800217", parsed: { year: 1980, month: 2, day: 17 } },
      gender: { raw: "2", parsed: "female" },
    },
    claims: { iss: "http://127.0.0.1:8080/api/realms/main", sub: "a-pairwise-subject" },
    report: { steps },
    ...changes,
  };
}

/** The part of a page about one basic item. */
export function itemOf(page: string, item: string): string {
  const start = page.indexOf(`data-item="${item}"`);
  return page.slice(start, page.indexOf("</div>", start));
}

const voidElements = ["br", "circle", "hr", "img", "input", "link", "meta", "path", "rect"];

/** Throws unless every element of the page is closed in order and its attributes are quoted. */
export function assertWellFormed(page: string): void {
  const open: string[] = [];
  const withoutDoctype = page.replace(/^<!doctype html>/, "");
  for (const [tag, closing, name = "", attributes = ""] of withoutDoctype.matchAll(
    /<(\/?)([a-z][a-z0-9]*)([^<>]*)>/g,
  )) {
    if (closing === "/") {
      if (open.pop() !== name) throw new Error(`${tag} closes nothing`);
    } else {
      if (!/^(\s+[a-zA-Z-]+(="[^"]*")?)*\s*\/?$/.test(attributes))
        throw new Error(`${tag} has odd attributes`);
      if (!voidElements.includes(name)) open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(", ")}`);
  const strayed = withoutDoctype.replace(/<\/?[a-z][a-z0-9]*[^<>]*>/g, "").match(/[<>]/);
  if (strayed !== null) throw new Error("a bracket stands alone");
}
