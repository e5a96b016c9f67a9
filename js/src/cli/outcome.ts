/** The command line is not valid: exit code 2. */
export class UsageError extends Error {}

/** The command failed, and the message says why: exit code 1. */
export class Failure extends Error {}
