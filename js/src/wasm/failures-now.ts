// For functions that must throw at once. The build replaces this file with a copy of the other, which is otherwise imported on demand only:
// bundlers would load it with every login if it were imported statically too.
export { callProblem, compileProblem } from "./failures.js";
