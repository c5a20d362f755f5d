//! A fresh database per test: a SQLite file by default, or a copy of a migrated PostgreSQL template if
//! `KINOMETA_TEST_POSTGRES` contains the address of a server on which databases may be created.

use std::{
    ops::Deref,
    path::PathBuf,
    process,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use crate::{Db, migrations};

/// The advisory lock that test processes hold while they create the template.
const TEMPLATE_LOCK: i64 = 7_878_001;

/// A database that is deleted when this value is dropped.
#[derive(Debug)]
pub struct TestDb {
    db: Db,
    home: Home,
}

#[derive(Debug)]
enum Home {
    /// A folder, because SQLite creates more files next to the database.
    Sqlite {
        folder: tempfile::TempDir,
    },
    Postgres {
        admin_url: String,
        name: String,
    },
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// Creates a migrated, empty database.
///
/// # Panics
/// If the database cannot be created.
pub async fn test_db() -> TestDb {
    match std::env::var("KINOMETA_TEST_POSTGRES") {
        Ok(admin_url) if !admin_url.is_empty() => postgres(admin_url).await,
        _ => sqlite().await,
    }
}

/// Creates a migrated, empty SQLite database regardless of the environment, for tests where PostgreSQL differs.
///
/// # Panics
/// If the database cannot be created.
pub async fn sqlite_db() -> TestDb {
    sqlite().await
}

/// Creates an empty database with the schema of an earlier version: its first `steps` migrations. Opening its
/// [address](TestDb::url) migrates it.
///
/// # Panics
/// If the database cannot be created.
pub async fn earlier_db(steps: u32) -> TestDb {
    let home = match std::env::var("KINOMETA_TEST_POSTGRES") {
        Ok(admin_url) if !admin_url.is_empty() => {
            let name = fresh_name();
            let admin = admin(&admin_url).await.expect("the PostgreSQL server is reachable");
            admin
                .execute_unprepared(&format!("CREATE DATABASE {name}"))
                .await
                .expect("the database can be created");
            admin.close().await.expect("the connection can be closed");
            Home::Postgres { admin_url, name }
        }
        _ => Home::Sqlite { folder: folder() },
    };
    let db = Db::connect_earlier(&home.url(), steps)
        .await
        .expect("the database can be opened at an earlier version");
    TestDb { db, home }
}

/// The statements that ran on a handle.
#[derive(Clone, Debug, Default)]
pub struct StatementLog(Arc<Mutex<Vec<String>>>);

impl StatementLog {
    /// Returns the SQL of the statements since the last call, in order, without `BEGIN` and `COMMIT`.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.0))
    }
}

impl Home {
    fn url(&self) -> String {
        match self {
            Self::Sqlite { folder } => format!("sqlite://{}", sqlite_file(folder).display()),
            Self::Postgres { admin_url, name } => with_database(admin_url, name),
        }
    }
}

impl TestDb {
    /// Returns a handle that logs its statements.
    pub fn logged(&self) -> (Db, StatementLog) {
        let log = StatementLog::default();
        let seen = log.clone();
        (self.db.observed(move |statement| lock(&seen.0).push(statement.sql.clone())), log)
    }

    /// Returns the address, for a second node on the same database.
    pub fn url(&self) -> String {
        self.home.url()
    }

    /// Returns only the handle; the database is still deleted with `self`.
    pub fn handle(&self) -> Db {
        self.db.clone()
    }

    /// Runs SQL unchanged on the writing connection, to insert rows that no query of this crate would write.
    pub async fn execute(&self, sql: &str) -> crate::Result<()> {
        let tx = self.db.begin().await?;
        crate::Conn::raw(&tx).execute_unprepared(sql).await?;
        tx.commit().await
    }

    /// Returns the columns that refer to the rows of a table, as `table.column`. Only for [`sqlite_db`]; the schema is
    /// the same for both databases.
    pub async fn references_to(&self, table: &str) -> Vec<String> {
        let sql = format!(
            "SELECT m.name || '.' || f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table' AND f.\"table\" = '{table}' ORDER BY 1"
        );
        self.column(&sql).await
    }

    /// Returns the first column of a query's result.
    pub async fn column<T: sea_orm::TryGetable>(&self, sql: &str) -> Vec<T> {
        let raw = crate::Conn::raw(&self.db);
        let statement = sea_orm::Statement::from_string(raw.get_database_backend(), sql);
        let rows = raw.query_all_raw(statement).await.expect("the statement can be run");
        rows.iter().map(|row| row.try_get_by_index(0).expect("the first column has this type")).collect()
    }

    /// Runs `reads` and returns how SQLite would run each of their statements: pairs of SQL and its query plan. Only
    /// for [`sqlite_db`]: PostgreSQL plans by table sizes, which are always small in a test.
    pub async fn plans_of<F: Future<Output = ()>>(
        &self,
        reads: impl FnOnce(Db) -> F,
    ) -> Vec<(String, Vec<String>)> {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        reads(self.db.observed(move |statement| lock(&log).push(statement.clone()))).await;
        let statements = std::mem::take(&mut *lock(&seen));
        let mut plans = Vec::with_capacity(statements.len());
        for mut statement in statements {
            let sql = statement.sql.clone();
            statement.sql = format!("EXPLAIN QUERY PLAN {sql}");
            let rows = crate::Conn::raw(&self.db)
                .query_all_raw(statement)
                .await
                .expect("SQLite returns a query plan");
            let steps = rows.iter().map(|row| row.try_get_by_index(3).expect("column 3 contains the step"));
            plans.push((sql, steps.collect()));
        }
        plans
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Home::Postgres { admin_url, name } = &self.home {
            let (admin_url, name) = (admin_url.clone(), name.clone());
            // Drop cannot await, and the test's runtime may be single-threaded.
            let dropped = std::thread::spawn(move || drop_database(&admin_url, &name)).join();
            if dropped.is_err() {
                tracing::warn!("a test database was left behind");
            }
        }
    }
}

async fn sqlite() -> TestDb {
    let folder = folder();
    let db = Db::open(&sqlite_file(&folder)).await.expect("the SQLite database can be created");
    TestDb { db, home: Home::Sqlite { folder } }
}

fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("kinometa-").tempdir().expect("the temporary folder can be created")
}

fn sqlite_file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("kinometa.db")
}

async fn postgres(admin_url: String) -> TestDb {
    let name = fresh_name();
    copy_template(&admin_url, &name).await.expect("the PostgreSQL template can be copied");
    let db = Db::connect(&with_database(&admin_url, &name))
        .await
        .expect("the copied PostgreSQL database can be opened");
    TestDb { db, home: Home::Postgres { admin_url, name } }
}

fn fresh_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("kinometa_test_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

async fn copy_template(admin_url: &str, name: &str) -> Result<(), sea_orm::DbErr> {
    let template = format!("kinometa_template_{:016x}", migrations::fingerprint());
    let admin = admin(admin_url).await?;
    admin.execute_unprepared(&format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await?;
    let known = sea_orm::Statement::from_string(
        admin.get_database_backend(),
        format!("SELECT 1 FROM pg_database WHERE datname = '{template}'"),
    );
    if admin.query_one_raw(known).await?.is_none() {
        // Created under another name first, so that a crash halfway does not leave a template that looks finished.
        let draft = format!("{template}_draft");
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await?;
        admin.execute_unprepared(&format!("CREATE DATABASE {draft}")).await?;
        let db = Db::connect(&with_database(admin_url, &draft))
            .await
            .expect("the draft of the template can be opened");
        db.close().await.expect("all connections to the template can be closed");
        admin.execute_unprepared(&format!("ALTER DATABASE {draft} RENAME TO {template}")).await?;
    }
    admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
    admin.close().await
}

fn drop_database(admin_url: &str, name: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("the runtime can be created");
    runtime.block_on(async {
        let admin = admin(admin_url).await.expect("the PostgreSQL server is reachable");
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        admin.execute_unprepared(&drop).await.expect("the test database can be dropped");
    });
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens a single connection: the advisory lock belongs to it.
async fn admin(url: &str) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}

/// Returns `url` with its database replaced.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, None), |(address, query)| (address, Some(query)));
    let authority_at = address.find("://").map_or(0, |at| at + 3);
    let end = address[authority_at..].find('/').map_or(address.len(), |slash| authority_at + slash);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &address[..end])
}
