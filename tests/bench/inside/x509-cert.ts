// x509-cert as a module: what `native/src/lib.rs` exports.

interface Exports {
  readonly memory: WebAssembly.Memory;
  allocate(length: number): number;
  release(at: number, length: number): void;
  /** 1: the signature is valid and the serial number is not in the list; 0: it is; 2: anything is wrong. */
  crl_status(...parts: number[]): number;
}

export interface X509Cert {
  isGood(crl: Uint8Array, spki: Uint8Array, serial: Uint8Array): boolean;
  /** The size of its memory in bytes, which never shrinks. */
  memory(): number;
}

export function openX509Cert(module: WebAssembly.Module): X509Cert {
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  return {
    isGood(...parts) {
      const places = parts.map((bytes) => {
        const at = exports.allocate(bytes.length);
        new Uint8Array(exports.memory.buffer).set(bytes, at);
        return [at, bytes.length] as const;
      });
      const answer = exports.crl_status(...places.flat());
      for (const [at, length] of places) exports.release(at, length);
      return answer === 1;
    },
    memory: () => exports.memory.buffer.byteLength,
  };
}
