use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseExecutor,
    DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::{Error, Result, migrations, private_files};

/// How long a write waits for another process (the command line, a backup) that has locked the SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);
const SQLITE_READERS: u32 = 6;
/// The number of rows buffered between SQLite's thread and the reader.
const ROW_BUFFER: usize = 500;
const POSTGRES_CONNECTIONS: u32 = 16;

/// An open database. Cheap to clone.
///
/// Reads run on the `Db` itself, writes in a [`Tx`]. SQLite has exactly one connection for writing, so writers queue in
/// order and never fail with "database is locked"; the connections for reading are read-only and see a consistent state
/// at the same time (WAL).
#[derive(Clone, Debug)]
pub struct Db {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
}

/// A transaction. Rolled back if dropped without [`Tx::commit`].
#[derive(Debug)]
#[must_use = "a transaction that is not committed is rolled back"]
pub struct Tx(DatabaseTransaction);

/// Where a read runs: on the [`Db`] or in a [`Tx`].
pub trait Conn: sealed::Sealed + Send + Sync {
    /// For this crate's queries.
    #[doc(hidden)]
    fn raw(&self) -> DatabaseExecutor<'_>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Db {}
    impl Sealed for super::Tx {}
}

impl Conn for Db {
    fn raw(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Connection(&self.readers)
    }
}

impl Conn for Tx {
    fn raw(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Transaction(&self.0)
    }
}

impl Tx {
    /// For this crate's writes.
    pub(crate) fn transaction(&self) -> &DatabaseTransaction {
        &self.0
    }

    /// Commits the changes.
    pub async fn commit(self) -> Result<()> {
        Ok(self.0.commit().await?)
    }

    /// Rolls back the changes.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.0.rollback().await?)
    }
}

impl Db {
    /// Opens `sqlite://path` (created if missing) or `postgres://…` and migrates the schema.
    pub async fn connect(url: &str) -> Result<Self> {
        let db = Self::connect_unmigrated(url).await?;
        migrations::migrate(&db.writer).await?;
        Ok(db)
    }

    /// Opens the database without migrating its schema.
    async fn connect_unmigrated(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            Self::open_sqlite(path.trim_start_matches("//")).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url).await
        } else {
            Err(Error::Other("the address must begin with sqlite: or postgres:".to_owned()))
        }
    }

    /// Opens the SQLite file at `path`, creating it if missing.
    pub async fn open(path: &Path) -> Result<Self> {
        let path = path.to_str().ok_or_else(|| Error::Other(format!("{} is not UTF-8", path.display())))?;
        Self::connect(&format!("sqlite://{path}")).await
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<Tx> {
        let options = TransactionOptions {
            // A deferred transaction that becomes a writer fails immediately if another process is writing.
            sqlite_transaction_mode: self.is_sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx(self.writer.begin_with_options(options).await?))
    }

    /// Begins a transaction that adds, merges or prunes titles, or changes which titles files hold.
    ///
    /// PostgreSQL runs these transactions one after another, as SQLite does with all transactions. Otherwise two of
    /// them could both look for a title, not find it and add it; a title that was just looked up could be pruned before
    /// anything refers to it; and a scan and a match, which lock the same files and titles in different orders, could
    /// deadlock.
    pub async fn begin_titles(&self) -> Result<Tx> {
        const LOCK: i64 = 0x6b69_6e6f_0001;
        let tx = self.begin().await?;
        if !self.is_sqlite() {
            tx.0.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
        }
        Ok(tx)
    }

    /// Returns "SQLite" or "PostgreSQL", for the system page.
    pub fn kind(&self) -> &'static str {
        if self.is_sqlite() { "SQLite" } else { "PostgreSQL" }
    }

    /// Returns an error if the database does not respond.
    pub async fn ping(&self) -> Result<()> {
        self.readers.ping().await?;
        Ok(self.writer.ping().await?)
    }

    /// Closes all connections; SQLite then merges its log into the file.
    pub async fn close(&self) -> Result<()> {
        self.readers.close_by_ref().await?;
        Ok(self.writer.close_by_ref().await?)
    }

    /// Returns the same database with its statements reported to `observer`.
    #[cfg(feature = "testing")]
    pub(crate) fn observed(
        &self,
        observer: impl Fn(&sea_orm::Statement) + Clone + Send + Sync + 'static,
    ) -> Self {
        let mut observed = self.clone();
        let writer_observer = observer.clone();
        observed.readers.set_metric_callback(move |info| observer(info.statement));
        observed.writer.set_metric_callback(move |info| writer_observer(info.statement));
        observed
    }

    /// Opens a database with the schema of an earlier version: its first `steps` migrations.
    #[cfg(feature = "testing")]
    pub(crate) async fn connect_earlier(url: &str, steps: u32) -> Result<Self> {
        let db = Self::connect_unmigrated(url).await?;
        migrations::migrate_partly(&db.writer, steps).await?;
        Ok(db)
    }

    fn is_sqlite(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Sqlite
    }

    async fn open_sqlite(path: &str) -> Result<Self> {
        private_files::ensure(Path::new(path)).map_err(|source| {
            Error::Other(format!("{path} cannot be made readable by its owner only: {source}"))
        })?;
        let writer = Database::connect(sqlite_options(path, 1, false)).await?;
        let readers = Database::connect(sqlite_options(path, SQLITE_READERS, true)).await?;
        Ok(Self { readers, writer })
    }

    async fn open_postgres(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(POSTGRES_CONNECTIONS).sqlx_logging(false);
        let pool = Database::connect(options).await?;
        Ok(Self { readers: pool.clone(), writer: pool })
    }
}

fn sqlite_options(path: &str, connections: u32, read_only: bool) -> ConnectOptions {
    use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
    let path = path.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(connections).min_connections(1).sqlx_logging(false);
    // Idle connections are kept: opening one costs more than its memory.
    options.idle_timeout(None).max_lifetime(None).test_before_acquire(false);
    options.acquire_timeout(BUSY_TIMEOUT * 2);
    options.map_sqlx_sqlite_opts(move |opts| {
        let opts = opts
            .in_memory(false)
            .shared_cache(false)
            .filename(&path)
            .create_if_missing(!read_only)
            .journal_mode(SqliteJournalMode::Wal)
            // With WAL, NORMAL loses no consistency. FULL also keeps the last commit through a power failure, which the
            // outbox needs: a claimed play must stay claimed.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            // With a small buffer, SQLite's thread and the reader wake each other for every few rows.
            .row_buffer_size(ROW_BUFFER)
            .pragma("cache_size", "-8192");
        if read_only { opts.pragma("query_only", "ON") } else { opts }
    });
    options
}
