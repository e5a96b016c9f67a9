// The emulator, and the demo's relying party in real workerd, wired to each other.
import { type Emulator, startEmulator } from "@honnin/emulator";
import { type ServedWorker, type ServeWorkerOptions, serveWorker } from "@honnin/worker";
import type { Front } from "./front.ts";
import { keyPair } from "./key-pair.ts";

export interface Stack {
  readonly emulator: Emulator;
  readonly site: ServedWorker;
  close(): Promise<void>;
}

export interface StackChoice extends Pick<ServeWorkerOptions, "codeLifetime"> {
  /** What requests of browsers go through. */
  readonly front?: Front;
}

/** Starts both; an authorization request leads to the test-card page at once. */
export async function startStack({ front, ...choice }: StackChoice = {}): Promise<Stack> {
  const [clientKey, decryptionKey] = [
    await keyPair("ES256", "sig", "client-key"),
    await keyPair("RSA-OAEP-256", "enc", "decryption-key"),
  ];
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  const site = await serveWorker({
    ...choice,
    ...(front && { publicOrigin: front.origin }),
    emulatorOrigin: emulator.origin,
    clientId: "testclient",
    clientKey: clientKey.own,
    decryptionKey: decryptionKey.own,
    jpkiAnchors: emulator.jpki.anchors,
    ocspUrl: `${emulator.origin}/emulator/jpki/ocsp`,
    quiet: true,
  });
  front?.lead(site.address);
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
