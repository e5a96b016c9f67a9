// Loaded for an error of a handler without `onError`.
import type { HonninError } from "../error.js";
import type { ErrorKind } from "./page/classify.js";

/** Kinds about which a site's developer can do something. The others are the user's, or occur when all is well. */
const ofSite: readonly ErrorKind[] = [
  ...(["site", "site-busy", "other-host", "refused", "unverified", "unreachable", "busy"] as const),
  ...(["unintelligible", "evidence"] as const),
];

/**
 * Writes code and message to the console, once per code, so that a developer who has not set `onError` learns what is wrong. Neither
 * contains personal data. The cause of an `internal-error` may contain anything, so only the name of its class is written.
 *
 * @param logged the codes that were written before
 */
export function logError({ code, message, cause }: HonninError, kind: ErrorKind, logged: Set<string>): void {
  if (!ofSite.includes(kind) || logged.has(code)) return;
  logged.add(code);
  const name = code === "internal-error" && cause instanceof Error ? cause.name : "";
  const about = /^\w{1,64}$/.test(name) ? ` The cause is a ${name}: set onError to read it.` : "";
  console.error(
    `honnin: ${code}: ${message}${about} (Logged once. Set onError to handle every error, or logErrors to false.)`,
  );
}
