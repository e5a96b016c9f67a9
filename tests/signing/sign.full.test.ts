// Documents of two GiB, signed by every method and verified everywhere.
import { methods } from "./browser-flow.ts";
import { signDocuments } from "./sign-documents.ts";

signDocuments({ "2 GiB": { bytes: 2 ** 31, by: methods } });
