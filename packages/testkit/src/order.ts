/**
 * In which order the files of a run begin. The long ones first, so that none is left over at the end with one worker
 * beside it; then browser and journeys in turn, so that one computes while the other waits; the quick rules last.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** starts servers as processes of their own, or looks at every page there is */
const LONG = /\/tests\/(running|a11y)\//;

export default class InTurn extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = sorted.filter(({ moduleId }) => LONG.test(moduleId));
    const of = (name: string) =>
      sorted.filter((file) => file.project.name === name && !LONG.test(file.moduleId));
    const [browser, journeys, rules] = [of('browser'), of('journeys'), of('rules')];
    // spread evenly: the browser's are fewer
    const place = (index: number, all: number) => (index + 0.5) / all;
    const mixed = [browser, journeys].flatMap((some) =>
      some.map((file, index) => ({ file, at: place(index, some.length) })),
    );
    return [...long, ...mixed.sort((a, b) => a.at - b.at).map(({ file }) => file), ...rules];
  }
}
