/** Which Host is ours. In the demo any loopback name is itself: localhost and 127.0.0.1 both work. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

export function oursOf(publicUrl: () => string): (host: string | undefined) => boolean {
  const known = new Map<string, boolean>();
  let ours = '';
  return (host) => {
    if (!host) return false;
    // the port is known only once the server listens
    const now = publicUrl();
    if (now !== ours) {
      ours = now;
      known.clear();
    }
    let answer = known.get(host);
    if (answer === undefined) {
      const { host: mine, port } = new URL(ours);
      const theirs = host.toLowerCase();
      answer =
        theirs === mine ||
        (isLoopback(mine) && isLoopback(theirs) && (/:(\d+)$/.exec(theirs)?.[1] ?? '') === port);
      if (known.size < 1_000) known.set(host, answer);
    }
    return answer;
  };
}
