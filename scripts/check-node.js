// In JavaScript, since a Node.js that is too old cannot read TypeScript.
const wanted = 24;

if (Number.parseInt(process.versions.node, 10) < wanted) {
  console.error(`This needs Node.js ${wanted}, and this is Node.js ${process.versions.node}.
Run "npm rebuild node": it installs Node.js ${wanted} in node_modules, for the scripts of this repository only.
"npm ci" does so too, unless it is told to ignore scripts.`);
  process.exitCode = 1;
}
