import type { Environment } from "../environment.ts";
import { visitFolder } from "../visit.ts";

export default [
  {
    name: "parcel",
    title: "Parcel",
    files: new URL("./", import.meta.url),
    packages: { parcel: "2.16.4" },
    manifest: { "@parcel/resolver-default": { packageExports: true } },
    async run(project, place) {
      await project.runNode([project.bin("parcel"), "build", "index.html", "--public-url=."]);
      await place("browser", "page", () => visitFolder(project, "dist"));
    },
  },
] satisfies Environment[];
