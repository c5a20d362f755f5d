//! One type for handlers of all signatures.
//!
//! axum wraps every handler in a dozen generic types. For 140 handlers, compiling those took as long as type
//! checking the whole crate. With a single handler type they are compiled once.

use std::pin::Pin;

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;

use crate::app::App;

/// The future that a handler returns.
type ResponseFuture = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A handler of any signature.
#[derive(Clone, Copy)]
pub struct AnyHandler(&'static (dyn Fn(Request, App) -> ResponseFuture + Send + Sync));

impl AnyHandler {
    /// Wraps a function. Closures that capture variables do not compile.
    pub fn new<H, T>(handler: H) -> Self
    where
        H: Handler<T, App, Future = ResponseFuture>,
    {
        // A function item has size zero, so boxing it allocates no memory and leaks none.
        const { assert!(size_of::<H>() == 0, "handlers are functions") };
        Self(Box::leak(Box::new(move |request, app| handler.clone().call(request, app))))
    }
}

impl Handler<(), App> for AnyHandler {
    type Future = ResponseFuture;

    fn call(self, request: Request, app: App) -> ResponseFuture {
        (self.0)(request, app)
    }
}

/// Like `utoipa_axum::routes!`, with every handler as an [`AnyHandler`].
macro_rules! routes {
    ($($handler:ident),+ $(,)?) => {{
        $(let $handler = $crate::http::handler::AnyHandler::new($handler);)+
        utoipa_axum::routes!($($handler),+)
    }};
}

pub(crate) use routes;
