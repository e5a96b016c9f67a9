import { HonninError, type HonninErrorCode } from "../../error.js";
import { asHonninError } from "../errors.js";
import type { Sealer } from "../storage/sealed.js";
import { CODES, type Store } from "../storage/store.js";
import { type Completion, type Completions, handedInAlready, stillOpen } from "./completions.js";
import { LOGIN_LIFETIME } from "./login-cookie.js";

/** A login that was completed by this request, or by another one. */
export interface HandedIn {
  readonly completion: Completion;
  /** The site's own answer; to the request alone that has done the work. */
  readonly response?: Response;
}

/** How codes are handed in once. */
export interface CodeOptions {
  /** Logins that this process is completing, or has just completed. */
  readonly completions: Completions;
  /** Tells all instances of it. */
  readonly store: Store | undefined;
  /** For outcomes in the store. */
  readonly sealer: Sealer;
}

/** Milliseconds before a second look into the store, doubled each time. */
const FIRST_DELAY = 50;
const MOST_DELAY = 1_000;

/** Seconds for which a failure is kept: long enough for requests side by side. The browser has a mark of its own. */
const FAILURE_LIFETIME = 60;

/**
 * Sees to it that of all instances one hands the code in, and that the others learn what came of it. Without a store, each is on its
 * own.
 *
 * @throws HonninError `authorization-code-spent`, `store-unreachable`, and what the work throws
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
      // The browser that this request answers gets it all the same.
    }
  };
  try {
    const done = await work();
    await keep({ completion: done.completion }, LOGIN_LIFETIME);
    return done;
  } catch (thrown) {
    const { code, message } = asHonninError(thrown);
    await keep({ failed: { code, message } }, FAILURE_LIFETIME);
    throw thrown;
  }
}

async function isFirst(store: Store, key: string, claim: string): Promise<boolean | "no room"> {
  try {
    return await store.create(key, claim, LOGIN_LIFETIME);
  } catch (thrown) {
    // Anybody can have codes kept, and nobody must be kept from logging in by that.
    if (asHonninError(thrown).code === "store-full") return "no room";
    // The answer may have been lost, and not the value.
    if ((await read(store, key)) === claim) return true;
    throw stillOpen(asHonninError(thrown));
  }
}

async function read(store: Store, key: string): Promise<string | undefined> {
  try {
    return (await store.get(key)) ?? undefined;
  } catch (thrown) {
    throw stillOpen(asHonninError(thrown));
  }
}

interface Outcome {
  readonly completion?: Completion;
  readonly failed?: { readonly code: HonninErrorCode; readonly message: string };
}

/** What another instance has made of it, as soon as it is there. */
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
    if (found === undefined) throw handedInAlready();
    if (left <= 0) throw stillOpen(handedInAlready());
    await new Promise((resolve) => setTimeout(resolve, Math.min(delay, left)));
  }
}
