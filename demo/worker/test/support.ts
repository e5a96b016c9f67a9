// The emulator and the worker in workerd, and somebody who logs in without a browser.
import { setImmediate } from "node:timers/promises";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { exportJWK, generateKeyPair } from "jose";
import { type Answer, UserAgent } from "../../../tests/support/user-agent.ts";
import { type ServedWorker, serveWorker } from "../src/serve.ts";

export { type Answer, UserAgent };

export const clientId = "honninworkertest";

export interface Demo {
  readonly emulator: Emulator;
  readonly worker: ServedWorker;
  close(): Promise<void>;
}

export async function startDemo(): Promise<Demo> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  const worker = await serveWorker({
    emulatorOrigin: emulator.origin,
    clientId,
    clientKey: { ...(await exportJWK(privateKey)), alg: "ES256" },
    quiet: true,
  });
  emulator.addClient({
    clientId,
    name: "honnin worker test",
    redirectUris: [`${worker.origin}/auth/callback`],
    jwks: { keys: [{ ...(await exportJWK(publicKey)), alg: "ES256", use: "sig" }] },
  });
  return {
    emulator,
    worker,
    async close() {
      await worker.close();
      await emulator.close();
    },
  };
}

export interface LoginChoice {
  readonly lang?: "ja" | "en";
  /** As the form's checkboxes send them. Default: a plain link, without any. */
  readonly scopes?: readonly string[];
  readonly person?: string;
  /** `normal`, an error response, or a misbehaviour of the emulator. */
  readonly response?: string;
}

/** From the button to where it ends. */
export async function logIn(agent: UserAgent, { worker }: Demo, choice: LoginChoice = {}): Promise<Answer> {
  const { lang = "ja", scopes = [], person = "ordinary", response = "normal" } = choice;
  const query = new URLSearchParams({ return_to: lang === "ja" ? "/result" : "/en/result", lang });
  for (const scope of scopes) query.append("scope", scope);
  const testCard = await agent.get(`${worker.origin}/auth/login?${query}`);
  if (!testCard.url.endsWith("/test-card")) throw new Error(`the login ended at ${testCard.url}`);
  return agent.post(testCard.url, { response, person });
}

/** Until it is so; what another process writes arrives when it arrives. Gives up after ten seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  for (const start = performance.now(); !isSo(); await setImmediate()) {
    if (performance.now() - start > 10_000) throw new Error("it did not come to that");
  }
}

/** `data-code` of a page. */
export function codeOf({ text }: Answer): string | undefined {
  return /<main [^>]*data-code="([^"]*)"/.exec(text)?.[1];
}

export function titleOf({ text }: Answer): string | undefined {
  return /<h1>(?:<svg.*?<\/svg>)?(?:<span>)?([^<]*)/s.exec(text)?.[1];
}

/** The steps as the page shows them. */
export function checksOf({ text }: Answer): { readonly id: string; readonly status: string }[] {
  return [...text.matchAll(/data-check="([^"]*)" data-status="([^"]*)"/g)].map(
    ([, id = "", status = ""]) => ({ id, status }),
  );
}

/** The part of a page about one basic item. */
export function itemOf({ text }: Answer, item: string): string {
  const start = text.indexOf(`data-item="${item}"`);
  return text.slice(start, text.indexOf("</div>", start));
}
