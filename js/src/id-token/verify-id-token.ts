import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import { type Now, readNow } from "../time.js";
import { askVerifier, errorOf, type Refusal } from "../verifier/call.js";
import { members, plainData, toJson } from "../verifier/options.js";
import type { JwkSet, KeySource } from "./key-source.js";

/** Signature algorithms of RFC 7518 §3.1 that are verified. */
export type Algorithm = "ES256" | "ES384" | "RS256" | "PS256";

/** What an ID token is held to. Members that are not listed here are refused (`options-invalid`). */
export interface VerifyIdTokenOptions {
  /** Exactly the `iss` expected; no trailing slash. */
  readonly issuer: string;
  /** Must be in `aud`. */
  readonly clientId: string;
  /** As sent in the authorization request. `null` says outright that none was sent: the step is `skipped`. */
  readonly nonce: string | null;
  /** `remoteKeys(…)`, a JWK Set, or its text. */
  readonly keys: KeySource | JwkSet | string;
  /** When given, `at_hash` must be there and agree. */
  readonly accessToken?: string | undefined;
  /** Default `["ES256"]`, which is what the service uses. */
  readonly algorithms?: readonly Algorithm[] | undefined;
  /** Whole seconds by which clocks may differ. Default 60, at most 600. */
  readonly clockTolerance?: number | undefined;
  /** Whole seconds since `auth_time`, as asked for by `max_age`. Default: not checked. */
  readonly maxAge?: number | undefined;
  /** Whole seconds since `iat`. Default: not checked. */
  readonly maxTokenAge?: number | undefined;
  /** `acr` must be one of these, of which there is at least one. Default: not checked. */
  readonly acrValues?: readonly string[] | undefined;
  /** Audiences besides `clientId` that may stand in `aud`. Default none. */
  readonly trustedAudiences?: readonly string[] | undefined;
  /** Default 65,536, at most 1,048,576. */
  readonly maxTokenBytes?: number | undefined;
  /** A `Date`, seconds since 1970, or a function that is called once. Default: the clock of this machine. */
  readonly now?: Now | undefined;
}

/** The JOSE header of a token that was verified. */
export interface JwsHeader {
  readonly alg: Algorithm;
  readonly kid?: string;
  readonly typ?: string;
  readonly [member: string]: unknown;
}

/** The claims of an ID token that was verified (OpenID Connect Core 1.0 §2). */
export interface IdTokenClaims {
  readonly iss: string;
  /** Pairwise: stable for one relying party over card renewals, different for another and in the sandbox. */
  readonly sub: string;
  readonly aud: string | readonly string[];
  /** Seconds since 1970. */
  readonly exp: number;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly nonce?: string;
  readonly at_hash?: string;
  readonly azp?: string;
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** Seconds since 1970. */
  readonly auth_time?: number;
  readonly [claim: string]: unknown;
}

/** A token that passed, and the steps that were made. */
export interface VerifiedIdToken {
  readonly header: JwsHeader;
  readonly claims: IdTokenClaims;
  readonly report: Report;
}

type Accepted = { readonly ok: true } & VerifiedIdToken;
type Answer = Accepted | Refusal;

/** More than the verifier takes of anything, in bytes. */
const most = 1_048_576;

/**
 * Verifies an ID token: form, signature and claims (OpenID Connect Core 1.0 §3.1.3.7, RFC 7515, RFC 7519).
 *
 * When `keys` is a {@link KeySource} and none of its keys has the token's `kid`, it is asked once for newer ones.
 *
 * @throws HonninError with the report up to the step that failed: the codes of the verifier, those of loading the
 *   module (`webassembly-unavailable`, `wasm-unreachable`, `internal-error`) and those of the key source
 *   (`keys-unreachable`, `endpoint-timeout`, `response-too-large`, `response-malformed`)
 */
export async function verifyIdToken(
  idToken: string,
  options: VerifyIdTokenOptions,
): Promise<VerifiedIdToken> {
  const { keys, text } = readOptions(options);
  if (typeof idToken !== "string") throw new HonninError("token-malformed", "The ID token is not a text.");
  if (!isKeySource(keys)) return unwrap(await verifyOnce(idToken, keySetText(keys), text));

  const known = await fromSource(() => keys.get());
  const answer = await verifyOnce(idToken, known, text);
  if (answer.ok || answer.code !== "key-not-found") return unwrap(answer);
  const newer = await newerKeys(keys, answer);
  return unwrap(newer === known ? answer : await verifyOnce(idToken, newer, text));
}

async function verifyOnce(idToken: string, keySet: string, options: string): Promise<Answer> {
  const texts = [cut(idToken), cut(keySet), cut(options)] as const;
  return askVerifier<Accepted>((verifier) => verifier.verify_id_token(...texts));
}

/**
 * What is too large stays too large, for the verifier to refuse with its report, yet does not grow the module's memory,
 * which never shrinks.
 */
function cut(text: string): string {
  return text.length > most ? text.slice(0, most + 1) : text;
}

function unwrap(answer: Answer): VerifiedIdToken {
  if (!answer.ok) throw errorOf(answer);
  const { header, claims, report } = answer;
  return { header, claims, report };
}

/** The set to try next; the refusal itself stays the error when there is none to be had. */
async function newerKeys(keys: KeySource, answer: Refusal): Promise<string> {
  try {
    const newer = await keys.refresh();
    if (newer !== undefined && typeof newer !== "string") throw notText();
    // Too early to ask again, yet another caller may have brought a newer set meanwhile.
    return newer ?? (await fromSource(() => keys.get()));
  } catch (cause) {
    const why = cause instanceof HonninError ? cause.code : "the key source failed";
    const message = `${answer.message} A newer key set could not be had (${why}).`;
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
  return new HonninError("key-set-malformed", "The key source did not give the text of a JWK Set.");
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
      "keys must be a key source, a JWK Set, or the text of a JWK Set.",
    );
  }
  return toJson(plainData({ keys: keys.keys }));
}

/** The options as the verifier reads them; whether they make sense is decided there. */
function readOptions(options: VerifyIdTokenOptions): { keys: VerifyIdTokenOptions["keys"]; text: string } {
  const { keys, now, ...found } = members(options, "The options of verifyIdToken");
  // As plain data: what writes itself as JSON could say "null" where a nonce was meant.
  const plain = plainData(found);
  plain.now = readNow(now);
  return { keys: keys as VerifyIdTokenOptions["keys"], text: toJson(plain) };
}
