import { verifyIdToken } from "honnin";
import { HonninError } from "../../error.js";
import { clientOf } from "../client.js";
import { asHonninError } from "../errors.js";
import { refreshTokens } from "../refresh-tokens.js";
import type { Tokens } from "../token-request.js";
import { fetchResult } from "./fetch-result.js";
import type { Pursuit } from "./pursuit.js";
import {
  type AuthorizedRecord,
  type FetchedRecord,
  findRecord,
  keepRecord,
  MAX_RESULT_CHARACTERS,
} from "./record.js";

/** Fetches the result and keeps it in place of the tokens. */
export async function obtainResult(pursuit: Pursuit, record: AuthorizedRecord): Promise<FetchedRecord> {
  const { setup, signing } = pursuit;
  const { environment, timeout, maxBytes, fetch } = setup;
  let refused = false;
  try {
    const result = await fetchResult(
      {
        ...signing.retries,
        environment,
        transactionId: record.transaction.id,
        accessToken: record.accessToken,
        names: signing.names,
        timeout,
        maxBytes: Math.min(maxBytes ?? MAX_RESULT_CHARACTERS, MAX_RESULT_CHARACTERS),
        fetch,
      },
      () => {
        refused = true;
        return renew(pursuit, record);
      },
    );
    return await keepResult(pursuit, record, result);
  } catch (thrown) {
    const error = asHonninError(thrown);
    if (error.code === "signature-transaction-used") return await ofAnother(pursuit, error);
    if (error.code === "signature-result-refused" && refused) await forgetTokens(pursuit, record);
    throw error;
  }
}

async function keepResult(
  pursuit: Pursuit,
  record: AuthorizedRecord,
  result: string,
): Promise<FetchedRecord> {
  const { accessToken: _access, refreshToken: _refresh, stage: _stage, ...kept } = record;
  const fetched: FetchedRecord = { ...kept, stage: "fetched", result };
  pursuit.record = fetched;
  // The service hands it out once: what is at hand is used even if the store fails.
  await keepRecord(pursuit.setup, pursuit.signing, fetched).catch(() => undefined);
  return fetched;
}

/** Another tab or a second click may have fetched it at the same time: then it is in the store. */
async function ofAnother(pursuit: Pursuit, error: HonninError): Promise<FetchedRecord> {
  const record = await findRecord(pursuit.setup, pursuit.signing, pursuit.record.id).catch(() => undefined);
  if (record?.stage !== "fetched") throw error;
  pursuit.record = record;
  return record;
}

/** An authorization that the service takes no longer is none: the user can only go through it again. */
async function forgetTokens(pursuit: Pursuit, record: AuthorizedRecord): Promise<void> {
  const { id, transaction, document, returnTo, lang } = record;
  pursuit.record = { stage: "started", id, transaction, document, returnTo, lang };
  await keepRecord(pursuit.setup, pursuit.signing, pursuit.record);
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
  // The old refresh token may be spent with its use.
  const renewed = {
    ...record,
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken ?? refreshToken,
  };
  pursuit.record = renewed;
  await keepRecord(setup, signing, renewed);
  return tokens.accessToken;
}

/** OpenID Connect Core 1.0 §12.2. */
async function checkSubject({ setup }: Pursuit, { sub }: AuthorizedRecord, idToken: string): Promise<void> {
  const { claims } = await verifyIdToken(idToken, {
    issuer: setup.environment.issuer,
    clientId: setup.clientId,
    nonce: null,
    keys: setup.keys,
    now: setup.now(),
    ...(setup.clockTolerance === undefined ? {} : { clockTolerance: setup.clockTolerance }),
  });
  if (claims.sub === sub) return;
  throw new HonninError("subject-mismatch", "The refreshed ID token is about another subject.");
}
