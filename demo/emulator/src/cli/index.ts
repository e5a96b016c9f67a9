export type { Command, Invocation, Run } from "./command.js";
export { dispatch, type Output } from "./dispatch.js";
