// The handler behind TLS, with a certificate that nobody has signed: what `__Host-` cookies need.
import { execFile } from "node:child_process";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { emulatorAt } from "honnin/launch";
import { memoryStore, type RelyingParty, relyingParty } from "honnin/relying-party";
import { keyPair } from "../support/key-pair.ts";
import { send, toRequest } from "../support/node-http.ts";

export interface HttpsSite {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * `/` shows who is logged in and a button to log out; `/set?COOKIE` sets any cookie; `/handoff` hands a login over to a phone; the emulator
 * is the service.
 */
export async function startHttpsSite(): Promise<HttpsSite> {
  const server = createServer(await selfSigned());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  const party = await makeParty(emulator, origin);
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = await answerTo(party, await toRequest(request, origin));
    await send(answer, response);
  };
  server.on("request", (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  return {
    origin,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      await emulator.close();
    },
  };
}

async function makeParty(emulator: Emulator, origin: string): Promise<RelyingParty> {
  const { own, registered } = await keyPair("ES256", "sig", "client-key");
  const redirectUri = `${origin}/auth/callback`;
  emulator.addClient({
    clientId: "testclient",
    name: "test",
    redirectUris: [redirectUri],
    jwks: { keys: [registered] },
  });
  return relyingParty({
    environment: emulatorAt(emulator.origin),
    allowEmulator: true,
    clientId: "testclient",
    clientKey: own,
    redirectUri,
    cookieSecret: "a secret of a site that nobody uses, 0123456789",
    store: memoryStore(),
    handoff: { operator: "架空商店" },
    onLogin: ({ sub }) => ({ sessionData: { sub } }),
  });
}

/** A page that uses the routes as a site's own page would: by `fetch`, events and a form. */
const handoffPage = `<!doctype html><title>x</title>
<button id="begin">begin</button><p id="url"></p><p id="state"></p><input id="number"><button id="send">send</button>
<form method="post" action="/auth/handoff/claim"></form>
<script type="module">
  const [url, state, number, button] = ["url", "state", "number", "send"].map((id) => document.getElementById(id));
  const post = (path, body) => fetch("/auth/handoff" + path, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  });
  button.onclick = () => post("/number", { number: number.value });
  document.getElementById("begin").onclick = async () => {
    url.textContent = (await (await post("", { returnTo: "/welcome" })).json()).url;
    new EventSource("/auth/handoff/events").onmessage = ({ data }) => {
      state.textContent = JSON.parse(data).state;
      if (state.textContent === "done") document.querySelector("form").submit();
    };
  };
</script>`;

async function answerTo(party: RelyingParty, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { handoff = "" } = party.paths;
  if (Object.values(party.paths).includes(pathname) || pathname.startsWith(`${handoff}/`))
    return party.fetch(request);
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  if (pathname === "/handoff") return new Response(handoffPage, { headers });
  if (pathname === "/set") headers.set("set-cookie", decodeURIComponent(search.slice(1)));
  const session = (await party.session(request))?.data as { sub: string } | undefined;
  const body =
    session === undefined
      ? '<p id="nobody">nobody</p>'
      : `<p data-sub>${session.sub}</p><form method="post" action="/auth/logout?return_to=/bye"><button>logout</button></form>`;
  return new Response(`<!doctype html><title>x</title><main>${body}</main>`, { headers });
}

async function selfSigned(): Promise<{ readonly key: string; readonly cert: string }> {
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "-"];
  const { stdout } = await promisify(execFile)("openssl", ["req", "-x509", "-days", "2", ...key, ...name]);
  const [pem = ""] = /-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/.exec(stdout) ?? [];
  return { key: pem, cert: stdout };
}
