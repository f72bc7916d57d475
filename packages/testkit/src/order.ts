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
    const kindOf = ({ moduleId, project }: TestSpecification) =>
      LONG.test(moduleId) ? 'long' : project.name;
    const of = (kind: string) => sorted.filter((file) => kindOf(file) === kind);
    const [long, browser, journeys] = [of('long'), of('browser'), of('journeys')];
    const quick = sorted.filter((file) => !['long', 'browser', 'journeys'].includes(kindOf(file)));
    // spread evenly: the browser's are fewer
    const place = (index: number, all: number) => (index + 0.5) / all;
    const mixed = [browser, journeys].flatMap((some) =>
      some.map((file, index) => ({ file, at: place(index, some.length) })),
    );
    return [...long, ...mixed.sort((a, b) => a.at - b.at).map(({ file }) => file), ...quick];
  }
}
