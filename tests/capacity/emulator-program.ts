// The emulator as a process of its own: what it costs is not the site's.
import { type Client, startEmulator } from "@honnin/emulator";

export interface EmulatorAddress {
  readonly origin: string;
  readonly anchors: string;
  readonly organization: string;
}

const [client = ""] = process.argv.slice(2);
const clients = [JSON.parse(client) as Client];
const { origin, jpki } = await startEmulator({ mode: "test-card", quiet: true, clients });
const { anchors, organization } = jpki;
// It does not outlive the measurement.
process.stdin.resume().on("end", () => process.exit());
process.stdout.write(`${JSON.stringify({ origin, anchors, organization } satisfies EmulatorAddress)}\n`);
