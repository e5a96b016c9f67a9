import type { NodeRequest } from "./node-options.js";

/**
 * The body as a stream that reads no more than its reader asks for, up to a limit.
 *
 * @param tooLarge called before the stream fails, because the body is longer
 */
export function bodyOf(
  incoming: NodeRequest,
  maxBytes: number,
  tooLarge: () => void = () => {},
): ReadableStream<Uint8Array> {
  let pieces: AsyncIterator<unknown> | undefined;
  let length = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Read by a parser before: waiting for data would never end.
        if (pieces === undefined && (incoming.readableDidRead || incoming.readableEnded)) {
          throw new Error("The body was already read. Put honnin's handler before parsers of bodies.");
        }
        // The connection is still needed for the response.
        pieces ??= incoming.iterator({ destroyOnReturn: false });
        const { done, value } = await pieces.next();
        if (done) return controller.close();
        if (!(value instanceof Uint8Array)) throw new TypeError("The body was decoded to text before.");
        length += value.byteLength;
        if (length > maxBytes) {
          tooLarge();
          throw new RangeError(`The body has more than ${maxBytes} bytes.`);
        }
        // A copy without the rest of Node's pool of buffers.
        controller.enqueue(new Uint8Array(value));
      },
      async cancel() {
        await pieces?.return?.();
      },
    },
    // Otherwise, a body is read although nobody asks for it.
    { highWaterMark: 0 },
  );
}
