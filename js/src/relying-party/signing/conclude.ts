import { placeAfter } from "../http/place-after.js";
import { isResponse, ofSite, redirect } from "../http/responses.js";
import type { Site } from "../http/site.js";
import { readOutcome } from "../option-checks.js";
import type { PrivateJwk } from "../service/client-key.js";
import type { ContentEncryption, DecryptionAlgorithm } from "../signature-api/algorithms.js";
import type { SigningNames } from "../signature-api/names.js";
import { openResult } from "../signature-api/open-result.js";
import type { ReadPayload } from "../signature-api/payload.js";
import type { SignatureTransaction } from "../signature-api/transaction.js";
import { verifyResult } from "../signature-api/verify-result.js";
import type { Forward, OnSigned, SignerCertificateOptions, Signing } from "../signing-hooks.js";
import { forwardOnce } from "./forward-once.js";
import { drop, type Pursuit } from "./pursuit.js";
import type { FetchedRecord } from "./record.js";

/** The response to a request. */
export interface Concluded {
  readonly response: Response;
  /** The path of the site that it leads to, if the signature is complete. */
  readonly location?: string;
}

/** How results are decrypted and verified here. */
export interface Opening {
  readonly keys: readonly PrivateJwk[];
  readonly algorithms: readonly DecryptionAlgorithm[];
  readonly encryptions: readonly ContentEncryption[];
  readonly read: ReadPayload | undefined;
  verify(transaction: SignatureTransaction): Promise<SignerCertificateOptions>;
}

/** What is needed to complete a signature. */
export interface Concluding {
  readonly site: Site;
  readonly names: SigningNames;
  readonly use:
    | { readonly open: Opening; readonly forward?: undefined }
    | { readonly forward: Forward; readonly open?: undefined };
  readonly onSigned: OnSigned;
  /** Unix time in whole seconds. */
  now(): number;
}

/** Decrypts and verifies the result, or forwards it encrypted; then passes it to the site. */
export async function conclude(
  concluding: Concluding,
  pursuit: Pursuit,
  record: FetchedRecord,
): Promise<Concluded> {
  const { site, onSigned } = concluding;
  const signed = await finish(concluding, pursuit, record);
  pursuit.phase = "hook";
  const outcome: unknown = await onSigned(signed, pursuit.exchange.request);
  // The site has the result, so it is not passed again, whatever the response is.
  await drop(pursuit);
  const returnTo = isResponse(outcome) ? undefined : readOutcome(outcome, "onSigned", ["returnTo"]).returnTo;
  const location = await placeAfter(site, "onSigned", returnTo, record.returnTo);
  if (isResponse(outcome)) return { response: ofSite(outcome), location };
  return { response: redirect(site.origin + location), location };
}

async function finish(
  { use, names, now }: Concluding,
  pursuit: Pursuit,
  record: FetchedRecord,
): Promise<Signing> {
  const { result, sub, claims, loginReport, transaction, document, returnTo, lang: language } = record;
  const common = { sub, claims, loginReport, transaction, document, returnTo, language };
  pursuit.phase = "hook";
  if (use.forward !== undefined) {
    const forwarded = await forwardOnce(pursuit, record, use.forward);
    return { ...common, verification: "not-checked", forwarded };
  }
  const { keys, algorithms, encryptions, read, verify } = use.open;
  const rules = await verify(transaction);
  pursuit.phase = "opening";
  const opened = await openResult({ result, keys, algorithms, encryptions, read, names });
  const { id: _id, ...described } = document;
  const signature = await verifyResult({
    ...rules,
    transaction,
    document: described,
    ...opened,
    now: now(),
  });
  return {
    ...common,
    verification: "passed",
    signature,
    package: signature.package,
    certificate: opened.certificate,
  };
}
