// The whole demo on this machine: the emulator, and the site as an edge worker in workerd.
import { startEmulator } from "@honnin/emulator";
import { serveWorker } from "@honnin/worker";
import { exportJWK, generateKeyPair } from "jose";

const clientId = "honnindemo";

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const kid = "demo-client-key";
  const clientKey = { ...(await exportJWK(privateKey)), alg: "ES256", kid };

  say("Starting the emulator …");
  const emulator = await startEmulator();
  say("Starting the edge worker …");
  const site = await serveWorker({ emulatorOrigin: emulator.origin, clientId, clientKey });
  emulator.addClient({
    clientId,
    name: "honnin demo",
    redirectUris: [`${site.origin}/auth/callback`],
    jwks: { keys: [{ ...(await exportJWK(publicKey)), alg: "ES256", use: "sig", kid }] },
  });

  say(`  emulator  ${emulator.origin}/`);
  say("  Ctrl-C stops everything.\n");
  say(`Open  ${site.origin}/`);

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
  // Miniflare's own listeners would end the process at once, before anything else has stopped.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.removeAllListeners(signal).on(signal, stop);
}

await main();
