import { HonninError } from "../../error.js";
import { randomToken } from "../../launch/random.js";
import type { Exchange } from "../http/exchange.js";
import { readLanguage } from "../http/language.js";
import { returnAddress } from "../http/return-address.js";
import { checkSameOrigin } from "../http/same-origin.js";
import { readSession } from "../login/session.js";
import type { Setup } from "../options/read-options.js";
import type { SigningSetup } from "../options/signing-options.js";
import { clientOf } from "../service/client.js";
import type { SigningHash } from "../signature-api/method.js";
import { hashServerDocument } from "../signature-api/server-document.js";
import { startSignature } from "../signature-api/start-signature.js";
import type { SignatureStart } from "../signing-hooks.js";
import { authorize } from "./authorize.js";
import { documentId, field, hashedDocument, readForm } from "./form.js";
import { remember, resumeHint } from "./pending-cookie.js";
import { countStart } from "./quota.js";
import { createRecord, type StartedRecord } from "./record.js";

/** `POST …/sign`: hands the document's hash to the service, and sends the user there to sign it. */
export async function sign(setup: Setup, signing: SigningSetup, exchange: Exchange): Promise<Response> {
  const { request } = exchange;
  checkSameOrigin(setup.origin, request);
  const fields = await readForm(request);
  exchange.language = readLanguage(field(fields, "lang")) ?? exchange.language;
  const asked = fields.getAll("return_to");
  const returnTo = returnAddress(
    setup.origin,
    asked.length > 1 ? asked : asked[0],
    Object.values(setup.paths),
  );
  exchange.returnTo = returnTo;
  const known = await readSession(setup, request);
  await checkMayStart(signing, { session: known?.session, fields, request });
  const { hash, ...method } = await signing.method(fields, request);
  const { digest, document } = await chosenDocument(signing, fields, hash, request);
  // What the service is not asked for costs nobody anything.
  await countStart(setup, signing, request, known);
  const transaction = await startSignature({
    ...method,
    ...(await clientOf(setup)),
    clientCredentialsScope: signing.clientCredentialsScope,
    digest,
    names: signing.names,
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
  await createRecord(setup, signing, record);
  await remember(setup, signing, exchange, record);
  exchange.resumeHint = await resumeHint(record.id);
  return authorize(setup, exchange, record);
}

async function checkMayStart({ mayStart, sameSubject }: SigningSetup, start: SignatureStart): Promise<void> {
  const why =
    sameSubject && start.session === undefined
      ? "nobody is logged in whom the signer could be compared with"
      : mayStart !== "anyone" && (await mayStart(start)) !== true && "signing.mayStart says no";
  if (why) throw new HonninError("signature-start-refused", `The signature was not begun: ${why}.`);
}

async function chosenDocument(
  { documents }: SigningSetup,
  fields: URLSearchParams,
  hash: SigningHash,
  request: Request,
): Promise<Pick<StartedRecord, "document"> & { digest: Uint8Array<ArrayBuffer> }> {
  const id = documentId(fields);
  if (id === undefined) return hashedDocument(fields, hash);
  if (documents === undefined) {
    throw new HonninError("document-invalid", "This site offers no documents of its own.");
  }
  const { digest, document } = await hashServerDocument(await documents(id, request), hash);
  return { digest, document: { ...document, id } };
}
