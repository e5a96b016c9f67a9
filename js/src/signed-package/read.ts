import { fromBase64 } from "../base64.js";
import type { CertificateLimits } from "../certificates/certificate-options.js";
import { ask } from "../verifier/call.js";
import type { Bytes } from "../verifier/parts.js";
import type { SignedPackage, SignedPackageJson } from "./types.js";

/** Options of {@link readSignedPackage}. */
export interface ReadSignedPackageOptions {
  readonly limits?: Pick<CertificateLimits, "inputBytes"> | undefined;
}

type Accepted = { readonly ok: true; readonly package: SignedPackageJson };

/**
 * Parses a signed package strictly: only known members, canonical base64, everything within the limits. It does not verify the
 * package: {@link verifySignedPackage} does.
 *
 * @param text the JSON text, as a string or in UTF-8
 * @returns its members, with bytes in the form that `verifyCertificate`, `readHolder`, `inspect` and `createSignedPackage` accept
 * @throws HonninError `package-malformed`, `package-version-unsupported`, `algorithm-unsupported` for an unknown
 *   scheme, `input-too-large`
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { readSignedPackage } from "honnin";
 *
 * const { document, claims } = await readSignedPackage(await readFile("contract.pdf.honnin.json"));
 * console.log(document.name, claims.createdAt); // claims of the creator: nothing is verified yet
 * ```
 */
export async function readSignedPackage(
  text: string | Bytes,
  options: ReadSignedPackageOptions = {},
): Promise<SignedPackage> {
  const name = "The options argument of readSignedPackage";
  return decode((await ask<Accepted>("read_signed_package", options, name, { package: text })).package);
}

function decode({
  digest,
  signature,
  certificate,
  evidence,
  timestamps,
  claims,
  ...rest
}: SignedPackageJson): SignedPackage {
  const { environment: cards, ...claimed } = claims;
  return {
    ...rest,
    digest: { ...digest, value: fromBase64(digest.value) },
    signature: { ...signature, value: fromBase64(signature.value) },
    certificate: fromBase64(certificate),
    evidence: {
      ...evidence,
      crls: evidence.crls.map(fromBase64),
      ocspResponses: evidence.ocspResponses.map(fromBase64),
    },
    timestamps: timestamps.map(fromBase64),
    claims: { ...claimed, cards },
  };
}
