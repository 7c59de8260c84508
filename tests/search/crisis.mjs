// Reads [words of crisis, list of queries] from standard input; writes the answer to each.
import { readFileSync } from "node:fs";
import { crisis } from "../../plugins/handrail/theme/scripts/search/crisis.mjs";

const [words, queries] = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(queries.map((query) => crisis(query, words))));
