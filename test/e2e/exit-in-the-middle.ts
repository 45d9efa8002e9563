/** Loaded into the action before it starts: something ends the process as if all were well. */
setTimeout(() => process.exit(0), 500);
