// What the store's object uses of the platform. It is not published: the types of the package do not depend on the platform's.
declare module "cloudflare:workers" {
  interface State {
    readonly storage: {
      /** Exists only for classes with SQLite storage. */
      readonly kv: {
        get(key: string): unknown;
        put(key: string, value: unknown): void;
      };
      setAlarm(time: number): Promise<void>;
      deleteAlarm(): Promise<void>;
      deleteAll(): Promise<void>;
    };
  }
  export abstract class DurableObject {
    protected readonly ctx: State;
    protected readonly env: unknown;
    constructor(ctx: never, env: unknown);
  }
}
