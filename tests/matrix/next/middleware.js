import { six } from "./honnin/six.js";

export const config = { matcher: "/before" };
export default async () => Response.json(await six());
