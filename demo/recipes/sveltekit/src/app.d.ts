import type { Session } from "honnin/relying-party";

declare global {
  namespace App {
    interface Locals {
      session?: Session | undefined;
    }
  }
}
