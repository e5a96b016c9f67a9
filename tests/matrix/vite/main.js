import { page } from "./honnin/page.js";
import { show } from "./honnin/show.js";

show(page);
