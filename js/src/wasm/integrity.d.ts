/** The hash of `honnin.wasm` in the form of Subresource Integrity, `sha384-…`. The build writes this module. */
export const integrity: string;
