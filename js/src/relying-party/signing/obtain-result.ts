import { HonninError } from "../../error.js";
import { asHonninError } from "../errors.js";
import { clientOf } from "../service/client.js";
import { refreshTokens } from "../service/refresh-tokens.js";
import type { Tokens } from "../service/token-request.js";
import { verifyToken } from "../service/verify-token.js";
import { fetchResult } from "../signature-api/fetch-result.js";
import { lookFor } from "./look-for.js";
import type { Pursuit } from "./pursuit.js";
import {
  type AuthorizedRecord,
  advance,
  type FetchedRecord,
  keptOf,
  MAX_RESULT_CHARACTERS,
  type SignatureRecord,
} from "./record.js";

/** Fetches the result and keeps it in place of the tokens. */
export async function obtainResult(pursuit: Pursuit, record: AuthorizedRecord): Promise<FetchedRecord> {
  const { setup, signing } = pursuit;
  const { environment, timeout, maxBytes, fetch } = setup;
  let { accessToken } = record;
  let refused = false;
  try {
    const result = await fetchResult(
      {
        ...signing.retries,
        environment,
        transactionId: record.transaction.id,
        accessToken,
        names: signing.names,
        timeout,
        maxBytes: Math.min(maxBytes ?? MAX_RESULT_CHARACTERS, MAX_RESULT_CHARACTERS),
        fetch,
      },
      async () => {
        refused = true;
        const renewed = await renew(pursuit, record);
        accessToken = renewed ?? accessToken;
        return renewed;
      },
    );
    return await keepResult(pursuit, record, result);
  } catch (thrown) {
    const error = asHonninError(thrown);
    if (error.code === "signature-transaction-used") return ofAnother(pursuit, error);
    if (error.code !== "signature-result-refused" || !refused) throw error;
    const current = await forgetTokens(pursuit, accessToken);
    if (current.stage === "fetched") return current;
    throw error;
  }
}

async function keepResult(
  pursuit: Pursuit,
  record: AuthorizedRecord,
  result: string,
): Promise<FetchedRecord> {
  const { sub, claims, loginReport } = record;
  const fetched: FetchedRecord = { ...keptOf(record), stage: "fetched", sub, claims, loginReport, result };
  // The service hands it out once: what is at hand is used even if the store fails.
  await advance(pursuit.setup, pursuit.signing, record.id, (current) => ({
    ...fetched,
    ...keptOf(current),
  })).catch(() => undefined);
  pursuit.record = fetched;
  return fetched;
}

/** Another tab, or a request that the browser gave up, has it at this very moment: then it is in the store soon. */
async function ofAnother(pursuit: Pursuit, error: HonninError): Promise<FetchedRecord> {
  const record = await lookFor(pursuit, (found) => found.stage === "fetched");
  if (record === undefined) throw error;
  return record;
}

/** An authorization that the service takes no longer is none: the user can only go through it again. */
async function forgetTokens(pursuit: Pursuit, refused: string): Promise<SignatureRecord> {
  pursuit.record = await advance(pursuit.setup, pursuit.signing, pursuit.record.id, (current) =>
    holds(current, refused) ? { ...keptOf(current), stage: "started" } : current,
  );
  return pursuit.record;
}

/** Other tokens are those that another request has got meanwhile, and may be good. */
function holds(current: SignatureRecord, accessToken: string): boolean {
  return current.stage === "authorized" && current.accessToken === accessToken;
}

/** Another access token for the refresh token, if there is one and it is good. */
async function renew(pursuit: Pursuit, record: AuthorizedRecord): Promise<string | undefined> {
  const { setup, signing } = pursuit;
  const { refreshToken } = record;
  if (refreshToken === undefined) return undefined;
  let tokens: Tokens;
  try {
    tokens = await refreshTokens({ ...(await clientOf(setup)), refreshToken });
  } catch (thrown) {
    if (asHonninError(thrown).code === "token-request-refused") return undefined;
    throw thrown;
  }
  if (tokens.idToken !== undefined) await checkSubject(pursuit, record, tokens.idToken);
  const { accessToken, refreshToken: next = refreshToken } = tokens;
  // The old refresh token may be spent with its use.
  const renewed: AuthorizedRecord = { ...record, accessToken, refreshToken: next };
  pursuit.record = await advance(setup, signing, record.id, (current) =>
    holds(current, record.accessToken) ? { ...renewed, ...keptOf(current) } : current,
  );
  return accessToken;
}

/** OpenID Connect Core 1.0 §12.2. */
async function checkSubject({ setup }: Pursuit, { sub }: AuthorizedRecord, idToken: string): Promise<void> {
  const { claims } = await verifyToken(setup, idToken, { nonce: null });
  if (claims.sub === sub) return;
  throw new HonninError("subject-mismatch", "The refreshed ID token is about another subject.");
}
