// What happens to a handoff: most of them nothing, to some an attack or a mishap.

/** Shares of all handoffs, in thousandths. The rest is left alone. */
const shares = {
  "nobody scans the code": 8,
  "nobody types the number": 8,
  "cancelled on the phone": 10,
  "mistyped numbers": 30,
  "guessed numbers": 15,
  "a second phone scans later": 30,
  "a second phone scans at once": 20,
  "another computer": 30,
  "a copied callback": 30,
  "two tabs at the service": 20,
  "two tabs on the computer": 40,
} as const;

export type Role = keyof typeof shares | "left alone";

/** Roles in which the person does not want the login, or cannot get it. */
export const withoutLogin: readonly Role[] = [
  "nobody scans the code",
  "nobody types the number",
  "cancelled on the phone",
  "guessed numbers",
];

export const roles = [...Object.keys(shares), "left alone"] as readonly Role[];

/** The role for a number from 0 to 1. */
export function roleAt(number: number): Role {
  let at = 1_000 * number;
  for (const [role, share] of Object.entries(shares)) {
    at -= share;
    if (at < 0) return role as Role;
  }
  return "left alone";
}
