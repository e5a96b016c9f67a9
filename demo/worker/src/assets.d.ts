/** The site's styles, scripts and files as built, each under an address with its content's hash. Made by `build.ts`. */
declare module "honnin-demo:assets" {
  import type { AssetPaths } from "@honnin/site";

  export const assetPaths: AssetPaths;
  /** SHA-256 of the document that is offered for signing, in hexadecimal. */
  export const sampleHash: string;
  export const assets: Readonly<
    Record<string, { readonly type: string; readonly body: string | ArrayBuffer }>
  >;
}
