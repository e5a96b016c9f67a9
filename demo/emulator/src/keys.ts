import { type KeyObject, randomBytes } from "node:crypto";
import { makeRsaKeyPair, type NewKeyPair, newEcKeyPair } from "@honnin/synthetic-jpki";
import { EmulatorError } from "./errors.js";

/** A key pair of the realm with its `kid`. */
export interface RealmKey {
  readonly kid: string;
  readonly alg: "ES256" | "RS256";
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const keySteps = ["announce", "sign", "remove-old"] as const;
export type KeyStep = (typeof keySteps)[number];

/** The keys of ID tokens, by their `kid`. All of them are in the JWK Set. */
export interface KeyState {
  /** Published, and not used yet. */
  readonly announced: string | null;
  readonly signing: string;
  readonly old: readonly string[];
}

function impossible(reason: string): EmulatorError {
  return new EmulatorError("key-step-invalid", reason);
}

/** Limits the JWK Set after many rotations. */
const MAX_OLD_KEYS = 16;

function realmKey(alg: RealmKey["alg"], pair: NewKeyPair): RealmKey {
  return { kid: randomBytes(18).toString("base64url"), alg, ...pair };
}

function ecKey(): RealmKey {
  return realmKey("ES256", newEcKeyPair("P-256"));
}

/** The realm's keys: ES256 for ID tokens, RS256 for access tokens, published in one JWK Set. */
export class RealmKeys {
  readonly rsa: RealmKey;
  #ec: RealmKey;
  #nextEc: RealmKey | undefined;
  #oldEc: RealmKey[] = [];

  private constructor(rsa: RealmKey, ec: RealmKey) {
    this.rsa = rsa;
    this.#ec = ec;
  }

  static async generate(): Promise<RealmKeys> {
    const rsa = await makeRsaKeyPair(2048);
    return new RealmKeys(realmKey("RS256", rsa), ecKey());
  }

  /** The key that signs ID tokens now. */
  get ec(): RealmKey {
    return this.#ec;
  }

  /** By their `kid`. */
  get state(): KeyState {
    return {
      announced: this.#nextEc?.kid ?? null,
      signing: this.#ec.kid,
      old: this.#oldEc.map(({ kid }) => kid),
    };
  }

  /**
   * A rotation as services do it, one step at a time: the new key is published first, then it signs, then the old ones go.
   *
   * @throws EmulatorError `key-step-invalid`
   */
  step(step: unknown): KeyState {
    if (step === "announce") {
      if (this.#nextEc !== undefined)
        throw impossible(`${this.#nextEc.kid} is announced already; the next step is sign.`);
      this.#nextEc = ecKey();
    } else if (step === "sign") {
      if (this.#nextEc === undefined) throw impossible("No key is announced: the first step is announce.");
      this.#oldEc = [this.#ec, ...this.#oldEc].slice(0, MAX_OLD_KEYS);
      this.#ec = this.#nextEc;
      this.#nextEc = undefined;
    } else if (step === "remove-old") {
      this.#oldEc = [];
    } else throw impossible(`The step must be ${keySteps.join(", ")}.`);
    return this.state;
  }

  /** A new ES256 key signs from now on; the old one stays published if `keepOld`. Returns the new `kid`. */
  rotate(keepOld: boolean): string {
    this.#oldEc = keepOld ? [this.#ec, ...this.#oldEc].slice(0, MAX_OLD_KEYS) : [];
    this.#ec = ecKey();
    return this.#ec.kid;
  }

  /** RFC 7517 §5. The RSA key comes first, so that a client that takes the first key fails. */
  jwkSet(): { keys: Record<string, unknown>[] } {
    return {
      keys: [this.rsa, this.#ec, ...(this.#nextEc === undefined ? [] : [this.#nextEc]), ...this.#oldEc].map(
        ({ kid, alg, publicKey }) => ({
          kid,
          use: "sig",
          alg,
          ...publicKey.export({ format: "jwk" }),
        }),
      ),
    };
  }

  /** The JWK Set with a private key that signs nothing, so that no real key is published. */
  jwkSetWithPrivateKey(): { keys: Record<string, unknown>[] } {
    const decoy = ecKey();
    const jwk = decoy.privateKey.export({ format: "jwk" });
    return { keys: [...this.jwkSet().keys, { kid: decoy.kid, use: "sig", alg: "ES256", ...jwk }] };
  }
}
