import { marked } from 'marked';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';

/** What one picture shows: a title that says where a person sees it, and its content as HTML. */
export interface Page {
  readonly title: string;
  readonly body: string;
}

/** A log, one line below the other, as it is read on a phone. */
export function logPage(title: string, lines: readonly string[]): Page {
  return { title, body: `<pre>${lines.map(logLine).join('\n')}</pre>` };
}

/** A job summary. Its Markdown is the action's own, which holds no HTML. */
export function summaryPage(title: string, markdown: string): Page {
  return { title, body: marked.parse(markdown, { async: false }) };
}

/** What a run's page holds of it: its jobs, the summary of a job that has ended, and its annotations. */
export function runPage(
  title: string,
  jobs: readonly { readonly name: string; readonly state: string }[],
  { summary, annotations }: Pick<ActionRun, 'summary' | 'annotations'>,
): Page {
  const rows = jobs.map(({ name, state }) => `<tr><td>${escaped(name)}</td><td>${escaped(state)}</td></tr>`);
  const notes = annotations.map(
    ({ kind, message, properties }) =>
      `<p class="${kind}"><b>${escaped(properties['title'] ?? kind)}</b><br>${escaped(message)}</p>`,
  );
  const parts = [`<table>${rows.join('')}</table>`, summaryPage(title, summary).body, notes.join('')];
  return { title, body: parts.join('<hr>') };
}

function logLine(line: string): string {
  const kind = /^(Notice|Warning|Error):/.exec(line)?.[1]?.toLowerCase();
  return kind ? `<span class="${kind}">${escaped(line)}</span>` : escaped(line);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** For readers whose system is light, or dark. */
export type Theme = 'light' | 'dark';

interface Colors {
  readonly page: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly code: string;
  readonly link: string;
  readonly warning: string;
  readonly error: string;
}

const colors: Readonly<Record<Theme, Colors>> = {
  light: {
    page: '#fff',
    text: '#1c1e21',
    quiet: '#5b6068',
    line: '#d6d9dd',
    code: '#eef0f2',
    link: '#0b57d0',
    warning: '#8a5a00',
    error: '#b3261e',
  },
  dark: {
    page: '#0d1117',
    text: '#f0f6fc',
    quiet: '#9198a1',
    line: '#3d444d',
    code: '#212830',
    link: '#4493f8',
    warning: '#d29922',
    error: '#f85149',
  },
};

/** The whole document: plain, as wide as a phone. It imitates no site, and says where it comes from. */
export function documentOf({ title, body }: Page, theme: Theme): string {
  const { page, text, quiet, line, code, link, warning, error } = colors[theme];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>
* { box-sizing: border-box }
html { background: ${page} }
body { margin: 0; padding: 14px; font: 15px/1.5 'Liberation Sans', 'DejaVu Sans', sans-serif; color: ${text} }
header { color: ${quiet}; font-size: 13px; padding-bottom: 8px; margin-bottom: 12px; border-bottom: 1px solid ${line} }
h2 { font-size: 20px; margin: 0 0 10px }
p { margin: 10px 0 }
ol { margin: 0; padding-left: 22px }
a { color: ${link}; overflow-wrap: anywhere }
code { font: 14px/1.4 'DejaVu Sans Mono', monospace; background: ${code}; border-radius: 4px; padding: 2px 5px }
table { border-collapse: collapse; width: 100%; font-size: 14px }
td, th { border: 1px solid ${line}; padding: 5px 8px; text-align: left; overflow-wrap: anywhere }
thead { display: none }
td:first-child { width: 40%; color: ${quiet} }
pre { margin: 0; font: 12px/1.55 'DejaVu Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere }
.notice { color: ${link} } .warning { color: ${warning} } .error { color: ${error} }
hr { border: 0; border-top: 1px solid ${line}; margin: 16px 0 }
</style></head><body><header>${escaped(title)}. Rendered by the sandbox.</header>${body}</body></html>`;
}
