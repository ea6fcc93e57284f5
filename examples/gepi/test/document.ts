/** The parts of the JSON document that tests look at. */

export interface StepDocument {
  readonly id: string;
  readonly at: string;
  readonly asExpected: boolean;
  readonly before: boolean;
  readonly items: ReadonlyArray<string>;
  readonly outcome: {
    readonly kind: string;
    readonly code?: string;
    readonly zh: string;
    readonly facts?: ReadonlyArray<{ readonly label: { readonly zh: string }; readonly value: string }>;
  };
}

export interface RunDocument {
  readonly format: string;
  readonly holds: boolean;
  readonly data: string;
  readonly start: string;
  readonly fault?: { readonly code: string; readonly zh: string; readonly en: string };
  readonly chapters: ReadonlyArray<{ readonly id: string; readonly steps: ReadonlyArray<StepDocument> }>;
  readonly lists: {
    readonly clerks: ReadonlyArray<{
      readonly agencyCode: string;
      readonly managerName: string | null;
      readonly rows: ReadonlyArray<{
        readonly name: string | null;
        readonly permissions: ReadonlyArray<string>;
      }>;
    }>;
    readonly registrations: ReadonlyArray<{
      readonly agencyCode: string;
      readonly items: ReadonlyArray<{ readonly item: string; readonly status: string }>;
    }>;
    readonly forecast: ReadonlyArray<{
      readonly name: string;
      readonly who: { readonly agencyCode: string; readonly holder: string };
      readonly day: string;
      readonly cause: string;
      readonly remedy: string;
      readonly mending: { readonly operations: ReadonlyArray<{ readonly purpose: string }> } | null;
    }>;
  };
  readonly history: {
    readonly whoCould: ReadonlyArray<{
      readonly function: string;
      readonly holders: ReadonlyArray<{
        readonly name: string;
        readonly grantedBy: string;
        readonly evidence: number;
      }>;
    }>;
    readonly asked: ReadonlyArray<{ readonly code: string | null }>;
    readonly diffs: ReadonlyArray<{
      readonly diff: {
        readonly granted: ReadonlyArray<{ readonly function: string }>;
        readonly revoked: ReadonlyArray<{ readonly function: string }>;
      };
    }>;
  };
  readonly replay: {
    readonly events: number;
    readonly digests: ReadonlyArray<{
      readonly readModel: string;
      readonly live: string;
      readonly replayed: string;
    }>;
    readonly chains: ReadonlyArray<{
      readonly stream: string;
      readonly intact: boolean;
      readonly end: string;
    }>;
    readonly evidence: {
      readonly missing: number;
      readonly forgotten: number;
      readonly proved: number;
      readonly unproved: number;
    };
  };
}

/** Exactly one JSON text. */
export const readDocument = (stdout: string): RunDocument => JSON.parse(stdout) as RunDocument;

export const stepsOf = (run: RunDocument): ReadonlyArray<StepDocument> =>
  run.chapters.flatMap((chapter) => chapter.steps);

export const stepOf = (run: RunDocument, id: string): StepDocument => {
  const found = stepsOf(run).find((step) => step.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};
