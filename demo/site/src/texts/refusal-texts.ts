import type { CertificateErrorCode, HonninErrorCode } from "honnin";
import type { LoginErrorCode, SigningErrorCode, SigningGroup, VerificationGroup } from "../error-groups.ts";
import type { GroupText } from "./parts.ts";

/** Texts for errors in signing and verification. For missing ones, the texts of a login apply. */
export interface RefusalTexts {
  readonly resume: string;
  readonly startAgain: string;
  readonly signingGroups: Readonly<Record<SigningGroup, GroupText>>;
  readonly verificationGroups: Readonly<Record<VerificationGroup, GroupText>>;
  /** Certificates, revocation, packages: the same texts for both. */
  readonly findings: Readonly<Record<CertificateErrorCode, string>>;
  readonly signing: Readonly<Record<SigningErrorCode, string> & Partial<Record<HonninErrorCode, string>>>;
  readonly verification: Readonly<
    Record<VerificationOnlyCode, string> & Partial<Record<LoginErrorCode, string>>
  >;
}

/** Codes with another meaning for verification in the browser. */
export type VerificationOnlyCode =
  | "signature-mismatch"
  | "document-unreadable"
  | "webassembly-unavailable"
  | "wasm-unreachable"
  | "options-invalid"
  | "internal-error";
