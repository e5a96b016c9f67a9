import type { Algorithm, JwkSet, KeySource, VerifiedIdToken } from "honnin";
import { verifyIdToken } from "#id-token";
import { problem } from "../problem.js";

/** The rules that every ID token must meet. */
export interface IdTokenRules {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: KeySource | JwkSet | string;
  readonly algorithms: readonly Algorithm[] | undefined;
  readonly clockTolerance: number | undefined;
  readonly requiredAcrValues: readonly string[] | "not-checked" | undefined;
  readonly allowEmulator: boolean;
  /** Unix time in whole seconds. */
  now(): number;
}

/** The rules for one ID token, in addition to {@link IdTokenRules}. */
export interface TokenExpectation {
  /** `null` for the token of a refresh response (OpenID Connect Core 1.0 §12.2). */
  readonly nonce: string | null;
  readonly accessToken?: string;
}

/** Verifies an ID token of the service, and checks that it does not come from an emulator. */
export async function verifyToken(
  { requiredAcrValues, allowEmulator, now, ...rules }: IdTokenRules,
  idToken: string,
  { nonce, accessToken }: TokenExpectation,
): Promise<VerifiedIdToken> {
  const verified = await verifyIdToken(idToken, {
    ...rules,
    nonce,
    accessToken,
    // A refresh does not authenticate the user again (OpenID Connect Core 1.0 §12.2).
    ...(Array.isArray(requiredAcrValues) && nonce !== null ? { acrValues: requiredAcrValues } : {}),
    now: now(),
  });
  if (verified.claims.honnin_emulator !== undefined && !allowEmulator) {
    throw await problem("emulator-refused", ["emulator"], { report: verified.report });
  }
  return verified;
}
