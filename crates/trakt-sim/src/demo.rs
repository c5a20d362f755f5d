//! Who and what every simulator knows without being told.

use crate::state::{Application, ApplicationStatus};

/// The client id of the application that every simulator knows.
pub const DEMO_CLIENT_ID: &str = "d3m0c11e47000000000000000000000000000000000000000000000000000001";
/// The secret of the application that every simulator knows.
pub const DEMO_CLIENT_SECRET: &str = "d3m05ec2e7000000000000000000000000000000000000000000000000000002";
/// The person with VIP that every simulator has unless it is given others.
pub const DEMO_USER: &str = "demo";
/// The person without VIP that every simulator has unless it is given others.
pub const GUEST_USER: &str = "guest";

/// The application that every simulator knows.
pub(crate) fn demo_application() -> Application {
    Application {
        client_id: DEMO_CLIENT_ID.into(),
        client_secret: Some(DEMO_CLIENT_SECRET.into()),
        name: "Demo application".into(),
        redirect_uris: vec!["http://localhost/callback".into()],
        status: ApplicationStatus::Allowed,
    }
}
