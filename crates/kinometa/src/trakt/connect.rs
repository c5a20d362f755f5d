//! Connecting with a code.

use db::ids::UserId;
use qrcode::QrCode;
use qrcode::render::svg;
use sync::{ConnectState as State, Connecting};

use super::{Trakt, TraktResult};
use crate::messages;
use api_types::trakt::TraktConnect;

/// Smallest side of the QR code in pixels; it is a drawing and grows without loss.
const QR_SIZE: u32 = 200;

impl Trakt {
    /// Asks for a code, in place of one before.
    pub async fn start_connect(&self, user_id: UserId) -> TraktResult<TraktConnect> {
        Ok(shown(&self.engine.start_connect(user_id).await?))
    }

    /// Where connecting stands.
    pub fn connect_state(&self, user_id: UserId) -> TraktConnect {
        shown(&self.engine.connect_state(user_id))
    }

    /// Gives the code up.
    pub fn cancel_connect(&self, user_id: UserId) -> TraktConnect {
        self.engine.cancel_connect(user_id);
        self.connect_state(user_id)
    }
}

/// The state as the interface shows it.
pub fn shown(state: &State) -> TraktConnect {
    let (kind, message) = messages::trakt::of_connect(state);
    let code = match state {
        State::Pending(code) => Some(code),
        _ => None,
    };
    TraktConnect {
        state: kind,
        message: message.to_owned(),
        user_code: code.map(|code| code.user_code.clone()),
        verification_url: code.map(|code| code.verification_url.clone()),
        qr_svg: code.and_then(qr_svg),
        expires_at: code.map(|code| code.expires_at),
        slow_down: code.map(|code| code.slow_down),
    }
}

/// The page with the code filled in, so that scanning it is all.
fn qr_svg(code: &Connecting) -> Option<String> {
    let address = code.direct_url.as_ref().unwrap_or(&code.verification_url);
    let qr = QrCode::new(address).ok()?;
    Some(qr.render::<svg::Color<'_>>().min_dimensions(QR_SIZE, QR_SIZE).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiting_code_comes_with_everything_the_modal_shows() {
        let code = Connecting {
            user_code: "5055CC52".into(),
            verification_url: "https://trakt.tv/activate".into(),
            direct_url: Some("https://trakt.tv/activate/5055CC52".into()),
            expires_at: "2026-11-01T20:10:00Z".parse().unwrap(),
            slow_down: false,
        };
        let connect = shown(&State::Pending(code));
        assert_eq!(connect.user_code.as_deref(), Some("5055CC52"));
        let svg = connect.qr_svg.unwrap();
        assert!(svg.contains("<svg") && svg.contains("</svg>"), "{svg}");
    }
}
