// npm run publishable [-- --check] [-- --tag TAG] [-- --root FOLDER]: copies the addresses of package.json into the published manifests.
// With `--check`, which runs before a publication, it writes nothing, and fails if they are not set or not copied. With `--tag`, it
// also fails unless the manifests have the version that the tag names.
import { resolve } from "node:path";
import { addressesOf, fillManifests, versionsOf } from "./lib/addresses.mjs";
import { command, Failure, root as repository } from "./lib/process.mjs";

const how = `The project's addresses are not set. Set them in the root's package.json, and run this command again:

  npm pkg set repository=https://… homepage=https://… bugs=https://…
`;

await command((args) => {
  const at = args.indexOf("--root");
  const root = at < 0 ? repository : resolve(args[at + 1] ?? "");
  const check = args.includes("--check");
  const tagAt = args.indexOf("--tag");
  if (tagAt >= 0) {
    const tag = args[tagAt + 1] ?? "";
    for (const [name, version] of Object.entries(versionsOf(root)))
      if (tag !== `v${version}`)
        throw new Failure(`${name} has the version ${version}, but the tag is ${tag}.`);
  }
  const changed = fillManifests(root, { write: !check });
  const files = changed.join(" and ");
  if (check && changed.length > 0)
    throw new Failure(`${files}: other addresses than package.json. Run npm run publishable.`);
  if (addressesOf(root) === undefined) throw new Failure(how);
  process.stdout.write(
    changed.length === 0 ? "The addresses are in place.\n" : `Written: ${files}. Commit it.\n`,
  );
});
