// The cookies of the demo's own site, in workerd, and of the emulator, on Node, by the bytes of their names.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { beginSigning, respond } from "../support/signing.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { beginLogin } from "../support/test-card.ts";
import { UserAgent } from "../support/user-agent.ts";
import { checkByteTable, type IsTaken } from "./byte-table.ts";
import { bytesInFront } from "./planted-names.ts";
import { sendCookieBytes } from "./raw-request.ts";

let stack: Stack;

before(async () => {
  stack = await startStack();
});

after(() => stack?.close());

/** A page that shows the mark to whoever has the cookie. `rest`: the cookies that it needs besides. */
function showing(address: string, mark: string, rest = ""): IsTaken {
  const { host, port, pathname } = new URL(address);
  return async (header) => {
    const cookies = Buffer.concat([header, Buffer.from(rest)]);
    const { status, body } = await sendCookieBytes(
      { hostname: "127.0.0.1", port: Number(port) },
      host,
      pathname,
      cookies,
    );
    return status === 400 ? "refused" : body.includes(mark);
  };
}

/** The cookies of a browser for this address, as pairs. */
const pairsOf = (agent: UserAgent, address: string) => agent.cookieHeader(address).split("; ");

test("the site shows the result of a signature to the cookie of this name alone", async () => {
  const signer = await beginSigning(stack.site.origin);
  const { url } = await respond(signer);
  // What honnin's handler seals, such as where the callback led to, begins like every JWE.
  const [pair = "", ...others] = pairsOf(signer.agent, url).filter((each) => !each.includes("=eyJ"));
  assert.deepEqual(others, []);
  const isTaken = showing(url, "data-download");
  await checkByteTable(isTaken, pair);
  // One that only looks like it neither replaces nor shuts out the browser's own.
  const name = pair.slice(0, pair.indexOf("="));
  assert.equal(await isTaken(Buffer.from(`\u2000${name}=${"0".repeat(64)}; ${pair}`)), true);
  assert.equal(await isTaken(Buffer.from(`${name}=${"0".repeat(64)}; ${pair}`)), false);
});

test("the emulator remembers the language in the cookie of this name alone", async () => {
  const agent = new UserAgent();
  await agent.get(`${stack.emulator.origin}/?lang=en`);
  const [pair = ""] = pairsOf(agent, stack.emulator.origin);
  await checkByteTable(showing(stack.emulator.origin, '<html lang="en"'), pair);
});

test("an authorization at the emulator belongs to the cookie of this name alone", async () => {
  const { agent, page } = await beginLogin(stack.site.origin);
  // oidc-provider reads it, which knows no HTAB, and signs it; the signature stays what it is.
  const [pair = "", signature = ""] = pairsOf(agent, page.url);
  await checkByteTable(showing(page.url, 'data-testid="authenticate"', `; ${signature}`), pair, ["20"]);
});

test("an authorization at the emulator is ended with the cookies of these names alone", async () => {
  const { agent, page } = await beginLogin(stack.site.origin);
  const body = new URLSearchParams({ response: "normal", person: "ordinary" });
  const answer = await agent.send(page.url, { method: "POST", body });
  const { host, hostname, port, pathname } = new URL(answer.headers.get("location") ?? "", page.url);
  const pairs = pairsOf(agent, page.url);
  const statusWith = async (front: string) => {
    const header = pairs.map((pair) => Buffer.concat([Buffer.from(front, "hex"), Buffer.from(`${pair}; `)]));
    const address = { hostname, port: Number(port) };
    return (await sendCookieBytes(address, host, pathname, Buffer.concat(header))).status;
  };
  for (const front of bytesInFront) assert.equal(await statusWith(front), 400, front);
  // Once, and therefore last.
  assert.equal(await statusWith("20"), 303);
});

test("the phone's pages at the emulator belong to the cookie of this name alone", async (t) => {
  stack.emulator.setMode("app");
  t.after(() => stack.emulator.setMode("test-card"));
  const agent = new UserAgent();
  const computer = await agent.get(`${stack.site.origin}/auth/login`);
  const phone = await agent.post(`${computer.url}/open`, {});
  const pair = pairsOf(agent, phone.url).at(-1) ?? "";
  await checkByteTable(showing(phone.url, 'data-testid="start"'), pair);
});
