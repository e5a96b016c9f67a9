/** The module in base64, not compressed. The build writes this file. */
export const packed: string;
