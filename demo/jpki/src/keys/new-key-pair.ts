// New keys for node:crypto.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";

export interface NewKeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

// The keys are read from their bytes. In Node 20, the objects that the job itself returns may wait forever when they are exported as JWKs:
// the export holds a lock, and the garbage collector, which ends the job in the meantime, waits for the same lock in the same thread.
const publicKeyEncoding = { format: "der", type: "spki" } as const;
const privateKeyEncoding = { format: "der", type: "pkcs8" } as const;

function pairOf(key: Buffer): NewKeyPair {
  const privateKey = createPrivateKey({ key, ...privateKeyEncoding });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** @param namedCurve as node:crypto names it, for example `P-256` */
export const newEcKeyPair = (namedCurve: string): NewKeyPair =>
  pairOf(generateKeyPairSync("ec", { namedCurve, publicKeyEncoding, privateKeyEncoding }).privateKey);

export const newEd25519KeyPair = (): NewKeyPair =>
  pairOf(generateKeyPairSync("ed25519", { publicKeyEncoding, privateKeyEncoding }).privateKey);

/** Takes a tenth of a second and more: for programs that may stand still meanwhile. */
export const newRsaKeyPair = (modulusLength: number, publicExponent = 65_537): NewKeyPair =>
  pairOf(
    generateKeyPairSync("rsa", { modulusLength, publicExponent, publicKeyEncoding, privateKeyEncoding })
      .privateKey,
  );

/** The same in another thread. */
export const makeRsaKeyPair = async (modulusLength: number): Promise<NewKeyPair> =>
  pairOf(
    (await promisify(generateKeyPair)("rsa", { modulusLength, publicKeyEncoding, privateKeyEncoding }))
      .privateKey,
  );
