// Prometheus text format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/

export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricFamily {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly Sample[];
}

const family =
  (type: MetricFamily['type']) =>
  (name: string, help: string, samples: readonly Sample[] | number): MetricFamily => ({
    name,
    type,
    help,
    samples: typeof samples === 'number' ? [{ value: samples }] : samples,
  });

/** A number stands for one sample without labels. */
export const gauge = family('gauge');
export const counter = family('counter');

/** Families without a sample are left out. */
export const renderMetrics = (families: readonly MetricFamily[]): string =>
  families
    .filter(({ samples }) => samples.length > 0)
    .map(renderFamily)
    .join('');

const renderFamily = ({ name, type, help, samples }: MetricFamily): string =>
  [
    `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ labels = {}, value }) => `${name}${renderLabels(labels)} ${value}`),
    '',
  ].join('\n');

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
