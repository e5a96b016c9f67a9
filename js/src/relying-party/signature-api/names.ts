import { invalid, refuseUnknown } from "../option-checks.js";

/** Error codes of the service about signing. */
export interface SigningErrorNames {
  /** The transaction has outlived its time. Default `transaction_expired`. */
  readonly transactionExpired: string;
  /** The result was handed out already. Default `transaction_used`. */
  readonly transactionUsed: string;
  /** The access token is another person's than the signature. Default `wrong_user`. */
  readonly wrongUser: string;
  /** The PIN of the signing certificate is locked. Default `pin_locked`. */
  readonly pinLocked: string;
}

/** What members and errors of the 署名API are called. The public documents do not confirm them, so all can be changed. */
export interface SigningNames {
  /** What is to be signed, in the request that starts a transaction. Default `data`. */
  readonly data: string;
  /** The transaction's UUID, in the answer. Default `id`. */
  readonly id: string;
  /** The JWE, in the answer with the result. Default `result`. */
  readonly result: string;
  /** The signature value, in what the JWE holds. Default `signature`. */
  readonly signature: string;
  /** The signer's certificate, in what the JWE holds. Default `certificate`. */
  readonly certificate: string;
  readonly errors: SigningErrorNames;
}

/** Names to be changed; the others keep their defaults. */
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

/** @throws HonninError `options-invalid`, naming the name */
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
