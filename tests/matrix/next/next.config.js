export default {
  output: "standalone",
  // This project is in a folder of another one.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
};
