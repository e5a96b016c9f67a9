import type { ServiceKind } from "../data.ts";

/** A signature method: the input to the card, and the type of card. */
export interface Method {
  readonly form: "bare" | "digest-info";
  readonly scheme: "rsa-pkcs1-sha256" | "rsa-pkcs1-bare" | "ecdsa-p384-sha384";
  readonly hash: "sha256" | "sha384";
}

/** By the names that the form sends. The first is the default. */
export const methods = {
  "digest-info": { form: "digest-info", scheme: "rsa-pkcs1-sha256", hash: "sha256" },
  bare: { form: "bare", scheme: "rsa-pkcs1-bare", hash: "sha256" },
  "p384-digest-info": { form: "digest-info", scheme: "ecdsa-p384-sha384", hash: "sha384" },
  "p384-bare": { form: "bare", scheme: "ecdsa-p384-sha384", hash: "sha384" },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
export const methodNames = Object.keys(methods) as readonly MethodName[];

/** The methods to choose from. Only the emulator has next-generation cards so far. */
export function offeredMethods(service: ServiceKind): readonly MethodName[] {
  return methodNames.filter((name) => service === "emulator" || methods[name].scheme !== "ecdsa-p384-sha384");
}

/** The method that a form names. `undefined` for one that is not offered. */
export function chosenMethod(name: string | null, service: ServiceKind): Method | undefined {
  if (name === null) return methods["digest-info"];
  const found = offeredMethods(service).find((offered) => offered === name);
  return found && methods[found];
}
