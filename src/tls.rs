//! TLS for what we ask over HTTPS: ring checks against the roots compiled in, so that no system package is needed.

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};
use rustls::{ClientConfig, RootCertStore};

/// Makes ring the provider of clients that name none. The first caller in the process decides; later calls do nothing.
pub fn set_up() {
    if CryptoProvider::get_default().is_none() {
        // Another thread may have come first, with the same.
        let _ = ring::default_provider().install_default();
    }
}

/// What a client trusts.
///
/// # Errors
/// When ring has none of the protocol's versions, which does not happen.
pub fn client_config() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    Ok(
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth(),
    )
}
