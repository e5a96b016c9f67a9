// A WebAssembly module in place of the verifier that traps on tokens of five bytes. An instance that has trapped
// accepts everything afterwards: so it shows when one is used again.

const refusal = '{"ok":false,"code":"token-malformed","message":"","report":{\n"steps":[]}}';
const forgery = '{"ok":true,"header":{},"claims":{},"report":{\n"steps":[]}}';

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
/** A result: its length in four bytes, and the text. */
const result = (value: string) => {
  const bytes = [...Buffer.from(value)];
  return sized([bytes.length & 0xff, bytes.length >> 8, 0, 0, ...bytes]);
};
const answer = (at: number) => [...constant(at), 0x0f];

const verify = [
  // If this instance has trapped before: the forgery.
  ...[0x23, 0, 0x04, 0x40, ...answer(256), end],
  // If the token's length is five: remember, and trap.
  ...[0x20, 1, ...constant(5), 0x46, 0x04, 0x40, ...constant(1), 0x24, 0, 0x00, end],
  ...answer(16),
];

/** With other numbers of parameters than the verifier has now, it is one of another version. */
export function fakeModule({
  token = verify,
  tokenParameters = 5,
  certificateParameters = 4,
  certificate = [0x00],
  room = 4096,
} = {}) {
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(type(1, 1), type(2, 0), type(tokenParameters, 1), type(certificateParameters, 1))),
    ...section(3, vector([0], [1], [2], [3])),
    ...section(5, vector([0, 1])),
    ...section(6, vector([i32, 1, ...constant(0), end])),
    ...section(
      7,
      vector(
        [...text("memory"), 2, 0],
        [...text("allocate"), 0, 0],
        [...text("free"), 0, 1],
        [...text("verify_id_token"), 0, 2],
        [...text("verify_certificate"), 0, 3],
      ),
    ),
    ...section(10, vector(body(...constant(room)), body(), body(...token), body(...certificate))),
    ...section(
      11,
      vector([0, ...constant(16), end, ...result(refusal)], [0, ...constant(256), end, ...result(forgery)]),
    ),
  ]);
}

export const trappingModule = fakeModule();

/** Whose answer about a certificate has no line feed before the steps. */
export const moduleOfAnotherForm = Uint8Array.from(
  Buffer.from(fakeModule({ certificate: answer(256) }))
    .toString("latin1")
    .replaceAll('{\n"steps"', '{ "steps"'),
  (letter) => letter.charCodeAt(0),
);

/** Which accepts every token, and refuses it when it is asked for a report. */
export const moduleWithoutReports = fakeModule({
  token: [0x20, 4, 0x04, 0x40, ...answer(256), end, ...answer(16)],
});

function starting(...exports: string[]): number[] {
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(type(0, 0))),
    ...section(3, vector([0])),
    ...section(5, vector([0, 1])),
    ...section(7, vector(...exports.map((name) => [...text(name), 2, 0]))),
    ...section(8, [0]),
    ...section(10, vector(body(0x00))),
  ];
}

/** Which traps when it is started. */
export const startingModule = starting();

/** The same with memories of the names of the verifier's functions. */
export const startingMemories = starting("allocate", "free", "verify_id_token", "verify_certificate");

/** Which has no memory for any input. */
export const moduleWithoutMemory = fakeModule({ room: 0 });
