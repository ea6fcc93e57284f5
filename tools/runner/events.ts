/** What the watched uvu in a test process tells the runner, one JSON line each, in order. */
export type ReportEvent =
  | Readonly<{ kind: 'suite'; suite: number; name: string }>
  | Readonly<{ kind: 'test'; suite: number; test: number; name: string }>
  | Readonly<{ kind: 'skip'; suite: number; name: string; reason?: string; remedy?: string }>
  | Readonly<{ kind: 'only'; suite: number; name: string }>
  | Readonly<{ kind: 'run'; suite: number }>
  | Readonly<{ kind: 'started' | 'passed' | 'failed'; test: number }>
  | Readonly<{ kind: 'hook-failed'; suite: number; hook: string; error: string }>
  | Readonly<{ kind: 'exit-called'; code: string; where: string }>
  | Readonly<{ kind: 'uncaught'; origin: string; error: string }>
  | Readonly<{ kind: 'end'; code: number }>;

/** The environment variable that names the file the events are appended to. */
export const reportVariable = 'MANDATE_TEST_REPORT';
