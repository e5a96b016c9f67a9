import type { CertificateErrorCode, HonninErrorCode } from "honnin";
import type { LoginErrorCode, SigningErrorCode, SigningGroup, VerificationGroup } from "../error-groups.ts";
import type { GroupText } from "./parts.ts";

/** What is said of errors where somebody signs or verifies. What is missing here is said as for a login. */
export interface RefusalTexts {
  readonly resume: string;
  readonly startAgain: string;
  readonly signingGroups: Readonly<Record<SigningGroup, GroupText>>;
  readonly verificationGroups: Readonly<Record<VerificationGroup, GroupText>>;
  /** Certificates, revocation, packages: the same words for both. */
  readonly findings: Readonly<Record<CertificateErrorCode, string>>;
  readonly signing: Readonly<Record<SigningErrorCode, string> & Partial<Record<HonninErrorCode, string>>>;
  readonly verification: Readonly<
    Record<VerificationOnlyCode, string> & Partial<Record<LoginErrorCode, string>>
  >;
}

/** Codes that mean something else in a browser that verifies. */
export type VerificationOnlyCode =
  | "signature-mismatch"
  | "document-unreadable"
  | "webassembly-unavailable"
  | "wasm-unreachable"
  | "options-invalid"
  | "internal-error";
