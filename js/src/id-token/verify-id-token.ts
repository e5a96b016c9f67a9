import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import { type Now, readNow } from "../time.js";
import {
  errorOf,
  type IdTokenVerifier,
  type Refusal,
  readAnswer,
  startIdTokenVerifier,
} from "../verifier/ask.js";
import { members, plainData, toJson } from "../verifier/options.js";
import type { JwkSet, KeySource } from "./key-source.js";

/** The supported signature algorithms (RFC 7518 §3.1). */
export type Algorithm = "ES256" | "ES384" | "RS256" | "PS256";

/** Options of {@link verifyIdToken}. Unknown members are refused (`options-invalid`). */
export interface VerifyIdTokenOptions {
  /** The expected `iss`. It must match exactly; no trailing slash. */
  readonly issuer: string;
  /** The client ID, which `aud` must contain. */
  readonly clientId: string;
  /** The nonce of the authorization request. `null`: the request had no nonce, and the step is `skipped`. */
  readonly nonce: string | null;
  /** `remoteKeys(…)`, a JWK Set, or its JSON text. */
  readonly keys: KeySource | JwkSet | string;
  /** If set, `at_hash` must be present and match. */
  readonly accessToken?: string | undefined;
  /** The allowed algorithms. Default `["ES256"]`, which the service uses. */
  readonly algorithms?: readonly Algorithm[] | undefined;
  /** Whole seconds by which clocks may differ. Default 60, at most 600. */
  readonly clockTolerance?: number | undefined;
  /** The maximum age of `auth_time` in whole seconds, as requested with `max_age`. Default: not checked. */
  readonly maxAge?: number | undefined;
  /** The maximum age of `iat` in whole seconds. Default: not checked. */
  readonly maxTokenAge?: number | undefined;
  /** The accepted values of `acr`, at least one. Default: not checked. */
  readonly acrValues?: readonly string[] | undefined;
  /** Audiences that `aud` may contain in addition to `clientId`. Default: none. */
  readonly trustedAudiences?: readonly string[] | undefined;
  /** The maximum size of the token in bytes. Default 65,536, at most 1,048,576. */
  readonly maxTokenBytes?: number | undefined;
  /** The current time: a `Date`, Unix time in seconds, or a function that returns one of these and is called once. Default: the clock of this machine. */
  readonly now?: Now | undefined;
}

/** The JOSE header of a verified token. */
export interface JwsHeader {
  readonly alg: Algorithm;
  readonly kid?: string;
  readonly typ?: string;
  readonly [member: string]: unknown;
}

/** The claims of a verified ID token (OpenID Connect Core 1.0 §2). */
export interface IdTokenClaims {
  readonly iss: string;
  /** Pairwise: the same for one relying party after a card renewal; different for other relying parties and in the sandbox. */
  readonly sub: string;
  readonly aud: string | readonly string[];
  /** Unix time in seconds. */
  readonly exp: number;
  /** Unix time in seconds. */
  readonly iat: number;
  readonly nonce?: string;
  readonly at_hash?: string;
  readonly azp?: string;
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** Unix time in seconds. */
  readonly auth_time?: number;
  readonly [claim: string]: unknown;
}

/** A verified token, and the steps of the verification. */
export interface VerifiedIdToken {
  readonly header: JwsHeader;
  readonly claims: IdTokenClaims;
  /**
   * Made when it is first read: the verification runs again with the same input. If that is not possible, for example for lack of
   * memory, reading it throws `internal-error`.
   */
  readonly report: Report;
}

/** A positive result in the form that the verifier writes. */
interface Acceptance {
  readonly ok: true;
  readonly header: JwsHeader;
  readonly claims: IdTokenClaims;
  /** Missing if the verification was brief. */
  readonly report?: Report;
}

type Answer = Acceptance | Refusal;
type Verdict = (Acceptance & { readonly readReport: () => Report }) | Refusal;

/** More bytes than the verifier accepts for any value. */
const most = 1_048_576;

/**
 * Verifies an ID token: form, signature and claims (OpenID Connect Core 1.0 §3.1.3.7, RFC 7515, RFC 7519).
 *
 * If `keys` is a {@link KeySource} and none of its keys has the token's `kid`, its `refresh` is called once.
 *
 * @throws HonninError with the report up to the failed step: the codes of the verifier, the codes for loading the
 *   module (`webassembly-unavailable`, `wasm-unreachable`, `internal-error`) and the codes of the key source
 *   (`keys-unreachable`, `endpoint-timeout`, `response-too-large`, `response-malformed`)
 *
 * @example
 * ```ts
 * import { remoteKeys, verifyIdToken } from "honnin";
 * import { environments } from "honnin/launch";
 *
 * const { issuer, jwksUri } = environments.sandbox;
 * const keys = remoteKeys(jwksUri);
 *
 * export async function subjectOf(idToken: string, nonce: string): Promise<string> {
 *   const { claims } = await verifyIdToken(idToken, { issuer, clientId: "shop", nonce, keys });
 *   return claims.sub;
 * }
 * ```
 */
export async function verifyIdToken(
  idToken: string,
  options: VerifyIdTokenOptions,
): Promise<VerifiedIdToken> {
  const { keys, text, isEs256 } = readOptions(options);
  if (typeof idToken !== "string") throw new HonninError("token-malformed", "The ID token is not a string.");
  const source = isKeySource(keys) ? keys : undefined;
  // At the same time. A failure of the keys comes first.
  const coming = source === undefined ? keySetText(keys as JwkSet | string) : fromSource(() => source.get());
  const loaded = startIdTokenVerifier(isEs256);
  const known = typeof coming === "string" ? coming : await coming;
  const verifier = await loaded();
  const verify = (keySet: string): Promise<Verdict> =>
    judge(verifier, [cut(idToken), cut(keySet), cut(text)]);
  const verdict = await verify(known);
  if (verdict.ok || source === undefined || verdict.code !== "key-not-found") return unwrap(verdict);
  const newer = await newerKeys(source, verdict);
  return unwrap(newer === known ? verdict : await verify(newer));
}

/** Verifies the token, the JWK Set and the options, and again with a report when somebody reads it. */
async function judge(verifier: IdTokenVerifier, values: readonly string[]): Promise<Verdict> {
  const answer: Answer = readAnswer(await verifier.verify(values));
  return answer.ok ? { ...answer, readReport: () => reportOf(verifier, values) } : answer;
}

function reportOf(verifier: IdTokenVerifier, values: readonly string[]): Report {
  let cause: unknown;
  try {
    const { ok, report }: Answer = readAnswer(verifier.report(values));
    if (ok && report !== undefined) return report;
  } catch (thrown) {
    cause = thrown;
  }
  const message =
    "The report could not be made, for example for lack of memory. The ID token itself is valid.";
  throw new HonninError("internal-error", message, { cause });
}

function unwrap(verdict: Verdict): VerifiedIdToken {
  if (!verdict.ok) throw errorOf(verdict);
  const { header, claims } = verdict;
  // It has all input of the verification, with the access token: it is let go of.
  let readReport: (() => Report) | undefined = verdict.readReport;
  let report: Report | undefined;
  return {
    header,
    claims,
    get report() {
      report ??= readReport?.() as Report;
      readReport = undefined;
      return report;
    },
  };
}

/**
 * Cuts an input that is too large. It is still too large, so the verifier refuses it with a report, but it does not grow the memory
 * of the module, which never shrinks.
 */
function cut(text: string): string {
  return text.length > most ? text.slice(0, most + 1) : text;
}

/** The JWK Set to try next. If there is none, the first refusal remains the error. */
async function newerKeys(keys: KeySource, answer: Refusal): Promise<string> {
  try {
    const newer = await keys.refresh();
    if (newer !== undefined && typeof newer !== "string") throw notText();
    // Too early to fetch again, but another caller may have fetched a newer JWK Set in the meantime.
    return newer ?? (await fromSource(() => keys.get()));
  } catch (cause) {
    const why = cause instanceof HonninError ? cause.code : "the key source failed";
    const message = `${answer.message}; a newer JWK Set could not be fetched (${why})`;
    throw errorOf({ ...answer, message }, cause);
  }
}

async function fromSource(get: () => Promise<string>): Promise<string> {
  let text: unknown;
  try {
    text = await get();
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
    throw new HonninError("keys-unreachable", "The key source failed.", { cause });
  }
  if (typeof text !== "string") throw notText();
  return text;
}

function notText(): HonninError {
  return new HonninError("key-set-malformed", "The key source did not return the JSON text of a JWK Set.");
}

function isKeySource(keys: unknown): keys is KeySource {
  const source = keys as Partial<KeySource> | null;
  return (
    typeof source === "object" && typeof source?.get === "function" && typeof source.refresh === "function"
  );
}

function keySetText(keys: JwkSet | string): string {
  if (typeof keys === "string") return keys;
  if (typeof keys !== "object" || keys === null || !Array.isArray(keys.keys)) {
    throw new HonninError(
      "options-invalid",
      "keys must be a key source, a JWK Set, or the JSON text of a JWK Set.",
    );
  }
  return toJson(plainData({ keys: keys.keys }));
}

/** The options in the form that the verifier reads. The verifier checks them. */
function readOptions(options: VerifyIdTokenOptions): {
  keys: VerifyIdTokenOptions["keys"];
  text: string;
  isEs256: boolean;
} {
  const { keys, now, ...found } = members(options, "The options argument of verifyIdToken");
  // As plain data: an object with toJSON could write "null" instead of a nonce.
  const plain = plainData(found);
  plain.now = Math.floor(readNow(now));
  // What is not a list of algorithms is refused by either module.
  const { algorithms = ["ES256"] } = plain;
  const isEs256 = !Array.isArray(algorithms) || algorithms.every((one) => one === "ES256");
  return { keys: keys as VerifyIdTokenOptions["keys"], text: toJson(plain), isEs256 };
}
