const fullWidthZero = 0xff10;

/** Full-width digits become ASCII; spaces and hyphens, which people type between groups, are removed. */
export function readNumber(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - fullWidthZero))
    .replace(/[ \t\u00a0\u2000-\u200b\u3000\u2010-\u2015\u2212\u30fc\uff0d\uff70-]/g, "");
}

export function isNumber(text: string): boolean {
  return /^[0-9]{6}$/.test(text);
}
