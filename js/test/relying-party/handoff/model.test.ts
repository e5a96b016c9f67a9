// All orders of the steps of two handoffs, with messages that are lost, repeated, late and forged. The steps are those that the handler
// takes; a store with compare-and-set makes each of them one step, however many requests run at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HonninError } from "../../../src/error.js";
import { type Handoff, hasEnded, wayStates } from "../../../src/relying-party/handoff/handoff.js";
import * as step from "../../../src/relying-party/handoff/transitions.js";
import type { Login } from "../../../src/relying-party/hooks.js";

const limits = { lifetime: 600, codeLifetime: 300, numberLifetime: 180, claimLifetime: 120, tries: 2 };
const now = 1_000;

type Name = "first" | "second";
/** Of each handoff: the computer that started it, and the number that its phone shows. The attacker may own one of the computers. */
const started = { first: { by: "pc1", number: "111111" }, second: { by: "pc2", number: "222222" } } as const;
const names = ["first", "second"] as const;
const computers = ["pc1", "pc2"] as const;
const phones = ["phone1", "phone2"] as const;
/** Knows every address and number, and has no cookie of anybody else. */
const attacker = "attacker";
type Actor = (typeof computers)[number] | (typeof phones)[number] | typeof attacker;

/** What happened to a handoff, as somebody would write it down who sees everything. */
interface Story {
  readonly scannedBy?: Actor;
  /** Whether its own computer sent the right number. */
  readonly typed?: true;
  readonly authorizedBy?: Actor;
  readonly verifiedBy?: Actor;
  readonly completedBy?: Actor;
  readonly wrong: number;
}

interface State {
  readonly handoffs: Readonly<Record<Name, Handoff>>;
  readonly stories: Readonly<Record<Name, Story>>;
  /** The handoff that the cookie of a phone belongs to. The attacker's browser is a phone too. */
  readonly cookies: Readonly<Partial<Record<Actor, Name>>>;
}

/** A digest as only the browser with the cookie can cause it. */
const digest = (of: Name, actor: Actor) => `${of} ${actor}`;
const ofPc = (of: Name, actor: Actor) => digest(of, actor);
const ofPhone = ({ cookies }: State, of: Name, actor: Actor) =>
  cookies[actor] === of ? digest(of, actor) : digest(of, actor).toUpperCase();

const begin: State = {
  handoffs: Object.fromEntries(
    names.map((name) => [
      name,
      step.open(
        { pc: ofPc(name, started[name].by), returnTo: "/", lang: "ja", scopes: ["openid"] },
        limits,
        now,
      ),
    ]),
  ) as Record<Name, Handoff>,
  stories: { first: { wrong: 0 }, second: { wrong: 0 } },
  cookies: {},
};

const login = (by: Actor) => ({ sub: by }) as unknown as Login;

/** A message that arrives: what it does to the handoff and to the story, or nothing if it is refused. */
type Message = (
  state: State,
  name: Name,
  time: number,
) => Partial<State> & { handoff: Handoff; story?: Partial<Story> };

const typing =
  (actor: Actor, number: string): Message =>
  ({ handoffs, stories }, name, time) => {
    const { next, wrong } = step.typeNumber(handoffs[name], ofPc(name, actor), number, time);
    return {
      handoff: next,
      story: wrong === undefined ? { typed: true } : { wrong: stories[name].wrong + 1 },
    };
  };

const scanning =
  (actor: Actor, isLost: boolean): Message =>
  ({ handoffs, cookies }, name, time) => ({
    handoff: step.scan(
      handoffs[name],
      { phone: digest(name, actor), number: started[name].number },
      limits,
      time,
    ),
    story: { scannedBy: actor },
    // If the response is lost, nobody has the cookie.
    ...(isLost ? {} : { cookies: { ...cookies, [actor]: name } }),
  });

/** Each of them may be the one who scanned; the last one has no cookie of a computer either. */
const holders: readonly Actor[] = [...phones, attacker];
const typists: readonly Actor[] = [...computers, attacker];

const messages: readonly (readonly [string, Message])[] = [
  ["phone1 scans, and the response is lost", scanning("phone1", true)],
  ...holders.flatMap((actor): [string, Message][] => [
    [`${actor} scans`, scanning(actor, false)],
    [
      `${actor} goes to the service`,
      (state, name, time) => ({
        handoff: step.authorize(state.handoffs[name], ofPhone(state, name, actor), time),
        story: { authorizedBy: actor },
      }),
    ],
    [
      `${actor} comes back with a login`,
      (state, name, time) => ({
        handoff: step.deliver(state.handoffs[name], ofPhone(state, name, actor), login(actor), limits, time),
        story: { verifiedBy: actor },
      }),
    ],
    [
      `${actor} comes back without a login`,
      (state, name, time) => ({
        handoff: step.end(
          state.handoffs[name],
          { phone: ofPhone(state, name, actor) },
          "refused",
          "login-denied",
          time,
        ),
      }),
    ],
    [
      `${actor} cancels on the phone`,
      (state, name, time) => ({
        handoff: step.end(
          state.handoffs[name],
          { phone: ofPhone(state, name, actor) },
          "cancelled",
          "handoff-cancelled",
          time,
        ),
      }),
    ],
  ]),
  ...typists.flatMap((actor): [string, Message][] => [
    ...["111111", "222222"].map((number): [string, Message] => [
      `${actor} types ${number}`,
      typing(actor, number),
    ]),
    [
      `${actor} claims`,
      ({ handoffs, stories }, name, time) => {
        const before = handoffs[name].login;
        const handoff = step.claim(handoffs[name], ofPc(name, actor), `claim of ${actor}`, time);
        assert.equal(before?.sub, stories[name].verifiedBy);
        assert.equal(stories[name].completedBy, undefined, "completed twice");
        return { handoff, story: { completedBy: actor } };
      },
    ],
    [
      `${actor} notes an outcome`,
      ({ handoffs }, name) => ({
        handoff: step.settle(handoffs[name], `claim of ${actor}`, { location: "/", cookies: [] }),
      }),
    ],
    [
      `${actor} notes a failure`,
      ({ handoffs }, name) => ({
        handoff: step.settle(handoffs[name], `claim of ${actor}`, "internal-error"),
      }),
    ],
    [
      `${actor} cancels on the computer`,
      ({ handoffs }, name, time) => ({
        handoff: step.end(handoffs[name], { pc: ofPc(name, actor) }, "cancelled", "handoff-cancelled", time),
      }),
    ],
  ]),
];

function send([, message]: (typeof messages)[number], state: State, name: Name, time: number): State {
  try {
    const { handoff, story, cookies = state.cookies } = message(state, name, time);
    return {
      handoffs: { ...state.handoffs, [name]: handoff },
      stories: { ...state.stories, [name]: { ...state.stories[name], ...story } },
      cookies,
    };
  } catch (thrown) {
    if (thrown instanceof HonninError) return state;
    throw thrown;
  }
}

/** So that the test takes seconds. */
const MOST_STATES = 30_000;

const rank = (handoff: Handoff) =>
  hasEnded(handoff) ? wayStates.length : (wayStates as readonly string[]).indexOf(handoff.state);

function check(name: Name, before: State, after: State, what: string): void {
  const [old, next] = [before.handoffs[name], after.handoffs[name]];
  const story = after.stories[name];
  const { by } = started[name];
  assert.ok(rank(next) >= rank(old), `${what}: back from ${old.state} to ${next.state}`);
  if (hasEnded(old)) assert.deepEqual(next, old, what);
  if (old.state === "claimed")
    assert.ok(["claimed", "failed"].includes(next.state), `${what}: after the claim`);
  if (old.phone !== undefined) assert.equal(next.phone, old.phone, `${what}: another phone`);
  if (story.authorizedBy !== undefined) {
    assert.ok(story.typed, `${what}: to the service before the number`);
    assert.equal(story.authorizedBy, story.scannedBy, what);
  }
  if (story.verifiedBy !== undefined) assert.equal(story.verifiedBy, story.authorizedBy, what);
  if (story.completedBy !== undefined) {
    assert.equal(story.completedBy, by, `${what}: completed on another computer`);
    assert.ok(story.verifiedBy, what);
  }
  assert.ok(story.wrong <= limits.tries, `${what}: ${story.wrong} wrong numbers`);
  // What is secret or personal is there as long as it is needed, and no longer.
  assert.equal(next.login !== undefined, next.state === "done", what);
  assert.equal(next.number !== undefined, next.state === "scanned", what);
}

test("at most one completion, on the computer that started, by the phone that scanned, after the number", (t) => {
  const keyOf = (state: State) => JSON.stringify(state);
  // Most messages are refused: their stacks would take most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  t.after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
  const seen = new Set([keyOf(begin)]);
  const open = [begin];
  const reached = new Set<string>();
  /** One for each state of the first handoff and each owner of its phone's cookie. */
  const different = new Map<string, State>();
  let steps = 0;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const name of names) {
      for (const message of messages) {
        const next = send(message, state, name, now);
        steps += 1;
        if (next === state) continue;
        check(name, state, next, message[0]);
        reached.add(next.handoffs[name].state);
        different.set(JSON.stringify([next.handoffs.first, next.cookies]), next);
        const key = keyOf(next);
        if (seen.has(key)) continue;
        seen.add(key);
        assert.ok(seen.size <= MOST_STATES, "more states than the steps should have");
        open.push(next);
      }
    }
  }
  // After its time, no message moves a handoff, and none completes it.
  for (const state of different.values()) {
    const { first } = state.handoffs;
    if (first.state === "claimed") continue;
    assert.equal(step.at(first, first.until).state, hasEnded(first) ? first.state : "lapsed");
    for (const message of messages) {
      const next = send(message, state, "first", first.until);
      assert.deepEqual(next.handoffs.first, first, `${message[0]}, too late`);
    }
  }
  t.diagnostic(`${seen.size} states, ${steps} messages`);
  assert.deepEqual([...reached].sort(), [...wayStates, "cancelled", "failed", "refused"].sort());
});
