// A whole login in each framework on Node: the handler, its bridge and the emulator, with cookies as a browser keeps them.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { emulatorAt } from "honnin/launch";
import { memoryStore, type PrivateJwk, type RelyingParty, relyingParty } from "honnin/relying-party";
import { type NodeHandler, toNodeHandler, toRequest } from "honnin/relying-party/node";
import { keyPair } from "../support/key-pair.ts";
import { UserAgent } from "../support/user-agent.ts";
import { type Running, servers } from "./frameworks.ts";

let emulator: Emulator;
let keys: Awaited<ReturnType<typeof keyPair>>;

before(async () => {
  keys = await keyPair("ES256", "sig", "client-key");
  emulator = await startEmulator({ mode: "test-card", quiet: true });
});
after(() => emulator?.close());

let count = 0;

/** A site whose port is known only after its server has started. */
async function startSite(start: (handler: NodeHandler) => Promise<Running>) {
  let current: { rp: RelyingParty; auth: NodeHandler; origin: string } | undefined;
  const server = await start((incoming, outgoing, next) => {
    const { rp, auth, origin } = current ?? assert.fail();
    auth(incoming, outgoing, async (error) => {
      assert.equal(error, undefined);
      if (!incoming.url?.endsWith("/me")) return next?.();
      outgoing.end(JSON.stringify((await rp.session(toRequest(incoming, { origin })))?.data ?? null));
    });
  });
  const origin = `http://localhost:${server.port}`;
  const clientId = `testclient${count++}`;
  const redirectUris = [`${origin}/auth/callback`];
  emulator.addClient({ clientId, name: "test", redirectUris, jwks: { keys: [keys.registered] } });
  const rp = relyingParty({
    environment: emulatorAt(emulator.origin),
    allowEmulator: true,
    clientId,
    clientKey: keys.own as PrivateJwk,
    redirectUri: `${origin}/auth/callback`,
    cookieSecret: "0123456789abcdefghijklmnopqrstuv",
    store: memoryStore(),
    handoff: true,
    onLogin: ({ sub }) => ({ sessionData: { who: sub } }),
  });
  const requests: Request[] = [];
  const seen = {
    paths: rp.paths,
    fetch(request: Request) {
      requests.push(request);
      return rp.fetch(request);
    },
  };
  current = { rp, auth: toNodeHandler(seen, { origin }), origin };
  return { origin, server, requests };
}

for (const [name, start] of Object.entries(servers)) {
  test(`${name}: login, session, other pages, handoff and logout`, async () => {
    const { origin, server, requests } = await startSite(start);
    try {
      const agent = new UserAgent();
      const card = await agent.get(`${origin}/auth/login?return_to=/home`);
      const back = await agent.post(card.url, { response: "normal", person: "ordinary" });
      assert.equal(back.url, `${origin}/home`);
      assert.equal(back.text, "elsewhere");
      const session = async () =>
        JSON.parse((await agent.get(`${origin}/auth/me`)).text) as { who: string } | null;
      assert.match(String((await session())?.who), /^.{8,}$/);

      const missing = await agent.get(`${origin}/auth/callback`);
      assert.equal(missing.status, 400);
      assert.match(missing.text, /authorization-response-malformed/);

      // A body in JSON, and a stream of events that ends when the client goes away.
      const created = await fetch(`${origin}/auth/handoff`, {
        method: "POST",
        headers: { "content-type": "application/json", origin },
        body: JSON.stringify({ returnTo: "/home" }),
      });
      assert.equal(created.status, 201);
      const [cookie = ""] = created.headers.getSetCookie().map((line) => line.split(";")[0]);
      const leaving = new AbortController();
      const events = await fetch(`${origin}/auth/handoff/events`, {
        headers: { cookie },
        signal: leaving.signal,
      });
      assert.equal(events.headers.get("content-type"), "text/event-stream");
      const reader = events.body?.getReader() ?? assert.fail();
      assert.match(new TextDecoder().decode((await reader.read()).value), /"state":"waiting"/);
      const { signal } = requests.at(-1) ?? assert.fail();
      assert.equal(signal.aborted, false);
      leaving.abort();
      if (!signal.aborted) await once(signal, "abort", { signal: AbortSignal.timeout(5_000) });

      assert.equal(
        (await agent.send(`${origin}/auth/logout?return_to=/home`, { method: "POST" })).status,
        303,
      );
      assert.equal(await session(), null);
    } finally {
      await server.close();
    }
  });
}
