export { check } from "./check/check.js";
export type { CheckOptions, Sight, Target, Where } from "./check/options.js";
export {
  type CheckResult,
  exitCodeOf,
  isFault,
  Problem,
  type ProblemCode,
  type RowResult,
  type Verdict,
} from "./check/result.js";
export { loginRows, type Procedure, type Row, signingRows } from "./check/rows.js";
export type { Level } from "./check/standard.js";
