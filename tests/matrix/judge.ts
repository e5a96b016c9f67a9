// What the six things have to give.
import assert from "node:assert/strict";
import { environments, qrSvg } from "honnin/launch";
import type { Extent } from "./environment.ts";

interface Outcome {
  readonly error?: string;
  readonly accepted?: string;
  readonly refused?: string;
  readonly certificate?: string;
  readonly qr?: string;
  readonly authorization?: string;
  readonly element?: string | null;
  readonly login?: {
    readonly status?: number;
    readonly location?: string | null;
    readonly cookies?: readonly string[];
  };
}

/** @throws AssertionError for the first thing that is not as it should be */
export function judge(outcome: unknown, extent: Extent): void {
  const { error, login, ...things } = Object(outcome) as Outcome;
  assert.equal(error, undefined);
  const verified = extent !== "no WebAssembly";
  assert.equal(things.accepted, verified ? "5f2d6a4c" : undefined);
  assert.equal(things.refused, verified ? "signature-mismatch" : "webassembly-unavailable");
  assert.equal(things.certificate, verified ? "jpki-sign-test" : undefined);
  isRequest(things.authorization);
  assert.equal(things.qr, qrSvg(things.authorization, { label: "QR" }));
  if (extent === "page" || extent === "no WebAssembly") assert.equal(things.element, "/auth/login?lang=ja");
  if (extent !== "server") return;
  assert.ok(login?.status === 303 || login?.status === 302, `the login route answered ${login?.status}`);
  isRequest(login.location);
  assert.equal(login.cookies?.length, 1);
  assert.match(login.cookies[0] ?? "", /^__Host-honnin-login-[^=]+=[^;]{100,};.*HttpOnly/i);
}

function isRequest(url: string | null | undefined): asserts url is string {
  assert.ok(url);
  const { origin, pathname, searchParams } = new URL(url);
  assert.equal(origin + pathname, environments.sandbox.authorizationEndpoint);
  assert.equal(searchParams.get("client_id"), "shop");
  assert.equal(searchParams.get("code_challenge_method"), "S256");
}
