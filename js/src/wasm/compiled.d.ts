// The type of `honnin/honnin.wasm` and `honnin/id-token.wasm`, and of their other names, where a runtime or its bundler compiles the file at deployment.
declare const module: WebAssembly.Module;
export default module;
