//! Configuration from flags, `KINOMETA_…` environment variables, `kinometa.toml` and defaults, in this order.

mod library_folder;
mod network;

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

pub use library_folder::LibraryFolder;
pub use network::{InvalidProxy, Limits, TrustedProxy};

/// Configuration file in the data directory, read unless `--config` names another one.
const FILE_NAME: &str = "kinometa.toml";

/// The key file in the data directory.
pub(crate) const KEY_FILE: &str = "secrets.key";

/// Default TCP port.
pub const PORT: u16 = 7878;

/// Options as given by the user. Flags, environment and file share this struct, so that every option is available
/// in all of them.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(rustdoc::bare_urls, reason = "these doc comments are also the command-line help")]
pub struct Settings {
    /// Directory for the database, the key file and cached images
    #[arg(long, env = "KINOMETA_DATA_DIR", value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// Configuration file [default: kinometa.toml in the data directory]
    #[arg(long, env = "KINOMETA_CONFIG", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 for all interfaces [default: 127.0.0.1]
    #[arg(long, env = "KINOMETA_LISTEN", value_name = "ADDRESS", global = true)]
    pub listen: Option<IpAddr>,
    /// Port to listen on; 0 picks a free port [default: 7878]
    #[arg(long, env = "KINOMETA_PORT", global = true)]
    pub port: Option<u16>,
    /// Database URL: sqlite://path or postgres://user:password@host/name [default: kinometa.db in the data
    /// directory]
    #[arg(long, env = "KINOMETA_DATABASE", value_name = "URL", hide_env_values = true, global = true)]
    pub database: Option<SecretString>,
    /// Library to add at startup: movies=/path or shows=/path. Can be repeated; separate with `;` in the variable
    #[arg(long, env = "KINOMETA_LIBRARY", value_name = "KIND=DIR", value_delimiter = ';', global = true)]
    #[serde(default)]
    pub library: Vec<LibraryFolder>,
    /// Path to ffmpeg; ffprobe is expected in the same directory [default: search PATH]
    #[arg(long, env = "KINOMETA_FFMPEG", value_name = "FILE", global = true)]
    pub ffmpeg: Option<PathBuf>,
    /// Server name shown in the title bar [default: Kinometa]
    #[arg(long, env = "KINOMETA_SERVER_NAME", value_name = "NAME", global = true)]
    pub server_name: Option<String>,
    /// Base URL of the Trakt API [default: https://api.trakt.tv]
    #[arg(long, env = "KINOMETA_TRAKT_API_URL", value_name = "URL", global = true)]
    pub trakt_api_url: Option<Url>,
    /// Base URL of Trakt's sign-in service [default: https://auth.trakt.tv]
    #[arg(long, env = "KINOMETA_TRAKT_AUTH_URL", value_name = "URL", global = true)]
    pub trakt_auth_url: Option<Url>,
    /// Reverse proxy whose X-Forwarded-* headers are trusted: its address, its network such as 172.18.0.0/16, or
    /// `loopback` (also without a value). Can be repeated; separate with `,` in the variable
    #[arg(
        long, env = "KINOMETA_TRUST_PROXY", value_name = "ADDRESS", value_delimiter = ',',
        num_args = 0..=1, default_missing_value = "loopback", global = true
    )]
    #[serde(default)]
    pub trust_proxy: Vec<TrustedProxy>,
    /// Host name that browsers may use for this server, such as films.example.org; `*.example.org` for all
    /// subdomains. IP addresses, localhost, names without a dot and *.local always work. Can be repeated; separate
    /// with `,`
    #[arg(long, env = "KINOMETA_ALLOWED_HOST", value_name = "NAME", value_delimiter = ',', global = true)]
    #[serde(default)]
    pub allowed_host: Vec<String>,
    /// Log format [default: text]
    #[arg(long, env = "KINOMETA_LOG_FORMAT", value_name = "FORMAT", global = true)]
    pub log_format: Option<LogFormat>,
    /// Log filter, for example `info,kinometa=debug` [default: info]
    #[arg(long, env = "KINOMETA_LOG", value_name = "FILTER", global = true)]
    pub log: Option<String>,
}

/// Log format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Human-readable lines.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Reasons why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The configuration file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// Path of the file.
        path: PathBuf,
        /// Error from the file system.
        source: std::io::Error,
    },
    /// The configuration file is not valid.
    #[error("invalid configuration in {}: {message}", path.display())]
    Invalid {
        /// Path of the file.
        path: PathBuf,
        /// Line and reason.
        message: String,
    },
    /// A path is empty, or relative while the current directory is gone.
    #[error("cannot resolve the path {:?}: {source}", path.display())]
    Path {
        /// Path as given.
        path: PathBuf,
        /// Error from the file system.
        source: std::io::Error,
    },
}

/// The resolved configuration: every option has a value.
#[derive(Debug, Clone)]
pub struct Config {
    /// Directory for the database, the key file and caches.
    pub data_dir: PathBuf,
    /// Address to listen on.
    pub listen: IpAddr,
    /// Port to listen on; 0 picks a free port.
    pub port: u16,
    /// Database URL. May contain a password.
    pub database: SecretString,
    /// Libraries to create at startup unless they exist.
    pub libraries: Vec<LibraryFolder>,
    /// Path to ffmpeg; `None` searches `PATH`.
    pub ffmpeg: Option<PathBuf>,
    /// Server name shown in the title bar.
    pub server_name: String,
    /// Base URL of the Trakt API.
    pub trakt_api_url: Url,
    /// Base URL of Trakt's sign-in service.
    pub trakt_auth_url: Url,
    /// Reverse proxies whose `X-Forwarded-*` headers are trusted.
    pub trust_proxy: Vec<TrustedProxy>,
    /// Host names under which browsers may open this server, in addition to those that are always allowed.
    pub allowed_hosts: Vec<String>,
    /// Limits of connections and streams.
    pub limits: Limits,
    /// Log format.
    pub log_format: LogFormat,
    /// Log filter in `tracing` syntax.
    pub log: String,
    /// User name that visitors are signed in as. Set by the demo only.
    pub demo_user: Option<String>,
}

impl Settings {
    /// Adds the options from the configuration file and the defaults.
    ///
    /// # Errors
    /// When the file cannot be read or is invalid, or a path cannot be made absolute.
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

    /// These options, with missing values taken from `file`.
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
            trust_proxy: if self.trust_proxy.is_empty() { file.trust_proxy } else { self.trust_proxy },
            allowed_host: if self.allowed_host.is_empty() { file.allowed_host } else { self.allowed_host },
            log_format: self.log_format.or(file.log_format),
            log: self.log.or(file.log),
        }
    }
}

impl Config {
    /// The default configuration for this data directory.
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
            trust_proxy: Vec::new(),
            allowed_hosts: Vec::new(),
            limits: Limits::default(),
            log_format: LogFormat::Text,
            log: "info".to_owned(),
            demo_user: None,
        }
    }

    fn apply(&mut self, settings: Settings) -> Result<(), ConfigError> {
        fn set<T>(value: &mut T, new: Option<T>) {
            if let Some(new) = new {
                *value = new;
            }
        }
        set(&mut self.listen, settings.listen);
        set(&mut self.port, settings.port);
        set(&mut self.database, settings.database);
        set(&mut self.server_name, settings.server_name);
        self.ffmpeg = settings.ffmpeg.or(self.ffmpeg.take());
        set(&mut self.trakt_api_url, settings.trakt_api_url);
        set(&mut self.trakt_auth_url, settings.trakt_auth_url);
        self.trust_proxy.extend(settings.trust_proxy);
        self.allowed_hosts.extend(settings.allowed_host);
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
        // The file does not exist on the first start. An invalid data directory is reported by `App::open`.
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
            .map_err(|error| ConfigError::Invalid { path, message: located(&error, &text) }),
        Err(source) => Err(ConfigError::Unreadable { path, source }),
    }
}

/// The parser's message with its line number. The line itself is left out, as it may contain the database password.
fn located(error: &toml::de::Error, text: &str) -> String {
    let reason = error.message();
    match error.span().and_then(|span| text.get(..span.start)) {
        Some(before) => format!("line {}: {reason}", before.matches('\n').count() + 1),
        None => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
