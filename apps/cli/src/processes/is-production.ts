/** `AIKA_ENVIRONMENT`, and where that says nothing `NODE_ENV`. */
export function isProduction(env: NodeJS.ProcessEnv): boolean {
  return (env['AIKA_ENVIRONMENT'] || env['NODE_ENV']) === 'production';
}
