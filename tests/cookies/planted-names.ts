// Names that a browser keeps and sends without a thought, since they are not the name that its prefix rules protect, and that become
// that name if somebody strips what Unicode calls white space.

/** Bytes in front of a cookie's name, in hexadecimal, with which browsers keep the cookie and send it. */
export const bytesThatBrowsersKeep = [
  "c2a0", // U+00A0 in UTF-8
  "e28080", // U+2000
  "e38080", // U+3000
  "efbbbf", // U+FEFF
  "a0", // U+00A0 in Latin-1
  "85", // U+0085
] as const;

/** VT and FF as well, which neither header fields nor cookies may hold. */
export const bytesInFront = [...bytesThatBrowsersKeep, "0b", "0c"] as const;

/** What HTTP itself calls white space: the name is the name. */
export const bytesThatHttpDrops = ["20", "09", "2009"] as const;
