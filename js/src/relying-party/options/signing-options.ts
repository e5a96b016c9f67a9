import { invalid, readWhole, refuseUnknown } from "../option-checks.js";
import type { Shared } from "../setup.js";
import { readAlgorithms, readEncryptions } from "../signature-api/algorithms.js";
import { readDecryptionKeys } from "../signature-api/decryption-keys.js";
import { readMethod } from "../signature-api/method.js";
import { readNames } from "../signature-api/names.js";
import { readRetries } from "../signature-api/retries.js";
import type { Concluding, Opening } from "../signing/conclude.js";
import type { SigningRules } from "../signing/rules.js";
import type { OpenOptions, SignerCertificateOptions, SigningOptions } from "../signing-hooks.js";
import type { Store } from "../storage/store.js";
import { readStartOptions } from "./start-options.js";

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

/** The options that were already read. */
export interface Surroundings extends Pick<SigningRules, "owner" | "seal" | "secret" | "purpose"> {
  readonly shared: Shared;
  readonly store: Store | undefined;
}

/**
 * Checks the options of signing, without I/O and without randomness.
 *
 * @throws HonninError `options-invalid`, naming the option; `decryption-key-invalid`
 */
export function readSigningOptions(options: SigningOptions, surroundings: Surroundings): SigningRules {
  if (typeof options !== "object" || options === null) throw invalid("signing", "be an object");
  refuseUnknown(options, known, "signing.");
  const { clientCredentialsScope, documents, onSigned, attempts, delay, maxDelay } = options;
  if (documents !== undefined && typeof documents !== "function")
    throw invalid("signing.documents", "be a function");
  if (typeof onSigned !== "function") throw invalid("signing.onSigned", "be a function");
  const { shared, store, owner, seal, secret, purpose } = surroundings;
  if (store === undefined)
    throw invalid("store", "be set if signing is set. For a single instance, use memoryStore()");
  if (clientCredentialsScope !== undefined && !isScope(clientCredentialsScope)) {
    throw invalid("signing.clientCredentialsScope", "be a space-separated list of scopes");
  }
  return {
    ...shared,
    method: readMethodOption(options.method),
    ...readStartOptions(options),
    names: readNames(options.names),
    clientCredentialsScope,
    documents,
    retries: readRetries({ attempts, delay, maxDelay }),
    lifetime: readWhole("signing.transactionLifetime", options.transactionLifetime, [60, 3_600]) ?? 600,
    owner,
    store,
    seal,
    secret,
    purpose,
    use: readUse(options),
    onSigned,
  };
}

function readMethodOption(method: SigningOptions["method"]): SigningRules["method"] {
  if (typeof method === "function")
    return async (fields, request) => readMethod(await method(fields, request));
  const fixed = readMethod(method);
  return async () => fixed;
}

function isScope(value: unknown): boolean {
  return typeof value === "string" && /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(value);
}

function readUse({ open, forward }: SigningOptions): Concluding["use"] {
  if ((open === undefined) === (forward === undefined)) {
    throw invalid("signing", "have exactly one of open and forward");
  }
  if (open !== undefined) return { open: readOpen(open) };
  if (typeof forward !== "function") throw invalid("signing.forward", "be a function");
  return { forward };
}

function readOpen(open: OpenOptions): Opening {
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

/** Checks the form only. The rest is checked when a certificate is verified. */
function checkVerify(verify: SignerCertificateOptions): SignerCertificateOptions {
  if (typeof verify !== "object" || verify === null || verify.anchors === undefined) {
    throw invalid(
      "signing.open.verify",
      "have the member anchors, or be a function that returns such an object",
    );
  }
  for (const name of ["now", "transaction", "document", "signature", "certificate"]) {
    if (Reflect.get(verify, name) !== undefined) {
      throw invalid(`signing.open.verify.${name}`, "not be set: the handler sets it");
    }
  }
  return verify;
}

/** By default, a signature is accepted only if its certificate is known not to be revoked. */
function withRevocation(verify: SignerCertificateOptions): SignerCertificateOptions {
  const { revocation = {} } = verify;
  // The verifier refuses any other value.
  if (typeof revocation !== "object" || revocation === null) return verify;
  return { ...verify, revocation: { ...revocation, require: revocation.require ?? "certificate" } };
}
