import { six } from "../../honnin/six.js";

export const runtime = "edge";
export const GET = async () => Response.json(await six());
