//! Collections, their config files, the run history, and plans that wait for confirmation.

use std::collections::HashMap;

use api_types::collections as wire;
use api_types::title::Image;
use catalogue::view::View;
use collections::entry::{Entry, Kind};
use db::Json;
use db::collection_images::CollectionImageFacts;
use db::ids::{CollectionId, LibraryId, TitleId};
use db::kinds::{CollectionImageKind, LibraryKind};
use db::rows::{Collection, CollectionConfig, CollectionPlan, CollectionResult, CollectionRun, Library};
use kometa::spec::Media;

use super::findings::{credential_reason, finding};
use super::{addresses, card, image};
use crate::collections::{Check, CheckedLibrary, CredentialState, Credentials, RunProgress, RunStep, Scope};

/// Number of posters from which the picture of a collection without a poster is composed.
const POSTERS: usize = 4;

/// Maximum number of titles of a collection in a row on another page.
const MAX_ROW_TITLES: usize = 24;

/// A collection's id and name.
pub(crate) fn link(row: Collection) -> wire::CollectionLink {
    wire::CollectionLink { id: row.id, name: row.name }
}

/// The pictures of collections.
type Images = HashMap<CollectionId, Vec<CollectionImageFacts>>;

fn own_image(images: &Images, id: CollectionId, kind: CollectionImageKind) -> Option<Image> {
    let facts = images.get(&id)?.iter().find(|facts| facts.kind == kind)?;
    Some(Image {
        url: addresses::collection_image(facts),
        color: Some(facts.color.clone()),
        width: Some(facts.width),
        height: Some(facts.height),
    })
}

/// A collection in the grid. Members that are not visible, because they never had a file in the library, are not
/// counted.
pub(crate) fn collection_card(
    row: &Collection,
    members: &[TitleId],
    images: &Images,
    libraries: &HashMap<LibraryId, Library>,
    view: &View,
) -> wire::CollectionCard {
    let seen = || members.iter().filter_map(|id| view.snapshot.get(*id));
    let posters = seen().filter_map(|entry| view.card(entry).poster).take(POSTERS).map(image);
    let library = libraries.get(&row.library_id);
    wire::CollectionCard {
        id: row.id,
        name: row.name.clone(),
        library_id: row.library_id,
        library_name: library.map(|library| library.name.clone()).unwrap_or_default(),
        kind: library.map_or(LibraryKind::Movies, |library| library.kind),
        title_count: amount(seen().count()),
        playlist: row.playlist,
        poster: own_image(images, row.id, CollectionImageKind::Poster),
        posters: posters.collect(),
        labels: texts(&row.labels),
    }
}

/// A collection's own page.
pub(crate) fn collection_detail(
    row: &Collection,
    members: &[TitleId],
    images: &Images,
    libraries: &HashMap<LibraryId, Library>,
    missing: usize,
    view: &View,
) -> wire::CollectionDetail {
    wire::CollectionDetail {
        card: collection_card(row, members, images, libraries, view),
        summary: row.summary.clone(),
        background: own_image(images, row.id, CollectionImageKind::Background),
        titles: members.iter().filter_map(|id| view.card_of(*id)).map(card).collect(),
        missing_count: amount(missing),
        updated_at: row.updated_at.0,
    }
}

/// A collection as a row on another page; `None` if no member is visible.
pub(crate) fn row(row: Collection, members: &[TitleId], view: &View) -> Option<wire::CollectionRow> {
    let titles: Vec<_> =
        members.iter().filter_map(|id| view.card_of(*id)).take(MAX_ROW_TITLES).map(card).collect();
    (!titles.is_empty()).then_some(wire::CollectionRow { id: row.id, name: row.name, titles })
}

/// A title of a collection that is missing from the library.
pub(crate) fn missing(entry: Entry, in_watchlist: bool) -> wire::MissingTitle {
    let kind = match entry.kind {
        Kind::Movie => wire::MissingKind::Movie,
        Kind::Show => wire::MissingKind::Show,
        Kind::Season(_) => wire::MissingKind::Season,
        Kind::Episode(..) => wire::MissingKind::Episode,
    };
    let (season, episode) = numbers(entry.kind);
    let signed = |id: Option<u64>| id.and_then(|id| i64::try_from(id).ok());
    wire::MissingTitle {
        kind,
        trakt_url: entry.ids.trakt.map(|id| addresses::trakt_title(kind == wire::MissingKind::Movie, id)),
        title: entry.title,
        year: entry.year,
        season_number: season.map(i64::from),
        episode_number: episode.map(i64::from),
        ids: api_types::title_detail::TitleIds {
            trakt: signed(entry.ids.trakt),
            slug: None,
            imdb: entry.ids.imdb,
            tmdb: signed(entry.ids.tmdb),
            tvdb: signed(entry.ids.tvdb),
        },
        in_watchlist,
    }
}

/// A title on a Trakt list.
fn listed(entry: Entry) -> wire::ListedTitle {
    let (season, episode) = numbers(entry.kind);
    wire::ListedTitle {
        title: entry.title,
        year: entry.year,
        season_number: season.map(i64::from),
        episode_number: episode.map(i64::from),
    }
}

fn numbers(kind: Kind) -> (Option<u32>, Option<u32>) {
    match kind {
        Kind::Movie | Kind::Show => (None, None),
        Kind::Season(season) => (Some(season), None),
        Kind::Episode(season, episode) => (Some(season), Some(episode)),
    }
}

/// A registered file.
pub(crate) fn config(
    row: CollectionConfig,
    last_run: Option<wire::CollectionRun>,
    running: &[RunProgress],
) -> wire::CollectionConfig {
    let credentials = Credentials::read(&row);
    let because = credential_reason(&credentials, &row.path);
    wire::CollectionConfig {
        running: running.iter().find(|run| run.config_id == row.id).cloned().map(progress),
        id: row.id,
        path: row.path,
        enabled: row.enabled,
        run_at: row.run_at.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60)),
        after_scan: row.after_scan,
        read_at: row.read_at.map(|at| at.0),
        credentials: wire::ConfigCredentials {
            state: match credentials.state {
                CredentialState::Unknown => wire::CredentialState::Unknown,
                CredentialState::None => wire::CredentialState::None,
                CredentialState::Good => wire::CredentialState::Good,
                CredentialState::Behind => wire::CredentialState::Behind,
                CredentialState::Lost => wire::CredentialState::Lost,
                CredentialState::Failed => wire::CredentialState::Failed,
            },
            expires_at: credentials.expires_at,
            message: credentials.message,
            because,
        },
        last_run,
    }
}

/// A checked file.
pub(crate) fn check(check: Check) -> wire::ConfigCheck {
    wire::ConfigCheck {
        unreadable: check.unreadable,
        findings: check.found.into_iter().map(finding).collect(),
        libraries: check.libraries.into_iter().map(library).collect(),
        playlists: amount(check.playlists),
    }
}

fn library(library: CheckedLibrary) -> wire::ConfigLibrary {
    let (library_id, library_name) = library.own.unzip();
    wire::ConfigLibrary {
        name: library.name,
        kind: match library.media {
            Media::Movies => LibraryKind::Movies,
            Media::Shows => LibraryKind::Shows,
        },
        library_id,
        library_name,
        plex_server: library.plex,
        collections: amount(library.collections),
        failing: amount(library.failing),
        dynamic: amount(library.dynamic),
    }
}

/// The progress of a run.
pub(crate) fn progress(run: RunProgress) -> wire::CollectionRunProgress {
    let (phase, done, total, current) = match run.step {
        RunStep::Queued => (wire::CollectionRunPhase::Queued, 0, None, None),
        RunStep::Starting => (wire::CollectionRunPhase::Starting, 0, None, None),
        RunStep::Reading { done, total, source } => {
            (wire::CollectionRunPhase::Reading, done, Some(total), Some(source))
        }
        RunStep::Building { done, name } => (wire::CollectionRunPhase::Building, done, None, Some(name)),
        RunStep::Over => (wire::CollectionRunPhase::Over, 0, None, None),
    };
    let collection = match run.scope {
        Scope::All => None,
        Scope::Collection { name } | Scope::Confirmed { name, .. } => Some(name),
    };
    wire::CollectionRunProgress {
        config_id: run.config_id,
        run_id: run.run_id,
        reason: run.reason,
        collection,
        phase,
        done: amount(done),
        total: total.map(amount),
        current,
    }
}

/// Runs with their results, in the order of `runs`.
pub(crate) fn runs(runs: Vec<CollectionRun>, results: Vec<CollectionResult>) -> Vec<wire::CollectionRun> {
    let mut of_run: HashMap<_, Vec<wire::CollectionResult>> = HashMap::new();
    for row in results {
        of_run.entry(row.run_id).or_default().push(result(row));
    }
    let run = |row: CollectionRun| wire::CollectionRun {
        results: of_run.remove(&row.id).unwrap_or_default(),
        id: row.id,
        config_id: row.config_id,
        reason: row.reason,
        state: row.state,
        problems: texts(&row.problems),
        started_at: row.started_at.0,
        finished_at: row.finished_at.map(|at| at.0),
    };
    runs.into_iter().map(run).collect()
}

fn result(row: CollectionResult) -> wire::CollectionResult {
    wire::CollectionResult {
        id: row.id,
        collection_id: row.collection_id,
        library: row.library,
        name: row.name,
        status: row.status,
        failed: row.failed,
        added: row.added,
        kept: row.kept,
        removed: row.removed,
        missing: row.missing,
        filtered: row.filtered,
        errors: texts(&row.errors),
        duration_ms: row.duration_ms,
    }
}

/// The titles that a plan would remove.
pub(crate) struct Removals {
    /// Titles of this server.
    pub(crate) items: Vec<TitleId>,
    /// Entries of a Trakt list.
    pub(crate) entries: Vec<Entry>,
    /// Items on a Plex server.
    pub(crate) elsewhere: Vec<Entry>,
    /// Number of titles on this server and on Plex, without list entries.
    pub(crate) removed: usize,
}

/// A plan whose removals wait for confirmation.
pub(crate) fn plan(
    row: CollectionPlan,
    removals: Removals,
    running: &[RunProgress],
    view: &View,
) -> wire::CollectionPlan {
    let is_it = |run: &RunProgress| {
        let confirmed = matches!(
            &run.scope,
            Scope::Confirmed { library, name, .. } if *library == row.library && *name == row.name
        );
        run.config_id == row.config_id && confirmed
    };
    wire::CollectionPlan {
        applying: running.iter().any(is_it),
        titles: removals.items.iter().filter_map(|id| view.card_of(*id)).map(card).collect(),
        removed: amount(removals.removed + removals.entries.len()),
        entries: removals.entries.into_iter().chain(removals.elsewhere).map(listed).collect(),
        trakt_list: row.trakt_list,
        reasons: texts(&row.reasons),
        id: row.id,
        config_id: row.config_id,
        library: row.library,
        name: row.name,
        state: row.state,
        deletes: row.deletes,
        adopts: row.adopts,
        kept: row.kept,
        added: row.added,
        made_at: row.made_at.0,
    }
}

/// The members of a collection; an empty slice if there are none.
pub(crate) fn members_of(members: &HashMap<CollectionId, Vec<TitleId>>, id: CollectionId) -> &[TitleId] {
    members.get(&id).map_or(&[], Vec::as_slice)
}

fn texts(json: &Json) -> Vec<String> {
    let texts = json.as_array().map(Vec::as_slice).unwrap_or_default();
    texts.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

pub(super) fn amount(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}
