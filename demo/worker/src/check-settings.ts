import { emulatorAt, environments, HonninError } from "honnin/launch";

/** The settings, as strings. */
export interface Settings {
  /** An emulator's origin, or else `ENVIRONMENT` names one of the service's own environments. Never both. */
  readonly ENVIRONMENT_ORIGIN?: string;
  readonly ENVIRONMENT?: "production" | "sandbox";
  readonly CLIENT_ID: string;
  /** The client's private key: the JSON text of a JWK. */
  readonly CLIENT_KEY: string;
  readonly COOKIE_SECRET: string;
  /** This site's origin, as registered in the redirect URI: https, or http on loopback. */
  readonly SITE_ORIGIN: string;
  /** The private key that decrypts signature results: the JSON text of a JWK. Required for signing. Needs `JPKI_ANCHORS`. */
  readonly DECRYPTION_KEY?: string;
  /** The certificates of the 署名用 CAs in PEM. Required for signing and verification. */
  readonly JPKI_ANCHORS?: string;
  /** The URL of an OCSP responder for signers' certificates. Without it, revocation is not checked, and pages say so. Needs `DECRYPTION_KEY`. */
  readonly OCSP_URL?: string;
  /** Seconds for which a QR code of the home page works. Default: the handler's. */
  readonly HANDOFF_CODE_LIFETIME?: string;
}

const required = ["CLIENT_ID", "CLIENT_KEY", "COOKIE_SECRET", "SITE_ORIGIN"] as const;

/** An empty string counts as not set: most consoles remove a variable in this way. */
export function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}

function refusal(message: string): HonninError {
  return new HonninError("options-invalid", message);
}

/**
 * Refuses settings that are missing, malformed, or contradict each other, because one of two would be ignored silently.
 *
 * @throws HonninError `options-invalid`; the message names the settings and the remedy
 */
export function checkSettings(env: Settings): void {
  for (const name of required) if (!isSet(env[name])) throw refusal(`${name} is not set.`);
  const site = readSite(env.SITE_ORIGIN);
  if (isSet(env.ENVIRONMENT_ORIGIN)) {
    if (isSet(env.ENVIRONMENT)) {
      throw refusal(
        "ENVIRONMENT and ENVIRONMENT_ORIGIN are both set, but they name different services. Keep only ENVIRONMENT for the service, or only ENVIRONMENT_ORIGIN for an emulator.",
      );
    }
    checkEmulator(env.ENVIRONMENT_ORIGIN, site);
  } else {
    checkService(env.ENVIRONMENT, site);
  }
  checkSigning(env);
  const { HANDOFF_CODE_LIFETIME: lifetime } = env;
  if (isSet(lifetime) && !/^[0-9]{1,4}$/.test(lifetime))
    throw refusal("HANDOFF_CODE_LIFETIME must be a whole number of seconds.");
}

function readSite(origin: string): URL {
  const wanted = "such as https://shop.example, or http on localhost for development";
  let site: URL;
  try {
    site = new URL(origin);
  } catch {
    throw refusal(`SITE_ORIGIN is not an origin: give scheme and host, ${wanted}.`);
  }
  if (site.protocol !== "https:" && !(site.protocol === "http:" && isLoopback(site))) {
    throw refusal(
      `SITE_ORIGIN must be https, ${wanted}: browsers store the login cookie on no other origin.`,
    );
  }
  // URLs of requests are compared with it literally: any difference would cause a redirect loop.
  if (site.origin !== origin) {
    throw refusal(
      `SITE_ORIGIN must be scheme, host and port only, as browsers write it: no path, no trailing slash, no default port, lower case, ${wanted}.`,
    );
  }
  return site;
}

function checkEmulator(origin: string, site: URL): void {
  let issuer: URL;
  try {
    issuer = new URL(emulatorAt(origin).issuer);
  } catch (error) {
    throw refusal(`ENVIRONMENT_ORIGIN is not usable. ${error instanceof HonninError ? error.message : ""}`);
  }
  if (issuer.origin === site.origin) {
    throw refusal(
      "ENVIRONMENT_ORIGIN and SITE_ORIGIN are the same. The site and the emulator need different origins. Set ENVIRONMENT_ORIGIN to the origin of the emulator.",
    );
  }
  const service = Object.values(environments).find(
    ({ issuer: own }) => new URL(own).origin === issuer.origin,
  );
  if (service !== undefined) {
    throw refusal(
      `ENVIRONMENT_ORIGIN is the origin of the service, but it is for an emulator only. Set ENVIRONMENT=${service.name} instead.`,
    );
  }
  if (isLoopback(issuer) && !isLoopback(site)) {
    throw refusal(
      "ENVIRONMENT_ORIGIN is a loopback address, but SITE_ORIGIN is not: visitors would be sent to their own machines. For development, set both to loopback addresses. For a site that others open, set ENVIRONMENT.",
    );
  }
}

function checkService(name: string | undefined, site: URL): void {
  if (!isSet(name)) {
    throw refusal(
      "Neither ENVIRONMENT nor ENVIRONMENT_ORIGIN is set. Set ENVIRONMENT to production or sandbox, or ENVIRONMENT_ORIGIN to an emulator's origin.",
    );
  }
  if (name !== "production" && name !== "sandbox") {
    throw refusal(
      "ENVIRONMENT must be production or sandbox. For an emulator, set ENVIRONMENT_ORIGIN instead.",
    );
  }
  // The sandbox may redirect to a developer's own machine, because the developer's browser runs there.
  if (name === "production" && isLoopback(site)) {
    throw refusal(
      "ENVIRONMENT=production needs a SITE_ORIGIN that users can reach, but it is a loopback address. For development, set ENVIRONMENT=sandbox, or ENVIRONMENT_ORIGIN for an emulator.",
    );
  }
}

function checkSigning({ DECRYPTION_KEY: key, JPKI_ANCHORS: anchors, OCSP_URL: ocsp }: Settings): void {
  if (isSet(key) && !isSet(anchors)) {
    throw refusal(
      "DECRYPTION_KEY is set, but JPKI_ANCHORS is not: signatures could be decrypted but not verified. Set both or neither.",
    );
  }
  if (!isSet(ocsp)) return;
  if (!isSet(anchors)) {
    throw refusal(
      "OCSP_URL is set, but JPKI_ANCHORS is not: no certificate would be checked. Set both or neither.",
    );
  }
  if (!isSet(key)) {
    throw refusal(
      "OCSP_URL is set, but DECRYPTION_KEY is not: OCSP_URL is used only for signatures on this site, which need DECRYPTION_KEY. Set DECRYPTION_KEY, or remove OCSP_URL.",
    );
  }
  // OCSP usually uses http, because responses are signed.
  if (!/^https?:\/\/[^/@]+([/?]|$)/.test(ocsp) || !URL.canParse(ocsp)) {
    throw refusal(
      "OCSP_URL must be the complete http or https URL of an OCSP responder, without user name and password.",
    );
  }
}

function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(hostname);
}
