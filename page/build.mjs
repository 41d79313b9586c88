// Makes the page without a graph: script, styles and the licences of what is bundled, in one file.
//
//     node build.mjs NODE_MODULES OUT
//
// OUT is a folder; the file is named by the hash of the sources here, which build.rs works out too, so that a program never
// takes a page of other sources than its own. The content-security policy names the script and the styles by their hashes:
// nothing else runs, and nothing is fetched.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const [modules, out] = process.argv.slice(2).map((name) => path.resolve(name));
const esbuild = createRequire(path.join(modules, "none.js"))("esbuild");

const options = { absWorkingDir: here, bundle: true, minify: true, write: false, legalComments: "inline", target: ["es2021"], charset: "utf8", nodePaths: [modules], logLevel: "warning" };
const script = esbuild.buildSync({ ...options, entryPoints: ["src/main.js"], format: "iife", metafile: true });
const styles = esbuild.buildSync({ ...options, entryPoints: ["src/style.css"] });
const js = script.outputFiles[0].text.trimEnd();
const css = styles.outputFiles[0].text.trimEnd();
if (/<\/script|<!--/i.test(js) || /<\/style/i.test(css)) throw new Error("the bundle would end its own element");

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = `default-src 'none'; script-src ${hash(js)}; style-src ${hash(css)}; base-uri 'none'; form-action 'none'`;
const parts = { policy, css, js, licences: escaped(licences(Object.keys(script.metafile.inputs))) };
const template = fs.readFileSync(path.join(here, "src/page.html"), "utf8");
const page = template.replace(/@([a-z]+)@/g, (whole, name) => parts[name] ?? whole);

fs.mkdirSync(out, { recursive: true });
const name = `${fingerprint()}.html`;
const file = path.join(out, name);
// What is there and the same stays as it is, so that cargo builds nothing again. Otherwise whole or not at all: another build
// may be reading.
if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== page) {
  fs.writeFileSync(`${file}.${process.pid}`, page);
  fs.renameSync(`${file}.${process.pid}`, file);
}
console.log(name);

// The licence of each package that is in the bundle.
function licences(inputs) {
  const names = new Set(inputs.map((input) => input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
  return [...names].sort().map((name) => {
    const folder = path.join(modules, name);
    const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
    const file = fs.readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}`;
  }).join("\n\n\n");
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

// Fowler-Noll-Vo over names and bytes of all files here, as in build.rs.
function fingerprint() {
  let hash = 0xcbf29ce484222325n;
  const add = (bytes) => {
    for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  };
  const walk = (folder, name) => {
    const entries = fs.readdirSync(folder).filter((one) => one !== ".made").sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    for (const entry of entries) {
      const [file, own] = [path.join(folder, entry), `${name}/${entry}`];
      if (fs.statSync(file).isDirectory()) walk(file, own);
      else {
        add(Buffer.from(own));
        add(fs.readFileSync(file));
      }
    }
  };
  walk(here, "page");
  return hash.toString(16).padStart(16, "0");
}
