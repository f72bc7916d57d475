/** The demo town: only where the embedded database runs. */
export { mountDemo } from './routes.ts';
