// What a job is: the same inputs for every variant, so that all of them prove and do the same.

/** Whether the input is accepted. An exception means that it is not. */
export type Verify<Input> = (input: Input) => boolean | Promise<boolean>;

export interface Variant<Fixture, Input> {
  readonly name: string;
  prepare(fixture: Fixture, tools: Tools): Verify<Input> | Promise<Verify<Input>>;
}

/** What an environment has to hand out, because each comes by it in another way. */
export interface Tools {
  /** honnin with the arithmetic of RustCrypto: the module for ID tokens, and the whole one. */
  readonly reference: { readonly idToken: WebAssembly.Module; readonly whole: WebAssembly.Module };
  /** x509-cert, compiled to WebAssembly. */
  readonly x509Cert: WebAssembly.Module;
}

export interface Inputs<Input> {
  /** Each must be accepted. They are verified in turn. */
  readonly good: readonly Input[];
  /** Each must be refused: mostly a good one with one bit flipped. */
  readonly bad: readonly Input[];
}

export interface Job<Fixture = unknown, Input = unknown> {
  readonly name: JobName;
  readonly title: string;
  inputs(fixture: Fixture): Inputs<Input>;
  readonly variants: readonly Variant<Fixture, Input>[];
  /** Peers that have nothing for this job, and why. */
  readonly cannot: Readonly<Record<string, string>>;
}

export type JobName =
  | "id-token"
  | "new-key"
  | "p256"
  | "p384"
  | "rsa"
  | "chain"
  | "plain-chain"
  | "crl"
  | "crl-million";

/** What one variant reached in one environment: microseconds for one operation, one number a round, or why there are none. */
export interface Row {
  readonly name: string;
  readonly samples?: readonly number[];
  readonly reason?: string;
}

/** Keeps the types of a job to itself: whoever runs jobs needs not know them. */
export const job = <Fixture, Input>(one: Job<Fixture, Input>): Job => one as unknown as Job;
