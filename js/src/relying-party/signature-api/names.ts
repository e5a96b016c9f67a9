import { invalid, refuseUnknown } from "../option-checks.js";

/** Error codes of the service for signing. */
export interface SigningErrorNames {
  /** The transaction has expired. Default `transaction_expired`. */
  readonly transactionExpired: string;
  /** The result was already collected. Default `transaction_used`. */
  readonly transactionUsed: string;
  /** The access token and the signature belong to different persons. Default `wrong_user`. */
  readonly wrongUser: string;
  /** The PIN of the signing certificate is locked. Default `pin_locked`. */
  readonly pinLocked: string;
}

/** The names of the members and errors of the 署名API. Public documents do not confirm them, so all can be changed. */
export interface SigningNames {
  /** The data to sign, in the request that starts a transaction. Default `data`. */
  readonly data: string;
  /** The UUID of the transaction, in the response. Default `id`. */
  readonly id: string;
  /** The JWE, in the response with the result. Default `result`. */
  readonly result: string;
  /** The signature value, in the content of the JWE. Default `signature`. */
  readonly signature: string;
  /** The signer's certificate, in the content of the JWE. Default `certificate`. */
  readonly certificate: string;
  readonly errors: SigningErrorNames;
}

/** The names to change. The others keep their defaults. */
export type SigningNamesChoice = Partial<Omit<SigningNames, "errors">> & {
  readonly errors?: Partial<SigningErrorNames> | undefined;
};

const members = {
  data: "data",
  id: "id",
  result: "result",
  signature: "signature",
  certificate: "certificate",
};
const errors: SigningErrorNames = {
  transactionExpired: "transaction_expired",
  transactionUsed: "transaction_used",
  wrongUser: "wrong_user",
  pinLocked: "pin_locked",
};

/** @throws HonninError `options-invalid`; the message states which name */
export function readNames(choice: SigningNamesChoice | undefined): SigningNames {
  if (choice === undefined) return { ...members, errors };
  const { errors: errorChoice, ...memberChoice } = object("names", choice);
  return {
    ...complete("names.", members, memberChoice),
    errors: complete("names.errors.", errors, object("names.errors", errorChoice ?? {})),
  };
}

function object(name: string, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw invalid(name, "be an object with string values");
  return value as Record<string, unknown>;
}

function complete<Names extends object>(of: string, defaults: Names, choice: Record<string, unknown>): Names {
  refuseUnknown(choice, Object.fromEntries(Object.keys(defaults).map((name) => [name, true])), of);
  const given = Object.entries(choice).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (typeof value !== "string" || !/^[\x21-\x7e]{1,64}$/.test(value)) {
      throw invalid(of + name, "be a string of 1 to 64 printable ASCII characters");
    }
  }
  return { ...defaults, ...Object.fromEntries(given) };
}
