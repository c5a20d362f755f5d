//! How the server is set up: flags, then `KINOMETA_…` variables, then `kinometa.toml`, then defaults.

mod library_folder;

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

pub use library_folder::LibraryFolder;

/// Name of the file that is read from the data folder when no other is named.
const FILE_NAME: &str = "kinometa.toml";

/// Default port.
pub const PORT: u16 = 7878;

/// Everything that can be set, as it was given. One struct for flags, environment and file, so that no option can
/// be missing in one of them.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(rustdoc::bare_urls, reason = "these lines are also the help of the command line")]
pub struct Settings {
    /// Where the database, the key file and cached pictures live.
    #[arg(long, env = "KINOMETA_DATA_DIR", value_name = "FOLDER", global = true)]
    pub data_dir: Option<PathBuf>,
    /// Configuration file; `kinometa.toml` in the data folder when left out.
    #[arg(long, env = "KINOMETA_CONFIG", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 for the network. [default: 127.0.0.1]
    #[arg(long, env = "KINOMETA_LISTEN", value_name = "ADDRESS", global = true)]
    pub listen: Option<IpAddr>,
    /// Port to listen on; 0 picks a free one. [default: 7878]
    #[arg(long, env = "KINOMETA_PORT", global = true)]
    pub port: Option<u16>,
    /// Database: sqlite://path or postgres://… [default: kinometa.db in the data folder]
    #[arg(long, env = "KINOMETA_DATABASE", value_name = "URL", hide_env_values = true, global = true)]
    pub database: Option<SecretString>,
    /// A library to have, as movies=/path or shows=/path; may be given more than once (in the variable: with `;`).
    #[arg(long, env = "KINOMETA_LIBRARY", value_name = "KIND=FOLDER", value_delimiter = ';', global = true)]
    #[serde(default)]
    pub library: Vec<LibraryFolder>,
    /// ffmpeg, when it is not in the search path; ffprobe is taken from the same folder.
    #[arg(long, env = "KINOMETA_FFMPEG", value_name = "FILE", global = true)]
    pub ffmpeg: Option<PathBuf>,
    /// Name in the title bar. [default: Kinometa]
    #[arg(long, env = "KINOMETA_SERVER_NAME", value_name = "NAME", global = true)]
    pub server_name: Option<String>,
    /// Trakt's API. [default: https://api.trakt.tv]
    #[arg(long, env = "KINOMETA_TRAKT_API_URL", value_name = "URL", global = true)]
    pub trakt_api_url: Option<Url>,
    /// Trakt's sign-in. [default: https://auth.trakt.tv]
    #[arg(long, env = "KINOMETA_TRAKT_AUTH_URL", value_name = "URL", global = true)]
    pub trakt_auth_url: Option<Url>,
    /// Take the client's address from X-Forwarded-For: only behind a proxy of your own.
    #[arg(long, env = "KINOMETA_TRUST_PROXY", num_args = 0..=1, default_missing_value = "true", global = true)]
    pub trust_proxy: Option<bool>,
    /// Format of the log. [default: text]
    #[arg(long, env = "KINOMETA_LOG_FORMAT", value_name = "FORMAT", global = true)]
    pub log_format: Option<LogFormat>,
    /// What to log, as in `info,kinometa=debug`. [default: info]
    #[arg(long, env = "KINOMETA_LOG", value_name = "FILTER", global = true)]
    pub log: Option<String>,
}

/// Format of the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines, one object per line.
    Json,
}

/// Why the set-up cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file could not be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not understood.
    #[error("{} is not understood: {message}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Where and why.
        message: String,
    },
    /// A folder on the command line does not exist.
    #[error("the path {} cannot be made absolute: {source}", path.display())]
    Path {
        /// The path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// How the server is set up, complete.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// Address to listen on.
    pub listen: IpAddr,
    /// Port to listen on; 0 picks a free one.
    pub port: u16,
    /// Address of the database; may hold a password.
    pub database: SecretString,
    /// Libraries to make at start when they are not there.
    pub libraries: Vec<LibraryFolder>,
    /// ffmpeg, when it is not in the search path.
    pub ffmpeg: Option<PathBuf>,
    /// Name in the title bar.
    pub server_name: String,
    /// Trakt's API.
    pub trakt_api_url: Url,
    /// Trakt's sign-in.
    pub trakt_auth_url: Url,
    /// Believe X-Forwarded-For.
    pub trust_proxy: bool,
    /// Format of the log.
    pub log_format: LogFormat,
    /// What to log.
    pub log: String,
    /// The demo's user, signed in at the first visit.
    pub demo_user: Option<String>,
}

impl Settings {
    /// Reads the file and fills in what was not given.
    pub fn resolve(self) -> Result<Config, ConfigError> {
        let from_flags = self.data_dir.clone();
        let file = match &self.config {
            Some(path) => Some(read(path)?),
            None => read_if_present(&from_flags.unwrap_or_else(default_data_dir).join(FILE_NAME))?,
        };
        let merged = self.or(file.unwrap_or_default());
        let data_dir = absolute(merged.data_dir.clone().unwrap_or_else(default_data_dir))?;
        let mut config = Config::new(data_dir);
        config.apply(merged)?;
        Ok(config)
    }

    fn or(self, file: Self) -> Self {
        Self {
            data_dir: self.data_dir.or(file.data_dir),
            config: self.config,
            listen: self.listen.or(file.listen),
            port: self.port.or(file.port),
            database: self.database.or(file.database),
            library: if self.library.is_empty() { file.library } else { self.library },
            ffmpeg: self.ffmpeg.or(file.ffmpeg),
            server_name: self.server_name.or(file.server_name),
            trakt_api_url: self.trakt_api_url.or(file.trakt_api_url),
            trakt_auth_url: self.trakt_auth_url.or(file.trakt_auth_url),
            trust_proxy: self.trust_proxy.or(file.trust_proxy),
            log_format: self.log_format.or(file.log_format),
            log: self.log.or(file.log),
        }
    }
}

impl Config {
    /// The defaults, with everything in `data_dir`.
    pub fn new(data_dir: PathBuf) -> Self {
        let database = format!("sqlite://{}", data_dir.join("kinometa.db").display());
        let endpoints = trakt::Endpoints::default();
        Self {
            data_dir,
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: PORT,
            database: database.into(),
            libraries: Vec::new(),
            ffmpeg: None,
            server_name: "Kinometa".to_owned(),
            trakt_api_url: endpoints.api,
            trakt_auth_url: endpoints.auth,
            trust_proxy: false,
            log_format: LogFormat::Text,
            log: "info".to_owned(),
            demo_user: None,
        }
    }

    fn apply(&mut self, settings: Settings) -> Result<(), ConfigError> {
        fn set<T>(value: &mut T, given: Option<T>) {
            if let Some(given) = given {
                *value = given;
            }
        }
        set(&mut self.listen, settings.listen);
        set(&mut self.port, settings.port);
        set(&mut self.database, settings.database);
        set(&mut self.server_name, settings.server_name);
        self.ffmpeg = settings.ffmpeg.or(self.ffmpeg.take());
        set(&mut self.trakt_api_url, settings.trakt_api_url);
        set(&mut self.trakt_auth_url, settings.trakt_auth_url);
        set(&mut self.trust_proxy, settings.trust_proxy);
        set(&mut self.log_format, settings.log_format);
        set(&mut self.log, settings.log);
        for LibraryFolder { kind, path } in settings.library {
            self.libraries.push(LibraryFolder { kind, path: absolute(path)? });
        }
        Ok(())
    }
}

fn absolute(path: PathBuf) -> Result<PathBuf, ConfigError> {
    std::path::absolute(&path).map_err(|source| ConfigError::Path { path, source })
}

fn default_data_dir() -> PathBuf {
    let home = |folder: &str| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(folder));
    std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| home(".local/share"))
        .map_or_else(|| PathBuf::from("kinometa-data"), |folder| folder.join("kinometa"))
}

fn read_if_present(path: &Path) -> Result<Option<Settings>, ConfigError> {
    match read(path) {
        // A data folder that is none is told when it is to be used.
        Err(ConfigError::Unreadable { source, .. })
            if matches!(source.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
        {
            Ok(None)
        }
        other => other.map(Some),
    }
}

fn read(path: &Path) -> Result<Settings, ConfigError> {
    let path = path.to_owned();
    match std::fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text)
            .map_err(|error| ConfigError::Wrong { path, message: located(&error, &text) }),
        Err(source) => Err(ConfigError::Unreadable { path, source }),
    }
}

/// The reason with its line. The line itself is not shown: it can hold the password of the database.
fn located(error: &toml::de::Error, text: &str) -> String {
    let reason = error.message();
    match error.span().and_then(|span| text.get(..span.start)) {
        Some(before) => format!("line {}: {reason}", before.matches('\n').count() + 1),
        None => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
