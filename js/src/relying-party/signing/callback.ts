import { HonninError } from "../../error.js";
import { asHonninError } from "../errors.js";
import { type Exchange, parameter } from "../http/exchange.js";
import { withCookies } from "../http/responses.js";
import { type BegunLogin, endLogin, type LoginState, markDone } from "../login/login-cookie.js";
import { type Redeemed, readCode, redeem } from "../login/redeem.js";
import { personDigest } from "../login/session.js";
import type { Setup } from "../options/read-options.js";
import type { SigningNames } from "../signature-api/names.js";
import { awaitTokens, claim } from "./claim.js";
import { goOn } from "./go-on.js";
import { type Pursuit, pursue } from "./pursuit.js";
import { advance, keptOf, notFound } from "./record.js";

/** The callback of a way to the service that was for a signature: keeps the tokens, and goes on. No session is made. */
export async function signingCallback(
  setup: Setup,
  exchange: Exchange,
  begun: BegunLogin,
  id: string,
): Promise<Response> {
  const { signing } = setup;
  const { login } = begun;
  exchange.flow = "signing";
  // The cookie of a time when this site had signatures.
  if (signing === undefined) throw notFound();
  const { response, location } = await pursue(setup, signing, exchange, id, async (pursuit) => {
    const code = codeOf(pursuit, login);
    // Loaded anew, the callback has no code to hand in: a second exchange would end the tokens of the first (RFC 6749 §4.1.2).
    if (await claim(pursuit, login.state)) await keepTokens(pursuit, await redeem(setup, code, login));
    else await awaitTokens(pursuit);
    return goOn(pursuit);
  });
  const done =
    location === undefined
      ? endLogin(setup, begun.cookie)
      : await markDone(setup, begun, { returnTo: location });
  return withCookies(response, [done]);
}

function codeOf({ setup, signing, exchange }: Pursuit, begun: LoginState): string {
  try {
    return readCode(setup, exchange, begun);
  } catch (thrown) {
    throw ofSignature(asHonninError(thrown), exchange, signing.names);
  }
}

async function keepTokens(pursuit: Pursuit, { tokens, claims, report }: Redeemed): Promise<void> {
  const { setup, signing } = pursuit;
  if (signing.sameSubject && pursuit.record.startedBy !== (await personDigest(claims.sub))) {
    throw new HonninError(
      "signature-user-mismatch",
      "The signer is not the person who was logged in when the signature began.",
    );
  }
  const { accessToken, refreshToken } = tokens;
  pursuit.record = await advance(setup, signing, pursuit.record.id, (current) => ({
    ...keptOf(current),
    stage: "authorized",
    sub: claims.sub,
    claims,
    loginReport: report,
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }));
}

/** What an error of the authorization means for a signature. */
function ofSignature(error: HonninError, { url }: Exchange, { errors }: SigningNames): HonninError {
  if (error.code === "login-denied") {
    return new HonninError(
      "signature-denied",
      "The service answered access_denied: the user cancelled, or could not go on, as with a locked PIN.",
    );
  }
  if (error.code !== "authorization-refused") return error;
  // State and issuer were right, or there would be another code.
  switch (parameter(url, "error")) {
    case errors.pinLocked:
      return new HonninError("signature-pin-locked", "The PIN of the signing certificate is locked.");
    case errors.transactionExpired:
      return new HonninError("signature-transaction-expired", "The transaction has outlived its time.");
    case errors.transactionUsed:
      return new HonninError("signature-transaction-used", "The transaction was used already.");
    case errors.wrongUser:
      return new HonninError("signature-user-mismatch", "Another person has signed.");
    default:
      return error;
  }
}
