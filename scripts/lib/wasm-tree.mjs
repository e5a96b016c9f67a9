// Which parts of a WebAssembly module take how many bytes, by the names of its functions.

const CUSTOM = 0;
const IMPORT = 2;
const CODE = 10;
const DATA = 11;
const FUNCTION_NAMES = 1;

/** Exports have the code that was inlined into them, and no path. */
const INLINED = "exports, with what is inlined into them";

/** Reads the unsigned LEB128 number at `at`. */
function number(bytes, at) {
  let [value, shift, byte] = [0, 0, 0];
  do {
    byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    shift += 7;
  } while (byte & 0x80);
  return [value, at];
}

function text(bytes, at) {
  const [length, start] = number(bytes, at);
  return [bytes.toString("utf8", start, start + length), start + length];
}

function* sections(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [length, start] = number(bytes, at + 1);
    yield { id, start, end: start + length };
    at = start + length;
  }
}

function codeSizes(bytes, start) {
  let [count, at] = number(bytes, start);
  const sizes = [];
  for (; count > 0; count--) {
    const [length, body] = number(bytes, at);
    sizes.push(body + length - at);
    at = body + length;
  }
  return sizes;
}

function functionNames(bytes, start, end) {
  const names = new Map();
  for (let at = start; at < end; ) {
    const kind = bytes[at];
    const [length, part] = number(bytes, at + 1);
    if (kind === FUNCTION_NAMES) {
      let [count, next] = number(bytes, part);
      for (; count > 0; count--) {
        let index, name;
        [index, next] = number(bytes, next);
        [name, next] = text(bytes, next);
        names.set(index, name);
      }
    }
    at = part + length;
  }
  return names;
}

/** The crate and the module of a symbol, mangled in either of Rust's ways; generic code counts where it is defined. */
export function placeOf(symbol) {
  const [, hashed] = /Cs[0-9A-Za-z]*_(\d+.*)/.exec(symbol) ?? [];
  let rest = symbol.startsWith("_R") ? hashed : /^_ZN(.*)/.exec(symbol)?.[1];
  if (rest === undefined) return INLINED;
  const parts = [];
  for (let found = /^(\d+)_?/.exec(rest); found !== null; found = /^(?:Nt)?(\d+)_?/.exec(rest)) {
    const from = symbol.startsWith("_R") ? found[0].length : found[0].replace(/_$/, "").length;
    parts.push(rest.slice(from, from + Number(found[1])));
    rest = rest.slice(from + Number(found[1]));
  }
  // `<core..iter..Map<…> as …>`: an implementation of a trait.
  const [first = ""] = parts;
  const path = first.startsWith("_$LT$")
    ? first
        .replace(/^_\$LT\$(impl\$u20\$|\$RF\$|\$LP\$)*/, "")
        .split(/\$|\.\.(?=[A-Z])/)[0]
        .split("..")
    : parts;
  const [crate = "", module = ""] = path;
  if (!/^[a-z]\w+$/.test(crate)) return INLINED;
  if (crate === "honnin" && /^[a-z]\w+$/.test(module)) return `honnin::${module}`;
  return crate;
}

/** The bytes of code by crate and module, of data, and of the whole file without its names. */
export function wasmTree(bytes) {
  let [imports, sizes, names, data, named] = [0, [], new Map(), 0, 0];
  for (const { id, start, end } of sections(bytes)) {
    if (id === IMPORT) [imports] = number(bytes, start);
    if (id === CODE) sizes = codeSizes(bytes, start);
    if (id === DATA) data = end - start;
    if (id === CUSTOM) {
      const [name, at] = text(bytes, start);
      if (name === "name") names = functionNames(bytes, at, end);
      named += end - start;
    }
  }
  const groups = new Map();
  sizes.forEach((size, index) => {
    const place = placeOf(names.get(imports + index) ?? "");
    groups.set(place, (groups.get(place) ?? 0) + size);
  });
  return { groups: [...groups].sort(([, a], [, b]) => b - a), data, total: bytes.length - named };
}
