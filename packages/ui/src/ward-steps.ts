/** The upper ends of five steps from 0 to the highest, on round numbers. */
export function steps(values: number[]): number[] {
  const highest = Math.max(1, ...values);
  const rough = highest / 5;
  const size = 10 ** Math.floor(Math.log10(rough));
  const round = rough <= 1 ? 1 : [1, 2, 2.5, 5, 10].map((n) => n * size).find((n) => n >= rough)!;
  const whole = highest > 5 ? Math.max(1, Math.ceil(round)) : round;
  return [1, 2, 3, 4, 5].map((i) => i * whole);
}
