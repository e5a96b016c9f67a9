import { lapsed, orLapsed } from "./single-flight.js";

/** Milliseconds for which an error waits for a file with its text, which may be where the failure is. */
const patience = 5_000;

/**
 * Reads from a file on demand what an error says.
 *
 * @param otherwise what it says if the file is out of reach too
 */
export async function fromFile<File, Said>(
  file: Promise<File>,
  read: (file: File) => Said | Promise<Said>,
  otherwise: Said,
): Promise<Said> {
  try {
    const found = await orLapsed(patience, file);
    return found === lapsed ? otherwise : await read(found);
  } catch {
    return otherwise;
  }
}
