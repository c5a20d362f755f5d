//! A request with a single response.

use std::future::IntoFuture;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;

use crate::client::{Call, Client, Reply, decode};
use crate::error::Result;
use crate::extended::Extended;
use crate::filters::Filters;

/// A request with a single response. Nothing is sent before it is awaited.
#[derive(Debug)]
#[must_use = "nothing is sent until this is awaited"]
pub struct Read<T> {
    client: Client,
    call: Call,
    /// Chosen where the endpoint is defined, so that the code that reads the response is compiled once, in this crate.
    decode: fn(&Reply, &Call) -> Result<T>,
}

impl<T: DeserializeOwned> Read<T> {
    pub(crate) fn new(client: &Client, call: Call) -> Self {
        Self { client: client.clone(), call, decode: decode::<T> }
    }
}

impl<T> Read<T> {
    /// Requests more detail.
    pub fn extended(self, extended: Extended) -> Self {
        self.with(extended.query())
    }

    /// Filters the response.
    pub fn filters(self, filters: &Filters) -> Self {
        let query: Vec<_> = filters.query().collect();
        self.with(query)
    }

    /// Adds a query parameter without a method of its own.
    pub fn query(self, name: &'static str, value: impl ToString) -> Self {
        self.with([(name, value.to_string())])
    }

    fn with(mut self, query: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.call.query.extend(query);
        self
    }
}

impl<T: 'static> IntoFuture for Read<T> {
    type Output = Result<T>;
    type IntoFuture = BoxFuture<'static, Result<T>>;

    fn into_future(self) -> Self::IntoFuture {
        async move { (self.decode)(&self.client.deliver(&self.call).await?, &self.call) }.boxed()
    }
}
