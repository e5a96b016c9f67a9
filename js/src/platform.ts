// The types of the platform that the published declarations name. Each is the platform's own where the program that uses honnin has
// it, from the library `dom`, `@types/node` or the types of an edge runtime, and otherwise as much of it as honnin reads or returns.
// The sources name the platform's types themselves: the build puts these in their place (`scripts/lib/declarations.mjs`).

/** The type of the instances of a global class. */
type Instance<Name extends string, Otherwise> = typeof globalThis extends {
  readonly [name in Name]: { readonly prototype: infer Type };
}
  ? Type
  : Otherwise;

type Global<Name extends string> = typeof globalThis extends { readonly [name in Name]: infer Type }
  ? Type
  : unknown;

export type URL = Instance<"URL", { readonly href: string; toString(): string }>;
export type URLSearchParams = Instance<
  "URLSearchParams",
  { get(name: string): string | null; toString(): string }
>;
export type Headers = Instance<"Headers", { get(name: string): string | null }>;
export type AbortSignal = Instance<
  "AbortSignal",
  { readonly aborted: boolean; readonly reason: unknown; throwIfAborted(): void }
>;
export type Request = Instance<
  "Request",
  {
    readonly method: string;
    readonly url: string;
    readonly headers: Headers;
    readonly signal: AbortSignal;
    text(): Promise<string>;
  }
>;
export type Response = Instance<
  "Response",
  {
    readonly ok: boolean;
    readonly status: number;
    readonly headers: Headers;
    json(): Promise<unknown>;
    text(): Promise<string>;
    arrayBuffer(): Promise<ArrayBuffer>;
  }
>;
export type RequestInit =
  Global<"fetch"> extends (input: string, init?: infer Init) => unknown
    ? NonNullable<Init>
    : { readonly method?: string; readonly headers?: unknown; readonly body?: unknown };
export type Blob = Instance<"Blob", { readonly size: number; arrayBuffer(): Promise<ArrayBuffer> }>;
export interface ReadableStream<Chunk> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Chunk | undefined }>;
    releaseLock(): void;
  };
  cancel(reason?: unknown): Promise<void>;
}
export type CryptoKey = Instance<
  "CryptoKey",
  {
    readonly type: "private" | "public" | "secret";
    readonly extractable: boolean;
    readonly algorithm: { readonly name: string };
    readonly usages: readonly string[];
  }
>;
export type HTMLElement = Instance<"HTMLElement", object>;
export type CustomEvent<Detail> = Omit<Instance<"CustomEvent", { readonly type: string }>, "detail"> & {
  readonly detail: Detail;
};

type WebAssemblyClass<Name extends string> =
  Global<"WebAssembly"> extends { readonly [name in Name]: { readonly prototype: infer Type } }
    ? Type
    : object;

/** `WebAssembly.Module` */
export type WebAssemblyModule = WebAssemblyClass<"Module">;
/** `WebAssembly.Instance` */
export type WebAssemblyInstance = WebAssemblyClass<"Instance">;
export type BufferSource = ArrayBuffer | ArrayBufferView;
/** `Uint8Array<ArrayBuffer>`, which TypeScript before 5.7 calls `Uint8Array`. */
export type ByteArray = ReturnType<typeof Uint8Array.of>;
