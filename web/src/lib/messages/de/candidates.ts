// Why a title on Trakt is a candidate for a file.
import type { Candidate } from '$lib/api';
import type { NameComparison, YearComparison } from '$lib/api/schema';

const NAMES: Record<NameComparison, string> = {
  same: 'gleicher Name',
  same_alias: 'gleich einem anderen Namen dieses Titels',
  nearly_same: 'fast gleicher Name',
  similar: 'ähnlicher Name',
  different: 'anderer Name'
};

const YEARS: Record<YearComparison, (year?: number, queried?: number) => string> = {
  same: () => 'gleiches Jahr',
  different: (year, queried) => `von ${year}, nicht ${queried}`,
  unknown_on_trakt: () => 'kein Jahr auf Trakt',
  not_in_file_name: (year) => `von ${year}; im Dateinamen steht kein Jahr`,
  unknown: () => 'kein Jahr zum Vergleichen'
};

export function candidate({ evidence, year, why }: Candidate): string {
  switch (evidence?.compared) {
    case 'id':
      return `die ${evidence.provider}-ID ${evidence.id} im Dateinamen oder in der NFO-Datei führt zu diesem Titel`;
    case 'names':
      return `${NAMES[evidence.name]}; ${YEARS[evidence.year](year, evidence.queried)}`;
    default:
      return why;
  }
}
