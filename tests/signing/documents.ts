// Documents of all sizes, and what their digests are according to Node.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

export interface TestDocument {
  readonly name: string;
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly digests: Readonly<Record<"sha256" | "sha384", string>>;
}

/** A file of this size with a few bytes at its ends and in its middle; the rest are holes, which take no space on disk. */
export async function makeDocument(folder: string, name: string, size: number): Promise<TestDocument> {
  const path = join(folder, name);
  const file = await open(path, "w");
  try {
    await file.truncate(size);
    for (const position of new Set([0, Math.floor(size / 2), size - 1]))
      await file.write(Uint8Array.of(0x61 + (position % 7)), 0, 1, position);
  } finally {
    await file.close();
  }
  const [sha256, sha384] = [createHash("sha256"), createHash("sha384")];
  await pipeline(
    createReadStream(path, { highWaterMark: 1 << 20 }),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        sha256.update(chunk);
        sha384.update(chunk);
      }
    },
  );
  return { name, path, size, digests: { sha256: sha256.digest("hex"), sha384: sha384.digest("hex") } };
}
