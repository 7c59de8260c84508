// Reads {lunr, pages, folder} from standard input; writes the whole index and the cards as plain lunr would ship them.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const { lunr: path, pages, folder } = JSON.parse(readFileSync(0, "utf8"));
const lunr = createRequire(import.meta.url)(path);
const index = lunr(function build() {
  this.ref("number");
  this.field("title", { boost: 10 });
  this.field("text");
  pages.forEach((page, number) => this.add({ ...page, number }));
});
writeFileSync(`${folder}/index.json`, JSON.stringify(index));
writeFileSync(`${folder}/cards.json`, JSON.stringify(pages.map(({ url, title, text }) => [url, title, text.slice(0, 200)])));
process.stdout.write("{}");
