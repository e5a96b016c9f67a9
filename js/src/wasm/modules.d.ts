// Edge runtimes import a .wasm file as a compiled module; "?module" is how Vercel's bundler is asked for it.
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
