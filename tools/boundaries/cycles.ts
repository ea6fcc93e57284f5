// Files that import each other in a circle.

/** From a file to the files it imports. */
export type Graph = ReadonlyMap<string, ReadonlyArray<string>>;

/**
 * The circles that a depth-first walk meets, each as its files in the order of import, one for each edge that
 * closes a circle. No circle exactly when the list is empty.
 */
export const findCycles = (graph: Graph): ReadonlyArray<ReadonlyArray<string>> => {
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  const enter = (file: string): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      cycles.push(trail.slice(start));
      return;
    }
    if (finished.has(file)) return;
    trail.push(file);
    for (const next of graph.get(file) ?? []) enter(next);
    trail.pop();
    finished.add(file);
  };
  for (const file of [...graph.keys()].sort()) enter(file);
  return cycles;
};
