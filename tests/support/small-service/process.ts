// The small service, in a process of its own: what it costs is not the site's.
import { fileURLToPath } from "node:url";
import { startProgram } from "../program.ts";
import type { Client, ServiceReport } from "./provider.ts";

const program = fileURLToPath(new URL("./program.ts", import.meta.url));

export interface SmallService {
  readonly origin: string;
  report(): Promise<ServiceReport>;
  close(): Promise<void>;
}

export async function startService(client: Client): Promise<SmallService> {
  const { line: origin, kill } = await startProgram(program, [JSON.stringify(client)]);
  return {
    origin,
    report: async () => (await fetch(`${origin}/report`)).json() as Promise<ServiceReport>,
    close: kill,
  };
}
