import { HonninError } from "../../error.js";
import type { KeyedDigest } from "../storage/keyed-digest.js";
import type { Sealer } from "../storage/sealed.js";
import { HANDOFFS, type Store } from "../storage/store.js";
import { type Handoff, hasEnded } from "./handoff.js";
import { notFound } from "./not-found.js";
import { at } from "./transitions.js";

/** The maximum length of an encrypted handoff in characters: the tokens and the user info of a login, or its outcome. */
export const MAX_HANDOFF_CHARACTERS = 1_048_576;

/** The maximum number of attempts if other requests change the handoff at the same time. */
const MOST_CROSSINGS = 16;
/** Seconds for which one that has lapsed is kept, so that both browsers learn why. A login is not kept longer than it may be used. */
const LAPSED_LIFETIME = 60;

/** Options of {@link Handoffs}. */
export interface HandoffsOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  /** Derives names and digests from the secrets in addresses and cookies. */
  readonly digest: KeyedDigest;
  /** Unix time in whole seconds. */
  now(): number;
}

/** Handoffs, encrypted in the store, each in one value that only compare-and-set changes. */
export class Handoffs {
  readonly #options: HandoffsOptions;

  constructor(options: HandoffsOptions) {
    this.#options = options;
  }

  /** The ID of the handoff with this secret in its address. */
  idOf(scanSecret: string): Promise<string> {
    return this.#options.digest(`scan ${scanSecret}`);
  }

  /** What a handoff stores of the secret in a cookie. */
  digestOf(role: "pc" | "phone", id: string, secret: string): Promise<string> {
    return this.#options.digest(`${role} ${id} ${secret}`);
  }

  /** @throws HonninError `store-full`, `store-unreachable` */
  async create(id: string, handoff: Handoff): Promise<void> {
    const sealed = await this.#seal(id, handoff);
    const { store } = this.#options;
    const key = keyOf(id);
    if (await orKept(store, key, sealed, store.create(key, sealed, this.#secondsOf(handoff)))) return;
    // As in `change`.
    if ((await store.get(key)) === sealed) return;
    throw new HonninError(
      "store-unreachable",
      "The store reports that a newly generated random key already exists.",
    );
  }

  /** The handoff as it is now. @throws HonninError `handoff-not-found`, `store-unreachable` */
  async find(id: string): Promise<Handoff> {
    return at((await this.#load(id)).handoff, this.#options.now());
  }

  /**
   * Changes a handoff from its present state in the store, however many requests do so at once.
   *
   * @param step returns the next handoff, or the same one if there is nothing to change. It may be called several times
   * @returns what is stored now
   * @throws HonninError `handoff-not-found`, `store-unreachable`, and the errors of the step
   */
  async change(id: string, step: (current: Handoff) => Handoff): Promise<Handoff> {
    const { store } = this.#options;
    const key = keyOf(id);
    let written: string | undefined;
    for (let crossing = 0; crossing < MOST_CROSSINGS; crossing += 1) {
      const { sealed, handoff } = await this.#load(id);
      // A client of the store that sends a command twice gets the reply to the second one, which is a refusal.
      if (sealed === written) return handoff;
      const next = step(handoff);
      if (next === handoff) return next;
      const value = await this.#seal(id, next);
      written = value;
      const replaced = store.replace(key, sealed, value, this.#secondsOf(next));
      if (await orKept(store, key, value, replaced)) return next;
    }
    throw new HonninError(
      "store-unreachable",
      "The handoff could not be updated: other requests kept changing it.",
    );
  }

  async #load(id: string): Promise<{ sealed: string; handoff: Handoff }> {
    const { store, sealer, now } = this.#options;
    const sealed: unknown = await store.get(keyOf(id));
    const opened = typeof sealed === "string" ? await sealer.open(sealed) : undefined;
    if (typeof sealed === "string" && typeof opened === "object" && opened !== null) {
      const { id: of, ...handoff } = opened as Handoff & { readonly id: string };
      // A store that mixes up its values, or never deletes them, is not trusted.
      if (of === id && now() < handoff.until + graceOf(handoff)) return { sealed, handoff };
    }
    throw notFound();
  }

  #seal(id: string, handoff: Handoff): Promise<string> {
    return this.#options.sealer.seal({ ...handoff, id });
  }

  #secondsOf(handoff: Handoff): number {
    return Math.max(handoff.until + graceOf(handoff) - this.#options.now(), 1);
  }
}

function graceOf(handoff: Handoff): number {
  return hasEnded(handoff) || handoff.state === "done" || handoff.state === "claimed" ? 0 : LAPSED_LIFETIME;
}

function keyOf(id: string): string {
  return `${HANDOFFS}:${id}`;
}

/** The result of a write. If it failed, the value may have been stored although the response was lost. */
async function orKept(store: Store, key: string, value: string, written: Promise<boolean>): Promise<boolean> {
  try {
    return await written;
  } catch (thrown) {
    if ((await store.get(key).catch(() => undefined)) === value) return true;
    throw thrown;
  }
}
