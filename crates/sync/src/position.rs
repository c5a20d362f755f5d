//! Positions from percentages.

use db::{
    Conn, files,
    kinds::FileState,
    rows::{MediaFile, Progress, Title},
};

use crate::{
    Result,
    scrobble::{Part, Segments},
};

/// The length of a title in milliseconds: from a player here, otherwise its file, otherwise the catalogue; `None` if
/// unknown.
pub(crate) async fn length_of(
    conn: &dyn Conn,
    title: &Title,
    before: Option<&Progress>,
) -> Result<Option<i64>> {
    if let Some(row) = before {
        return Ok(Some(row.duration_ms));
    }
    let whole = |file: &MediaFile| file.state == FileState::Present && file.part.is_none();
    for file in files::of_title(conn, title.id).await?.iter().filter(|file| whole(file)) {
        let parts: Vec<Part> = files::titles_of(conn, file.id)
            .await?
            .iter()
            .map(|title| Part { title_id: title.id, runtime_minutes: title.runtime_minutes })
            .collect();
        // A file of several episodes is longer than any of them.
        let segments = file.duration_ms.and_then(|duration| Segments::divide(duration, &parts));
        let length = segments.and_then(|segments| {
            let index = segments.titles().position(|id| id == title.id)?;
            Some(segments.inside(index, 0).1)
        });
        if length.is_some() {
            return Ok(length);
        }
    }
    let of_catalogue = title.runtime_minutes.map(|minutes| i64::from(minutes) * 60_000);
    Ok(of_catalogue.filter(|length| *length > 0))
}

/// The position at a percentage of a length, in milliseconds.
pub(crate) fn at(length_ms: i64, percent: f64) -> i64 {
    (length_ms as f64 * percent / 100.0) as i64
}
