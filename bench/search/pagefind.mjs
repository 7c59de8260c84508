// Reads {pages, folder} from standard input; writes Pagefind's files into the folder.
import { readFileSync } from "node:fs";
import * as pagefind from "pagefind";

const { pages, folder } = JSON.parse(readFileSync(0, "utf8"));
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const { index } = await pagefind.createIndex();
for (const { url, title, text, regions } of pages) {
  const filters = regions.map((region) => `<span data-pagefind-filter="region">${region}</span>`).join("");
  await index.addHTMLFile({ url, content: `<html lang="en"><body><h1>${escaped(title)}</h1><p>${escaped(text)}</p><div data-pagefind-ignore>${filters}</div></body></html>` });
}
await index.writeFiles({ outputPath: folder });
await pagefind.close();
process.stdout.write("{}");
