//! Starts a server for each test: on a free port, with a new database (PostgreSQL if `KINOMETA_TEST_POSTGRES`
//! is set), a new data folder and an administrator.

mod actor;
pub mod rows;
mod stream;

use std::sync::Arc;

use clock::{Clock, SystemClock};
use kinometa::accounts::NewAccount;
use kinometa::app::App;
use kinometa::config::Config;
use kinometa::server::Server;
use trakt_sim::{SimBuilder, SimHandle};

pub use actor::{Actor, Response, send};
pub use stream::EventStream;

/// The password of every user in tests.
pub const PASSWORD: &str = "correct horse";

/// A running server.
pub struct TestApp {
    server: Server,
    simulator: Option<SimHandle>,
    // Fields are dropped in order: the server before its database and folder.
    database: Arc<db::testing::TestDb>,
    _folder: tempfile::TempDir,
}

/// Builds a [`TestApp`] with other settings than the default.
pub struct TestAppBuilder {
    clock: Arc<dyn Clock>,
    change: Box<dyn FnOnce(&mut Config) + Send>,
    simulator: Option<SimBuilder>,
    database: Option<Arc<db::testing::TestDb>>,
}

impl TestAppBuilder {
    /// Uses this clock instead of the system clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Changes the configuration.
    pub fn config(mut self, change: impl FnOnce(&mut Config) + Send + 'static) -> Self {
        self.change = Box::new(change);
        self
    }

    /// Also starts a Trakt simulator. The simulator's application is not configured in the server.
    pub fn simulator(mut self, simulator: SimBuilder) -> Self {
        self.simulator = Some(simulator);
        self
    }

    /// Uses the database of another server.
    pub fn beside(mut self, other: &TestApp) -> Self {
        self.database = Some(Arc::clone(&other.database));
        self
    }

    /// Starts the server without any user, as after installation.
    pub async fn start_empty(self) -> TestApp {
        let database = match self.database {
            Some(database) => database,
            None => Arc::new(db::testing::test_db().await),
        };
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::new(folder.path().to_owned());
        config.port = 0;
        config.database = database.url().into();
        let simulator = match self.simulator {
            Some(simulator) => Some(simulator.start().await.unwrap()),
            None => None,
        };
        // Without a simulator, nothing listens at Trakt's address.
        let trakt = simulator.as_ref().map_or("http://127.0.0.1:9", |simulator| simulator.url());
        config.trakt_api_url = trakt.parse().unwrap();
        config.trakt_auth_url = config.trakt_api_url.clone();
        (self.change)(&mut config);
        let server = Server::start(config, self.clock).await.unwrap();
        TestApp { server, simulator, database, _folder: folder }
    }

    /// Starts the server with the administrator `admin`.
    pub async fn start(self) -> TestApp {
        let app = self.start_empty().await;
        app.add_person("admin", true).await;
        app
    }
}

impl TestApp {
    /// Starts a server with default settings and the administrator `admin`.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// Returns a builder for a server with other settings than the default.
    pub fn builder() -> TestAppBuilder {
        TestAppBuilder {
            clock: Arc::new(SystemClock),
            change: Box::new(|_| {}),
            simulator: None,
            database: None,
        }
    }

    /// Returns the server's state, to create rows and to read data that no API returns.
    pub fn state(&self) -> &App {
        self.server.app()
    }

    /// Returns the Trakt simulator.
    pub fn simulator(&self) -> &SimHandle {
        self.simulator.as_ref().expect("the test started without a simulator")
    }

    /// Returns the Trakt simulator, to close its port and open it again.
    pub fn simulator_mut(&mut self) -> &mut SimHandle {
        self.simulator.as_mut().expect("the test started without a simulator")
    }

    /// Returns the address: `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Returns an actor who is not signed in.
    pub fn anonymous(&self) -> Actor {
        Actor::at(&self.url())
    }

    /// Signs the administrator in.
    pub async fn admin(&self) -> Actor {
        self.sign_in("admin").await
    }

    /// Adds a user without administrator rights and signs them in.
    pub async fn user(&self, username: &str) -> Actor {
        self.add_person(username, false).await;
        self.sign_in(username).await
    }

    /// Signs in an existing user with a new session.
    pub async fn sign_in(&self, username: &str) -> Actor {
        let person = self.state().accounts().user_named(username).await.unwrap();
        let session = self.state().accounts().open_session(person.id, Some("test")).await.unwrap();
        self.anonymous().with_session(person.id, &session)
    }

    /// Sends all messages that wait for Trakt, and fails if any are left.
    pub async fn drained(&self) {
        for user_id in db::outbox::users_waiting(self.state().db()).await.unwrap() {
            self.state().engine().drain(user_id).await.unwrap();
        }
        let waiting = db::outbox::users_waiting(self.state().db()).await.unwrap();
        assert!(waiting.is_empty(), "messages still wait for Trakt for {waiting:?}");
    }

    /// Stops the server as a service manager does.
    pub async fn stop(self) {
        self.server.stop().await;
    }

    async fn add_person(&self, username: &str, is_admin: bool) {
        let username = username.to_owned();
        let person = NewAccount { username, password: PASSWORD.into(), display_name: None, is_admin };
        self.state().accounts().create(person).await.unwrap();
    }
}
