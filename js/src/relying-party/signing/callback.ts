import { HonninError } from "../../error.js";
import { asHonninError } from "../errors.js";
import { type Exchange, parameter } from "../exchange.js";
import type { LoginState } from "../login-cookie.js";
import type { Setup } from "../options.js";
import { type Redeemed, readCode, redeem } from "../redeem.js";
import { awaitTokens, claim } from "./claim.js";
import { goOn } from "./go-on.js";
import type { SigningNames } from "./names.js";
import { type Pursuit, pursue } from "./pursuit.js";
import { advance, keptOf, notFound } from "./record.js";

/** The callback of a way to the service that was for a signature: keeps the tokens, and goes on. No session is made. */
export async function signingCallback(
  setup: Setup,
  exchange: Exchange,
  begun: LoginState,
  id: string,
): Promise<Response> {
  const { signing } = setup;
  exchange.flow = "signing";
  // The cookie of a time when this site had signatures.
  if (signing === undefined) throw notFound();
  return pursue(setup, signing, exchange, id, async (pursuit) => {
    const code = codeOf(pursuit, begun);
    // Loaded anew, the callback has no code to hand in: a second exchange would end the tokens of the first (RFC 6749 §4.1.2).
    if (await claim(pursuit, begun.state)) await keepTokens(pursuit, await redeem(setup, code, begun));
    else await awaitTokens(pursuit);
    return goOn(pursuit);
  });
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
  if (error.code === "login-cancelled") {
    return new HonninError(
      "signature-cancelled",
      "The user, or the service on the user's behalf, cancelled.",
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
