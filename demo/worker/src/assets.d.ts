/** The built styles, scripts and files of the site, each under a URL with the hash of its content. Created by `build.ts`. */
declare module "honnin-demo:assets" {
  import type { AssetPaths } from "@honnin/site";

  export const assetPaths: AssetPaths;
  /** SHA-256 of the document that the site offers for signing, in hexadecimal. */
  export const sampleHash: string;
  export const assets: Readonly<
    Record<string, { readonly type: string; readonly body: string | ArrayBuffer }>
  >;
}
