import { buildClient, buildServer } from '../build.ts';

/** `npm run build`: what the production server needs, `client/dist` and `server/dist`. */
export default async function build(): Promise<number> {
  await buildServer();
  await buildClient();
  return 0;
}
