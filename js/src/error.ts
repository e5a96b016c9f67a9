import type { HonninErrorCode } from "./error-codes.js";
import type { Report } from "./report.js";

export type { CertificateErrorCode, HonninErrorCode } from "./error-codes.js";

/** Optional members of an error. */
export interface HonninErrorDetails {
  /** The steps up to the error. The last one failed. */
  readonly report?: Report | undefined;
  /** The error that caused this one, if any. */
  readonly cause?: unknown;
}

/** The only error type. `message` states the cause and the remedy. `message` and `report` contain no personal data. */
export class HonninError extends Error {
  override readonly name = "HonninError";
  readonly code: HonninErrorCode;
  readonly report: Report | undefined;

  constructor(code: HonninErrorCode, message: string, details: HonninErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.report = details.report;
  }
}
