import type { AnchorConstraints } from "../certificates/certificate-options.js";
import { type CertificateFindings, findings } from "../certificates/certificate-result.js";
import type { SigningScheme } from "../certificates/signature-scheme.js";
import { type DocumentSource, digestDocument } from "../documents/digest-document.js";
import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import { readTime, type Time } from "../time.js";
import { Call } from "../verifier/call.js";
import { members } from "../verifier/options.js";
import { addOwn, pack } from "../verifier/pack-options.js";
import type { Bytes, DerOrPem } from "../verifier/parts.js";
import { readSignedPackage } from "./read.js";
import type { PackageCertificateOptions, SignedPackage } from "./types.js";

/** The document of the package, or its digest with the hash algorithm that the package names. */
export type DocumentOrDigest =
  | {
      readonly document: DocumentSource;
      readonly digest?: undefined;
      /** As in `digestDocument`. */
      readonly onProgress?: ((bytes: number) => void) | undefined;
      readonly signal?: AbortSignal | undefined;
    }
  | { readonly digest: Bytes; readonly document?: undefined };

/** Options of {@link verifySignedPackage}: the document, and the rules for the package and its certificate. */
export type VerifySignedPackageOptions = PackageCertificateOptions &
  DocumentOrDigest & {
    readonly revocation?:
      | {
          /** Whether a package without revocation evidence is refused (`revocation-unknown`). Default `"certificate"`: it is refused. */
          readonly require?: "nothing" | "certificate" | undefined;
          /** Whole seconds by which clocks may differ. Default 300. */
          readonly clockTolerance?: number | undefined;
        }
      | undefined;
    /**
     * The verification time, a `Date` or Unix time in seconds, instead of the time of the evidence, which must be current at this time.
     * Required if there is no evidence. Must not be after `now` (with `clockTolerance`).
     */
    readonly at?: Time | undefined;
    /** The trusted timestamping authorities. Default: none; enclosed timestamps are not checked. */
    readonly timestamp?:
      | {
          readonly anchors: DerOrPem | readonly DerOrPem[];
          /** As in {@link CertificateOptions}, for these trust anchors. */
          readonly anchorConstraints?: AnchorConstraints | undefined;
          readonly intermediates?: DerOrPem | readonly DerOrPem[] | undefined;
        }
      | undefined;
  };

/** The result for the enclosed timestamps. Only `verified` proves that the signature existed at a time. */
export type PackageTimestamp =
  | { readonly status: "not-enclosed" | "not-checked" }
  | {
      readonly status: "verified";
      /** The time of the earliest timestamp: Unix time in seconds. The signature existed at this time. */
      readonly time: number;
      /** The name of the timestamping authority in the form of RFC 4514. */
      readonly authority: string;
    };

/** The result for a valid package. */
export interface VerifiedSignedPackage extends CertificateFindings {
  readonly package: SignedPackage;
  /** The verification time: Unix time in seconds. It does not prove when the signature was created. */
  readonly asOf: number;
  /** The source of `asOf`: the revocation evidence, the option `at`, or a timestamp. */
  readonly asOfSource: "evidence" | "caller" | "timestamp";
  readonly timestamp: PackageTimestamp;
  readonly scheme: SigningScheme;
  readonly report: Report;
}

type Accepted = { readonly ok: true } & Omit<VerifiedSignedPackage, "package">;

/**
 * Verifies a signed package, without a network and at the time of its revocation evidence: the document, the signature, the
 * certificate as {@link verifyCertificate} does, and its revocation status, which each piece of evidence must show to be good by
 * itself.
 *
 * @param text the JSON text, as a string or in UTF-8
 * @throws HonninError with the report up to the failed step: `package-malformed`, `package-version-unsupported`,
 *   `document-mismatch`, `signature-mismatch`, `revocation-unknown`, `evidence-time-mismatch`, `evidence-in-future`,
 *   `timestamp-malformed`, `timestamp-mismatch`, `timestamp-in-future`; `document-unreadable`; and as
 *   {@link verifyCertificate}
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { verifySignedPackage } from "honnin";
 *
 * const { asOf, revocation } = await verifySignedPackage(await readFile("contract.pdf.honnin.json"), {
 *   document: await readFile("contract.pdf"),
 *   profile: "jpki-sign",
 *   anchors: await readFile("authorities.pem", "utf8"),
 * });
 * console.log(revocation.status, new Date(asOf * 1_000));
 * ```
 */
export async function verifySignedPackage(
  text: string | Bytes,
  options: VerifySignedPackageOptions,
): Promise<VerifiedSignedPackage> {
  const all = members(options, "The options argument of verifySignedPackage");
  const { document, onProgress, signal, size, ...given } = all;
  if (size !== undefined) throw new HonninError("options-invalid", "There is no option named size.");
  if ((document === undefined) === (given.digest === undefined)) {
    throw new HonninError("options-invalid", "Give either document or digest.");
  }
  if (document === undefined && (onProgress ?? signal) !== undefined) {
    throw new HonninError("options-invalid", "onProgress and signal require document.");
  }
  if (given.at !== undefined) given.at = Math.floor(readTime(given.at, "at"));
  refuseFetching(given.revocation);
  const reading = readSignedPackage(text, limitsOf(given));
  // Both copy their bytes before the first await.
  const call = packageCall(given, text, reading);
  const read = await reading;
  if (document !== undefined) {
    const hash = read.digest.algorithm;
    const found = await digestDocument(document as DocumentSource, { hash, onProgress, signal } as never);
    call.set("digest", pack(found.digest, "digest", call.parts));
    call.set("size", found.size);
  }
  const answer = await call.accepted();
  const { asOf, asOfSource, timestamp, scheme, report } = answer;
  return { package: read, asOf, asOfSource, timestamp, scheme, ...findings(answer, call), report };
}

function packageCall(
  given: Record<string, unknown>,
  text: string | Bytes,
  reading: Promise<unknown>,
): Call<Accepted> {
  try {
    return new Call<Accepted>("verify_signed_package", addOwn(given, { package: text }));
  } catch (error) {
    // Nothing awaits it now.
    reading.catch(() => undefined);
    throw error;
  }
}

function limitsOf({ limits }: Record<string, unknown>) {
  const inputBytes = limits === undefined ? undefined : members(limits, "limits").inputBytes;
  return { limits: { inputBytes } } as { limits: { inputBytes?: number } };
}

function refuseFetching(revocation: unknown): void {
  if (revocation !== undefined && members(revocation, "revocation").fetchEvidence !== undefined) {
    throw new HonninError(
      "options-invalid",
      "A signed package contains its revocation evidence: there is no option revocation.fetchEvidence here.",
    );
  }
}
