// The emulator and the worker in workerd, and somebody who logs in and signs without a browser.
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { type Answer, UserAgent } from "../../../tests/support/user-agent.ts";
import { type ServedWorker, serveWorker } from "../src/serve.ts";

export { type Answer, UserAgent };

export const clientId = "honninworkertest";

export interface Demo {
  readonly emulator: Emulator;
  readonly worker: ServedWorker;
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

/** @param choice whether revocation can be asked for; by which algorithm results are encrypted */
export async function startDemo(
  choice: { readonly ocsp?: boolean; readonly encryption?: "RSA-OAEP-256" | "ECDH-ES+A256KW" } = {},
): Promise<Demo> {
  const { ocsp = true, encryption = "ECDH-ES+A256KW" } = choice;
  const [clientKey, decryptionKey] = [await keyPair("ES256", "sig"), await keyPair(encryption, "enc")];
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  const worker = await serveWorker({
    emulatorOrigin: emulator.origin,
    clientId,
    clientKey: clientKey.own,
    decryptionKey: decryptionKey.own,
    jpkiAnchors: emulator.jpki.anchors,
    ...(ocsp && { ocspUrl: `${emulator.origin}/emulator/jpki/ocsp` }),
    quiet: true,
  });
  emulator.addClient({
    clientId,
    name: "honnin worker test",
    redirectUris: [`${worker.origin}/auth/callback`],
    jwks: { keys: [clientKey.registered, decryptionKey.registered] },
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

export interface SigningChoice {
  readonly lang?: "ja" | "en";
  /** The fields about the document. Default: those of {@link documentText}. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly person?: string;
  readonly card?: string;
  /** `normal`, an error response, or a misbehaviour of the emulator. */
  readonly response?: string;
}

export const documentText = "契約書の本文\n";

/** What the form says of a document that the browser has hashed. */
export function documentFields(hash: "sha256" | "sha384" = "sha256"): Record<string, string> {
  const digest = createHash(hash).update(documentText).digest("hex");
  const size = String(Buffer.byteLength(documentText));
  return { digest, name: "契約書.txt", type: "text/plain", size };
}

/** From the button of the signing page to where it ends. */
export async function sign(agent: UserAgent, { worker }: Demo, choice: SigningChoice = {}): Promise<Answer> {
  const { lang = "ja", fields = documentFields(), person = "ordinary", response = "normal" } = choice;
  const { method = "digest-info", card = "normal" } = choice;
  const return_to = lang === "ja" ? "/sign/result" : "/en/sign/result";
  const testCard = await agent.post(`${worker.origin}/auth/sign`, { return_to, lang, method, ...fields });
  if (!testCard.url.endsWith("/test-card")) return testCard;
  return agent.post(testCard.url, { response, person, card });
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
