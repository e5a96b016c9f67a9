/** The code that tells of requests. Without it, nothing is told: observing a login must not change it. */
export const importEvents = () => import("./events.js").catch(() => undefined);
