import { HonninError } from "../../error.js";
import { randomToken } from "../../launch/random.js";
import type { Exchange } from "../http/exchange.js";
import { readLanguage } from "../http/language.js";
import { checkNavigation } from "../http/navigation.js";
import { returnAddress } from "../http/return-address.js";
import { checkSameOrigin } from "../http/same-origin.js";
import type { Site } from "../http/site.js";
import type { Leaving } from "../login/leave.js";
import type { Quota } from "../login/quota.js";
import type { Sessions } from "../login/session.js";
import { asClient, type ServiceClient } from "../service/client.js";
import type { CompleteMethod, SigningHash } from "../signature-api/method.js";
import type { SigningNames } from "../signature-api/names.js";
import { hashServerDocument } from "../signature-api/server-document.js";
import { startTransaction } from "../signature-api/start-signature.js";
import type { MayStart, SignatureStart, SigningOptions } from "../signing-hooks.js";
import { authorize } from "./authorize.js";
import { documentId, field, hashedDocument, readForm } from "./form.js";
import { resumeHint } from "./pending-cookie.js";
import type { Keepers } from "./pursuit.js";
import type { StartedRecord } from "./record.js";

/** What the sign route needs. */
export interface SignRoute extends Leaving, Keepers {
  readonly site: Site;
  readonly sessions: Sessions;
  readonly mayStart: MayStart | "anyone";
  readonly sameSubject: boolean;
  method(fields: URLSearchParams, request: Request): Promise<CompleteMethod>;
  readonly documents: SigningOptions["documents"];
  readonly quota: Quota;
  readonly client: ServiceClient;
  readonly clientCredentialsScope: string | undefined;
  readonly names: SigningNames;
}

/** `POST …/sign`: sends the digest of the document to the service, and sends the user there to sign it. */
export async function sign(route: SignRoute, exchange: Exchange): Promise<Response> {
  const { site, sessions, quota, client, clientCredentialsScope, names, records, pending } = route;
  const { request } = exchange;
  checkSameOrigin(site.origin, request);
  // Not in a frame: the service does not allow framing, and another site may lie over the frame.
  await checkNavigation(request);
  const fields = await readForm(request);
  exchange.language = readLanguage(field(fields, "lang")) ?? exchange.language;
  const asked = fields.getAll("return_to");
  const returnTo = await returnAddress(site, asked.length > 1 ? asked : asked[0]);
  exchange.returnTo = returnTo;
  const known = await sessions.read(request);
  await checkMayStart(route, { session: known?.session, fields, request });
  const { hash, ...method } = await route.method(fields, request);
  const { digest, document } = await chosenDocument(route, fields, hash, request);
  // Count only signatures that cause a request to the service.
  await quota.count(request, known);
  const transaction = await startTransaction({
    ...method,
    ...asClient(client),
    clientCredentialsScope,
    digest,
    names,
  });
  const record: StartedRecord = {
    stage: "started",
    id: randomToken(),
    transaction,
    document,
    returnTo,
    lang: exchange.language,
    ...(known === undefined ? {} : { startedBy: known.who }),
  };
  await records.create(record);
  await pending.remember(exchange, record);
  exchange.resumeHint = await resumeHint(record.id);
  return authorize(route, exchange, record);
}

async function checkMayStart(
  { mayStart, sameSubject }: Pick<SignRoute, "mayStart" | "sameSubject">,
  start: SignatureStart,
): Promise<void> {
  const why =
    sameSubject && start.session === undefined
      ? "no user is logged in to compare the signer with"
      : mayStart !== "anyone" && (await mayStart(start)) !== true && "signing.mayStart refused it";
  if (why) throw new HonninError("signature-start-refused", `The signature was not started: ${why}.`);
}

async function chosenDocument(
  { documents }: Pick<SignRoute, "documents">,
  fields: URLSearchParams,
  hash: SigningHash,
  request: Request,
): Promise<Pick<StartedRecord, "document"> & { digest: Uint8Array<ArrayBuffer> }> {
  const id = documentId(fields);
  if (id === undefined) return hashedDocument(fields, hash);
  if (documents === undefined) {
    throw new HonninError(
      "document-invalid",
      "This site offers no documents by ID (signing.documents is not set).",
    );
  }
  const { digest, document } = await hashServerDocument(await documents(id, request), hash);
  return { digest, document: { ...document, id } };
}
