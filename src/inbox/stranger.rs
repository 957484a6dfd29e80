//! A person who wrote to us without being known: a contact from now on, who agreed by writing first.

use alfa_store::contacts::consent::{self, Grant};
use alfa_store::contacts::{self, Identity, Profile, written_to};
use alfa_store::entity::contacts::Model;
use alfa_store::outreach::receive;
use alfa_store::types::{ConsentBasis, ContactSource};
use alfa_store::{Tx, UnixMillis};
use alfa_telegram::Peer;

use crate::error::AppResult;
use crate::groups::name_of;

/// Makes the contact of a peer.
pub(super) async fn create(
    tx: &Tx,
    peer: &Peer,
    phone: Option<&str>,
    username: Option<&str>,
    now: UnixMillis,
) -> AppResult<i64> {
    let (phone, username) = receive::untaken(tx, phone, username).await?;
    let profile = Profile {
        name: name_of(peer),
        first_name: peer.first_name.clone(),
        last_name: peer.last_name.clone(),
        phone,
        username,
        telegram_user_id: Some(peer.reference.user_id),
        ..Profile::default()
    };
    Ok(contacts::create(tx, profile, ContactSource::Inbound, now)
        .await?
        .id)
}

/// Records that the person wrote first. A consent that was revoked stays revoked; and whose data was erased after we had
/// written answers us, and agrees to nothing by that.
pub(super) async fn record_consent(
    tx: &Tx,
    contact: &Model,
    message_id: i64,
    now: UnixMillis,
) -> AppResult<()> {
    if written_to::remembers(tx, &Identity::of(contact)).await? {
        return Ok(());
    }
    let grant = Grant {
        basis: ConsentBasis::WroteFirst,
        evidence: Some(format!("message:{message_id}")),
        recorded_by: "alfa".to_owned(),
        wording: None,
    };
    consent::grant(tx, contact.id, &grant, now).await?;
    Ok(())
}
