// Five things in a browser, which never has the client's key.
import * as honnin from "honnin";
import * as launch from "honnin/launch";
import given from "./given.js";
import { launches, verifies } from "./things.js";

export const five = async () => ({ ...(await verifies(honnin, given)), ...(await launches(launch)) });
