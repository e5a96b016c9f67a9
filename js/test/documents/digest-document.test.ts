// digestDocument: the digests of node:crypto, whatever the document comes as and in whatever pieces.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type DocumentHash, digestDocument } from "honnin";
import { run } from "../support/program.ts";
import { codeOf, refusalOf } from "../support/refusal.ts";

const hashes: readonly DocumentHash[] = ["sha256", "sha384", "sha512"];
const mebibyte = 1_048_576;

/** Bytes that do not repeat, the same in every run. */
function filled(length: number, salt = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = 0x9e3779b9 + salt;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
const long = filled(35 * mebibyte + 3);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const expected = (hash: DocumentHash, bytes: Uint8Array) => createHash(hash).update(bytes).digest("hex");

/** A stream of these bytes in pieces of these lengths, which repeat. */
function streamOf(bytes: Uint8Array, lengths: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let number = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const length = lengths[number++ % lengths.length] ?? 1;
      controller.enqueue(bytes.subarray(at, at + length));
      at += length;
    },
  });
}

/** How a platform lets a Blob be read: as a stream that fills a buffer of the reader's, or in slices. */
const kinds = ["byte stream", "slices"] as const;

/** As long as it says, without having all of it in memory. */
class LongBlob extends Blob {
  readonly #piece = filled(mebibyte);
  readonly #size: number;
  readonly #kind: (typeof kinds)[number];
  constructor(size: number, kind: (typeof kinds)[number]) {
    super();
    this.#size = size;
    this.#kind = kind;
  }
  override stream(): ReturnType<Blob["stream"]> {
    if (this.#kind === "slices") return new ReadableStream() as ReturnType<Blob["stream"]>;
    let left = this.#size;
    return new ReadableStream({
      type: "bytes",
      pull: (controller: ReadableByteStreamController) => {
        const view = controller.byobRequest?.view as Uint8Array<ArrayBuffer>;
        const piece = this.#piece.subarray(0, Math.min(left, view.length));
        view.set(piece);
        left -= piece.length;
        if (piece.length === 0) controller.close();
        controller.byobRequest?.respond(piece.length);
      },
    }) as ReturnType<Blob["stream"]>;
  }
  override get size() {
    return this.#size;
  }
  override slice(start = 0, end = this.#size): Blob {
    return new Blob([this.#piece.subarray(0, end - start)]);
  }
}

test("bytes, ArrayBuffers and Blobs of lengths around the bounds of blocks", async () => {
  for (const hash of hashes) {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1_000, 65_537]) {
      const bytes = filled(length, length);
      for (const source of [bytes, bytes.slice().buffer, new Blob([bytes])]) {
        const { digest, size } = await digestDocument(source, { hash });
        assert.equal(hex(digest), expected(hash, bytes), `${hash}, ${length} bytes`);
        assert.equal(size, length);
      }
    }
  }
});

test("streams in pieces of many lengths", async () => {
  const chunkings = [[1], [63, 1], [64], [65], [127], [128], [129], [1, 500, 0, 64, 3], [4_096], [1_000_000]];
  for (const hash of hashes) {
    for (const lengths of chunkings) {
      for (const length of [0, 1, 111, 128, 4_097]) {
        const bytes = filled(length, length);
        const { digest, size } = await digestDocument(streamOf(bytes, lengths), { hash });
        assert.equal(hex(digest), expected(hash, bytes), `${hash}, ${length} bytes by ${lengths}`);
        assert.equal(size, length);
      }
    }
    for (const lengths of [[mebibyte], [mebibyte - 1], [mebibyte + 1], [3 * mebibyte, 7], [65_536]]) {
      const bytes = long.subarray(0, 5 * mebibyte + 17);
      const { digest } = await digestDocument(streamOf(bytes, lengths), { hash });
      assert.equal(hex(digest), expected(hash, bytes), `${hash}, by ${lengths}`);
    }
  }
});

test("what is longer than the platform is given at once: bytes, Blobs, files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "honnin-digest-"));
  try {
    const path = join(folder, "long");
    writeFileSync(path, long);
    for (const source of [long, long.buffer, new Blob([long]), await openAsBlob(path)]) {
      const seen: number[] = [];
      const options = { hash: "sha384", onProgress: (bytes: number) => void seen.push(bytes) } as const;
      const { digest, size } = await digestDocument(source, options);
      assert.equal(hex(digest), expected("sha384", long));
      assert.equal(size, long.length);
      assert.equal(seen.at(-1), long.length);
      assert.deepEqual(
        seen.slice(0, 3),
        [1, 2, 3].map((number) => number * mebibyte),
      );
      assert.deepEqual(
        seen,
        [...seen].sort((a, b) => a - b),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("progress of a short document comes once", async () => {
  const seen: number[] = [];
  await digestDocument(filled(10), { hash: "sha256", onProgress: (bytes) => void seen.push(bytes) });
  assert.deepEqual(seen, [10]);
});

for (const kind of kinds) {
  test(`a Blob of 256 MiB (${kind}) costs little memory, and others have their turn`, async (t) => {
    const size = 256 * mebibyte;
    const before = process.memoryUsage();
    let peak = 0;
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    t.after(() => clearInterval(timer));
    const onProgress = () => {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      peak = Math.max(peak, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
    };
    const found = await digestDocument(new LongBlob(size, kind), { hash: "sha256", onProgress });
    assert.equal(found.size, size);
    const whole = createHash("sha256");
    const piece = filled(mebibyte);
    for (let done = 0; done < size; done += mebibyte) whole.update(piece);
    assert.equal(hex(found.digest), whole.digest("hex"));
    // Slices are garbage that is collected when it suits the platform: far from all of them at once.
    assert.ok(peak < (kind === "slices" ? size - 64 * mebibyte : 16 * mebibyte), `${peak} bytes`);
    assert.ok(turns > 10, `${turns} turns`);
  });
}

test("an abort ends it with the signal's reason, and cancels the stream", async () => {
  const reason = new Error("enough");
  const hash = "sha256";
  const aborted = AbortSignal.abort(reason);
  await assert.rejects(digestDocument(filled(3), { hash, signal: aborted }), reason);

  const between = new AbortController();
  const onProgress = (bytes: number) => bytes === 2 * mebibyte && between.abort(reason);
  await assert.rejects(digestDocument(long, { hash, signal: between.signal, onProgress }), reason);

  // While a piece is being waited for that never comes.
  const waiting = new AbortController();
  let cancelled: unknown;
  const stream = new ReadableStream<Uint8Array>({
    pull: () => new Promise(() => queueMicrotask(() => waiting.abort(reason))),
    cancel: (why) => {
      cancelled = why;
    },
  });
  await assert.rejects(digestDocument(stream, { hash, signal: waiting.signal }), reason);
  assert.equal(cancelled, reason);
  assert.equal(stream.locked, false);
});

test("what cannot be read to its end", async () => {
  const cause = new Error("removed");
  const hash = "sha256";
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(cause);
    },
  });
  const refusal = await refusalOf(() => digestDocument(broken, { hash }));
  assert.equal(refusal.code, "document-unreadable");
  assert.equal(refusal.cause, cause);

  for (const size of [100, 40 * mebibyte]) {
    for (const kind of kinds) {
      const gone = new LongBlob(size, kind);
      gone.slice = () => ({ arrayBuffer: () => Promise.reject(cause) }) as Blob;
      if (kind === "byte stream")
        gone.stream = () =>
          new ReadableStream({ type: "bytes", pull: (controller) => controller.error(cause) }) as ReturnType<
            Blob["stream"]
          >;
      assert.equal(await codeOf(() => digestDocument(gone, { hash })), "document-unreadable", kind);
      const shrunk = new LongBlob(size, kind);
      shrunk.slice = () => new Blob(["short"]);
      if (kind === "byte stream") shrunk.stream = () => new Blob(["short"]).stream();
      assert.equal(await codeOf(() => digestDocument(shrunk, { hash })), "document-unreadable", kind);
    }
  }
});

test("options and sources of other types", async () => {
  const bytes = filled(3);
  const wrong: readonly (readonly [unknown, unknown])[] = [
    [bytes, undefined],
    [bytes, {}],
    [bytes, { hash: "sha1" }],
    [bytes, { hash: "SHA-256" }],
    [bytes, { hash: "constructor" }],
    [bytes, { hash: "sha256", progress: () => undefined }],
    [bytes, { hash: "sha256", onProgress: 1 }],
    [bytes, { hash: "sha256", signal: {} }],
    ["text", { hash: "sha256" }],
    [undefined, { hash: "sha256" }],
    [null, { hash: "sha256" }],
    [{ size: 3 }, { hash: "sha256" }],
    [new SharedArrayBuffer(3), { hash: "sha256" }],
    [new ReadableStream({ pull: (controller) => controller.enqueue("text") }), { hash: "sha256" }],
  ];
  for (const [source, options] of wrong) {
    const code = await codeOf(() => digestDocument(source as never, options as never));
    assert.equal(code, "options-invalid", JSON.stringify([source, options]));
  }
  const locked = streamOf(bytes, [1]);
  locked.getReader();
  assert.equal(await codeOf(() => digestDocument(locked, { hash: "sha256" })), "options-invalid");
});

test("what is short needs no WebAssembly, what is long says that it is missing", async () => {
  const found = await run(`
    const { digestDocument } = await import("honnin");
    delete globalThis.WebAssembly;
    const blob = new Blob(["abc"]);
    const { digest, size } = await digestDocument(blob, { hash: "sha256" });
    const long = await attempt(() => digestDocument(blob.stream(), { hash: "sha256" }));
    print([Buffer.from(digest).toString("hex"), size, long]);
  `);
  const abc = expected("sha256", new TextEncoder().encode("abc"));
  assert.deepEqual(found, [abc, 3, "webassembly-unavailable"]);
});
