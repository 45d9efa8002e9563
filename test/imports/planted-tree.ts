import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';

/** Every form in which a source file names another. `A` is both a type and a value. */
export const forms: Readonly<Record<string, (to: string) => string>> = {
  import: (to) => `import { A } from '${to}';\nA;\n`,
  'import-for-effect': (to) => `import '${to}';\n`,
  'import-type': (to) => `import type { A } from '${to}';\nexport type B = A;\n`,
  'import-inline-type': (to) => `import { type A } from '${to}';\nexport type B = A;\n`,
  'type-of-module': (to) => `export type B = import('${to}').A;\n`,
  'dynamic-import': (to) => `export const later = () => import('${to}');\n`,
  export: (to) => `export { A } from '${to}';\n`,
  'export-all': (to) => `export * from '${to}';\n`,
  'export-type': (to) => `export type { A } from '${to}';\n`,
  require: (to) => `require('${to}');\n`,
};

/** A repository of a few files, each of which is there for what it imports. */
export class PlantedTree implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'planted-imports-'));

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  write(file: string, text: string): void {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Writes a file that can be imported, or installs a package. */
  provide(name: string): void {
    if (isFile(name)) {
      this.write(name, 'export type A = string;\nexport const A = 1;\n');
      return;
    }
    const manifest = { name, version: '1.0.0', type: 'module', exports: { '.': { import: './index.js' } } };
    this.write(`node_modules/${name}/package.json`, JSON.stringify(manifest));
    this.write(`node_modules/${name}/index.js`, 'export const A = 1;\n');
  }

  /** Writes a file that imports another one, or a package. */
  plant(form: string, file: string, to: string): void {
    this.write(file, forms[form]?.(isFile(to) ? pathBetween(file, to) : to) ?? '');
  }
}

function isFile(name: string): boolean {
  return /\.[jt]s$/.test(name);
}

function pathBetween(file: string, to: string): string {
  const path = posix.relative(posix.dirname(file), to);
  return path.startsWith('.') ? path : `./${path}`;
}
