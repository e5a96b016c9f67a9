import { type VerifiedIdToken, verifyIdToken } from "honnin";
import { HonninError } from "../../error.js";
import type { Setup } from "../options/read-options.js";

/** What the token is held to besides what the handler always holds it to. */
export interface TokenExpectation {
  /** `null` for a token that came with a refresh (OpenID Connect Core 1.0 §12.2). */
  readonly nonce: string | null;
  readonly accessToken?: string;
}

/** Verifies an ID token of the service, and that it is the service's and not an emulator's. */
export async function verifyToken(
  setup: Setup,
  idToken: string,
  { nonce, accessToken }: TokenExpectation,
): Promise<VerifiedIdToken> {
  const { environment, clientId, keys, clockTolerance, requiredAcrValues, idTokenAlgorithms } = setup;
  const verified = await verifyIdToken(idToken, {
    issuer: environment.issuer,
    clientId,
    nonce,
    keys,
    accessToken,
    clockTolerance,
    algorithms: idTokenAlgorithms,
    // With a refresh, nobody was authenticated anew (OpenID Connect Core 1.0 §12.2).
    ...(Array.isArray(requiredAcrValues) && nonce !== null ? { acrValues: requiredAcrValues } : {}),
    now: setup.now(),
  });
  if (verified.claims.honnin_emulator !== undefined && !setup.allowEmulator) {
    throw new HonninError(
      "emulator-refused",
      "The ID token is an emulator's, which lets everybody be anybody. For development, set allowEmulator; never in production.",
      { report: verified.report },
    );
  }
  return verified;
}
