import type { Bilingual } from "./types.js";

/** Why the emulator refused a setting or an operation. */
export type EmulatorErrorCode =
  | "client-id-invalid"
  | "client-exists"
  | "client-name-invalid"
  | "redirect-uri-invalid"
  | "jwks-invalid"
  | "jwks-private"
  | "jwks-duplicate"
  | "jwks-signing-key-missing"
  | "key-unsupported"
  | "algorithm-unsupported"
  | "too-many-clients"
  | "people-invalid"
  | "too-many-people"
  | "answer-invalid"
  | "login-failed"
  | "key-step-invalid"
  | "certificate-invalid"
  | "mode-unknown"
  | "endpoint-unknown"
  | "fault-unknown"
  | "host-invalid"
  | "origin-invalid"
  | "lifetime-invalid"
  | "config-invalid"
  | "request-invalid";

/** The only error of the emulator's own API. `code` is stable; the message is for people. */
export class EmulatorError extends Error {
  override readonly name = "EmulatorError";
  readonly code: EmulatorErrorCode;
  /** More exact than the text for the code, if there is more to say. */
  readonly texts: Bilingual | undefined;

  constructor(code: EmulatorErrorCode, message: string | Bilingual) {
    super(typeof message === "string" ? message : message.en);
    this.code = code;
    this.texts = typeof message === "string" ? undefined : message;
  }
}
