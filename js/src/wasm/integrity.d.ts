/** The hash of `honnin.wasm` in the form of Subresource Integrity, `sha384-…`. The build writes the module beside it. */
export const integrity: string;
