import { HonninError } from "../../error.js";
import { asHonninError } from "../errors.js";
import { type Exchange, parameter } from "../http/exchange.js";
import { withCookies } from "../http/responses.js";
import type { BegunLogin, LoginState } from "../login/login-cookie.js";
import { type Redeemed, readCode, redeem } from "../login/redeem.js";
import { personDigest } from "../login/session.js";
import type { SigningNames } from "../signature-api/names.js";
import { awaitTokens, claim } from "./claim.js";
import { goOn, type WayOn } from "./go-on.js";
import { type Keepers, type Pursuit, pursue } from "./pursuit.js";
import { keptOf, type SignatureRecord } from "./record.js";

/** What the callback of a signature needs. */
export interface SigningCallback extends Keepers, WayOn {
  readonly sameSubject: boolean;
}

/** The callback of a signature: stores the tokens, and continues. No session is created. */
export async function signingCallback(
  route: SigningCallback,
  exchange: Exchange,
  begun: BegunLogin,
  id: string,
): Promise<Response> {
  const { login } = begun;
  const { response, location } = await pursue(route, exchange, id, async (pursuit) => {
    const code = await codeOf(route, exchange, login);
    // A reloaded callback must not use the code again: a second exchange may revoke the tokens of the first (RFC 6749 §4.1.2).
    if (await claim(pursuit, login.state)) {
      const redeemed = await redeem(route, code, login);
      if (route.sameSubject) await checkSigner(pursuit.record, redeemed.verified.claims.sub);
      await keepTokens(pursuit, redeemed);
    } else await awaitTokens(pursuit, route.retries);
    return goOn(route, pursuit);
  });
  const { logins } = route;
  const done =
    location === undefined ? logins.end(begun.cookie) : await logins.markDone(begun, { returnTo: location });
  return withCookies(response, [done]);
}

async function codeOf(
  { authorization, names }: Pick<SigningCallback, "authorization" | "names">,
  exchange: Exchange,
  begun: LoginState,
): Promise<string> {
  try {
    return await readCode(authorization, exchange, begun);
  } catch (thrown) {
    throw ofSignature(await asHonninError(thrown), exchange, names);
  }
}

async function checkSigner({ startedBy }: SignatureRecord, sub: string): Promise<void> {
  if (startedBy === (await personDigest(sub))) return;
  throw new HonninError(
    "signature-user-mismatch",
    "The signer is not the person who was logged in when the signature started.",
  );
}

async function keepTokens(pursuit: Pursuit, { tokens, verified }: Redeemed): Promise<void> {
  const { accessToken, refreshToken } = tokens;
  const { claims, report } = verified;
  pursuit.record = await pursuit.records.advance(pursuit.record.id, (current) => ({
    ...keptOf(current),
    stage: "authorized",
    sub: claims.sub,
    claims,
    loginReport: report,
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }));
}

/** Converts an error of the authorization response to the error of a signature. */
function ofSignature(error: HonninError, { url }: Exchange, { errors }: SigningNames): HonninError {
  if (error.code === "login-denied") {
    return new HonninError(
      "signature-denied",
      "The service returned access_denied: the user cancelled, or could not go on, for example because of a locked PIN.",
    );
  }
  if (error.code !== "authorization-refused") return error;
  // State and issuer are right; otherwise there would be another code.
  switch (parameter(url, "error")) {
    case errors.pinLocked:
      return new HonninError("signature-pin-locked", "The PIN of the signing certificate is locked.");
    case errors.transactionExpired:
      return new HonninError("signature-transaction-expired", "The transaction has expired.");
    case errors.transactionUsed:
      return new HonninError("signature-transaction-used", "The transaction was already used.");
    case errors.wrongUser:
      return new HonninError("signature-user-mismatch", "A different person signed.");
    default:
      return error;
  }
}
