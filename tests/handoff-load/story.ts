// One handoff, from the code on the computer to its end, as its persons and its attackers live it.
import assert from "node:assert/strict";
import type { Wire } from "../support/wire.ts";
import { Browser, codeOf, whoIs } from "./browser.ts";
import { base, Computer } from "./computer.ts";
import { Phone } from "./phone.ts";
import type { Role } from "./roles.ts";
import { TRIES } from "./site.ts";

/** The code of a handoff that is forgotten. */
export const GONE = "handoff-not-found";

export interface Outcome {
  readonly role: Role;
  readonly handoff: string;
  readonly computer: string;
  readonly person: string;
  readonly end: "completed" | "lapsed" | "failed";
  /** Of the page or state in which it ended. */
  readonly code?: string;
  /** Requests of its computer and its phone that were not answered. */
  readonly lost: number;
  readonly seconds: number;
}

export interface Surroundings {
  readonly network: Wire;
  readonly serviceOrigin: string;
  readonly random: () => number;
  /** Called when the story only waits for its end, so that others may begin. */
  readonly idle: () => void;
  /** Whether a person who cannot go on waits until it lapses, instead of ending it. */
  readonly isPatient: boolean;
}

type End = Pick<Outcome, "end" | "code">;

export class Story {
  readonly #role: Role;
  readonly #around: Surroundings;
  readonly #handoff: string;
  readonly #computer: Computer;
  readonly #phone: Phone;
  readonly #strangers: Browser[] = [];

  constructor(number: number, role: Role, around: Surroundings) {
    const { network, serviceOrigin } = around;
    this.#role = role;
    this.#around = around;
    this.#handoff = `/after/${number}`;
    this.#computer = new Computer(network, `computer-${number}`, `10.1.${number % 4}.${number % 250}`);
    this.#phone = new Phone(network, `person-${number}`, serviceOrigin);
  }

  async live(): Promise<Outcome> {
    const start = performance.now();
    const [computer, phone] = [this.#computer, this.#phone];
    const url = await computer.show(this.#handoff);
    const following = computer.follow(this.#around.random() < 0.5);
    try {
      const end = (await this.#logIn(url)) ?? (await this.#takeOver());
      for (const other of [phone, ...this.#strangers])
        assert.equal(other.cookie("honnin-session"), undefined, `a session of ${other.name}`);
      return {
        role: this.#role,
        handoff: this.#handoff,
        computer: computer.name,
        person: phone.name,
        ...end,
        lost: computer.lost + phone.lost,
        seconds: (performance.now() - start) / 1_000,
      };
    } finally {
      computer.stop();
      await following;
    }
  }

  /** From the code to the verified login, or to an end before it. */
  async #logIn(url: string): Promise<End | undefined> {
    const [computer, phone, role] = [this.#computer, this.#phone, this.#role];
    if (role === "nobody scans the code") return this.#ending();
    const number = await this.#scan(url);
    // Another phone was faster, or the answer was lost: the code is spent, and the person starts again.
    if (number === undefined) return this.#giveUp();
    if (role === "another computer") await this.#otherComputers();
    await computer.until("scanned");
    if (role === "nobody types the number") return this.#ending();
    if (role === "mistyped numbers") await this.#mistype(number);
    if (role === "guessed numbers") return this.#guess(number);
    await computer.type(number);
    await phone.changed("scanned");
    if (role === "cancelled on the phone") {
      await phone.form(`${base}/cancel`);
      return this.#ending();
    }
    if (role === "a copied callback") await this.#copyCallback();
    if (role === "two tabs at the service") await this.#twoTabs();
    const page = await phone.page();
    const { state } = page.state === "done" ? page : await phone.logIn();
    if (state !== "done" && state !== "claimed") return this.#giveUp();
    await computer.until("done");
    return computer.hasEnded ? this.#ending() : undefined;
  }

  /** The computer takes the login over. */
  async #takeOver(): Promise<End> {
    const computer = this.#computer;
    if (this.#role === "another computer") await this.#otherComputers();
    const tabs = this.#role === "two tabs on the computer" ? 2 : 1;
    const replies = await Promise.all(Array.from({ length: tabs }, () => computer.claim()));
    const places = replies.map(({ location }) => location);
    if (places.includes(undefined)) {
      const codes = replies.map(codeOf);
      // Without a second request, nobody knows more than this page.
      if (new Set(places).size === 1) return endAt(codes.find(Boolean) ?? "none");
    }
    for (const place of places)
      if (place !== undefined) assert.equal(place, this.#around.network.origin + this.#handoff);
    const session = await whoIs(computer);
    assert.deepEqual(session, { person: this.#phone.name, handoff: this.#handoff });
    return { end: "completed" };
  }

  async #scan(url: string): Promise<string | undefined> {
    const phone = this.#phone;
    if (this.#role !== "a second phone scans at once") {
      const { number } = await phone.scan(url);
      if (this.#role === "a second phone scans later" && number !== undefined) await this.#scanLater(url);
      return number;
    }
    const rival = this.#rival();
    const [own, other] = await Promise.all([phone.scan(url), rival.scan(url)]);
    assert.ok(own.number === undefined || other.number === undefined, "two phones scanned one code");
    return own.number;
  }

  async #scanLater(url: string): Promise<void> {
    const rival = this.#rival();
    refused((await rival.scan(url)).code, "handoff-state");
    const form = await rival.form(`${base}/scan`, { secret: url.slice(url.lastIndexOf("/") + 1) });
    refused(codeOf(form), "handoff-state");
    refused((await rival.page()).code, "handoff-not-found");
    const left = await rival.consent();
    assert.ok(typeof left !== "string", "a second phone went to the service");
    refused(left.code, "handoff-not-found");
  }

  #rival(): Phone {
    const rival = new Phone(this.#around.network, `rival-of-${this.#phone.name}`, this.#around.serviceOrigin);
    this.#strangers.push(rival);
    return rival;
  }

  /** One without a cookie, one that knows the ID but not the secret, and one with a handoff of its own. */
  async #otherComputers(): Promise<void> {
    const { network } = this.#around;
    const others = ["no-cookie", "half-a-cookie", "own-handoff"].map(
      (name) => new Computer(network, `${name}-of-${this.#handoff.slice(7)}`, "10.2.0.1"),
    );
    this.#strangers.push(...others);
    const [none, half, own] = others as [Computer, Computer, Computer];
    half.steal(this.#computer, "honnin-handoff-pc");
    for (const [key, value] of half.cookies)
      if (key.includes("honnin-handoff-pc")) half.cookies.set(key, `${value.slice(0, 33)}${"A".repeat(43)}`);
    await own.show("/elsewhere");
    for (const [other, code] of [
      [none, "handoff-not-found"],
      [half, "handoff-other-browser"],
      [own, "handoff-state"],
    ] as const)
      refused(codeOf(await other.claim()), code);
    refused(codeOf(await half.cancel()), "handoff-other-browser");
    refused(codeOf(await half.patiently(() => half.script(`${base}/state`))), "handoff-other-browser");
    await own.cancel();
  }

  async #mistype(number: string): Promise<void> {
    // A number that was sent again because its answer was lost counts twice.
    for (let typed = 0; typed < 2; typed += 1)
      if (this.#computer.state.state === "scanned") await this.#computer.type(otherThan(number));
  }

  async #guess(number: string): Promise<End> {
    const computer = this.#computer;
    const guesses = Array.from({ length: TRIES + 3 }, () =>
      computer.patiently(() => computer.script(`${base}/number`, { number: otherThan(number) })),
    );
    const codes = (await Promise.all(guesses)).map(codeOf);
    const wrong = codes.filter((code) => code === "handoff-number-wrong").length;
    assert.ok(wrong < TRIES, `${wrong} guesses`);
    for (const code of codes) if (code !== "handoff-number-wrong") refused(code, "handoff-tries-exhausted");
    refused(await computer.type(number), "handoff-tries-exhausted");
    return this.#ending();
  }

  /** A callback that reaches other browsers: without the login's cookie, with a copy of it, and again in its own. */
  async #copyCallback(): Promise<void> {
    const [phone, { network }] = [this.#phone, this.#around];
    const callback = await phone.consent();
    if (typeof callback !== "string") return;
    const [stranger, thief] = [new Browser(network, "stranger"), new Browser(network, "thief")];
    this.#strangers.push(stranger, thief);
    thief.steal(phone, "honnin-login");
    refused(codeOf(await stranger.visit(callback, "cross-site")), "login-cookie-missing");
    refused(codeOf(await thief.visit(callback, "cross-site")), "handoff-not-found");
    await phone.comeBack(callback);
    const before = await phone.page();
    await Promise.all([phone.comeBack(callback), phone.comeBack(callback)]);
    const after = await phone.page();
    if (before.state === "done") assert.match(String(after.state), /^(done|claimed)$/);
    refused(codeOf(await thief.visit(callback, "cross-site")), "handoff-not-found");
  }

  /** Two codes for one handoff, which come back side by side. */
  async #twoTabs(): Promise<void> {
    const callbacks = [await this.#phone.consent(), await this.#phone.consent()];
    await Promise.all(
      callbacks.map(async (callback) => typeof callback === "string" && this.#phone.comeBack(callback)),
    );
  }

  async #giveUp(): Promise<End> {
    if (!this.#around.isPatient && !this.#computer.hasEnded) await this.#computer.cancel();
    return this.#ending();
  }

  /** Waits for the end, which the computer is told. */
  async #ending(): Promise<End> {
    this.#around.idle();
    const { state, code } = await this.#computer.until();
    if (state === "lapsed") return { end: "lapsed" };
    return { end: "failed", code: code ?? `none in the state ${state}` };
  }
}

/** A login that was not taken over in time is gone, and later, so is all that is known of it. */
function endAt(code: string): End {
  return { end: code === "handoff-lapsed" || code === GONE ? "lapsed" : "failed", code };
}

/** With this code; or because it was too late, on a slow machine. */
function refused(code: string | undefined, expected: string): void {
  if (code !== "handoff-lapsed") assert.equal(code, expected);
}

const otherThan = (number: string) => (number === "000000" ? "000001" : "000000");
