//! The store's short words (`active`, `opted_out`) with their schemas, for bodies and parameters.

use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub alfa_store::types::$name);

        impl From<alfa_store::types::$name> for $name {
            fn from(word: alfa_store::types::$name) -> Self {
                Self(word)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let all = alfa_store::types::$name::ALL.iter().map(|word| word.as_str());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(all)).into()
            }
        }

        impl ToSchema for $name {}
    )*};
}

words! {
    /// How a contact came to us.
    ContactSource;
    /// Whether a contact can be written to at all.
    ContactStatus;
    /// Why we may write to a person.
    ConsentBasis;
    /// What an entry of the consent ledger says.
    ConsentAction;
    /// Where a person stands on the way from stranger to client.
    FunnelStage;
    /// Kind of a Telegram chat with many members.
    GroupKind;
    /// Which Telegram an account belongs to.
    Environment;
    /// State of one of our Telegram accounts.
    AccountState;
    /// Whether drafts leave by themselves or wait for a person.
    Approval;
    /// Life cycle of a campaign.
    CampaignState;
    /// Where one contact stands in one campaign.
    CampaignContactState;
    /// Why an outgoing message exists.
    OutboxKind;
    /// Where an outgoing message stands.
    OutboxState;
    /// Whether a person wrote to us or we to them.
    MessageDirection;
    /// What is known of a message.
    MessageState;
    /// Who wrote a message.
    MessageAuthor;
    /// Who answers in a dialog.
    DialogOwner;
    /// State of an upload of contacts.
    ImportState;
    /// State of a background job.
    JobState;
    /// Where a version of the knowledge base came from.
    KnowledgeSource;
    /// How a client stands to the business.
    ClientStatus;
    /// Kind of a place that can be booked.
    PlaceKind;
    /// State of a session in the schedule.
    SessionStatus;
    /// What a booking is of: a seat in a session, or a place for a time.
    BookingKind;
    /// State of a booking.
    BookingStatus;
    /// State of a subscription as it was sold.
    SubscriptionStatus;
    /// Money in, or money given back.
    PaymentKind;
    /// How money changed hands.
    PaymentMethod;
    /// State of a payment or a refund.
    PaymentStatus;
}

/// The id of a row, in the document: a whole number from 1.
pub struct RowId;

impl PartialSchema for RowId {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::Int64);
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(format))
            .minimum(Some(1))
            .into()
    }
}

impl ToSchema for RowId {}
