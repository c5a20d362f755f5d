// Problems in Kometa config files, and notices about the credentials in them.
import type { ConfigFinding, CredentialReason, FindingReason } from '$lib/api/schema';
import { number, plural } from '../locale';

type Code = FindingReason['reason'];
type Sentences = { [C in Code]: (facts: Extract<FindingReason, { reason: C }>) => string };

const COLLECTIONS = { one: 'Sammlung', other: 'Sammlungen' };
const NAMED_PLACES = 3;

const meant = (name?: string) => (name === undefined ? '' : ` Meintest du „${name}“?`);
const quoted = (names: string[]) => names.map((name) => `„${name}“`).join(', ');

/** Translates the parser's names of value types. */
const TYPES: Record<string, string> = {
  'a number': 'eine Zahl',
  'a mapping': 'eine Zuordnung (Schlüssel: Wert)',
  'a mapping of definitions': 'eine Zuordnung von Definitionen',
  'a mapping of keys and default': 'eine Zuordnung von Schlüsseln und „default“',
  'a mapping of libraries': 'eine Zuordnung von Mediatheken',
  'a mapping of variables': 'eine Zuordnung von Variablen',
  'a mapping with chart and limit': 'eine Zuordnung mit „chart“ und „limit“',
  'a mapping with userlist, user and sort_by': 'eine Zuordnung mit „userlist“, „user“ und „sort_by“',
  'a list': 'eine Liste',
  'a single value': 'ein einzelner Wert',
  'a value or a list of values': 'ein Wert oder eine Liste von Werten',
  'a user name': 'ein Benutzername',
  'the address of a list': 'die Adresse einer Liste',
  'a whole number': 'eine ganze Zahl',
  'true or false': 'true oder false',
  text: 'Text',
  'something else': 'etwas anderes'
};
const type = (english: string) => TYPES[english] ?? `„${english}“`;

function limits(low: number, high?: number): string {
  return high === undefined ? `ab ${number(low)}` : `von ${number(low)} bis ${number(high)}`;
}

export const FINDINGS: Sentences = {
  unknown_key: ({ key, nearest }) => `Den Schlüssel „${key}“ gibt es nicht.${meant(nearest)}`,
  wrong_type: ({ expected, found }) =>
    `Hier gehört ${type(expected)} hin, ${found === 'nothing' ? 'doch da steht nichts' : `nicht ${type(found)}`}.`,
  blank: () => 'Hier fehlt der Wert.',
  missing: () => 'Diese Angabe fehlt.',
  not_used: ({ keys }) => `Kinometa verwendet nicht: ${[keys].flat().join(', ')}.`,
  needs_account: ({ count }) =>
    `Es ist kein Konto autorisiert: Charts und öffentliche Listen funktionieren, aber ${plural(count, { one: 'Definition braucht', other: 'Definitionen brauchen' })} die eigenen Listen oder Empfehlungen des Kontos. Autorisiere es unter Einstellungen → Werkzeuge.`,
  not_switched_on: () => 'Nur das Wort true ohne Anführungszeichen schaltet das ein. Es ist ausgeschaltet.',
  not_one_of: ({ value, options, nearest }) =>
    `„${value}“ ist nicht möglich. Möglich sind: ${options}.${meant(nearest)}`,
  not_whole: ({ value, low, high }) => `„${value}“ muss eine ganze Zahl ${limits(low, high)} sein.`,
  not_a_number: ({ value, low, high }) => `„${value}“ muss eine Zahl ${limits(low, high)} sein.`,
  not_a_range: ({ value, low, high }) =>
    `„${value}“ muss ein Bereich wie ${low}-${high} sein: zwei Zahlen von ${low} bis ${high}, die kleinere zuerst.`,
  not_a_year: ({ value }) => `„${value}“ muss ein Jahr wie 1994 oder ein Zeitraum wie 1990-1999 sein.`,
  not_a_list: ({ value }) =>
    `„${value}“ ist keine Adresse einer Liste. Schreibe https://trakt.tv/users/NAME/lists/LISTE, mehrere als YAML-Liste.`,
  no_builder: () => 'Es ist nicht angegeben, welche Titel in diese Sammlung gehören.',
  runs_as: ({ name }) => `Das ist eine alte Schreibweise; es gilt „${name}“.`,
  other_service: ({ service }) =>
    `Kinometa liest ${service} nicht: Von dort kommt nichts, und deswegen wird nichts entfernt.`,
  no_file: ({ file }) =>
    `Die Datei „${file}“ gibt es nicht. Relative Pfade beginnen im Ordner über dem der config.yml, dann in deren Ordner.`,
  not_fetched: ({ kind, what }) =>
    `Dateien mit „${kind}“ werden nicht geladen. Lade „${what}“ herunter und gib die Datei mit „file:“ an.`,
  no_default: ({ name }) => `Kometas eigene Datei „${name}“ ist nicht eingebaut, nur „trakt“.`,
  duplicate: ({ names, first }) =>
    `Schon vorher definiert und deshalb übersprungen: ${quoted([names].flat())}, zuerst in ${first}.`,
  only_on_plex: ({ keys, count }) =>
    `Das gilt nur für Plex und bewirkt in Kinometas eigener Mediathek nichts: ${[keys].flat().join(', ')} (in ${plural(count, COLLECTIONS)}).`,
  unset_placeholder: ({ placeholder, variable }) =>
    `Für ${placeholder} gibt es keinen Wert. Setze die Variable ${variable}, oder schreibe sie in die .env-Datei neben der config.yml.`
};

function places(also: string[]): string {
  if (also.length === 0) return '';
  const named = also.slice(0, NAMED_PLACES).join(', ');
  const more = also.length - NAMED_PLACES;
  const rest = plural(more, { one: 'weiteren Stelle', other: 'weiteren Stellen' });
  return ` (Auch in ${named}${more > 0 ? ` und an ${rest}` : ''}.)`;
}

/** Falls back to the server's message if the reason is unknown. */
export function finding({ because, within, also_at, message }: ConfigFinding): string {
  const sentence = because && (FINDINGS[because.reason] as ((facts: FindingReason) => string) | undefined);
  if (!because || !sentence) return message;
  return `${within ? `${within}: ` : ''}${sentence(because)}${places(also_at)}`;
}

export const CREDENTIALS: {
  [R in CredentialReason['reason']]: (facts: Extract<CredentialReason, { reason: R }>) => string;
} = {
  behind: ({ path, detail }) =>
    `Die Zugangsdaten wurden erneuert, ließen sich aber nicht in ${path} speichern. Kinometa arbeitet mit den neuen weiter, die es verschlüsselt in seiner Datenbank aufbewahrt; Kometa kann die alten nicht mehr verwenden. Grund: ${detail}`,
  lost: ({ path }) =>
    `Trakt nimmt die Zugangsdaten in ${path} nicht mehr an. Trakt nimmt jedes Refresh-Token nur einmal an: Vielleicht hat es ein anderes Programm verbraucht, oder eine Erneuerung brach ab, bevor die Antwort gespeichert war. Vielleicht wurde auch die Anwendung auf Trakt entfernt. Eine neue Autorisierung behebt das. Bis dahin werden Charts und öffentliche Listen ohne das Konto gelesen, und nichts wird entfernt, weil die übrigen fehlen.`,
  failed: ({ detail }) => `Es wurde nichts verbraucht. Kinometa versucht es später erneut. Grund: ${detail}`
};

/** A notice about credentials, with the same fallback. */
export function credentials({
  because,
  message
}: {
  because?: CredentialReason;
  message?: string;
}): string | undefined {
  const sentence =
    because && (CREDENTIALS[because.reason] as ((facts: CredentialReason) => string) | undefined);
  return because && sentence ? sentence(because) : message;
}
