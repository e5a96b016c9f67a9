import { HonninError } from "../../error.js";

export function notFound(): HonninError {
  return new HonninError(
    "signature-not-found",
    "This browser has no signature to continue: it is complete, or has expired.",
  );
}
