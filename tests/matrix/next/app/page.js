import Things from "./things.js";

export default function Page() {
  return <Things />;
}
