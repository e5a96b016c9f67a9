import { fromBase64 } from "../base64.js";
import type { CertificateLimits } from "../certificates/certificate-options.js";
import { ask } from "../verifier/call.js";
import type { Bytes } from "../verifier/parts.js";
import type { SignedPackage, SignedPackageJson } from "./types.js";

export interface ReadSignedPackageOptions {
  readonly limits?: Pick<CertificateLimits, "inputBytes"> | undefined;
}

type Accepted = { readonly ok: true; readonly package: SignedPackageJson };

/**
 * Reads a signed package strictly: its members and no others, canonical base64, everything within its bounds. Verifies
 * nothing of what it says: {@link verifySignedPackage} does.
 *
 * @param text the JSON, or its UTF-8
 * @returns its members, bytes decoded: as `verifyCertificate`, `readHolder`, `inspect` and `createSignedPackage` take them
 * @throws HonninError `package-malformed`, `package-version-unsupported`, `algorithm-unsupported` for a scheme that does not
 *   exist, `input-too-large`
 */
export async function readSignedPackage(
  text: string | Bytes,
  options: ReadSignedPackageOptions = {},
): Promise<SignedPackage> {
  const name = "the options of readSignedPackage";
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
