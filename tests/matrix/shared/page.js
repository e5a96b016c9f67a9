// In a page: the five things, and the login element with its link.
import "honnin/element";
import { five } from "./five.js";

export const page = async () => {
  const things = await five();
  const login = document.createElement("honnin-login");
  document.body.append(login);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return { ...things, element: login.shadowRoot?.querySelector("a")?.getAttribute("href") ?? null };
};
