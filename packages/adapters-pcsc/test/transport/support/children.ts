import { readFile } from 'node:fs/promises';

/** The process numbers of a process's children for cards, by Linux' own account; none are left where none are said. */
export const childrenOf = async (pid: number): Promise<ReadonlyArray<number>> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const all = text.split(' ').filter((word) => word !== '');
  const mains = await Promise.all(all.map((one) => readFile(`/proc/${one}/cmdline`, 'utf8').catch(() => '')));
  return all.filter((_, place) => mains[place]?.includes('pcsc-main') === true).map(Number);
};
