// Handoffs: any messages in any order, lost, repeated and side by side, through the handler. Every login belongs to the computer that
// started, after its number was typed there and its phone was sent to the service, and happens once.
import assert from "node:assert/strict";
import { after } from "node:test";
import fc from "fast-check";
import type { Login } from "../../src/relying-party/index.js";
import { Browser } from "../relying-party/browser.js";
import {
  base,
  follow,
  openSite,
  otherThan,
  post,
  secretOf,
  submit,
} from "../relying-party/handoff/devices.js";
import { site, useWorld } from "../relying-party/setup.js";
import { fuzz } from "./run.js";

const world = await useWorld();

/** One message. Numbers choose among what there is: browsers, handoffs, callbacks. */
interface Message {
  readonly kind: "show" | "scan" | "type" | "authorize" | "callback" | "claim" | "cancel" | "wait";
  readonly browser: number;
  readonly which: number;
  /** The response never arrives. */
  readonly isLost: boolean;
  /** Sent twice, side by side. */
  readonly isDouble: boolean;
  /** A wrong number, or a refusal at the service. */
  readonly isWrong: boolean;
}

const rarely = fc.integer({ min: 0, max: 5 }).map((value) => value === 0);
const small = fc.integer({ min: 0, max: 3 });
const rest = { browser: small, which: small, isLost: rarely, isDouble: rarely, isWrong: rarely };
// More of what leads on: otherwise few handoffs get far.
const kinds = [
  "show",
  "scan",
  "scan",
  "type",
  "type",
  "authorize",
  "authorize",
  "callback",
  "callback",
] as const;
const anything: fc.Arbitrary<Message> = fc.record({
  kind: fc.constantFrom(...kinds, "claim", "claim", "cancel", "wait"),
  ...rest,
});
const way = ["show", "scan", "type", "authorize", "callback", "claim"] as const;
/** A whole way of one computer and one phone, as far as what comes in between lets it. */
const onward: fc.Arbitrary<Message[]> = fc
  .tuple(
    small,
    fc.array(anything, { minLength: 6, maxLength: 6 }),
    fc.array(rarely, { minLength: 6, maxLength: 6 }),
  )
  .map(([browser, others, disturbed]) =>
    way.flatMap((kind, at) => {
      const calm = { browser, which: 0, isLost: false, isDouble: browser > 1, isWrong: false };
      const other = disturbed[at] ? others[at] : undefined;
      return [...(other === undefined ? [] : [other]), { kind, ...calm }];
    }),
  );
const scripts = fc
  .array(fc.oneof(onward, fc.array(anything, { maxLength: 12 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat());

interface Known {
  readonly url: string;
  /** The value of the computer's cookie. It begins with the ID. */
  readonly cookie: string;
  typed: boolean;
  sent: boolean;
}

const totals = { completions: 0, messages: 0, doubles: 0 };

/** The first of a list is the latest. */
const pick = <T>(list: readonly T[], which: number): T | undefined =>
  list.at(-1 - (which % (list.length || 1)));

const cookieOf = (browser: Browser, role: string) =>
  [...browser.cookies].find(([name]) => name.includes(`handoff-${role}`))?.[1].value ?? "";

async function judge(messages: readonly Message[]): Promise<void> {
  const completed: [login: Login, cookie: string][] = [];
  const opened = openSite(world, {
    handoff: { limits: { anonymous: 1_000_000 } },
    onLogin: (login, request) => {
      completed.push([login, request.headers.get("cookie") ?? ""]);
    },
  });
  const computers = [opened.browser(), opened.browser()];
  const phones = [opened.browser(), opened.browser()];
  const known: Known[] = [];
  const callbacks: URL[] = [];
  const handoffOf = (cookie: string) =>
    known.find((one) => cookie !== "" && one.cookie.startsWith(cookie.slice(0, 32)));

  for (const { kind, browser, which, isLost, isDouble, isWrong } of messages) {
    const real = (kind === "scan" || kind === "authorize" || kind === "callback" ? phones : computers)[
      browser % 2
    ];
    const phone = phones[which % 2];
    if (real === undefined || phone === undefined) throw new Error("no browser");
    // If the response is lost, the cookies are those of before.
    const sender = isLost ? new Browser(opened.party) : real;
    if (isLost) for (const [name, cookie] of real.cookies) sender.cookies.set(name, cookie);
    const handoff = pick(known, which);
    const target = handoffOf(cookieOf(sender, kind === "authorize" ? "phone" : "pc"));
    const send = async (): Promise<Response | undefined> => {
      switch (kind) {
        case "show": {
          const response = await post(sender, "", { returnTo: `/h${known.length}` });
          const { url } = (await response.clone().json()) as { url: string };
          // The cookie of this very response: another one may have come in the meantime.
          const [line = ""] = response.headers.getSetCookie();
          known.push({ url, cookie: /=([^;]+);/.exec(line)?.[1] ?? "", typed: false, sent: false });
          return response;
        }
        case "scan":
          return handoff && submit(sender, "/scan", { secret: secretOf(handoff.url) });
        case "type": {
          const page = await (await phone.send(`${base}/phone`)).text();
          const number = /translate="no">(\d{6})/.exec(page)?.[1] ?? "000000";
          const response = await post(sender, "/number", { number: isWrong ? otherThan(number) : number });
          if (response.status === 200) assert.ok(!isWrong, "a wrong number is taken");
          if (response.status === 200 && target) target.typed = true;
          return response;
        }
        case "authorize": {
          const response = await follow(sender, "/authorize");
          if (response.status !== 303) return response;
          assert.ok(target?.typed, "to the service before the number");
          target.sent = true;
          callbacks.push(world.provider.authorize(response.headers.get("location") ?? ""));
          return response;
        }
        case "callback": {
          const callback = pick(callbacks, which);
          if (callback === undefined) return undefined;
          const url = new URL(callback);
          if (isWrong) {
            url.searchParams.delete("code");
            url.searchParams.set("error", "access_denied");
          }
          return sender.send(url);
        }
        case "claim":
          return submit(sender, "/claim");
        case "cancel":
          return browser < 2 ? post(sender, "/cancel", {}) : submit(phone, "/cancel");
        case "wait":
          world.now += [1, 60, 179, 301][which] ?? 1;
          return undefined;
      }
    };
    const responses = kind !== "show" && isDouble ? await Promise.all([send(), send()]) : [await send()];
    totals.messages += responses.length;
    totals.doubles += responses.length - 1;
    for (const response of responses)
      assert.ok((response?.status ?? 200) < 500, `${kind}: ${response?.status}`);
    for (const one of phones) assert.deepEqual(one.named("honnin-session"), []);
  }

  assert.equal(new Set(completed.map(([login]) => login.returnTo)).size, completed.length, "completed twice");
  for (const [login, cookie] of completed) {
    const one = known[Number(login.returnTo.slice(2))];
    assert.ok(one?.typed && one.sent);
    assert.ok(cookie.includes(one.cookie), "completed on another computer");
    assert.equal(login.sub, world.provider.sub);
  }
  for (const computer of computers)
    if (completed.length === 0) assert.deepEqual(computer.named("honnin-session"), []);
  totals.completions += completed.length;
  assert.equal(new URL(base).origin, site);
}

after(() => assert.deepEqual(world.provider.complaints, []));

fuzz(
  "any messages of two computers and two phones complete each handoff at most once, on its computer, after its number",
  120,
  scripts,
  judge,
  () => {
    assert.ok(totals.completions > 30, `${totals.completions} completions`);
    assert.ok(totals.doubles > 50, `${totals.doubles} side by side`);
  },
);
