// All rows, in the order of docs/answers.md.
import { authorizationRows } from "./authorization.js";
import { keyRows } from "./keys.js";
import type { Row } from "./row.js";
import { idTokenRows, tokenRows } from "./token.js";
import { userinfoRows } from "./userinfo.js";

export const rows: readonly Row[] = [
  ...authorizationRows,
  ...tokenRows,
  ...idTokenRows,
  ...keyRows,
  ...userinfoRows,
];
