import { type KeySource, remoteKeys, verifyIdToken } from "honnin";
import { type BoundedResponse, boundedFetch, parseJsonObject } from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import { randomToken } from "../../launch/random.js";
import { isThisMachine } from "../../secure-url.js";
import { readNow } from "../../time.js";
import { asHonninError } from "../errors.js";
import { readAudience } from "../options/option-readers.js";
import type { RelyingPartyOptions } from "../options/options.js";
import { relyingParty } from "../relying-party.js";
import { exchangeCode } from "../service/exchange-code.js";
import { guardedStore } from "../storage/store.js";
import type { Finding, FindingCode } from "./finding.js";

/** In seconds: as of `verifyIdToken`, and more than a response takes. */
const TOLERANCE = 60;
const NOTICEABLE = 5;

/** Limits of each request. */
type Limits = Pick<RelyingPartyOptions, "timeout" | "maxBytes" | "fetch">;

const ok = (code: FindingCode, message: string): Finding => ({ code, level: "ok", message });
const warning = (code: FindingCode, message: string): Finding => ({ code, level: "warning", message });
const error = (code: FindingCode, message: string, of?: HonninError): Finding => ({
  ...{ code, level: "error", message },
  ...(of === undefined ? {} : { error: of.code }),
});

/** Options of {@link diagnose}. */
export interface DiagnoseOptions {
  /** The origin under which the site is open in the browser, to compare with `redirectUri`. Default: not compared. */
  readonly origin?: string | undefined;
}

/**
 * Checks the options of the relying party against their surroundings: the options themselves, the redirect URI, the module that
 * verifies ID tokens, the service's discovery document and keys, the clock, the client's key (a token request with a code that does not exist),
 * and the store. Nobody is logged in. Call it when you set up the site, or deploy it, not for each request.
 *
 * @returns a finding for each check, in this order. Never rejects
 *
 * @example
 * ```ts
 * import type { RelyingPartyOptions } from "honnin/relying-party";
 * import { diagnose } from "honnin/relying-party/diagnose";
 *
 * export async function check(options: RelyingPartyOptions): Promise<boolean> {
 *   const findings = await diagnose(options, { origin: "https://shop.example" });
 *   for (const { level, code, message } of findings) console.log(level, code, message);
 *   return findings.every(({ level }) => level !== "error");
 * }
 * ```
 */
export async function diagnose(
  options: RelyingPartyOptions,
  { origin }: DiagnoseOptions = {},
): Promise<readonly Finding[]> {
  // The other checks need options that are valid.
  try {
    relyingParty(options);
  } catch (thrown) {
    const refused = await asHonninError(thrown);
    return [error("options-refused", refused.message, refused)];
  }
  const { timeout, maxBytes, fetch } = options;
  const limits = { timeout, maxBytes, fetch };
  const [verifier, discovery, keys, client, store] = await Promise.all([
    checkVerifier(),
    checkDiscovery(options, limits),
    checkKeys(options, limits),
    checkClient(options, limits),
    checkStore(options),
  ]);
  return [
    ok("options-valid", "The options are valid."),
    checkRedirectUri(options, origin),
    verifier,
    ...discovery,
    keys,
    client,
    ...store,
  ];
}

function checkRedirectUri(
  { redirectUri, environment }: RelyingPartyOptions,
  origin: string | undefined,
): Finding {
  const uri = new URL(redirectUri);
  if (origin !== undefined && URL.canParse(origin) && new URL(origin).origin !== uri.origin) {
    return error(
      "redirect-uri-elsewhere",
      `The site is open at ${new URL(origin).origin}, but redirectUri leads to ${uri.origin}: cookies of one are not sent to the other, so each ` +
        "login ends with login-host-mismatch. Open the site under the host name of redirectUri, or register and set another redirectUri.",
    );
  }
  if (isThisMachine(uri) && !isThisMachine(new URL(environment.issuer))) {
    return warning(
      "redirect-uri-local",
      `redirectUri leads to this machine (${uri.host}), which phones cannot reach: a login that starts on a phone does not come back.`,
    );
  }
  return ok("redirect-uri-fits", `redirectUri is ${redirectUri}. It must be registered exactly like this.`);
}

/** A token that cannot be valid: the module says so, or it could not be loaded. */
async function checkVerifier(): Promise<Finding> {
  const verified = verifyIdToken("a.b.c", {
    ...{ issuer: "https://honnin.invalid", clientId: "x", nonce: "x", keys: { keys: [] } },
  });
  const refused = await verified.then(
    () => new HonninError("internal-error", "An invalid token was accepted."),
    asHonninError,
  );
  if (["token-malformed", "json-malformed"].includes(refused.code))
    return ok("verifier-ready", "The module that verifies ID tokens is loaded.");
  return error("verifier-missing", refused.message, refused);
}

/** The discovery document, and from the same response the clock. */
async function checkDiscovery(
  { environment, ...options }: RelyingPartyOptions,
  limits: Limits,
): Promise<Finding[]> {
  const url = `${environment.issuer}/.well-known/openid-configuration`;
  let response: BoundedResponse;
  try {
    response = await boundedFetch({ url, name: "The issuer" }, limits);
  } catch (thrown) {
    const failed = await asHonninError(thrown);
    return [
      error(
        "service-unreachable",
        `${failed.message} Check environment, DNS and outgoing connections.`,
        failed,
      ),
      warning("clock-unknown", "The clock was not compared, because the issuer did not respond."),
    ];
  }
  const clock = checkClock(response, options);
  if (response.status !== 200)
    return [
      warning("discovery-missing", `The issuer has no discovery document (status ${response.status}).`),
      clock,
    ];
  const expected = {
    issuer: environment.issuer,
    authorization_endpoint: environment.authorizationEndpoint,
    token_endpoint: environment.tokenEndpoint,
    userinfo_endpoint: environment.userinfoEndpoint,
    jwks_uri: environment.jwksUri,
  };
  let document: Record<string, unknown>;
  try {
    document = parseJsonObject(response.text, "The issuer");
  } catch (thrown) {
    const malformed = await asHonninError(thrown);
    return [error("discovery-differs", malformed.message, malformed), clock];
  }
  const different = Object.entries(expected).filter(([name, value]) => document[name] !== value);
  if (different.length === 0)
    return [
      ok("discovery-matches", `The discovery document of ${environment.issuer} matches environment.`),
      clock,
    ];
  const names = different.map(([name]) => name).join(", ");
  const message =
    `The discovery document of ${environment.issuer} has other values than environment: ${names}. Every login would end with issuer-mismatch or at ` +
    "the wrong endpoint. Use the exact origin that the service uses: localhost and 127.0.0.1 are different.";
  return [error("discovery-differs", message), clock];
}

function checkClock(
  { headers }: BoundedResponse,
  { now, clockTolerance = TOLERANCE }: Pick<RelyingPartyOptions, "now" | "clockTolerance">,
): Finding {
  const theirs = Date.parse(headers.get("date") ?? "") / 1_000;
  if (!Number.isFinite(theirs)) return warning("clock-unknown", "The issuer's response has no Date header.");
  const skew = Math.round(readNow(now) - theirs);
  const message = `This clock is ${Math.abs(skew)} s ${skew < 0 ? "behind" : "ahead of"} the service's.`;
  if (Math.abs(skew) > clockTolerance)
    return error("clock-wrong", `${message} ID tokens and client assertions will be refused: set the clock.`);
  if (Math.abs(skew) > NOTICEABLE) return warning("clock-wrong", `${message} Set the clock.`);
  return ok("clock-right", message);
}

async function checkKeys(options: RelyingPartyOptions, limits: Limits): Promise<Finding> {
  const { keys, environment, idTokenAlgorithms = ["ES256"] } = options;
  let set: { keys?: unknown };
  try {
    const given = keys ?? remoteKeys(environment.jwksUri, limits);
    const read = isSource(given) ? await given.get() : given;
    set = (typeof read === "string" ? JSON.parse(read) : read) as { keys?: unknown };
  } catch (thrown) {
    const failed = await asHonninError(thrown);
    return error("keys-unusable", `${failed.message} Check environment.jwksUri.`, failed);
  }
  const list: unknown[] = Array.isArray(set.keys) ? set.keys : [];
  const usable = list.filter((key) => idTokenAlgorithms.some((algorithm) => suits(key, algorithm)));
  const names = idTokenAlgorithms.join(", ");
  if (usable.length === 0)
    return error("keys-unusable", `The JWK Set has no key for ${names}: every ID token would be refused.`);
  return ok("keys-usable", `The JWK Set has ${usable.length} of ${list.length} keys for ${names}.`);
}

function isSource(keys: NonNullable<RelyingPartyOptions["keys"]>): keys is KeySource {
  return typeof keys === "object" && "get" in keys;
}

function suits(key: unknown, algorithm: string): boolean {
  const { kty, crv, use, alg } = (key ?? {}) as Record<string, unknown>;
  if ((use !== undefined && use !== "sig") || (alg !== undefined && alg !== algorithm)) return false;
  if (!algorithm.startsWith("ES")) return kty === "RSA";
  return kty === "EC" && crv === { ES256: "P-256", ES384: "P-384" }[algorithm];
}

/** The token endpoint authenticates the client first (RFC 6749 §5.2), and then finds that the code does not exist. */
async function checkClient(options: RelyingPartyOptions, limits: Limits): Promise<Finding> {
  const { environment, clientId, clientKey, clientKeyAlgorithm, clientKeyId, redirectUri, now } = options;
  let refused: HonninError;
  try {
    await exchangeCode({
      ...{ environment, clientId, clientKey, clientKeyAlgorithm, clientKeyId, redirectUri, now, ...limits },
      clientAssertionAudience: readAudience(options.clientAssertionAudience, environment),
      code: randomToken(),
      codeVerifier: randomToken(),
    });
    return warning("client-unknown", "The token endpoint accepted a code that does not exist.");
  } catch (thrown) {
    refused = await asHonninError(thrown);
  }
  if (refused.code === "authorization-code-spent")
    return ok("client-accepted", "The service accepts the client and its key.");
  if (refused.code === "token-request-refused")
    return error(
      "client-refused",
      `${refused.message} Compare clientId, the public key (kid, algorithm) and clientAssertionAudience with the registration, and the clock.`,
      refused,
    );
  if (refused.code === "client-key-invalid" || refused.code === "client-signer-failed")
    return error("client-refused", refused.message, refused);
  return { ...warning("client-unknown", refused.message), error: refused.code };
}

/** Writes a value that expires by itself, reads and deletes it. */
async function checkStore({ store, timeout = 5 }: RelyingPartyOptions): Promise<Finding[]> {
  if (store === undefined) return [];
  const guarded = guardedStore(store, timeout);
  const key = `diagnosis:${randomToken()}`;
  try {
    const created = await guarded.create(key, "1", TOLERANCE);
    const again = await guarded.create(key, "2", TOLERANCE);
    const value = await guarded.get(key);
    await guarded.delete(key);
    if (created && !again && value === "1" && ((await guarded.get(key)) ?? undefined) === undefined)
      return [ok("store-works", "The store keeps and deletes a value.")];
    return [
      error("store-fails", "The store does not keep what is written: test it with honnin/store-conformance."),
    ];
  } catch (thrown) {
    const failed = await asHonninError(thrown);
    return [error("store-fails", failed.message, failed)];
  }
}
