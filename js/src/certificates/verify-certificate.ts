import { Call } from "../verifier/call.js";
import { members } from "../verifier/options.js";
import { addOwn } from "../verifier/pack-options.js";
import type { DerOrPem } from "../verifier/parts.js";
import type { Reported } from "../verifier/reported.js";
import type { CertificateOptions } from "./certificate-options.js";
import {
  type CertificateFindings,
  findings,
  reported,
  type VerifiedCertificate,
} from "./certificate-result.js";

type Accepted = Reported & CertificateFindings;

/**
 * Verifies a certificate: finds a path to a trust anchor and validates it (RFC 5280 §6, RFC 9618), including revocation. With
 * a `profile`, it also checks that the certificate is one of the My Number Card, of the given kind and `cards`.
 *
 * Nothing is fetched unless `revocation.fetchEvidence` is given. All bytes are copied when the function is called. If possible, the
 * platform computes digests of long CRLs (`node:crypto`, elsewhere `crypto.subtle`). The result is the same.
 *
 * @param certificate in DER or PEM
 * @throws HonninError with the report up to the step that failed, and a code of the verifier, such as `issuer-not-found`,
 *   `certificate-expired`, `certificate-revoked`, `environment-mismatch`; `input-too-large`; and the codes for loading the module
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { HonninError, verifyCertificate } from "honnin";
 *
 * try {
 *   const { revocation, anchor } = await verifyCertificate(await readFile("signer.cer"), {
 *     profile: "jpki-sign",
 *     anchors: await readFile("authorities.pem", "utf8"),
 *     revocation: { crls: await readFile("today.crl"), require: "certificate" },
 *   });
 *   console.log(revocation.status, anchor.subject);
 * } catch (error) {
 *   if (!(error instanceof HonninError)) throw error;
 *   console.log(error.code); // such as "certificate-revoked"
 * }
 * ```
 */
export async function verifyCertificate(
  certificate: DerOrPem,
  options: CertificateOptions,
): Promise<VerifiedCertificate> {
  const given = members(options, "The options argument of verifyCertificate");
  const call = new Call<Accepted>("verify_certificate", addOwn(given, { certificate }));
  const answer = await call.accepted();
  return reported(findings(answer, call), answer);
}
