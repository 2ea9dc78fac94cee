// How documents are grouped from the command line; apart from the command, whose libraries listing does not need.
export const CLUSTER_USAGE =
  'tocsin stories --jsonl FILE|-     documents { id, title, text, lang?, source?, publishedAt?, context? }, one per line';
