// Reads {lunr, pages, queries} from standard input; writes the addresses that lunr.js finds for each query.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { lunr: path, pages, queries } = JSON.parse(readFileSync(0, "utf8"));
const lunr = createRequire(import.meta.url)(path);
const index = lunr(function build() {
  this.ref("url");
  this.field("title", { boost: 10 });
  this.field("text");
  for (const page of pages) this.add(page);
});
process.stdout.write(JSON.stringify(queries.map((query) => index.search(query.replace(/[:~^*+-]/g, " ")).map(({ ref }) => ref))));
