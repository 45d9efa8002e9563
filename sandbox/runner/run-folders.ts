/** The folders of one run, and what the action leaves in them. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

/** Where an action may write: its workspace, `RUNNER_TEMP`, the home folder, the system's temporary folder. */
const folderNames = ['workspace', 'runnerTemp', 'home', 'temp'] as const;

export type FolderName = (typeof folderNames)[number];

/** Something an action left, changed or took away. */
export interface Leftover {
  readonly folder: FolderName;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly change: 'created' | 'changed' | 'removed';
  readonly kind: 'file' | 'folder' | 'link';
  /** Of a file that is there, all of it; of a link, its target; else empty. */
  readonly content: Buffer;
  /** POSIX permission bits, such as 0o600; 0 for what is gone. */
  readonly mode: number;
}

interface Item {
  readonly kind: Leftover['kind'];
  readonly content: Buffer;
  readonly mode: number;
  readonly fingerprint: string;
}

type Snapshot = ReadonlyMap<string, Item>;

/** The runner's own files in `RUNNER_TEMP`, which an action writes to by order. */
const ownFolders = ['_runner_file_commands', '_github_workflow'];

const undisposed = new Set<string>();
process.once('exit', () => {
  for (const root of undisposed) rmSync(root, { recursive: true, force: true });
});

export class RunFolders implements AsyncDisposable {
  readonly root: string;
  readonly paths: Readonly<Record<FolderName, string>>;
  readonly toolCache: string;
  #before: ReadonlyMap<FolderName, Snapshot> = new Map();

  private constructor(root: string) {
    this.root = root;
    this.paths = {
      workspace: join(root, 'work', 'repository'),
      runnerTemp: join(root, 'work', '_temp'),
      home: join(root, 'home'),
      temp: join(root, 'tmp'),
    };
    this.toolCache = join(root, 'tool-cache');
  }

  /** Makes the folders, with a few files in the workspace by which one sees that nobody touched it. */
  static async create(): Promise<RunFolders> {
    const folders = new RunFolders(mkdtempSync(join(tmpdir(), 'runner-')));
    undisposed.add(folders.root);
    const { workspace, runnerTemp } = folders.paths;
    for (const path of [...Object.values(folders.paths), folders.toolCache]) {
      await mkdir(path, { recursive: true });
    }
    for (const name of ownFolders) await mkdir(join(runnerTemp, name));
    await mkdir(join(workspace, 'src'));
    await writeFile(
      join(workspace, 'README.md'),
      'A repository that an action should leave as it found it.\n',
    );
    await writeFile(join(workspace, 'src', 'index.js'), "console.log('hello');\n");
    return folders;
  }

  /** Writes one of the runner's own files in `RUNNER_TEMP`. Returns its path. */
  async writeOwnFile(folder: '_runner_file_commands' | '_github_workflow', name: string, text: string) {
    const path = join(this.paths.runnerTemp, folder, name);
    await writeFile(path, text);
    return path;
  }

  /** Remembers what is there, as the state to compare with. */
  async remember(): Promise<void> {
    this.#before = await this.#snapshots();
  }

  /** What differs from the remembered state. */
  async leftovers(): Promise<Leftover[]> {
    const after = await this.#snapshots();
    return folderNames.flatMap((folder) =>
      compare(folder, this.#before.get(folder) ?? new Map(), after.get(folder) ?? new Map()),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    undisposed.delete(this.root);
    await rm(this.root, { recursive: true, force: true, maxRetries: 3 });
  }

  async #snapshots(): Promise<Map<FolderName, Snapshot>> {
    const snapshots = new Map<FolderName, Snapshot>();
    for (const folder of folderNames) snapshots.set(folder, await snapshot(this.paths[folder]));
    return snapshots;
  }
}

function compare(folder: FolderName, before: Snapshot, after: Snapshot): Leftover[] {
  const leftovers: Leftover[] = [];
  for (const [path, { kind, content, mode, fingerprint }] of after) {
    const old = before.get(path);
    if (old?.fingerprint === fingerprint || isRunnersOwn(folder, path, old)) continue;
    leftovers.push({ folder, path, change: old ? 'changed' : 'created', kind, content, mode });
  }
  for (const [path, { kind }] of before) {
    if (!after.has(path)) {
      leftovers.push({ folder, path, change: 'removed', kind, content: Buffer.alloc(0), mode: 0 });
    }
  }
  return leftovers;
}

/** The runner's own files change; others beside them are leftovers. */
function isRunnersOwn(folder: FolderName, path: string, old: Item | undefined): boolean {
  return folder === 'runnerTemp' && old !== undefined && ownFolders.some((own) => path.startsWith(own));
}

async function snapshot(root: string): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const kind = entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'file';
    const { mode } = await lstat(path);
    const content = await contentOf(kind, path);
    const fingerprint = `${kind} ${mode} ${createHash('sha256').update(content).digest('hex')}`;
    items.set(relative(root, path).replaceAll(sep, '/'), { kind, content, mode: mode & 0o777, fingerprint });
  }
  return items;
}

async function contentOf(kind: Leftover['kind'], path: string): Promise<Buffer> {
  if (kind === 'file') return await readFile(path);
  return Buffer.from(kind === 'link' ? await readlink(path) : '');
}
