import { checkPeople } from "./check-people.js";
import { EmulatorError } from "./errors.js";
import { people as fixed, type Person, pairwiseSubject } from "./people.js";

/** For the serial numbers of the cards, which have two octets for the person. */
const MAX_NUMBERS = 0x4000;

/** The people of one emulator: the fixed ones, and those that it was given. */
export class People {
  #own: readonly Person[] = [];
  /**
   * Everybody who was ever here, by their data: a person who is changed gets other cards, and the revoked cards of a person
   * who is gone stay revoked.
   */
  readonly #numbers = new Map<string, { readonly number: number; readonly person: Person }>();

  constructor() {
    for (const person of fixed) this.#number(person);
  }

  /** The fixed people come first. */
  list(): readonly Person[] {
    return [...fixed, ...this.#own];
  }

  own(): readonly Person[] {
    return this.#own;
  }

  find(id: unknown): Person | undefined {
    return this.list().find((person) => person.id === id);
  }

  /** The person behind a client's `sub`. */
  ofSubject(clientId: string, subject: string): Person | undefined {
    return this.list().find((person) => pairwiseSubject(clientId, person.id) === subject);
  }

  /** The list, if these were the people of one's own. @throws EmulatorError */
  with(input: unknown): readonly Person[] {
    return [...fixed, ...checkPeople(input)];
  }

  /** These come in place of those that were given before. @throws EmulatorError */
  prepareOwn(input: unknown): () => void {
    const own = checkPeople(input);
    const fresh = own.filter((person) => !this.#numbers.has(JSON.stringify(person)));
    if (this.#numbers.size + fresh.length > MAX_NUMBERS) {
      throw new EmulatorError(
        "too-many-people",
        `No more than ${MAX_NUMBERS} people in one run of the emulator.`,
      );
    }
    return () => {
      for (const person of own) this.#number(person);
      this.#own = own;
    };
  }

  /** Stable while the emulator runs, and after a restart with the same people. */
  numberOf(person: Person): number {
    return this.#number(person);
  }

  everybody(): readonly Person[] {
    return [...this.#numbers.values()].map(({ person }) => person);
  }

  #number(person: Person): number {
    const key = JSON.stringify(person);
    const known = this.#numbers.get(key) ?? { number: this.#numbers.size, person };
    this.#numbers.set(key, known);
    return known.number;
  }
}
