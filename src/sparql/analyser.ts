import { QueryAnalyser } from './analysis-client.ts';

/** One worker for the process; it starts with the first query or update. */
export const analyser = new QueryAnalyser();
