//! One call as data, before it is sent.

use reqwest::Method;
use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Repeat, Result, Sent};
use crate::limits::{Lane, Priority};

/// Whether a call carries the account's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// Sent with the token, or not at all.
    Required,
    /// Sent with the token if there is one: the response is public but may depend on the account.
    Optional,
}

/// A request to the API host.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) segments: Vec<String>,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
    pub(crate) auth: Auth,
    pub(crate) repeat: Repeat,
    pub(crate) priority: Option<Priority>,
}

impl Call {
    pub(crate) fn get<S: Into<String>>(auth: Auth, segments: impl IntoIterator<Item = S>) -> Self {
        Self::new(Method::GET, auth, segments)
    }

    /// A write. Every write needs the account's token.
    pub(crate) fn write<S: Into<String>>(method: Method, segments: impl IntoIterator<Item = S>) -> Self {
        Self::new(method, Auth::Required, segments)
    }

    pub(crate) fn post<S: Into<String>>(segments: impl IntoIterator<Item = S>) -> Self {
        Self::write(Method::POST, segments)
    }

    fn new<S: Into<String>>(method: Method, auth: Auth, segments: impl IntoIterator<Item = S>) -> Self {
        Self {
            method,
            segments: segments.into_iter().map(Into::into).collect(),
            query: Vec::new(),
            body: None,
            auth,
            repeat: Repeat::Harmless,
            priority: None,
        }
    }

    /// Sets the body. Null members are left out: since April 2026 Trakt refuses some of them with 400
    /// (`app_version: null` in a scrobble; PlexTraktSync issue 2447).
    pub(crate) fn json(mut self, body: &impl Serialize) -> Result<Self> {
        let mut value =
            serde_json::to_value(body).map_err(|_| Error::Setup("the request cannot be written as JSON"))?;
        strip_nulls(&mut value);
        self.body = Some(value);
        Ok(self)
    }

    /// Marks a write that Trakt would apply again if it were sent again.
    pub(crate) fn duplicates(mut self) -> Self {
        self.repeat = Repeat::Duplicates;
        self
    }

    pub(crate) fn urgent(mut self) -> Self {
        self.priority = Some(Priority::Urgent);
        self
    }

    pub(crate) fn lane(&self) -> Lane {
        if self.is_read() { Lane::Read } else { Lane::Write }
    }

    pub(crate) fn is_read(&self) -> bool {
        self.method == Method::GET
    }

    pub(crate) fn path(&self) -> String {
        format!("/{}", self.segments.join("/"))
    }

    pub(crate) fn sent(&self) -> Sent {
        Sent { method: self.method.clone(), path: self.path(), body: self.body.clone(), repeat: self.repeat }
    }
}

/// Removes null members at any depth.
fn strip_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(strip_nulls);
        }
        Value::Array(items) => {
            items.retain(|item| !item.is_null());
            items.iter_mut().for_each(strip_nulls);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z]{0,4}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[a-z]{1,3}", inner, 0..5)
                    .prop_map(|members| members.into_iter().collect::<Value>()),
            ]
        })
    }

    fn contains_null(value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Array(items) => items.iter().any(contains_null),
            Value::Object(members) => members.values().any(contains_null),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn null_members_are_never_sent(mut value in any_json()) {
            strip_nulls(&mut value);
            prop_assert!(value.is_null() || !contains_null(&value));
        }
    }

    #[test]
    fn only_nulls_are_removed_from_a_body() {
        let call =
            Call::post(["sync"]).json(&json!({"a": null, "b": [{"c": null, "d": 0}], "e": ""})).unwrap();
        assert_eq!(call.body, Some(json!({"b": [{"d": 0}], "e": ""})));
    }
}
