//! The application and the users that every simulator starts with.

use crate::state::{Application, ApplicationStatus};

/// The client ID of the application that every simulator knows.
pub const DEMO_CLIENT_ID: &str = "d3m0c11e47000000000000000000000000000000000000000000000000000001";
/// The client secret of the application that every simulator knows.
pub const DEMO_CLIENT_SECRET: &str = "d3m05ec2e7000000000000000000000000000000000000000000000000000002";
/// The user with VIP that every simulator has unless others are specified.
pub const DEMO_USER: &str = "demo";
/// The user without VIP that every simulator has unless others are specified.
pub const GUEST_USER: &str = "guest";

/// Returns the application that every simulator knows.
pub(crate) fn demo_application() -> Application {
    Application {
        client_id: DEMO_CLIENT_ID.into(),
        client_secret: Some(DEMO_CLIENT_SECRET.into()),
        name: "Demo application".into(),
        redirect_uris: vec!["http://localhost/callback".into()],
        status: ApplicationStatus::Allowed,
    }
}
