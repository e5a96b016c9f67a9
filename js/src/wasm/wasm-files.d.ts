// Edge runtimes import a .wasm file as a compiled module. For Vercel's bundler, the suffix "?module" requests this.
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
