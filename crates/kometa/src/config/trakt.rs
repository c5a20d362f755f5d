//! Reads the `trakt` attribute of config.yml.

use std::fmt;

use secrecy::SecretString;

use super::secrets::{Filled, Secrets, variable_of};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::yaml::{Body, Entry, Node, Place, Quotes};

/// The `trakt` attribute of config.yml. Old and new formats are supported: `client_secret`, `pin`, `force_refresh`
/// and `authorization` may be missing.
#[derive(Debug)]
pub struct TraktBlock {
    /// Its position.
    pub at: Place,
    /// The application's Client ID.
    pub client_id: Option<SecretString>,
    /// The application's Client Secret; newer applications have none.
    pub client_secret: Option<SecretString>,
    /// A PIN that has not been exchanged yet.
    pub pin: Option<SecretString>,
    /// Whether to renew the token pair in every run.
    pub force_refresh: bool,
    /// The token pair.
    pub authorization: Option<Authorization>,
}

/// `trakt.authorization`: the token pair as stored by Kometa. `Debug` shows no token.
#[derive(Clone)]
pub struct Authorization {
    /// The access token.
    pub access_token: SecretString,
    /// The type, usually `bearer`.
    pub token_type: String,
    /// Lifetime of the access token in seconds.
    pub expires_in: u64,
    /// The refresh token, if there is one.
    pub refresh_token: Option<SecretString>,
    /// The scope, usually `public`.
    pub scope: String,
    /// When the pair was created, in seconds since 1970.
    pub created_at: i64,
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expires_in, created_at, .. } = self;
        write!(f, "Authorization {{ expires_in: {expires_in}, created_at: {created_at}, .. }}")
    }
}

/// Keys of `trakt`.
pub(crate) const KEYS: [&str; 5] = ["client_id", "client_secret", "pin", "force_refresh", "authorization"];
/// Keys of `trakt.authorization`, in the order in which Kometa writes them.
pub(crate) const PAIR_KEYS: [&str; 6] =
    ["access_token", "token_type", "expires_in", "refresh_token", "scope", "created_at"];

/// Reads the attribute; problems are added to `findings`.
pub(super) fn read(entry: &Entry, secrets: &Secrets, findings: &mut Vec<Finding>) -> Option<TraktBlock> {
    let mut reader = Reader { secrets, findings };
    let map = reader.map("trakt", &entry.value)?;
    reader.unknown_keys("trakt", map, &KEYS);
    let block = TraktBlock {
        at: entry.at.clone(),
        client_id: reader.text("trakt", map, "client_id").map(Into::into),
        client_secret: reader.text("trakt", map, "client_secret").map(Into::into),
        pin: reader.text("trakt", map, "pin").map(Into::into),
        force_refresh: reader.switch(map),
        authorization: reader.authorization(map),
    };
    if block.client_id.is_none() {
        let (at, problem) = match map.entry("client_id") {
            Some(entry) => (&entry.at, Problem::Blank),
            None => (&entry.at, Problem::Missing),
        };
        reader.findings.push(Finding::new(Level::Error, at, "trakt.client_id", problem));
    }
    Some(block)
}

struct Reader<'a> {
    secrets: &'a Secrets,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    /// Returns the value as a mapping; `None` if it is blank. Any other type is reported.
    fn map<'n>(&mut self, path: &str, node: &'n Node) -> Option<&'n Node> {
        let target = node.target();
        match &target.body {
            Body::Map { .. } => Some(target),
            _ if node.is_null() => None,
            _ => {
                self.wrong_type(path, node, "a mapping");
                None
            }
        }
    }

    fn wrong_type(&mut self, path: &str, node: &Node, expected: &'static str) {
        let found = match node.target().body {
            Body::List(_) => "a list",
            Body::Map { .. } => "a mapping",
            _ => "a single value",
        };
        self.findings.push(Finding::new(
            Level::Error,
            &node.at,
            path,
            Problem::WrongType { expected, found },
        ));
    }

    fn unknown_keys(&mut self, path: &str, map: &Node, known: &[&str]) {
        for entry in map.entries().into_iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let nearest = nearest_name(&entry.key, known.iter().copied());
            let problem = Problem::UnknownKey { key: entry.key.clone(), nearest };
            self.findings.push(Finding::new(Level::Warning, &entry.at, path, problem));
        }
    }

    /// Returns the text of a scalar, with its placeholder replaced. Other types and unset placeholders are reported.
    fn text(&mut self, path: &str, map: &Node, key: &str) -> Option<String> {
        let value = &map.entry(key)?.value;
        let path = format!("{path}.{key}");
        if !matches!(value.target().body, Body::Scalar { .. }) {
            self.wrong_type(&path, value, "a single value");
            return None;
        }
        match self.secrets.fill(value) {
            Filled::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Filled::Null => None,
            Filled::Unset(placeholder) => {
                let problem = Problem::UnsetPlaceholder { variable: variable_of(&placeholder), placeholder };
                self.findings.push(Finding::new(Level::Error, &value.at, path, problem));
                None
            }
        }
    }

    /// Returns whether `force_refresh` is on. As in Kometa, only YAML's literal `true` turns it on.
    fn switch(&mut self, map: &Node) -> bool {
        let Some(value) = map.entry("force_refresh").map(|entry| &entry.value) else { return false };
        match &value.target().body {
            Body::Scalar { text, quotes: Quotes::Plain, .. } => match text.as_str() {
                "true" | "True" | "TRUE" => return true,
                "false" | "False" | "FALSE" => return false,
                _ if value.is_null() => return false,
                _ => {}
            },
            Body::Scalar { .. } => {}
            _ => {
                self.wrong_type("trakt.force_refresh", value, "true or false");
                return false;
            }
        }
        self.findings.push(Finding::new(
            Level::Warning,
            &value.at,
            "trakt.force_refresh",
            Problem::NotSwitchedOn,
        ));
        false
    }

    fn authorization(&mut self, map: &Node) -> Option<Authorization> {
        let path = "trakt.authorization";
        let pair = self.map(path, &map.entry("authorization")?.value)?;
        self.unknown_keys(path, pair, &PAIR_KEYS);
        let access_token = self.text(path, pair, "access_token");
        let refresh_token = self.text(path, pair, "refresh_token");
        let token_type = self.text(path, pair, "token_type").unwrap_or_else(|| "bearer".into());
        let scope = self.text(path, pair, "scope").unwrap_or_else(|| "public".into());
        let expires_in = self.number(path, pair, "expires_in").unwrap_or(0);
        let created_at = self.number(path, pair, "created_at").unwrap_or(0);
        Some(Authorization {
            access_token: access_token?.into(),
            token_type,
            expires_in: u64::try_from(expires_in).unwrap_or(0),
            refresh_token: refresh_token.map(Into::into),
            scope,
            created_at,
        })
    }

    fn number(&mut self, path: &str, map: &Node, key: &str) -> Option<i64> {
        let text = self.text(path, map, key)?;
        let number = text.replace('_', "").parse().ok();
        if number.is_none()
            && let Some(entry) = map.entry(key)
        {
            let problem = Problem::WrongType { expected: "a whole number", found: "text" };
            self.findings.push(Finding::new(
                Level::Warning,
                &entry.value.at,
                format!("{path}.{key}"),
                problem,
            ));
        }
        number
    }
}
