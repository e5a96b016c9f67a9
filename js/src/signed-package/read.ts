import type { CertificateLimits } from "../certificates/certificate-options.js";
import { ask } from "../verifier/call.js";
import type { Bytes } from "../verifier/parts.js";
import type { SignedPackage } from "./types.js";

/** What {@link readSignedPackage} takes beside the package. */
export interface ReadSignedPackageOptions {
  readonly limits?: Pick<CertificateLimits, "inputBytes"> | undefined;
}

type Accepted = { readonly ok: true; readonly package: SignedPackage };

/**
 * Parses a signed package strictly: only known members, canonical base64, everything within the limits. It does not verify the
 * package: {@link verifySignedPackage} does.
 *
 * @param text the JSON text, as a string or in UTF-8
 * @throws HonninError `package-malformed`, `package-version-unsupported`, `algorithm-unsupported` for an unknown
 *   scheme, `input-too-large`
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { readSignedPackage } from "honnin";
 *
 * const { document, claims } = await readSignedPackage(await readFile("contract.pdf.honnin.json"));
 * console.log(document.name, claims.createdAt); // what the maker says: nothing is verified yet
 * ```
 */
export async function readSignedPackage(
  text: string | Bytes,
  options: ReadSignedPackageOptions = {},
): Promise<SignedPackage> {
  const name = "The options argument of readSignedPackage";
  return (await ask<Accepted>("read_signed_package", options, name, { package: text })).package;
}
