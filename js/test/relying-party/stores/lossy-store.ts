// A store that is lost at one operation, counted from 1, in one of several ways.
import { memoryStore, type Store } from "../../../src/relying-party/index.js";

export const ways = {
  "it fails once": "the operation fails, and has no effect",
  "its reply is lost": "the operation fails, but has its effect",
  "it fails from then on": "this operation and all later ones fail, until the store is back",
  "it is sent twice": "the client of the store repeats the operation, and gets the reply to the second one",
  "it is emptied": "all values are lost before the operation, as after a restart without a disk",
} as const;

export type Way = keyof typeof ways;

export class LossyStore implements Store {
  /** The operations so far, by name. */
  readonly operations: string[] = [];
  #store = memoryStore();
  readonly #way: Way | undefined;
  readonly #at: number;
  #isBack = false;

  constructor(way?: Way, at = 0) {
    this.#way = way;
    this.#at = at;
  }

  /** From now on, it works. */
  back(): void {
    this.#isBack = true;
  }

  create(...given: Parameters<Store["create"]>): Promise<boolean> {
    return this.#call("create", () => this.#store.create(...given));
  }
  get(...given: Parameters<Store["get"]>): Promise<string | undefined | null> {
    return this.#call("get", () => this.#store.get(...given));
  }
  replace(...given: Parameters<Store["replace"]>): Promise<boolean> {
    return this.#call("replace", () => this.#store.replace(...given));
  }
  delete(...given: Parameters<Store["delete"]>): Promise<void> {
    return this.#call("delete", () => this.#store.delete(...given));
  }

  async #call<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.operations.push(name);
    const isIt = !this.#isBack && this.operations.length === this.#at;
    const isAfter = !this.#isBack && this.#at > 0 && this.operations.length > this.#at;
    if (isIt && this.#way === "it is emptied") this.#store = memoryStore();
    const isTwice = isIt && this.#way === "it is sent twice";
    if (isTwice || (isIt && this.#way === "its reply is lost")) await work();
    if (
      (isIt && !isTwice && this.#way !== "it is emptied") ||
      (isAfter && this.#way === "it fails from then on")
    )
      throw new Error("the store is out");
    return work();
  }
}
