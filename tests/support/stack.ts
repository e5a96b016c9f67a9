// The emulator, and the demo's relying party in real workerd, wired to each other.
import { type Emulator, startEmulator } from "@honnin/emulator";
import { type ServedWorker, serveWorker } from "@honnin/worker";
import { exportJWK, generateKeyPair } from "jose";

export interface Stack {
  readonly emulator: Emulator;
  readonly site: ServedWorker;
  close(): Promise<void>;
}

/** Starts both; an authorization request leads to the test-card page at once. */
export async function startStack(): Promise<Stack> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const named = { alg: "ES256", kid: "client-key" };
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  const site = await serveWorker({
    emulatorOrigin: emulator.origin,
    clientId: "testclient",
    clientKey: { ...(await exportJWK(privateKey)), ...named },
    quiet: true,
  });
  emulator.addClient({
    clientId: "testclient",
    name: "test",
    redirectUris: [`${site.origin}/auth/callback`],
    jwks: { keys: [{ ...(await exportJWK(publicKey)), ...named, use: "sig" }] },
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
