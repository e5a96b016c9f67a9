import { HonninError, type HonninErrorCode, type HonninErrorDetails } from "../error.js";
import { fromFile } from "../on-demand.js";
import type { Said } from "./problem-texts.js";

/** An error that few logins meet: its message is in a file on demand, under this key. */
export async function problem(
  code: HonninErrorCode,
  [key, ...values]: Said,
  details?: HonninErrorDetails,
): Promise<HonninError> {
  const message = await fromFile<typeof import("./problem-texts.js"), string>(
    import("./problem-texts.js"),
    ({ texts }) => (texts[key] as (...values: unknown[]) => string)(...values),
    `The text of this error could not be loaded: ${key}.`,
  );
  return new HonninError(code, message, details);
}
