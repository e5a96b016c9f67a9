import { invalid } from "../option-checks.js";

const LEAST_CHARACTERS = 32;
/** 32 random characters have fewer in one of some 10^20 cases even if they are hexadecimal. */
const LEAST_DISTINCT = 8;

/**
 * The secrets that cookies and records are sealed with. How random they are cannot be seen, but what nobody drew at random can.
 *
 * @throws HonninError `options-invalid`; the message holds nothing of a secret
 */
export function readSecrets(value: unknown): string[] {
  const secrets: unknown[] = Array.isArray(value) ? value : [value];
  const rule =
    `be a random string of at least ${LEAST_CHARACTERS} characters, or an array of one to eight such strings. ` +
    "Run `npx honnin keygen --cookie-secret` to create one";
  if (secrets.length < 1 || secrets.length > 8) throw invalid("cookieSecret", rule);
  return secrets.map((secret) => {
    if (typeof secret !== "string" || secret.length < LEAST_CHARACTERS) throw invalid("cookieSecret", rule);
    // They all become the same bytes.
    if (/\p{Surrogate}/u.test(secret))
      throw invalid("cookieSecret", `${rule}. This one is not well-formed Unicode`);
    if (new Set(secret).size < LEAST_DISTINCT) {
      throw invalid("cookieSecret", `${rule}. This one has fewer than ${LEAST_DISTINCT} different characters`);
    }
    return secret;
  });
}
