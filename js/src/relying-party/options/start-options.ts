import { asciiLowerCase } from "../../protocol-text.js";
import { invalid, readWhole, refuseUnknown } from "../option-checks.js";
import type { ClientOf, MayStart, SigningOptions } from "../signing-hooks.js";

/** Who may start signatures, and how many. */
export interface StartRules {
  readonly mayStart: MayStart | "anyone";
  readonly sameSubject: boolean;
  readonly clientOf: ClientOf | undefined;
  readonly limits: { readonly perClient: number; readonly anonymous: number };
}

/** @throws HonninError `options-invalid` */
export function readStartOptions({
  mayStart,
  sameSubject,
  clientOf,
  limits = {},
}: SigningOptions): StartRules {
  if (mayStart !== "anyone" && typeof mayStart !== "function") {
    throw invalid("signing.mayStart", 'be a function that decides who may start a signature, or "anyone"');
  }
  if (sameSubject !== undefined && typeof sameSubject !== "boolean") {
    throw invalid("signing.sameSubject", "be true or false");
  }
  if (sameSubject === true && mayStart === "anyone") {
    throw invalid(
      "signing.sameSubject",
      'not be true if mayStart is "anyone": without a login there is no user to compare the signer with',
    );
  }
  if (typeof limits !== "object" || limits === null) throw invalid("signing.limits", "be an object");
  refuseUnknown(limits, { perClient: true, anonymous: true }, "signing.limits.");
  const read = (name: "perClient" | "anonymous") =>
    readWhole(`signing.limits.${name}`, limits[name], [1, 1_000_000]);
  return {
    mayStart,
    sameSubject: sameSubject === true,
    clientOf: readClientOf(clientOf),
    limits: { perClient: read("perClient") ?? 20, anonymous: read("anonymous") ?? 1_000 },
  };
}

function readClientOf(clientOf: ClientOf | undefined): ClientOf | undefined {
  if (clientOf === undefined || typeof clientOf === "function") return clientOf;
  if (typeof clientOf !== "object" || clientOf === null) {
    throw invalid("signing.clientOf", "be a function, or an object that names the header set by your proxy");
  }
  refuseUnknown(clientOf, { header: true, proxies: true }, "signing.clientOf.");
  const { header, proxies } = clientOf;
  if (typeof header !== "string" || !/^[0-9A-Za-z-]{1,64}$/.test(header)) {
    throw invalid("signing.clientOf.header", "be the name of a header");
  }
  // The elements of Forwarded are pairs (RFC 7239 §4), not addresses, so every client would be unidentified.
  if (asciiLowerCase(header) === "forwarded") {
    throw invalid(
      "signing.clientOf.header",
      "be a header that contains only addresses. For Forwarded, give a function that parses it",
    );
  }
  return { header, proxies: readWhole("signing.clientOf.proxies", proxies, [1, 16]) ?? 1 };
}
