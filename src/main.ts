import { ProcessStep } from './action/process-step.ts';
import { run } from './action/run.ts';

// Until every output is written, whatever ends this process ends it as a failure.
process.exitCode = 1;

const step = new ProcessStep(process.env);
// Not awaited: the parts that are loaded later import this file, and would wait for its end.
void step.end(run(step)).then((exitCode) => {
  process.exitCode = exitCode;
});
