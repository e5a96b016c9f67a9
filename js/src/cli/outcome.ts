/** The command line cannot be understood: exit code 2. */
export class UsageError extends Error {}

/** Something stands in the way, and the message says what: exit code 1. */
export class Failure extends Error {}
