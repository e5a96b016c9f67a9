// The published types hold by themselves in strict programs that check libraries too, whatever platform these have types of.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { root } from "../support/paths.ts";
import { compile, programs } from "./compile.ts";
import { packedProject } from "./packed.ts";

const project = packedProject(["@types/node", "undici-types", "@cloudflare/workers-types"]);
after(() => project.remove());

// `npm run test:full` compiles the others, too, and with other compilers.
const some = ["without any platform", "for a browser", "for Node", "for Workers"];

for (const [title, program] of Object.entries(programs).filter(([title]) => some.includes(title)))
  test(`a program ${title} compiles`, () => {
    assert.equal(compile(project, join(root, "node_modules", "typescript"), program, "nodenext"), "");
  });
