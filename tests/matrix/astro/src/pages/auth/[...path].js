import { site } from "../../../honnin/six.js";

export const ALL = ({ request }) => site.fetch(request);
