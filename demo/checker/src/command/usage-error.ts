/** A wrong option: one sentence that names the remedy. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
