// The small service as a process of its own: gets the client as its argument, and prints its origin.
import { type Client, startProvider } from "./provider.ts";

const [client = ""] = process.argv.slice(2);
const { origin } = await startProvider(JSON.parse(client) as Client);
// It does not outlive the test.
process.stdin.resume().on("end", () => process.exit());
process.stdout.write(`${origin}\n`);
