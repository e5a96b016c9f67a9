import { chosenMethod, paths, type SigningResult, sampleId, type Trust, trustOptions } from "@honnin/site";
import { HonninError, readSignedPackage } from "honnin";
import type { ServerDocument, SignerCertificateOptions, Signing, SigningOptions } from "honnin/relying-party";
import type { Keeper } from "./keeper.ts";
import { askOcsp } from "./ocsp.ts";
import { type Env, readJwk } from "./settings.ts";
import type { SignedCookie } from "./signed-cookie.ts";

/** What is kept of one signature. The package holds the signer's certificate, and with it personal data. */
export interface KeptSigning {
  /** Whose it is, as this site knows the person. */
  readonly sub: string;
  readonly result: SigningResult;
  /** The text of the signed package. */
  readonly package: string;
}

/** Whose certificates this site believes. `undefined` if it was given none. */
export function trustOf({ JPKI_ANCHORS: anchors }: Env, service: Trust["service"]): Trust | undefined {
  return anchors === undefined || anchors === "" ? undefined : { service, anchors };
}

/** How this site signs; `undefined` if it is not set up for it. */
export function signingOptions(
  env: Env,
  trust: Trust | undefined,
  kept: Keeper<KeptSigning>,
  cookie: SignedCookie,
  sample: ServerDocument,
): SigningOptions | undefined {
  const { DECRYPTION_KEY: key, OCSP_URL: ocspUrl } = env;
  if (trust === undefined || key === undefined || key === "") return undefined;
  const revocation = revocationOptions(ocspUrl);
  return {
    // A demo: everybody may try it. The limits on how many stay.
    mayStart: "anyone",
    method(fields) {
      const method = chosenMethod(fields.get("method"), trust.service);
      if (method === undefined)
        throw new HonninError("document-invalid", "There is no such method of signing.");
      return { form: method.form, scheme: method.scheme };
    },
    documents: (id) => (id === sampleId ? sample : undefined),
    open: {
      keys: readJwk("DECRYPTION_KEY", key, "decryption-key-invalid"),
      verify: ({ scheme }) => ({ ...trustOptions(trust, scheme), revocation }),
    },
    async onSigned(signing) {
      const id = await kept.put(await toKeep(signing));
      // A form without a return address leads to the home page, which shows nothing of a signature.
      const path = signing.returnTo === "/" ? paths.signResult[signing.language] : signing.returnTo;
      const headers = {
        location: env.SITE_ORIGIN + path,
        "set-cookie": cookie.set(id),
        "cache-control": "no-store",
      };
      return new Response(null, { status: 303, headers });
    },
  };
}

function revocationOptions(ocspUrl: string | undefined): NonNullable<SignerCertificateOptions["revocation"]> {
  if (ocspUrl === undefined || ocspUrl === "") return { require: "nothing" };
  return { require: "certificate", fetchEvidence: (request) => askOcsp(ocspUrl, request) };
}

/** What the result page shows; of the signer's own names, nothing. */
async function toKeep(signing: Signing): Promise<KeptSigning> {
  if (signing.verification !== "passed")
    throw new HonninError("internal-error", "The result of a signature was not opened.");
  const { signature, transaction, document, loginReport, package: text } = signing;
  const { scheme, path, anchor, revocation, profile, warnings, report } = signature;
  const { evidence } = await readSignedPackage(text);
  const result: SigningResult = {
    document,
    digest: { algorithm: transaction.hash, value: hexOfBase64(transaction.digest) },
    form: transaction.form,
    signature: { scheme, path, anchor, revocation, profile, warnings, report },
    evidence: {
      time: evidence.time,
      crls: evidence.crls.length,
      ocspResponses: evidence.ocspResponses.length,
    },
    loginReport,
  };
  return { sub: signing.sub, result, package: text };
}

function hexOfBase64(text: string): string {
  return Array.from(atob(text), (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join(
    "",
  );
}
