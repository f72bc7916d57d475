/** The only door for hooks on the server: reads the language from the address and holds it for the request. */
export { paraglideMiddleware } from './paraglide/server.js';
