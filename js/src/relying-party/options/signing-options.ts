import { invalid, readWhole, refuseUnknown } from "../option-checks.js";
import type { PrivateJwk } from "../service/client-key.js";
import {
  type ContentEncryption,
  type DecryptionAlgorithm,
  readAlgorithms,
  readEncryptions,
} from "../signature-api/algorithms.js";
import { readDecryptionKeys } from "../signature-api/decryption-keys.js";
import { readRetries } from "../signature-api/fetch-result.js";
import { type CompleteMethod, readMethod } from "../signature-api/method.js";
import { readNames, type SigningNames } from "../signature-api/names.js";
import type { ReadPayload } from "../signature-api/payload.js";
import type { SignatureTransaction } from "../signature-api/transaction.js";
import { MAX_RECORD_CHARACTERS } from "../signing/record.js";
import type {
  ClientOf,
  Forward,
  MayStart,
  OnSigned,
  OpenOptions,
  SignerCertificateOptions,
  SigningOptions,
} from "../signing-hooks.js";
import { type KeyedDigest, keyedDigest } from "../storage/keyed-digest.js";
import { type Sealer, sealer } from "../storage/sealed.js";
import type { Store } from "../storage/store.js";
import { readStartOptions } from "./start-options.js";

/** How results are opened and verified here. */
export interface OpenSetup {
  readonly keys: readonly PrivateJwk[];
  readonly algorithms: readonly DecryptionAlgorithm[];
  readonly encryptions: readonly ContentEncryption[];
  readonly read: ReadPayload | undefined;
  verify(transaction: SignatureTransaction): Promise<SignerCertificateOptions>;
}

/** The options of signing, checked and completed. */
export interface SigningSetup {
  method(fields: URLSearchParams, request: Request): Promise<CompleteMethod>;
  readonly store: Store;
  readonly mayStart: MayStart | "anyone";
  readonly sameSubject: boolean;
  readonly clientOf: ClientOf | undefined;
  /** A name for a client in the store that says nothing of it. */
  readonly clientTag: KeyedDigest;
  readonly limits: { readonly perClient: number; readonly anonymous: number };
  readonly names: SigningNames;
  /** Seconds. */
  readonly lifetime: number;
  readonly clientCredentialsScope: string | undefined;
  readonly documents: SigningOptions["documents"];
  readonly retries: { readonly attempts: number; readonly delay: number; readonly maxDelay: number };
  readonly recordSealer: Sealer;
  readonly pendingSealer: Sealer;
  readonly use:
    | { readonly open: OpenSetup; readonly forward?: undefined }
    | { readonly forward: Forward; readonly open?: undefined };
  readonly onSigned: OnSigned;
}

const known: Readonly<Record<keyof SigningOptions, true>> = {
  mayStart: true,
  sameSubject: true,
  clientOf: true,
  limits: true,
  method: true,
  names: true,
  transactionLifetime: true,
  clientCredentialsScope: true,
  documents: true,
  attempts: true,
  delay: true,
  maxDelay: true,
  open: true,
  forward: true,
  onSigned: true,
};

const knownOfOpen: Readonly<Record<keyof OpenOptions, true>> = {
  keys: true,
  algorithms: true,
  encryptions: true,
  read: true,
  verify: true,
};

/** What the handler has read already. */
interface Surroundings {
  readonly store: Store | undefined;
  readonly secrets: readonly string[];
  /** What is sealed for one use opens for no other. */
  purpose(of: string): string;
}

/**
 * Checks the options of signing, without I/O and without randomness.
 *
 * @throws HonninError `options-invalid`, naming the option; `decryption-key-invalid`
 */
export function readSigningOptions(
  options: SigningOptions,
  { store, secrets, purpose }: Surroundings,
): SigningSetup {
  if (typeof options !== "object" || options === null) throw invalid("signing", "be an object");
  refuseUnknown(options, known, "signing.");
  const { method, clientCredentialsScope, documents, onSigned } = options;
  if (documents !== undefined && typeof documents !== "function")
    throw invalid("signing.documents", "be a function");
  if (typeof onSigned !== "function") throw invalid("signing.onSigned", "be a function");
  if (store === undefined) throw invalid("store", "be given with signing: memoryStore(), for one instance");
  if (clientCredentialsScope !== undefined && !isScope(clientCredentialsScope)) {
    throw invalid("signing.clientCredentialsScope", "be scopes separated by spaces");
  }
  const fixed = typeof method === "function" ? undefined : readMethod(method);
  return {
    method: async (fields, request) =>
      fixed ?? readMethod(typeof method === "function" ? await method(fields, request) : method),
    store,
    ...readStartOptions(options),
    clientTag: keyedDigest(secrets[0] ?? "", purpose("signature-starts")),
    names: readNames(options.names),
    lifetime: readWhole("signing.transactionLifetime", options.transactionLifetime, [60, 3_600]) ?? 600,
    clientCredentialsScope,
    documents,
    retries: readRetries({
      attempts: options.attempts,
      delay: options.delay,
      maxDelay: options.maxDelay,
    }),
    recordSealer: sealer(secrets, purpose("signature-record"), MAX_RECORD_CHARACTERS),
    pendingSealer: sealer(secrets, purpose("signature")),
    use: readUse(options),
    onSigned,
  };
}

function isScope(value: unknown): boolean {
  return typeof value === "string" && /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(value);
}

function readUse({ open, forward }: SigningOptions): SigningSetup["use"] {
  if ((open === undefined) === (forward === undefined)) {
    throw invalid("signing", "have exactly one of open and forward");
  }
  if (open !== undefined) return { open: readOpen(open) };
  if (typeof forward !== "function") throw invalid("signing.forward", "be a function");
  return { forward };
}

function readOpen(open: OpenOptions): OpenSetup {
  if (typeof open !== "object" || open === null) throw invalid("signing.open", "be an object");
  refuseUnknown(open, knownOfOpen, "signing.open.");
  const { read, verify } = open;
  if (read !== undefined && typeof read !== "function") throw invalid("signing.open.read", "be a function");
  if (typeof verify !== "function") checkVerify(verify);
  const algorithms = readAlgorithms(open.algorithms);
  return {
    keys: readDecryptionKeys(open.keys, algorithms),
    algorithms,
    encryptions: readEncryptions(open.encryptions),
    read,
    verify: async (transaction) =>
      withRevocation(checkVerify(typeof verify === "function" ? await verify(transaction) : verify)),
  };
}

/** Whether it has the right shape; the rest is decided when a certificate is verified. */
function checkVerify(verify: SignerCertificateOptions): SignerCertificateOptions {
  if (typeof verify !== "object" || verify === null || verify.anchors === undefined) {
    throw invalid("signing.open.verify", "hold the anchors, or be a function that returns them");
  }
  for (const name of ["now", "transaction", "document", "signature", "certificate"]) {
    if (Reflect.get(verify, name) !== undefined) {
      throw invalid(`signing.open.verify.${name}`, "be left out: the handler sets it");
    }
  }
  return verify;
}

/** Who takes a signature wants to know that its certificate is not revoked, and otherwise says so. */
function withRevocation(verify: SignerCertificateOptions): SignerCertificateOptions {
  const { revocation = {} } = verify;
  // The verifier refuses what is none.
  if (typeof revocation !== "object" || revocation === null) return verify;
  return { ...verify, revocation: { ...revocation, require: revocation.require ?? "certificate" } };
}
