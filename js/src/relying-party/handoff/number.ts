const DIGITS = 6;
const COUNT = 10 ** DIGITS;
/** The greatest multiple of the count that 32 bits hold: above it, a remainder would favour small numbers. */
const MOST = Math.floor(2 ** 32 / COUNT) * COUNT;

/** Six random digits, each number with the same probability. */
export function randomNumber(): string {
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (value < MOST) return String(value % COUNT).padStart(DIGITS, "0");
  }
}

export function isNumber(value: unknown): value is string {
  return typeof value === "string" && /^\d{6}$/.test(value);
}
