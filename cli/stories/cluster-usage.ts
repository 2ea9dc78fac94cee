// How documents are grouped from the command line. In a file of its own, because listing stories does not need the libraries of grouping.
export const CLUSTER_USAGE =
  'tocsin stories --jsonl FILE|-     documents { id, title, text, lang?, source?, publishedAt?, context? }, one per line';
