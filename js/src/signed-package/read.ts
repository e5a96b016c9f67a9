import type { CertificateLimits } from "../certificates/certificate-options.js";
import { Call } from "../verifier/call.js";
import { addOwn, members } from "../verifier/options.js";
import type { Bytes } from "../verifier/parts.js";
import type { SignedPackage } from "./types.js";

export interface ReadSignedPackageOptions {
  readonly limits?: Pick<CertificateLimits, "inputBytes"> | undefined;
}

type Accepted = { readonly ok: true; readonly package: SignedPackage };

/**
 * Reads a signed package strictly: its members and no others, canonical base64, everything within its bounds. Verifies
 * nothing of what it says: {@link verifySignedPackage} does.
 *
 * @param text the JSON, or its UTF-8
 * @throws HonninError `package-malformed`, `package-version-unsupported`, `algorithm-unsupported` for a scheme that does not
 *   exist, `input-too-large`
 */
export async function readSignedPackage(
  text: string | Bytes,
  options: ReadSignedPackageOptions = {},
): Promise<SignedPackage> {
  const given = members(options, "the options of readSignedPackage");
  const call = new Call<Accepted>("read_signed_package", addOwn(given, { package: text }), false);
  const answer = await call.answer();
  if (!answer.ok) throw call.error(answer);
  return answer.package;
}
