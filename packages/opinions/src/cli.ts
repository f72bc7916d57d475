/** The command line of the opinion map: `pnpm opinions`. What it does is in `command.ts`. */
import { run } from './command.ts';

const { code, said } = run(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
(code === 0 ? process.stdout : process.stderr).write(said);
process.exitCode = code;
