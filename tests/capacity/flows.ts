// One login, one handoff and one signature, as browsers go through them, without waiting.
import assert from "node:assert/strict";
import { Browser, codeOf } from "../handoff-load/browser.ts";
import { base, Computer } from "../handoff-load/computer.ts";
import { Phone } from "../handoff-load/phone.ts";
import type { Reply, Wire } from "../support/wire.ts";

let people = 0;

/** @returns where the service leads, and the browser */
export async function begin(wire: Wire, serviceOrigin: string, person = `person-${++people}`) {
  const browser = new Browser(wire, person);
  browser.cookies.set(`${new URL(serviceOrigin).hostname} person`, person);
  const left = await browser.visit("/auth/login");
  assert.equal(left.status, 303, left.text);
  const { location = "" } = await browser.visit(left.location ?? "", "cross-site");
  return { browser, callback: new URL(location) };
}

export async function logIn(wire: Wire, serviceOrigin: string): Promise<void> {
  const { browser, callback } = await begin(wire, serviceOrigin);
  const done = await browser.visit(callback.href, "cross-site");
  assert.equal(done.status, 303, done.text);
}

/** A handoff whose persons never wait: no state is asked for. */
export async function handOff(wire: Wire, serviceOrigin: string): Promise<void> {
  const name = `person-${++people}`;
  const [computer, phone] = [new Computer(wire, name), new Phone(wire, name, serviceOrigin)];
  const { number = "" } = await phone.scan(await computer.show("/"));
  const typed = await computer.script(`${base}/number`, { number });
  assert.equal(typed.status, 200, typed.text);
  assert.equal((await phone.page()).state, "numbered");
  assert.equal((await phone.logIn()).state, "done");
  assert.equal((await computer.claim()).status, 303);
}

/** A computer that shows a code, for measuring what its waiting costs. */
export async function waiting(wire: Wire): Promise<Computer> {
  const computer = new Computer(wire, "waiting");
  await computer.show("/");
  return computer;
}

const document = {
  digest: "5f78c33274e43fa9de5659265c1d917e25c03722dcb0b8d27db8d5feaa813953",
  name: "document.txt",
  type: "text/plain",
  size: "1000",
};

/** A signature at the emulator, whose page of test cards signs at once. */
export async function sign(wire: Wire): Promise<void> {
  const browser = new Browser(wire, `person-${++people}`);
  let reply = await browser.form("/auth/sign", document);
  let at = wire.origin;
  const follow = async () => {
    while (reply.location !== undefined) {
      const url: URL = new URL(reply.location, at);
      if (url.pathname === "/signed") return;
      at = url.href;
      reply = await browser.visit(at, "cross-site");
    }
  };
  await follow();
  assert.match(at, /\/test-card$/, said(reply));
  const fields = { response: "normal", person: "ordinary" };
  reply = await browser.patiently(() =>
    browser.once(
      at,
      { origin: new URL(at).origin, "content-type": "application/x-www-form-urlencoded" },
      new URLSearchParams(fields).toString(),
    ),
  );
  await follow();
  assert.equal(new URL(reply.location ?? "", wire.origin).pathname, "/signed", said(reply));
}

const said = (reply: Reply) => `${reply.status} ${codeOf(reply) ?? reply.text.slice(0, 200)}`;
