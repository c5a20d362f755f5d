//! The TLS of outgoing calls.

/// Chooses ring for the whole process, unless something is chosen already. reqwest cannot be used before.
pub fn use_ring() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let chosen = rustls::crypto::ring::default_provider().install_default();
        tracing::debug!(chosen = chosen.is_ok(), "TLS provider");
    }
}
