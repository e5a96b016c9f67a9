import type { AnchorConstraints } from "../certificates/certificate-options.js";
import { type CertificateFindings, findings } from "../certificates/certificate-result.js";
import type { SigningScheme } from "../certificates/signature-scheme.js";
import { type DocumentSource, digestDocument } from "../documents/digest-document.js";
import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import { readTime, type Time } from "../time.js";
import { Call } from "../verifier/call.js";
import { addOwn, members, pack } from "../verifier/options.js";
import type { Bytes, DerOrPem } from "../verifier/parts.js";
import { readSignedPackage } from "./read.js";
import type { PackageCertificateOptions, SignedPackage } from "./types.js";

/** The document that belongs to the package, or its digest by the hash that the package names. */
export type DocumentOrDigest =
  | {
      readonly document: DocumentSource;
      readonly digest?: undefined;
      /** As of `digestDocument`. */
      readonly onProgress?: ((bytes: number) => void) | undefined;
      readonly signal?: AbortSignal | undefined;
    }
  | { readonly digest: Bytes; readonly document?: undefined };

export type VerifySignedPackageOptions = PackageCertificateOptions &
  DocumentOrDigest & {
    readonly revocation?:
      | {
          /** Whether a package without evidence is refused (`revocation-unknown`). Default `"certificate"`: it is. */
          readonly require?: "nothing" | "certificate" | undefined;
          /** Whole seconds by which clocks may differ. Default 300. */
          readonly clockTolerance?: number | undefined;
        }
      | undefined;
    /**
     * Verify for this time, a `Date` or seconds since 1970, in place of the evidence's: the evidence has to be current then. Has to
     * be given where there is no evidence. Not later than `now`, give or take `clockTolerance`.
     */
    readonly at?: Time | undefined;
    /** Whom to believe about time. Default: nobody; timestamps that are enclosed are not checked. */
    readonly timestamp?:
      | {
          readonly anchors: DerOrPem | readonly DerOrPem[];
          /** As {@link CertificateOptions} has it, for these anchors. */
          readonly anchorConstraints?: AnchorConstraints | undefined;
          readonly intermediates?: DerOrPem | readonly DerOrPem[] | undefined;
        }
      | undefined;
  };

/** What is known of when the signature was there. Only `verified` proves something. */
export type PackageTimestamp =
  | { readonly status: "not-enclosed" | "not-checked" }
  | {
      readonly status: "verified";
      /** The earliest of the timestamps, in seconds since 1970: the signature was there by then. */
      readonly time: number;
      /** The name of who says so, as RFC 4514 writes names. */
      readonly authority: string;
    };

/** A package that is what it says. */
export interface VerifiedSignedPackage extends CertificateFindings {
  readonly package: SignedPackage;
  /** The time for which everything was verified, in seconds since 1970. No proof of when the signature was made. */
  readonly asOf: number;
  /** Whether it is the time of the evidence of revocation, the caller's `at`, or that of a timestamp. */
  readonly asOfSource: "evidence" | "caller" | "timestamp";
  readonly timestamp: PackageTimestamp;
  readonly scheme: SigningScheme;
  readonly report: Report;
}

type Accepted = { readonly ok: true } & Omit<VerifiedSignedPackage, "package">;

/**
 * Verifies a signed package, without a network and for the time of its evidence: that the document is the one that was
 * signed, the signature, the certificate as {@link verifyCertificate} does, and its revocation, which each piece of the
 * evidence has to show to be good by itself.
 *
 * @param text the JSON, or its UTF-8
 * @throws HonninError with the report up to the step that failed: `package-malformed`, `package-version-unsupported`,
 *   `document-mismatch`, `signature-mismatch`, `revocation-unknown`, `evidence-time-mismatch`, `evidence-in-future`,
 *   `timestamp-malformed`, `timestamp-mismatch`, `timestamp-in-future`; `document-unreadable`; and as
 *   {@link verifyCertificate}
 */
export async function verifySignedPackage(
  text: string | Bytes,
  options: VerifySignedPackageOptions,
): Promise<VerifiedSignedPackage> {
  const all = members(options, "the options of verifySignedPackage");
  const { document, onProgress, signal, size, ...given } = all;
  if (size !== undefined) throw new HonninError("options-invalid", "there is no option named size");
  if ((document === undefined) === (given.digest === undefined)) {
    throw new HonninError("options-invalid", "Hand over either the document or its digest.");
  }
  if (document === undefined && (onProgress ?? signal) !== undefined) {
    throw new HonninError("options-invalid", "onProgress and signal are of use with a document only.");
  }
  if (given.at !== undefined) given.at = Math.floor(readTime(given.at, "at"));
  refuseFetching(given.revocation);
  const reading = readSignedPackage(text, limitsOf(given));
  // Both have copied their bytes before anything is waited for.
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
    // Nobody waits for it now.
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
      "A signed package brings its evidence: revocation.fetchEvidence is no option here.",
    );
  }
}
