import { HonninError, type HonninErrorCode } from "../../error.js";
import { digestOf } from "../digest.js";
import { asHonninError } from "../errors.js";
import type { Sealer } from "../storage/sealed.js";
import { CODES, type Store } from "../storage/store.js";
import { type Completion, type Completions, handedInAlready, leavesCode, stillOpen } from "./completions.js";
import { LOGIN_LIFETIME } from "./login-cookie.js";

/** A login that was completed by this request, or by another one. */
export interface HandedIn {
  readonly completion: Completion;
  /** The site's own response. Only the request that did the work gets it. */
  readonly response?: Response;
}

/** What is needed to use each code once. */
export interface CodeOptions {
  /** Logins that this process is completing, or has just completed. */
  readonly completions: Completions;
  /** Shared by all instances. */
  readonly store: Store | undefined;
  /** Encrypts outcomes in the store. */
  readonly sealer: Sealer;
}

/** Milliseconds before the store is read again, doubled each time. */
const FIRST_DELAY = 50;
const MOST_DELAY = 1_000;

/** Seconds for which a failure is kept: long enough for concurrent requests. The browser keeps its own mark. */
const FAILURE_LIFETIME = 60;

/**
 * Makes sure that the code of this state is used once, by this process and by others, and that every request learns the outcome.
 *
 * @returns the response of the site only for the request that did the work
 */
export async function onceForCode(
  codes: CodeOptions,
  state: string,
  work: () => Promise<HandedIn>,
): Promise<HandedIn> {
  const digest = await digestOf(state, 16);
  let own: HandedIn | undefined;
  const completion = await codes.completions.run(
    digest,
    async () => {
      own = await handInOnce(codes, digest, work);
      return own.completion;
    },
    leavesCode,
  );
  return own ?? { completion };
}

/**
 * Makes sure that only one instance uses the code, and that the others learn the outcome. Without a store, each instance is
 * on its own.
 *
 * @throws HonninError `authorization-code-spent`, `store-unreachable`, and the errors of the work
 */
export async function handInOnce(
  codes: CodeOptions,
  digest: string,
  work: () => Promise<HandedIn>,
): Promise<HandedIn> {
  const { store, sealer } = codes;
  if (store === undefined) return work();
  const key = `${CODES}${digest}`;
  const claim = await sealer.seal({ key });
  const first = await isFirst(store, key, claim);
  if (first === "no room") return work();
  if (!first) return { completion: await outcomeAt(store, codes, key) };
  const keep = async (outcome: Outcome, seconds: number) => {
    try {
      await store.replace(key, claim, await sealer.seal({ key, ...outcome }), seconds);
    } catch {
      // The browser of this request gets the outcome in any case.
    }
  };
  try {
    const done = await work();
    await keep({ completion: done.completion }, LOGIN_LIFETIME);
    return done;
  } catch (thrown) {
    const { code, message } = await asHonninError(thrown);
    await keep({ failed: { code, message } }, FAILURE_LIFETIME);
    throw thrown;
  }
}

async function isFirst(store: Store, key: string, claim: string): Promise<boolean | "no room"> {
  try {
    if (await store.create(key, claim, LOGIN_LIFETIME)) return true;
  } catch (thrown) {
    // Anyone can fill the store with codes. This must not prevent logins.
    if ((await asHonninError(thrown)).code === "store-full") return "no room";
    // The value may have been stored although the response was lost.
    if ((await read(store, key)) === claim) return true;
    throw stillOpen(await asHonninError(thrown));
  }
  // A client of the store that sends a command twice gets the reply to the second one, which is a refusal.
  return (await read(store, key)) === claim;
}

async function read(store: Store, key: string): Promise<string | undefined> {
  try {
    return (await store.get(key)) ?? undefined;
  } catch (thrown) {
    throw stillOpen(await asHonninError(thrown));
  }
}

interface Outcome {
  readonly completion?: Completion;
  readonly failed?: { readonly code: HonninErrorCode; readonly message: string };
}

/** The outcome of another instance, as soon as it is available. */
async function outcomeAt(
  store: Store,
  { sealer, completions }: CodeOptions,
  key: string,
): Promise<Completion> {
  const end = Date.now() + completions.patience;
  for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, MOST_DELAY)) {
    const kept = await read(store, key);
    const opened = kept === undefined ? undefined : await sealer.open(kept);
    const found = opened as (Outcome & { readonly key: string }) | undefined;
    if (found?.key === key) {
      if (found.completion !== undefined) return found.completion;
      if (found.failed !== undefined) throw new HonninError(found.failed.code, found.failed.message);
    }
    const left = end - Date.now();
    if (found === undefined) throw await handedInAlready();
    if (left <= 0) throw stillOpen(await handedInAlready());
    await new Promise((resolve) => setTimeout(resolve, Math.min(delay, left)));
  }
}
