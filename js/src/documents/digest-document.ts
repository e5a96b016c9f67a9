import { fromBase64 } from "../base64.js";
import { HonninError } from "../error.js";
import { askVerifier } from "../verifier/call.js";
import { members } from "../verifier/options.js";
import { asBytes, type Bytes, copyOf } from "../verifier/parts.js";

/** The hashes that a signature with the card is made over, and one more. */
const names = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;
/** The hashes that documents are digested by. */
export type DocumentHash = keyof typeof names;

/** A file as a browser hands it out (a `File` is a `Blob`), a stream of its bytes, or the bytes. */
export type DocumentSource = Blob | ReadableStream<Uint8Array> | Bytes;

/** What {@link digestDocument} takes beside the document. */
export interface DigestDocumentOptions {
  readonly hash: DocumentHash;
  /** Called with the number of bytes that are done; the last time with all of them. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
  /** Ends it early, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The digest of a document, and how long the document is. */
export interface DigestedDocument {
  readonly digest: Uint8Array<ArrayBuffer>;
  /** In bytes. */
  readonly size: number;
}

/** What is no longer than this goes to the platform whole, which has no other way to take it. */
const wholeBytes = 33_554_432;
/** What goes to the verifier at once. */
const sliceBytes = 1_048_576;
/** Room for what it remembers from slice to slice. */
const stateBytes = 512;
/** Milliseconds after which others on this thread have their turn. */
const turn = 12;

interface Answer {
  readonly ok: true;
  readonly state: string;
  readonly digest: string;
}

/**
 * Hashes a document of any length with little memory, a MiB at a time, without keeping the thread for long.
 *
 * What is in memory or a Blob, up to 32 MiB, is hashed by the platform (`crypto.subtle`, without WebAssembly); what is
 * longer, and streams, by the verifier. A stream is read to its end, and cancelled where that fails. Bytes must not be changed
 * until the promise is settled.
 *
 * @throws HonninError `document-unreadable` if the document cannot be read to its end; `options-invalid`, or one of loading
 *   the module; whatever `signal` has as its reason
 *
 * @example
 * ```ts
 * import { digestDocument } from "honnin";
 *
 * const file = new Blob(["契約書"]); // or the File of an <input type="file">
 * const { digest, size } = await digestDocument(file, { hash: "sha256" });
 * console.log(digest.length, size);
 * ```
 */
export async function digestDocument(
  source: DocumentSource,
  options: DigestDocumentOptions,
): Promise<DigestedDocument> {
  const { hash, onProgress, signal } = read(options);
  signal?.throwIfAborted();
  const bytes = asBytes(source, "the document");
  const blob = bytes === undefined ? asBlob(source) : undefined;
  const size = bytes?.byteLength ?? blob?.size;
  if (size !== undefined && size <= wholeBytes && globalThis.crypto?.subtle !== undefined) {
    // Not every platform digests what can be resized.
    const whole = bytes === undefined ? await slice(blob as Blob, 0, size) : copyOf(bytes, "the document");
    signal?.throwIfAborted();
    const digest = new Uint8Array(await crypto.subtle.digest(names[hash], whole));
    signal?.throwIfAborted();
    onProgress?.(size);
    return { digest, size };
  }
  const hasher = new Hasher(hash, onProgress, signal);
  const stream = blob === undefined ? undefined : byteStream(blob);
  if (size === undefined) await readStream(asStream(source), hasher, signal);
  else if (stream !== undefined) await readStream(stream, hasher, signal);
  else {
    for (let at = 0; at < size; at += sliceBytes) {
      const end = Math.min(at + sliceBytes, size);
      await hasher.add(bytes?.subarray(at, end) ?? (await slice(blob as Blob, at, end)));
    }
  }
  if (size !== undefined && hasher.size !== size) throw unreadable(undefined);
  return { digest: await hasher.finish(), size: hasher.size };
}

function read(options: unknown): DigestDocumentOptions {
  const { hash, onProgress, signal, ...others } = members(options, "the options of digestDocument");
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid("there is no option of that name");
  if (typeof hash !== "string" || !Object.hasOwn(names, hash)) throw invalid("hash is none that there is");
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw invalid("onProgress is not a function");
  if (signal !== undefined && !isSignal(signal)) throw invalid("signal is not an AbortSignal");
  return { hash, onProgress, signal } as DigestDocumentOptions;
}

function invalid(why: string): HonninError {
  return new HonninError("options-invalid", `digestDocument: ${why}.`);
}

function unreadable(cause: unknown): HonninError {
  return new HonninError(
    "document-unreadable",
    "The document could not be read to its end: it was moved, changed or removed meanwhile. Choose it again.",
    { cause },
  );
}

function isSignal(value: unknown): value is AbortSignal {
  return typeof value === "object" && value !== null && "aborted" in value && "throwIfAborted" in value;
}

/** By what it can do: it may be one of another realm. */
function asBlob(source: unknown): Blob | undefined {
  const blob = source as Partial<Blob> | null | undefined;
  const is = typeof blob?.size === "number" && typeof blob.slice === "function";
  return is && typeof blob.arrayBuffer === "function" ? (blob as Blob) : undefined;
}

function asStream(source: unknown): ReadableStream<unknown> {
  const stream = source as Partial<ReadableStream<unknown>> | null | undefined;
  if (typeof stream?.getReader !== "function")
    throw invalid("the document is neither bytes, a Blob nor a ReadableStream");
  if (stream.locked) throw invalid("somebody else is reading the stream");
  return stream as ReadableStream<unknown>;
}

async function slice(blob: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
  } catch (cause) {
    throw unreadable(cause);
  }
  if (bytes.length !== end - start) throw unreadable(undefined);
  return bytes;
}

/** The Blob's bytes as a stream that fills a buffer of ours; nothing on platforms that have none. */
function byteStream(blob: Blob): ReadableStream<Uint8Array> | undefined {
  if (typeof blob.stream !== "function") return undefined;
  const stream = blob.stream();
  const reader = byobReader(stream);
  reader?.releaseLock();
  return reader === undefined ? undefined : stream;
}

/** A reader that fills a buffer of ours (Streams Standard §4.5), if the stream is one of bytes. */
function byobReader(stream: ReadableStream<unknown>): ReadableStreamBYOBReader | undefined {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(reason: unknown): Promise<void>;
  releaseLock(): void;
}

/**
 * One buffer goes back and forth where the stream allows it: what a stream hands out anew with each piece is not collected
 * as fast as it comes, and a file of 2 GiB took hundreds of MiB.
 */
function readerOf(stream: ReadableStream<unknown>): Reader {
  const reader = byobReader(stream);
  if (reader === undefined) return stream.getReader();
  let buffer = new ArrayBuffer(sliceBytes);
  return {
    async read() {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (value !== undefined) buffer = value.buffer;
      return { done, value };
    },
    cancel: (reason) => reader.cancel(reason),
    releaseLock: () => reader.releaseLock(),
  };
}

async function readStream(
  stream: ReadableStream<unknown>,
  hasher: Hasher,
  signal: AbortSignal | undefined,
): Promise<void> {
  const reader = readerOf(stream);
  const cancel = (reason: unknown) => reader.cancel(reason).catch(() => undefined);
  // Ends a read that is being waited for.
  const onAbort = () => void cancel(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        signal?.throwIfAborted();
        throw unreadable(cause);
      });
      signal?.throwIfAborted();
      if (done) return;
      const chunk = asBytes(value, "a piece of the stream");
      if (chunk === undefined) throw invalid("the stream's pieces are not bytes");
      await hasher.add(chunk);
    }
  } catch (error) {
    await cancel(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    reader.releaseLock();
  }
}

/** Hashes what is added to it. The verifier keeps nothing: what it remembers comes and goes with each slice. */
class Hasher {
  /** What it remembers, then the next slice: the only copy on this side. */
  readonly #buffer = new Uint8Array(stateBytes + sliceBytes);
  readonly #hash: DocumentHash;
  readonly #onProgress: ((bytes: number) => void) | undefined;
  readonly #signal: AbortSignal | undefined;
  #stateLength = 0;
  #filled = 0;
  #since = performance.now();
  size = 0;

  constructor(
    hash: DocumentHash,
    onProgress: ((bytes: number) => void) | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.#hash = hash;
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  async add(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + sliceBytes - this.#filled);
      this.#buffer.set(piece, stateBytes + this.#filled);
      this.#filled += piece.length;
      this.size += piece.length;
      at += piece.length;
      if (this.#filled === sliceBytes) await this.#goOn();
    }
  }

  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    const { digest } = await this.#ask(true);
    this.#onProgress?.(this.size);
    return fromBase64(digest);
  }

  async #goOn(): Promise<void> {
    const state = fromBase64((await this.#ask(false)).state);
    this.#buffer.set(state);
    this.#stateLength = state.length;
    this.#filled = 0;
    this.#onProgress?.(this.size);
    if (performance.now() - this.#since > turn) {
      await new Promise((resolve) => setTimeout(resolve));
      this.#since = performance.now();
    }
    this.#signal?.throwIfAborted();
  }

  async #ask(last: boolean): Promise<Answer> {
    const options = JSON.stringify({
      hash: this.#hash,
      ...(this.#stateLength === 0 ? {} : { state: [0, this.#stateLength] }),
      data: [stateBytes, this.#filled],
      last,
    });
    const input = this.#buffer.subarray(0, stateBytes + this.#filled);
    const answer = await askVerifier<Answer>((verifier) => verifier.digest(options, input), input.length);
    if (!answer.ok) throw new HonninError(answer.code, answer.message);
    return answer;
  }
}
