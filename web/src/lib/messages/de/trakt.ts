import type { en } from '../trakt';
import { number, plural } from '../locale';

const CHANGES = { one: 'Änderung', other: 'Änderungen' };

export const trakt: typeof en = {
  trakt: 'Trakt',
  panelText:
    'Was du hier siehst, erscheint auf Trakt, während du es siehst. Jede Person verbindet ihr eigenes Konto.',
  connect: 'Trakt verbinden',
  reconnect: 'Neu verbinden',
  connected: 'Verbunden',
  since: (date) => `seit ${date}`,
  vip: 'VIP',
  profile: 'Profil',
  disconnect: 'Trennen',
  disconnectTitle: 'Trakt trennen?',
  disconnectText:
    'Der Zugriff von Kinometa auf dein Trakt-Konto wird widerrufen. Dein Verlauf bleibt hier und auf Trakt erhalten. Was noch wartet, wird aufbewahrt, bis du dich wieder verbindest.',
  disconnected: 'Von Trakt getrennt. Dein Verlauf ist unverändert.',

  connection: {
    notConfiguredTitle: 'Trakt nicht eingerichtet',
    notConfiguredAdmin:
      'Dieser Server hat noch keine Trakt-API-Anwendung. Trage unten eine ein. Bis dahin bleibt auf diesem Server, was du siehst.',
    notConfiguredMember:
      'Dieser Server hat noch keine Trakt-API-Anwendung. Bitte deinen Administrator, eine einzutragen. Bis dahin bleibt auf diesem Server, was du siehst.',
    disconnectedTitle: 'Nicht mit Trakt verbunden',
    disconnectedText:
      'Die API-Anwendung ist eingetragen, aber dein Konto ist nicht verbunden. Wähle „Trakt verbinden“ und gib den angezeigten Code ein.',
    reconnectTitle: 'Trakt neu verbinden',
    reconnectText:
      'Trakt nimmt diese Verbindung nicht mehr an. Nichts ist verloren: Verbinde neu, dann wird alles gesendet, was wartet.',
    applicationTitle: 'Trakt lehnt die API-Anwendung ab',
    applicationAdmin:
      'Die Anwendung wurde gelöscht oder ist nicht freigegeben. Trage unten eine gültige ein. Verbindungen und wartende Wiedergaben bleiben erhalten.',
    applicationMember:
      'Die API-Anwendung des Servers wurde gelöscht oder ist nicht freigegeben. Bitte deinen Administrator, eine gültige einzutragen. Deine Verbindung und wartende Wiedergaben bleiben erhalten.',
    lockedTitle: 'Dein Trakt-Konto ist gesperrt',
    lockedText:
      'Was du siehst, wird hier aufbewahrt. Wende dich an den Trakt-Support, um dein Konto zu entsperren.',
    deactivatedTitle: 'Dein Trakt-Konto ist deaktiviert',
    deactivatedText:
      'Was du siehst, wird hier aufbewahrt. Aktiviere dein Konto auf Trakt wieder, um es abzugleichen.',
    unreachableTitle: 'Warten auf Trakt',
    reasons: {
      unreachable: () =>
        'Trakt ist nicht erreichbar. Was du siehst, wird hier aufbewahrt und später abgeglichen.',
      rate_limited: (time) =>
        `Trakt bittet um eine Pause${time ? ` bis ${time}` : ''}. Was du siehst, wird später abgeglichen.`,
      edge_blocked: (time) =>
        `Das Netzwerk von Trakt blockiert die Adresse dieses Servers${time ? `; nächster Versuch um ${time}` : ''}. Was du siehst, wird später abgeglichen.`,
      not_renewed: (time) =>
        `Die Verbindung zu Trakt konnte nicht erneuert werden${time ? `; nächster Versuch um ${time}` : ''}. Was du siehst, wird später abgeglichen.`,
      store_not_writable: () =>
        'In die Datenbank des Servers kann nicht geschrieben werden, daher wird die Verbindung zu Trakt nicht erneuert. Schaffe Platz auf dem Server.'
    }
  },

  openActivation: 'Öffne die Aktivierungsseite, hier oder auf deinem Telefon.',
  enterCode: 'Melde dich bei Trakt an und gib diesen Code ein.',
  yourCode: 'Dein Code',
  copyCode: 'Code kopieren',
  activationPage: 'Aktivierungsseite öffnen',
  qrCode: 'QR-Code der Aktivierungsseite',
  waitingForApproval: 'Warten, bis du auf Trakt zustimmst',
  waitingSlowly: 'Warten auf Trakt. Kinometa soll seltener nachfragen.',
  expiresIn: 'Läuft ab in',
  requestingCode: 'Code wird bei Trakt angefordert',
  newCode: 'Neuen Code anfordern',
  retry: 'Erneut versuchen',

  ending: {
    idle: {
      title: 'Dieser Code gilt nicht mehr',
      text: 'Der Server wurde inzwischen neu gestartet. Fordere einen neuen Code an.'
    },
    approved: { title: 'Verbunden', text: 'Was du siehst, wird ab jetzt an Trakt gesendet.' },
    denied: { title: 'Auf Trakt abgelehnt', text: 'Hier hat sich nichts geändert.' },
    expired: { title: 'Der Code ist abgelaufen', text: 'Er wurde nicht rechtzeitig eingegeben.' },
    used: { title: 'Dieser Code wurde schon benutzt', text: 'Jeder Code gilt nur einmal.' },
    wrong_secret: {
      title: 'Falsches Client Secret',
      text: 'Trakt lehnt das Client Secret der API-Anwendung ab. Ein Administrator muss es neu eintragen.'
    },
    application_not_allowed: {
      title: 'Trakt lehnt die API-Anwendung ab',
      text: 'Ein Administrator muss eine andere eintragen.'
    },
    unreachable: {
      title: 'Verbindung fehlgeschlagen',
      text: 'Trakt ist nicht erreichbar, überlastet oder blockiert diesen Server. Deine Wiedergaben bleiben erhalten. Versuche es später erneut.'
    },
    not_saved: {
      title: 'Die Verbindung konnte nicht gespeichert werden',
      text: 'Trakt hat zugestimmt, aber Kinometa konnte die Verbindung nicht speichern. Prüfe Protokoll und Speicherplatz des Servers und versuche es erneut.'
    },
    cancelled: { title: 'Abgebrochen', text: 'Es hat sich nichts geändert.' }
  },

  history: {
    title: 'Bisheriger Verlauf',
    text: 'Kinometa liest von Trakt, was du auf anderen Geräten siehst, damit dein Verlauf vollständig ist.',
    onTrakt: 'Auf Trakt',
    counts: {
      movies: { one: 'gesehener Film', other: 'gesehene Filme' },
      episodes: { one: 'gesehene Folge', other: 'gesehene Folgen' },
      ratings: { one: 'Bewertung', other: 'Bewertungen' },
      watchlist: { one: 'Titel auf deiner Merkliste', other: 'Titel auf deiner Merkliste' }
    },
    beforeImport: 'Vor der Übernahme',
    add: (count) =>
      `${plural(count, { one: 'Wiedergabe kommt', other: 'Wiedergaben kommen' })} in deinen Verlauf.`,
    push: (count) =>
      `${plural(count, { one: 'Wiedergabe von hier wird', other: 'Wiedergaben von hier werden' })} an Trakt gesendet.`,
    unmatched: (count) =>
      `${plural(count, { one: 'Wiedergabe kann', other: 'Wiedergaben können' })} nicht gesendet werden, weil ${count === 1 ? 'der Titel nicht zugeordnet ist' : 'die Titel nicht zugeordnet sind'}.`,
    others: {
      ratings: { one: 'Bewertung', other: 'Bewertungen' },
      watchlist: { one: 'Titel der Merkliste', other: 'Titel der Merkliste' },
      dropped: { one: 'abgebrochene Serie', other: 'abgebrochene Serien' },
      collection: { one: 'Titel deiner Sammlung', other: 'Titel deiner Sammlung' }
    },
    addOthers: (things) => `Von Trakt: ${things}.`,
    pushOthers: (things) => `An Trakt: ${things}.`,
    nothing: 'Beide Seiten stimmen schon überein.',
    import: 'Verlauf übernehmen',
    skip: 'Nicht übernehmen',
    skipTitle: 'Ohne Übernahme fortfahren?',
    skipText:
      'Was jetzt auf Trakt steht, bleibt dort, und was jetzt hier steht, bleibt hier. Nur was du ab jetzt siehst, wird abgeglichen. Du kannst es später noch übernehmen.',
    begun: 'Die Übernahme hat begonnen.',
    skipped: 'Bisherige Wiedergaben bleiben, wie sie sind.',
    again: 'Erneut übernehmen',
    cancel: 'Übernahme abbrechen',
    cancelled: 'Übernahme abgebrochen. Was schon übernommen wurde, bleibt.',
    progress: 'Fortschritt der Übernahme',
    progressOf: (things) => `Fortschritt der Übernahme: ${things}`,
    doneOf: (done, total) => `${number(done)} von ${number(total)}`,
    pace: (perSecond) => `${number(perSecond)} pro Sekunde`,
    left: (time) => `noch ${time}`,
    now: 'Jetzt abgleichen',
    checking: 'Änderungen auf Trakt werden gesucht.',
    last: (when) => `Zuletzt abgeglichen: ${when}`,
    next: (when) => `wieder ${when}`,
    window: (used, limit) => `${number(used)} von ${number(limit)} Anfragen verbraucht`,
    resets: (when) => `wird ${when} zurückgesetzt`,
    undecided: (things) => `Noch nicht abgeglichen: ${things}`,
    undecidedText:
      'Diese Version gleicht mehr mit Trakt ab als die, mit der du dich verbunden hast. Beide Seiten werden zusammengeführt; wo sie sich unterscheiden, gilt die neueste Änderung.',
    syncThem: 'Auch diese abgleichen',
    notSent: (category, left) =>
      `${category}: ${plural(left, { one: 'Titel nicht gesendet', other: 'Titel nicht gesendet' })}`
  },

  queueTitle: 'Wartet auf Abgleich',
  queuePending: (count) =>
    `${plural(count, { one: 'Änderung wartet', other: 'Änderungen warten' })}. Gesendet wird der Reihe nach, mit den ursprünglichen Zeiten, sobald Trakt sie annimmt.`,
  queueFailed: (count) =>
    `${plural(count, CHANGES)} abgelehnt. Versuche es erneut oder entferne, was nicht auf Trakt stehen muss.`,
  queueKind: {
    scrobble_start: 'Angefangen',
    scrobble_pause: 'Angehalten',
    scrobble_stop: 'Beendet',
    history_add: 'Gesehen',
    history_remove: 'Wiedergabe gelöscht',
    rating_add: 'Bewertet',
    rating_remove: 'Bewertung entfernt',
    watchlist_add: 'Zur Merkliste hinzugefügt',
    watchlist_remove: 'Von der Merkliste entfernt',
    dropped_add: 'Serie abgebrochen',
    dropped_remove: 'Serie wieder aufgenommen',
    recommendation_hide: 'Kein Interesse',
    recommendation_unhide: 'Wieder empfehlen'
  },
  queueState: {
    pending: 'Wartet',
    in_flight: 'Wird gesendet',
    unknown: 'Wird geprüft',
    failed: 'Abgelehnt'
  },
  deletedTitle: 'Ein gelöschter Titel',
  nextAttempt: (when) => `nächster Versuch ${when}`,
  attempts: (count) => plural(count, { one: 'Versuch', other: 'Versuche' }),
  retryItem: (title) => `Erneut versuchen: ${title}`,
  removeItem: (title) => `Aus der Warteschlange entfernen: ${title}`,
  retrying: 'Neuer Versuch läuft.',
  removeTitle: 'Aus der Warteschlange entfernen?',
  removeText: (title) => `${title} bleibt in deinem Verlauf, wird aber nicht an Trakt gesendet.`,
  removeConfirm: 'Aus der Warteschlange entfernen',
  removed: 'Aus der Warteschlange entfernt.',

  application: 'API-Anwendung',
  applicationText: 'Trakt verlangt eine API-Anwendung. Eine Anwendung genügt für alle auf diesem Server.',
  applicationProblem: 'Mit der API-Anwendung gibt es ein Problem',
  checkAgain: 'Erneut prüfen',
  applicationSaved: 'Gespeichert',
  applicationChecked: (when) => `Gespeichert, zuletzt geprüft ${when}`,
  clientId: 'Client ID',
  clientIdIs: (id) => `Client ID ${id}`,
  clientSecret: 'Client Secret',
  keepSecret: 'Leer lassen, um das gespeicherte zu behalten.',
  secretHint: 'Wird auf diesem Server verschlüsselt gespeichert und nie wieder angezeigt.',
  checkAndSave: 'Prüfen und speichern',
  checking: 'Wird bei Trakt geprüft …',
  applicationAccepted: 'Trakt hat die API-Anwendung angenommen.',
  change: 'Ändern',
  removeApplicationTitle: 'API-Anwendung entfernen?',
  removeApplicationText:
    'Niemand auf diesem Server kann mit Trakt abgleichen, bis du eine andere einträgst. Verbindungen und wartende Wiedergaben bleiben erhalten.',
  applicationRemoved: 'API-Anwendung entfernt.',

  steps: {
    rule: 'Eine Anwendung anlegen dürfen auf Trakt nur VIP-Mitglieder. Eines im Haushalt genügt: Alle anderen verbinden sich mit einem kostenlosen Konto. Ein kostenloses Konto kann immer nur mit einer App verbunden sein, deshalb kann die Verbindung mit Kinometa eine andere App trennen.',
    openStart: 'Öffne',
    openLink: 'developer.trakt.tv',
    openEnd: 'und lege eine Anwendung an.',
    name: 'Name: was du möchtest, zum Beispiel „Kinometa“.',
    redirect: 'Redirect URI:',
    permissions: 'Berechtigungen: unverändert lassen, dann die Anwendung speichern.',
    copy: 'Kopiere Client ID und Client Secret in die Felder unten.'
  }
};
