/** The values that the response must match. */
interface Expected {
  readonly state: string;
  readonly issuer: string;
  readonly requireIss?: boolean | undefined;
}

/** Why a response is refused: `response-problem.ts` has the texts. `what` is a parameter's name, or the error of the service. */
export interface Refused {
  readonly why:
    | "long"
    | "duplicate"
    | "state"
    | "issuer-missing"
    | "issuer"
    | "foreign"
    | "both"
    | "error"
    | "neither"
    | "code";
  readonly what?: string;
  /** `error_description`. */
  readonly description?: string | undefined;
}

/** The maximum length of the query in characters. */
export const maxLength = 16_384;

/** The code of an authorization response that meets every rule, or why it does not. `state` comes before all other parameters. */
export function checkResponse(query: string, { state, issuer, requireIss }: Expected): string | Refused {
  if (query.length > maxLength) return { why: "long" };
  const all = [...new URLSearchParams(query)];
  const parameters = new Map(all);
  if (parameters.size < all.length) return { why: "duplicate" };
  if (!equalInConstantTime(parameters.get("state") ?? "", state)) return { why: "state" };
  const iss = parameters.get("iss");
  if (iss === undefined && requireIss === true) return { why: "issuer-missing" };
  if (iss !== undefined && iss !== issuer) return { why: "issuer" };
  const foreign = ["response", "id_token", "access_token"].find((name) => parameters.has(name));
  if (foreign !== undefined) return { why: "foreign", what: foreign };
  const error = parameters.get("error");
  const code = parameters.get("code");
  if (error !== undefined) {
    if (code !== undefined) return { why: "both" };
    return { why: "error", what: error, description: parameters.get("error_description") };
  }
  if (code === undefined) return { why: "neither" };
  return /^[\x20-\x7e]{1,2048}$/.test(code) ? code : { why: "code" };
}

/** Takes the same time for a wrong value and for the right one. Only the length can leak. */
export function equalInConstantTime(actual: string, expected: string): boolean {
  let difference = actual.length ^ expected.length;
  for (let i = 0; i < expected.length; i++) {
    // Beyond the end of `actual`, charCodeAt is NaN, which "^" treats as 0. The lengths already differ.
    difference |= actual.charCodeAt(i) ^ expected.charCodeAt(i);
  }
  return difference === 0;
}
