/** The part of autocannon that our benches use; it ships no types. */
declare module 'autocannon' {
  type Request = { method: 'GET' | 'POST'; path: string; headers?: Record<string, string>; body?: string };
  type Options = {
    url: string;
    connections: number;
    /** seconds */
    duration: number;
    overallRate?: number;
    workers?: number;
    requests: Request[];
  };
  type Latency = { p50: number; p90: number; p97_5: number; p99: number; max: number };
  type Result = {
    requests: { average: number; total: number };
    latency: Latency;
    non2xx: number;
    errors: number;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
