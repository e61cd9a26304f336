// Runs before `npm start` and `npm run isnad`. Plain JavaScript, because a Node.js that is too old
// cannot read the sources and would only say ERR_UNKNOWN_FILE_EXTENSION. Says nothing when all is well.
if (Number.parseInt(process.versions.node, 10) < 26) {
  process.stderr.write(
    `runtime-too-old: Node.js 26 or later is needed, and this is ${process.version}. Run npm ci, which brings it.\n`,
  );
  process.exitCode = 2;
}
