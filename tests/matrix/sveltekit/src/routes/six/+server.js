import { six } from "../../../honnin/six.js";

export const GET = async () => Response.json(await six());
