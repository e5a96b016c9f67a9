// A site, the emulator it is registered with, and the checker's way to both.
import { type Emulator, startEmulator } from "@honnin/emulator";
import { exportJWK, generateKeyPair } from "jose";
import { type CheckOptions, type CheckResult, check, type Target } from "../../src/index.js";
import type { Site, SiteSettings } from "./site.js";

export interface Bench {
  readonly emulator: Emulator;
  readonly site: Site;
  check(options?: Partial<CheckOptions>): Promise<CheckResult>;
  close(): Promise<void>;
}

export const clientId = "checkedSite";

type Algorithm = "ES256" | "RS256" | "ECDH-ES";

/** A key pair: the private half for the site, the public one for the service. */
export async function keyPair(alg: Algorithm, use: "sig" | "enc", kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const about = { kid, alg, use };
  return {
    own: { ...(await exportJWK(privateKey)), ...about },
    registered: { ...(await exportJWK(publicKey)), ...about },
  };
}

export async function setUp(
  makeSite: (settings: SiteSettings) => Promise<Site>,
  alg: "ES256" | "RS256" = "ES256",
): Promise<Bench> {
  const [key, decryptionKey] = [
    await keyPair(alg, "sig", "client-key"),
    await keyPair("ECDH-ES", "enc", "decryption-key"),
  ];
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  let site: Site;
  try {
    site = await makeSite({
      issuer: emulator.issuer,
      clientId,
      key: key.own,
      decryptionKey: decryptionKey.own,
      jpkiAnchors: emulator.jpki.anchors,
    });
    emulator.addClient({
      clientId,
      name: "A checked site",
      redirectUris: [site.redirectUri],
      jwks: { keys: [key.registered, decryptionKey.registered] },
    });
  } catch (error) {
    await emulator.close();
    throw error;
  }
  const { sign } = site;
  return {
    emulator,
    site,
    check: (options = {}) =>
      check({
        login: { method: "GET", url: new URL(site.login) },
        ...(sign === undefined ? {} : { sign: targetOf(sign) }),
        service: { origin: emulator.origin },
        requestSeconds: 20,
        waitSeconds: 0,
        ...options,
      }),
    async close() {
      await site.close();
      await emulator.close();
    },
  };
}

function targetOf({ url, body }: NonNullable<Site["sign"]>): Target {
  return body === undefined
    ? { method: "GET", url: new URL(url) }
    : { method: "POST", url: new URL(url), body };
}
