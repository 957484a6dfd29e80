//! That the team has read what a person wrote: here at once, in Telegram as soon as it can be told.

use std::sync::Arc;

use alfa_store::dialogs::{self, ReadUpTo};
use alfa_store::entity;
use alfa_store::outreach::known_peers;
use alfa_telegram::PeerRef;
use serde_json::json;

use super::service;
use crate::app::App;
use crate::error::AppResult;

/// Marks everything of the person's as read. The person sees it in Telegram too, when the account is connected.
///
/// # Errors
/// When there is no such dialog.
pub async fn mark_read(app: &Arc<App>, contact_id: i64) -> AppResult<entity::dialogs::Model> {
    let mut read = Vec::new();
    let dialog = service::in_dialog(app, contact_id, async |tx, _| {
        read = dialogs::mark_read(tx, contact_id).await?;
        if read.is_empty() {
            return Ok(());
        }
        service::announce(
            app,
            tx,
            contact_id,
            json!({"contact_id": contact_id, "unread": 0}),
        )
        .await
    });
    let dialog = dialog.await?;
    for up_to in read {
        let owner = app.clone();
        app.workers.spawn("mark-read", async move {
            // Only the ticks on the person's side depend on it.
            if let Err(error) = tell_telegram(&owner, contact_id, up_to).await {
                tracing::debug!(%error, "Telegram was not told that messages were read");
            }
        });
    }
    Ok(dialog)
}

async fn tell_telegram(app: &App, contact_id: i64, read: ReadUpTo) -> anyhow::Result<()> {
    let client = app
        .accounts
        .get(read.account_id)
        .and_then(|account| account.client());
    let known = known_peers(app.store.reader(), read.account_id, &[contact_id]).await?;
    if let (Some(client), Some(peer)) = (client, known.first()) {
        let peer = PeerRef {
            user_id: peer.telegram_user_id,
            access_hash: peer.access_hash,
        };
        client
            .mark_read(peer, i32::try_from(read.telegram_message_id)?)
            .await?;
    }
    Ok(())
}
