// Memory for a large input, in an instance that no other call uses: the input is copied once, to where the module reads it.
import { wholeModule } from "./instance.js";
import { problemOf } from "./problem-of.js";
import { type FunctionName, Verifier } from "./verifier.js";

/** An instance with more memory (in bytes) beside its room is not used again, because memory never shrinks. */
const muchMemory = 33_554_432;

/**
 * The room that was used last, whose memory need not be asked of the system again. It is not kept from the garbage collector. One
 * that is in use is never here.
 */
let spare: WeakRef<Room> | undefined;

/** Room for an input. Without {@link Room.release}, it is not used again. */
export class Room {
  readonly #verifier: Verifier;
  readonly #address: number;
  readonly capacity: number;

  constructor(module: WebAssembly.Module, capacity: number) {
    this.#verifier = new Verifier(new WebAssembly.Instance(module));
    this.#address = this.#verifier.allocate(capacity);
    this.capacity = capacity;
  }

  /** The bytes at this place. A call may detach them. */
  at(offset: number, length: number): Uint8Array<ArrayBuffer> {
    return this.#verifier.memory(this.#address + offset, length);
  }

  /**
   * Calls a function with so many bytes of the room. After an exception, the room must not be used again.
   *
   * @throws HonninError `internal-error`; `webassembly-unavailable` if there is no memory for the options
   */
  call(name: FunctionName, options: string, length: number): Uint8Array {
    try {
      return this.#verifier.call(name, [options], length, this.#address);
    } catch (cause) {
      throw problemOf("call", cause);
    }
  }

  /** Leaves the room to the next input. */
  release(): void {
    const isSmall = this.#verifier.memoryBytes <= this.capacity + muchMemory;
    if (isSmall && typeof WeakRef === "function") spare = new WeakRef(this);
  }
}

/** Room for so many bytes, if the module is loaded and there is memory. */
export function takeRoom(capacity: number): Room | undefined {
  const module = wholeModule();
  if (module === undefined) return undefined;
  const room = spare?.deref();
  spare = undefined;
  if (room !== undefined && room.capacity >= capacity) return room;
  try {
    return new Room(module, capacity);
  } catch {
    return undefined;
  }
}
