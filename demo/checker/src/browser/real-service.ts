/** Production and sandbox. A name may end with a dot (RFC 1034 §3.1). */
const names = /(^|\.)(sb-)?auth-and-sign\.go\.jp\.?$/;

/** Whether it is the service itself, which a check never asks anything. */
export function isRealService({ hostname }: URL): boolean {
  return names.test(hostname);
}
