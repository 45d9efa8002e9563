import { accessSync, constants } from 'node:fs';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What stands in a folder under a program's name: the machine's own program, or a script. */
export type Tool = 'real' | { readonly script: string };

/** BusyBox's tar, as far as the cache's library gets with it. */
export const busyboxTar: Tool = {
  script: `#!/bin/sh
echo "tar: unrecognized option: \${1#--}" >&2
echo "BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary." >&2
exit 1
`,
};

/** A folder for PATH that holds these programs and nothing else. */
export async function toolsInPath(
  tools: Readonly<Record<string, Tool>>,
): Promise<{ readonly PATH: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'tools-'));
  for (const [name, tool] of Object.entries(tools)) {
    const path = join(folder, name);
    if (tool === 'real') await symlink(pathOf(name) ?? '', path);
    else {
      await writeFile(path, tool.script);
      await chmod(path, 0o755);
    }
  }
  return { PATH: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Why a scenario that needs these programs cannot run here; false when it can. */
export function unlessThere(...names: readonly string[]): string | false {
  if (process.platform !== 'linux') return 'the tools are those of Linux';
  const missing = names.filter((name) => pathOf(name) === undefined);
  return missing.length > 0 && `not installed: ${missing.join(', ')}`;
}

function pathOf(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
