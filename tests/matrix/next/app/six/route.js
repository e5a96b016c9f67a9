import { six } from "../../honnin/six.js";

export const dynamic = "force-dynamic";
export const GET = async () => Response.json(await six());
