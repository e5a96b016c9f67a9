import { spawnSync } from "node:child_process";

/** For tests in which OpenSSL is the judge. */
export const withOpenssl = {
  skip: spawnSync("openssl", ["version"]).status === 0 ? false : "NOTICE: openssl was not found",
};
