// The emulator, and the demo's relying party in real workerd, wired to each other.
import { type Emulator, startEmulator } from "@honnin/emulator";
import { type ServedWorker, serveWorker } from "@honnin/worker";
import { exportJWK, generateKeyPair, type JWK } from "jose";

export interface Stack {
  readonly emulator: Emulator;
  readonly site: ServedWorker;
  close(): Promise<void>;
}

/** A key pair for one use, as JWKs. */
async function keyPair(alg: string, use: "sig" | "enc"): Promise<{ own: JWK; registered: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const named = { alg, kid: `${use}-key` };
  return {
    own: { ...(await exportJWK(privateKey)), ...named },
    registered: { ...(await exportJWK(publicKey)), ...named, use },
  };
}

/** Starts both, set up for logins and signatures; an authorization request leads to the test-card page at once. */
export async function startStack(): Promise<Stack> {
  const clientKey = await keyPair("ES256", "sig");
  const decryptionKey = await keyPair("ECDH-ES+A256KW", "enc");
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  const site = await serveWorker({
    emulatorOrigin: emulator.origin,
    clientId: "testclient",
    clientKey: clientKey.own,
    decryptionKey: decryptionKey.own,
    jpkiAnchors: emulator.jpki.anchors,
    ocspUrl: `${emulator.origin}/emulator/jpki/ocsp`,
    quiet: true,
  });
  emulator.addClient({
    clientId: "testclient",
    name: "test",
    redirectUris: [`${site.origin}/auth/callback`],
    jwks: { keys: [clientKey.registered, decryptionKey.registered] },
  });
  return {
    emulator,
    site,
    async close() {
      await site.close();
      await emulator.close();
    },
  };
}
