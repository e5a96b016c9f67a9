import { HonninError } from "../../error.js";
import { placeAfter } from "../http/place-after.js";
import { isResponse, ofSite, redirect } from "../http/responses.js";
import { openSignatureResult } from "../signature-api/open-result.js";
import { verifySignatureResult } from "../signature-api/verify-result.js";
import type { Signing } from "../signing-hooks.js";
import { forwardOnce } from "./forward-once.js";
import { drop, type Pursuit } from "./pursuit.js";
import type { FetchedRecord } from "./record.js";

/** The answer to a request. */
export interface Concluded {
  readonly response: Response;
  /** The path of the site that it leads to, if the signature is at its end. */
  readonly location?: string;
}

/** Opens and verifies the result, or hands it on unopened; then the site has it. */
export async function conclude(pursuit: Pursuit, record: FetchedRecord): Promise<Concluded> {
  const { setup, signing, exchange } = pursuit;
  const signed = await finish(pursuit, record);
  pursuit.phase = "hook";
  const outcome: unknown = await signing.onSigned(signed, exchange.request);
  // The site has it, whatever it answers: it is not handed over a second time.
  await drop(pursuit);
  const returnTo = isResponse(outcome) ? undefined : readOutcome(outcome).returnTo;
  const location = placeAfter(setup, "onSigned", returnTo, record.returnTo);
  if (isResponse(outcome)) return { response: ofSite(outcome), location };
  return { response: redirect(setup.origin + location), location };
}

async function finish(pursuit: Pursuit, record: FetchedRecord): Promise<Signing> {
  const { setup, signing } = pursuit;
  const { result, sub, claims, loginReport, transaction, document, returnTo, lang } = record;
  const common = { sub, claims, loginReport, transaction, document, returnTo, lang };
  pursuit.phase = "hook";
  if (signing.use.forward !== undefined) {
    const forwarded = await forwardOnce(pursuit, record, signing.use.forward);
    return { ...common, verification: "not_checked", forwarded };
  }
  const { keys, algorithms, encryptions, read, verify } = signing.use.open;
  const { names } = signing;
  const rules = await verify(transaction);
  pursuit.phase = "opening";
  const opened = await openSignatureResult({ result, keys, algorithms, encryptions, read, names });
  const { id: _id, ...described } = document;
  const signature = await verifySignatureResult({
    ...rules,
    transaction,
    document: described,
    ...opened,
    now: setup.now(),
  });
  return {
    ...common,
    verification: "passed",
    signature,
    package: signature.package,
    certificate: opened.certificate,
  };
}

function readOutcome(outcome: unknown): { returnTo?: unknown } {
  if (outcome === undefined || outcome === null) return {};
  if (typeof outcome === "object" && !Array.isArray(outcome)) return outcome;
  throw new HonninError("options-invalid", "onSigned must return a Response, { returnTo? } or nothing.");
}
