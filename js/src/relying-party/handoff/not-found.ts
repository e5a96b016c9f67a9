import { HonninError } from "../../error.js";

export function notFound(): HonninError {
  return new HonninError(
    "handoff-not-found",
    "There is no handoff for this address or for the cookie of this browser: it is complete, has ended, or never existed.",
  );
}
