import { fromBase64 } from "../base64.js";
import { HonninError } from "../error.js";
import { askVerifier } from "../verifier/ask.js";
import { asBytes } from "../verifier/bytes.js";
import { members } from "../verifier/options.js";
import { type Bytes, copyOf } from "../verifier/parts.js";

/** The hash algorithms of card signatures, and one more. */
const names = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;
/** The hash algorithms for documents. */
export type DocumentHash = keyof typeof names;

/** A `Blob` (a `File` is a `Blob`), a stream of bytes, or the bytes. */
export type DocumentSource = Blob | ReadableStream<Uint8Array> | Bytes;

/** Options of {@link digestDocument}. */
export interface DigestDocumentOptions {
  readonly hash: DocumentHash;
  /** Called with the number of bytes hashed so far, and at the end with the total. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
  /** Aborts with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** The digest and the size of a document. */
export interface DigestedDocument {
  readonly digest: Uint8Array<ArrayBuffer>;
  /** In bytes. */
  readonly size: number;
}

/** The maximum size in bytes that the platform hashes. It accepts a whole document only. */
const wholeBytes = 33_554_432;
/** The number of bytes that the verifier hashes per call. */
const sliceBytes = 1_048_576;
/** The maximum size of the hash state in bytes. */
const stateBytes = 512;
/** Milliseconds after which other tasks of this thread run. */
const turn = 12;

interface Answer {
  readonly ok: true;
  readonly state: string;
  readonly digest: string;
}

/**
 * Hashes a document of any length, 1 MiB at a time, with little memory and without blocking the thread for long.
 *
 * The platform (`crypto.subtle`, without WebAssembly) hashes bytes and Blobs up to 32 MiB. The verifier hashes longer documents
 * and streams. A stream is read completely, and cancelled on an error. Do not change the bytes until the promise is settled.
 *
 * @throws HonninError `document-unreadable` if the document cannot be read completely; `options-invalid`; the codes for loading
 *   the module. If `signal` aborts, its reason is thrown
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
    // A copy: not every platform can hash a resizable buffer.
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
  const { hash, onProgress, signal, ...others } = members(options, "The options argument of digestDocument");
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid("there is an unknown option");
  if (typeof hash !== "string" || !Object.hasOwn(names, hash))
    throw invalid("hash is not a supported hash algorithm");
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
    "The document could not be read completely: it was moved, changed or removed in the meantime. Choose it again.",
    { cause },
  );
}

function isSignal(value: unknown): value is AbortSignal {
  return typeof value === "object" && value !== null && "aborted" in value && "throwIfAborted" in value;
}

/** Checks the methods, because the Blob may come from another realm. */
function asBlob(source: unknown): Blob | undefined {
  const blob = source as Partial<Blob> | null | undefined;
  const is = typeof blob?.size === "number" && typeof blob.slice === "function";
  return is && typeof blob.arrayBuffer === "function" ? (blob as Blob) : undefined;
}

function asStream(source: unknown): ReadableStream<unknown> {
  const stream = source as Partial<ReadableStream<unknown>> | null | undefined;
  if (typeof stream?.getReader !== "function")
    throw invalid("the document must be bytes, a Blob or a ReadableStream");
  if (stream.locked) throw invalid("the stream is locked by another reader");
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

/** The Blob as a byte stream that fills a given buffer; `undefined` if the platform does not support it. */
function byteStream(blob: Blob): ReadableStream<Uint8Array> | undefined {
  if (typeof blob.stream !== "function") return undefined;
  const stream = blob.stream();
  const reader = byobReader(stream);
  reader?.releaseLock();
  return reader === undefined ? undefined : stream;
}

/** A reader that fills a given buffer (Streams Standard §4.5), if the stream is a byte stream. */
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
 * Reuses one buffer if the stream allows it: new buffers for each chunk are not garbage-collected fast enough, and a file of 2 GiB
 * needed hundreds of MiB.
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
  // Ends a pending read.
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
      const chunk = asBytes(value, "a chunk of the stream");
      if (chunk === undefined) throw invalid("the stream contains a chunk that is not bytes");
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

/** Hashes the added chunks. The verifier keeps nothing: the hash state is passed with each slice. */
class Hasher {
  /** The hash state, then the next slice: the only copy in JavaScript. */
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
    const answer = await askVerifier<Answer>("digest", [options, [input]]);
    if (!answer.ok) throw new HonninError(answer.code, answer.message);
    return answer;
  }
}
