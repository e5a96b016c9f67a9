import { HonninError } from "../error.js";

const typedArrayName = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get as (this: unknown) => string | undefined;
const bufferLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength")?.get as (
  this: unknown,
) => number;

/** Whether the value is an ArrayBuffer of any realm, and not shared memory. */
function isBuffer(value: object): value is ArrayBuffer {
  try {
    // Most values have no such member. To throw and catch an error for each takes longer than all else here.
    if (!("byteLength" in value)) return false;
    bufferLength.call(value);
    return true;
  } catch {
    return false;
  }
}

/** The bytes, not copied yet; `undefined` for any other value. Bytes in shared memory are refused. */
export function asBytes(value: unknown, name: string): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    // Views first: they have a byteLength, too.
    if (!ArrayBuffer.isView(value)) {
      if (isBuffer(value)) return new Uint8Array(value);
      if (typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer) throw shared(name);
      return undefined;
    }
    if (typedArrayName.call(value) !== "Uint8Array") return undefined;
    if (!isBuffer(value.buffer)) throw shared(name);
    // Throws if the buffer is detached. A view outside a resized buffer throws when it is copied.
    new Uint8Array(value.buffer);
    return value as Uint8Array<ArrayBuffer>;
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
    throw new HonninError(
      "options-invalid",
      `${name}: the bytes are not available because their buffer is detached.`,
      {
        cause,
      },
    );
  }
}

function shared(name: string): HonninError {
  return new HonninError(
    "options-invalid",
    `${name}: the bytes are in shared memory, where another thread could change them. Give a copy.`,
  );
}
