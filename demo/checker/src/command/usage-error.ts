/** A wrong option: one sentence that names the remedy, in Japanese and in English. */
export { UsageError } from "@honnin/emulator/cli";
