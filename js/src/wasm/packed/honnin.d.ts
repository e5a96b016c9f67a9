/** The module, compressed with Brotli, in base64. The build writes this file. */
export const packed: string;
