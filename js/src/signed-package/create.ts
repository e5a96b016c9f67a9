import { toBase64 } from "../base64.js";
import type { CertificateFindings } from "../certificates/certificate-result.js";
import { hashOf } from "../certificates/digest.js";
import type { RevocationOptions } from "../certificates/revocation.js";
import type { SigningScheme } from "../certificates/signature-scheme.js";
import type { DocumentHash } from "../documents/digest-document.js";
import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import { readNow, readTime, type Time } from "../time.js";
import { asBytes } from "../verifier/bytes.js";
import { Call } from "../verifier/call.js";
import { members } from "../verifier/options.js";
import { addOwn, pack } from "../verifier/pack-options.js";
import type { Bytes, DerOrPem } from "../verifier/parts.js";
import { readSignedPackage } from "./read.js";
import type {
  DocumentReference,
  PackageCertificateOptions,
  PackageClaims,
  SignedPackageJson,
} from "./types.js";

/** Options of {@link createSignedPackage}: the parts of the package, and the rules for its certificate. */
export type CreateSignedPackageOptions = PackageCertificateOptions & {
  readonly document: DocumentReference;
  /** The digest of the document with the hash algorithm of the scheme: SHA-256, or SHA-384 with ECDSA. */
  readonly digest: Bytes;
  readonly scheme: SigningScheme;
  /** The input to the card. `"digest-info"` for `rsa-pkcs1-sha256`, `"bare"` for `rsa-pkcs1-bare`. */
  readonly form: "bare" | "digest-info";
  /** The encoding of an ECDSA signature. Default `"der"`. */
  readonly ecdsaForm?: "der" | "raw" | undefined;
  readonly signature: Bytes;
  /** The signer's certificate in DER or PEM. */
  readonly certificate: DerOrPem;
  /** Revocation evidence to select from: CRLs in DER or PEM. Delta CRLs can show a revocation; only complete ones are stored. */
  readonly crls?: DerOrPem | readonly DerOrPem[] | undefined;
  /** OCSP responses in DER. */
  readonly ocspResponses?: Bytes | readonly Bytes[] | undefined;
  /** The rules for which evidence is current at `now`, as in {@link verifyCertificate}. */
  readonly revocation?:
    | Pick<RevocationOptions, "clockTolerance" | "crlMaxAge" | "ocspMaxAge" | "ocspNonce">
    | undefined;
  /** RFC 3161 TimeStampTokens for the signature value in DER, at most four. */
  readonly timestamps?: readonly Bytes[] | undefined;
  /** Default: `createdAt` is `now`; profile, cards and report come from the verification. */
  readonly claims?:
    | (Partial<Omit<PackageClaims, "createdAt">> & { readonly createdAt?: Time | undefined })
    | undefined;
};

type Chosen = { readonly ok: true } & Pick<SignedPackageJson, "certificate" | "evidence">;
type Verified = { readonly ok: true; readonly report: Report } & CertificateFindings;

/** Options of this function that are not options for the certificate. */
const own = ["document", "scheme", "form", "ecdsaForm", "signature", "crls", "ocspResponses", "timestamps"];

/**
 * Creates a signed package from a signature, and verifies it. The returned package is valid at the time of creation.
 *
 * The package contains the newest OCSP response that by itself shows that the certificate is not revoked and that is current at
 * `now`; otherwise the newest such CRL. Its time becomes the verification time of the package. If there is none, or if all evidence
 * together does not determine the status, the package has no evidence, and its verification requires a time.
 *
 * @returns the JSON text. Store it unchanged
 * @throws HonninError `certificate-revoked` if {@link verifyCertificate} with all of the evidence would throw it at `now`;
 *   `package-malformed` if the package would be malformed; and as {@link verifySignedPackage}
 *
 * @example
 * ```ts
 * import { readFile, writeFile } from "node:fs/promises";
 * import { createSignedPackage, digestDocument } from "honnin";
 *
 * const document = await readFile("contract.pdf");
 * const { digest, size } = await digestDocument(document, { hash: "sha256" });
 * const text = await createSignedPackage({
 *   document: { name: "contract.pdf", mediaType: "application/pdf", size },
 *   digest,
 *   scheme: "rsa-pkcs1-sha256",
 *   form: "digest-info",
 *   signature: await readFile("contract.sig"),
 *   certificate: await readFile("signer.cer"),
 *   crls: await readFile("today.crl"),
 *   profile: "jpki-sign",
 *   anchors: await readFile("authorities.pem", "utf8"),
 * });
 * await writeFile("contract.pdf.honnin.json", text);
 * ```
 */
export async function createSignedPackage(options: CreateSignedPackageOptions): Promise<string> {
  const {
    certificate,
    digest,
    claims = {},
    ...given
  } = members(options, "The options argument of createSignedPackage");
  const { document, scheme, form, ecdsaForm, signature, crls, ocspResponses, timestamps = [] } = given;
  for (const name of own) delete given[name];
  given.now = Math.floor(readNow(given.now));
  const current = given.revocation === undefined ? {} : members(given.revocation, "revocation");
  const claimed = readClaims(claims);
  const hash = hashOf(scheme);
  if (!Array.isArray(timestamps)) throw new HonninError("options-invalid", "timestamps must be an array.");
  const parts = {
    document: { ...members(document, "document") },
    digest: { algorithm: hash as DocumentHash, value: base64(digest, "digest") },
    signature: {
      scheme,
      form,
      ...(hash === "sha384" ? { ecdsaForm: ecdsaForm ?? "der" } : { ecdsaForm }),
      value: base64(signature, "signature"),
    },
    timestamps: timestamps.map((timestamp) => base64(timestamp, "timestamps")),
  };
  const choosing = new Call<Chosen>(
    "choose_evidence",
    addOwn({ ...given, revocation: current }, { certificate, ...present({ crls, ocspResponses }) }),
  );
  // The clock of the issuer of the evidence may be ahead. The other rules apply to the present only.
  const clocks = present({ clockTolerance: current.clockTolerance });
  const verifying = new Call<Verified>(
    "verify_signed_package",
    addOwn({ ...given, revocation: clocks }, { digest }),
  );

  const chosen = await choosing.accepted();
  const { evidence } = chosen;
  const text = (rest: object) =>
    write({
      format: "honnin-signed-package",
      version: 1,
      document: parts.document,
      digest: parts.digest,
      signature: parts.signature,
      certificate: chosen.certificate,
      evidence,
      timestamps: parts.timestamps,
      claims: { createdAt: given.now, profile: null, environment: null, ...rest },
    });
  verifying.set("package", pack(text({ report: { steps: [] } }), "package", verifying.parts));
  if (evidence.time === null) {
    verifying.set("revocation", { ...clocks, require: "nothing" });
    verifying.set("at", given.now);
  }
  const verified = await verifying.accepted();
  const found = {
    profile: verified.profile?.name ?? null,
    environment: verified.profile?.cards ?? null,
    report: verified.report,
  };
  const whole = text({ ...found, ...claimed });
  // Only the caller's claims were not checked yet.
  const { limits } = given;
  await readSignedPackage(whole, limits === undefined ? {} : { limits: members(limits, "limits") });
  return whole;
}

/** The claims with the names of the format. */
function readClaims(claims: unknown): Record<string, unknown> {
  const { cards, createdAt, ...others } = members(claims, "claims");
  if (others.environment !== undefined) {
    throw new HonninError(
      "options-invalid",
      "There is no option named claims.environment. Use claims.cards.",
    );
  }
  return present({
    ...others,
    environment: cards,
    createdAt: createdAt === undefined ? undefined : Math.floor(readTime(createdAt, "claims.createdAt")),
  });
}

function present(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function base64(value: unknown, name: string): string {
  const bytes = asBytes(value, name);
  if (bytes === undefined) throw new HonninError("options-invalid", `${name} has the wrong type.`);
  return toBase64(bytes);
}

function write(value: object): string {
  try {
    return `${JSON.stringify(value, null, 2)}\n`;
  } catch (cause) {
    throw new HonninError("options-invalid", "The package cannot be written as JSON.", { cause });
  }
}
