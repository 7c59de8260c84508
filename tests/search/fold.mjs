// Reads a JSON list of texts from standard input, writes each folded.
import { readFileSync } from "node:fs";
import { fold } from "../../plugins/handrail/theme/scripts/search/fold.mjs";
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(fold)));
