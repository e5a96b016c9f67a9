/** Whether it is a compiled module, also one of another realm, which Next.js's edge runtime hands over. */
export function isModule(value: unknown): value is WebAssembly.Module {
  return (
    value instanceof WebAssembly.Module ||
    Object.prototype.toString.call(value) === "[object WebAssembly.Module]"
  );
}
