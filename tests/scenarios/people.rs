//! Contacts and campaigns for the scenarios.

use alfa::campaigns::service::{self, CampaignRequest, PaceRequest};
use alfa_store::contacts::consent::{Grant, grant};
use alfa_store::contacts::{self, Profile};
use alfa_store::types::{ConsentBasis, ContactSource};

use crate::harness::Alfa;

pub const SANDBOX: &str = include_str!("../../crates/telegram-sim/scenarios/sandbox.yaml");
pub const SECOND_MS: i64 = 1_000;
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// The pace of the seed's example: batches of ten, three seconds.
pub const SEED_PACE: PaceRequest = PaceRequest {
    batch_size: Some(10),
    delay_s: Some(3.0),
};

/// Adds a contact; with a basis, its consent is recorded.
pub async fn add_contact(alfa: &Alfa, name: &str, phone: &str, basis: Option<ConsentBasis>) -> i64 {
    let tx = alfa.app.begin().await.unwrap();
    let now = alfa.app.clock.now();
    let profile = Profile {
        name: name.to_owned(),
        first_name: name.split(' ').next().map(str::to_owned),
        phone: Some(phone.to_owned()),
        profession: Some("Врач".to_owned()),
        interests: Some("Здоровье".to_owned()),
        ..Profile::default()
    };
    let id = contacts::create(&tx, profile, ContactSource::Manual, now)
        .await
        .unwrap()
        .id;
    if let Some(basis) = basis {
        let basis = Grant {
            basis,
            evidence: None,
            recorded_by: "test".to_owned(),
            wording: None,
        };
        assert!(grant(&tx, id, &basis, now).await.unwrap());
    }
    tx.commit().await.unwrap();
    id
}

/// Adds a contact that agreed.
pub async fn add_willing(alfa: &Alfa, name: &str, phone: &str) -> i64 {
    add_contact(alfa, name, phone, Some(ConsentBasis::OperatorAttested)).await
}

/// Makes a campaign of these contacts and starts it. Answers its id.
pub async fn start_campaign(alfa: &Alfa, name: &str, contact_ids: &[i64], pace: PaceRequest) -> i64 {
    let request = CampaignRequest {
        name: name.to_owned(),
        product_id: Some(3),
        contact_ids: contact_ids.to_vec(),
        ..CampaignRequest::default()
    };
    let id = service::create(&alfa.app, request).await.unwrap().campaign.id;
    service::initiate(&alfa.app, id, pace).await.unwrap();
    id
}
