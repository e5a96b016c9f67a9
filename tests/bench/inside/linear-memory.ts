// The linear memory of WebAssembly instances. It never shrinks, so its length at the end is its peak.

/** Call it before anything is instantiated. @returns the bytes of the largest memory, once an instance has one */
export function watchLinearMemory(): () => number | undefined {
  const memories: WebAssembly.Memory[] = [];
  const keep = <T extends WebAssembly.Instance>(instance: T): T => {
    for (const value of Object.values(instance.exports))
      if (value instanceof WebAssembly.Memory) memories.push(value);
    return instance;
  };
  const { Instance, instantiate } = WebAssembly;
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, args: ConstructorParameters<typeof Instance>) => keep(new target(...args)),
  });
  WebAssembly.instantiate = (async (...args: Parameters<typeof instantiate>) => {
    const result: unknown = await instantiate(...args);
    keep(
      result instanceof Instance ? result : (result as WebAssembly.WebAssemblyInstantiatedSource).instance,
    );
    return result;
  }) as typeof instantiate;
  return () =>
    memories.length === 0 ? undefined : Math.max(...memories.map(({ buffer }) => buffer.byteLength));
}
