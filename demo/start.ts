// The whole demo on this machine: the emulator, and the site as an edge worker in workerd.
import { startEmulator } from "@honnin/emulator";
import { serveWorker } from "@honnin/worker";
import { exportJWK, generateKeyPair, type JWK } from "jose";

const clientId = "honnindemo";

const say = (text: string) => process.stdout.write(`${text}\n`);

/** A key pair for one use, as JWKs. */
async function keyPair(alg: string, use: "sig" | "enc", kid: string): Promise<{ own: JWK; registered: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const own = { ...(await exportJWK(privateKey)), alg, kid };
  return { own, registered: { ...(await exportJWK(publicKey)), alg, use, kid } };
}

async function main(): Promise<void> {
  if (process.argv.length > 2) {
    say(
      "npm start takes no options: it starts everything on this machine. npm run emulator takes some, see --help.",
    );
    process.exitCode = 1;
    return;
  }
  const clientKey = await keyPair("ES256", "sig", "demo-client-key");
  const decryptionKey = await keyPair("ECDH-ES+A256KW", "enc", "demo-decryption-key");

  say("Starting the emulator …");
  const emulator = await startEmulator();
  say("Starting the edge worker …");
  const site = await serveWorker({
    emulatorOrigin: emulator.origin,
    clientId,
    clientKey: clientKey.own,
    decryptionKey: decryptionKey.own,
    jpkiAnchors: emulator.jpki.anchors,
    ocspUrl: `${emulator.origin}/emulator/jpki/ocsp`,
  });
  emulator.addClient({
    clientId,
    name: "honnin demo",
    redirectUris: [`${site.origin}/auth/callback`],
    jwks: { keys: [clientKey.registered, decryptionKey.registered] },
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say("\nStopping …");
    await site.close();
    await emulator.close();
    say("Stopped.");
    process.exit(0);
  };
  // Miniflare's own listeners would end the process immediately, before everything else has stopped.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.removeAllListeners(signal).on(signal, () => {
      stop().catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      });
    });

  say(`  emulator  ${emulator.origin}/`);
  say("  Ctrl-C stops everything.\n");
  say(`Open  ${site.origin}/`);
}

await main();
