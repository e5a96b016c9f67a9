import { chosenMethod, paths, type SigningResult, sampleId, type Trust, trustOptions } from "@honnin/site";
import { HonninError, readSignedPackage } from "honnin";
import type { ServerDocument, SignerCertificateOptions, Signing, SigningOptions } from "honnin/relying-party";
import type { Keeper } from "./keeper.ts";
import { askOcsp } from "./ocsp.ts";
import { type Env, readJwk } from "./settings.ts";
import type { SignedCookie } from "./signed-cookie.ts";

/** The stored data of one signature. The package contains the signer's certificate, and so personal data. */
export interface KeptSigning {
  /** The `sub` of the signer. */
  readonly sub: string;
  readonly result: SigningResult;
  /** The JSON text of the signed package. */
  readonly package: string;
}

/** The trusted certificates. `undefined` if none are configured. */
export function trustOf({ JPKI_ANCHORS: anchors }: Env, service: Trust["service"]): Trust | undefined {
  return anchors === undefined || anchors === "" ? undefined : { service, anchors };
}

/** The options for signing; `undefined` if signing is not configured. */
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
    // Everyone may try the demo. The limits on the number of signatures still apply.
    mayStart: "anyone",
    method(fields) {
      const method = chosenMethod(fields.get("method"), trust.service);
      if (method === undefined) throw new HonninError("document-invalid", "The signature method is unknown.");
      return { form: method.form, scheme: method.scheme };
    },
    documents: (id) => (id === sampleId ? sample : undefined),
    open: {
      keys: readJwk("DECRYPTION_KEY", key, "decryption-key-invalid"),
      verify: ({ scheme }) => ({ ...trustOptions(trust, scheme), revocation }),
    },
    async onSigned(signing) {
      const id = await kept.put(await toKeep(signing));
      // Without a return address, the form leads to the home page, which does not show the signature.
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

/** The data that the result page shows, without the signer's personal data. */
async function toKeep(signing: Signing): Promise<KeptSigning> {
  if (signing.verification !== "passed")
    throw new HonninError("internal-error", "The result of the signature was not decrypted.");
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
