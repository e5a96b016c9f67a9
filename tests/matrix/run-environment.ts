// Runs one environment, place after place; a place that fails does not keep the others from running.
import { type Environment, type Extent, NotPossible, type Row } from "./environment.ts";
import { judge } from "./judge.ts";
import { type Project, prepare } from "./project.ts";

export async function runEnvironment(
  environment: Environment,
  tell: (row: Row) => void = () => {},
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    tell(row);
  };
  const place = async (title: string, extent: Extent, work: () => Promise<unknown>) => {
    try {
      judge(await work(), extent);
      add({ place: title, extent });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      add({
        place: title,
        extent,
        ...(error instanceof NotPossible ? { notPossible: message } : { failure: message }),
      });
    }
  };
  let project: Project | undefined;
  try {
    project = await prepare(environment);
    await environment.run(project, place);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    add({ place: project === undefined ? "installation" : "build", extent: "server", failure });
  }
  if (rows.length === 0) add({ place: "everything", extent: "server", failure: "No place was run." });
  return rows;
}
