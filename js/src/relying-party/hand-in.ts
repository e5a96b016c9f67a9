import { HonninError, type HonninErrorCode } from "../error.js";
import { type Completion, handedInAlready } from "./completions.js";
import { asHonninError } from "./errors.js";
import { LOGIN_LIFETIME } from "./login-cookie.js";
import type { Setup } from "./setup.js";
import type { Store } from "./store.js";

/** A login that was completed by this request, or by another one. */
export interface HandedIn {
  readonly completion: Completion;
  /** The site's own answer; to the request alone that has done the work. */
  readonly response?: Response;
}

/** Milliseconds before a second look into the store, doubled each time. */
const FIRST_DELAY = 50;
const MOST_DELAY = 1_000;

/** Nothing was handed in: the store did not say that it may be. */
class NotHandedIn extends HonninError {}

/** Whether the code is as good as before, and so is the login. */
export function leavesCode(error: unknown): boolean {
  return error instanceof NotHandedIn;
}

/**
 * Sees to it that of all instances one hands the code in, and that the others learn what came of it. Without a store, each is on its
 * own.
 *
 * @throws HonninError `authorization-code-spent`, `store-full`, `store-unreachable`, and what the work throws
 */
export async function handInOnce(
  setup: Setup,
  digest: string,
  work: () => Promise<HandedIn>,
): Promise<HandedIn> {
  const { store, outcomeSealer } = setup;
  if (store === undefined) return work();
  const key = `code:${digest}`;
  const claim = await outcomeSealer.seal({ key });
  if (!(await isFirst(store, key, claim))) return { completion: await outcomeAt(setup, key) };
  const keep = async (outcome: Outcome) => {
    try {
      await store.replace(key, claim, await outcomeSealer.seal({ key, ...outcome }), LOGIN_LIFETIME);
    } catch {
      // The browser that this request answers gets it all the same.
    }
  };
  try {
    const done = await work();
    await keep({ completion: done.completion });
    return done;
  } catch (thrown) {
    const { code, message } = asHonninError(thrown);
    await keep({ failed: { code, message } });
    throw thrown;
  }
}

async function isFirst(store: Store, key: string, claim: string): Promise<boolean> {
  try {
    return await store.create(key, claim, LOGIN_LIFETIME);
  } catch (thrown) {
    const { code, message, cause } = asHonninError(thrown);
    throw new NotHandedIn(code, message, { cause });
  }
}

interface Outcome {
  readonly completion?: Completion;
  readonly failed?: { readonly code: HonninErrorCode; readonly message: string };
}

/** What another instance has made of it, as soon as it is there. */
async function outcomeAt({ store, outcomeSealer, completions }: Setup, key: string): Promise<Completion> {
  const end = Date.now() + completions.patience;
  for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, MOST_DELAY)) {
    const kept = await store?.get(key);
    const opened = typeof kept === "string" ? await outcomeSealer.open(kept) : undefined;
    const found = opened as (Outcome & { readonly key: string }) | undefined;
    if (found?.key === key) {
      if (found.completion !== undefined) return found.completion;
      if (found.failed !== undefined) throw new HonninError(found.failed.code, found.failed.message);
    }
    const left = end - Date.now();
    if (found === undefined || left <= 0) throw handedInAlready();
    await new Promise((resolve) => setTimeout(resolve, Math.min(delay, left)));
  }
}
