import { invalid } from "../option-checks.js";

const LEAST_CHARACTERS = 32;
/** Of 32 random characters, even hexadecimal ones, fewer are different only once in about 10^20 cases. */
const LEAST_DISTINCT = 8;

/**
 * The secrets that encrypt cookies and records. Randomness cannot be checked, but obviously non-random secrets are refused.
 *
 * @throws HonninError `options-invalid`; the message contains no part of a secret
 */
export function readSecrets(value: unknown): string[] {
  const secrets: unknown[] = Array.isArray(value) ? value : [value];
  const rule =
    `be a random string of at least ${LEAST_CHARACTERS} characters, or an array of one to eight such strings. ` +
    "Run `npx honnin keygen --cookie-secret` to create one";
  if (secrets.length < 1 || secrets.length > 8) throw invalid("cookieSecret", rule);
  return secrets.map((secret) => {
    if (typeof secret !== "string" || secret.length < LEAST_CHARACTERS) throw invalid("cookieSecret", rule);
    // All lone surrogates become the same bytes in UTF-8.
    if (/\p{Surrogate}/u.test(secret))
      throw invalid("cookieSecret", `${rule}. This one is not well-formed Unicode`);
    if (new Set(secret).size < LEAST_DISTINCT) {
      throw invalid(
        "cookieSecret",
        `${rule}. This one has fewer than ${LEAST_DISTINCT} different characters`,
      );
    }
    return secret;
  });
}
