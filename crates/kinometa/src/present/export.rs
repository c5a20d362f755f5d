//! Plays as files to download.

use api_types::play::ExportedPlay;
use bytes::Bytes;
use futures::{Stream, StreamExt as _, TryStreamExt as _, stream};

use crate::timeline::export::PlayWithTitle;

/// Reasons why an export is aborted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// A play cannot be written as CSV.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// A play cannot be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// The columns, in the order of [`record`].
const COLUMNS: [&str; 16] = [
    "watched_at",
    "type",
    "title",
    "year",
    "show",
    "season",
    "episode",
    "runtime_minutes",
    "source",
    "private",
    "trakt_history_id",
    "trakt_id",
    "imdb_id",
    "tmdb_id",
    "tvdb_id",
    "show_trakt_id",
];

/// CSV with a header line.
pub(crate) fn to_csv(
    plays: impl Stream<Item = db::Result<Vec<PlayWithTitle>>> + Send,
) -> impl Stream<Item = Result<Bytes, ExportError>> + Send {
    let header = write_csv([COLUMNS.map(str::to_owned)].into_iter());
    let lines = plays.map(|batch| write_csv(batch?.into_iter().map(exported).map(record)));
    stream::iter([header]).chain(lines)
}

/// A JSON array.
pub(crate) fn to_json(
    plays: impl Stream<Item = db::Result<Vec<PlayWithTitle>>> + Send,
) -> impl Stream<Item = Result<Bytes, ExportError>> + Send {
    let batches =
        plays.map_err(ExportError::from).try_filter(|batch| futures::future::ready(!batch.is_empty()));
    let written = batches.enumerate().map(|(number, batch)| {
        let mut json = Vec::new();
        for (place, play) in batch?.into_iter().enumerate() {
            json.extend_from_slice(if number == 0 && place == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut json, &exported(play))?;
        }
        Ok(Bytes::from(json))
    });
    let edge = |text: &'static str| stream::iter([Ok(Bytes::from_static(text.as_bytes()))]);
    edge("[").chain(written).chain(edge("\n]\n"))
}

fn exported(PlayWithTitle { play, title, show }: PlayWithTitle) -> ExportedPlay {
    ExportedPlay {
        watched_at: play.watched_at.map(|at| at.0),
        kind: title.kind,
        title: title.name,
        year: title.year,
        show_trakt_id: show.as_ref().and_then(|show| show.trakt_id),
        show: show.map(|show| show.name),
        season: title.season_number,
        episode: title.episode_number,
        runtime_minutes: title.runtime_minutes,
        source: play.source,
        private: play.is_private,
        trakt_history_id: play.trakt_history_id,
        trakt_id: title.trakt_id,
        imdb_id: title.imdb_id,
        tmdb_id: title.tmdb_id,
        tvdb_id: title.tvdb_id,
    }
}

fn record(play: ExportedPlay) -> [String; COLUMNS.len()] {
    fn plain(value: Option<impl ToString>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }
    [
        plain(play.watched_at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ"))),
        play.kind.to_string(),
        escape_formula(play.title),
        plain(play.year),
        escape_formula(play.show.unwrap_or_default()),
        plain(play.season),
        plain(play.episode),
        plain(play.runtime_minutes),
        play.source.to_string(),
        play.private.to_string(),
        plain(play.trakt_history_id),
        plain(play.trakt_id),
        escape_formula(play.imdb_id.unwrap_or_default()),
        plain(play.tmdb_id),
        plain(play.tvdb_id),
        plain(play.show_trakt_id),
    ]
}

/// Prevents spreadsheets from interpreting a text as a formula. Titles come from Trakt and from file names, which
/// are not trusted. See <https://owasp.org/www-community/attacks/CSV_Injection>.
fn escape_formula(text: String) -> String {
    if text
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
    {
        return format!("'{text}");
    }
    text
}

fn write_csv<const N: usize>(records: impl Iterator<Item = [String; N]>) -> Result<Bytes, ExportError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        writer.write_record(&record)?;
    }
    Ok(Bytes::from(writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::formula("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    #[case::plus("+1", "'+1")]
    #[case::minus("-30-", "'-30-")]
    #[case::at("@midnight", "'@midnight")]
    #[case::tab("\t=1", "'\t=1")]
    #[case::full_width("\u{ff1d}1", "'\u{ff1d}1")]
    #[case::inside("A = B", "A = B")]
    #[case::empty("", "")]
    fn formulas_become_text(#[case] title: &str, #[case] cell: &str) {
        assert_eq!(escape_formula(title.to_owned()), cell);
    }
}
