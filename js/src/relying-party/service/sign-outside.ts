// Loaded for the first signature of a key outside this process. Imports nothing that runs of what every login loads, so that bundlers need
// not split anything else for it.
import type { HonninError } from "../../error.js";
import type { ClientKeyAlgorithm, keyParameters } from "./client-algorithms.js";
import type { ClientSigner } from "./client-signer.js";
import { derToRaw } from "./der-to-raw.js";

/** RSA keys have 2048 to 8192 bits. */
const RSA_BYTES = [256, 1_024] as const;
/** 70 to 72 bytes are usual; each half has at most 33. */
const DER_BYTES = [8, 72] as const;
/** As for requests. Timers overflow after some days. */
const MAX_TIMEOUT = 86_400;

interface Signing {
  /** In seconds. */
  readonly timeout: number;
  /** Of the algorithm, as Web Crypto takes them. */
  readonly parameters: (typeof keyParameters)[ClientKeyAlgorithm];
  /** The class of errors, which is not imported here. */
  readonly Failure: typeof HonninError;
}

/**
 * Has the data signed.
 *
 * @param signer checked; its `publicKey` has public members only
 * @returns the signature as a JWS has it
 * @throws HonninError `client-signer-failed` if the signer throws, does not return in time, or returns no valid signature
 */
export async function signOutside(
  signer: ClientSigner,
  data: Uint8Array<ArrayBuffer>,
  { timeout, parameters, Failure }: Signing,
): Promise<Uint8Array<ArrayBuffer>> {
  const failed: Failed = (what, cause) =>
    new Failure("client-signer-failed", `The client's signer ${what}.`, { cause });
  if (!(timeout > 0 && timeout <= MAX_TIMEOUT)) {
    throw new Failure("options-invalid", `timeout must be more than 0 and at most ${MAX_TIMEOUT} seconds.`);
  }
  const signature = asJws(signer, await withinTime(signer, data.slice(), timeout, failed), failed);
  const { publicKey } = signer;
  if (publicKey === undefined) return signature;
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey("jwk", publicKey as JsonWebKey, parameters, false, ["verify"]);
  } catch (cause) {
    throw new Failure(
      "client-key-invalid",
      "The publicKey of the client's signer was refused by the platform.",
      { cause },
    );
  }
  if (!(await crypto.subtle.verify(parameters, key, signature, data)))
    throw failed("returned a signature that is not valid under its publicKey");
  return signature;
}

type Failed = (what: string, cause?: unknown) => HonninError;

async function withinTime(
  signer: ClientSigner,
  data: Uint8Array,
  timeout: number,
  failed: Failed,
): Promise<unknown> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = failed(`did not return a signature within ${timeout} s`);
      reject(error);
      controller.abort(error);
    }, timeout * 1_000);
  });
  // An async function, so that what `sign` throws at once is caught too.
  const signing = (async () => signer.sign(data, controller.signal))().catch((cause: unknown) => {
    throw failed("failed. See cause", cause);
  });
  try {
    return await Promise.race([signing, expired]);
  } finally {
    clearTimeout(timer);
    expired.catch(() => {});
  }
}

function asJws(
  { algorithm, signatureFormat }: ClientSigner,
  returned: unknown,
  failed: Failed,
): Uint8Array<ArrayBuffer> {
  const isEc = algorithm === "ES256";
  const expected = isEc ? (signatureFormat === "der" ? DER_BYTES : ([64, 64] as const)) : RSA_BYTES;
  const bytes = asBytes(returned, expected, failed);
  if (!isEc) return bytes;
  const raw = signatureFormat === "der" ? derToRaw(bytes) : bytes;
  if (raw === undefined)
    throw failed('returned a signature that is not DER, although its signatureFormat is "der"');
  return raw;
}

/** A copy, of bytes from any realm. The length is checked first. */
function asBytes(
  value: unknown,
  [least, most]: readonly [number, number],
  failed: Failed,
): Uint8Array<ArrayBuffer> {
  const tag = Object.prototype.toString.call(value);
  if (tag !== "[object ArrayBuffer]" && tag !== "[object Uint8Array]") {
    throw failed("returned something other than a Uint8Array or an ArrayBuffer");
  }
  const { byteLength } = value as ArrayBuffer | Uint8Array;
  if (byteLength < least || byteLength > most) {
    const rule = least === most ? `${least}` : `${least} to ${most}`;
    throw failed(`returned ${byteLength} bytes instead of ${rule}. Check algorithm and signatureFormat`);
  }
  return new Uint8Array(new Uint8Array(value as Uint8Array));
}
