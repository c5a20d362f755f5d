use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Database errors.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The row does not exist (any more), or a row refers to a missing one.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// The change would violate a uniqueness constraint.
    #[error("{0} already exists")]
    Conflict(Conflict),
    /// The database is unreachable, busy, read-only or out of space: retrying may help.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The schema contains a migration, named here, that this version does not know.
    #[error(
        "it was made by a newer version of Kinometa (this one does not know {0}). Start that version again, or bring back a backup from before the update"
    )]
    Newer(String),
    /// Anything else: a bug in Kinometa or the database.
    #[error("the database failed: {0}")]
    Other(String),
}

/// A uniqueness constraint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Two users with the same user name.
    #[error("a person with this user name")]
    Username,
    /// Two libraries with the same folder.
    #[error("a library in this folder")]
    LibraryPath,
    /// Two plays with the same Trakt history ID.
    #[error("a play with this Trakt history id")]
    TraktHistory,
    /// Two titles with the same Trakt ID.
    #[error("a title with this Trakt id")]
    TraktTitle,
    /// Any other constraint, as worded by the database.
    #[error("such a row ({0})")]
    Other(String),
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) => {
                return Self::Conflict(Conflict::from_message(&text));
            }
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => return Self::NotFound("item"),
            _ => {}
        }
        match error {
            DbErr::RecordNotFound(_) | DbErr::RecordNotUpdated => Self::NotFound("item"),
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error.to_string()),
            DbErr::Exec(RuntimeErr::SqlxError(ref cause))
            | DbErr::Query(RuntimeErr::SqlxError(ref cause)) => {
                if is_temporary(cause) {
                    Self::Unavailable(error.to_string())
                } else {
                    Self::Other(error.to_string())
                }
            }
            _ => Self::Other(error.to_string()),
        }
    }
}

impl Conflict {
    /// Parses the message: SQLite names the columns, PostgreSQL the index.
    fn from_message(text: &str) -> Self {
        const NAMES: &[(&str, &str, Conflict)] = &[
            ("user.username_key", "user_username", Conflict::Username),
            ("library.path", "library_path", Conflict::LibraryPath),
            ("play.user_id, play.trakt_history_id", "play_trakt_history", Conflict::TraktHistory),
            ("title.kind, title.trakt_id", "title_trakt", Conflict::TraktTitle),
        ];
        NAMES
            .iter()
            .find(|(columns, index, _)| text.contains(columns) || text.contains(&format!("\"{index}\"")))
            .map_or_else(|| Self::Other(text.to_owned()), |(_, _, conflict)| conflict.clone())
    }
}

/// Returns whether the error is temporary: a database that is busy, locked, read-only or full, or a lost connection.
/// Errors caused by the data are not temporary.
fn is_temporary(cause: &sea_orm::sqlx::Error) -> bool {
    use sea_orm::sqlx::Error as Sqlx;
    match cause {
        Sqlx::Io(_) | Sqlx::PoolTimedOut | Sqlx::PoolClosed | Sqlx::WorkerCrashed | Sqlx::Tls(_) => true,
        Sqlx::Database(database) => {
            // SQLite primary codes BUSY, LOCKED, READONLY, IOERR, FULL; PostgreSQL classes 08, 53, 57 and 40
            // (serialisation).
            let code = database.code().unwrap_or_default();
            match code.parse::<i64>() {
                Ok(sqlite) if code.len() < 5 => matches!(sqlite & 0xff, 5 | 6 | 8 | 10 | 13),
                _ => ["08", "53", "57", "40"].iter().any(|class| code.starts_with(class)),
            }
        }
        _ => false,
    }
}
