// A WebAssembly module in place of the verifier that traps on tokens of five bytes. An instance that has trapped
// accepts everything afterwards: so it shows when one is used again.

const refusal = '{"ok":false,"code":"token-malformed","message":"","report":{"steps":[]}}';
const forgery = '{"ok":true,"header":{},"claims":{},"report":{"steps":[]}}';

const i32 = 0x7f;
const end = 0x0b;
const vector = (...items: number[][]) => [items.length, ...items.flat()];
const sized = (bytes: number[]) => [...unsigned(bytes.length), ...bytes];
const section = (id: number, content: number[]) => [id, ...sized(content)];
const text = (value: string) => sized([...Buffer.from(value)]);
const constant = (value: number) => [0x41, ...signed(value)];

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >> 7)];
}
function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const type = (inputs: number, outputs: number) => [
  0x60,
  ...vector(...Array(inputs).fill([i32])),
  ...vector(...Array(outputs).fill([i32])),
];
const body = (...code: number[]) => sized([0, ...code, end]);
const answer = (at: number, value: string) => [...constant(at), ...constant(value.length), 0x0f];

const verify = body(
  // If this instance has trapped before: the forgery.
  ...[0x23, 0, 0x04, 0x40, ...answer(256, forgery), end],
  // If the token's length is five: remember, and trap.
  ...[0x20, 1, ...constant(5), 0x46, 0x04, 0x40, ...constant(1), 0x24, 0, 0x00, end],
  ...answer(16, refusal),
);

export const trappingModule = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...section(1, vector(type(2, 1), type(4, 1), type(3, 0), type(0, 0), type(6, 2))),
  ...section(3, vector([0], [1], [2], [3], [4])),
  ...section(5, vector([0, 1])),
  ...section(6, vector([i32, 1, ...constant(0), end])),
  ...section(
    7,
    vector(
      [...text("memory"), 2, 0],
      [...text("__wbindgen_malloc"), 0, 0],
      [...text("__wbindgen_realloc"), 0, 1],
      [...text("__wbindgen_free"), 0, 2],
      [...text("__wbindgen_start"), 0, 3],
      [...text("verify_id_token"), 0, 4],
    ),
  ),
  ...section(10, vector(body(...constant(4096)), body(...constant(4096)), body(), body(), verify)),
  ...section(
    11,
    vector([0, ...constant(16), end, ...text(refusal)], [0, ...constant(256), end, ...text(forgery)]),
  ),
]);
