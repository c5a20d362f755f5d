//! Handlers of all signatures as one type.
//!
//! axum wraps every handler in a dozen generic types. For 140 handlers, compiling those took as long as type checking the
//! whole crate; for one type they are compiled once.

use std::pin::Pin;

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;

use crate::app::App;

/// What a handler returns before it has run.
type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A handler.
#[derive(Clone, Copy)]
pub struct AnyHandler(&'static (dyn Fn(Request, App) -> Answer + Send + Sync));

impl AnyHandler {
    /// A function as a handler. Closures that capture something do not compile.
    pub fn new<H, T>(handler: H) -> Self
    where
        H: Handler<T, App, Future = Answer>,
    {
        // A function has no size of its own: no memory is allocated, so none leaks.
        const { assert!(size_of::<H>() == 0, "handlers are functions") };
        Self(Box::leak(Box::new(move |request, app| handler.clone().call(request, app))))
    }
}

impl Handler<(), App> for AnyHandler {
    type Future = Answer;

    fn call(self, request: Request, app: App) -> Answer {
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
