import { beside } from '../../../src/process/entry.js';
import { type Host, type HostOptions, startHost } from '../../../src/process/host.js';

export const startChild = (options: Partial<HostOptions> = {}): Host =>
  startHost({
    entry: beside('./child-main', import.meta.url),
    args: [],
    startDeadline: 60_000,
    onEvent: () => undefined,
    onOver: () => undefined,
    ...options,
  });
