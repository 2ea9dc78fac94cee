// What match-articles is given on AWS.
import { createArticleExtractor } from '../../adapters/articles/extractor.ts';
import { createPageFetcher } from '../../adapters/http/page-fetcher.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { turnWait } from '../environment.ts';
import type { MatchArticlesDependencies } from '../match-articles.ts';
import { fetchingFrom } from './fetching.ts';

export function fromEnvironment(env: Environment): MatchArticlesDependencies {
  const { web, ports } = fetchingFrom(env, 'match-articles');
  return { ...ports, pages: createPageFetcher(web, turnWait(env)), extractor: createArticleExtractor() };
}
