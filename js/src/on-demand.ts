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
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  try {
    const found = await Promise.race([file, late]);
    if (found !== undefined) return await read(found);
  } catch {
    // Out of reach.
  } finally {
    clearTimeout(timer);
  }
  return otherwise;
}
