import { type Algorithm, type JwkSet, type KeySource, type VerifiedIdToken, verifyIdToken } from "honnin";
import { HonninError } from "../../error.js";

/** What the handler holds every ID token to. */
export interface IdTokenRules {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: KeySource | JwkSet | string;
  readonly algorithms: readonly Algorithm[] | undefined;
  readonly clockTolerance: number | undefined;
  readonly requiredAcrValues: readonly string[] | "not-checked" | undefined;
  readonly allowEmulator: boolean;
  /** Whole seconds since 1970. */
  now(): number;
}

/** What the token is held to besides what the handler always holds it to. */
export interface TokenExpectation {
  /** `null` for a token that came with a refresh (OpenID Connect Core 1.0 §12.2). */
  readonly nonce: string | null;
  readonly accessToken?: string;
}

/** Verifies an ID token of the service, and that it is the service's and not an emulator's. */
export async function verifyToken(
  { requiredAcrValues, allowEmulator, now, ...rules }: IdTokenRules,
  idToken: string,
  { nonce, accessToken }: TokenExpectation,
): Promise<VerifiedIdToken> {
  const verified = await verifyIdToken(idToken, {
    ...rules,
    nonce,
    accessToken,
    // With a refresh, nobody was authenticated anew (OpenID Connect Core 1.0 §12.2).
    ...(Array.isArray(requiredAcrValues) && nonce !== null ? { acrValues: requiredAcrValues } : {}),
    now: now(),
  });
  if (verified.claims.honnin_emulator !== undefined && !allowEmulator) {
    throw new HonninError(
      "emulator-refused",
      "The ID token comes from an emulator, where anyone can log in as anyone. For development, set allowEmulator. Never set it in production.",
      { report: verified.report },
    );
  }
  return verified;
}
