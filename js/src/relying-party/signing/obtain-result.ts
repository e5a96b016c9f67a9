import { HonninError } from "../../error.js";
import { asHonninError } from "../errors.js";
import { asClient, type ServiceClient } from "../service/client.js";
import { requestTokens, type Tokens } from "../service/token-request.js";
import { type IdTokenRules, verifyToken } from "../service/verify-token.js";
import { fetchResult } from "../signature-api/fetch-result.js";
import type { SigningNames } from "../signature-api/names.js";
import { lookFor, type Patience } from "./look-for.js";
import type { Pursuit } from "./pursuit.js";
import {
  type AuthorizedRecord,
  type FetchedRecord,
  keptOf,
  MAX_RESULT_CHARACTERS,
  type SignatureRecord,
} from "./record.js";

/** What is needed to get a result. */
export interface Obtaining {
  readonly client: ServiceClient;
  readonly idTokens: IdTokenRules;
  readonly names: SigningNames;
  readonly retries: Patience;
}

/** Fetches the result and stores it in place of the tokens. */
export async function obtainResult(
  obtaining: Obtaining,
  pursuit: Pursuit,
  record: AuthorizedRecord,
): Promise<FetchedRecord> {
  const { client, names, retries } = obtaining;
  const { environment, timeout, maxBytes, fetch } = client;
  let { accessToken } = record;
  let refused = false;
  try {
    const result = await fetchResult(
      {
        ...retries,
        environment,
        transactionId: record.transaction.id,
        accessToken,
        names,
        timeout,
        maxBytes: Math.min(maxBytes ?? MAX_RESULT_CHARACTERS, MAX_RESULT_CHARACTERS),
        fetch,
      },
      async () => {
        refused = true;
        const renewed = await renew(obtaining, pursuit, record);
        accessToken = renewed ?? accessToken;
        return renewed;
      },
    );
    return await keepResult(pursuit, record, result);
  } catch (thrown) {
    const error = await asHonninError(thrown);
    if (error.code === "signature-transaction-used") return ofAnother(pursuit, retries, error);
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
  // The result can be collected once, so it is used even if the store fails.
  await pursuit.records
    .advance(record.id, (current) => ({
      ...fetched,
      ...keptOf(current),
    }))
    .catch(() => undefined);
  pursuit.record = fetched;
  return fetched;
}

/** Another tab, or a request that the browser aborted, may have the result now. Then it is in the store soon. */
async function ofAnother(pursuit: Pursuit, retries: Patience, error: HonninError): Promise<FetchedRecord> {
  const record = await lookFor(pursuit, retries, (found) => found.stage === "fetched");
  if (record === undefined) throw error;
  return record;
}

/** If the service no longer accepts the authorization, the user must authorize again. */
async function forgetTokens(pursuit: Pursuit, refused: string): Promise<SignatureRecord> {
  pursuit.record = await pursuit.records.advance(pursuit.record.id, (current) =>
    holds(current, refused) ? { ...keptOf(current), stage: "started" } : current,
  );
  return pursuit.record;
}

/** Other tokens were stored by another request in the meantime, and may be valid. */
function holds(current: SignatureRecord, accessToken: string): boolean {
  return current.stage === "authorized" && current.accessToken === accessToken;
}

/** A new access token for the refresh token, if there is a valid one. */
async function renew(
  { client, idTokens }: Obtaining,
  pursuit: Pursuit,
  record: AuthorizedRecord,
): Promise<string | undefined> {
  const { refreshToken } = record;
  if (refreshToken === undefined) return undefined;
  let tokens: Tokens;
  try {
    // As `refreshTokens`, whose file every login would load if the code of signatures imported it too: the entry exports it.
    const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
    tokens = await requestTokens(asClient(client), grant, undefined);
  } catch (thrown) {
    if ((await asHonninError(thrown)).code === "token-request-refused") return undefined;
    throw thrown;
  }
  if (tokens.idToken !== undefined) await checkSubject(idTokens, record, tokens.idToken);
  const { accessToken, refreshToken: next = refreshToken } = tokens;
  // Using the old refresh token may have invalidated it.
  const renewed: AuthorizedRecord = { ...record, accessToken, refreshToken: next };
  pursuit.record = await pursuit.records.advance(record.id, (current) =>
    holds(current, record.accessToken) ? { ...renewed, ...keptOf(current) } : current,
  );
  return accessToken;
}

/** OpenID Connect Core 1.0 §12.2. */
async function checkSubject(rules: IdTokenRules, { sub }: AuthorizedRecord, idToken: string): Promise<void> {
  const { claims } = await verifyToken(rules, idToken, { nonce: null });
  if (claims.sub === sub) return;
  throw new HonninError("subject-mismatch", "The refreshed ID token has a different sub.");
}
