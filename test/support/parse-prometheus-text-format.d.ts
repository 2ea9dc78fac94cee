declare module 'parse-prometheus-text-format' {
  /** Throws on a line that is not in the format. */
  export default function parse(text: string): readonly {
    readonly name: string;
    readonly help: string;
    readonly type: 'COUNTER' | 'GAUGE';
    readonly metrics: readonly { readonly value: string; readonly labels?: Readonly<Record<string, string>> }[];
  }[];
}
